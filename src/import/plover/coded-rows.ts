import type { Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import { digestOf } from '../read/make-records.js'
import type { Cells } from '../read/read-cells.js'
import { endsInQuotes, splitRow } from '../read/read-csv.js'
import { readText } from '../read/read-text.js'
import { badFile, type SourceFile } from '../read/source-file.js'

/** A row of a file, counted where it is read, and the line on which it begins; a sentence instead of cells where the row is bad. */
export interface CodedRow<Column extends string> {
  readonly line: number
  readonly cells: Cells<Column> | string
  /** Of the row as it is written, cells that are left out included. */
  readonly digest: number
}

/** The columns of a coding: those that are read, and those that are known and left out. Capitals in names do not matter. */
export interface Columns<Column extends string> {
  readonly read: readonly Column[]
  readonly leftOut: readonly string[]
  /** Those that a table may lack, which is told. An object of JSON may lack any: what is empty is often left out there. */
  readonly optional?: readonly Column[]
  /** Those whose value in JSON may be objects: the cell is what is written there, as JSON. */
  readonly whole?: readonly Column[]
  /** Other names of columns that are read. */
  readonly alsoCalled?: Readonly<Record<string, Column>>
}

/** Gives the column of a name: null where it is left out, undefined where it is not known. */
export const columnFinder = <Column extends string>({
  read,
  leftOut,
  alsoCalled = {},
}: Columns<Column>): ((name: string) => Column | null | undefined) => {
  const keyOf = (name: string) => name.trim().toLowerCase()
  const known = new Map<string, Column | null>(leftOut.map((name) => [keyOf(name), null]))
  for (const column of read) known.set(keyOf(column), column)
  for (const [name, column] of Object.entries(alsoCalled)) known.set(keyOf(name), column)
  return (name) => known.get(keyOf(name))
}

/** The longest line, or object, in characters. */
export const MAX_LINE = 1_000_000

/** Lines without their ends, and the number of the first of them. */
interface Lines {
  readonly first: number
  readonly lines: readonly string[]
}

/**
 * Reads a text file line by line, in batches.
 * @throws RapporteurError `BAD_INPUT` for a file that cannot be read, another encoding, or a line that does not end
 */
export async function* readLines(file: SourceFile, advance: (bytes: number) => void): AsyncIterable<Lines> {
  let tail = ''
  let first = 1
  for await (const chunk of readText(file, advance)) {
    const lines = (tail + chunk).split('\n')
    tail = lines.pop() as string
    const long = tail.length > MAX_LINE ? lines.length : lines.findIndex((line) => line.length > MAX_LINE)
    if (long >= 0) {
      const what = `the line is longer than ${MAX_LINE.toLocaleString('en')} characters`
      throw badFile(`${file.name}, line ${first + long}`, what)
    }
    yield { first, lines: lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)) }
    first += lines.length
  }
  if (tail !== '') yield { first, lines: [tail] }
}

/** The cells of a tab-separated line. A cell that is in quotes as a whole, as Dataverse writes text, is taken out of them. */
export const splitTabs = (line: string): readonly string[] => {
  const cells = line.split('\t')
  return line.includes('"') ? cells.map(unquote) : cells
}

const unquote = (cell: string): string =>
  cell.length > 1 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell

/** What stands between the cells of a table. */
export type Separator = '\t' | ','

/** The cells of a row and the line on which it begins; null instead of cells whose quotes do not match. */
interface SplitRow {
  readonly line: number
  readonly cells: readonly string[] | null
}

/**
 * Reads a table with a header, whose columns may stand in any order, or one without that has these columns in this order.
 * Empty cells beyond the last column, which some files of POLECAT have, are passed over.
 * @param names the columns of a table that has no header; null where it has one
 * @throws RapporteurError `BAD_INPUT` for a missing or repeated column, a quote that is never closed, and as `readLines` does
 */
export async function* readTable<Column extends string>(
  file: SourceFile,
  separator: Separator,
  columns: Columns<Column>,
  names: readonly string[] | null,
  pass: Pass,
): AsyncIterable<readonly CodedRow<Column>[]> {
  let header = names && new Header(names, columns)
  for await (const split of readRows(file, separator, pass.advance)) {
    const rows: CodedRow<Column>[] = []
    for (const { line, cells } of split) {
      if (header) rows.push({ line, cells: header.pick(cells), digest: digestOf((cells ?? []).join('\t')) })
      else header = readHeader(file, line, cells ?? [], columns, pass)
    }
    pass.rows(file.name, rows.length)
    yield rows
  }
}

/** Reads the rows of a table in batches; lines of white space alone are passed over. */
async function* readRows(
  file: SourceFile,
  separator: Separator,
  advance: (bytes: number) => void,
): AsyncIterable<readonly SplitRow[]> {
  const rows = separator === ',' ? new QuotedRows(file) : null
  for await (const { first, lines } of readLines(file, advance)) {
    const batch: SplitRow[] = []
    for (const [index, line] of lines.entries()) {
      if (line.trim() === '' && !rows?.isOpen) continue
      const row = rows ? rows.read(line, first + index) : { line: first + index, cells: splitTabs(line) }
      if (row) batch.push(row)
    }
    yield batch
  }
  rows?.end()
}

/** Puts together the rows of a comma-separated table, whose quoted cells may go on over the end of a line. */
class QuotedRows {
  /** The row that is open, and the line on which it begins. */
  #open: { readonly text: string; readonly line: number } | null = null

  constructor(readonly file: SourceFile) {}

  get isOpen(): boolean {
    return this.#open !== null
  }

  /** The row that ends with a line; null where it goes on. */
  read(written: string, line: number): SplitRow | null {
    if (!this.#open && !written.includes('"')) return { line, cells: written.split(',') }
    const row = this.#open ? { ...this.#open, text: `${this.#open.text}\n${written}` } : { text: written, line }
    this.#open = endsInQuotes(written, this.isOpen) ? row : null
    if (!this.#open) return { line: row.line, cells: splitRow(row.text) }
    if (row.text.length > MAX_LINE) this.end()
    return null
  }

  /** @throws RapporteurError `BAD_INPUT` where a row is still open */
  end(): void {
    if (this.#open)
      throw badFile(`${this.file.name}, line ${this.#open.line}`, 'a cell begins with a quote that is never closed')
  }
}

/** Which cells of a row are those of the columns that are read. */
class Header<Column extends string> {
  readonly #width: number
  /** Where each of them stands; -1 where the table lacks it. */
  readonly #places: readonly number[]
  readonly missing: readonly Column[]

  constructor(
    names: readonly string[],
    readonly columns: Columns<Column>,
  ) {
    const known = names.map(columnFinder(columns))
    this.#width = names.length
    this.#places = columns.read.map((column) => known.indexOf(column))
    this.missing = columns.read.filter((column) => !known.includes(column))
  }

  /** The cells of a row by column, empty where the table lacks the column; or what is wrong with the row. */
  pick(cells: readonly string[] | null): Cells<Column> | string {
    if (!cells) return 'The quotes of the row do not match.'
    if (cells.length < this.#width || cells.slice(this.#width).some((cell) => cell.trim() !== ''))
      return `The row has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'} and the table ${this.#width} columns.`
    const { read } = this.columns
    const picked = {} as Record<Column, string>
    for (let index = 0; index < read.length; index++)
      picked[read[index] as Column] = cells[this.#places[index] as number] ?? ''
    return picked
  }
}

const readHeader = <Column extends string>(
  file: SourceFile,
  line: number,
  cells: readonly string[],
  columns: Columns<Column>,
  pass: Pass,
): Header<Column> => {
  const names = cells.map((name) => name.trim())
  while (names.at(-1) === '') names.pop()
  const where = `${file.name}, line ${line}`
  const header = new Header(names, columns)
  const isOptional = (column: Column) => columns.optional?.includes(column) ?? false
  const missing = header.missing.filter((column) => !isOptional(column))
  if (missing.length > 0) throw badFile(where, `the header lacks ${inQuotes(missing)}`)
  const columnOf = columnFinder(columns)
  const keyOf = (name: string) => columnOf(name) ?? name.toLowerCase()
  const keys = names.map(keyOf)
  const repeated = names.find((name, index) => keys.indexOf(keyOf(name)) !== index)
  if (repeated !== undefined) throw badFile(where, `the column "${clip(repeated)}" stands twice`)
  for (const name of names) if (columnOf(name) === undefined) tellUnknown(file, name, pass)
  if (header.missing.length > 0)
    pass.note(`${file.name}: the header lacks ${inQuotes(header.missing)}, so the events are read without.`)
  return header
}

const inQuotes = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ')

export const tellUnknown = (file: SourceFile, name: string, pass: Pass): void =>
  pass.note(`${file.name}: the column "${clip(name)}" is not known to this importer and was left out.`)
