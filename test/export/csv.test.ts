import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { engines, shape } from '../support/engines.js'
import { HOSTILE } from '../support/hostile-graph.js'
import { exportedFrom } from './exported.js'

describe.each(engines)('an export as CSV, on $name', (engine) => {
  const { made, read } = exportedFrom(engine)
  const rowsOf = async (table: string): Promise<readonly Record<string, string>[]> =>
    parse(await read('csv', `${table}.csv`), { columns: true, record_delimiter: '\r\n' })
  const sourcesOf = async (row: Record<string, string> | undefined) =>
    (await rowsOf('source_set')).flatMap(({ number, source, locator }) =>
      number === row?.['sourceSet'] ? [[source, locator]] : [],
    )

  it('gives the ballot on the resolution on Kazakhstan, and who says so', async () => {
    const ballot = (await rowsOf('vote_event')).find(({ id }) => id === 'ep-vote:139038')
    expect(ballot).toMatchObject({
      date: '2022-01-20',
      isMain: 'true',
      result: 'ADOPTED',
      margin: '554',
      tallyFor: '589',
      tallyAgainst: '35',
      tallyAbstention: '47',
      procedure: '2022/2505(RSP)',
    })
    const { data } = await made.graph.ask(
      '{ voteEvent(id: "ep-vote:139038") { sources { edges { locator node { id } } } } }',
    )
    const { edges } = (data as { voteEvent: { sources: { edges: { locator: string; node: { id: string } }[] } } })
      .voteEvent.sources
    expect(await sourcesOf(ballot)).toEqual(edges.map(({ locator, node }) => [node.id, locator ?? '']))
  })

  it('gives links with their keys and columns, in the order of their ends', async () => {
    const holdings = (await rowsOf('holding')).filter(({ from }) => from === 'person:josep-borrell')
    expect(holdings).toMatchObject([{ to: 'office:vp-hr', inferred: 'false' }])
    const votes = await rowsOf('vote')
    const ends = votes.map(({ from, to }) => `${from} ${to}`)
    expect(ends.length).toBeGreaterThan(10)
    expect(ends).toEqual([...ends].sort())
    expect(Object.keys(votes[0] ?? {})).toEqual([
      'from',
      'to',
      'option',
      'group',
      'country',
      'againstGroup',
      'date',
      'sourceSet',
    ])
  })

  it('tells an empty text from none, and writes lists as JSON', async () => {
    expect(await read('csv', 'claim.csv')).toContain('\r\nhostile:empty,DEATHS,,0,,"",,,,OPEN,,')
    const person = (await rowsOf('person')).find(({ name }) => name === HOSTILE[0])
    expect(JSON.parse(person?.['names'] ?? '')).toEqual([{ text: HOSTILE[0], language: 'und' }])
  })

  it('gives back every hostile name as it is', async () => {
    const persons = (await rowsOf('person')).filter(({ id }) => id?.startsWith('hostile:'))
    expect(persons.map(({ name }) => name).sort()).toEqual([...HOSTILE].sort())
    const memberships = (await rowsOf('membership')).filter(({ from }) => from?.startsWith('hostile:'))
    expect(memberships.map(({ key }) => key).sort()).toEqual([...HOSTILE].sort())
    expect(await sourcesOf(persons[0])).toEqual([['source:synthetic-1', 'p "1", <2>\n=3']])
  })

  it('has a table for every type, described twice with what each column refers to', async () => {
    const { resources } = JSON.parse(await read('csv', 'datapackage.json'))
    const { tables } = JSON.parse(await read('csv', 'csv-metadata.json'))
    expect(resources).toHaveLength(shape.nodes.size + shape.links.size + 2)
    const vote = resources.find(({ name }: { name: string }) => name === 'vote')
    expect(vote.schema.primaryKey).toEqual(['from', 'to'])
    expect(vote.schema.foreignKeys).toContainEqual({
      fields: ['group'],
      reference: { resource: 'organization', fields: ['id'] },
    })
    expect(vote.rows).toBe((await rowsOf('vote')).length)
    const about = tables.find(({ url }: { url: string }) => url === 'about.csv')
    expect(about.tableSchema.foreignKeys).toContainEqual({
      columnReference: 'to',
      reference: { resource: 'record.csv', columnReference: 'id' },
    })
    for (const { name, schema } of resources) {
      const [row] = await rowsOf(name)
      if (row) expect(Object.keys(row), name).toEqual(schema.fields.map((field: { name: string }) => field.name))
    }
  })
})
