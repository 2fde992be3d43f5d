import { parse } from 'csv-parse/sync'
import type { Pass } from '../importer.js'
import { clip } from './clip.js'
import { type Encoding, readText } from './read-text.js'
import { badFile, type SourceFile } from './source-file.js'

/** A row of a table: its cells by column, and the line on which it begins. */
export interface TableRow<Column extends string> {
  readonly line: number
  readonly cells: Readonly<Record<Column, string>>
}

/** Rows of a table, their cells in the order of the columns asked for; `lines[i]` is the line on which `rows[i]` begins. */
export interface CellRows {
  readonly rows: readonly (readonly string[])[]
  readonly lines: readonly number[]
}

/** How a table is written, where not as others are: with commas and in UTF-8. */
export interface CsvFormat {
  readonly separator?: string
  readonly encoding?: Encoding
  /** What the error of a text in another encoding advises, as a sentence goes on. */
  readonly otherEncoding?: string
}

/** The longest row in characters; also what a quote that is never closed may swallow. */
const MAX_ROW = 1_000_000
const TOO_LONG = `the row is longer than ${MAX_ROW.toLocaleString('en')} characters, or has a quote that is never closed`

/**
 * Reads a table with a header row (RFC 4180, LF or CRLF) in batches of rows; its columns may stand in any order.
 * A row with too few or too many cells is told as a problem; columns that are not asked for are told in a note,
 * but for those of `leftOut`, which are known.
 * @throws RapporteurError `BAD_INPUT` for an empty file, a missing or repeated column, a row that does not end
 */
export async function* readCsv<Column extends string>(
  file: SourceFile,
  columns: readonly Column[],
  pass: Pass,
  leftOut: readonly string[] = [],
): AsyncIterable<readonly TableRow<Column>[]> {
  for await (const { rows, lines } of readCells(file, columns, pass, leftOut)) {
    yield rows.map((row, index) => {
      const cells = {} as Record<Column, string>
      for (let place = 0; place < columns.length; place++) cells[columns[place] as Column] = row[place] as string
      return { line: lines[index] as number, cells }
    })
  }
}

/**
 * Reads a table as `readCsv` does, without naming the cells: for tables of millions of rows.
 * Rows without a quote are split here, and only the others go to csv-parse, which took four times as long for all of
 * them (7.0: 580,000 against 2,100,000 rows/s of five columns) and twice that with line numbers.
 * @throws RapporteurError `BAD_INPUT` as `readCsv` does
 */
export async function* readCells(
  file: SourceFile,
  columns: readonly string[],
  pass: Pass,
  leftOut: readonly string[] = [],
  format: CsvFormat = {},
): AsyncIterable<CellRows> {
  const reader = new CellReader(file, columns, pass, leftOut, format.separator ?? ',')
  for await (const text of readText(file, pass.advance, format.encoding, format.otherEncoding)) yield reader.read(text)
  yield reader.end()
}

/**
 * The columns that a table has, by its first line.
 * @throws RapporteurError `BAD_INPUT` for a file that is empty or cannot be read
 */
export const readColumns = async (
  file: SourceFile,
  { separator = ',', encoding, otherEncoding }: CsvFormat = {},
): Promise<readonly string[]> => {
  let text = ''
  for await (const chunk of readText(file, () => {}, encoding, otherEncoding)) {
    text += chunk
    if (text.includes('\n') || text.length > MAX_ROW) break
  }
  const line = text.split('\n', 1)[0]?.replace(/\r$/, '') ?? ''
  if (line === '')
    throw badFile(file.name, 'the file is empty, or its first line is; the names of the columns belong there')
  if (line.length > MAX_ROW) throw badFile(`${file.name}, line 1`, TOO_LONG)
  const cells = splitRow(line, separator)
  if (!cells) throw badFile(`${file.name}, line 1`, 'the quotes of the row do not match')
  return cells.map((name) => name.trim())
}

class CellReader {
  #header: Header | null = null
  /** The number of lines read. */
  #line = 0
  /** The beginning of a line whose end is still to come. */
  #tail = ''
  /** A row whose quotes go on over the end of a line, and the line on which it begins. */
  #open: { readonly text: string; readonly line: number } | null = null

  constructor(
    readonly file: SourceFile,
    readonly columns: readonly string[],
    readonly pass: Pass,
    readonly leftOut: readonly string[],
    readonly separator: string,
  ) {}

  read(chunk: string): CellRows {
    const found = { rows: [] as (readonly string[])[], lines: [] as number[] }
    const text = this.#tail + chunk
    let start = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#readLine(text.slice(start, end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end), found)
      start = end + 1
    }
    this.#tail = text.slice(start)
    if (this.#tail.length > MAX_ROW) throw badFile(`${this.file.name}, line ${this.#line + 1}`, TOO_LONG)
    this.pass.rows(this.file.name, found.rows.length)
    return found
  }

  end(): CellRows {
    const last = this.read('\n')
    if (this.#open)
      throw badFile(`${this.file.name}, line ${this.#open.line}`, 'a cell begins with a quote that is never closed')
    if (!this.#header) throw badFile(this.file.name, 'the file is empty; it has not even a header')
    return last
  }

  #readLine(written: string, found: { readonly rows: (readonly string[])[]; readonly lines: number[] }): void {
    this.#line++
    if (!this.#open && !written.includes('"')) {
      if (written !== '') this.#take(written.split(this.separator), this.#line, found)
      return
    }
    // Only the new line is looked at, so that a quote which is never closed costs no more than the text.
    const open = this.#open ?? { text: '', line: this.#line }
    const text = this.#open ? `${open.text}\n${written}` : written
    this.#open = endsInQuotes(written, this.#open !== null, this.separator) ? { text, line: open.line } : null
    if (text.length > MAX_ROW) throw badFile(`${this.file.name}, line ${open.line}`, TOO_LONG)
    if (!this.#open) this.#take(splitRow(text, this.separator), open.line, found)
  }

  #take(
    cells: readonly string[] | null,
    line: number,
    { rows, lines }: { readonly rows: (readonly string[])[]; readonly lines: number[] },
  ): void {
    const header = this.#header
    if (!header) {
      this.#header = readHeader(this.file, cells ?? [], this, this.pass)
    } else if (cells?.length !== header.width) {
      const reason = cells
        ? `The row has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'} and the header ${header.width}.`
        : 'The quotes of the row do not match.'
      this.pass.rows(this.file.name, 1)
      this.pass.problem({ file: this.file.name, line, reason })
    } else {
      rows.push(header.inOrder ? cells : header.places.map((place) => cells[place] as string))
      lines.push(line)
    }
  }
}

/** Whether a line ends inside a quoted cell, given whether it begins in one. A quote inside an unquoted cell is text. */
export const endsInQuotes = (text: string, begins: boolean, separator = ','): boolean => {
  let quoted = begins
  let cellBegins = !begins
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '"') {
      if (quoted && text[at + 1] === '"') at++
      else if (quoted) quoted = false
      else if (cellBegins) quoted = true
    }
    cellBegins = !quoted && character === separator
  }
  return quoted
}

/** The cells of one row, which may go on over lines; null where its quotes do not match. */
export const splitRow = (row: string, separator = ','): readonly string[] | null => {
  try {
    // The text is one row; a carriage return in a quoted cell must not end it.
    return (parse(row, { relax_quotes: true, record_delimiter: '\0', delimiter: separator }) as string[][])[0] ?? null
  } catch {
    return null
  }
}

interface Header {
  readonly width: number
  /** Where each column asked for stands. */
  readonly places: readonly number[]
  readonly inOrder: boolean
}

const readHeader = (
  file: SourceFile,
  header: readonly string[],
  { columns, leftOut }: Pick<CellReader, 'columns' | 'leftOut'>,
  pass: Pass,
): Header => {
  const names = header.map((name) => name.trim())
  const where = `${file.name}, line 1`
  const missing = columns.filter((column) => !names.includes(column)).map((column) => `"${column}"`)
  if (missing.length > 0) {
    const [column, is] = missing.length === 1 ? ['column', 'is'] : ['columns', 'are']
    throw badFile(
      where,
      `the ${column} ${missing.join(', ')} ${is} missing; the header is "${clip(header.join(','), 200)}"`,
    )
  }
  // Separators at the end of each line, as spreadsheets write them, are columns without a name.
  const repeated = names.find((name, index) => name !== '' && names.indexOf(name) !== index)
  if (repeated !== undefined) throw badFile(where, `the column "${repeated}" stands twice`)
  for (const name of names) {
    if (name !== '' && !columns.includes(name) && !leftOut.includes(name))
      pass.note(`${file.name}: the column "${name}" is not known to this importer and was left out.`)
  }
  const places = columns.map((column) => names.indexOf(column))
  return {
    width: names.length,
    places,
    inOrder: names.length === columns.length && places.every((place, index) => place === index),
  }
}
