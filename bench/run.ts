import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { isDeepStrictEqual } from 'node:util'
import { buildASTSchema, parse } from 'graphql'
import { createExecutor } from '../src/query/execute.js'
import { readGraphShape } from '../src/schema/read-graph-shape.js'
import type { Statement } from '../src/store/graph-store.js'
import { type BenchEngine, openNeo4j, openSqlite } from './engines.js'
import { clientOf } from './http-client.js'
import { measureInTurn, measureThroughput } from './measure.js'
import { serveProgram } from './serve-program.js'
import { type BenchShape, SHAPES } from './shapes.js'

/** Java compiles what runs often while it runs: a server that was started a minute ago takes some thousand statements to be warm. */
const ROUNDS = { SQLite: { rounds: 200, warmUp: 50 }, Neo4j: { rounds: 200, warmUp: 1000 } } as const
const CONNECTIONS = 16
const SECONDS = 3

const shape = readGraphShape(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'))
const schema = buildASTSchema(shape.served)

/** Measures each question on an engine: the statement alone, the same by hand, and over HTTP from another process. */
const measureEngine = async (engine: BenchEngine): Promise<void> => {
  const server = await serveProgram(engine.address)
  const client = clientOf(server.url, CONNECTIONS)
  try {
    for (const each of SHAPES) console.log(await measureShape(engine, each, client.ask))
  } finally {
    client.close()
    await server.stop()
  }
}

const measureShape = async (
  engine: BenchEngine,
  each: BenchShape,
  ask: (query: string) => Promise<Buffer>,
): Promise<string> => {
  const statements = await statementsOf(engine, each.query)
  const [statement] = statements
  if (!statement) throw new Error(`"${each.name}" took no statement.`)
  const answer = (await ask(each.query)).toString()
  const found = answer.match(each.contains[0])?.length ?? 0
  if (found < each.contains[1])
    throw new Error(`"${each.name}" has ${found} of ${each.contains[0]}: ${answer.slice(0, 300)}`)
  if (engine.name === 'SQLite') await checkByHand(engine, each, answer)
  const tasks = [() => engine.run(statement), () => engine.runByHand(each), () => ask(each.query)]
  const [alone, byHand, http] = (await measureInTurn(tasks, ROUNDS[engine.name])) as [Row, Row, Row]
  const perSecond = await measureThroughput(() => ask(each.query), CONNECTIONS, SECONDS)
  const cells = [
    engine.name,
    each.name,
    alone.median.toFixed(2),
    byHand.median.toFixed(2),
    (alone.median / byHand.median).toFixed(2),
    http.median.toFixed(2),
    http.p95.toFixed(2),
    `+${(http.median - alone.median).toFixed(2)}, ×${(http.median / alone.median).toFixed(2)}`,
    String(statements.length),
    perSecond.toFixed(0),
    (answer.length / 1000).toFixed(1),
  ]
  return `| ${cells.join(' | ')} |`
}

/** What is compared must be the same answer. */
const checkByHand = async (engine: BenchEngine, each: BenchShape, answer: string): Promise<void> => {
  const [data] = Object.values((JSON.parse(answer) as { data: Record<string, unknown> }).data)
  const [byHand] = Object.values((await engine.runByHand(each)) as Record<number, ArrayBuffer>)
  if (!isDeepStrictEqual(JSON.parse(byHand ? Buffer.from(byHand).toString() : 'null'), data))
    throw new Error(`"${each.name}", written by hand, has another answer.`)
}

type Row = Awaited<ReturnType<typeof measureInTurn>>[number]

/** The statements that a question takes. */
const statementsOf = async (engine: BenchEngine, query: string): Promise<readonly Statement[]> => {
  const statements: Statement[] = []
  const execute = createExecutor({ schema, shape, store: engine.store, onStatement: (each) => statements.push(each) })
  const { errors } = await execute({ schema, document: parse(query) })
  if (errors) throw new Error(String(errors))
  return statements
}

console.log(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}). Milliseconds; 200 rounds in turn after 50 to warm up, on Neo4j after 1,000.`,
)
console.log('The votes of members are synthetic: they sum to the published tallies of groups.\n')
console.log(
  '| engine | question | statement alone | by hand | ratio | HTTP median | HTTP p95 | HTTP against alone | statements | requests/s at 16 connections | kB |',
)
console.log('|---|---|---|---|---|---|---|---|---|---|---|')
for (const open of [openSqlite, openNeo4j]) {
  const engine = await open(shape)
  try {
    await measureEngine(engine)
  } finally {
    await engine.close()
  }
}
