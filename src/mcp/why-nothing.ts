import type { AskMore } from './ask-more.js'
import { notCovered } from './coverage.js'
import { isObject, type Json, type JsonObject } from './json.js'
import type { Marked } from './mark-unknown.js'
import { nearestRecords, wordsOf } from './nearest-records.js'
import type { Asked } from './read-asked.js'
import { itemsOf, saysThatItIsPart } from './read-lists.js'
import type { Coverage, Reason } from './tool-result.js'

/** What there is to explain. */
interface Found {
  readonly answer: JsonObject
  readonly narrowed: Marked['narrowed']
  readonly asked: Asked
  readonly covered: Coverage | null
}

/** Finds out why nothing was found: no such id, not covered, not known, or simply nothing; null where something was. */
export const whyNothing = async (found: Found, ask: AskMore): Promise<Reason | null> => {
  const { answer, narrowed, asked, covered } = found
  const isThere = (what: string) => narrowed.find(({ left }) => left === what)
  const [unknown, undecided] = [isThere('unknown'), isThere('undecided')]
  if (!isEmpty(answer) && !unknown && !undecided && !isThere('none')) return null
  const reason =
    (await noSuchId(found, ask)) ??
    notCovered(asked, covered) ??
    (unknown ? notPublished(unknown.name) : undecided ? undecidedOf(undecided.name) : undecidable(answer)) ??
    NOTHING_MATCHES
  return reason.nearest.length > 0 ? reason : { ...reason, nearest: await nearestRecords(asked.texts, ask) }
}

const NOTHING_MATCHES: Reason = {
  code: 'NOTHING_MATCHES',
  sentence: 'Nothing in the graph matches what was asked; that is what its sources say, as far as it has them.',
  nearest: [],
}

/** Whether nothing was found: no record, or nothing in the first list, which is the one that the question is for. */
const isEmpty = (answer: JsonObject): boolean => {
  const values = Object.values(answer)
  const list = values.find((value) => isObject(value) && ('totalCount' in value || itemsOf(value)))
  return list === undefined ? values.every(isNone) : isNone(list)
}

const isNone = (value: Json): boolean => {
  if (value === null || (Array.isArray(value) && value.every((each) => each === null))) return true
  if (!isObject(value)) return false
  return 'totalCount' in value ? value['totalCount'] === 0 : itemsOf(value)?.length === 0
}

/** Ids that are looked up, and those of them that are named, with so many characters. */
const MOST_IDS = 100
const MOST_NAMED = 3
const LONGEST_ID = 100

export const WHAT_IS = `query whatIs($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }`

const noSuchId = async ({ answer, asked: { ids, roots } }: Found, ask: AskMore): Promise<Reason | undefined> => {
  if (ids.length === 0) return undefined
  const looked = ids.slice(0, MOST_IDS)
  const nodes = (await ask(WHAT_IS, { ids: looked }))?.['nodes']
  if (!Array.isArray(nodes)) return undefined
  const missing = looked.filter((_, i) => nodes[i] === null)
  if (missing.length > 0) {
    const named = missing.slice(0, MOST_NAMED).map((id) => `"${id.slice(0, LONGEST_ID)}"`)
    if (missing.length > MOST_NAMED) named.push('…')
    const sentence = `There is no record with the id ${named.join(', ')} in the graph. Look for its name with \`find\`, which gives ids.`
    return { code: 'NO_SUCH_ID', sentence, nearest: await nearestRecords(missing.map(wordsOf), ask) }
  }
  const [first] = nodes as readonly Json[]
  // A record that is there, and none where one of a certain type was asked for.
  if (!Object.values(answer).every((value) => value === null) || !isObject(first)) return undefined
  const { __typename: type, id } = first
  const sentence = `"${id}" is a ${type}, and \`${roots.join('`, `')}\` gives none of that type. Ask the tool that does.`
  return { code: 'WRONG_TYPE', sentence, nearest: [{ id: String(id), type: String(type), name: null }] }
}

const undecidable = (answer: JsonObject): Reason | undefined => {
  const counts = Object.values(answer).map((value) => (isObject(value) ? value['undecidedCount'] : undefined))
  const undecided = counts.find((count): count is number => typeof count === 'number' && count > 0)
  if (Object.values(answer).some((value) => isObject(value) && saysThatItIsPart(value))) return NOT_ALL_SEEN
  if (!undecided) return undefined
  const sentence = `None is known to match. Of ${undecided} it is not known whether they do, since something that was asked about is not known of them; so this does not say that there is none.`
  return { code: 'UNDECIDABLE', sentence, nearest: [] }
}

const NOT_ALL_SEEN: Reason = {
  code: 'UNDECIDABLE',
  sentence:
    'None was found, but not all was looked through: records with very many links of one type were reached and not gone through. There may be one.',
  nearest: [],
}

const undecidedOf = (name: string): Reason => ({
  code: 'UNDECIDABLE',
  sentence: `Of none of the \`${name}\` of this record is it known that they match, since something that was asked about is not known of them; so this does not say that there is none.`,
  nearest: [],
})

const notPublished = (name: string): Reason => ({
  code: 'UNDECIDABLE',
  sentence: `The \`${name}\` of this record are not in the graph. Such a list is published whole or not at all, so that an empty one does not say that there is none.`,
  nearest: [],
})
