import { isObject, type Json, type JsonObject } from './json.js'

/** A list in an answer, and what the answer says of it. */
interface AnsweredList {
  readonly given: number
  /** How many there are in all; null where the document does not ask. */
  readonly total: number | null
  /** Of how many more it is not known; null where the document does not ask. */
  readonly undecided: number | null
  /** Goes on with the list; null where nothing follows, or the document does not ask. */
  readonly next: string | null
  /** Whether all of it was given; null where the document does not ask for what would tell. */
  readonly complete: boolean | null
}

/** A rule of the integrity gate that finds that not all is there. */
const PARTIAL = new Set([
  'BAD_ROW',
  'GROUPS_SUM_TO_TOTAL',
  'COUNTRIES_SUM_TO_TOTAL',
  'MEMBERS_SUM_TO_TALLIES',
  'VOTERS_COUNT_IS_THE_SUM',
  'NAME_IS_WHOLE',
])

/** What the lists of an answer say together. */
export interface Lists {
  /** The one that the question is for: the first of those that are not inside another. */
  readonly main: AnsweredList | undefined
  /** Goes on with the first list that can be gone on with. */
  readonly next: string | null
  /** Of how many it is not known whether they belong; null where no list tells. */
  readonly undecided: number | null
  readonly complete: boolean | null
}

/**
 * Reads whether an answer is all there is.
 * @param firsts how many items each root field was asked for at most; a list that is as long may go on
 */
export const readLists = (answer: JsonObject, firsts: ReadonlyMap<string, number>): Lists => {
  const lists: AnsweredList[] = []
  let main: AnsweredList | undefined
  let undecided: number | null = null
  let isPartial = false
  const walk = (value: Json, depth: number, first?: number): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, depth + 1)
    if (!isObject(value)) return
    const list = listOf(value, first)
    if (list) {
      lists.push(list)
      if (depth === 1) {
        main ??= list
        if (list.undecided !== null) undecided = Math.max(undecided ?? 0, list.undecided)
      }
    }
    if (typeof value['rule'] === 'string' && PARTIAL.has(value['rule'])) isPartial = true
    for (const [key, inner] of Object.entries(value)) if (key !== 'sources') walk(inner, depth + 1)
  }
  for (const [key, value] of Object.entries(answer)) {
    if (Array.isArray(value)) {
      const isWhole = value.length < (firsts.get(key) ?? Number.POSITIVE_INFINITY)
      const total = isWhole ? value.length : null
      const list = { given: value.length, total, undecided: null, next: null, complete: isWhole }
      lists.push(list)
      main ??= list
    }
    walk(value, 1, firsts.get(key))
  }
  const next = lists.find((list) => list.next !== null)?.next ?? null
  if (isPartial || lists.some(({ complete }) => complete === false)) return { main, next, undecided, complete: false }
  return { main, next, undecided, complete: lists.some(({ complete }) => complete === null) ? null : true }
}

/** What an object says of a list, where it is one: its items stand in `nodes`, `edges`, `rows` or `paths`. */
export const itemsOf = (value: JsonObject): readonly Json[] | undefined => {
  const items = value['rows'] ?? value['paths'] ?? value['edges'] ?? value['nodes']
  return Array.isArray(items) ? (items as readonly Json[]) : undefined
}

const listOf = (value: JsonObject, first = 0): AnsweredList | undefined => {
  const items = itemsOf(value)
  const { hasNext, hasPrevious, next } = pageOf(value)
  const total = numberOf(value['totalCount']) ?? numberOf(value['rowCount'])
  if (!items && total === null) return undefined
  const kinds = 'rows' in value ? (numberOf(value['kindCount']) ?? numberOf(value['rowCount'])) : total
  const given = items?.length ?? 0
  const undecided = numberOf(value['undecidedCount'])
  const isShort = hasNext === false || given < first
  const isWhole = hasNext === true ? false : kinds !== null ? given >= kinds : isShort ? true : null
  // A page that was gone on to begins after others.
  const isPart = value['isKnown'] === false || saysThatItIsPart(value) || (undecided ?? 0) > 0 || hasPrevious
  return { given, total, undecided, next, complete: isPart ? false : items ? isWhole : true }
}

/** Which page of a list an answer has, as far as the document asks. */
export const pageOf = (list: JsonObject) => {
  const page = isObject(list['pageInfo']) ? list['pageInfo'] : {}
  const { hasNextPage, hasPreviousPage, endCursor } = page
  const hasNext = typeof hasNextPage === 'boolean' ? hasNextPage : null
  const next = hasNext !== false && typeof endCursor === 'string' ? endCursor : null
  return { hasNext, hasPrevious: hasPreviousPage === true, next }
}

/** Whether what was looked through says that it was not all: ways between records, and what is around one. */
export const saysThatItIsPart = ({ isComplete, truncated, skipped }: JsonObject): boolean =>
  isComplete === false || truncated === true || (Array.isArray(skipped) && skipped.length > 0)

const numberOf = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null)
