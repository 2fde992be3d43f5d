import { AssertionError } from 'node:assert'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect, parseArgs } from 'node:util'
import { startNeo4j } from '../scripts/neo4j-server.mjs'
import { prepareStore } from '../src/import/prepare-store.js'
import { readGraphShape } from '../src/schema/read-graph-shape.js'
import { makeServedSchema } from '../src/schema/served-schema.js'
import type { GraphStore } from '../src/store/graph-store.js'
import { Loader } from '../src/store/load.js'
import { Neo4jStore } from '../src/store/neo4j/neo4j-store.js'
import { SqliteStore } from '../src/store/sqlite/sqlite-store.js'
import { type AskFigures, askingFigures, compareFigures, figuresQuery } from '../test/support/compare-figures.js'
import { PlainVotes } from '../test/support/figures-of-votes.js'
import { type Random, randomFrom } from '../test/support/random.js'
import { randomFiguresAsked } from '../test/support/random-figures-asked.js'
import { randomVotes, recordsOf } from '../test/support/random-votes.js'

/**
 * Asks random questions for figures of random votes, with the snapshot and without, and tells which answers are not what a
 * plain computation gives.
 */
const { values } = parseArgs({
  options: {
    graphs: { type: 'string', default: '10' },
    questions: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    neo4j: { type: 'boolean', default: false },
  },
})
const shape = readGraphShape(await readFile(new URL('../schema.graphql', import.meta.url), 'utf8'))
const schema = makeServedSchema(shape.served)
const folder = await mkdtemp(join(tmpdir(), 'rapporteur-figures-'))
const progress = (text: string) => console.error(text)

/** A store of its own for each graph: a database of Neo4j cannot be had anew. */
const openStore = async (seed: number): Promise<{ readonly store: GraphStore; close(): Promise<void> }> => {
  if (!values.neo4j) {
    const store = new SqliteStore(shape, { path: ':memory:' })
    return { store, close: () => store.close() }
  }
  const server = await startNeo4j({ home: join(folder, `neo4j-${seed}`), heapMegabytes: 512, onProgress: progress })
  const store = new Neo4jStore(shape, { uri: server.uri })
  const close = async () => {
    await store.close()
    await server.stop()
  }
  return { store, close }
}

const sizeOf = (random: Random) => ({
  ballots: random.pick([1, 31, 32, 33, 64, 100, 1024, 1025, 1100]),
  members: 1 + random.below(12),
  inFirst: random.pick([1, 0.9, 0.5]),
})

const told = (error: unknown): string => {
  if (!(error instanceof AssertionError)) return inspect(error)
  return `${error.message}\nanswered ${JSON.stringify(error.actual)}\ncomputed ${JSON.stringify(error.expected)}`
}

/** By field: how many questions were asked, and how many answered otherwise. */
const tally = new Map<string, [asked: number, otherwise: number]>()
let withValue = 0

const askGraph = async (seed: number): Promise<void> => {
  const random = randomFrom(seed)
  const on = randomVotes(random, sizeOf(random))
  const plain = new PlainVotes(on)
  const { store, close } = await openStore(seed)
  await prepareStore(store, shape, { seed: false })
  const loader = await Loader.open({ store, shape, now: () => new Date() })
  await loader.add(recordsOf(on))
  await loader.finish()
  await loader.close()
  const ways: readonly AskFigures[] = [
    await askingFigures({ schema, shape, store }, true),
    await askingFigures({ schema, shape, store }, false),
  ]
  const many = Number(values.questions) / (on.ballots.length > 500 ? 10 : 1)
  for (let i = 0; i < many; i += 1) {
    const question = randomFiguresAsked(randomFrom(seed * 100_003 + i), on)
    const { field } = question.asked
    const counts = tally.get(field) ?? [0, 0]
    tally.set(field, counts)
    counts[0] += 1
    try {
      for (const ask of ways) {
        const { rows } = compareFigures(await ask(figuresQuery(question)), question, plain)
        withValue += rows.filter(({ value }) => value !== null).length
      }
    } catch (error) {
      counts[1] += 1
      console.error(`Graph ${seed}, question ${i}: ${told(error)}`)
    }
  }
  await close()
}

const first = Number(values.from)
for (let seed = first; seed < first + Number(values.graphs); seed += 1) await askGraph(seed)
await rm(folder, { recursive: true })

console.log('| measure | questions | answered otherwise than by a plain computation |\n|---|---|---|')
for (const [field, [asked, otherwise]] of [...tally].sort()) console.log(`| ${field} | ${asked} | ${otherwise} |`)
console.log(`\n${withValue} figures had a value, with the snapshot and without.`)
if ([...tally.values()].some(([, otherwise]) => otherwise > 0)) process.exitCode = 1
