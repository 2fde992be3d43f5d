import { parseFuzzyDate } from '../../model/fuzzy-date.js'
import { isDay, type Values } from '../../model/records.js'
import { addressOf } from '../read/address-of.js'
import { BadCell } from '../read/read-cells.js'
import { isObject, type Json, type JsonObject, shown } from '../read/read-json-lines.js'

/** A text; null where there is none. @throws BadCell for anything else */
export const text = (value: JsonObject, key: string): string | null => {
  const found = value[key]
  if (found === undefined || found === null) return null
  if (typeof found !== 'string') throw new BadCell(`"${key}" is ${shown(found)}, which is not text.`)
  return found.trim() || null
}

/** A list; empty where there is none. @throws BadCell for anything else */
export const listOf = (value: JsonObject, key: string): readonly JsonObject[] => {
  const found = value[key]
  if (found === undefined || found === null) return []
  if (!Array.isArray(found)) throw new BadCell(`"${key}" is ${shown(found)}, which is not a list.`)
  const wrong = (found as readonly Json[]).find((item) => !isObject(item))
  if (wrong !== undefined) throw new BadCell(`"${key}" has ${shown(wrong)}, which is not an object.`)
  return found as readonly JsonObject[]
}

/** The id that a key names, or that of the object embedded beside it: `person_id`, `person`. @throws BadCell */
export const reference = (value: JsonObject, key: string): string | null => {
  const embedded = value[key]
  const id = value[`${key}_id`] ?? (isObject(embedded) ? (embedded['id'] ?? null) : (embedded ?? null))
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id)
  if (id !== null && typeof id !== 'string') throw new BadCell(`"${key}_id" is ${shown(id)}, which is not an id.`)
  return id?.trim() || null
}

const DATE = /^\d{4}(-\d{2}){0,2}$/
const MOMENT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?(Z|[+-]\d{2}(?::?\d{2})?)?$/

/** A date without its time, `2013`, `2013-01` or `2013-01-20`; null where there is none. @throws BadCell */
export const dateOf = (value: JsonObject, key: string): string | null => {
  const written = text(value, key)
  if (written === null) return null
  const date =
    MOMENT.exec(written)?.[1] ?? (/^\d{4}-\d{2}-\d{2}T\d{2}(Z|$)/.test(written) ? written.slice(0, 10) : written)
  const problem = DATE.test(date)
    ? parseFuzzyDate(date)
    : `is ${shown(written)}, which is not a date such as 2013-01-20`
  if (typeof problem === 'string') throw new BadCell(`"${key}" ${problem}.`)
  return date
}

/** The moment, where the file gives the time with its offset. */
export const momentOf = (value: JsonObject, key: string): string | null => {
  const [, day, time, seconds = ':00', offset] = MOMENT.exec(text(value, key) ?? '') ?? []
  if (day === undefined || offset === undefined) return null
  const whole = offset === 'Z' ? offset : `${offset.slice(0, 3)}:${offset.slice(3).replace(':', '') || '00'}`
  const moment = `${day}T${time}${seconds}${whole}`
  return Number.isNaN(Date.parse(moment)) ? null : moment
}

/** The columns of a vague date. */
export const dateColumns = (column: string, edtf: string | null): Values => {
  const date = edtf === null ? null : parseFuzzyDate(edtf)
  if (date === null || typeof date === 'string') return {}
  return {
    [`${column}Edtf`]: date.edtf,
    [`${column}Earliest`]: date.earliest ?? null,
    [`${column}Latest`]: date.latest ?? null,
  }
}

/** The date if it is a day. */
export const dayOnly = (date: string | null): string | null => (date !== null && isDay(date) ? date : null)

/** The first or last day that a date can mean: of `2019` the first is 2019-01-01, the last 2019-12-31. */
export const boundOf = (date: string | null, bound: 'earliest' | 'latest'): string | null => {
  const parsed = date === null ? null : parseFuzzyDate(date)
  return parsed === null || typeof parsed === 'string' ? null : (parsed[bound] ?? null)
}

/** A whole number from 0, which some files write as text. @throws BadCell */
export const wholeOf = (value: JsonObject, key: string): number => {
  const found = value[key]
  const number = typeof found === 'string' && /^\d{1,9}$/.test(found.trim()) ? Number(found) : found
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0)
    throw new BadCell(
      found === undefined ? `"${key}" is missing.` : `"${key}" is ${shown(found)}, which is not a whole number.`,
    )
  return number
}

/** The name that a person has of its own, as one text or in its parts; null where there is none. @throws BadCell */
export const ownName = (value: JsonObject): string | null =>
  text(value, 'name') ?? ([text(value, 'given_name'), text(value, 'family_name')].filter(Boolean).join(' ') || null)

/** One of a person’s other names: `Diane Abbott`, `Lord Doe of Foo`; null where there is none. @throws BadCell */
export const otherName = (value: JsonObject): string | null =>
  text(value, 'name') ?? nameOfPeer(value) ?? ownName(value)

/** A name as mySociety writes those of the House of Lords; a bishop has the place alone. */
const nameOfPeer = (value: JsonObject): string | null => {
  const [title, name, place] = [text(value, 'honorific_prefix'), text(value, 'lordname'), text(value, 'lordofname')]
  if (name === null && (title === null || place === null)) return null
  return [title, name, place === null ? null : `of ${place}`].filter(Boolean).join(' ')
}

/** Of the other names that are noted as `Main`, the one that holds last; null where there is none. @throws BadCell */
export const mainName = (value: JsonObject): JsonObject | null => {
  const until = (name: JsonObject): string => text(name, 'end_date') ?? '9999'
  const main = listOf(value, 'other_names').filter((name) => /^main$/i.test(text(name, 'note') ?? ''))
  return main.reduce<JsonObject | null>((last, name) => (last && until(last) > until(name) ? last : name), null)
}

/** Other names, with their language as a BCP 47 tag where the file has one. @throws BadCell */
export const otherNames = (
  value: JsonObject,
  key: string,
  nameOf: (other: JsonObject) => string | null,
  shownName: string,
): readonly { text: string; language?: string }[] => {
  const names = new Map<string, { text: string; language?: string }>()
  for (const each of listOf(value, key)) {
    const name = nameOf(each)
    const language = languageOf(text(each, 'lang'))
    if (name !== null && name !== shownName && !names.has(`${name} ${language}`))
      names.set(`${name} ${language}`, { text: name, ...(language && { language }) })
  }
  return [...names.values()]
}

/** A language: EveryPolitician writes `en`, `zh-tw`, and `multilingual` for names that are in none. */
const languageOf = (written: string | null): string | null => {
  if (written === null || written === 'multilingual') return null
  try {
    return Intl.getCanonicalLocales(written.replaceAll('_', '-'))[0] ?? null
  } catch {
    return null
  }
}

/** The addresses of links. @throws BadCell */
export const addresses = (value: JsonObject): readonly string[] => [
  ...new Set(listOf(value, 'links').flatMap((each) => addressOf(text(each, 'url') ?? '') ?? [])),
]
