import type { Column } from '../../model/graph-shape.js'
import { isDay } from '../../model/records.js'
import type { Constant } from './mapping.js'

/** What counts of a column of the graph for what can stand in it. */
export type ColumnOf = Pick<Column, 'kind' | 'type' | 'words'>

/** Why a value cannot stand in a column, as a sentence goes on, and what can be done where it is from a table. */
interface Wrong {
  readonly wrong: string
  readonly advice: string
}

export const isWrong = (value: Constant | Wrong | null): value is Wrong => typeof value === 'object' && value !== null

const ADVICE = '"values" of the field tells what it means'

/** Makes of what a table or a mapping gives what a column of the graph has. */
export const converterOf = (
  { kind, type, words }: ColumnOf,
  format = 'YYYY-MM-DD',
): ((written: Constant) => Constant | Wrong) => {
  if (type === 'Date') {
    const read = dayReader(format)
    const wrong = {
      wrong: `which is not a day that exists, written as ${format}`,
      advice: '"format" tells how days are written',
    }
    return (written) => read(String(written)) ?? wrong
  }
  if (kind === 'integer')
    return (written) =>
      /^\d{1,9}$/.test(String(written)) ? Number(written) : { wrong: 'which is not a whole number', advice: ADVICE }
  if (kind === 'boolean')
    return (written) => {
      const word = String(written).toLowerCase()
      return word === 'true' || word === 'false'
        ? word === 'true'
        : { wrong: 'which is neither true nor false', advice: ADVICE }
    }
  if (words)
    return (written) =>
      words.includes(String(written)) ? written : { wrong: `which is none of ${words.join(', ')}`, advice: ADVICE }
  return String
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
