import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNeo4j } from '../../scripts/neo4j-server.mjs'
import { readGraphShape } from '../../src/schema/read-graph-shape.js'
import { makeServedSchema } from '../../src/schema/served-schema.js'
import type { GraphStore } from '../../src/store/graph-store.js'
import { Neo4jStore } from '../../src/store/neo4j/neo4j-store.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'
import { randomFrom } from '../../test/support/random.js'
import { randomDocument } from '../../test/support/random-document.js'
import { printQuestion, randomQuery } from '../../test/support/random-query.js'
import { clientOf } from '../http-client.js'
import { figuresOf } from '../measure.js'
import { fillWithSynthetic } from '../random-graph.js'
import { serveProgram } from '../serve-program.js'
import type { Proof } from './proof.js'

/** Documents asked, each for the first time, and from how many clients. */
const [DOCUMENTS, CLIENTS] = [500, 20]
/** Milliseconds that the warm question may take, 19 of 20 times. */
const MOST = 100
const WARM = '{ persons(first: 5) { nodes { id name } } }'

const shape = readGraphShape(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'))
const schema = makeServedSchema(shape.served)

/** A document that goes up to the limits or, one in a few, a little beyond. */
const documentOf = (seed: number, ids: readonly string[]): string => {
  const random = randomFrom(seed)
  if (seed % 2 === 0) return randomDocument({ schema, random, ids })
  return printQuestion(randomQuery({ schema, random, ids, maxDepth: 5, maxLists: 40 }))
}

/** Asks documents nobody has asked from all clients at once, and beside them what is known. */
const besiege = async (url: string, ids: readonly string[]) => {
  const own = clientOf(url, 1, { 'x-forwarded-for': '192.0.2.100' })
  for (let i = 0; i < 200; i += 1) await own.ask(WARM)
  // Made before: the clients share this process with the question whose time is taken.
  const documents = Array.from({ length: DOCUMENTS }, (_, i) => documentOf(i + 1, ids))
  const ends = new Map<string, number>()
  const took: number[] = []
  let [next, isOver] = [0, false]
  // Each is a client of its own, which has its share.
  const ask = async (number: number): Promise<void> => {
    const client = clientOf(url, 1, { 'x-forwarded-for': `192.0.2.${number}` })
    for (let query = documents[next]; query !== undefined; query = documents[next]) {
      next += 1
      const begun = performance.now()
      const { data, errors = [] } = JSON.parse((await client.ask(query)).toString()) as Answered
      if (data) took.push(performance.now() - begun)
      const end = data ? 'answered' : (errors[0]?.extensions?.code ?? 'no code')
      ends.set(end, (ends.get(end) ?? 0) + 1)
    }
    client.close()
  }
  const times: number[] = []
  const watch = async (): Promise<void> => {
    while (!isOver) {
      const begun = performance.now()
      const answer = await own.ask(WARM)
      if (!answer.includes('"nodes":[{')) throw new Error(`The warm question was answered ${answer}`)
      times.push(performance.now() - begun)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const watching = watch()
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => ask(number)))
  isOver = true
  await watching
  own.close()
  return { ends, took, times }
}

interface Answered {
  readonly data?: unknown
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[]
}

const measureOn = async (store: GraphStore, address: string) => {
  const ids = await fillWithSynthetic(store, shape, { isNew: true })
  await store.close()
  const server = await serveProgram(address, [], {
    env: { RAPPORTEUR_PROXIES: 'loopback', RAPPORTEUR_POINTS_PER_SECOND: '0' },
  })
  try {
    const { ends, took, times } = await besiege(server.url, ids)
    const { median, p95 } = figuresOf(times)
    const ended = [...ends].sort(([, a], [, b]) => b - a).map(([end, count]) => `${count} ${end}`)
    const warm = `warm median ${median.toFixed(1)}, p95 ${p95.toFixed(1)}, worst ${Math.max(...times).toFixed(0)} ms`
    const answers = `answers at most ${Math.max(...took).toFixed(0)} ms`
    return {
      figure: `${warm} (${times.length}); ${ended.join(', ')}; ${answers}`,
      holds: p95 < MOST && !ends.has('TIMEOUT'),
    }
  } finally {
    await server.stop()
  }
}

const promise = (engine: string): string =>
  `${DOCUMENTS} new documents at the limits from ${CLIENTS} clients on ${engine}: none ends while it is planned, and a warm question beside them keeps p95 under ${MOST} ms`

/** What is new costs those nothing who ask what is known. */
export const proofs: readonly Proof[] = [
  {
    row: 'Query shapes',
    promise: promise('SQLite'),
    async measure() {
      const folder = await mkdtemp(join(tmpdir(), 'rapporteur-shapes-'))
      const path = join(folder, 'graph.sqlite')
      try {
        return await measureOn(new SqliteStore(shape, { path }), path)
      } finally {
        await rm(folder, { recursive: true })
      }
    },
  },
  {
    row: 'Query shapes',
    promise: promise('Neo4j'),
    async measure() {
      const folder = await mkdtemp(join(tmpdir(), 'rapporteur-shapes-'))
      const server = await startNeo4j({ home: join(folder, 'neo4j'), heapMegabytes: 1024 })
      try {
        return await measureOn(new Neo4jStore(shape, { uri: server.uri, slowness: 5 }), server.uri)
      } finally {
        await server.stop()
        await rm(folder, { recursive: true })
      }
    },
  },
]
