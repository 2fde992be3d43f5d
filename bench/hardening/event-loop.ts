import { copyFile, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { getIntrospectionQuery } from 'graphql'
import { readGraphShape } from '../../src/schema/read-graph-shape.js'
import { makeServedSchema } from '../../src/schema/served-schema.js'
import { HOSTILE_DOCUMENTS } from '../../test/support/hostile-documents.js'
import { randomFrom } from '../../test/support/random.js'
import { randomDocument } from '../../test/support/random-document.js'
import { printQuestion, randomQuery } from '../../test/support/random-query.js'
import { openSqlite } from '../engines.js'
import { clientOf } from '../http-client.js'
import { serveProgram } from '../serve-program.js'
import type { Proof } from './proof.js'

/** Milliseconds for which the event loop may be held. */
const MOST = 50
const BALLOT = 'ep-vote:139038'
const IDS = ['person:josep-borrell', 'iso:KZ', 'org:european-parliament', BALLOT, 'ep-mep:197490']

/** What is done to a server, and what it is called. */
interface Case {
  readonly name: string
  run(server: URL): Promise<void>
}

const shape = readGraphShape(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'))
const schema = makeServedSchema(shape.served)

const asking = (name: string, queries: readonly string[], atOnce = 4): Case => ({
  name,
  async run(server) {
    const client = clientOf(new URL('/graphql', server).href, atOnce)
    for (let at = 0; at < queries.length; at += atOnce)
      await Promise.all(queries.slice(at, at + atOnce).map((query) => client.ask(query)))
    client.close()
  },
})

/** Fetches an address, or sends a question there, and reads what comes to its end. */
const fetching = (name: string, path: string, question?: string, accept = '*/*'): Case => ({
  name,
  async run(server) {
    const sent = question && { method: 'POST', body: JSON.stringify({ query: question }) }
    const headers = { 'content-type': 'application/json', accept }
    const response = await fetch(new URL(path, server), { ...sent, headers })
    const { length } = Buffer.from(await response.arrayBuffer())
    if (!response.ok || length === 0) throw new Error(`${name} was answered with ${response.status}.`)
  },
})

const random = randomFrom(1)
const LIST = '{ voteEvents { nodes { id title date tally { for against abstention } organization { id name } } } }'

const CASES: readonly Case[] = [
  asking(
    'hostile documents',
    HOSTILE_DOCUMENTS.map(({ query }) => query),
  ),
  asking('all that tools ask of the schema', [
    getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }),
  ]),
  asking('the most that may be asked of the schema', [
    `{ __schema { types { ${Array.from({ length: 9 }, (_, i) => `f${i}: fields { name args { name } }`).join(' ')} } } }`,
  ]),
  asking(
    'documents that nobody has asked',
    Array.from({ length: 300 }, (_, i) =>
      i % 2
        ? randomDocument({ schema, random, ids: IDS })
        : printQuestion(randomQuery({ schema, random, ids: IDS, maxDepth: 5, maxLists: 40 })),
    ),
  ),
  asking('large answers', [
    `{ voteEvent(id: "${BALLOT}") { votes(first: 1000) { edges { option group { id name } country { id name } node { id name birthDate } sources(first: 20) { nodes { id title } } } } } }`,
    '{ voteEvents(first: 25) { nodes { votes(first: 900) { edges { option group { id name } country { id } node { id name } } } } } }',
    '{ persons(first: 100) { nodes { votes(first: 100) { totalCount nodes { id title } } } } }',
  ]),
  asking('figures of all votes', [
    '{ voteStats(first: 100) { rows { by { country { id } option } count } } }',
    '{ memberAgreement(first: 1000) { rows { value of { id } with { id } } } }',
  ]),
  asking('search and paths', [
    '{ search(text: "european parliament commission", first: 50) { node { id label } } }',
    '{ path(from: "person:josep-borrell", to: "iso:KZ", maxLength: 6) { paths { length } } }',
  ]),
  fetching('a table of all ballots as CSV', '/graphql', LIST, 'text/csv'),
  fetching('the same as XLSX', '/graphql', LIST, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
  fetching(
    'a receipt of a roll call',
    '/receipt',
    `{ voteEvent(id: "${BALLOT}") { votes { edges { option node { id name } } } } }`,
  ),
  fetching('a page of /api', '/api/vote-events?first=100'),
  {
    name: '50 names to reconcile',
    async run(server) {
      const queries = Object.fromEntries(
        Array.from({ length: 50 }, (_, i) => [`q${i}`, { query: `Borrell Fontelles ${i}` }]),
      )
      const body = new URLSearchParams({ queries: JSON.stringify(queries) })
      const response = await fetch(new URL('/reconcile', server), { method: 'POST', body })
      await response.text()
      if (!response.ok) throw new Error(`/reconcile answered ${response.status}.`)
    },
  },
]

const holds = (longest: number): boolean => longest <= MOST

const measureLoop = async () => {
  const engine = await openSqlite(shape, 'whole')
  await engine.close()
  const folder = await mkdtemp(join(tmpdir(), 'rapporteur-loop-'))
  const path = join(folder, 'graph.sqlite')
  await copyFile(engine.address, path)
  const watch = fileURLToPath(new URL('../watch-loop.mjs', import.meta.url))
  const served = await serveProgram(path, ['--import', watch], { env: { RAPPORTEUR_LOG_REQUESTS: 'off' } })
  const server = new URL(served.url)
  const figures: [name: string, longest: number][] = []
  const timed = async (name: string, run: () => Promise<void>): Promise<void> => {
    await run()
    // What is left to be done afterwards, and to be collected, is done in it, too.
    await wait(300)
    figures.push([name, (await served.tell()).longest])
  }
  try {
    await asking(
      'warm',
      Array.from({ length: 2000 }, () => '{ graph { version } }'),
    ).run(server)
    await served.tell()
    await timed('the votes read into memory', async () => {
      const until = performance.now() + 60_000
      while (performance.now() < until && !served.lines.some((line) => line.includes('Votes in memory')))
        await wait(100)
    })
    // The first time what is needed is compiled, too.
    for (const { name, run } of CASES) await timed(name, () => run(server))
    for (const { name, run } of CASES) await timed(`${name}, again`, () => run(server))
    await timed('another file in its place', async () => {
      const next = join(folder, 'next.sqlite')
      await copyFile(engine.address, next)
      await rename(next, path)
      await wait(3000)
      await asking('after it', ['{ voteEvents(first: 5) { nodes { id } } }']).run(server)
    })
    const long = figures.filter(([, longest]) => !holds(longest))
    const told = figures.map(([name, longest]) => `${name} ${longest.toFixed(0)}`).join('; ')
    return { figure: `ms at most: ${told}`, holds: long.length === 0 }
  } finally {
    await served.stop()
    await rm(folder, { recursive: true })
  }
}

export const proofs: readonly Proof[] = [
  {
    row: 'Event loop',
    promise: `nothing that the limits admit holds it for more than ${MOST} ms`,
    measure: measureLoop,
  },
]
