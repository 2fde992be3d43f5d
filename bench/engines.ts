import { join } from 'node:path'
import Database from 'libsql'
import neo4j from 'neo4j-driver'
import { startNeo4j } from '../scripts/neo4j-server.mjs'
import { howtheyvote } from '../src/import/howtheyvote/howtheyvote.js'
import { prepareStore } from '../src/import/prepare-store.js'
import { runImports } from '../src/import/run-import.js'
import type { GraphShape } from '../src/model/graph-shape.js'
import type { GraphStore, Statement } from '../src/store/graph-store.js'
import { Neo4jStore } from '../src/store/neo4j/neo4j-store.js'
import { SqliteStore } from '../src/store/sqlite/sqlite-store.js'
import { benchFolder, exportOf, type Size } from './bench-data.js'
import type { BenchShape } from './shapes.js'

/** An engine filled with the export and synthetic votes, and the bare means to run a statement on it. */
export interface BenchEngine {
  readonly name: 'SQLite' | 'Neo4j'
  readonly store: GraphStore
  /** What `RAPPORTEUR_STORE` must say to serve this store. */
  readonly address: string
  /** The process of the engine where it is not the program's own and was started here. */
  readonly pid: number | null
  /** Runs a statement as the program sent it, with nothing around it. */
  run(statement: Statement): Promise<unknown> | unknown
  /** Runs what was written by hand, with the same end: bytes on SQLite, lists on Neo4j. */
  runByHand(shape: BenchShape): Promise<unknown> | unknown
  close(): Promise<void>
}

/** The embedded engine. */
export const openSqlite = async (shape: GraphShape, size: Size = 'whole'): Promise<BenchEngine> => {
  const path = join(benchFolder, `bench${endOf(size)}.sqlite`)
  const store = new SqliteStore(shape, { path })
  await fill(store, shape, size)
  const database = new Database(path)
  const statements = new Map<string, Database.Statement>()
  const prepared = (text: string): Database.Statement => {
    const statement = statements.get(text) ?? database.prepare(text).raw(true)
    statements.set(text, statement)
    return statement
  }
  return {
    name: 'SQLite',
    store,
    address: path,
    pid: null,
    run: ({ text, parameters }) => prepared(text).get(...(parameters as unknown[])),
    // As bytes, like the statement that is compared with it.
    runByHand: ({ sql, parameters: { id, first } }) =>
      prepared(`SELECT CAST((${sql}) AS BLOB)`).get(...(sql.includes('?2') ? [id, first] : [id])),
    async close() {
      database.close()
      await store.close()
    },
  }
}

/** A Neo4j, started here if `RAPPORTEUR_BENCH_NEO4J_URI` names none. */
export const openNeo4j = async (shape: GraphShape, size: Size = 'whole'): Promise<BenchEngine> => {
  const given = process.env.RAPPORTEUR_BENCH_NEO4J_URI
  const server = given
    ? null
    : await startNeo4j({
        home: join(benchFolder, `neo4j${endOf(size)}`),
        heapMegabytes: 2048,
        onProgress: console.error,
      })
  const uri = given ?? (server as { uri: string }).uri
  const store = new Neo4jStore(shape, { uri })
  await fill(store, shape, size)
  const driver = neo4j.driver(uri, undefined, { disableLosslessIntegers: true })
  const run = async (text: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const session = driver.session({ defaultAccessMode: neo4j.session.READ, fetchSize: -1 })
    const { records } = await session.run(text, { ...parameters })
    await session.close()
    return records[0]?.get('answer')
  }
  return {
    name: 'Neo4j',
    store,
    address: uri,
    pid: server?.pid ?? null,
    run: ({ text, parameters }) => run(text, parameters as Readonly<Record<string, unknown>>),
    runByHand: ({ cypher, parameters: { id, first } }) => run(cypher, { id, first: neo4j.int(first) }),
    async close() {
      await driver.close()
      await store.close()
      await server?.stop()
    },
  }
}

const endOf = (size: Size): string => (size === 'whole' ? '' : `-${size}`)

/** Imports the export with synthetic votes of members, unless that is done. */
const fill = async (store: GraphStore, shape: GraphShape, size: Size): Promise<void> => {
  const path = await exportOf(size)
  await prepareStore(store, shape, { seed: true })
  const started = performance.now()
  const [report] = await runImports({ store, shape, importer: howtheyvote, path })
  if (report?.outcome !== 'loaded') return
  const seconds = (performance.now() - started) / 1000
  console.error(`${store.engine}: imported ${report.counts.inserted} records in ${seconds.toFixed(1)} s.`)
}
