import { readFileSync } from 'node:fs'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { readGraphShape } from '../src/schema/read-graph-shape.js'
import type { GraphStore } from '../src/store/graph-store.js'
import { Neo4jStore } from '../src/store/neo4j/neo4j-store.js'
import { SqliteStore } from '../src/store/sqlite/sqlite-store.js'

/**
 * Measures reading the votes of all members out of a store, ballots by the chunk, which a worker reads: seconds, votes a
 * second, the longest time that the main thread was held, and memory.
 *
 *     tsx bench/link-columns.ts --store <path or bolt URI> [--chunk 100] [--at-once 2] [--columns option,group,country]
 */
const { values } = parseArgs({
  options: {
    store: { type: 'string' },
    chunk: { type: 'string', default: '100' },
    'at-once': { type: 'string', default: '2' },
    columns: { type: 'string', default: 'option,group,country' },
  },
})
const shape = readGraphShape(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'))

/** What the worker does: it reads each answer, and counts the votes in it. */
const READS = `
  const { parentPort } = require('node:worker_threads')
  const decoder = new TextDecoder()
  let [votes, milliseconds] = [0, 0]
  parentPort.on('message', (bytes) => {
    if (bytes === null) return parentPort.postMessage({ votes, milliseconds })
    const start = performance.now()
    const { coded, nodes } = JSON.parse(decoder.decode(bytes))
    for (const [, links] of nodes) votes += links.length / coded.length
    milliseconds += performance.now() - start
  })
`

const measure = async (store: GraphStore): Promise<void> => {
  const ballots: string[] = []
  for await (const { id } of store.scanNodes('VoteEvent', { ordered: true })) ballots.push(id)
  const chunks: string[][] = []
  for (let i = 0; i < ballots.length; i += Number(values.chunk)) chunks.push(ballots.slice(i, i + Number(values.chunk)))

  const worker = new Worker(READS, { eval: true })
  await new Promise((resolve) => worker.once('online', resolve))
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const columns = values.columns.split(',')
  let bytes = 0
  const ask = async (): Promise<void> => {
    for (let ids = chunks.shift(); ids; ids = chunks.shift()) {
      const { json } = await store.linkColumns({ link: 'Vote', at: 'to', ids, columns })
      if (typeof json === 'string') throw new Error('The engine gave a text, and not its bytes.')
      bytes += json.byteLength
      worker.postMessage(json, [json.buffer as ArrayBuffer])
    }
  }
  delay.enable()
  const start = performance.now()
  const used = performance.eventLoopUtilization()
  await Promise.all(Array.from({ length: Number(values['at-once']) }, ask))
  const asked = (performance.now() - start) / 1000
  const { active } = performance.eventLoopUtilization(used)
  delay.disable()
  const read = new Promise<{ votes: number; milliseconds: number }>((resolve) => worker.once('message', resolve))
  worker.postMessage(null)
  const { votes, milliseconds } = await read
  const seconds = (performance.now() - start) / 1000
  await worker.terminate()

  const per = (amount: number): string => Math.round(amount).toLocaleString('en')
  const figures = [
    store.engine,
    per(votes),
    seconds.toFixed(1),
    per(votes / seconds),
    asked.toFixed(1),
    (milliseconds / 1000).toFixed(1),
    (active / 1000).toFixed(1),
    (delay.max / 1e6).toFixed(1),
    (delay.percentile(99.9) / 1e6).toFixed(1),
    per(bytes / 1e6),
    per(process.resourceUsage().maxRSS / 1024),
  ]
  console.log(`| ${figures.join(' | ')} |`)
}

if (!values.store) throw new Error('Say which store to read: --store <path or bolt URI>.')
const store = values.store.includes('://')
  ? new Neo4jStore(shape, { uri: values.store, slowness: 20 })
  : new SqliteStore(shape, { path: values.store })
console.log(
  '| engine | votes | seconds | votes/s | until the last answer, s | read by the worker, s | main thread, s | longest block, ms | 99.9 % of blocks, ms | MB | memory, MB |\n|---|---|---|---|---|---|---|---|---|---|---|',
)
await measure(store)
await store.close()
