import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeCsv } from '../../src/table/csv.js'
import { openTable, type Table } from '../../src/table/open-table.js'
import { engines, type Graph } from '../support/engines.js'
import { askOf } from '../support/serve-graph.js'
import { ballot, voteMatrix } from '../support/vote-matrix.js'

const source = {
  type: 'Source',
  id: 'source:list',
  values: { kind: 'PUBLICATION', title: 'List' },
  citations: [{ source: 'source:list' }],
}
const nameOf = (i: number) => `Member ${String(i).padStart(3, '0')}`
const person = (i: number) => ({
  type: 'Person',
  id: `person:${i}`,
  values: {
    name: nameOf(i),
    sortName: nameOf(i),
    ...(i === 1 && {
      urls: ['https://a.example/', 'https://b.example/'],
      names: [
        { text: 'Депутат', language: 'ru' },
        { text: 'Mitglied', language: 'de' },
      ],
    }),
  },
  citations: [{ source: 'source:list' }],
})

const open = async (graph: Graph, query: string, variables: Record<string, unknown> = {}) => {
  const ask = askOf(graph)
  return openTable(ask, ask.documents.read(query).document, { variables })
}

const csvOf = async (table: Awaited<ReturnType<typeof open>>): Promise<string> => {
  if ('errors' in table) throw new Error(table.errors.map(({ message }) => message).join(' '))
  let text = ''
  for await (const part of writeCsv(table)) text += part
  return text
}

describe.each(engines)('a table of a list, on $name', ({ seeded }) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await seeded()
  }, 120_000)
  afterAll(() => graph.close())

  const csv = async (query: string, variables?: Record<string, unknown>) => csvOf(await open(graph, query, variables))

  it('has a column for each value, with dots for what lies within', async () => {
    expect(
      await csv(
        '{ voteEvents(where: { isMain: { eq: true } }) { nodes { id date tally { for against } organization { id name } } } }',
      ),
    ).toBe(
      'id,date,tally.for,tally.against,organization.id,organization.name\r\nep-vote:139038,2022-01-20,589,35,org:european-parliament,European Parliament\r\n',
    )
  })

  it('has what stands above the list in each row, and the fields of a link beside those of its record', async () => {
    expect(
      await csv(
        'query ($id: ID!) { voteEvent(id: $id) { date counts(by: GROUP) { nodes { organization { name } tally { for } } } } }',
        { id: 'ep-vote:139038' },
      ),
    ).toMatch(
      /^voteEvent\.date,organization\.name,tally\.for\r\n2022-01-20,European Conservatives and Reformists,\d+\r\n/,
    )
    expect(
      await csv('{ demand(id: "ta:P9_TA(2022)0012#demand-1") { addressees { edges { role node { id name } } } } }'),
    ).toMatch(/^role,id,name\r\nADDRESSEE,/)
  })

  it('gives all rows where the document does not say how many, and those it says otherwise', async () => {
    const all = (await csv('{ places { nodes { id } } }')).split('\r\n').length
    expect((await csv('{ places(first: 2) { nodes { id } } }')).split('\r\n')).toHaveLength(4)
    const table = (await open(graph, '{ places { nodes { id } } }')) as Table
    expect([table.totalCount, table.undecidedCount]).toEqual([all - 2, 0])
  })

  it('is made of figures, and of what a search finds', async () => {
    expect(
      await csv(
        '{ voteCountStats(where: { by: { eq: GROUP } }) { rows { by { voteEvent { date(unit: YEAR) } } tally { for { sum } } } } }',
      ),
    ).toBe('by.voteEvent.date,tally.for.sum\r\n2022,589\r\n')
    expect(await csv('{ search(text: "Borrel", first: 1) { how node { ... on Person { name } id } } }')).toBe(
      'how,node.name,node.id\r\nBEGINNING,Josep Borrell,person:josep-borrell\r\n',
    )
  })

  it('is made of a timeline, whose sources share a cell', async () => {
    const text = await csv('{ timeline(of: "iso:KZ", first: 1) { rows { date isVague node { id } sources { id } } } }')
    expect(text).toBe(
      'date,isVague,node.id,sources.id\r\n2022-01,true,event:kazakhstan-protests-2022,source:kaztag-2022-01-21\r\n',
    )
  })

  it('is made of figures of votes, with what is asked of all of them in each row', async () => {
    const query = '{ cohesion(first: 1) { ballotCount rows { of { id } value excluded { reason count } } } }'
    const table = (await open(graph, query)) as Table
    expect([table.totalCount, table.undecidedCount, table.isFigures]).toEqual([8, null, true])
    expect(await csvOf(table)).toBe(
      'cohesion.ballotCount,of.id,value,excluded.reason,excluded.count\r\n5,ep-group:EPP,1,NO_VOTES,4\r\n',
    )
    expect((await csv('{ cohesion(skip: 3) { rows { of { id } } } }')).split('\r\n')).toHaveLength(1 + 5 + 1)
  })

  it.each([
    ['{ voteEvent(id: "ep-vote:139038") { id } }', /the document asks for no list/],
    ['{ persons { nodes { id } } events { nodes { id } } }', /2 lists: `persons`, `events`/],
    ['{ persons { nodes { id memberships { nodes { id } } } } }', /`persons\.memberships` is a list inside a list/],
    ['{ persons { nodes { id } edges { cursor } } }', /asked for `nodes` and `edges`/],
  ])('is none of %s', async (query, sentence) => {
    await expect(open(graph, query)).rejects.toMatchObject({
      message: expect.stringMatching(sentence),
      extensions: { code: 'NOT_A_TABLE' },
    })
  })

  it('is refused like every question', async () => {
    expect(
      await open(graph, 'query ($first: Int) { persons(first: $first) { nodes { id } } }', { first: 'x' }),
    ).toMatchObject({
      errors: [{ message: expect.stringContaining('Int cannot represent') }],
    })
    expect(await open(graph, '{ persons(where: { name: {} }) { nodes { id } } }')).toMatchObject({
      errors: [{ message: expect.stringContaining('where.name') }],
    })
  })

  it('tells who says each row, where it is asked', async () => {
    const ask = askOf(graph)
    const { document } = ask.documents.read('{ voteEvents { nodes { id } } }')
    const table = (await openTable(ask, document, { sources: true })) as Table
    const rows = []
    for await (const page of table.pages()) rows.push(...page)
    expect(rows[0]?.sources.map(({ id }) => id)).toEqual(['source:ep-procedure-2022-2505'])
  })
})

describe.each(engines)('a long table, on $name', ({ empty }) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await empty()
    await graph.load([source, ...Array.from({ length: 250 }, (_, i) => person(i))])
  }, 120_000)
  afterAll(() => graph.close())

  it('has each row of the list once, in its order, over all pages', async () => {
    const text = await csvOf(await open(graph, '{ persons(orderBy: [NAME_DESC]) { nodes { name } } }'))
    const names = Array.from({ length: 250 }, (_, i) => nameOf(i))
    expect(text).toBe(`name\r\n${names.reverse().join('\r\n')}\r\n`)
    const some = await csvOf(await open(graph, '{ persons(first: 100, orderBy: [NAME_ASC]) { nodes { name } } }'))
    expect(some.split('\r\n')[100]).toBe(nameOf(99))
  })

  it('shares a cell among the values of a short list', async () => {
    const text = await csvOf(
      await open(
        graph,
        '{ persons(where: { name: { eq: "Member 001" } }) { nodes { urls names { text language } } } }',
      ),
    )
    expect(text).toBe(
      'urls,names.text,names.language\r\nhttps://a.example/; https://b.example/,Депутат; Mitglied,ru; de\r\n',
    )
  })

  it('ends with an error where the graph changes before its end', async () => {
    const table = (await open(graph, '{ persons { nodes { id } } }')) as Table
    await graph.load([person(900)])
    await expect(csvOf(table)).rejects.toMatchObject({ code: 'CHANGED' })
  })
})

describe.each(engines)('a long table of figures, on $name', ({ empty }) => {
  const MEMBERS = 1100
  let graph: Graph
  beforeAll(async () => {
    graph = await empty()
    const members = Array.from({ length: MEMBERS }, (_, i) => `person:${i} org:${i % 2} iso:DE ${i % 3 ? 'F' : 'A'}`)
    await graph.load([...ballot('1', { date: '2024-01-10' }), ...voteMatrix(['1'], members.join('\n'))])
  }, 120_000)
  afterAll(() => graph.close())

  it('has each figure once, in its order, over all pages', async () => {
    const table = (await open(graph, '{ loyalty(order: LOWEST_FIRST) { rows { of { id } value } } }')) as Table
    expect(table.totalCount).toBe(MEMBERS)
    const rows = (await csvOf(table)).trim().split('\r\n').slice(1)
    expect(new Set(rows).size).toBe(MEMBERS)
    const values = rows.map((row) => Number(row.split(',')[1]))
    expect(values).toEqual([...values].sort())
    const some = await csvOf(await open(graph, '{ loyalty(order: LOWEST_FIRST, skip: 1050) { rows { of { id } } } }'))
    expect(some.trim().split('\r\n').slice(1)).toEqual(rows.slice(1050).map((row) => row.split(',')[0]))
  })

  it('is refused where it would be worked out for too many pages', async () => {
    await expect(open(graph, '{ memberAgreement { rows { value } } }')).rejects.toMatchObject({
      message: expect.stringContaining('604450 rows, and at most 50000'),
      extensions: { code: 'COST_LIMIT' },
    })
  }, 60_000)
})
