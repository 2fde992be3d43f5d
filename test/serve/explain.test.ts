import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Ask } from '../../src/ask/ask.js'
import { createExecutor } from '../../src/query/execute.js'
import { createServer, type Server } from '../../src/serve/server.js'
import { engines, type Graph, schema, shape } from '../support/engines.js'

interface Explained {
  readonly milliseconds: Readonly<Record<string, number>>
  readonly fields: readonly {
    readonly field: string
    readonly plan: readonly object[]
    readonly statements: readonly {
      readonly text: string
      readonly parameters: object
      readonly milliseconds: number
    }[]
  }[]
}

const QUESTION = `query Q($year: String!) {
  votes: voteEvents(first: 3, where: { date: { within: $year }, title: { contains: "Kazakhstan" } }, orderBy: [DATE_ASC]) {
    totalCount
    undecidedCount
    nodes { id organization { name } counts(by: GROUP) { nodes { id } } }
  }
  person(id: "person:josep-borrell") { demands(as: INVOLVED) { edges { via { id } node { id } } } }
  voteCountStats(where: { by: { eq: GROUP } }, atLeast: 1) { rows { by { organization { id } voteEvent { date(unit: YEAR) } } count } }
  search(text: "Borrel", first: 2) { node { id } }
}`

describe.each(engines)('an explained answer, on $name', ({ seeded }) => {
  let graph: Graph
  let server: Server
  beforeAll(async () => {
    graph = await seeded()
    const executor = createExecutor({ schema, shape, store: graph.store, timeout: 20_000 })
    const readiness = async () => ({ ready: true, sentence: 'Ready.' })
    server = createServer({ ask: new Ask({ schema, executor: () => executor }), readiness, log: () => undefined })
  }, 120_000)
  afterAll(() => graph.close())

  const ask = async (headers: Readonly<Record<string, string>>) => {
    const response = await server.fetch('http://server/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify({ query: QUESTION, variables: { year: '2022' } }),
    })
    return (await response.json()) as { data: unknown; errors?: unknown; extensions?: { explain: Explained } }
  }

  it('is the same answer, with the plan in words and the rows of each step', async () => {
    const plain = await ask({})
    expect(plain.extensions).toBeUndefined()
    const { data, errors, extensions } = await ask({ 'rapporteur-explain': 'true' })
    expect(errors).toBeUndefined()
    expect(data).toEqual(plain.data)
    const lines = (extensions?.explain.fields ?? []).flatMap(({ plan }) => plan.map((step) => Object.values(step)))
    expect(lines).toMatchInlineSnapshot(`
      [
        [
          "votes/nodes",
          "goes through VoteEvent where ((date >= "2022-01-01" and date <= "2022-12-31") and titleFolded has the words ["kazakhstan"]), in order of whether dateMoment is known, dateMoment, id; gives the first 3; counts all; counts those of which it is not known",
          3,
        ],
        [
          "votes/nodes/organization",
          "joins the link HeldIn to Organization",
          3,
        ],
        [
          "votes/nodes/counts/nodes",
          "follows the link CountOf back to VoteCount where by = "GROUP", in order of id; gives the first 100",
          0,
        ],
        [
          "person",
          "looks up Person by id "person:josep-borrell"",
          1,
        ],
        [
          "person/demands/edges",
          "follows the link Concern back to Demand where role = "INVOLVED", in order of id, key; gives the first 20",
          1,
        ],
        [
          "person/demands/edges/via",
          "joins the record whose id is in via",
          1,
        ],
        [
          "voteCountStats/rows",
          "goes through VoteCount where by = "GROUP"; counts them by the link CountFor to Organization, id and by year of the link CountOf to VoteEvent, date; leaves out kinds of fewer than 1; gives the first 100",
          8,
        ],
        [
          "search",
          "searches records of every type for "Borrel"; gives the best 2",
          1,
        ],
        [
          "search/node",
          "looks up 2 records by their ids",
          1,
        ],
      ]
    `)
  })

  it('has the statements as they were sent, their parameters, and the time of each step', async () => {
    const explained = (await ask({ 'rapporteur-explain': 'true' })).extensions?.explain
    expect(Object.keys(explained?.milliseconds ?? {})).toEqual(['read', 'plan', 'price', 'answer', 'total'])
    expect(Object.values(explained?.milliseconds ?? {}).every((each) => each >= 0)).toBe(true)
    const [votes, person, stats, search] = explained?.fields ?? []
    for (const field of [votes, person, stats]) expect(field?.statements).toHaveLength(1)
    // The candidates that are spelt so, those that are spelt alike, and the records found.
    expect(search?.statements.length).toBeGreaterThanOrEqual(2)
    for (const { text, parameters, milliseconds } of votes?.statements ?? []) {
      expect(text).toMatch(/^(SELECT|MATCH|CALL|OPTIONAL|WITH|UNWIND|RETURN) /)
      expect(Object.values(parameters)).toEqual(expect.arrayContaining(['kazakhstan', '2022-01-01', '2022-12-31', 3]))
      expect(milliseconds).toBeGreaterThan(0)
    }
  })

  it('is given to nobody who does not ask for it with "true"', async () => {
    expect((await ask({ 'rapporteur-explain': 'no' })).extensions).toBeUndefined()
  })
})
