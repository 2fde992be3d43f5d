import { isDay } from '../../model/records.js'
import { clip } from './clip.js'

/** A cell whose value is wrong in itself; the message is a full sentence that quotes it. */
export class BadCell extends Error {
  override readonly name = 'BadCell'
}

export type Cells<Column extends string> = Readonly<Record<Column, string>>

const bad = (column: string, value: string, what: string): never => {
  const shown = clip(value)
  throw new BadCell(
    value === '' ? `The column "${column}" is empty.` : `The column "${column}" is "${shown}", which is ${what}.`,
  )
}

/** A cell that must not be empty. @throws BadCell */
export const textCell = <Column extends string>(cells: Cells<Column>, column: Column): string => {
  const value = cells[column].trim()
  return value === '' ? bad(column, value, 'empty') : value
}

/** A cell that may be empty: then null. */
export const optionalCell = <Column extends string>(cells: Cells<Column>, column: Column): string | null => {
  const value = cells[column].trim()
  return value === '' ? null : value
}

/** A whole number from 0. @throws BadCell */
export const wholeCell = <Column extends string>(cells: Cells<Column>, column: Column): number => {
  const value = cells[column].trim()
  return /^\d{1,9}$/.test(value) ? Number(value) : bad(column, value, 'not a whole number')
}

/** An id that is a number, without leading zeros, as text. @throws BadCell */
export const numberIdCell = <Column extends string>(cells: Cells<Column>, column: Column): string =>
  String(wholeCell(cells, column))

/** A code of capitals, digits and underscores. @throws BadCell */
export const codeCell = <Column extends string>(cells: Cells<Column>, column: Column): string => {
  const value = cells[column].trim()
  return /^[A-Z0-9_]{1,40}$/.test(value) ? value : bad(column, value, 'not a code of capitals, digits and underscores')
}

/** A day, `2022-01-20`, or null where the cell is empty. @throws BadCell */
export const dayCell = <Column extends string>(cells: Cells<Column>, column: Column): string | null => {
  const value = cells[column].trim()
  return value === '' ? null : isDay(value) ? value : bad(column, value, 'not a day such as 2022-01-20')
}

/** `True` or `False`. @throws BadCell */
export const booleanCell = <Column extends string>(cells: Cells<Column>, column: Column): boolean => {
  const value = cells[column].trim()
  if (/^true$/i.test(value)) return true
  return /^false$/i.test(value) ? false : bad(column, value, 'neither True nor False')
}

/** One of some words, or null where the cell is empty. @throws BadCell */
export const wordCell = <Column extends string>(
  cells: Cells<Column>,
  column: Column,
  words: readonly string[],
): string | null => {
  const value = cells[column].trim()
  return value === '' || words.includes(value) ? value || null : bad(column, value, `not one of ${words.join(', ')}`)
}
