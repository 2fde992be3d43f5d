import { describe, expect, it } from 'vitest'
import { removeSource } from '../../src/import/remove-source.js'
import { runImports } from '../../src/import/run-import.js'
import { graphHash } from '../../src/store/graph-hash.js'
import type { GraphStore } from '../../src/store/graph-store.js'
import { engines, NOW, shape } from '../support/engines.js'
import { failing } from '../support/failing-store.js'
import { type Random, randomFrom } from '../support/random.js'
import { randomEdition } from '../support/random-edition.js'

const SOURCES = ['records:a', 'source:b', 'records:c'] as const
const HISTORIES = { SQLite: 40, Neo4j: 6 } as const
/** Imports and removals in a history. */
const STEPS = 7
/** Editions of each source. */
const EDITIONS = 4
/** A step has some more writes than this, of which one may fail. */
const WRITES = 12

/** An edition by its number, which says all of it; null for a source that is removed. */
interface Step {
  readonly source: string
  readonly edition: number | null
}

/** The steps of a history; those that are cut off are done again later, or followed by another of the same source. */
const randomHistory = (random: Random, seed: number): readonly (Step & { readonly cutOff: boolean })[] => {
  const steps: (Step & { readonly cutOff: boolean })[] = []
  const begun = new Map<string, { readonly step: Step; readonly cutOff: boolean }>()
  for (let i = 0; i < STEPS; i += 1) {
    const source = random.pick(SOURCES)
    const isThere = begun.get(source)?.step.edition !== undefined && begun.get(source)?.step.edition !== null
    const edition = isThere && random.chance(0.25) ? null : seed * 100 + random.below(EDITIONS)
    const step = { source, edition, cutOff: random.chance(0.3) }
    begun.set(source, { step, cutOff: step.cutOff })
    steps.push(step)
  }
  const unfinished = [...begun.values()].filter(({ cutOff }) => cutOff)
  return [...steps, ...unfinished.map(({ step }) => ({ ...step, cutOff: false }))]
}

const now = () => NOW

const take = async (store: GraphStore, { source, edition }: Step): Promise<unknown> => {
  if (edition !== null) {
    const importer = randomEdition(shape, source, edition)
    return await runImports({ store, shape, importer, path: '', now, maxProblems: { rows: 0 }, allowFewer: true })
  }
  // Cut off at the very last write, a removal is done.
  const isThere = (await store.editions()).some((each) => each.source === source)
  return isThere && (await removeSource({ store, shape, source, now }))
}

describe.each(engines)('whatever was imported, removed and cut off before, on $name', ({ name, empty }) => {
  const hashAfter = async (steps: readonly Step[], cut: (store: GraphStore, step: Step) => GraphStore) => {
    const graph = await empty()
    try {
      for (const step of steps) {
        const store = cut(graph.store, step)
        const taking = take(store, step)
        await (store === graph.store ? taking : taking.catch(ofTheDisk))
      }
      return await graphHash(graph.store, shape)
    } finally {
      await graph.close()
    }
  }

  it.each(Array.from({ length: HISTORIES[name] }, (_, seed) => seed))(
    'the graph is that of the editions which stand in the end (history %i)',
    async (seed) => {
      const random = randomFrom(seed)
      const history = randomHistory(random, seed)
      const standing = new Map(history.map((step) => [step.source, step]))
      const anyOrder = [...standing.values()].filter(({ edition }) => edition !== null).sort(() => random.next() - 0.5)
      const cutOff = new Set<Step>(history.filter((step) => step.cutOff))
      const hash = await hashAfter(history, (store, step) =>
        cutOff.has(step) ? failing(store, 1 + random.below(WRITES)) : store,
      )
      expect(hash, JSON.stringify(history)).toBe(await hashAfter(anyOrder, (store) => store))
    },
  )
})

const ofTheDisk = (error: unknown): void => {
  if (!/The disk is gone/.test(String(error))) throw error
}
