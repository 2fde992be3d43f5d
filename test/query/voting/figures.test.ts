import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askingFigures, compareFigures, type FiguresGiven, figuresQuery } from '../../support/compare-figures.js'
import { engines, type Graph, schema, shape } from '../../support/engines.js'
import { PlainVotes } from '../../support/figures-of-votes.js'
import { randomFrom } from '../../support/random.js'
import { type RandomFiguresAsked, randomFiguresAsked } from '../../support/random-figures-asked.js'
import { randomVotes, recordsOf } from '../../support/random-votes.js'

/** Graphs of few and many ballots; those of a body beyond 1,024 stand in another chunk. */
const GRAPHS = [
  { seed: 1, ballots: 60, members: 9, inFirst: 0.6, questions: 24 },
  { seed: 2, ballots: 33, members: 6, inFirst: 1, questions: 10 },
  { seed: 3, ballots: 1040, members: 2, inFirst: 0.995, questions: 2 },
]

/** What was given for each question, by whichever engine was asked first. */
const texts = new Map<string, string>()

describe.each(GRAPHS)('figures of votes in $ballots ballots', ({ seed, questions, ...size }) => {
  const on = randomVotes(randomFrom(seed), size)
  const plain = new PlainVotes(on)
  const all = Array.from({ length: questions }, (_, i) => randomFiguresAsked(randomFrom(seed * 1000 + i), on))

  describe.each(engines)('on $name', ({ empty }) => {
    let graph: Graph
    const answers: (readonly [RandomFiguresAsked, FiguresGiven])[] = []
    beforeAll(async () => {
      graph = await empty()
      await graph.load(recordsOf(on))
    }, 120_000)
    afterAll(() => graph.close())

    it('are what a plain computation gives, with the snapshot and without', { timeout: 120_000 }, async () => {
      const of = { schema, shape, store: graph.store }
      const [snapshot, store] = [await askingFigures(of, true), await askingFigures(of, false)]
      for (const question of all) {
        const query = figuresQuery(question)
        const text = await snapshot(query)
        answers.push([question, compareFigures(text, question, plain)])
        expect(JSON.parse(await store(query)), query).toEqual(JSON.parse(text))
        expect(text, query).toBe(texts.get(query) ?? text)
        texts.set(query, text)
      }
    })

    it('account for each ballot where they count ballots', () => {
      for (const [{ asked }, { rows, ballotCount, undecidedCount, undatedCount }] of answers) {
        const isOfBallots = asked.field !== 'participation' || (asked.by === 'MEMBER' && asked.variant === 'BALLOTS')
        if (!isOfBallots || asked.every) continue
        for (const { denominator, excluded } of rows)
          expect(excluded.reduce((sum, { count }) => sum + count, denominator)).toBe(
            ballotCount + undecidedCount + undatedCount,
          )
      }
    })
  })
})

/** What is to be seen in the answers of all of them. */
it('figures of votes are of something, corrected, and of what is not always known', () => {
  const all = [...texts.values()].map((text) => (JSON.parse(text) as { data: { figures: FiguresGiven } }).data.figures)
  const share = (is: (answer: FiguresGiven) => boolean) => all.filter(is).length / all.length
  expect(all.length).toBe(GRAPHS.reduce((sum, { questions }) => sum + questions, 0))
  expect(share(({ rows }) => rows.some(({ value }) => value !== null))).toBeGreaterThan(0.4)
  expect(share(({ rows }) => rows.some(({ value, asMeant }) => asMeant && asMeant.value !== value))).toBeGreaterThan(
    0.2,
  )
  expect(share(({ undecidedCount }) => undecidedCount > 0)).toBeGreaterThan(0.1)
  expect(share(({ undatedCount }) => undatedCount > 0)).toBeGreaterThan(0.1)
})
