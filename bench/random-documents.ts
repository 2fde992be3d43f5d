import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { parse, validate } from 'graphql'
import { startNeo4j } from '../scripts/neo4j-server.mjs'
import { Ask } from '../src/ask/ask.js'
import { createExecutor } from '../src/query/execute.js'
import { readGraphShape } from '../src/schema/read-graph-shape.js'
import { makeServedSchema } from '../src/schema/served-schema.js'
import { createServer } from '../src/serve/server.js'
import type { GraphStore } from '../src/store/graph-store.js'
import { Neo4jStore } from '../src/store/neo4j/neo4j-store.js'
import { SqliteStore } from '../src/store/sqlite/sqlite-store.js'
import { HOSTILE_DOCUMENTS } from '../test/support/hostile-documents.js'
import { randomFrom } from '../test/support/random.js'
import { randomDocument } from '../test/support/random-document.js'
import { fillWithSynthetic } from './random-graph.js'

/** Asks random documents up to the limits, and tells how long the program was held up. */
const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '20000' },
    from: { type: 'string', default: '1' },
    neo4j: { type: 'boolean', default: false },
    hostile: { type: 'boolean', default: false },
  },
})
const shape = readGraphShape(await readFile(new URL('../schema.graphql', import.meta.url), 'utf8'))
const schema = makeServedSchema(shape.served)

const folder = await mkdtemp(join(tmpdir(), 'rapporteur-random-'))
const server = values.neo4j
  ? await startNeo4j({ home: join(folder, 'neo4j'), heapMegabytes: 1024, onProgress: console.error })
  : null
const stores: GraphStore[] = [new SqliteStore(shape, { path: join(folder, 'graph.sqlite') })]
if (server) stores.push(new Neo4jStore(shape, { uri: server.uri }))
let ids: readonly string[] = []
for (const store of stores) ids = await fillWithSynthetic(store, shape, { isNew: true })

const servers = stores.map((store) => {
  const executor = createExecutor({ schema, shape, store, timeout: 30_000 })
  const readiness = async () => ({ ready: true, sentence: '' })
  const ask = new Ask({ schema, executor: () => executor })
  return createServer({ ask, readiness, log: console.error })
})

interface Asked {
  readonly text: string
  /** Milliseconds: until the answer was there, and the longest that nothing else could run meanwhile. */
  readonly took: number
  readonly block: number
}

const delay = monitorEventLoopDelay({ resolution: 1 })

const ask = async (each: (typeof servers)[number], query: string): Promise<Asked> => {
  // The clock of the loop has to have ticked before and after.
  await new Promise((resolve) => setTimeout(resolve, 2))
  delay.reset()
  delay.enable()
  const begun = performance.now()
  const response = await each.fetch('http://server/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query }),
  })
  const text = await response.text()
  const took = performance.now() - begun
  await new Promise((resolve) => setTimeout(resolve, 2))
  delay.disable()
  return { text, took, block: delay.max / 1e6 }
}

/** The least of several blocks, the document being new each time: what the machine did beside it is left out. */
const repeatedBlock = async (each: (typeof servers)[number], query: string, first: number): Promise<number> => {
  let least = first
  for (let i = 0; i < 4; i += 1) least = Math.min(least, (await ask(each, `${query} #${i}`)).block)
  return least
}

interface Tally {
  answered: number
  refused: number
  longest: number
  /** The longest blocks, with their documents. */
  readonly blocks: { readonly block: number; readonly query: string }[]
}

const tallies = stores.map((): Tally => ({ answered: 0, refused: 0, longest: 0, blocks: [] }))
let unlike = 0

const compare = async (query: string): Promise<void> => {
  const texts: string[] = []
  for (const [i, each] of servers.entries()) {
    const { text, took, block } = await ask(each, query)
    // Throws where it is not JSON.
    const { data } = JSON.parse(text) as { readonly data?: unknown }
    const tally = tallies[i] as Tally
    if (data) tally.answered += 1
    else tally.refused += 1
    tally.longest = Math.max(tally.longest, took)
    tally.blocks.push({ block: block > 30 ? await repeatedBlock(each, query, block) : block, query })
    tally.blocks.sort((a, b) => b.block - a.block).splice(5)
    texts.push(text)
  }
  if (new Set(texts).size > 1) {
    unlike += 1
    console.error(`Answered in two ways: ${query}`)
  }
}

/** The first questions find much that is not compiled yet. */
for (let seed = 1; seed <= 300; seed += 1)
  for (const each of servers) await ask(each, randomDocument({ schema, random: randomFrom(-seed), ids }))

const [first, count] = [Number(values.from), Number(values.documents)]
for (let seed = first; seed < first + count; seed += 1) {
  const query = randomDocument({ schema, random: randomFrom(seed), ids })
  const [invalid] = validate(schema, parse(query))
  if (invalid) throw new Error(`Document ${seed} is not valid: ${invalid.message}`)
  await compare(query)
}

console.log(`${count} random documents up to the limits, Node ${process.version}; ${unlike} answered in two ways.\n`)
console.log('| engine | answered | refused | longest answer, ms | longest blocks of the event loop that repeat, ms |')
console.log('|---|---|---|---|---|')
for (const [i, { answered, refused, longest, blocks }] of tallies.entries()) {
  const worst = blocks.map(({ block }) => block.toFixed(0)).join(', ')
  console.log(`| ${[stores[i]?.engine, answered, refused, longest.toFixed(0), worst].join(' | ')} |`)
  console.error(`\n${stores[i]?.engine}, the longest block: ${blocks[0]?.query}\n`)
}
if (values.hostile) {
  console.log('\n| document | engine | ms | block, ms | answer |\n|---|---|---|---|---|')
  for (const { name, query } of HOSTILE_DOCUMENTS) {
    for (const [i, each] of servers.entries()) {
      const { text, took, block: first } = await ask(each, query)
      const block = first > 30 ? await repeatedBlock(each, query, first) : first
      const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: { extensions?: { code?: string } }[] }
      const outcome = data ? 'answered' : errors?.[0]?.extensions?.code
      console.log(`| ${[name, stores[i]?.engine, took.toFixed(0), block.toFixed(0), outcome].join(' | ')} |`)
    }
  }
}
for (const store of stores) await store.close()
await server?.stop()
await rm(folder, { recursive: true })
