import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GraphRecord, Values } from '../../src/model/records.js'
import type { LinkColumns } from '../../src/store/graph-store.js'
import { engines, type Graph } from '../support/engines.js'

/** Ids that have to be written with care. */
const BALLOTS = ['ep-vote:1', `x-vote:"'\\,]ö`]
const PERSONS = ['ep-mep:1', 'ep-mep:2', `x:"'\\{ä}`]

const citations = [{ source: 'source:synthetic' }]

const node = (type: string, id: string, values: Values = {}): GraphRecord => ({ type, id, values, citations })

const vote = (from: string, to: string, values: Values): GraphRecord => ({ link: 'Vote', from, to, values, citations })

const RECORDS: readonly GraphRecord[] = [
  node('Source', 'source:synthetic', { title: 'Synthetic votes', kind: 'DATA_SET' }),
  ...BALLOTS.map((id) => node('VoteEvent', id)),
  ...PERSONS.map((id) => node('Person', id, { name: 'A' })),
  node('Organization', 'ep-group:SD', { name: 'S&D' }),
  vote('ep-mep:1', 'ep-vote:1', { option: 'FOR', group: 'ep-group:SD' }),
  vote('ep-mep:2', 'ep-vote:1', { option: 'AGAINST' }),
  vote(PERSONS[2] as string, BALLOTS[1] as string, { option: 'ABSTENTION' }),
]

describe.each(engines)('columns of links, on $name', ({ empty }) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await empty()
    await graph.load(RECORDS)
  })
  afterAll(() => graph.close())

  const read = async (query: LinkColumns) => {
    const { json } = await graph.store.linkColumns(query)
    const rows = JSON.parse(typeof json === 'string' ? json : Buffer.from(json).toString()) as [
      string,
      string[],
      ...unknown[][],
    ][]
    return rows
      .flatMap(([id, others, ...columns]) =>
        others.map((other, i) => [id, other, ...columns.map((column) => column[i])]),
      )
      .sort()
  }
  const query: LinkColumns = { link: 'Vote', at: 'to', ids: BALLOTS, columns: ['option', 'group'] }

  it('gives the values of each link, and null where there is none', async () => {
    expect(await read(query)).toEqual(
      [
        ['ep-vote:1', 'ep-mep:1', 'FOR', 'ep-group:SD'],
        ['ep-vote:1', 'ep-mep:2', 'AGAINST', null],
        [BALLOTS[1], PERSONS[2], 'ABSTENTION', null],
      ].sort(),
    )
  })

  it('begins at either end', async () => {
    expect(await read({ ...query, at: 'from', ids: ['ep-mep:2'], columns: ['againstGroup', 'option'] })).toEqual([
      ['ep-mep:2', 'ep-vote:1', null, 'AGAINST'],
    ])
  })

  it('gives links among some others alone', async () => {
    expect(await read({ ...query, among: ['ep-mep:2', 'ep-mep:9'], columns: [] })).toEqual([['ep-vote:1', 'ep-mep:2']])
  })

  it('gives nothing of nodes that have none or are not there', async () => {
    expect(await read({ ...query, ids: ['ep-vote:2', 'ep-mep:1'] })).toEqual([])
    expect(await read({ ...query, ids: [] })).toEqual([])
  })
})
