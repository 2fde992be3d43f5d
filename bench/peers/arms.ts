import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import neo4j from 'neo4j-driver'
import type { GraphShape } from '../../src/model/graph-shape.js'
import { benchFolder, type Size } from '../bench-data.js'
import { openNeo4j, openSqlite } from '../engines.js'
import { type Served, serveProgram, startServer } from '../serve-program.js'
import { NEO4J_GRAPHQL } from './ask-neo4j-graphql.js'
import { POSTGRAPHILE } from './ask-postgraphile.js'
import { PROGRAM } from './ask-program.js'
import { startPeerNeo4j } from './peer-neo4j.js'
import { type PeerTable, peerTables } from './peer-tables.js'
import { startPostgres } from './postgres.js'
import type { Questions } from './question.js'

/** A program with its database, which is there already: only the program is started anew. */
export interface Arm {
  readonly name: string
  readonly questions: Questions
  /** The database's process, where it has one of its own. */
  readonly database: number | null
  start(): Promise<Served>
  /** Has the database forget the plans of statements. */
  forget(): Promise<void>
  close(): Promise<void>
}

export interface ArmSettings {
  readonly shape: GraphShape
  readonly size: Size
  /** What is loaded, wherever it is not there yet. */
  readonly tables: () => Promise<readonly PeerTable[]>
}

/** The four arms; the first is the one whose answers are right. */
export const ARMS: Readonly<Record<string, (settings: ArmSettings) => Promise<Arm>>> = {
  async embedded({ shape, size }) {
    const { address, close } = await openSqlite(shape, size)
    return {
      ...{ name: 'embedded', questions: PROGRAM, database: null, close },
      start: () => serveProgram(address),
      forget: async () => undefined,
    }
  },
  async neo4j({ shape, size }) {
    const { address, pid, close } = await openNeo4j(shape, size)
    return {
      ...{ name: 'on Neo4j', questions: PROGRAM, database: pid, close },
      start: () => serveProgram(address),
      forget: () => forgetPlans(address),
    }
  },
  async postgraphile({ size, tables }) {
    const { address, pid, stop } = await startPostgres(join(benchFolder, `postgres-${size}`), tables)
    return {
      ...{ name: 'PostGraphile', questions: POSTGRAPHILE, database: pid, close: stop },
      start: () => startPeer('serve-postgraphile.mjs', address),
      // A connection keeps the plans of its own statements, and a program that is started anew makes new ones.
      forget: async () => undefined,
    }
  },
  async 'neo4j-graphql'({ size, tables }) {
    const { uri, pid, stop } = await startPeerNeo4j(join(benchFolder, `peer-neo4j-${size}`), tables)
    return {
      ...{ name: '@neo4j/graphql', questions: NEO4J_GRAPHQL, database: pid, close: stop },
      start: () => startPeer('serve-neo4j-graphql.mjs', uri),
      forget: () => forgetPlans(uri),
    }
  },
}

/** The tables of the embedded store, which is filled if it is not. */
export const tablesOf = async (shape: GraphShape, size: Size) => {
  const engine = await openSqlite(shape, size)
  return { tables: await peerTables(engine.store), close: () => engine.close() }
}

const startPeer = (file: string, database: string): Promise<Served> =>
  startServer({
    args: (port) => [fileURLToPath(new URL(file, import.meta.url)), database, String(port)],
    env: { NODE_ENV: 'production', GRAPHILE_ENV: 'production' },
    ready: '/graphql?query=%7B__typename%7D',
  })

const forgetPlans = async (uri: string): Promise<void> => {
  const driver = neo4j.driver(uri)
  try {
    await driver.executeQuery('CALL db.clearQueryCaches()')
  } finally {
    await driver.close()
  }
}
