import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Database from 'libsql'
import { startNeo4j } from '../scripts/neo4j-server.mjs'
import { type AnalysisQuestion, QUESTIONS, type SomeIds } from './analysis-questions.js'
import { benchFolder } from './bench-data.js'
import { clientOf } from './http-client.js'
import { figuresOf } from './measure.js'
import { type Served, serveProgram } from './serve-program.js'

/**
 * Measures figures of votes: how long the program takes to read all votes into memory, what they take there, how long its
 * event loop is held meanwhile, and how long figures take over HTTP from another process, beside the same by plain SQL.
 *
 *     tsx bench/analysis.ts [--store <file>] [--neo4j <home or bolt URI>] [--engine neo4j] [--no-sql] [--rounds 200]
 *
 * The file has to be filled before (`rapporteur import howtheyvote`), and so has the home of a Neo4j with the same graph.
 */
const { values } = parseArgs({
  options: {
    store: { type: 'string', default: join(benchFolder, 'bench-all.sqlite') },
    engine: { type: 'string', default: 'both' },
    neo4j: { type: 'string' },
    sql: { type: 'boolean', default: true },
    rounds: { type: 'string' },
  },
  allowNegative: true,
})
const LONGEST_WAIT = 600_000

const database = new Database(values.store, { readonly: true })

const ids = (sql: string): readonly string[] =>
  (database.prepare(sql).all() as { readonly id: string }[]).map(({ id }) => id)

const SOME: SomeIds = {
  members: ids(
    "SELECT id FROM node WHERE type = 'Person' AND EXISTS (SELECT 1 FROM vote WHERE from_key = key) ORDER BY id LIMIT 48",
  ),
  groups: ['EPP', 'SD', 'RENEW', 'GREEN_EFA', 'ECR', 'ID', 'GUE_NGL'].map((code) => `ep-group:${code}`),
  countries: ['DE', 'FR', 'IT', 'ES', 'PL', 'RO', 'NL', 'MT'].map((code) => `iso:${code}`),
}

interface Row {
  readonly of: { readonly id: string } | null
  readonly with: { readonly id: string } | null
  readonly period: string | null
  readonly numerator: number
  readonly denominator: number
}

interface Figures {
  readonly rowCount: number
  readonly rows: readonly Row[]
}

const read = (answer: Buffer): Figures => {
  const { data, errors } = JSON.parse(answer.toString()) as { data?: { figures: Figures }; errors?: unknown }
  if (!data?.figures || errors) throw new Error(`The server said: ${answer.toString().slice(0, 500)}`)
  return data.figures
}

/** What the statement gives, by whom it is of. */
const bySql = (question: AnalysisQuestion, variables: Readonly<Record<string, string>>) =>
  database.prepare(question.sql).all(...question.parameters(variables)) as {
    readonly key: string | number
    readonly numerator: number
    readonly denominator: number
  }[]

/** Whether the server's rows are among those by SQL, and all of them where it gave all; SQL gives none that counts nothing. */
const areThose = ({ rows, rowCount }: Figures, bySql: readonly Pick<Row, 'numerator' | 'denominator'>[]): boolean => {
  const told = ({ numerator, denominator }: Pick<Row, 'numerator' | 'denominator'>) =>
    `${numerator.toFixed(6)}/${denominator}`
  const left = bySql.map(told)
  const found = rows.filter(({ denominator }) => denominator > 0).map(told)
  if (rowCount === rows.length && found.length !== left.length) return false
  const many = new Map<string, number>()
  for (const each of left) many.set(each, (many.get(each) ?? 0) + 1)
  for (const each of found) many.set(each, (many.get(each) ?? 0) - 1)
  return [...many.values()].every((number) => number >= 0)
}

/** Asks a server until it has all votes in memory. @returns seconds since it was started, with what it told of itself */
const untilRead = async (server: Served, started: number): Promise<string> => {
  for (;;) {
    const line = server.lines.find((each) => each.includes('Votes in memory'))
    if (line) return line.slice(line.indexOf('Votes in memory'))
    if (performance.now() - started > LONGEST_WAIT) throw new Error(`No votes in memory: ${server.lines.join('\n')}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(value < 100 ? 1 : 0))

const measure = async (engine: string, address: string, timeSql: boolean): Promise<void> => {
  const started = performance.now()
  const server = await serveProgram(address, ['--import', join(import.meta.dirname, 'watch-loop.mjs')])
  const client = clientOf(server.url, 1)
  try {
    const before = await server.tell()
    const line = await untilRead(server, started)
    const { longest, often, peak } = await server.tell()
    console.log(
      `\n${engine}: ${line} Peak of the process ${peak.toFixed(0)} MB (${before.peak.toFixed(0)} MB at its start); its event loop was held ${longest.toFixed(1)} ms at most, ${often.toFixed(1)} ms in 99.9 % of its turns.\n`,
    )
    console.log('| question | rows | kB | aim, ms | median, ms | p95, ms | loop held, ms | by SQL, ms | ratio |')
    console.log('|---|---|---|---|---|---|---|---|---|')
    for (const question of QUESTIONS) console.log(await measureQuestion(question, client.ask, server, timeSql))
    console.log(`\nPeak of the process ${(await server.tell()).peak.toFixed(0)} MB.`)
  } finally {
    client.close()
    await server.stop()
  }
}

const measureQuestion = async (
  question: AnalysisQuestion,
  ask: ReturnType<typeof clientOf>['ask'],
  server: Served,
  timeSql: boolean,
): Promise<string> => {
  const all = question.variables(SOME)
  const first = all[0] as Readonly<Record<string, string>>
  const answer = await ask(question.query, first)
  const found = read(answer)
  let sql = ''
  let ratio = ''
  if (timeSql) {
    const start = performance.now()
    const rows = bySql(question, first)
    const took = (performance.now() - start) / (question.part?.share ?? 1)
    // The server has closed a connection that was not used meanwhile; that has to be heard of.
    await new Promise((resolve) => setTimeout(resolve, 100))
    if (!question.part && !areThose(found, rows)) throw new Error(`"${question.name}" has another answer by SQL.`)
    sql = question.part ? `${ms(took)} (from ${question.part.says})` : ms(took)
    ratio = String(took)
  }
  const rounds = Math.min(question.rounds, Number(values.rounds ?? question.rounds))
  await server.tell()
  const times: number[] = []
  for (let round = -Math.ceil(rounds / 10); round < rounds; round += 1) {
    const start = performance.now()
    const body = await ask(question.query, all[(round + rounds) % all.length])
    if (round >= 0) times.push(performance.now() - start)
    read(body)
  }
  const { longest } = await server.tell()
  const { median, p95 } = figuresOf(times)
  const cells = [
    question.name,
    found.rowCount,
    (answer.length / 1000).toFixed(0),
    question.aim,
    ms(median),
    ms(p95),
    longest.toFixed(1),
    sql,
    ratio === '' ? '' : `×${Math.round(Number(ratio) / median).toLocaleString('en')}`,
  ]
  return `| ${cells.join(' | ')} |`
}

console.log(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}). The votes of members are synthetic.`,
)
if (values.engine !== 'neo4j') await measure('Embedded', values.store, values.sql)
if (values.neo4j) {
  const isUri = values.neo4j.includes('://')
  const server = isUri ? null : await startNeo4j({ home: values.neo4j, heapMegabytes: 2048, onProgress: console.error })
  try {
    await measure('Neo4j', server?.uri ?? values.neo4j, false)
  } finally {
    await server?.stop()
  }
}
database.close()
