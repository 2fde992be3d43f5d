import type { GraphShape } from '../../model/graph-shape.js'
import type { GraphRecord, Values } from '../../model/records.js'
import type { Place } from '../check/known-nodes.js'
import { type Batch, type Pass, ReadAgain } from '../importer.js'
import { FileRows, link, node, SAME_ROW, SILENT } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import { readCells } from '../read/read-csv.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import type { Row } from './columns.js'
import { formatOf, type OpenedParts } from './open-parts.js'
import { NOTHING_NEW, type PartReader } from './parts.js'
import type { MappingFile } from './read-mapping.js'
import { type PartPath, partAt, Reading } from './reading.js'
import { reshape } from './spread.js'

/** Votes in several rows beyond which the table is something else; it bounds what is kept of them. */
const MAX_REPEATED = 200_000

/** Why a row is left out in which nothing stands, as spreadsheets have them at their end. */
const EMPTY_ROW = 'that are empty'

/** The reading of a table by a part of the mapping. */
interface TableReading {
  readonly reading: Reading
  readonly reader: PartReader
  readonly path: PartPath
  readonly file: SourceFile
  /** Whether no later part reads the table. In a table with a vote in each row, its ballots are no repetitions. */
  readonly isLast: boolean
}

/** What a mapping makes of its tables: nodes before links, tables in the order of the parts that read them. */
export class Edition {
  /** The votes that stand in several rows, as far as a reading has found any. */
  readonly #repeated = new Set<string>()

  constructor(
    readonly file: MappingFile,
    readonly shape: GraphShape,
    readonly opened: OpenedParts,
    /** What the source is told to be besides what the mapping says: its hash and the importer. */
    readonly ofReading: Values,
  ) {}

  async *read(pass: Pass): AsyncIterable<Batch> {
    const before = this.#repeated.size
    const reading = new Reading(this.file, this.shape, this.#repeated)
    for (const sentence of this.opened.leftOut) pass.note(sentence)
    yield [...this.#about(reading), ...reading.tables.fresh()]
    const { parts } = this.opened
    for (const part of parts) {
      const reader = reading.reader(part.path)
      for (const file of part.files) {
        const isLast = parts.findLast(({ files }) => files.some(({ name }) => name === file.name)) === part
        yield* this.#rows({ reading, reader, path: part.path, file, isLast }, pass)
      }
    }
    if (this.#repeated.size > before) throw new ReadAgain()
    yield* this.#rest(reading, pass)
  }

  /** What is known after the last row. */
  *#rest({ votes, tables }: Reading, pass: Pass): Iterable<Batch> {
    for (const { place, record } of votes.rest(pass)) {
      const rows = new FileRows(place.file)
      rows.add(place.line, [record])
      yield rows
    }
    for (const finding of tables.unknown.findings()) pass.finding(finding)
    if (votes.withoutGroup > 0)
      pass.note(
        `Votes without a group, since the memberships do not tell one of that day: ${number(votes.withoutGroup)}.`,
      )
  }

  async *#rows(table: TableReading, pass: Pass): AsyncIterable<Batch> {
    const { reading, reader, path, file, isLast } = table
    const { mapping } = this.file
    const { columns, times, rows } = reshape(
      partAt(mapping, path),
      reader.columns,
      this.opened.headers.get(file.name) ?? [],
    )
    const { advance } = pass
    // The rows of a table that several parts read are counted once, and those that cannot be read told once.
    const own: Pass = isLast
      ? { ...pass, note() {}, rows: (name, count) => pass.rows(name, count * times) }
      : { ...SILENT, advance }
    for await (const cells of readCells(file, columns, own, [], formatOf(mapping))) {
      const found = rows(cells)
      const batches = [new FileRows(file.name)]
      for (let at = 0; at < found.rows.length; at++) {
        const line = found.lines[at] as number
        const records = this.#readRow(found.rows[at] as Row, { file: file.name, line }, table, pass)
        if (records.length === 0) continue
        // What stands on one line in several columns is loaded each by itself.
        if (batches.at(-1)?.lines.at(-1) === line) batches.push(new FileRows(file.name))
        batches.at(-1)?.add(line, records)
      }
      if (this.#repeated.size > MAX_REPEATED)
        throw badFile(file.name, `more than ${number(MAX_REPEATED)} votes stand in several rows`)
      const fresh = reading.tables.fresh()
      if (fresh.length > 0) yield fresh
      yield* batches
    }
  }

  /** The records of a row; what becomes of a row without any is told. */
  #readRow(row: Row, place: Place, { reader, isLast }: TableReading, pass: Pass): readonly GraphRecord[] {
    const lost: string[] = []
    try {
      const found = row.every((cell) => cell.trim() === '') ? EMPTY_ROW : reader.read(row, place, lost)
      if (typeof found !== 'string') return found
      if (isLast || (found !== SAME_ROW && found !== EMPTY_ROW)) pass.leftOut(place.file, found)
    } catch (error) {
      if (!(error instanceof BadCell)) throw error
      pass.problem({ ...place, reason: error.message, lost })
    }
    return NOTHING_NEW
  }

  /** The source, its publisher and the body. */
  #about({ tables: { citations } }: Reading): readonly GraphRecord[] {
    const { source, body, language } = this.file.mapping
    const { id, publisher, kind = 'DATA_SET', ...said } = source
    const records: GraphRecord[] = []
    // A parliament that publishes its votes itself is given once, as what it is.
    if (publisher && publisher.id !== body?.id) {
      const { id: of, ...values } = publisher
      records.push(node('Organization', of, { kind: 'OTHER', ...values }, citations))
    }
    records.push(node('Source', id, { kind, ...said, ...this.ofReading }, citations))
    if (publisher) records.push(link('Publisher', id, publisher.id, citations))
    if (body) {
      const { id: of, ...values } = body
      const languages = language === undefined ? undefined : { name: language }
      records.push(node('Organization', of, { kind: 'PARLIAMENT', ...values }, citations, [], languages))
    }
    return records
  }
}

const number = (value: number): string => value.toLocaleString('en')
