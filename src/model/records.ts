import { RapporteurError } from '../errors.js'
import { foldText } from './fold.js'
import { type Column, type Derived, type GraphShape, MERGE, mergeIdOf } from './graph-shape.js'

/** A name or title with its language; the items of `names` and `titles`. */
export interface Name {
  readonly text: string
  readonly language?: string
}

/** What a column can hold: text, a number, true or false, or a short list. */
export type Value = string | number | boolean | readonly (string | Name)[]

/** Values by column, as `schema.graphql` names them; an embedded object's columns are flat: `tallyFor`, `dateEdtf`. */
export type Values = Readonly<Record<string, Value | null | undefined>>

/** That a source says something, and where in it; the locator may be left out where the record's own id tells. */
export interface Citation {
  readonly source: string
  readonly locator?: string
}

/**
 * The ids by which a source names what was merged into others: of a node `id`, of a link `from`, `to` and the columns that
 * refer to nodes; only those that differ from the record's.
 */
export type NamedAs = Readonly<Record<string, string>>

/** The languages of texts, by column, as BCP 47 tags: `{ description: 'fr' }`. */
export type Languages = Readonly<Record<string, string>>

/** A node as an importer gives it. */
export interface NodeRecord {
  readonly type: string
  readonly id: string
  readonly values: Values
  readonly citations: readonly Citation[]
  /**
   * The columns whose values the source gives only in passing, partly or damaged: such a value is shown only where no
   * source gives another, whatever the order of trust.
   */
  readonly weak?: readonly string[]
  /** The languages of its texts, where the source tells them: of those that are kept beside others in a list, such as `titles`. */
  readonly languages?: Languages
  /** Written by the loader; an importer knows of no merge. */
  readonly as?: NamedAs
}

/** A link as an importer gives it; `key` tells apart several links between the same two nodes. */
export interface LinkRecord {
  readonly link: string
  readonly from: string
  readonly to: string
  readonly key?: string
  readonly values: Values
  readonly citations: readonly Citation[]
  /** As of a node; of a link of which a node has at most one, `to` may be among them. */
  readonly weak?: readonly string[]
  readonly languages?: Languages
  readonly as?: NamedAs
}

export type GraphRecord = NodeRecord | LinkRecord

export const isNode = (record: GraphRecord): record is NodeRecord => 'type' in record

/** The longest text that lists are ordered by: Neo4j keeps no more than 8 kB of it in an index. */
const MAX_FOLDED_LENGTH = 2000
/** The longest id in characters. */
export const MAX_ID_LENGTH = 200

/** A record's values, complete and checked: one for each column it has, folded ones included, none of them null. */
export type CheckedValues = Readonly<Record<string, Value>>

/** A node as it is stored: the values shown, and the number of the set of sources that say them. */
export interface StoredNode {
  readonly type: string
  readonly id: string
  readonly values: CheckedValues
  readonly sourceSet: number
  /** When it last changed, and with which versions of the graph it did and was made; only where a scan was asked. */
  readonly change?: { readonly updatedAt: string; readonly version: number; readonly createdIn: number }
}

/** What tells a link from all others; `key` is empty for a link that does not repeat. */
export interface LinkName {
  readonly link: string
  readonly from: string
  readonly to: string
  readonly key: string
}

/** A link as it is stored. */
export interface StoredLink extends LinkName {
  readonly values: CheckedValues
  readonly sourceSet: number
}

/** A record as it is stored, of either kind. */
export type StoredRecord = StoredNode | StoredLink

/**
 * Completes and checks a record against the shape of the graph.
 * @returns the values to store, or a sentence that says what is wrong with the record
 */
export const checkRecord = (shape: GraphShape, record: GraphRecord): CheckedValues | string => {
  const checked: Record<string, Value> = {}
  return recordProblem(shape, record, checked) ?? checked
}

/**
 * Checks a record without completing it.
 * @param checked takes the values to store, where these are wanted
 * @returns what is wrong with it, as a sentence's part; null for a good one
 */
export const recordProblem = (
  shape: GraphShape,
  record: GraphRecord,
  checked: Record<string, Value> | null = null,
): string | null => {
  if (record.citations.length === 0) return 'it has no source'
  if (isNode(record)) {
    const node = shape.nodes.get(record.type)
    if (!node || node.own) {
      const types = [...shape.nodes.values()].filter(({ own }) => !own).map(({ name }) => name)
      return `"${record.type}" is not a type of record; one of ${types.join(', ')} is`
    }
    const badId = idProblem(record.id) ?? mergeProblem(record)
    if (badId) return badId
    return valuesProblem(node.columns, withDefaults(record), checked)
  }
  const link = shape.links.get(record.link)
  if (!link) return `"${record.link}" is not a type of link`
  const badId = idProblem(record.from) ?? idProblem(record.to)
  if (badId) return badId
  if (link.repeats !== (record.key !== undefined)) {
    return link.repeats ? `a link "${link.name}" needs a key` : `a link "${link.name}" has no key`
  }
  if (record.key === '') return `a link "${link.name}" needs a key that is not empty`
  if (record.link === MERGE.link && !record.as && record.from === mergeIdOf(record.to))
    return 'a record cannot be merged into itself'
  return valuesProblem(link.columns, record.values, checked)
}

/** What is wrong with an id, as a sentence's part; null for a good one. */
const idProblem = (id: unknown): string | null => {
  if (typeof id !== 'string' || id === '') return 'the id is empty'
  if (id.length > MAX_ID_LENGTH && [...id].length > MAX_ID_LENGTH)
    return `the id "${id.slice(0, 40)}…" is longer than ${MAX_ID_LENGTH} characters`
  if (!id.isWellFormed()) return 'the id has half of a surrogate pair'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\s\u0000-\u001f\u007f]/.test(id)) return `the id "${id}" has a space or a control character`
  return null
}

/** A merge is found by the id that it takes out of use. */
const mergeProblem = ({ type, id, values }: NodeRecord): string | null => {
  if (type !== MERGE.type) return null
  const merged = String(values['merged'])
  const named = mergeIdOf(merged)
  return id === named ? null : `the id of the merge of "${merged}" is "${named}"`
}

/** A person without a sort name is sorted by family name, then given name. */
const withDefaults = ({ type, values }: NodeRecord): Values => {
  if (type !== 'Person' || values['sortName'] != null) return values
  const { familyName, givenName, name } = values
  return { ...values, sortName: familyName ? [familyName, givenName].filter(Boolean).join(', ') : (name ?? null) }
}

const valuesProblem = (
  columns: ReadonlyMap<string, Column>,
  values: Values,
  checked: Record<string, Value> | null,
): string | null => {
  for (const name in values) {
    const column = columns.get(name)
    if (!column || column.derived || column.edition === 'own') return `"${name}" is not one of its columns`
  }
  for (const column of listOf(columns)) {
    const value = column.derived ? derive(column.derived, values) : values[column.name]
    if (value === null || value === undefined) {
      if (column.kind === 'values' && column.required) {
        if (checked) checked[column.name] = []
      } else if (column.required) return `"${column.name}" is missing`
      continue
    }
    const problem = valueProblem(column, value)
    if (problem) return `"${column.derived?.how === 'folded' ? column.derived.from : column.name}" ${problem}`
    if (checked) checked[column.name] = value
  }
  return null
}

const lists = new WeakMap<ReadonlyMap<string, Column>, readonly Column[]>()

/** Columns as a list, which is gone through faster than a map: millions of times in an import. */
const listOf = (columns: ReadonlyMap<string, Column>): readonly Column[] => {
  const list = lists.get(columns) ?? [...columns.values()]
  lists.set(columns, list)
  return list
}

/** The values to store for those that are shown: folded ones, and empty lists where a list is always there. */
export const completed = (columns: ReadonlyMap<string, Column>, shown: CheckedValues): CheckedValues => {
  const values: Record<string, Value> = {}
  for (const column of listOf(columns)) {
    const value = column.derived ? derive(column.derived, shown) : shown[column.name]
    if (value !== null && value !== undefined) values[column.name] = value
    else if (column.kind === 'values' && column.required) values[column.name] = []
  }
  return values
}

/** The value of a column that follows from others. */
const derive = (derived: Derived, values: Values): Value | null => {
  if (derived.how === 'moment') return momentOf(values[derived.day], values[derived.time])
  if (derived.how === 'exceeds') {
    const [of, than] = [values[derived.of], values[derived.than]]
    return typeof of === 'number' && typeof than === 'number' ? of > than : null
  }
  if (derived.how === 'difference') {
    const [of, and] = [values[derived.of], values[derived.and]]
    return typeof of === 'number' && typeof and === 'number' ? Math.abs(of - and) : null
  }
  if (derived.how === 'majority') return majorityOf(derived.numbers, values)
  // What follows from other records is worked out when these are in the store; a new record has no links yet.
  if (derived.how === 'counted') return 0
  if (derived.how === 'inferred') return null
  const value = values[derived.from]
  return typeof value === 'string' ? foldText(value) : null
}

const majorityOf = (numbers: readonly (readonly [word: string, column: string])[], values: Values): string | null => {
  let most = -1
  let word: string | null = null
  for (const [each, column] of numbers) {
    const number = values[column]
    if (typeof number !== 'number') return null
    if (number === most) word = null
    if (number <= most) continue
    most = number
    word = each
  }
  return word
}

/** The moment in UTC; the day where the time is not known, or is said of another day, as by another source. */
const momentOf = (day: unknown, time: unknown): string => {
  const isOfDay = typeof time === 'string' && isMoment(time) && (typeof day !== 'string' || time.startsWith(day))
  if (isOfDay) return new Date(time).toISOString()
  return typeof day === 'string' ? day : ''
}

/** What is wrong with a value, as a sentence's part; millions are good, so nothing is written before one is not. */
const valueProblem = (column: Column, value: Value): string | null => {
  const problem =
    column.kind === 'text' || column.kind === 'reference' ? textProblem(column, value) : kindProblem(column, value)
  if (problem === null) return null
  const shown = typeof value === 'string' && value.length > 60 ? `"${value.slice(0, 60)}…"` : JSON.stringify(value)
  return `is ${shown}${problem}`
}

const kindProblem = ({ kind, positive }: Column, value: Value): string | null => {
  if (positive && typeof value === 'number' && value <= 0) return ', which is not greater than 0'
  if (kind === 'integer') return Number.isSafeInteger(value) ? null : ', which is not a whole number'
  if (kind === 'number') return Number.isFinite(value) ? null : ', which is not a number'
  if (kind === 'boolean') return typeof value === 'boolean' ? null : ', which is neither true nor false'
  if (!Array.isArray(value)) return ', which is not a list'
  for (const item of value as readonly unknown[]) {
    // `JSON.stringify` writes half of a pair as an escape, so the texts themselves are looked at.
    for (const text of typeof item === 'object' && item ? Object.values(item) : [item]) {
      const problem = typeof text === 'string' ? characterProblem(text) : null
      if (problem) return problem
    }
  }
  return null
}

const characterProblem = (text: string): string | null => {
  if (!text.isWellFormed()) return ', which has half of a surrogate pair'
  return text.includes('\u0000') ? ', which has a null character' : null
}

const textProblem = ({ words, type, derived, required }: Column, value: Value): string | null => {
  if (typeof value !== 'string') return ', which is not text'
  if (derived && required && value.length > MAX_FOLDED_LENGTH)
    return `, which is longer than ${MAX_FOLDED_LENGTH} characters`
  if (words) return words.includes(value) ? null : `; it must be one of ${words.join(', ')}`
  if (type === 'Date') return isDay(value) ? null : ', which is not a day such as 2022-01-20'
  if (type === 'DateTime') return isMoment(value) ? null : ', which is not a moment such as 2022-01-20T15:33:04+01:00'
  return (
    characterProblem(value) ??
    (type === 'URL' && !isWebAddress(value) ? ', which is not an http or https address' : null)
  )
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Whether a text is a day that exists, `2022-01-20`. */
export const isDay = (text: string): boolean => {
  if (text === lastDay) return true
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const exists = day >= 1 && day <= (month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0))
  if (exists) lastDay = text
  return exists
}

/** The last text that was found to be a day: the votes of a ballot all have the same. */
let lastDay = ''

/** Whether a text is a moment with its offset, `2022-01-20T15:33:04+01:00`. */
export const isMoment = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text) &&
  isDay(text.slice(0, 10)) &&
  !Number.isNaN(Date.parse(text))

/** Whether a text is an absolute http or https address. */
export const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text)

/** The error for a record that cannot be loaded, wherever it came from. */
export const badRecord = (record: GraphRecord, problem: string, where: string): RapporteurError => {
  const what = isNode(record)
    ? `The record "${record.id}"`
    : `The link ${record.link} from "${record.from}" to "${record.to}"`
  return new RapporteurError(
    'BAD_INPUT',
    `${where}: ${what} cannot be loaded: ${problem}. Nothing was loaded; mend the file and run again.`,
  )
}

/** Whether two records have the same values and sources. */
export const sameRecord = (a: StoredRecord, b: StoredRecord): boolean =>
  a.sourceSet === b.sourceSet && sameValues(a.values, b.values)

/** Whether two records' values are the same, each of them. */
export const sameValues = (a: CheckedValues, b: CheckedValues): boolean => {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => sameValue(a[name], b[name]))
}

/** Whether two values are the same. */
export const sameValue = (a: Value | undefined, b: Value | undefined): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
