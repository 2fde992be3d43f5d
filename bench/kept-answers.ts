import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readGraphShape } from '../src/schema/read-graph-shape.js'
import { questions } from '../test/support/contract.js'
import type { Size } from './bench-data.js'
import { openNeo4j, openSqlite } from './engines.js'
import { clientOf } from './http-client.js'
import { measureInTurn } from './measure.js'
import { type Served, startServer } from './serve-program.js'

/** Asks two servers in turn, one that keeps answers and one that keeps none, and tells where that pays. */
const { values } = parseArgs({
  options: {
    neo4j: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '200' },
    size: { type: 'string', default: 'whole' },
    /** A store that is there, or is made with the seed: a path, or the address of a Neo4j. */
    store: { type: 'string' },
  },
})
const KEPT = 50_000_000
const shape = readGraphShape(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'))
const size = values.size as Size
const given = { name: values.neo4j ? 'Neo4j' : 'SQLite', address: values.store ?? '', close: async () => undefined }
const open = values.neo4j ? openNeo4j : openSqlite
const engine = values.store ? given : await open(shape, size)

const serve = (kept: number): Promise<Served> =>
  startServer({
    args: (port) => [
      fileURLToPath(new URL('../dist/cli.js', import.meta.url)),
      ...['serve', '--host', '127.0.0.1', '--port', String(port)],
    ],
    env: { RAPPORTEUR_STORE: engine.address, RAPPORTEUR_KEPT_ANSWERS: String(kept), RAPPORTEUR_LOG_REQUESTS: 'off' },
    ready: '/readyz',
  })
const servers = [await serve(0), await serve(KEPT)]
for (const { url } of servers) {
  const isReady = () =>
    fetch(new URL('/readyz', url)).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 1000))
}
const clients = servers.map(({ url }) => clientOf(url, 1))

interface Asked {
  readonly name: string
  readonly query: string
  /** Of the n-th time, so that no question is asked twice. */
  readonly variables?: (n: number) => Readonly<Record<string, unknown>>
}

const LIST = 'query L($n: Int) { voteEvents(first: $n) { nodes { id title date counts { nodes { id } } } } }'
const FOUND = 'query F($id: ID!) { voteEvent(id: $id) { title tally { for against abstention } } }'
const asked: readonly Asked[] = [
  ...questions.map(({ name, query }) => ({ name, query })),
  { name: 'a ballot', query: FOUND, variables: () => ({ id: 'ep-vote:139038' }) },
  { name: 'a ballot, never the same', query: FOUND, variables: (n) => ({ id: `ep-vote:${130_000 + n}` }) },
  { name: '100 ballots with their groups', query: LIST, variables: () => ({ n: 100 }) },
  { name: 'some ballots, rarely the same', query: LIST, variables: (n) => ({ n: 1 + (n % 100) }) },
  { name: 'figures of all ballots', query: '{ voteEventStats { rows { by { date(unit: YEAR) result } count } } }' },
  {
    name: 'a filter over all counts',
    query: '{ voteEvents(where: { counts: { some: { majority: { eq: AGAINST } } } }) { totalCount } }',
  },
  {
    name: 'cohesion of groups by year',
    query: '{ cohesion(by: GROUP, every: YEAR, body: "org:european-parliament") { rows { value } } }',
  },
]

console.log('| engine | question | kB | none kept, ms | kept, ms | ratio |\n|---|---|---|---|---|---|')
for (const { name, query, variables } of asked) {
  let n = 0
  const answer = (await clients[0]?.ask(query, variables?.(0)))?.toString() ?? ''
  if (answer.includes('"errors"')) throw new Error(`"${name}" is answered with ${answer.slice(0, 300)}`)
  const tasks = clients.map((client) => () => client.ask(query, variables?.(n++)))
  const [none, kept] = await measureInTurn(tasks, { rounds: Number(values.rounds), warmUp: 30 })
  const [a, b] = [none?.median ?? Number.NaN, kept?.median ?? Number.NaN]
  const cells = [engine.name, name, (answer.length / 1000).toFixed(1), a.toFixed(2), b.toFixed(2), (b / a).toFixed(2)]
  console.log(`| ${cells.join(' | ')} |`)
}
for (const client of clients) client.close()
for (const server of servers) await server.stop()
await engine.close()
