import type { Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import { digestOf } from '../read/make-records.js'
import { readText } from '../read/read-text.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import { type CodedRow, type Columns, columnFinder, MAX_LINE, readLines, tellUnknown } from './coded-rows.js'

/** Names of unknown keys that are told of a file. */
const MAX_UNKNOWN = 100

/**
 * Reads objects whose keys are columns, one a line; a line that is none costs that line.
 * @throws RapporteurError `BAD_INPUT` as `readLines` does
 */
export async function* readJsonLines<Column extends string>(
  file: SourceFile,
  columns: Columns<Column>,
  pass: Pass,
): AsyncIterable<readonly CodedRow<Column>[]> {
  const read = rowReader(file, columns, pass)
  for await (const { first, lines } of readLines(file, pass.advance)) {
    const rows = lines.flatMap((line, index) => (line.trim() === '' ? [] : [read(line, first + index)]))
    pass.rows(file.name, rows.length)
    yield rows
  }
}

/**
 * Reads an array of objects whose keys are columns, holding one object at a time. Where each begins is found here, since
 * the streaming parsers tell no lines; what it says is left to `JSON.parse`.
 * @throws RapporteurError `BAD_INPUT` for an array or object that is not closed, or anything beside objects in it
 */
export async function* readJsonArray<Column extends string>(
  file: SourceFile,
  columns: Columns<Column>,
  pass: Pass,
): AsyncIterable<readonly CodedRow<Column>[]> {
  const read = rowReader(file, columns, pass)
  const frames = new ObjectFrames(file)
  for await (const chunk of readText(file, pass.advance)) {
    const rows = frames.read(chunk).map(({ text, line }) => read(text, line))
    pass.rows(file.name, rows.length)
    yield rows
  }
  frames.end()
}

interface Frame {
  readonly text: string
  readonly line: number
}

/** Cuts an array into its objects. */
class ObjectFrames {
  /** 0 outside the array, 1 in it, more in an object. */
  #depth = 0
  #quoted = false
  #escaped = false
  #closed = false
  #line = 1
  /** What was read of the object that is open, and the line on which it begins. */
  #open = ''
  #begin = 0

  constructor(readonly file: SourceFile) {}

  read(chunk: string): readonly Frame[] {
    const frames: Frame[] = []
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const character = chunk[at] as string
      if (character === '\n') this.#line++
      if (this.#depth > 1) {
        if (!this.#closesObject(character)) continue
        frames.push({ text: this.#open + chunk.slice(from, at + 1), line: this.#begin })
        this.#open = ''
      } else if (this.#opensObject(character)) from = at
    }
    if (this.#depth > 1) {
      this.#open += chunk.slice(from)
      if (this.#open.length > MAX_LINE)
        throw this.#bad(
          this.#begin,
          `the object that begins here is longer than ${MAX_LINE.toLocaleString('en')} characters, or is never closed`,
        )
    }
    return frames
  }

  end(): void {
    if (this.#depth > 1) throw this.#bad(this.#begin, 'the object that begins here is never closed')
    if (!this.#closed) throw this.#bad(this.#line, 'the file ends before its array does')
  }

  /** Between objects. */
  #opensObject(character: string): boolean {
    if (/[\s,]/.test(character)) return false
    if (this.#depth === 0 && character === '[' && !this.#closed) this.#depth = 1
    else if (this.#depth === 1 && character === ']') {
      this.#depth = 0
      this.#closed = true
    } else if (this.#depth === 1 && character === '{') {
      this.#depth = 2
      this.#begin = this.#line
      return true
    } else throw this.#bad(this.#line, `"${character}" stands where an object or the end of the array must be`)
    return false
  }

  #closesObject(character: string): boolean {
    if (this.#escaped) this.#escaped = false
    else if (this.#quoted) {
      if (character === '\\') this.#escaped = true
      else if (character === '"') this.#quoted = false
    } else if (character === '"') this.#quoted = true
    else if (character === '{' || character === '[') this.#depth++
    else if (character === '}' || character === ']') return --this.#depth === 1
    return false
  }

  #bad(line: number, what: string) {
    return badFile(`${this.file.name}, line ${line}`, what)
  }
}

const rowReader = <Column extends string>(file: SourceFile, columns: Columns<Column>, pass: Pass) => {
  const columnOf = columnFinder(columns)
  const empty = Object.fromEntries(columns.read.map((column) => [column, ''])) as Record<Column, string>
  const unknown = new Set<string>()
  return (text: string, line: number): CodedRow<Column> => {
    const object = parseObject(text)
    const digest = digestOf(text)
    if (typeof object === 'string') return { line, cells: object, digest }
    const cells = { ...empty }
    for (const [name, value] of Object.entries(object)) {
      const column = columnOf(name)
      if (column) {
        const cell = columns.whole?.includes(column) ? wholeCell(value) : cellOf(value)
        if (cell === null) return { line, cells: badValue(name, value), digest }
        cells[column] = cell
      } else if (column === undefined && !unknown.has(name) && unknown.size < MAX_UNKNOWN) {
        unknown.add(name)
        tellUnknown(file, name, pass)
      }
    }
    return { line, cells, digest }
  }
}

const parseObject = (text: string): Readonly<Record<string, unknown>> | string => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
    return `The row is "${clip(text)}", which is not an object of JSON.`
  } catch {
    return `The row "${clip(text)}" is not JSON, or is cut off.`
  }
}

/** A value as a cell has it; null for what no cell has. */
const cellOf = (value: unknown): string | null => (Array.isArray(value) ? listCell(value) : scalarCell(value ?? ''))

/** A value of any kind, as JSON. */
const wholeCell = (value: unknown): string => (value === null || value === '' ? '' : JSON.stringify(value))

const badValue = (name: string, value: unknown): string =>
  `The value of "${clip(name)}" is ${clip(JSON.stringify(value))}, which is neither a text, a number nor a list of them.`

const scalarCell = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null

const listCell = (values: readonly unknown[]): string | null => {
  const cells = values.map((value) => scalarCell(value ?? 'None'))
  return cells.includes(null) ? null : cells.join('; ')
}
