import type { GraphShape } from '../graph-shape.js'
import { hashText } from '../hash-text.js'
import { normaliseReference } from '../ids.js'
import type { StoredNode } from '../records.js'
import { type LatinWord, latinPieces, latinWhole } from './latin-words.js'
import { type SearchField, searchColumns, searchFields } from './search-fields.js'

/**
 * The keys by which a record is found, by equality or by how they begin. Words are keys as they are; a whole name and an
 * official reference begin with a sign that no word has.
 */
export interface SearchEntry {
  readonly keys: readonly string[]
  /** Where the record stands among those that have a key: by type, then few words first, then at random. 62 bits. */
  readonly rank: bigint
}

/** Moves whenever records would get other keys than before. */
const VERSION = 1

/** Changes whenever a record's keys would be others than those stored: all are then made anew. */
export const searchFingerprint = (shape: GraphShape): string => {
  const [high, low] = hashText(JSON.stringify([...searchColumns(shape)]))
  return `${VERSION}-${high.toString(16)}${low.toString(16)}`
}

/** The longest name that has a key of its own, and the longest word. */
const MAX_WHOLE = 80
const MAX_WORD = 40
/** Words of one record that are keys. */
const MAX_WORDS = 1000

/** The key of a whole name. */
export const wholeKey = (whole: string): string => `≡${whole}`

/** The key of an official reference, in whatever spelling: `RC-9-2022-0065` → `§rcb900652022`. */
export const referenceKey = (reference: string): string => `§${bareReference(reference)}`

/** An official reference in the spelling of the minutes, letters and digits alone. */
export const bareReference = (reference: string): string => latinWhole(latinPieces(normaliseReference(reference)))[0]

/** Whether a key is a word, and no whole name or reference. */
export const isWordKey = (key: string): boolean => !key.startsWith('≡') && !key.startsWith('§')

/** Words that are in so many names and titles that they find nothing. */
const COMMON = new Set(
  (
    'an and as at by for from in into of on or the to with ' +
    'au aux de del della der des di die das du el en et im la las le les los pour sur un und von'
  ).split(' '),
)

/** Whether a word finds nothing, because it is everywhere or a single letter. */
export const isCommonWord = (word: string): boolean => COMMON.has(word) || /^[a-z]$/.test(word)

/** The words of a text that are searched: those of each piece, and the piece as one word. */
export const searchWords = (pieces: readonly (readonly LatinWord[])[]): readonly string[] => {
  const words: string[] = []
  for (const piece of pieces) {
    for (const word of piece) words.push(...word)
    if (piece.length > 1) words.push(...latinWhole([piece]))
  }
  return words
}

/**
 * The initials of a name, of the pieces that begin with a capital: `Organization for Security and Co-operation in Europe`
 * → `osce`; null where they would be no abbreviation.
 */
export const initialsOf = (name: string): string | null => {
  const pieces = name.split(/[\s/]+/).filter((piece) => /^\p{Uppercase_Letter}\p{Lowercase_Letter}/u.test(piece))
  if (pieces.length < 2 || pieces.length > 8) return null
  return latinWhole(pieces.flatMap((piece) => latinPieces(piece.charAt(0))))[0]
}

/** The types of which an abbreviation is usual. */
const ABBREVIATED = new Set(['Organization', 'Office'])

export const isAbbreviated = (type: string): boolean => ABBREVIATED.has(type)

/** The keys of a record; null for one of a type that is not searched. */
export const searchEntry = (shape: GraphShape, { type, id, values }: StoredNode): SearchEntry | null => {
  const columns = searchColumns(shape).get(type)
  if (!columns) return null
  const keys = new Set<string>()
  let fewest = 15
  for (const field of searchFields(columns, id, values)) {
    const { length } = addKeys(keys, field)
    if (field.kind === 'name' || field.kind === 'title') fewest = Math.min(fewest, length)
    if (field.kind === 'name' && isAbbreviated(type)) {
      const initials = initialsOf(field.text)
      if (initials) keys.add(initials)
    }
  }
  return { keys: [...keys], rank: rankOf(searchNumberOf(shape, type), fewest, id) }
}

/** Adds the keys of a text. @returns its pieces */
const addKeys = (keys: Set<string>, { kind, text }: SearchField): readonly unknown[] => {
  if (kind === 'reference') {
    keys.add(referenceKey(text).slice(0, MAX_WHOLE))
    return []
  }
  const pieces = latinPieces(text)
  for (const word of searchWords(pieces))
    if (keys.size < MAX_WORDS && word.length <= MAX_WORD && !isCommonWord(word)) keys.add(word)
  if (kind !== 'text')
    for (const whole of latinWhole(pieces)) if (whole !== '' && whole.length <= MAX_WHOLE) keys.add(wholeKey(whole))
  return pieces
}

const HASH_BITS = 53n
const LENGTH_BITS = 4n

/** How far a rank is shifted to the left of the number of its type. */
export const TYPE_SHIFT = Number(HASH_BITS + LENGTH_BITS)

/** The number with which the ranks of a type's records begin; -1 for a type that is not searched. */
export const searchNumberOf = (shape: GraphShape, type: string): number => {
  const numbers = numbersOf.get(shape) ?? new Map([...searchColumns(shape).keys()].map((each, i) => [each, i]))
  numbersOf.set(shape, numbers)
  return numbers.get(type) ?? -1
}

const numbersOf = new WeakMap<GraphShape, ReadonlyMap<string, number>>()

const rankOf = (type: number, length: number, id: string): bigint =>
  (((BigInt(type) << LENGTH_BITS) | BigInt(length)) << HASH_BITS) | randomOf(id)

/** 53 bits that follow from the id, so that records which are alike in all else have the same order on every engine. */
const randomOf = (id: string): bigint => {
  const [high, low] = hashText(id)
  return BigInt(high & 0x1fffff) * 0x100000000n + BigInt(low)
}
