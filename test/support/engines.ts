import { readFileSync } from 'node:fs'
import { type ExecutionResult, parse, validate } from 'graphql'
import neo4j, { type Driver, type SessionConfig } from 'neo4j-driver'
import { inject } from 'vitest'
import { prepareStore } from '../../src/import/prepare-store.js'
import type { GraphShape } from '../../src/model/graph-shape.js'
import type { GraphRecord } from '../../src/model/records.js'
import { createExecutor } from '../../src/query/execute.js'
import { readGraphShape } from '../../src/schema/read-graph-shape.js'
import { makeServedSchema } from '../../src/schema/served-schema.js'
import type { GraphStore, Statement } from '../../src/store/graph-store.js'
import { Loader } from '../../src/store/load.js'
import { type Neo4jOptions, Neo4jStore } from '../../src/store/neo4j/neo4j-store.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'

export const shape: GraphShape = readGraphShape(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))
export const schema = makeServedSchema(shape.served)

/** The moment at which all records of tests change, so that answers are alike on both engines. */
export const NOW = new Date('2026-01-01T12:00:00Z')

/** A store filled for a test, and the means to ask it. */
export interface Graph {
  readonly store: GraphStore
  /** Asks a question that the schema allows; tells the statements it took. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Asked>
  load(records: readonly GraphRecord[]): Promise<Loader>
  close(): Promise<void>
}

interface Asked {
  readonly data: unknown
  readonly errors: ExecutionResult['errors']
  /** The answer as it would be sent. */
  readonly text: string
  readonly statements: readonly Statement[]
}

export interface Engine {
  readonly name: 'SQLite' | 'Neo4j'
  /** An empty store with its schema. */
  empty(): Promise<Graph>
  /** A store with the seed. */
  seeded(): Promise<Graph>
}

const engine = (name: Engine['name'], open: () => Promise<GraphStore>): Engine => ({
  name,
  async empty() {
    const store = await open()
    await prepareStore(store, shape, { seed: false, now: () => NOW })
    return graphOf(store)
  },
  async seeded() {
    const store = await open()
    await prepareStore(store, shape, { seed: true, now: () => NOW })
    return graphOf(store)
  },
})

const sqlite = engine('SQLite', async () => new SqliteStore(shape, { path: ':memory:' }))

const neo4jEngine = (uri: string): Engine =>
  engine('Neo4j', async () => {
    await emptyDatabase(uri)
    // A machine that does other work at the same time must not make a slow server a silent one.
    return new Neo4jStore(shape, { ...serverAt(uri), slowness: 20 })
  })

/** The server of an address that tests are given: `bolt://USER:PASSWORD@HOST:PORT/DATABASE`, of which the host is enough. */
export const serverAt = (address: string): Neo4jOptions => {
  const { protocol, host, username, password, pathname } = new URL(address)
  const database = pathname.slice(1)
  return { uri: `${protocol}//${host}`, ...(username && { user: username, password }), ...(database && { database }) }
}

/** A driver for such an address, and which database its sessions are to be of. */
export const driverAt = (address: string): { readonly driver: Driver; readonly config: SessionConfig } => {
  const { uri, user, password = '', database } = serverAt(address)
  const driver = neo4j.driver(uri, user ? neo4j.auth.basic(user, password) : undefined)
  return { driver, config: database ? { database } : {} }
}

/** The engines that can be tested here; where there is no Neo4j, the setup has said so loudly, or failed. */
export const engines: readonly Engine[] = [
  sqlite,
  ...[inject('neo4j')].flatMap((uri) => (uri ? [neo4jEngine(uri)] : [])),
]

/** Takes everything out of the database that the tests share. */
export const emptyDatabase = async (uri: string): Promise<void> => {
  const { driver, config } = driverAt(uri)
  const session = driver.session(config)
  // Links first: a body with 20,000 ballots would take all of a small server's memory at once.
  await session.run('MATCH ()-[e]->() CALL (e) { DELETE e } IN TRANSACTIONS OF 10000 ROWS')
  await session.run('MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS')
  await session.close()
  await driver.close()
}

const graphOf = (store: GraphStore): Graph => ({
  store,
  ask: async (query, variables = {}) => ask(store, query, variables),
  async load(records) {
    const loader = await Loader.open({ store, shape, now: () => NOW })
    try {
      await loader.add(records)
      await loader.finish()
    } finally {
      await loader.close()
    }
    return loader
  },
  close: () => store.close(),
})

const ask = async (store: GraphStore, query: string, variableValues: Record<string, unknown>): Promise<Asked> => {
  const document = parse(query)
  const invalid = validate(schema, document)
  if (invalid.length > 0) throw new Error(`The test asks what the schema does not allow: ${invalid.join(' ')}`)
  const statements: Statement[] = []
  const execute = createExecutor({
    schema,
    shape,
    store,
    timeout: 20_000,
    onStatement: (each) => statements.push(each),
  })
  const result = await execute({ schema, document, variableValues })
  const text = ('stringify' in result ? result.stringify(result) : JSON.stringify(result)).toString()
  return { data: (JSON.parse(text) as { data?: unknown }).data, errors: result.errors, text, statements }
}
