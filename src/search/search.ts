import { RapporteurError } from '../errors.js'
import type { GraphShape } from '../model/graph-shape.js'
import { searchColumns } from '../model/search/search-fields.js'
import { referenceKey, wholeKey } from '../model/search/search-keys.js'
import type { AnswerOptions, GraphStore, KeyGroup, SearchCandidate } from '../store/graph-store.js'
import { wordsOf } from './known-words.js'
import { type AskedText, type AskedWord, readText } from './read-text.js'
import { type NearWords, type ReadTexts, type SearchHit, score } from './score.js'
import type { Nearness } from './vocabulary.js'

export interface SearchOptions {
  readonly text: string
  /** Only records of these types; of all types where none are given. */
  readonly types?: readonly string[] | null
  /** How many hits at most. */
  readonly first?: number
}

/** Hits that a search gives at most, and candidates that are scored for them. */
const MAX_HITS = 100
const MAX_CANDIDATES = 500
/** Words of a text beyond which no misspelt one is looked for. */
const MAX_NEAR = 8
/** Characters with which a reference has to begin. */
const SHORTEST_REFERENCE = 5

/**
 * Finds records by name, title, reference or text, the best first: those that have all words, and, where these are fewer
 * than asked for, those that have words that are spelt or sound nearly alike. Every engine gives the same hits.
 * @throws RapporteurError `BAD_ARGUMENT`, and what the store throws
 */
export const search = async (
  store: GraphStore,
  shape: GraphShape,
  { text, types, first = 20 }: SearchOptions,
  options: AnswerOptions = {},
): Promise<readonly SearchHit[]> => {
  checkHits(first)
  const asked = readText(text)
  const searched = [...searchColumns(shape).keys()].filter((type) => !types || types.includes(type))
  if (searched.length === 0) return []
  const ask = (groups: readonly KeyGroup[]) =>
    store.searchCandidates({ groups, types: searched, limit: MAX_CANDIDATES }, options)

  const candidates = new Map<string, SearchCandidate>()
  const add = (lists: readonly (readonly SearchCandidate[])[]) => {
    for (const each of lists.flat()) if (candidates.size < MAX_CANDIDATES) candidates.set(each.id, each)
  }
  const exact = [[wholeGroup(asked)], ...asked.readings.map((words) => words.map((word) => exactGroup(word)))]
  add(await Promise.all(exact.filter(isAskable).map(ask)))
  const hits = scoreAll(shape, candidates, asked, new Map())
  if (hits.length >= first) return hits.slice(0, first)

  const near = await nearWords(store, asked)
  if (near.size === 0) return hits
  add(await Promise.all(asked.readings.map((words) => ask(words.map((word) => nearGroup(word, near))))))
  return scoreAll(shape, candidates, asked, near).slice(0, first)
}

/** @throws RapporteurError `BAD_ARGUMENT` where it is no number of hits that can be asked */
export const checkHits = (first: number): void => {
  if (!Number.isInteger(first) || first < 1 || first > MAX_HITS)
    throw new RapporteurError('BAD_ARGUMENT', `"first" is ${first}; it must be a whole number from 1 to ${MAX_HITS}.`)
}

const scoreAll = (
  shape: GraphShape,
  candidates: ReadonlyMap<string, SearchCandidate>,
  asked: AskedText,
  near: NearWords,
): readonly SearchHit[] => {
  const read: ReadTexts = new Map()
  const hits = [...candidates.values()].flatMap((candidate) => score(shape, candidate, asked, near, read) ?? [])
  return hits.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
}

/** The whole text as a name, or as a reference or its beginning. */
const wholeGroup = ({ wholes, reference }: AskedText): KeyGroup => {
  const keys = wholes.map(wholeKey)
  if (reference === '') return { keys }
  const isBeginning = reference.length >= SHORTEST_REFERENCE && /\d/.test(reference)
  return { keys: [...keys, referenceKey(reference)], ...(isBeginning ? { prefix: referenceKey(reference) } : {}) }
}

const exactGroup = ({ spellings, isReference, isBeginning }: AskedWord): KeyGroup => ({
  keys: isReference ? spellings.map(referenceKey) : spellings,
  ...(isBeginning && !isReference ? { prefix: spellings[0] as string } : {}),
})

const nearGroup = (word: AskedWord, near: NearWords): KeyGroup => {
  const { keys, ...prefix } = exactGroup(word)
  return {
    keys: [...keys, ...word.spellings.flatMap((spelling) => [...(near.get(spelling)?.keys() ?? [])])],
    ...prefix,
  }
}

const isAskable = (groups: readonly KeyGroup[]): boolean =>
  groups.every(({ keys, prefix }) => keys.length > 0 || prefix !== undefined)

/** The words that the asked ones may be misspellings of. */
const nearWords = async (store: GraphStore, { readings }: AskedText): Promise<NearWords> => {
  const near = new Map<string, ReadonlyMap<string, Nearness>>()
  const few = readings.filter((words) => words.length <= MAX_NEAR)
  if (few.length === 0) return near
  const vocabulary = await wordsOf(store)
  for (const { spellings, isReference } of few.flat()) {
    if (isReference) continue
    for (const spelling of spellings) {
      if (near.has(spelling)) continue
      const found = vocabulary.spellings(spelling)
      if (found.size > 0) near.set(spelling, found)
    }
  }
  return near
}
