import type Database from 'libsql'
import { quoted } from './names.js'
import { type FileShape, indexesOf } from './tables.js'
import { inTransaction } from './transaction.js'

const NOTE = 'deferred indexes'
/** The cache while indexes are made: negative for kilobytes. */
const SORTING = -6000

/** Whether indexes of a file are left for later: by a writer that is at work, or that was killed. */
export const hasDeferred = (database: Database.Database): boolean =>
  database.prepare('SELECT 1 FROM rapporteur WHERE name = ?').get(NOTE) !== undefined

/**
 * The indexes of tables that are filled from nothing: made once all rows are there, they cost half as much time and a
 * third less room. The file itself notes that they are missing, so that a kill in between loses nothing.
 */
export class DeferredIndexes {
  readonly #seen = new Set<string>()
  #isNoted: boolean

  constructor(
    readonly database: Database.Database,
    readonly file: FileShape,
  ) {
    const tables = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'rapporteur'"
    this.#isNoted = database.prepare(tables).get() !== undefined && hasDeferred(database)
  }

  /** Whether indexes are missing. */
  get isNoted(): boolean {
    return this.#isNoted
  }

  /** Takes away the indexes of a table of links into which many are about to be written, where it has none yet. To be called within a transaction. */
  defer(link: string): void {
    if (this.#seen.has(link)) return
    this.#seen.add(link)
    if (this.database.prepare(`SELECT 1 FROM ${quoted(link)} LIMIT 1`).get() !== undefined) return
    for (const name of indexesOf(this.file, link).keys()) this.database.exec(`DROP INDEX IF EXISTS "${name}"`)
    this.database.prepare("INSERT OR REPLACE INTO rapporteur (name, value) VALUES (?, '1')").run(NOTE)
    this.#isNoted = true
  }

  /** Makes what is missing. */
  build(): void {
    if (!this.#isNoted) return
    const [before] = this.database.prepare('PRAGMA cache_size').raw(true).get() as [number]
    // Each of two threads sorts in as much memory as the cache may take.
    this.database.exec(`PRAGMA cache_size = ${SORTING}`)
    inTransaction(this.database, () => {
      for (const sql of this.file.indexes.values()) this.database.exec(sql)
      this.database.prepare('DELETE FROM rapporteur WHERE name = ?').run(NOTE)
    })
    this.#isNoted = false
    this.database.exec(`PRAGMA cache_size = ${before}`)
  }
}
