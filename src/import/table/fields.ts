import type { Column } from '../../model/graph-shape.js'
import { isDay } from '../../model/records.js'
import { clip } from '../read/clip.js'
import { BadCell } from '../read/read-cells.js'
import type { Step } from '../read/yaml-document.js'
import { type Columns, isPattern, Pattern, type Row } from './columns.js'
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
export const readText = (field: Field, columns: Columns, path: readonly Step[]): ReadCell<string> => {
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
  column: Pick<Column, 'kind' | 'type' | 'words'>,
  columns: Columns,
  path: readonly Step[],
): ReadCell<Constant> => {
  const source = sourceOf(field)
  const { constant } = source
  const convert = converterOf(column, source)
  if (constant !== undefined) {
    const value = typeof constant === 'string' ? convert(constant) : constant
    return () => value
  }
  const read = readText(field, columns, path)
  const meaning = meaningOf(source)
  return (row) => {
    const value = meaning(read(row))
    return typeof value === 'string' ? convert(value) : value
  }
}

/** The word of a field, as its `values` have it. */
export const readWord = (field: Field, columns: Columns, path: readonly Step[]): ReadCell<string> => {
  const read = readText(field, columns, path)
  const meaning = meaningOf(sourceOf(field))
  return (row) => {
    const value = meaning(read(row))
    return value === null ? null : String(value)
  }
}

/** Makes of a text what a column of the graph has. @throws BadCell where it cannot be made */
const converterOf = (
  { kind, type, words }: Pick<Column, 'kind' | 'type' | 'words'>,
  source: FieldSource,
): ((text: string) => Constant) => {
  const bad = (text: string, what: string): never => {
    throw new BadCell(`${nameOf(source)} is "${clip(text)}", ${what}.`)
  }
  if (type === 'Date') {
    const read = dayReader(source.format ?? 'YYYY-MM-DD')
    return (text) =>
      read(text) ??
      bad(
        text,
        `which is not a day that exists, written as ${source.format ?? 'YYYY-MM-DD; another way is told by "format"'}`,
      )
  }
  if (kind === 'integer')
    return (text) => (/^\d{1,9}$/.test(text) ? Number(text) : bad(text, 'which is not a whole number'))
  if (kind === 'boolean')
    return (text) => {
      if (/^true$/i.test(text)) return true
      return /^false$/i.test(text) ? false : bad(text, 'which is neither true nor false; "values" tells what it means')
    }
  if (words)
    return (text) =>
      words.includes(text) ? text : bad(text, `which is none of ${words.join(', ')}; "values" tells what it means`)
  return (text) => text
}

const DIGITS: Readonly<Record<string, string>> = {
  YYYY: '(?<Y>\\d{4})',
  MM: '(?<M>\\d{2})',
  M: '(?<M>\\d{1,2})',
  DD: '(?<D>\\d{2})',
  D: '(?<D>\\d{1,2})',
}

/** Reads days written in a way such as `DD.MM.YYYY`; null for what is not written so, or does not exist. */
const dayReader = (format: string): ((text: string) => string | null) => {
  const pieces = format
    .split(/(YYYY|MM?|DD?)/)
    .map((piece) => DIGITS[piece] ?? piece.replace(/[^\p{L}\p{N}\s]/gu, '\\$&'))
  const pattern = new RegExp(`^${pieces.join('')}$`)
  return (text) => {
    const { Y = '', M = '', D = '' } = pattern.exec(text)?.groups ?? {}
    const day = `${Y}-${M.padStart(2, '0')}-${D.padStart(2, '0')}`
    return isDay(day) ? day : null
  }
}
