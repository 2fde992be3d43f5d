import { RapporteurError } from '../errors.js'
import { foldText } from '../model/fold.js'
import { parseFuzzyDate } from '../model/fuzzy-date.js'
import { normaliseId, normaliseReference } from '../model/ids.js'
import { MAX_ID_LENGTH } from '../model/records.js'
import { readText } from '../search/read-text.js'
import { readCursor } from '../store/cursor.js'
import type { BoundValue, Reading, Scalar } from '../store/values.js'

/** The most ids that `nodes` takes, the most values that `in` does, and the longest text that is looked for, in characters. */
const MAX_IDS = 100
const MAX_VALUES = 1000
const MAX_TEXT = 500
/** The first and last day there is, where a date is open. */
const ALWAYS = ['0000-01-01', '9999-12-31'] as const

/**
 * Reads what a client wrote as the value that a statement takes.
 * @param where what it was written for: `where.date.within`, `id`
 * @throws RapporteurError `BAD_ARGUMENT`, `BAD_ID`, `BAD_CURSOR`
 */
export const readValue = (written: unknown, reading: Reading, where: string): BoundValue => {
  switch (reading.how) {
    case 'asIs':
      return written as Scalar
    case 'id':
      return normaliseId(`${reading.prefix ?? ''}${checked(String(written), where)}`)
    case 'ids':
      return within(written as readonly string[], MAX_IDS, where).map((id) => normaliseId(checked(id, where)))
    case 'reference':
      return normaliseReference(checked(written as string, where))
    case 'list':
      return within(written as readonly Scalar[], MAX_VALUES, where)
    case 'idList':
      return within(written as readonly string[], MAX_VALUES, where).map((id) => normaliseId(checked(id, where)))
    case 'folded':
      return textOf(written as string, where)
    case 'foldedList':
      return within(written as readonly string[], MAX_VALUES, where).map((text) => textOf(text, where))
    case 'words': {
      const [longest = '', ...others] = [...new Set(textOf(written as string, where).split(' '))].sort(
        (a, b) => b.length - a.length,
      )
      return reading.part === 0 ? longest : others
    }
    case 'searched':
      readText(written as string)
      return written as string
    case 'day':
      return dayOf(written as string, reading.part ?? 0, where)
    // As the store writes its moments, which are compared as texts.
    case 'moment':
      return new Date(written as string).toISOString()
    case 'cursor':
      return readCursor(written as string, reading.mark ?? '', reading.keys ?? [])[reading.part ?? 0] ?? null
  }
}

const within = <T>(values: readonly T[], most: number, where: string): readonly T[] => {
  if (values.length <= most) return values
  throw bad(`\`${where}\` has ${values.length} values; at most ${most} can be asked at once.`)
}

/** A text without case and accents; never empty. */
const textOf = (text: string, where: string): string => {
  if (text.length > MAX_TEXT)
    throw bad(`\`${where}\` has ${text.length} characters; at most ${MAX_TEXT} are looked for. Give fewer words.`)
  const folded = foldText(text)
  if (folded === '') throw bad(`\`${where}\` is empty. Give a word to look for, or leave it out.`)
  return folded
}

/** The first or last day that a date can mean. */
const dayOf = (text: string, part: number, where: string): string => {
  const date = text.length > 100 ? `has ${text.length} characters` : parseFuzzyDate(text)
  if (typeof date === 'string') throw bad(`\`${where}\` ${date}.`)
  return (part === 0 ? date.earliest : date.latest) ?? (ALWAYS[part] as string)
}

/** A text by which a record is looked up. */
const checked = (text: string, where: string): string => {
  const what = where === 'reference' ? 'reference' : 'id'
  if (text === '')
    throw new RapporteurError(
      'BAD_ID',
      `The ${what} is empty. Give the ${what} of a record, such as ${what === 'id' ? '`ep-vote:139038`' : '`P9_TA(2022)0012`'}.`,
    )
  if ([...text].length > MAX_ID_LENGTH) {
    const sentence = `The ${what} "${text.slice(0, 40)}…" is longer than ${MAX_ID_LENGTH} characters, the most that one can have.`
    throw new RapporteurError('BAD_ID', sentence)
  }
  return text
}

const bad = (sentence: string): RapporteurError => new RapporteurError('BAD_ARGUMENT', sentence)
