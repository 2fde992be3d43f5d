import { parseFuzzyDate } from '../model/fuzzy-date.js'
import { isObject, type Json, type JsonObject } from './json.js'
import type { Asked } from './read-asked.js'
import { itemsOf } from './read-lists.js'
import type { Nearest, Reason } from './tool-result.js'

/** Asks the graph; null where it was refused. */
export type AskMore = (text: string, variables: Readonly<Record<string, unknown>>) => Promise<JsonObject | null>

/** How many that come near are named. */
const MOST_NEAREST = 5
/** Ids that are looked up. */
const MOST_IDS = 100

/** Whether an answer has nothing in it. */
export const isEmpty = (answer: JsonObject): boolean =>
  Object.values(answer).every((value) => {
    if (value === null || (Array.isArray(value) && value.every((each) => each === null))) return true
    if (!isObject(value)) return false
    if ('rows' in value || 'totalCount' in value) return value['totalCount'] === 0
    return itemsOf(value)?.length === 0
  })

/** Finds out why nothing was found: no such id, not known, not covered, or simply nothing. */
export const whyEmpty = async (answer: JsonObject, asked: Asked, ask: AskMore): Promise<Reason> =>
  (await noSuchId(answer, asked, ask)) ??
  undecidable(answer) ??
  (await notCovered(asked, ask)) ?? {
    code: 'NOTHING_MATCHES',
    sentence:
      'Nothing in the graph matches what was asked. That is what its sources say; it is not that something is unknown.',
    nearest: await nearest(asked.texts, ask),
  }

export const WHAT_IS = `query whatIs($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }`

const noSuchId = async (answer: JsonObject, { ids, roots }: Asked, ask: AskMore): Promise<Reason | undefined> => {
  if (ids.length === 0) return undefined
  const looked = ids.slice(0, MOST_IDS)
  const nodes = (await ask(WHAT_IS, { ids: looked }))?.['nodes']
  if (!Array.isArray(nodes)) return undefined
  const missing = looked.filter((_, i) => nodes[i] === null)
  if (missing.length > 0) {
    const named = missing.map((id) => `"${id}"`).join(', ')
    const sentence = `There is no record with the id ${named} in the graph. Look for its name with \`find\`, which gives ids.`
    return { code: 'NO_SUCH_ID', sentence, nearest: await nearest(missing.map(wordsOf), ask) }
  }
  const [first] = nodes
  // A record that is there, and none where one of a certain type was asked for.
  if (!Object.values(answer).every((value) => value === null) || !isObject(first as Json)) return undefined
  const { __typename: type, id } = first as JsonObject
  const sentence = `"${id}" is a ${type}, and \`${roots.join('`, `')}\` gives none of that type. Ask the tool that does.`
  return { code: 'WRONG_TYPE', sentence, nearest: [{ id: String(id), type: String(type), name: null }] }
}

const undecidable = (answer: JsonObject): Reason | undefined => {
  const counts = Object.values(answer).map((value) => (isObject(value) ? value['undecidedCount'] : undefined))
  const undecided = counts.find((count): count is number => typeof count === 'number' && count > 0)
  if (!undecided) return undefined
  const sentence = `None is known to match. Of ${undecided} it is not known whether they do, since something that was asked about is not known of them; so this does not say that there is none.`
  return { code: 'UNDECIDABLE', sentence, nearest: [] }
}

export const COVERED = `{
  first: voteEvents(where: { date: { known: true } }, orderBy: [DATE_ASC], first: 1) { nodes { date } }
  last: voteEvents(where: { date: { known: true } }, orderBy: [DATE_DESC], first: 1) { nodes { date } }
}`

const notCovered = async ({ periods, roots }: Asked, ask: AskMore): Promise<Reason | undefined> => {
  if (periods.length === 0 || !roots.some((root) => /^vote/i.test(root))) return undefined
  const answer = await ask(COVERED, {})
  const [first, last] = ['first', 'last'].map((key) => dateOf(answer?.[key]))
  if (!first || !last) return undefined
  const outside = periods.find((period) => {
    const date = parseFuzzyDate(period)
    if (typeof date === 'string') return false
    return (date.latest !== undefined && date.latest < first) || (date.earliest !== undefined && date.earliest > last)
  })
  if (!outside) return undefined
  const sentence = `The graph holds ballots from ${first} to ${last}, and "${outside}" lies outside. What happened then is not known here.`
  return { code: 'NOT_COVERED', sentence, nearest: [] }
}

const dateOf = (list: Json | undefined): string | undefined => {
  const [first] = (isObject(list) ? itemsOf(list) : undefined) ?? []
  const date = isObject(first) ? first['date'] : undefined
  return typeof date === 'string' ? date : undefined
}

/** The words in an id, which may be a name: `person:josep-borrell`. */
export const wordsOf = (id: string): string => id.replace(/^[\w-]*:/, '').replace(/[^\p{L}\p{N}]+/gu, ' ')

export const NEAREST = `query nearest($text: String!) {
  search(text: $text, first: ${MOST_NEAREST}) { text node { __typename id } }
}`

/** What a search finds for the texts, or for what is in them. */
export const nearest = async (texts: readonly string[], ask: AskMore): Promise<readonly Nearest[]> => {
  const found = new Map<string, Nearest>()
  for (const text of texts.slice(0, 3)) {
    const hits = (await ask(NEAREST, { text: text.slice(0, 300) }))?.['search']
    for (const hit of Array.isArray(hits) ? (hits as readonly Json[]) : []) {
      const node = isObject(hit) ? hit['node'] : null
      if (!isObject(node) || typeof node['id'] !== 'string') continue
      const name = node['name'] ?? node['title'] ?? null
      found.set(node['id'], {
        id: node['id'],
        type: String(node['__typename']),
        name: typeof name === 'string' ? name : null,
      })
    }
  }
  return [...found.values()].slice(0, MOST_NEAREST)
}
