import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createExecutor } from '../../../src/query/execute.js'
import { VoteTables } from '../../../src/query/voting/vote-tables.js'
import { engines, type Graph, schema, shape } from '../../support/engines.js'
import { ballot, synthetic, voteMatrix } from '../../support/vote-matrix.js'

const { node } = synthetic

/** Synthetic ballots between the first and the last, so many that the two are in different chunks of the votes in memory. */
const BETWEEN = Array.from({ length: 1100 }, (_, i) => `5-${String(i).padStart(4, '0')}`)
const RECORDS = [
  ...ballot('1', { date: '2024-01-01', result: 'ADOPTED' }),
  ...BETWEEN.flatMap((name) => ballot(name, { date: '2024-01-05' })),
  ...ballot('9', { date: '2024-01-09', result: 'ADOPTED' }),
  ...voteMatrix(
    ['1', '5-0000', '9'],
    `person:ann  org:red    iso:DE F.F
     person:bob  org:red    iso:DE FFA
     person:cyd  org:blue   iso:DE A..
     person:dan  org:green  iso:FR ..A
     person:eve  org:green  iso:FR .FF
     person:fay  org:white  iso:FR .F.`,
  ),
  node('Person', 'person:gus', { name: 'Synthetic gus' }),
]

const FIGURE = 'of { id } with { id } value numerator denominator excluded { reason count } fromMembers'
const FIRST_AND_LAST = 'where: { id: { in: ["vote:1", "vote:9"] } }'
const QUESTIONS = [
  ...['loyalty', 'winningRate', 'cohesion', 'groupAgreement', 'memberAgreement', 'participation'],
  ...['winningRate(by: MEMBER)', 'memberAgreement(of: "person:ann")', 'memberAgreement(of: "person:cyd")'],
  ...['memberAgreement(of: "person:fay")', 'memberGroupAgreement(of: "person:ann")', 'groupAgreement(of: "org:blue")'],
  ...['memberGroupAgreement(of: "person:fay")', 'cohesion(by: COUNTRY)'],
]

describe.each(engines)('figures of two ballots that are far apart, on $name', ({ empty }) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await empty()
    await graph.load(RECORDS)
  })
  afterAll(() => graph.close())

  const ask = async (question: string, snapshot: boolean) => {
    const votes = new VoteTables(graph.store, shape, { snapshot })
    await votes.refresh()
    const executor = createExecutor({ schema, shape, store: graph.store, votes })
    return JSON.parse(JSON.stringify(await executor({ schema, document: parse(question) })))
  }
  const question = (field: string) => {
    const [name, args = ''] = field.replace(')', '').split('(')
    return `{ answer: ${name}(${args} ${FIRST_AND_LAST}) { rowCount why rows { ${FIGURE} } } }`
  }

  it.each(QUESTIONS)('are the same from all votes in memory and from the store: %s', async (field) => {
    const [all, few] = [await ask(question(field), true), await ask(question(field), false)]
    expect(all.errors).toBeUndefined()
    expect(all).toEqual(few)
  })

  it('are of those who have a vote in them, and of no others', async () => {
    const { data } = await ask(question('loyalty'), true)
    const members = data.answer.rows.map((row: { of: { id: string } }) => row.of.id).sort()
    expect(members).toEqual(['person:ann', 'person:bob', 'person:cyd', 'person:dan', 'person:eve'])
  })

  it('compare no two that were never there together, and say so', async () => {
    const { data } = await ask(
      `{ groups: groupAgreement(groups: ["org:blue", "org:green"], ${FIRST_AND_LAST}) { rowCount why }
         members: memberAgreement(of: "person:cyd", voters: { group: "org:green" }, ${FIRST_AND_LAST}) { rowCount why } }`,
      true,
    )
    const why = 'No two of those who were asked for have a vote that can be counted in the same one of these 2 ballots.'
    expect(data).toEqual({ groups: { rowCount: 0, why }, members: { rowCount: 0, why } })
  })

  it('tell a group that was absent from one that the member did not vote beside', async () => {
    const { data } = await ask(question('memberGroupAgreement(of: "person:ann")'), true)
    const blue = data.answer.rows.find((row: { with: { id: string } }) => row.with.id === 'org:blue')
    expect(blue).toMatchObject({ denominator: 1, excluded: [{ reason: 'NOT_PRESENT', count: 1 }] })
  })
})
