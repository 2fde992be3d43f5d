import type { GraphShape } from '../model/graph-shape.js'
import type { SearchHit } from '../search/score.js'
import { search } from '../search/search.js'
import type { AnswerOptions, GraphStore } from '../store/graph-store.js'
import type { Plan } from '../store/plan.js'
import { type Bound, boundValue, type Value } from '../store/values.js'
import { readJson } from './written-result.js'

/** What a search asks, and what is given of each hit. */
export interface SearchPlan {
  readonly kind: 'search'
  readonly text: Value
  readonly types: readonly string[] | null
  readonly first: number
  readonly entries: readonly HitEntry[]
}

/** A fact about the hit, or its record, which a plan of its own gives for all hits. */
export type HitEntry =
  | { readonly as: string; readonly name: string }
  | { readonly as: string; readonly nodes: Plan & { readonly kind: 'many' } }

/** The ids of the hits, in the plans that give their records. */
export const HITS: Value = { from: 'variable', path: [], read: { how: 'ids' } }

/** Records and links that a search looks at, about: its candidates, and the words that are near to those asked. */
export const SEARCH_PRICE = 20_000

/**
 * Searches, and has the store give the records found.
 * @returns the JSON text of the hits
 */
export const answerSearch = async (
  { text, types, first, entries }: SearchPlan,
  store: GraphStore,
  shape: GraphShape,
  bound: Bound,
  options: AnswerOptions,
): Promise<string> => {
  const found = await search(store, shape, { text: String(boundValue(text, bound)), types, first }, options)
  const withHits = { ...options, bound: new Map([...bound, [HITS, found.map(({ id }) => id)]]) }
  const records = await Promise.all(
    entries.map(async (entry) => {
      if (!('nodes' in entry)) return []
      const { json } = await store.answer(entry.nodes, withHits)
      return readJson(json) as readonly unknown[]
    }),
  )
  // What was deleted since it was found is left out.
  const isThere = (i: number) => entries.every((entry, place) => !('nodes' in entry) || records[place]?.[i] !== null)
  const hits = found.flatMap((hit, i) =>
    isThere(i)
      ? [
          Object.fromEntries(
            entries.map((entry, place) => [entry.as, 'nodes' in entry ? records[place]?.[i] : factOf(hit, entry.name)]),
          ),
        ]
      : [],
  )
  return JSON.stringify(hits)
}

const factOf = ({ score, how, field }: SearchHit, name: string): string | number | null => {
  switch (name) {
    case 'score':
      return score
    case 'how':
      return how
    case 'field':
      return field.column
    case 'text':
      return field.text
    case 'language':
      return field.language
    default:
      return 'SearchHit'
  }
}
