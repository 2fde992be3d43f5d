import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse, validate } from 'graphql'
import { startNeo4j } from '../../scripts/neo4j-server.mjs'
import { readGraphShape } from '../../src/schema/read-graph-shape.js'
import { makeServedSchema } from '../../src/schema/served-schema.js'
import type { GraphStore } from '../../src/store/graph-store.js'
import { Neo4jStore } from '../../src/store/neo4j/neo4j-store.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'
import { StoredGraph } from '../../test/support/filter-evaluator.js'
import { randomFrom } from '../../test/support/random.js'
import { type RandomQuestion, randomQuestion } from '../../test/support/random-question.js'
import { fillWithSynthetic } from '../random-graph.js'
import { type Served, serveProgram } from '../serve-program.js'
import type { Proof } from './proof.js'
import { watchMemory } from './watch-memory.js'

const DOCUMENTS = Number(process.env.RAPPORTEUR_BENCH_DOCUMENTS ?? 20_000)
const FIRST = Number(process.env.RAPPORTEUR_BENCH_FROM ?? 1)
const SECONDS = Number(process.env.RAPPORTEUR_BENCH_SECONDS ?? 4 * 3600)
/** Questions that are asked at once. */
const AT_ONCE = 4
/** What a store says that has no time; asked again it may have it. */
const NO_TIME: ReadonlySet<string> = new Set(['TIMEOUT', 'UNAVAILABLE'])
const ATTEMPTS = 3
/** Of how many documents it may never be told what both engines answer: one in so many. */
const ONE_IN = 20
/** A statement has time enough to be planned for the first time; and it is no crowd that asks. */
const ENVIRONMENT = { RAPPORTEUR_STATEMENT_TIMEOUT: '30000', RAPPORTEUR_LOG_REQUESTS: 'off' }

/** What a server gave: its text, and the codes of its errors, or what is wrong with it. */
interface Given {
  readonly text: string
  readonly codes: readonly string[]
  readonly fault: string | null
}

const ask = async ({ url }: Served, question: RandomQuestion): Promise<Given> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(question),
    })
    const text = await response.text()
    const { data, errors = [] } = JSON.parse(text) as {
      readonly data?: unknown
      readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[]
    }
    const codes = errors.map(({ extensions }) => extensions?.code ?? 'NO_CODE')
    const isFault = codes.some((code) => code === 'NO_CODE' || code === 'INTERNAL') || (!data && codes.length === 0)
    return { text, codes, fault: isFault ? text.slice(0, 300) : null }
  } catch (error) {
    return { text: '', codes: [], fault: String(error) }
  }
}

const hadNoTime = ({ codes }: Given): boolean => codes.some((code) => NO_TIME.has(code))

/** Asks again whom had no time. */
const askPatiently = async (served: Served, question: RandomQuestion): Promise<Given> => {
  for (let attempt = 1; ; attempt += 1) {
    const given = await ask(served, question)
    if (!hadNoTime(given) || attempt === ATTEMPTS) return given
    await sleep(1000 * attempt)
  }
}

/** Waits until a server is ready, as one on a busy machine may not be at first. */
const untilReady = async ({ url }: Served): Promise<void> => {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    const isReady = await fetch(new URL('/readyz', url)).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return
    await sleep(1000)
  }
  throw new Error(`The server at ${url} was not ready after two minutes.`)
}

/** Asks both servers, and counts. */
class Comparison {
  asked = 0
  answered = 0
  refused = 0
  noTime = 0
  readonly faults: string[] = []
  readonly unlike: string[] = []

  constructor(readonly servers: readonly Served[]) {}

  async ask(question: RandomQuestion): Promise<void> {
    const given = await Promise.all(this.servers.map((server) => askPatiently(server, question)))
    this.asked += 1
    const told = JSON.stringify(question)
    for (const { fault } of given) if (fault) this.faults.push(`${fault}\n${told}`)
    if (given.some(hadNoTime)) this.noTime += 1
    else if (new Set(given.map(({ text }) => text)).size > 1)
      this.unlike.push(`${told}\n${given.map(({ text }) => text.slice(0, 1000)).join('\n')}`)
    else if (given.some(({ codes }) => codes.length > 0)) this.refused += 1
    else this.answered += 1
  }
}

const measure = async (withNeo4j: boolean) => {
  const shape = readGraphShape(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'))
  const schema = makeServedSchema(shape.served)
  const folder = await mkdtemp(join(tmpdir(), 'rapporteur-random-'))
  const home = join(folder, 'neo4j')
  const neo4j = withNeo4j ? await startNeo4j({ home, heapMegabytes: 1024, onProgress: console.error }) : null
  const path = join(folder, 'graph.sqlite')
  const stores: GraphStore[] = [new SqliteStore(shape, { path })]
  if (neo4j) stores.push(new Neo4jStore(shape, { uri: neo4j.uri }))
  let ids: readonly string[] = []
  for (const store of stores) ids = await fillWithSynthetic(store, shape, { isNew: true })
  const graph = await StoredGraph.read(shape, stores[0] as GraphStore)
  for (const store of stores) await store.close()

  const servers = [
    await serveProgram(path, [], { env: ENVIRONMENT }),
    ...(neo4j ? [await serveProgram(neo4j.uri, [], { env: ENVIRONMENT })] : []),
  ]
  for (const server of servers) await untilReady(server)
  const memories = servers.map(({ pid }) => watchMemory(pid))
  const comparison = new Comparison(servers)
  const end = performance.now() + SECONDS * 1000
  let seed = FIRST
  const worker = async (): Promise<void> => {
    while (seed < FIRST + DOCUMENTS && performance.now() < end) {
      const random = randomFrom(seed)
      seed += 1
      const question = randomQuestion({ schema, shape, random, graph, ids })
      const [invalid] = validate(schema, parse(question.query))
      if (invalid) throw new Error(`"${question.query}" is not valid: ${invalid.message}`)
      await comparison.ask(question)
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    const { asked, answered, refused, noTime, faults, unlike } = comparison
    for (const each of [...faults, ...unlike].slice(0, 20)) console.error(`\n${each}`)
    const kept = memories.map((memory) => memory.stop().figure)
    return {
      figure: `${asked} documents: ${answered} answered, ${refused} refused with a code, ${noTime} out of time on one engine at least; ${faults.length} neither, ${unlike.length} answered in two ways; ${kept.join('; ')}`,
      holds: faults.length === 0 && unlike.length === 0 && asked > 0 && noTime * ONE_IN <= asked,
    }
  } finally {
    for (const memory of memories) memory.stop()
    for (const server of servers) await server.stop()
    await neo4j?.stop()
    await rm(folder, { recursive: true })
  }
}

export const proofs: readonly Proof[] = [
  {
    row: 'big documents, a grammar of our own, SQLite',
    promise: `${DOCUMENTS} random documents up to the limits: each answered or refused with a code, and JSON`,
    measure: () => measure(false),
  },
  {
    row: 'big documents, a grammar of our own, both engines',
    promise: `${DOCUMENTS} random documents up to the limits: each answered or refused with a code, and both engines alike`,
    measure: () => measure(true),
  },
]
