import type { Pass } from '../importer.js'
import type { Cells } from '../read/read-cells.js'
import { readText } from '../read/read-text.js'
import { badFile, type SourceFile } from '../read/source-file.js'

/** A row of a file, counted where it is read, and the line on which it begins; a sentence instead of cells where the row is bad. */
export interface CodedRow<Column extends string> {
  readonly line: number
  readonly cells: Cells<Column> | string
}

/** The columns of a format: those that are read, and those that are known and left out. */
export interface Columns<Column extends string> {
  readonly read: readonly Column[]
  readonly leftOut: readonly string[]
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

/**
 * Reads a tab-separated table with a header; its columns may stand in any order.
 * Empty cells beyond the last column, which some files of POLECAT have, are passed over.
 * @throws RapporteurError `BAD_INPUT` for a missing or repeated column, and as `readLines` does
 */
export async function* readTabbed<Column extends string>(
  file: SourceFile,
  { read, leftOut }: Columns<Column>,
  pass: Pass,
): AsyncIterable<readonly CodedRow<Column>[]> {
  let header: readonly string[] | null = null
  let places: readonly number[] = []
  for await (const { first, lines } of readLines(file, pass.advance)) {
    const rows: CodedRow<Column>[] = []
    for (const [index, line] of lines.entries()) {
      if (line === '') continue
      const cells = splitTabs(line)
      if (header) rows.push({ line: first + index, cells: pick(cells, header.length, read, places) })
      else {
        header = readHeader(file, cells, { read, leftOut }, pass)
        places = read.map((column) => (header as readonly string[]).indexOf(column))
      }
    }
    pass.rows(file.name, rows.length)
    yield rows
  }
}

/**
 * Reads a tab-separated table that has these columns in this order, and no header.
 * @param hasHeader whether somebody has put the names of the columns before it all the same
 */
export async function* readHeaderless<Column extends string>(
  file: SourceFile,
  names: readonly string[],
  read: readonly Column[],
  hasHeader: boolean,
  pass: Pass,
): AsyncIterable<readonly CodedRow<Column>[]> {
  const places = read.map((column) => names.indexOf(column))
  for await (const { first, lines } of readLines(file, pass.advance)) {
    const rows: CodedRow<Column>[] = []
    for (const [index, line] of lines.entries()) {
      if (line === '' || (hasHeader && first + index === 1)) continue
      rows.push({ line: first + index, cells: pick(line.split('\t'), names.length, read, places) })
    }
    pass.rows(file.name, rows.length)
    yield rows
  }
}

const pick = <Column extends string>(
  cells: readonly string[],
  width: number,
  read: readonly Column[],
  places: readonly number[],
): Cells<Column> | string => {
  if (cells.length < width || cells.slice(width).some((cell) => cell.trim() !== ''))
    return `The row has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'} and the table ${width} columns.`
  const picked = {} as Record<Column, string>
  for (let index = 0; index < read.length; index++)
    picked[read[index] as Column] = cells[places[index] as number] as string
  return picked
}

const readHeader = <Column extends string>(
  file: SourceFile,
  cells: readonly string[],
  { read, leftOut }: Columns<Column>,
  pass: Pass,
): readonly string[] => {
  const names = cells.map((name) => name.trim())
  while (names.at(-1) === '') names.pop()
  const where = `${file.name}, line 1`
  const missing = read.filter((column) => !names.includes(column)).map((column) => `"${column}"`)
  if (missing.length > 0) throw badFile(where, `the header lacks ${missing.join(', ')}`)
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) throw badFile(where, `the column "${repeated.slice(0, 60)}" stands twice`)
  for (const name of names) if (!isKnown(name, { read, leftOut })) tellUnknown(file, name, pass)
  return names
}

export const isKnown = (name: string, { read, leftOut }: Columns<string>): boolean =>
  read.includes(name) || leftOut.includes(name)

export const tellUnknown = (file: SourceFile, name: string, pass: Pass): void =>
  pass.note(`${file.name}: the column "${name.slice(0, 60)}" is not known to this importer and was left out.`)
