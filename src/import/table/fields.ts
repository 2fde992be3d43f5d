import { clip } from '../read/clip.js'
import { BadCell } from '../read/read-cells.js'
import type { Step } from '../read/yaml-document.js'
import { type Columns, isPattern, Pattern, type Row } from './columns.js'
import { type ColumnOf, converterOf, isWrong } from './convert.js'
import type { Constant, Field, FieldSource } from './mapping.js'

/** What a row says by a field; null where it says nothing. @throws BadCell */
export type ReadCell<Value> = (row: Row) => Value | null

/** A field of a mapping: whatever it is written as, told apart. */
export const sourceOf = (field: Field): FieldSource => {
  if (typeof field === 'object') return field
  if (typeof field !== 'string') return { constant: field }
  return isPattern(field) ? { pattern: field } : { column: field }
}

/** What a field reads, as a sentence names it. */
export const nameOf = ({ column, pattern }: FieldSource): string =>
  column === undefined ? `What "${pattern}" makes of the row` : `The column "${column}"`

/** The text of a field before its words are looked up; null where there is none. */
export const readWritten = (field: Field, columns: Columns, path: readonly Step[]): ReadCell<string> => {
  const source = sourceOf(field)
  const { column, pattern, constant } = source
  if (constant !== undefined) return () => String(constant)
  const take = takeOf(source)
  const read =
    column !== undefined ? readColumn(columns.at(column, path)) : readPattern(new Pattern(pattern ?? '', columns, path))
  if (!take) return read
  return (row) => {
    const cell = read(row)
    return cell === null ? null : take(cell)
  }
}

const readColumn = (place: number) => (row: Row) => (row[place] as string).trim() || null
const readPattern = (pattern: Pattern) => (row: Row) => pattern.fill(row)

/** What patterns take of a cell, by the first that fits. @throws BadCell where none does */
const takeOf = (source: FieldSource): ((cell: string) => string) | null => {
  if (source.take === undefined) return null
  const patterns = [source.take].flat()
  const takers = patterns.map(takerOf)
  return (cell) => {
    for (const taker of takers) {
      const taken = taker(cell)
      if (taken !== null) return taken
    }
    throw new BadCell(
      `${nameOf(source)} is "${clip(cell)}", which does not fit ${patterns.map((each) => `"${each}"`).join(' or ')}.`,
    )
  }
}

/**
 * Takes of a cell what stands for `{value}`; each text between is looked for from the left, the last from the right, so that
 * it costs no more than the cell is long.
 */
export const takerOf = (pattern: string): ((cell: string) => string | null) => {
  const pieces = pattern.split(/(\*|\{value\})/)
  const [first = '', ...rest] = pieces
  return (cell) => {
    if (!cell.startsWith(first)) return null
    let at = first.length
    let value = ''
    for (let piece = 0; piece < rest.length; piece += 2) {
      const text = rest[piece + 1] ?? ''
      const isLast = piece + 2 >= rest.length
      const end = text === '' && isLast ? cell.length : isLast ? cell.length - text.length : cell.indexOf(text, at)
      if (end < at || (isLast && !cell.endsWith(text))) return null
      if (rest[piece] !== '*') value = cell.slice(at, end).trim()
      at = end + text.length
    }
    return value
  }
}

/** What a word of a cell means by the field's `values`; the word itself where it has none. @throws BadCell for another word */
const meaningOf = (source: FieldSource): ((word: string | null) => Constant | null) => {
  if (!source.values) return (word) => word
  const values = new Map(Object.entries(source.values))
  return (word) => {
    const meaning = values.get(word ?? '')
    if (meaning !== undefined) return meaning
    if (word === null) return null
    throw new BadCell(
      `${nameOf(source)} is "${clip(word)}", which is not among the values that the mapping has for it: ${[...values.keys()].map((each) => `"${each}"`).join(', ')}.`,
    )
  }
}

/** The value of a field for a column of the graph. */
export const readValue = (
  field: Field,
  column: ColumnOf,
  columns: Columns,
  path: readonly Step[],
): ReadCell<Constant> => {
  const source = sourceOf(field)
  const convert = converterOf(column, source.format)
  const { constant } = source
  if (constant !== undefined) {
    const value = convert(constant)
    return () => (isWrong(value) ? null : value)
  }
  const read = readWritten(field, columns, path)
  const meaning = meaningOf(source)
  return (row) => {
    const written = meaning(read(row))
    const value = written === null ? null : convert(written)
    if (!isWrong(value)) return value
    throw new BadCell(`${nameOf(source)} is "${clip(String(written))}", ${value.wrong}; ${value.advice}.`)
  }
}

/** What is wrong with a value that the mapping itself gives to a column, and where under the field it stands. */
export const wrongConstant = (
  field: Field,
  column: ColumnOf,
): { readonly path: readonly Step[]; readonly written: string; readonly wrong: string } | null => {
  const source = sourceOf(field)
  const convert = converterOf(column, source.format)
  const given: [readonly Step[], Constant | null][] = [
    ...(source.constant === undefined ? [] : [[[], source.constant] as [readonly Step[], Constant]]),
    ...Object.entries(source.values ?? {}).map(([word, value]): [readonly Step[], Constant | null] => [
      ['values', word],
      value,
    ]),
  ]
  for (const [path, constant] of given) {
    const value = constant === null ? null : convert(constant)
    if (isWrong(value)) return { path, written: clip(String(constant)), wrong: value.wrong }
  }
  return null
}

/** The word of a field, as its `values` have it. */
export const readWord = (field: Field, columns: Columns, path: readonly Step[]): ReadCell<string> => {
  const read = readWritten(field, columns, path)
  const meaning = meaningOf(sourceOf(field))
  return (row) => {
    const value = meaning(read(row))
    return value === null ? null : String(value)
  }
}
