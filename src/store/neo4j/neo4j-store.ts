import { setTimeout as sleep } from 'node:timers/promises'
import neo4j, {
  type Config,
  type Driver,
  type Record as Neo4jRecord,
  type Session,
  type SessionConfig,
} from 'neo4j-driver'
import { RapporteurError } from '../../errors.js'
import { type GraphShape, STATE } from '../../model/graph-shape.js'
import type { StoredLink, StoredNode } from '../../model/records.js'
import { searchColumns } from '../../model/search/search-fields.js'
import { searchFingerprint } from '../../model/search/search-keys.js'
import { inBatches } from '../batches.js'
import type {
  Answer,
  AnswerOptions,
  AroundLink,
  Edition,
  GraphSizes,
  GraphStore,
  KeyQuery,
  LinkColumns,
  LinkScanOptions,
  LinksAround,
  NodeScanOptions,
  PreparedStore,
  PrepareStoreOptions,
  SearchCandidate,
  SourceSet,
  Statement,
  StatementsUnderWay,
  StoreCopy,
  StoreWriter,
} from '../graph-store.js'
import { derivationOf } from '../inferred-columns.js'
import { linkColumnsOf } from '../link-columns.js'
import type { Plan } from '../plan.js'
import { type Endable, timeLeft } from '../run-within.js'
import { Turns } from '../turns.js'
import { type BoundValue, boundValue, type Printed } from '../values.js'
import { answerWriter } from './answer-writer.js'
import { databaseShape, STORE_VERSION } from './constraints.js'
import { readSizes } from './graph-sizes.js'
import { Heartbeat, SilentConnection, type Watch } from './heartbeat.js'
import { NODE_LABEL, quoted, relationshipType } from './names.js'
import { Neo4jWriter } from './neo4j-writer.js'
import { printCypher } from './print-cypher.js'
import {
  type LinkColumnsRow,
  printLinkColumns,
  printLinkEnds,
  printLinkTexts,
  TextNumbers,
  writeLinkColumns,
} from './print-link-columns.js'
import { printLinksAround, readLinksAround } from './print-links-around.js'
import { printCandidates, readCandidates, SEARCH_INDEX, SEARCH_WORDS } from './search-cypher.js'
import { type ServerKind, serverKind, textIndexByHand } from './server-kind.js'
import { fromProperties } from './stored-values.js'
import { asSentence, isClosedPool, isCutShort, translateError } from './translate-error.js'

/** Until a server that does not answer is given up; the driver's own defaults are 30 and 60 s. */
const limits = (slowness: number) => ({
  connectionTimeout: 2000 * slowness,
  connectionAcquisitionTimeout: 3000 * slowness,
  maxTransactionRetryTime: 2000 * slowness,
})

/** Milliseconds that a server is given to end a statement, or to close a connection. */
const LAST_WAIT = 500

/**
 * Milliseconds in which no server can have been stopped and another have come in its place: after so long a silence it is
 * asked whether it has the store still. Connections on which nothing was asked may have been closed unnoticed.
 */
const RESTART = 1000

/** How many questions are answered at once; what else is asked takes further connections of the driver's 100. */
const PLACES = 8
/** How many of them may be questions that the server plans first, each on a processor of its own. */
const UNKNOWN = 2

export interface Neo4jOptions {
  readonly uri: string
  readonly user?: string
  readonly password?: string
  readonly database?: string
  /** How many times as long as usual a server may take to answer before it counts as silent: 1 where none is given. */
  readonly slowness?: number
}

/** A statement under way. */
interface Asking {
  readonly statement: Statement
  readonly options: AnswerOptions
  watch: Watch
}

interface Prepared {
  readonly printed: Printed
  readonly write: (answer: unknown) => string
}

/** A graph in a Neo4j server or cluster. */
export class Neo4jStore implements GraphStore {
  readonly engine = 'Neo4j'
  readonly location: string
  readonly #connect: (config?: Config) => Driver
  #driver: Driver
  readonly #heartbeat: Heartbeat
  /** Whether the server could not be reached since the store was last seen in it. */
  #isDoubtful = false
  /** When the server last answered, as `performance.now()` tells the time. */
  #heardAt = performance.now()
  #seeing: Promise<void> | null = null
  /** Plans that are asked again. */
  readonly #plans = new WeakMap<Plan, Prepared>()
  readonly #textNumbers = new TextNumbers()
  readonly #session: SessionConfig
  readonly #turns = new Turns({ places: PLACES, unknown: UNKNOWN })
  #kind: ServerKind | undefined

  constructor(
    readonly shape: GraphShape,
    { uri, user, password, database, slowness = 1 }: Neo4jOptions,
  ) {
    this.location = uri.replace(/\/\/[^/@]*@/, '//')
    const auth = user ? neo4j.auth.basic(user, password ?? '') : undefined
    const config = { ...limits(slowness), disableLosslessIntegers: true, userAgent: 'rapporteur' }
    this.#connect = (more) => neo4j.driver(uri, auth, { ...config, ...more })
    const renew = () => {
      const silent = this.#driver
      this.#driver = this.#connect()
      // Those of its connections that are in use stay with whoever waits for them.
      silent.close().catch(() => undefined)
    }
    const connect = () => this.#connect({ maxConnectionPoolSize: 2 })
    this.#heartbeat = new Heartbeat(connect, this.location, renew, slowness)
    try {
      this.#driver = this.#connect()
    } catch (error) {
      throw new RapporteurError(
        'BAD_SETTING',
        `RAPPORTEUR_STORE is "${this.location}", which is not an address of Neo4j: ${(error as Error).message}`,
        { cause: error },
      )
    }
    // All rows at once: asking for them in portions of 100 costs 60 % on a roll call.
    this.#session = { ...(database ? { database } : {}), fetchSize: -1 }
  }

  async prepare({ make = true }: PrepareStoreOptions = {}): Promise<PreparedStore> {
    const { statements, fingerprint } = databaseShape(this.shape)
    const kind = await this.#askKind()
    const [meta] = await this.#read(
      'OPTIONAL MATCH (r:Rapporteur {name: "store"}) RETURN r.version AS version, r.fingerprint AS fingerprint, r.searchKeys AS searchKeys',
    )
    const { version, fingerprint: known, searchKeys } = (meta ?? {}) as StoreFacts
    if (typeof version === 'number' && version > STORE_VERSION) {
      throw new RapporteurError(
        'STORE_NEWER',
        `The store at ${this.location} has version ${version}, this program reads up to ${STORE_VERSION}. Nothing was changed; update the program, or choose another store.`,
      )
    }
    if (typeof version !== 'number') {
      const [count] = await this.#read(
        `MATCH (n) WHERE NOT n:Rapporteur AND NOT n:${STATE.type} RETURN count(n) AS nodes`,
      )
      if (((count as { nodes: number }).nodes ?? 0) > 0) {
        throw new RapporteurError(
          'STORE_FOREIGN',
          `The database at ${this.location} holds a graph of another program. Nothing was changed; choose another with RAPPORTEUR_NEO4J_DATABASE.`,
        )
      }
    }
    if (typeof version === 'number' && version < STORE_VERSION) {
      throw new RapporteurError(
        'STORE_MISMATCH',
        `The store at ${this.location} has version ${version}, which does not keep what each source says. Nothing was changed; import anew into another database.`,
      )
    }
    if (typeof version !== 'number' && !make) {
      throw new RapporteurError(
        'STORE_MISSING',
        `There is no store in the database at ${this.location}. Nothing was made; correct RAPPORTEUR_STORE or RAPPORTEUR_NEO4J_DATABASE, or make a store there with "rapporteur serve" or "rapporteur import".`,
      )
    }
    const keys = searchFingerprint(this.shape)
    if (known === fingerprint && searchKeys === keys && (await this.check()).length === 0)
      return { created: false, ...(kind.notice && { notice: kind.notice }) }
    for (const [name, statement] of statements)
      if (kind.makesTextIndex || name !== SEARCH_INDEX) await this.#run(statement)
    if (kind.awaitsIndexes) await this.#run('CALL db.awaitIndexes(60)')
    await this.#run(`MERGE (g:${STATE.type} {id: '${STATE.id}'}) ON CREATE SET g.version = 0`)
    if (typeof version === 'number' && searchKeys !== keys) await this.#makeSearchKeys()
    const parameters = { version: neo4j.int(STORE_VERSION), fingerprint, keys, derivedBy: derivationOf(this.shape) }
    await this.#run(
      'MERGE (r:Rapporteur {name: "store"}) ON CREATE SET r.derivedBy = $derivedBy SET r.version = $version, r.fingerprint = $fingerprint, r.searchKeys = $keys',
      parameters,
    )
    const created = typeof version !== 'number'
    if (!kind.notice) return { created }
    return { created, notice: [kind.notice, ...(await this.check())].join(' ') }
  }

  async answer(plan: Plan, options: AnswerOptions = {}): Promise<Answer> {
    const { printed, write } = this.#prepared(plan)
    const given = printed.parameters.map((value, i) => [`p${i}`, boundValue(value, options.bound)])
    const statement = { text: printed.text, parameters: Object.fromEntries(given) as Statement['parameters'] }
    return { json: await this.#ask(statement, options, write) }
  }

  async searchCandidates(query: KeyQuery, options: AnswerOptions = {}): Promise<readonly SearchCandidate[]> {
    const read = (answer: unknown) => readCandidates(this.shape, answer)
    return this.#ask(printCandidates(this.shape, query), options, read)
  }

  async searchWords(): Promise<string> {
    return (await this.#read(SEARCH_WORDS)).map(({ word }) => word).join(' ')
  }

  async linksAround(query: LinksAround, options: AnswerOptions = {}): Promise<readonly AroundLink[]> {
    return this.#ask(printLinksAround(query), options, (answer) => readLinksAround(this.shape, query, answer))
  }

  async linkColumns(query: LinkColumns, options: AnswerOptions = {}): Promise<Answer> {
    const columns = linkColumnsOf(this.shape, query)
    const { hasSmallNumbers } = await this.#askKind()
    for (let numbers = this.#textNumbers.entries(); ; ) {
      const ends = hasSmallNumbers ? undefined : (await this.#askRows(printLinkEnds(query), options)).map(idOf)
      const rows = await this.#askRows(printLinkColumns(this.shape, query, numbers, ends), options)
      const json = writeLinkColumns(columns, rows as unknown as readonly LinkColumnsRow[], numbers)
      if (json) return { json }
      const texts = await this.#askRows(printLinkTexts(this.shape, query), options)
      numbers = this.#textNumbers.learn(texts.map(({ text }) => text as string))
    }
  }

  /** Runs a statement that gives one answer in its turn, and reads it. */
  async #ask<T>(statement: Statement, options: AnswerOptions, read: (answer: unknown) => T): Promise<T> {
    return this.#askRecords(statement, options, (records) => read(records[0]?.get('answer')))
  }

  async #askRows(statement: Statement, options: AnswerOptions): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return this.#askRecords(statement, options, (records) => records.map((record) => record.toObject()))
  }

  /** Runs a statement in its turn, and reads what it gave. */
  async #askRecords<T>(
    statement: Statement,
    options: AnswerOptions,
    read: (records: readonly Neo4jRecord[]) => T,
  ): Promise<T> {
    const start = performance.now()
    const asking = { statement, options, watch: this.#heartbeat.watch(undefined, false) }
    try {
      await this.#heartbeat.untilHeard()
      if (this.#isDoubtful || performance.now() - this.#heardAt > RESTART) await this.#seeStore()
      const answer = await this.#turns.run(statement.text, options, this.#endable(asking))
      options.onStatement?.(statement, performance.now() - start)
      return read(answer)
    } catch (error) {
      const translated = translateError(error, this.location)
      if (translated instanceof RapporteurError && translated.code === 'UNAVAILABLE') this.#isDoubtful = true
      throw translated
    } finally {
      asking.watch.stop()
    }
  }

  /** A statement as something that can be ended, also where the server does not hear of it. */
  #endable(asking: Asking): Endable<readonly Neo4jRecord[]> {
    let session: Session | undefined
    let giveUp: (why: Error) => void = () => undefined
    // Closing the session resets its connection, which ends the statement on the server.
    const close = (each: Session | undefined) => void each?.close().catch(() => undefined)
    const ask = async (): Promise<readonly Neo4jRecord[]> => {
      const own = this.#driver.session({ ...this.#session, defaultAccessMode: neo4j.session.READ })
      session = own
      try {
        return await this.#readOnce(own, asking)
      } finally {
        // The answer need not wait until the connection is given back.
        close(own)
      }
    }
    const run = async (isEnded: () => boolean): Promise<readonly Neo4jRecord[]> => {
      if (isEnded()) throw new Error('The question was ended before it began.')
      const given = new Promise<never>((_, reject) => {
        giveUp = reject
      })
      const orSilence = () => Promise.race([ask(), given, asking.watch.silence])
      try {
        return await orSilence()
      } catch (error) {
        // Nothing was given yet, so asking once more is safe.
        if (isEnded() || !isTransient(error)) throw error
        asking.watch.stop()
        // Where nothing came of it, it may be at work still.
        close(session)
        // Whoever asked has waited for the first already.
        asking.watch = this.#heartbeat.watch(500)
        await this.#seeStore()
        return await orSilence()
      }
    }
    const end = () => {
      close(session)
      const give = giveUp
      setTimeout(() => give(new Error('The server did not end the statement in time.')), LAST_WAIT)
    }
    return { run, end }
  }

  /** Runs an auto-commit read, which a cluster routes to a follower and which costs half of a managed one. */
  async #readOnce(session: Session, { statement, options, watch }: Asking): Promise<readonly Neo4jRecord[]> {
    const { text, parameters } = statement
    const given = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, neo4jValue(value as BoundValue)]),
    )
    // Should this program be gone when the time is over, the server ends it by itself.
    const left = timeLeft(options)
    const config = { metadata: watch.metadata, ...(left && { timeout: Math.max(1, left) }) }
    watch.sent()
    const { records, summary } = await withoutStack(() => session.run(text, given, config))
    this.#heartbeat.answered(summary)
    this.#heardAt = performance.now()
    return records
  }

  async writer(): Promise<StoreWriter> {
    const { metadata, silence, stop } = this.#heartbeat.watch()
    const opening = Neo4jWriter.open(this.shape, this.#driver, this.#session, this.location, metadata)
    try {
      return await Promise.race([opening, silence])
    } catch (error) {
      // Should it still come to be, nobody would close it.
      opening.then(
        (writer) => writer.close(),
        () => undefined,
      )
      throw error
    } finally {
      stop()
    }
  }

  async *scanNodes(
    type: string,
    { changes, sourceSets, ids, ordered }: NodeScanOptions = {},
  ): AsyncIterable<StoredNode> {
    const columns = this.shape.nodes.get(type)?.columns ?? new Map()
    const label = quoted(type)
    const nodes = ids
      ? `UNWIND $ids AS id MATCH (n:${NODE_LABEL}:${label} {id: id})`
      : ordered
        ? `${inOrderOfIds('n')} AND n:${label} WITH n`
        : `MATCH (n:${label})`
    for await (const { p } of this.#stream<{ p: Record<string, unknown> }>(
      `${nodes}${amongSets('n', sourceSets)} RETURN properties(n) AS p${ordered ? ' ORDER BY n.id' : ''}`,
      { sourceSets: sourceSets?.map((set) => neo4j.int(set)), ids },
    )) {
      const change = changes && {
        change: {
          updatedAt: p['updatedAt'] as string,
          version: p['version'] as number,
          createdIn: p['createdIn'] as number,
        },
      }
      yield {
        type,
        id: p['id'] as string,
        sourceSet: p['sourceSet'] as number,
        values: fromProperties(columns, p),
        ...change,
      }
    }
  }

  async *scanLinks(link: string, { sourceSets, ends, at, ordered }: LinkScanOptions = {}): AsyncIterable<StoredLink> {
    const columns = this.shape.links.get(link)?.columns ?? new Map()
    const type = `[e:${quoted(relationshipType(link))}]`
    const links = ends
      ? `UNWIND $ends AS end MATCH (:${NODE_LABEL} {id: end})${at === 'to' ? '<' : ''}-${type}-${at === 'from' ? '>' : ''}() WITH DISTINCT e, startNode(e) AS a, endNode(e) AS b`
      : `${ordered ? `${inOrderOfIds('a')} WITH a ` : ''}MATCH (a)-${type}->(b)`
    const order = ordered ? ' ORDER BY a.id, b.id, e.key' : ''
    const text = `${links}${amongSets('e', sourceSets)} RETURN a.id AS from, b.id AS to, properties(e) AS p${order}`
    for await (const { from, to, p } of this.#stream<{ from: string; to: string; p: Record<string, unknown> }>(text, {
      sourceSets: sourceSets?.map((set) => neo4j.int(set)),
      ends,
    })) {
      yield {
        link,
        from,
        to,
        key: (p['key'] as string | undefined) ?? '',
        sourceSet: p['sourceSet'] as number,
        values: fromProperties(columns, p),
      }
    }
  }

  async count(): Promise<Readonly<Record<string, number>>> {
    const counts: Record<string, number> = {}
    for (const type of this.shape.nodes.keys())
      counts[type] = await this.#count(`MATCH (n:${quoted(type)}) RETURN count(n) AS n`)
    for (const link of this.shape.links.keys())
      counts[link] = await this.#count(`MATCH ()-[e:${quoted(relationshipType(link))}]->() RETURN count(e) AS n`)
    return counts
  }

  sizes(): Promise<GraphSizes> {
    return readSizes(this.shape, async (text) => (await this.#read(text))[0]?.['n'])
  }

  async derivedBy(): Promise<string | null> {
    const [row] = await this.#read('MATCH (r:Rapporteur {name: "store"}) RETURN r.derivedBy AS derivedBy')
    return (row?.['derivedBy'] as string | null | undefined) ?? null
  }

  async editions(): Promise<readonly Edition[]> {
    const rows = await this.#read(
      'MATCH (e:Edition) RETURN e.source AS source, e.state AS state, e.importer AS importer, e.contentHash AS contentHash, e.importedAt AS importedAt, e.date AS date ORDER BY source',
    )
    return rows as unknown as Edition[]
  }

  async sourceSets(): Promise<readonly SourceSet[]> {
    const rows = await this.#read(
      `MATCH (s:SourceSet) OPTIONAL MATCH (s)-[e:INCLUDES]->(n:Source) WITH s, e, n ORDER BY n.id
      WITH s, collect(CASE WHEN n IS NULL THEN null ELSE {source: n.id, locator: e.locator} END) AS citations
      RETURN s.number AS number, citations, s.voices AS voices ORDER BY number`,
    )
    return rows.map(({ number, citations, voices }) => ({
      number: number as number,
      citations: citations as SourceSet['citations'],
      voices: JSON.parse(voices as string) as SourceSet['voices'],
    }))
  }

  async countSourceSets(): Promise<ReadonlyMap<number, number>> {
    const uses = new Map<number, number>()
    for (const pattern of [`(x:${NODE_LABEL})`, '()-[x]->()']) {
      const text = `MATCH ${pattern} WHERE x.sourceSet IS NOT NULL RETURN x.sourceSet AS number, count(*) AS uses`
      for (const row of await this.#read(text)) {
        const number = row['number'] as number
        uses.set(number, (uses.get(number) ?? 0) + (row['uses'] as number))
      }
    }
    return uses
  }

  async usedSourceSets(): Promise<ReadonlySet<number>> {
    return new Set((await this.countSourceSets()).keys())
  }

  async state(): Promise<{ readonly version: number; readonly changedAt: string | null }> {
    const text = `MATCH (g:${STATE.type} {id: '${STATE.id}'}) RETURN g.version AS version, g.changedAt AS changedAt`
    const [row = { version: 0, changedAt: null }] = await this.#read(text)
    return row as { version: number; changedAt: string | null }
  }

  async check(): Promise<readonly string[]> {
    const { statements } = databaseShape(this.shape)
    const rows = [
      ...(await this.#read('SHOW CONSTRAINTS YIELD name')),
      ...(await this.#read('SHOW INDEXES YIELD name, state WHERE state = "ONLINE" RETURN name')),
    ]
    const there = new Set(rows.map((row) => row['name']))
    const kind = await this.#askKind()
    return [...statements.keys()]
      .filter((name) => !there.has(name))
      .map((name) =>
        name === SEARCH_INDEX && !kind.makesTextIndex
          ? textIndexByHand(kind)
          : `The index or constraint "${name}" is missing from ${this.location}; start the server or an import once to make it.`,
      )
  }

  async copyTo(): Promise<StoreCopy> {
    throw notAFile(this.location)
  }

  /** What the server is, by its own word. */
  async #askKind(): Promise<ServerKind> {
    this.#kind ??= await this.#withSession(neo4j.session.READ, async (session, config) =>
      serverKind((await session.run('RETURN 1', {}, config)).summary.server.agent),
    )
    return this.#kind
  }

  underWay(): StatementsUnderWay {
    return this.#turns.underWay()
  }

  /** Neo4j checks its own pages as it reads them. */
  async verify(): Promise<null> {
    return null
  }

  async ping(): Promise<void> {
    await this.#heartbeat.beat()
    await this.#seeStore()
  }

  async close(): Promise<void> {
    // A server that is silent does not answer a farewell either.
    await Promise.race([this.#driver.close(), sleep(LAST_WAIT, undefined, { ref: false })])
  }

  /** A server that was started anew may have another database, or none of this program's. @throws RapporteurError `STORE_MISSING` */
  #seeStore(): Promise<void> {
    this.#seeing ??= this.#seeStoreNow().finally(() => {
      this.#seeing = null
    })
    return this.#seeing
  }

  async #seeStoreNow(): Promise<void> {
    const [row] = await this.#read('MATCH (r:Rapporteur {name: "store"}) RETURN r.version AS version')
    this.#isDoubtful = !row
    this.#heardAt = performance.now()
    if (row) return
    throw new RapporteurError(
      'STORE_MISSING',
      `There is no store in the database at ${this.location} any more. Put it back, or start the server again to make one.`,
    )
  }

  /** Makes the keys by which records are found, of a store that was made with other keys or none. */
  async #makeSearchKeys(): Promise<void> {
    const { metadata, stop } = this.#heartbeat.watch()
    const writer = await Neo4jWriter.open(this.shape, this.#driver, this.#session, this.location, metadata)
    try {
      await this.#run('MATCH (w:SearchWord) CALL (w) { DELETE w } IN TRANSACTIONS OF 10000 ROWS')
      for (const type of searchColumns(this.shape).keys())
        for await (const nodes of inBatches(this.scanNodes(type))) await writer.writeSearchKeys(nodes)
    } catch (error) {
      throw asSentence(error, this.location)
    } finally {
      await writer.close()
      stop()
    }
  }

  /** The statement of a plan, and what writes its answer. */
  #prepared(plan: Plan): Prepared {
    const prepared = this.#plans.get(plan) ?? { printed: printCypher(plan, this.shape), write: answerWriter(plan) }
    this.#plans.set(plan, prepared)
    return prepared
  }

  async #read(text: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return this.#withSession(neo4j.session.READ, async (session, config) =>
      (await session.run(text, {}, config)).records.map((record) => record.toObject()),
    )
  }

  async #run(text: string, parameters: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.#withSession(neo4j.session.WRITE, (session, config) => session.run(text, parameters, config))
  }

  async #count(text: string): Promise<number> {
    const [row] = await this.#read(text)
    return row?.['n'] as number
  }

  async *#stream<T>(text: string, parameters: Readonly<Record<string, unknown>>): AsyncIterable<T> {
    const session = this.#driver.session({ ...this.#session, fetchSize: 5000, defaultAccessMode: neo4j.session.READ })
    try {
      for await (const record of session.run(text, parameters)) yield record.toObject() as T
    } catch (error) {
      throw asSentence(error, this.location)
    } finally {
      await session.close()
    }
  }

  async #withSession<T>(
    mode: 'READ' | 'WRITE',
    work: (session: Session, config: Pick<Watch, 'metadata'>) => Promise<T>,
    isAgain = false,
  ): Promise<T> {
    const session = this.#driver.session({ ...this.#session, defaultAccessMode: mode })
    const { metadata, silence, stop } = this.#heartbeat.watch()
    try {
      return await Promise.race([work(session, { metadata }), silence])
    } catch (error) {
      if (isClosedPool(error) && !isAgain) return await this.#withSession(mode, work, true)
      throw asSentence(error, this.location)
    } finally {
      stop()
      session.close().catch(() => undefined)
    }
  }
}

/** What the database itself says of the store in it. */
interface StoreFacts {
  readonly version?: number | null
  readonly fingerprint?: string | null
  readonly searchKeys?: string | null
}

const notAFile = (location: string): RapporteurError =>
  new RapporteurError(
    'NOT_A_FILE',
    `The store at ${location} is a Neo4j database and no file. Nothing was copied; stop the database and use "neo4j-admin database dump", or, with the Enterprise edition, "neo4j-admin database backup" while it runs.`,
  )

const idOf = ({ id }: Readonly<Record<string, unknown>>): string => id as string

/** Every node, as the index of ids has them: what follows is sorted in parts, and not all of it held by the server. */
const inOrderOfIds = (variable: string): string =>
  `MATCH (${variable}:${NODE_LABEL}) USING INDEX ${variable}:${NODE_LABEL}(id) WHERE ${variable}.id >= ''`

const amongSets = (variable: string, sourceSets: readonly number[] | undefined): string =>
  sourceSets ? ` WHERE ${variable}.sourceSet IN $sourceSets` : ''

/** Begins a statement without the text of the stack that the driver (6.3) writes for each, in case that it fails: a tenth of a millisecond. */
const withoutStack = <T>(begin: () => T): T => {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return begin()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

const isTransient = (error: unknown): boolean =>
  error instanceof SilentConnection ||
  isCutShort(error) ||
  isClosedPool(error) ||
  (error as { retriable?: boolean }).retriable === true

/** A value as the driver takes it: whole numbers would be fractions else. */
const neo4jValue = (value: BoundValue): unknown => {
  if (typeof value === 'number') return Number.isInteger(value) ? neo4j.int(value) : value
  return Array.isArray(value) ? value.map(neo4jValue) : value
}
