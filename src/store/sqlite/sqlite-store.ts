import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'libsql'
import { RapporteurError } from '../../errors.js'
import { type GraphShape, STATE } from '../../model/graph-shape.js'
import type { StoredLink, StoredNode } from '../../model/records.js'
import { searchFingerprint } from '../../model/search/search-keys.js'
import type {
  Answer,
  AnswerOptions,
  AroundLink,
  CopyOptions,
  Edition,
  GraphSizes,
  GraphStore,
  KeyQuery,
  LinkColumns,
  LinkScanOptions,
  LinksAround,
  NodeScanOptions,
  PrepareStoreOptions,
  SearchCandidate,
  SourceSet,
  StatementsUnderWay,
  StoreCopy,
  StoreWriter,
} from '../graph-store.js'
import { derivationOf } from '../inferred-columns.js'
import type { Plan } from '../plan.js'
import { boundValue, type Printed } from '../values.js'
import { copyStore } from './copy-store.js'
import { CurrentFile, refuseCutFile } from './current-file.js'
import { hasDeferred } from './deferred-indexes.js'
import { readSizes, sizesSql } from './graph-sizes.js'
import { HeldFile } from './held-file.js'
import { quoted, snakeCase } from './names.js'
import { printLinkColumns } from './print-link-columns.js'
import { printLinksAround, readLinksAround } from './print-links-around.js'
import { printSql } from './print-sql.js'
import { ReadConnections } from './read-connections.js'
import { APPLICATION_ID, FILE_VERSION, MAGIC, recogniseStore } from './recognise-store.js'
import { RowFormat } from './row-format.js'
import { OPEN, SEALED } from './seal-file.js'
import { printCandidates, readCandidates, SEARCH_WORDS } from './search-sql.js'
import { sqliteValue } from './sqlite-value.js'
import { SqliteWriter } from './sqlite-writer.js'
import { createTable, DERIVED_BY, type FileShape, fileShape } from './tables.js'
import { inTransaction } from './transaction.js'
import { translateError } from './translate-error.js'
import { verifyFile } from './verify-file.js'

export interface SqliteOptions {
  /** A file, made where there is none; `:memory:` for a file that goes when the store is closed. */
  readonly path: string
  /** How many questions are answered at once. */
  readonly connections?: number
  /** Whether it is only looked at: `prepare` changes nothing, and nothing is made beside the file. */
  readonly readOnly?: boolean
}

/** A graph in an SQLite file. */
export class SqliteStore implements GraphStore {
  readonly engine = 'SQLite'
  readonly location: string
  readonly #file: FileShape
  readonly #path: string
  readonly #temporary: string | null
  readonly #readers: ReadConnections
  readonly #current: CurrentFile
  /** For its bytes. */
  readonly #held: HeldFile
  readonly #readOnly: boolean
  /** The statements of plans that are asked again. */
  readonly #printed = new WeakMap<Plan, Printed>()
  #scanner: Database.Database | null = null

  constructor(
    readonly shape: GraphShape,
    { path, connections = 4, readOnly = false }: SqliteOptions,
  ) {
    this.#readOnly = readOnly
    this.location = path
    this.#file = fileShape(shape)
    // A database in memory has one connection only; each further one would be another database. A temporary file has as many as it needs.
    this.#temporary = path === ':memory:' ? makeTemporary(path) : null
    this.#path = this.#temporary ? join(this.#temporary, 'graph.sqlite') : path
    this.#readers = new ReadConnections(this.#path, connections, readOnly ? 'ro' : 'rw')
    this.#current = new CurrentFile({
      path: this.#path,
      location: this.location,
      letGo: () => this.#letGo(),
      admit: async () => {
        await verifyFile(this.#held, this.location)
        await this.prepare({ make: false })
      },
    })
    this.#held = new HeldFile(this.#path)
    if (this.#temporary) process.once('exit', this.#removeTemporary)
  }

  async prepare({ make = true, exact = false }: PrepareStoreOptions = {}): Promise<{ readonly created: boolean }> {
    try {
      this.#refuseForeignFile()
      await refuseCutFile(this.#held, this.location)
      // One in memory is new each time.
      if (!make && !this.#temporary) this.#refuseMissing()
      if (this.#readOnly) {
        this.#scan((database) => (exact ? this.#refuseOtherLayout(database) : recogniseStore(database, this.location)))
        return { created: false }
      }
      if (existsSync(this.#path) && this.#scan((database) => this.#isCurrent(database))) {
        await this.#completeIndexes()
        return { created: false }
      }
      const writer = await this.#openWriter()
      try {
        await writer.begin()
        return { created: this.#makeTables(writer) }
      } finally {
        await writer.close()
        this.#current.begin()
      }
    } catch (error) {
      throw this.#translated(error)
    }
  }

  async answer(plan: Plan, options: AnswerOptions = {}): Promise<Answer> {
    const printed = this.#printed.get(plan) ?? printSql(plan, this.shape)
    this.#printed.set(plan, printed)
    const given = printed.parameters.map((value) => sqliteValue(boundValue(value, options.bound)))
    const json = await this.#ask(printed.text, given, options)
    return { json: json instanceof ArrayBuffer ? new Uint8Array(json) : 'null' }
  }

  async searchCandidates(query: KeyQuery, options?: AnswerOptions): Promise<readonly SearchCandidate[]> {
    const { text, parameters } = printCandidates(this.shape, query)
    return readCandidates(this.shape, await this.#text(text, parameters as readonly unknown[], options))
  }

  async searchWords(): Promise<string> {
    return this.#text(SEARCH_WORDS, [])
  }

  async linksAround(query: LinksAround, options?: AnswerOptions): Promise<readonly AroundLink[]> {
    const { text, parameters } = printLinksAround(this.shape, query)
    return readLinksAround(this.shape, query, await this.#text(text, parameters as readonly unknown[], options))
  }

  async linkColumns(query: LinkColumns, options?: AnswerOptions): Promise<Answer> {
    const { text, parameters } = printLinkColumns(this.shape, query)
    return { json: new Uint8Array((await this.#ask(text, parameters as readonly unknown[], options)) as ArrayBuffer) }
  }

  async writer(): Promise<StoreWriter> {
    return inSentences(await this.#openWriter())
  }

  async *scanNodes(
    type: string,
    { changes, sourceSets, ids, ordered }: NodeScanOptions = {},
  ): AsyncIterable<StoredNode> {
    const format = RowFormat.ofNode(this.shape, type)
    const amongIds = ids ? `${sourceSets ? ' AND' : ' WHERE'} t.id IN (SELECT value FROM json_each(?))` : ''
    const from = `${quoted(type)} t JOIN node n ON n.key = t.key${format.joins('t')}${amongSets('n', sourceSets)}${amongIds}`
    const given = [...parameters(sourceSets), ...(ids ? [JSON.stringify(ids)] : [])]
    const sql = `SELECT t.id, n.source_set, n.updated_at, n.version, n.created_in, ${format.selected('t')} FROM ${from}${ordered ? ' ORDER BY t.id' : ''}`
    for (const [id, sourceSet, updatedAt, version, createdIn, ...columns] of this.#rows<
      [string, number, string, number, number, ...unknown[]]
    >(sql, given)) {
      const change = changes && { change: { updatedAt, version, createdIn } }
      yield { type, id, sourceSet, values: format.read(columns), ...change }
    }
  }

  async *scanLinks(link: string, { sourceSets, ends, at, ordered }: LinkScanOptions = {}): AsyncIterable<StoredLink> {
    const format = RowFormat.ofLink(this.shape, link)
    const key = this.shape.links.get(link)?.repeats ? 't.key' : "''"
    // Sorts are kept in memory (libsql 0.5.29): in the order of ids, node by node, only the links of one are sorted at once.
    const links = ordered
      ? `node f CROSS JOIN ${quoted(link)} t ON t.from_key = f.key`
      : `${quoted(link)} t JOIN node f ON f.key = t.from_key`
    const from = `${links} JOIN node o ON o.key = t.to_key${format.joins('t')}`
    const ofEnds = at ? [`${at}_key`] : ['from_key', 'to_key']
    const atEnds = ends ? `${sourceSets ? ' AND' : ' WHERE'} (${ofEnds.map(isAmongIds).join(' OR ')})` : ''
    const where = `${amongSets('t', sourceSets)}${atEnds}`
    const order = ordered ? ` ORDER BY f.id, o.id${key === "''" ? '' : `, ${key}`}` : ''
    const sql = `SELECT f.id, o.id, ${key}, t.source_set${format.selected('t', ', ')} FROM ${from}${where}${order}`
    const given = [...parameters(sourceSets), ...(ends ? ofEnds.map(() => JSON.stringify(ends)) : [])]
    for (const [from_, to, key_, sourceSet, ...columns] of this.#rows<[string, string, string, number, ...unknown[]]>(
      sql,
      given,
    )) {
      yield { link, from: from_, to, key: key_, sourceSet, values: format.read(columns) }
    }
  }

  async count(): Promise<Readonly<Record<string, number>>> {
    const types = [...this.shape.nodes.keys(), ...this.shape.links.keys()]
    const counts = types.map((type) => {
      const sql = `SELECT count(*) AS n FROM ${quoted(type)}`
      const { n } = this.#scan((database) => database.prepare(sql).get() as { n: number })
      return [type, n] as const
    })
    return Object.fromEntries(counts)
  }

  async sizes(): Promise<GraphSizes> {
    return readSizes(await this.#onCurrentFile(() => this.#readers.get(sizesSql(this.shape), [])))
  }

  async derivedBy(): Promise<string | null> {
    const sql = 'SELECT value FROM rapporteur WHERE name = ?'
    const row = this.#scan((database) => database.prepare(sql).get(DERIVED_BY) as { value: string } | undefined)
    return row?.value ?? null
  }

  async editions(): Promise<readonly Edition[]> {
    const sql =
      'SELECT source, state, importer, content_hash AS contentHash, imported_at AS importedAt, date FROM edition ORDER BY source'
    return this.#scan((database) => database.prepare(sql).all() as Edition[])
  }

  async sourceSets(): Promise<readonly SourceSet[]> {
    const voices = [...this.#rows<[number, string]>('SELECT source_set, voices FROM voices ORDER BY source_set')]
    const sql =
      'SELECT s.number, n.id, s.locator FROM source_set s JOIN node n ON n.key = s.source_key ORDER BY s.number, n.id'
    const sets = new Map<number, { source: string; locator: string | null }[]>()
    for (const [number, source, locator] of this.#rows<[number, string, string | null]>(sql)) {
      const citations = sets.get(number) ?? []
      citations.push({ source, locator })
      sets.set(number, citations)
    }
    return voices.map(([number, json]) => ({
      number,
      citations: sets.get(number) ?? [],
      voices: JSON.parse(json) as SourceSet['voices'],
    }))
  }

  async countSourceSets(): Promise<ReadonlyMap<number, number>> {
    const tables = ['node', ...[...this.shape.links.keys()].map(quoted)]
    const uses = tables.map((table) => `SELECT source_set, count(*) AS n FROM ${table} GROUP BY source_set`)
    return new Map(
      this.#rows<[number, number]>(`SELECT source_set, sum(n) FROM (${uses.join(' UNION ALL ')}) GROUP BY source_set`),
    )
  }

  async usedSourceSets(): Promise<ReadonlySet<number>> {
    // Grouping would sort all rows, in memory (libsql 0.5.29); this keeps the numbers alone.
    const tables = ['node', ...[...this.shape.links.keys()].map(quoted)]
    const sql = tables.map((table) => `SELECT source_set FROM ${table}`).join(' UNION ')
    return new Set([...this.#rows<[number]>(sql)].map(([number]) => number))
  }

  async state(): Promise<{ readonly version: number; readonly changedAt: string | null }> {
    const sql = `SELECT version, changed_at AS changedAt FROM ${quoted(STATE.type)}`
    return this.#scan((database) => database.prepare(sql).get() as { version: number; changedAt: string | null })
  }

  async check(): Promise<readonly string[]> {
    const lacks = this.#scan((database) => this.#missing(database))
    const isDeferred = lacks.length > 0 && !lacks.includes('rapporteur') && this.#scan(hasDeferred)
    const missing = isDeferred
      ? [
          `Indexes of "${this.location}" are missing: an import that is under way makes them at its end, the next start those of one that was cut off.`,
        ]
      : lacks.map(
          (name) => `"${name}" is missing from "${this.location}"; start the server or an import once to make it.`,
        )
    const columns = this.#file.tables.flatMap((table) => {
      const sql = 'SELECT name FROM pragma_table_info(?)'
      const names = new Set([...this.#rows<[string]>(sql, [table.name])].map(([name]) => name))
      return [...table.columns.keys()]
        .filter((name) => !names.has(name))
        .map((name) => `The table "${table.name}" of "${this.location}" has no column "${name}".`)
    })
    const [integrity] = [...this.#rows<[string]>('PRAGMA integrity_check(1)')]
    const broken =
      integrity?.[0] === 'ok'
        ? []
        : [
            `"${this.location}" is damaged: ${integrity?.[0]}. Restore it from a backup, or import anew into another file.`,
          ]
    return [...missing, ...columns, ...broken]
  }

  async copyTo(file: string, options?: CopyOptions): Promise<StoreCopy> {
    try {
      this.#refuseForeignFile()
      await refuseCutFile(this.#held, this.location)
      this.#refuseMissing()
      this.#scan((database) => recogniseStore(database, this.location))
      return await copyStore(this.#path, file, options)
    } catch (error) {
      throw this.#translated(error)
    }
  }

  underWay(): StatementsUnderWay {
    return this.#readers.underWay()
  }

  async verify(): Promise<string | null> {
    if (this.#temporary || !existsSync(this.#path)) return null
    try {
      await this.#letGo()
      return await verifyFile(this.#held, this.location)
    } catch (error) {
      throw this.#translated(error)
    }
  }

  async ping(): Promise<void> {
    await this.#onCurrentFile(() => this.#readers.ping())
  }

  async close(): Promise<void> {
    this.#readers.close()
    this.#closeScanner()
    this.#held.release()
    this.#current.end()
    this.#removeTemporary()
    process.off('exit', this.#removeTemporary)
  }

  /** Reads from the file that is there now; once more where it turns out to have changed meanwhile. */
  async #onCurrentFile<T>(read: () => Promise<T>): Promise<T> {
    try {
      if (!this.#current.isEnsured()) await this.#current.ensure()
      const { renewals } = this.#current
      try {
        return await read()
      } catch (error) {
        const isOurs = error instanceof RapporteurError
        if (!isOurs && (await this.#current.wasRenewed(renewals))) return await read()
        throw error
      }
    } catch (error) {
      throw this.#translated(error)
    }
  }

  /** The text that a statement gives as bytes; empty where it gives none. */
  async #ask(text: string, parameters: readonly unknown[], options: AnswerOptions = {}): Promise<unknown> {
    const start = performance.now()
    const answer = await this.#onCurrentFile(() => this.#readers.get(text, parameters, options))
    options.onStatement?.({ text, parameters }, performance.now() - start)
    return answer
  }

  async #text(sql: string, given: readonly unknown[], options?: AnswerOptions): Promise<string> {
    const bytes = await this.#ask(sql, given, options)
    return bytes instanceof ArrayBuffer ? Buffer.from(bytes).toString() : ''
  }

  /** Closes whatever this store has open of the file. */
  async #letGo(): Promise<void> {
    this.#closeScanner()
    await this.#readers.renew()
    this.#held.release()
  }

  #closeScanner(): void {
    this.#scanner?.close()
    this.#scanner = null
  }

  readonly #removeTemporary = (): void => {
    if (this.#temporary) rmSync(this.#temporary, { recursive: true, force: true })
  }

  async #openWriter(): Promise<SqliteWriter> {
    if (this.#readOnly) {
      const sentence = `"${this.location}" is a copy that is only read. Nothing was written; write to the store that it is a copy of.`
      throw new RapporteurError('STORE_ACCESS', sentence)
    }
    try {
      if (!this.#temporary) mkdirSync(dirname(this.#path), { recursive: true })
      const written = { held: this.#held, location: this.location, isSealed: this.#temporary === null }
      return new SqliteWriter(this.shape, this.#file, written)
    } catch (error) {
      throw this.#translated(error)
    }
  }

  #refuseForeignFile(): void {
    const head = this.#held.head(MAGIC.length)
    if (head && head.length > 0 && head.toString('latin1') !== MAGIC) {
      throw new RapporteurError(
        'STORE_FOREIGN',
        `"${this.location}" is not an SQLite file. Nothing was changed; choose another path for RAPPORTEUR_STORE.`,
      )
    }
  }

  #refuseMissing(): void {
    const hasTables = (database: Database.Database) => database.prepare('SELECT 1 FROM sqlite_master').get()
    if (existsSync(this.#path) && this.#scan(hasTables)) return
    throw new RapporteurError(
      'STORE_MISSING',
      `There is no store at "${this.location}". Nothing was made; correct RAPPORTEUR_STORE, or make a store there with "rapporteur serve" or "rapporteur import".`,
    )
  }

  /** Whether the file has just the layout that this program wants; refuses files that are not Rapporteur's, or newer. */
  #isCurrent(database: Database.Database): boolean {
    if (!recogniseStore(database, this.location)) return false
    const row = database.prepare("SELECT value FROM rapporteur WHERE name = 'fingerprint'").get() as
      | { value: string }
      | undefined
    return row?.value === this.#file.fingerprint && (hasDeferred(database) || this.#missing(database).length === 0)
  }

  #refuseOtherLayout(database: Database.Database): void {
    if (this.#isCurrent(database) && !hasDeferred(database)) return
    const sentence = `"${this.location}" has another layout than this program's, and is only read. Nothing was changed; run the same version of the program where it was made.`
    throw new RapporteurError('STORE_MISMATCH', sentence)
  }

  /** The tables, indexes and views that the file lacks. */
  #missing(database: Database.Database): readonly string[] {
    const rows = database.prepare('SELECT name FROM sqlite_master').all() as { readonly name: string }[]
    const there = new Set(rows.map(({ name }) => name))
    const { tables, indexes, views, virtual } = this.#file
    const wanted = [...tables.map(({ name }) => name), ...indexes.keys(), ...views.keys(), ...virtual.keys()]
    return wanted.filter((name) => !there.has(name))
  }

  /** Makes the indexes that a writer left for later and was killed before making; where one still writes, they are its own to make. */
  async #completeIndexes(): Promise<void> {
    if (!this.#scan(hasDeferred)) return
    const writer = await this.#openWriter().catch((error) => {
      if (error instanceof RapporteurError && error.code === 'STORE_LOCKED') return null
      throw error
    })
    await writer?.close()
  }

  #makeTables(writer: SqliteWriter): boolean {
    const { database } = writer
    const { tables: before } = database
      .prepare("SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table' AND name = 'rapporteur'")
      .get() as { tables: number }
    inTransaction(database, () => {
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
      database.exec(`PRAGMA user_version = ${FILE_VERSION}`)
      for (const table of this.#file.tables) {
        database.exec(createTable(table))
        this.#addColumns(database, table)
      }
      for (const sql of this.#file.indexes.values()) database.exec(sql)
      for (const [name, sql] of this.#file.views) {
        database.exec(`DROP VIEW IF EXISTS "${name}"`)
        database.exec(sql)
      }
      this.#makeSearchKeys(writer)
      note(database, 'fingerprint', this.#file.fingerprint)
      note(database, SEALED, OPEN)
      if (before === 0) note(database, DERIVED_BY, derivationOf(this.shape))
    })
    return before === 0
  }

  /** A store that was made with other keys, or none, has them made. */
  #makeSearchKeys(writer: SqliteWriter): void {
    const { database } = writer
    const keys = searchFingerprint(this.shape)
    const there = database.prepare("SELECT value FROM rapporteur WHERE name = 'search keys'").get()
    const tables = this.#missing(database).filter((name) => this.#file.virtual.has(name))
    if (tables.length === 0 && (there as { readonly value: string } | undefined)?.value === keys) return
    for (const sql of this.#file.virtual.values()) database.exec(sql)
    writer.makeSearchKeys()
    note(database, 'search keys', keys)
  }

  /** A column that the schema has gained is added to the tables there are. */
  #addColumns(database: Database.Database, table: FileShape['tables'][number]): void {
    const there = new Set(
      (database.prepare('SELECT name FROM pragma_table_info(?)').all(table.name) as { name: string }[]).map(
        (row) => row.name,
      ),
    )
    for (const [name, type] of table.columns) {
      if (there.has(name)) continue
      if (type.includes('NOT NULL') && !type.includes('DEFAULT')) {
        throw new RapporteurError(
          'STORE_MISMATCH',
          `The store "${this.location}" was made without "${table.name}.${snakeCase(name)}", which every record must now have. Nothing was changed; import anew into another file.`,
        )
      }
      database.exec(`ALTER TABLE "${table.name}" ADD COLUMN "${name}" ${type}`)
    }
  }

  /** Reads on the connection for whole tables, which holds the thread while it does. */
  #scan<T>(read: (database: Database.Database) => T): T {
    try {
      this.#scanner ??= new Database(this.#readOnly ? forReading(this.#path) : this.#path, { timeout: 5000 })
      return read(this.#scanner)
    } catch (error) {
      throw this.#translated(error)
    }
  }

  /** Reads rows as lists. All of them are to be taken: the file stays held until then. */
  *#rows<T extends unknown[]>(sql: string, given: readonly unknown[] = []): IterableIterator<T> {
    const rows = this.#scan((database) =>
      database
        .prepare(sql)
        .raw(true)
        .iterate(...given),
    )
    try {
      yield* rows as IterableIterator<T>
    } catch (error) {
      throw this.#translated(error)
    }
  }

  #translated(error: unknown): unknown {
    return translateError(error, this.location)
  }
}

/** Notes a fact about the store in the store itself. */
const note = (database: Database.Database, name: string, value: string): void => {
  database.prepare('INSERT OR REPLACE INTO rapporteur (name, value) VALUES (?, ?)').run(name, value)
}

const makeTemporary = (location: string): string => {
  try {
    return mkdtempSync(join(tmpdir(), 'rapporteur-'))
  } catch (error) {
    throw translateError(error, location)
  }
}

/** A writer that tells errors in sentences. */
const inSentences = (writer: SqliteWriter): StoreWriter => {
  const told =
    <Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) =>
    (...given: Given): Promise<Result> =>
      call.apply(writer, given).catch((error) => {
        throw translateError(error, writer.location, true)
      })
  return {
    nodes: told(writer.nodes),
    types: told(writer.types),
    links: told(writer.links),
    linked: told(writer.linked),
    write: told(writer.write),
    close: told(writer.close),
  }
}

const amongSets = (table: string, sourceSets: readonly number[] | undefined): string =>
  sourceSets ? ` WHERE ${table}.source_set IN (SELECT value FROM json_each(?))` : ''

const isAmongIds = (column: string): string =>
  `t.${column} IN (SELECT n.key FROM json_each(?) j JOIN node n ON n.id = j.value)`

const parameters = (sourceSets: readonly number[] | undefined): readonly string[] =>
  sourceSets ? [JSON.stringify(sourceSets)] : []

/**
 * The address of a file that is only looked at. SQLite would make its log beside a file that has none; one that has a log
 * is open elsewhere, or was not closed.
 */
const forReading = (path: string): string =>
  `${pathToFileURL(path)}?${existsSync(`${path}-wal`) ? 'mode=ro' : 'immutable=1'}`
