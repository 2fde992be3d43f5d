import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readGraphShape } from '../src/schema/read-graph-shape.js'
import { makeServedSchema } from '../src/schema/served-schema.js'
import { SqliteStore } from '../src/store/sqlite/sqlite-store.js'
import { HOSTILE_DOCUMENTS } from '../test/support/hostile-documents.js'
import { randomFrom } from '../test/support/random.js'
import { printQuestion, randomQuery } from '../test/support/random-query.js'
import { clientOf } from './http-client.js'
import { fillWithSynthetic } from './random-graph.js'
import { serveProgram } from './serve-program.js'

/** What the built program takes in memory after many unlike questions; Linux tells the figures. */
const { values } = parseArgs({
  options: {
    store: { type: 'string' },
    questions: { type: 'string', default: '5000' },
    heap: { type: 'string', default: '256' },
  },
})
const QUESTIONS = Number(values.questions)
const HOSTILE = 100
const CLIENTS = 4

const shape = readGraphShape(await readFile(new URL('../schema.graphql', import.meta.url), 'utf8'))
const schema = makeServedSchema(shape.served)

/** Megabytes: now, and at most so far. */
const memoryOf = async (pid: number): Promise<readonly [now: number, most: number]> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const megabytes = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024)
  return [megabytes('VmRSS'), megabytes('VmHWM')]
}

const folder = await mkdtemp(join(tmpdir(), 'rapporteur-memory-'))
const address = values.store ?? join(folder, 'graph.sqlite')
const opened = new SqliteStore(shape, { path: address })
const ids = await fillWithSynthetic(opened, shape, { isNew: values.store === undefined })
await opened.close()

const server = await serveProgram(address, [`--max-old-space-size=${values.heap}`])
const client = clientOf(server.url, CLIENTS)
const tell = async (what: string) => console.log(`| ${[what, ...(await memoryOf(server.pid))].join(' | ')} |`)
console.log('| after | RSS, MB | at most, MB |')
console.log('|---|---|---|')
try {
  await client.ask('{ graph { version } }')
  await tell('the first question')
  const ask = async (seed: number) => {
    const random = randomFrom(seed)
    const question = randomQuery({ schema, random, ids, maxDepth: 1 + random.below(4), maxLists: 2 + random.below(5) })
    JSON.parse((await client.ask(printQuestion(question))).toString())
  }
  for (let seed = 1; seed <= QUESTIONS; seed += CLIENTS) {
    // At once, so that all of the program's connections are used.
    await Promise.all(Array.from({ length: CLIENTS }, (_, i) => ask(seed + i)))
    const asked = seed + CLIENTS - 1
    if (asked % (QUESTIONS / 5) === 0) await tell(`${asked} questions`)
  }
  for (let i = 0; i < HOSTILE; i += 1) {
    const { query } = HOSTILE_DOCUMENTS[i % HOSTILE_DOCUMENTS.length] as { query: string }
    JSON.parse((await client.ask(`${query} #${i}`)).toString())
  }
  await tell(`${HOSTILE} documents at the limits and beyond`)
} finally {
  client.close()
  await server.stop()
  await rm(folder, { recursive: true })
}
