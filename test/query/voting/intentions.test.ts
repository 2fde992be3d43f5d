import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createExecutor } from '../../../src/query/execute.js'
import { VoteTables } from '../../../src/query/voting/vote-tables.js'
import { engines, type Graph, schema, shape } from '../../support/engines.js'
import { ballot, synthetic, voteMatrix } from '../../support/vote-matrix.js'

const { link, node } = synthetic
const BALLOTS = ['1', '2', '3', '4', '5']

/** Synthetic: on the second day ann is blue, and the last vote of the first day is nearer to the first ballot than hers. */
const RECORDS = [
  ...ballot('1', { date: '2024-01-10' }),
  ...ballot('2', { date: '2024-01-11' }),
  ...ballot('3', { date: '2024-01-11' }),
  ...ballot('4', { date: '2024-01-11' }),
  ...ballot('5', { date: '2024-01-12' }),
  ...voteMatrix(
    BALLOTS,
    `person:ann  org:red   iso:DE F....
     person:ann  org:blue  iso:DE ...F.
     person:bob  org:red   iso:DE FFFFF
     person:cyd  org:red   iso:DE FAFAF
     person:dan  org:blue  iso:FR AAAAA
     person:eve  org:blue  iso:FR AAFAA`,
  ),
  node('Person', 'person:fay', { name: 'Synthetic fay' }),
  link('Correction', 'person:ann', 'vote:2', { option: 'FOR', kind: 'INTENTION' }),
  link('Correction', 'person:ann', 'vote:5', { option: 'FOR', kind: 'INTENTION' }),
  link('Correction', 'person:fay', 'vote:2', { option: 'FOR', kind: 'INTENTION' }),
  link('Correction', 'person:fay', 'vote:3', { option: 'FOR', kind: 'CORRECTION' }),
]

describe.each(engines)('intentions, on $name', ({ empty }) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await empty()
    await graph.load(RECORDS)
  })
  afterAll(() => graph.close())

  describe.each([true, false])('with all votes in memory: %s', (snapshot) => {
    const ask = async (question: string) => {
      const votes = new VoteTables(graph.store, shape, { snapshot })
      await votes.refresh()
      const executor = createExecutor({ schema, shape, store: graph.store, votes })
      return JSON.parse(JSON.stringify(await executor({ schema, document: parse(question) })))
    }

    it('count for the group in which the member voted on that day, not for that of the nearest vote', async () => {
      const figure = 'numerator denominator asMeant { numerator denominator }'
      const { data } = await ask(
        `{ cohesion(where: { id: { eq: "vote:2" } }, index: RICE) { rows { of { id } ${figure} } } }`,
      )
      expect(data.cohesion.rows).toEqual([
        { of: { id: 'org:blue' }, numerator: 1, denominator: 1, asMeant: { numerator: 1 / 3, denominator: 1 } },
        { of: { id: 'org:red' }, numerator: 0, denominator: 1, asMeant: { numerator: 0, denominator: 1 } },
      ])
    })

    it('count for no group on a day on which the member cast no vote', async () => {
      const { data } = await ask(
        `{ loyalty(where: { id: { eq: "vote:5" } }, voters: { where: { id: { eq: "person:ann" } } }) { rows { denominator asMeant { denominator } } }
           memberAgreement(of: "person:ann", where: { id: { eq: "vote:5" } }, voters: { where: { id: { eq: "person:bob" } } }) { rows { denominator asMeant { numerator denominator } } } }`,
      )
      expect(data.loyalty.rows).toEqual([{ denominator: 0, asMeant: { denominator: 0 } }])
      expect(data.memberAgreement.rows).toEqual([{ denominator: 0, asMeant: { numerator: 1, denominator: 1 } }])
    })

    it('count of who never voted, but a correction of who did not vote corrects nothing', async () => {
      const { data } = await ask(
        `{ intention: memberAgreement(of: "person:fay", where: { id: { eq: "vote:2" } }, voters: { group: "org:red" }) { rows { with { id } asMeant { numerator denominator } } }
           correction: memberAgreement(of: "person:fay", where: { id: { eq: "vote:3" } }) { rowCount } }`,
      )
      expect(data.intention.rows).toEqual([
        { with: { id: 'person:bob' }, asMeant: { numerator: 1, denominator: 1 } },
        { with: { id: 'person:cyd' }, asMeant: { numerator: 0, denominator: 1 } },
      ])
      expect(data.correction.rowCount).toBe(0)
    })
  })
})
