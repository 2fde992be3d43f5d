import { foldText } from '../model/fold.js'
import { parseFuzzyDate } from '../model/fuzzy-date.js'
import { normaliseId } from '../model/ids.js'
import type { AskedValue } from './read-query.js'
import type { PropertyValue } from './record-rows.js'

/** The records that a text names, by the text; empty where it names none that is known. */
export type NamedRecords = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Whether a record has one of the values that a client gives: true, false, or null where that is not known. It is not
 * known where the record tells nothing, where a date is told less exactly, and where a list may lack what is asked.
 */
export const compareValues = (
  asked: readonly AskedValue[],
  values: readonly PropertyValue[],
  isMany: boolean,
  named: NamedRecords,
): boolean | null => {
  if (asked.length === 0 || values.length === 0) return null
  const compared = asked.flatMap((each) => values.map((value) => compareOne(each, value, named)))
  if (compared.includes(true)) return true
  return isMany || compared.includes(null) ? null : false
}

const compareOne = (asked: AskedValue, value: PropertyValue, named: NamedRecords): boolean | null => {
  const text = foldText(asked.text)
  switch (value.kind) {
    case 'text':
      return compareTexts(text, foldText(value.text))
    case 'word':
      return text.replace(/[ -]/g, '_') === foldText(value.text)
    case 'number':
    case 'integer':
      return text === '' || Number.isNaN(Number(text)) ? null : Number(text) === value.number
    case 'boolean':
      return text === 'true' || text === 'false' ? (text === 'true') === value.is : null
    case 'moment':
      return compareMoments(asked.text, value.text)
    case 'date':
      return compareDates(asked.text, value)
    case 'record': {
      if (normaliseId(asked.id ?? asked.text) === value.id) return true
      if (asked.id !== null) return false
      const ids = named.get(asked.text)
      return ids && ids.size > 0 ? ids.has(value.id) : null
    }
  }
}

/** Texts that are the same without case and accents; where one is part of the other, nobody can tell. */
const compareTexts = (asked: string, told: string): boolean | null => {
  if (asked === told) return true
  const [words, others] = [new Set(asked.split(' ')), new Set(told.split(' '))]
  const [fewer, more] = words.size < others.size ? [words, others] : [others, words]
  return [...fewer].every((word) => more.has(word)) ? null : false
}

const compareMoments = (asked: string, told: string): boolean | null => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(asked.trim())) return told.startsWith(asked.trim())
  const [at, at2] = [Date.parse(asked), Date.parse(told)]
  return Number.isNaN(at) || !/\d{4}-\d{2}-\d{2}T/.test(asked) ? null : at === at2
}

/** A date that may be told as a year, a month or a day; a time of the day, as tables have it, is no part of it. */
const compareDates = (
  asked: string,
  { earliest, latest }: { readonly earliest: string | null; readonly latest: string | null },
): boolean | null => {
  const date =
    asked.length > 100 ? '' : parseFuzzyDate(asked.trim().replace(/^(\d{4}-\d{2}-\d{2})T[\d:.]+(Z|[+-][\d:]+)?$/, '$1'))
  if (typeof date === 'string') return null
  const [first, last] = [date.earliest ?? '0000-01-01', date.latest ?? '9999-12-31']
  const [from, to] = [earliest ?? '0000-01-01', latest ?? '9999-12-31']
  if (to < first || last < from) return false
  return first <= from && to <= last ? true : null
}
