import type { GraphRecord } from '../../model/records.js'
import type { Rows } from '../importer.js'
import { FileRows } from '../read/make-records.js'
import { digestOf, type FtmEntity } from './entity.js'

/** A record, and the line that says it. */
interface OnLine {
  readonly line: number
  readonly record: GraphRecord
}

/**
 * Collects the records of entities, each of which is a row. Neighbours of one line would be one row together, so entities
 * that are nested in one line are kept apart.
 */
export class EntityRows {
  #apart: FileRows[] = []
  #nested = 0
  /** How many records were collected. */
  count = 0

  constructor(readonly file: string) {}

  add(entity: FtmEntity, made: readonly OnLine[]): void {
    const { nested } = entity
    if (nested === 0) this.#nested = 0
    if (made.length === 0) return
    const at = nested === 0 ? 0 : ++this.#nested
    const rows = this.#apart[at] ?? new FileRows(this.file)
    this.#apart[at] = rows
    const digest = nested === 0 ? digestOf(entity) : 0
    for (const { line, record } of made) rows.add(line, [record], digest)
    this.count += made.length
  }

  /** The rows collected so far, which are forgotten here. */
  take(): readonly Rows[] {
    const taken = this.#apart.filter((rows) => rows !== undefined)
    this.#apart = []
    this.count = 0
    return taken
  }
}
