import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, type Graph, schema, shape } from '../support/engines.js'
import { randomFrom } from '../support/random.js'
import { openLists, printQuestion, randomQuery } from '../support/random-query.js'
import { syntheticGraph } from '../support/synthetic-graph.js'

const QUESTIONS = 500

/** Whether a question is put together of the votes of members. */
const isOfVotes = (question: string): boolean => {
  const field = schema.getQueryType()?.getFields()[/^\{ \w+: (\w+)/.exec(question)?.[1] ?? '']
  return /^(VotingFigures|WhoVoted|TurnedBallots|PositionsFound)$/.test(String(field?.type))
}

describe.skipIf(engines.length < 2)('random questions about a synthetic graph', () => {
  const graphs: Graph[] = []
  const records = syntheticGraph(shape, 12)
  const ids = records.flatMap((record) => ('type' in record ? [record.id] : []))

  beforeAll(async () => {
    for (const engine of engines) {
      const graph = await engine.empty()
      await graph.load(records)
      graphs.push(graph)
    }
  }, 120_000)
  afterAll(async () => {
    for (const graph of graphs) await graph.close()
  })

  it(`${QUESTIONS} have the same answers on both engines, byte for byte, and so have their next pages`, async () => {
    let [asked, withCursors, rows] = [0, 0, 0]
    const compare = async (question: string) => {
      const [first, second] = await Promise.all(graphs.map((graph) => graph.ask(question)))
      expect(second?.text, question).toBe(first?.text)
      // What is composed has several: a search one for the candidates of each reading, a walk some for each level.
      const isComposed = /^\{ \w+: (search|timeline|path|neighbourhood|citation)\(/.test(question)
      // Of votes, how many depends on whether all are in memory by then.
      if (!isOfVotes(question)) {
        expect(first?.statements.length, question).toBeLessThanOrEqual(isComposed ? 200 : 1)
        expect(second?.statements.length, question).toBe(first?.statements.length)
      }
      asked += 1
      rows += first?.text.length ?? 0
      return first
    }
    for (let seed = 1; asked < QUESTIONS; seed += 1) {
      const random = randomFrom(seed)
      const question = randomQuery({
        schema,
        random,
        ids,
        maxDepth: 1 + random.below(4),
        maxLists: 2 + random.below(5),
      })
      const answer = await compare(printQuestion(question))
      const open = openLists(question, answer?.data ?? {})
      if (open.length === 0) continue
      const { list, cursor } = random.pick(open)
      list.args['after'] = JSON.stringify(cursor)
      await compare(printQuestion(question))
      withCursors += 1
    }
    expect(withCursors).toBeGreaterThan(QUESTIONS / 10)
    expect(rows / asked).toBeGreaterThan(100)
  }, 1_200_000)
})
