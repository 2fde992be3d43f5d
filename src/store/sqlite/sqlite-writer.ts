import Database from 'libsql'
import { RapporteurError } from '../../errors.js'
import {
  fieldsWithIds,
  type GraphShape,
  isListedInChanges,
  isOwnLink,
  type LinkShape,
  STATEMENT,
} from '../../model/graph-shape.js'
import type { LinkName, StoredLink, StoredNode } from '../../model/records.js'
import { searchColumns } from '../../model/search/search-fields.js'
import type { Changes, Edition, SourceSet, Stamp, StoreWriter } from '../graph-store.js'
import { groupedBy } from '../grouped-by.js'
import { DeferredIndexes } from './deferred-indexes.js'
import type { HeldFile } from './held-file.js'
import { holdLock } from './hold-lock.js'
import { columnName, quoted } from './names.js'
import { NodeKeys } from './node-keys.js'
import { PreparedStatements } from './prepared-statements.js'
import { RowFormat } from './row-format.js'
import { breakSeal, checkpoint, seal } from './seal-file.js'
import { SearchIndex } from './search-index.js'
import { type Keys, TableEnds } from './table-ends.js'
import { type FileShape, PUT_DERIVED_BY } from './tables.js'
import { inTransaction } from './transaction.js'
import { verifyFile } from './verify-file.js'

/** Rows in one statement: a call costs more than a row. */
const CHUNK = 50
/** Links in one batch with which it pays to make a new table's indexes afterwards. */
const MANY = 2000
/** Records whose keys are made anew at once. */
const AT_ONCE = 5000

/** The file that a session writes to. */
export interface WrittenFile {
  readonly held: HeldFile
  /** What it is called in a sentence. */
  readonly location: string
  /** Whether it is sealed at the end, so that damage to it can be told. */
  readonly isSealed: boolean
}

/** The one session that writes to a file; it lies on the synchronous connection, which inserts fastest. */
export class SqliteWriter implements StoreWriter {
  readonly location: string
  readonly database: Database.Database
  readonly #lock: { close(): void }
  readonly #statements: PreparedStatements
  readonly #keys: NodeKeys
  readonly #insertions = new Map<string, string>()
  readonly #formats = new Map<string, RowFormat>()
  readonly #deferred: DeferredIndexes
  readonly #ends: TableEnds
  readonly #search: SearchIndex
  #lastKey: number | null = null
  /** Whether the engine refused to write a batch. */
  #isBroken = false
  /** Whether something was, or is about to be, written. */
  #hasBegun = false
  readonly #held: HeldFile
  readonly #isSealed: boolean

  constructor(
    readonly shape: GraphShape,
    file: FileShape,
    { held, location, isSealed }: WrittenFile,
  ) {
    const { path } = held
    this.location = location
    this.#held = held
    this.#isSealed = isSealed
    // A batch is a transaction of its own; the lock file keeps a second writer out between them, and goes free with the process.
    this.#lock = holdLock(path)
    try {
      this.database = new Database(path, { timeout: 5000 })
      this.database.exec('PRAGMA journal_mode = WAL')
      this.database.exec('PRAGMA synchronous = FULL')
      this.database.exec('PRAGMA cache_size = -20000')
      // Sorting for an index must not take place in memory, which this build of libsql (0.5.29) would do; it may have a thread of its own.
      this.database.exec('PRAGMA temp_store = FILE')
      this.database.exec('PRAGMA threads = 1')
      // A batch writes more than the default of 1,000 pages, and each page would be copied into the file after each batch.
      this.database.exec('PRAGMA wal_autocheckpoint = 16000')
      // The keys that are written come from the tables themselves.
      this.database.exec('PRAGMA foreign_keys = OFF')
      this.#deferred = new DeferredIndexes(this.database, file)
      this.#statements = new PreparedStatements(this.database)
      this.#keys = new NodeKeys(this.#statements)
      this.#ends = new TableEnds(shape, this.#statements)
      this.#search = new SearchIndex(shape, this.#statements)
    } catch (error) {
      this.#lock.close()
      throw error
    }
  }

  async nodes(ids: readonly string[]): Promise<ReadonlyMap<string, StoredNode>> {
    const found = new Map<string, StoredNode>()
    const sql = 'SELECT n.id, n.key, n.type, n.source_set FROM json_each(?) j CROSS JOIN node n ON n.id = j.value'
    const rows = this.#statements.get(sql).all(JSON.stringify(ids)) as [string, number, string, number][]
    for (const [id, key, type, sourceSet] of rows) {
      this.#keys.keep(id, key)
      const format = this.#format(type, () => RowFormat.ofNode(this.shape, type))
      const columns = this.#statements
        .get(`SELECT ${format.selected('t')} FROM ${quoted(type)} t${format.joins('t')} WHERE t.key = ?`)
        .get(key) as unknown[]
      found.set(id, { type, id, sourceSet, values: format.read(columns) })
    }
    return found
  }

  async types(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const sql = 'SELECT n.id, n.type FROM json_each(?) j CROSS JOIN node n ON n.id = j.value'
    return new Map(this.#statements.get(sql).all(JSON.stringify(ids)) as [string, string][])
  }

  async links(names: readonly LinkName[]): Promise<readonly (StoredLink | null)[]> {
    const found: (StoredLink | null)[] = names.map(() => null)
    this.#keys.fetch(names.flatMap(({ from, to }) => [from, to]))
    const places: Place[] = []
    for (const [i, name] of names.entries()) {
      const [from, to] = [this.#keys.atHand(name.from), this.#keys.atHand(name.to)]
      if (from !== undefined && this.#ends.mayHold(name.link, from, to)) places.push({ i, name, from, to })
    }
    for (const [link, ofLink] of groupedBy(places, ({ name }) => name.link)) {
      const format = this.#format(link, () => RowFormat.ofLink(this.shape, link))
      const { repeats, one } = this.shape.links.get(link) as LinkShape
      const own = repeats ? ['to_key', 'key'] : one ? [] : ['to_key']
      for (const chunk of chunks(ofLink)) {
        const row = `(${['?', '?', ...own.map(() => '?')].join(', ')})`
        const sql = `WITH wanted(${['i', 'from_key', ...own].join(', ')}) AS (VALUES ${chunk.map(() => row).join(', ')})
          SELECT w.i, t.to_key, t.source_set${format.selected('t', ', ')} FROM wanted w CROSS JOIN ${quoted(link)} t
          ON t.from_key = w.from_key${own.map((column) => ` AND t.${column} = w.${column}`).join('')}${format.joins('t')}`
        const bound = chunk.flatMap(({ i, name, from, to }) =>
          one ? [i, from] : repeats ? [i, from, to, name.key] : [i, from, to],
        )
        for (const [i, toKey, sourceSet, ...columns] of this.#statements.get(sql).all(...bound) as [
          number,
          number,
          number,
          ...unknown[],
        ][]) {
          const name = names[i] as LinkName
          const to = one && toKey !== this.#keys.find(name.to) ? this.#keys.idOf(toKey) : name.to
          found[i] = { ...name, to, sourceSet, values: format.read(columns) }
        }
      }
    }
    return found
  }

  async linked(ids: readonly string[]): Promise<ReadonlySet<string>> {
    this.#deferred.build()
    const keys = new Map(
      ids.flatMap((id) => (this.#keys.find(id) === undefined ? [] : [[this.#keys.find(id) as number, id]])),
    )
    const wanted = JSON.stringify([...keys.keys()])
    const linked = new Set<string>()
    for (const link of this.shape.links.values()) {
      if (isOwnLink(this.shape, link)) continue
      const stated = link.columns.has('inferred') ? ' AND NOT coalesce(inferred, 0)' : ''
      const columns = [...link.columns.values()].filter(({ kind, name }) => kind === 'reference' && name !== 'via')
      for (const column of ['from_key', 'to_key', ...columns.map(columnName)]) {
        const sql = column.endsWith('_key')
          ? `SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM ${quoted(link.name)} WHERE ${column} = value${stated})`
          : `SELECT DISTINCT ${column} FROM ${quoted(link.name)} WHERE ${column} IN (SELECT value FROM json_each(?))${stated}`
        for (const [key] of this.#statements.get(sql).all(wanted) as [number][]) linked.add(keys.get(key) as string)
      }
    }
    const sql = `SELECT DISTINCT value FROM ${quoted(STATEMENT)} WHERE field IN (SELECT value FROM json_each(?)) AND value IN (SELECT value FROM json_each(?))`
    const named = [JSON.stringify(fieldsWithIds(this.shape)), JSON.stringify(ids)]
    for (const [id] of this.#statements.get(sql).all(...named) as [string][]) linked.add(id)
    return linked
  }

  async write(changes: Changes, stamp: Stamp): Promise<void> {
    try {
      await this.begin()
      if (changes.deleteNodes.length > 0) this.#deferred.build()
      inTransaction(this.database, () => this.#writeAll(changes, stamp))
    } catch (error) {
      this.#keys.forgetAll()
      this.#ends.forget()
      this.#search.forget()
      this.#lastKey = null
      this.#isBroken ||= !(error instanceof RapporteurError)
      throw error
    }
  }

  /**
   * Takes the seal away from the file before the first transaction, unless the file is not what was sealed.
   * @throws RapporteurError `STORE_DAMAGED`
   */
  async begin(): Promise<void> {
    if (this.#hasBegun || !this.#isSealed) return
    await verifyFile(this.#held, this.location)
    breakSeal(this.database, this.#held.path)
    this.#hasBegun = true
  }

  /** Makes the keys by which records are found anew, from the records that are stored; within a transaction. */
  makeSearchKeys(): void {
    this.#search.clear()
    for (const type of searchColumns(this.shape).keys()) {
      const format = this.#format(type, () => RowFormat.ofNode(this.shape, type))
      const sql = `SELECT t.key, t.id, ${format.selected('t')} FROM ${quoted(type)} t${format.joins('t')} WHERE t.key > ? ORDER BY t.key LIMIT ${AT_ONCE}`
      for (let last = 0; ; ) {
        const rows = this.#statements.get(sql).all(last) as [number, string, ...unknown[]][]
        for (const [key, id, ...columns] of rows) {
          this.#search.add({ type, id, sourceSet: 0, values: format.read(columns) }, key)
          last = key
        }
        this.#search.write()
        if (rows.length < AT_ONCE) break
      }
    }
  }

  async close(): Promise<void> {
    let isWhole = false
    try {
      // Where the engine refused a batch, it would refuse these, too; the next start makes them.
      if (!this.#isBroken && this.#deferred.isNoted) {
        await this.begin()
        this.#deferred.build()
      }
      isWhole = this.#hasBegun && !this.#isBroken
    } finally {
      this.#statements.clear()
      await this.#end(isWhole)
      this.database.close()
      this.#lock.close()
    }
  }

  /** What cannot be brought into the file or sealed loses nothing, and an error of the session's would be hidden. */
  async #end(isWhole: boolean): Promise<void> {
    try {
      if (isWhole) await seal(this.database, this.#held)
      else checkpoint(this.database)
    } catch {}
  }

  #writeAll(changes: Changes, { at, version }: Stamp): void {
    for (const link of changes.deleteLinks) this.#deleteLink(link)
    for (const node of changes.deleteNodes) this.#deleteNode(node)
    for (const [type, nodes] of groupedBy(changes.insertNodes, (node) => node.type))
      this.#insertNodes(type, nodes, at, version)
    for (const set of changes.sourceSets) this.#insertSet(set)
    for (const node of changes.updateNodes) this.#updateNode(node, { at, version })
    for (const node of changes.refreshNodes) this.#updateNode(node, null)
    for (const [link, links] of groupedBy(changes.insertLinks, (each) => each.link)) this.#insertLinks(link, links)
    for (const link of changes.updateLinks) this.#updateLink(link)
    for (const link of changes.refreshLinks) this.#refreshLink(link)
    for (const id of changes.touched)
      this.#statements.get('UPDATE node SET updated_at = ?, version = ? WHERE id = ?').run(at, version, id)
    this.#search.write()
    if (changes.edition) this.#putEdition(changes.edition)
    if (changes.derivedBy) this.#statements.get(PUT_DERIVED_BY).run(changes.derivedBy)
    if (changes.removeEdition) this.#statements.get('DELETE FROM edition WHERE source = ?').run(changes.removeEdition)
  }

  #insertNodes(type: string, nodes: readonly StoredNode[], at: string, version: number): void {
    this.#lastKey ??= (this.#statements.get('SELECT coalesce(max(key), 0) FROM node').get() as [number])[0]
    const format = this.#format(type, () => RowFormat.ofNode(this.shape, type))
    // What the store makes itself follows from records, and is not a change that anybody is told of.
    const keyOf = (each: string) => this.#keys.of(each)
    const told = isListedInChanges(this.shape, type) ? version : 0
    for (const chunk of chunks(nodes)) {
      const [records, columns]: [unknown[], unknown[]] = [[], []]
      for (const node of chunk) {
        const { id, values, sourceSet } = node
        this.#lastKey += 1
        this.#search.add(node, this.#lastKey)
        records.push(this.#lastKey, id, type, sourceSet, at, told, told)
        columns.push(this.#lastKey, id)
        format.bindTo(columns, values, keyOf)
        this.#keys.keep(id, this.#lastKey)
      }
      this.#statements.get(insertion('node', NODE_COLUMNS, chunk.length)).run(...records)
      this.#statements.get(this.#insertion(type, ['key', 'id'], format, chunk.length)).run(...columns)
    }
  }

  /** Without a stamp the record stays as old as it is. */
  #updateNode(node: StoredNode, stamp: Stamp | null): void {
    const { type, id, values, sourceSet } = node
    const key = this.#keys.of(id)
    if (stamp) {
      this.#search.remove(key)
      this.#search.add(node, key)
      const sql = 'UPDATE node SET source_set = ?, updated_at = ?, version = ? WHERE key = ?'
      this.#statements.get(sql).run(sourceSet, stamp.at, stamp.version, key)
    } else this.#statements.get('UPDATE node SET source_set = ? WHERE key = ?').run(sourceSet, key)
    const format = this.#format(type, () => RowFormat.ofNode(this.shape, type))
    if (format.columns.length === 0) return
    this.#statements
      .get(`UPDATE ${quoted(type)} SET ${assigned(format)} WHERE key = ?`)
      .run(...this.#bound(format, values), key)
  }

  /** Deletes a node with all links that still lead to it or out from it. */
  #deleteNode({ type, id }: Pick<StoredNode, 'type' | 'id'>): void {
    const key = this.#keys.of(id)
    this.#search.remove(key)
    for (const link of this.shape.links.values()) {
      for (const end of ['from', 'to'] as const)
        if (link[end].includes(type))
          this.#statements.get(`DELETE FROM ${quoted(link.name)} WHERE ${end}_key = ?`).run(key)
    }
    if (type === 'Source') {
      this.#statements
        .get('DELETE FROM voices WHERE source_set IN (SELECT number FROM source_set WHERE source_key = ?)')
        .run(key)
      this.#statements
        .get('DELETE FROM source_set WHERE number IN (SELECT number FROM source_set WHERE source_key = ?)')
        .run(key)
    }
    this.#statements.get(`DELETE FROM ${quoted(type)} WHERE key = ?`).run(key)
    this.#statements.get('DELETE FROM node WHERE key = ?').run(key)
    this.#keys.forget(id)
  }

  #insertLinks(link: string, links: readonly StoredLink[]): void {
    const format = this.#format(link, () => RowFormat.ofLink(this.shape, link))
    const { one = false, repeats = false } = this.shape.links.get(link) ?? {}
    const own = repeats ? ['from_key', 'to_key', 'key', 'source_set'] : ['from_key', 'to_key', 'source_set']
    if (links.length >= MANY) this.#deferred.defer(link)
    const keyOf = (id: string) => this.#keys.of(id)
    const placed = this.#ends.inPlace(
      link,
      links.map((each) => ({ fromKey: keyOf(each.from), toKey: keyOf(each.to), link: each })),
    )
    this.#ends.extend(link, placed.at(-1) as Keys)
    for (const chunk of chunks(placed)) {
      const bound: unknown[] = []
      for (const { fromKey, toKey, link: each } of chunk) {
        bound.push(fromKey, toKey)
        if (repeats) bound.push(each.key)
        bound.push(each.sourceSet)
        format.bindTo(bound, each.values, keyOf)
      }
      try {
        this.#statements.get(this.#insertion(link, own, format, chunk.length)).run(...bound)
      } catch (error) {
        if (one && isConstraint(error))
          this.#refuseSeconds(
            link,
            chunk.map((row) => row.link),
          )
        throw error
      }
    }
  }

  #updateLink({ link, from, to, key, values, sourceSet }: StoredLink): void {
    const format = this.#format(link, () => RowFormat.ofLink(this.shape, link))
    const repeats = this.shape.links.get(link)?.repeats === true
    const set = [...(format.columns.length > 0 ? [assigned(format)] : []), 'source_set = ?'].join(', ')
    const sql = `UPDATE ${quoted(link)} SET ${set} WHERE from_key = ? AND to_key = ?${repeats ? ' AND key = ?' : ''}`
    this.#statements
      .get(sql)
      .run(...this.#bound(format, values), sourceSet, this.#keys.of(from), this.#keys.of(to), ...(repeats ? [key] : []))
  }

  /** Writes what the store alone writes; no index has to be touched for that. */
  #refreshLink({ link, from, to, key, values }: StoredLink): void {
    const format = this.#format(`own ${link}`, () => RowFormat.ownOfLink(this.shape, link))
    const repeats = this.shape.links.get(link)?.repeats === true
    const sql = `UPDATE ${quoted(link)} SET ${assigned(format)} WHERE from_key = ? AND to_key = ?${repeats ? ' AND key = ?' : ''}`
    this.#statements
      .get(sql)
      .run(...this.#bound(format, values), this.#keys.of(from), this.#keys.of(to), ...(repeats ? [key] : []))
  }

  #deleteLink({ link, from, to, key }: LinkName): void {
    const repeats = this.shape.links.get(link)?.repeats === true
    this.#statements
      .get(`DELETE FROM ${quoted(link)} WHERE from_key = ? AND to_key = ?${repeats ? ' AND key = ?' : ''}`)
      .run(this.#keys.of(from), this.#keys.of(to), ...(repeats ? [key] : []))
  }

  #insertSet({ number, citations, voices }: SourceSet): void {
    this.#statements.get('INSERT INTO voices (source_set, voices) VALUES (?, ?)').run(number, JSON.stringify(voices))
    const insert = this.#statements.get('INSERT INTO source_set (number, source_key, locator) VALUES (?, ?, ?)')
    for (const { source, locator } of citations) insert.run(number, this.#keys.of(source), locator)
  }

  #putEdition({ source, state, importer, contentHash, importedAt, date }: Edition): void {
    const sql =
      'INSERT OR REPLACE INTO edition (source, state, importer, content_hash, imported_at, date) VALUES (?, ?, ?, ?, ?, ?)'
    this.#statements.get(sql).run(source, state, importer, contentHash, importedAt, date)
  }

  #refuseSeconds(link: string, links: readonly StoredLink[]): void {
    const inBatch = new Map<string, string>()
    for (const { from, to } of links) {
      this.#refuseSecond(link, this.#keys.of(from), from, to)
      const other = inBatch.get(from)
      if (other !== undefined) throw secondLink(link, from, other, to)
      inBatch.set(from, to)
    }
  }

  /** A link of which a node has at most one must not get a second. */
  #refuseSecond(link: string, fromKey: number, from: string, to: string): void {
    const other = this.#statements
      .get(`SELECT n.id FROM ${quoted(link)} l JOIN node n ON n.key = l.to_key WHERE l.from_key = ?`)
      .get(fromKey) as [string] | undefined
    if (other) throw secondLink(link, from, other[0], to)
  }

  #bound(format: RowFormat, values: StoredNode['values']): unknown[] {
    const bound: unknown[] = []
    format.bindTo(bound, values, (id) => this.#keys.of(id))
    return bound
  }

  #format(name: string, make: () => RowFormat): RowFormat {
    const format = this.#formats.get(name) ?? make()
    this.#formats.set(name, format)
    return format
  }

  #insertion(table: string, own: readonly string[], { columns }: RowFormat, rows: number): string {
    const known = this.#insertions.get(`${table} ${rows}`)
    if (known) return known
    const sql = insertion(quoted(table), [...own, ...columns.map(columnName)], rows)
    this.#insertions.set(`${table} ${rows}`, sql)
    return sql
  }
}

const NODE_COLUMNS = ['key', 'id', 'type', 'source_set', 'updated_at', 'version', 'created_in'] as const

const insertion = (table: string, columns: readonly string[], rows: number): string => {
  const row = `(${columns.map(() => '?').join(', ')})`
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array.from({ length: rows }, () => row).join(', ')}`
}

const secondLink = (link: string, from: string, other: string, to: string): RapporteurError =>
  new RapporteurError(
    'BAD_INPUT',
    `"${from}" already has the link ${link} to "${other}", and can have no second one to "${to}". The batch was not written; mend the source.`,
  )

const isConstraint = (error: unknown): boolean =>
  (error as { readonly code?: string }).code?.startsWith('SQLITE_CONSTRAINT') === true

/** A link that may be there, with the keys of its ends. */
interface Place {
  readonly i: number
  readonly name: LinkName
  readonly from: number
  /** Not asked of a link of which a node has at most one. */
  readonly to: number | undefined
}

/** Whole chunks share one prepared statement; what is left over goes one by one, so that the texts stay few. */
const chunks = <T>(items: readonly T[]): readonly (readonly T[])[] => {
  const whole = Math.floor(items.length / CHUNK) * CHUNK
  const parts: (readonly T[])[] = []
  for (let i = 0; i < whole; i += CHUNK) parts.push(items.slice(i, i + CHUNK))
  for (const item of items.slice(whole)) parts.push([item])
  return parts
}

const assigned = ({ columns }: RowFormat): string => columns.map((column) => `${columnName(column)} = ?`).join(', ')
