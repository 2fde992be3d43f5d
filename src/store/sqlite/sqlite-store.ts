import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Database from 'libsql'
import { RapporteurError } from '../../errors.js'
import { type GraphShape, STATE } from '../../model/graph-shape.js'
import type { StoredLink, StoredNode } from '../../model/records.js'
import type {
  Answer,
  AnswerOptions,
  Edition,
  GraphStore,
  LinkScanOptions,
  SourceSet,
  Statement,
  StoreWriter,
} from '../graph-store.js'
import type { Plan } from '../plan.js'
import { hasDeferred } from './deferred-indexes.js'
import { quoted, snakeCase } from './names.js'
import { printSql } from './print-sql.js'
import { ReadConnections } from './read-connections.js'
import { RowFormat } from './row-format.js'
import { SqliteWriter } from './sqlite-writer.js'
import { createTable, type FileShape, fileShape } from './tables.js'

/** Marks a file as Rapporteur's: "RAPP". */
const APPLICATION_ID = 0x52415050
/** The version of the file's layout that this program writes, and the newest it reads. */
const FILE_VERSION = 2
const MAGIC = 'SQLite format 3\u0000'

export interface SqliteOptions {
  /** A file, made where there is none; `:memory:` for a file that goes when the store is closed. */
  readonly path: string
  /** How many questions are answered at once. */
  readonly connections?: number
}

/** A graph in an SQLite file. */
export class SqliteStore implements GraphStore {
  readonly engine = 'SQLite'
  readonly location: string
  readonly #file: FileShape
  readonly #path: string
  readonly #temporary: string | null
  readonly #readers: ReadConnections
  /** The statements of plans that are asked again. */
  readonly #printed = new WeakMap<Plan, Statement>()
  #scanner: Database.Database | null = null

  constructor(
    readonly shape: GraphShape,
    { path, connections = 4 }: SqliteOptions,
  ) {
    this.location = path
    this.#file = fileShape(shape)
    // A database in memory has one connection only; each further one would be another database. A temporary file has as many as it needs.
    this.#temporary = path === ':memory:' ? mkdtempSync(join(tmpdir(), 'rapporteur-')) : null
    this.#path = this.#temporary ? join(this.#temporary, 'graph.sqlite') : path
    this.#readers = new ReadConnections(this.#path, connections)
    if (this.#temporary) process.once('exit', this.#removeTemporary)
  }

  async prepare(): Promise<{ readonly created: boolean }> {
    try {
      this.#refuseForeignFile()
      if (existsSync(this.#path) && this.#isCurrent()) {
        await this.#completeIndexes()
        return { created: false }
      }
      const writer = await this.#openWriter()
      try {
        return { created: this.#makeTables(writer.database) }
      } finally {
        await writer.close()
      }
    } catch (error) {
      throw this.#translated(error)
    }
  }

  async answer(plan: Plan, options?: AnswerOptions): Promise<Answer> {
    const statement = this.#printed.get(plan) ?? printSql(plan, this.shape)
    this.#printed.set(plan, statement)
    const json = await this.#readers
      .get(statement.text, statement.parameters as readonly unknown[], options)
      .catch((error) => {
        throw this.#translated(error)
      })
    return { json: json instanceof ArrayBuffer ? new Uint8Array(json) : 'null', statement }
  }

  async writer(): Promise<StoreWriter> {
    return this.#openWriter()
  }

  async *scanNodes(type: string, { changes, sourceSets }: NodeScan = {}): AsyncIterable<StoredNode> {
    const format = RowFormat.ofNode(this.shape, type)
    const from = `${quoted(type)} t JOIN node n ON n.key = t.key${format.joins('t')}${amongSets('n', sourceSets)}`
    const rows = this.#scan()
      .prepare(`SELECT t.id, n.source_set, n.updated_at, n.version, n.created_in, ${format.selected('t')} FROM ${from}`)
      .raw(true)
    for (const [id, sourceSet, updatedAt, version, createdIn, ...columns] of rows.iterate(
      ...parameters(sourceSets),
    ) as IterableIterator<[string, number, string, number, number, ...unknown[]]>) {
      const change = changes && { change: { updatedAt, version, createdIn } }
      yield { type, id, sourceSet, values: format.read(columns), ...change }
    }
  }

  async *scanLinks(link: string, { sourceSets, ends }: LinkScanOptions = {}): AsyncIterable<StoredLink> {
    const format = RowFormat.ofLink(this.shape, link)
    const key = this.shape.links.get(link)?.repeats ? 't.key' : "''"
    const from = `${quoted(link)} t JOIN node f ON f.key = t.from_key JOIN node o ON o.key = t.to_key${format.joins('t')}`
    const atEnds = ends
      ? `${sourceSets ? ' AND' : ' WHERE'} (${['from_key', 'to_key'].map(isAmongIds).join(' OR ')})`
      : ''
    const where = `${amongSets('t', sourceSets)}${atEnds}`
    const rows = this.#scan()
      .prepare(`SELECT f.id, o.id, ${key}, t.source_set${format.selected('t', ', ')} FROM ${from}${where}`)
      .raw(true)
    const given = [...parameters(sourceSets), ...(ends ? [JSON.stringify(ends), JSON.stringify(ends)] : [])]
    for (const [from_, to, key_, sourceSet, ...columns] of rows.iterate(...given) as IterableIterator<
      [string, string, string, number, ...unknown[]]
    >) {
      yield { link, from: from_, to, key: key_, sourceSet, values: format.read(columns) }
    }
  }

  async count(): Promise<Readonly<Record<string, number>>> {
    const types = [...this.shape.nodes.keys(), ...this.shape.links.keys()]
    const counts = types.map((type) => {
      const row = this.#scan()
        .prepare(`SELECT count(*) AS n FROM ${quoted(type)}`)
        .get() as { n: number }
      return [type, row.n] as const
    })
    return Object.fromEntries(counts)
  }

  async editions(): Promise<readonly Edition[]> {
    const rows = this.#scan()
      .prepare(
        'SELECT source, state, importer, content_hash AS contentHash, imported_at AS importedAt, date FROM edition ORDER BY source',
      )
      .all()
    return rows as Edition[]
  }

  async sourceSets(): Promise<readonly SourceSet[]> {
    const database = this.#scan()
    const voices = database.prepare('SELECT source_set AS number, voices FROM voices ORDER BY source_set').all()
    const rows = database
      .prepare(
        'SELECT s.number, n.id AS source, s.locator FROM source_set s JOIN node n ON n.key = s.source_key ORDER BY s.number, n.id',
      )
      .all()
    const sets = new Map<number, { source: string; locator: string | null }[]>()
    for (const { number, source, locator } of rows as { number: number; source: string; locator: string | null }[]) {
      const citations = sets.get(number) ?? []
      citations.push({ source, locator })
      sets.set(number, citations)
    }
    return (voices as { number: number; voices: string }[]).map((row) => ({
      number: row.number,
      citations: sets.get(row.number) ?? [],
      voices: JSON.parse(row.voices) as SourceSet['voices'],
    }))
  }

  async countSourceSets(): Promise<ReadonlyMap<number, number>> {
    const tables = ['node', ...[...this.shape.links.keys()].map(quoted)]
    const uses = tables.map((table) => `SELECT source_set, count(*) AS n FROM ${table} GROUP BY source_set`)
    const sql = `SELECT source_set AS number, sum(n) AS uses FROM (${uses.join(' UNION ALL ')}) GROUP BY source_set`
    const rows = this.#scan().prepare(sql).all() as { number: number; uses: number }[]
    return new Map(rows.map(({ number, uses: count }) => [number, count]))
  }

  async state(): Promise<{ readonly version: number; readonly changedAt: string | null }> {
    const sql = `SELECT version, changed_at AS changedAt FROM ${quoted(STATE.type)}`
    return this.#scan().prepare(sql).get() as { version: number; changedAt: string | null }
  }

  async check(): Promise<readonly string[]> {
    const database = this.#scan()
    const there = new Set(
      (database.prepare('SELECT name FROM sqlite_master').all() as { name: string }[]).map((row) => row.name),
    )
    const wanted = [
      ...this.#file.tables.map((table) => table.name),
      ...this.#file.indexes.keys(),
      ...this.#file.views.keys(),
    ]
    const missing = wanted
      .filter((name) => !there.has(name))
      .map((name) => `"${name}" is missing from "${this.location}"; start the server or an import once to make it.`)
    const columns = this.#file.tables.flatMap((table) => {
      const names = new Set(
        (database.prepare(`SELECT name FROM pragma_table_info(?)`).all(table.name) as { name: string }[]).map(
          (row) => row.name,
        ),
      )
      return [...table.columns.keys()]
        .filter((name) => !names.has(name))
        .map((name) => `The table "${table.name}" of "${this.location}" has no column "${name}".`)
    })
    const [integrity] = database.prepare('PRAGMA quick_check(1)').raw(true).all() as [string][]
    const broken =
      integrity?.[0] === 'ok'
        ? []
        : [
            `"${this.location}" is damaged: ${integrity?.[0]}. Restore it from a backup, or import anew into another file.`,
          ]
    return [...missing, ...columns, ...broken]
  }

  async ping(): Promise<void> {
    await this.#readers.get('SELECT 1', [], { timeout: 3000 }).catch((error) => {
      throw this.#translated(error)
    })
  }

  async close(): Promise<void> {
    this.#readers.close()
    this.#scanner?.close()
    this.#scanner = null
    this.#removeTemporary()
    process.off('exit', this.#removeTemporary)
  }

  readonly #removeTemporary = (): void => {
    if (this.#temporary) rmSync(this.#temporary, { recursive: true, force: true })
  }

  async #openWriter(): Promise<SqliteWriter> {
    try {
      if (!this.#temporary) mkdirSync(dirname(this.#path), { recursive: true })
      return new SqliteWriter(this.shape, this.#file, this.#path, this.location)
    } catch (error) {
      throw this.#translated(error)
    }
  }

  #refuseForeignFile(): void {
    if (!existsSync(this.#path)) return
    const head = Buffer.alloc(MAGIC.length)
    let length = 0
    try {
      const file = openSync(this.#path, 'r')
      length = readSync(file, head)
      closeSync(file)
    } catch (error) {
      throw this.#translated(error)
    }
    if (length > 0 && head.subarray(0, length).toString('latin1') !== MAGIC) {
      throw new RapporteurError(
        'STORE_FOREIGN',
        `"${this.location}" is not an SQLite file. Nothing was changed; choose another path for RAPPORTEUR_STORE.`,
      )
    }
  }

  /** Whether the file has just the layout that this program wants; refuses files that are not Rapporteur's, or newer. */
  #isCurrent(): boolean {
    const database = this.#scan()
    const pragma = (name: string) =>
      Object.values(database.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[0]
    const { tables } = database.prepare("SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table'").get() as {
      tables: number
    }
    if (tables === 0) return false
    if (pragma('application_id') !== APPLICATION_ID) {
      throw new RapporteurError(
        'STORE_FOREIGN',
        `"${this.location}" is an SQLite file of another program. Nothing was changed; choose another path for RAPPORTEUR_STORE.`,
      )
    }
    const version = pragma('user_version') ?? 0
    if (version > FILE_VERSION) {
      throw new RapporteurError(
        'STORE_NEWER',
        `The store "${this.location}" has version ${version}, this program reads up to ${FILE_VERSION}. Nothing was changed; update the program, or choose another store.`,
      )
    }
    const own = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'rapporteur'").get()
    if (!own) return false
    const row = database.prepare("SELECT value FROM rapporteur WHERE name = 'fingerprint'").get() as
      | { value: string }
      | undefined
    return row?.value === this.#file.fingerprint
  }

  /** Makes the indexes that a writer left for later and was killed before making; where one still writes, they are its own to make. */
  async #completeIndexes(): Promise<void> {
    if (!hasDeferred(this.#scan())) return
    const writer = await this.#openWriter().catch((error) => {
      if (error instanceof RapporteurError && error.code === 'STORE_LOCKED') return null
      throw error
    })
    await writer?.close()
  }

  #makeTables(database: Database.Database): boolean {
    const { tables: before } = database
      .prepare("SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table' AND name = 'rapporteur'")
      .get() as { tables: number }
    database.exec('BEGIN IMMEDIATE')
    try {
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
      database
        .prepare("INSERT OR REPLACE INTO rapporteur (name, value) VALUES ('fingerprint', ?)")
        .run(this.#file.fingerprint)
      database.exec('COMMIT')
    } catch (error) {
      database.exec('ROLLBACK')
      throw error
    }
    return before === 0
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
      if (type.includes('NOT NULL')) {
        throw new RapporteurError(
          'STORE_MISMATCH',
          `The store "${this.location}" was made without "${table.name}.${snakeCase(name)}", which every record must now have. Nothing was changed; import anew into another file.`,
        )
      }
      database.exec(`ALTER TABLE "${table.name}" ADD COLUMN "${name}" ${type}`)
    }
  }

  /** The connection for reading whole tables; it holds the thread while it does. */
  #scan(): Database.Database {
    try {
      this.#scanner ??= new Database(this.#path, { timeout: 5000 })
      return this.#scanner
    } catch (error) {
      throw this.#translated(error)
    }
  }

  #translated(error: unknown): unknown {
    return translateError(error, this.location)
  }
}

type NodeScan = Parameters<GraphStore['scanNodes']>[1]

const amongSets = (table: string, sourceSets: readonly number[] | undefined): string =>
  sourceSets ? ` WHERE ${table}.source_set IN (SELECT value FROM json_each(?))` : ''

const isAmongIds = (column: string): string =>
  `t.${column} IN (SELECT n.key FROM json_each(?) j JOIN node n ON n.id = j.value)`

const parameters = (sourceSets: readonly number[] | undefined): readonly string[] =>
  sourceSets ? [JSON.stringify(sourceSets)] : []

/** Turns an error of SQLite's or of the file system into a sentence. */
const translateError = (error: unknown, location: string): unknown => {
  if (error instanceof RapporteurError || !(error instanceof Error)) return error
  const code = (error as { code?: string }).code ?? ''
  const refuse = (own: ConstructorParameters<typeof RapporteurError>[0], sentence: string) =>
    new RapporteurError(own, sentence, { cause: error })
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return refuse(
      'STORE_LOCKED',
      `Another process is writing to "${location}". Nothing was changed; wait until it is done and run again.`,
    )
  }
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return refuse(
      'STORE_FOREIGN',
      `"${location}" is not a readable SQLite file (${error.message}). Nothing was changed; restore it from a backup, or choose another path for RAPPORTEUR_STORE.`,
    )
  }
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') {
    return refuse(
      'UNAVAILABLE',
      `The disk that holds "${location}" is full. The last batch was not written; make room and run again.`,
    )
  }
  if (
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_READONLY') ||
    /^E(ACCES|PERM|ISDIR|NOTDIR|ROFS|EXIST)$/.test(code)
  ) {
    return refuse(
      'STORE_ACCESS',
      `"${location}" cannot be opened for reading and writing (${error.message}). Choose another path for RAPPORTEUR_STORE, or mend its permissions.`,
    )
  }
  return error
}
