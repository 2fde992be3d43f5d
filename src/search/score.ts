import type { GraphShape } from '../model/graph-shape.js'
import { latinPieces, latinWhole } from '../model/search/latin-words.js'
import { type SearchField, type SearchFieldKind, searchColumns, searchFields } from '../model/search/search-fields.js'
import { bareReference, initialsOf, isAbbreviated, searchNumberOf, searchWords } from '../model/search/search-keys.js'
import type { SearchCandidate } from '../store/graph-store.js'
import type { AskedText, AskedWord } from './read-text.js'
import type { Nearness } from './vocabulary.js'

/** How a text matched, the best first. */
type SearchMatch = 'REFERENCE' | 'NAME' | 'INITIALS' | 'ALL_WORDS' | 'BEGINNING' | 'ONE_ERROR' | 'TWO_ERRORS' | 'SOUND'

/** A record that was found, and why. */
export interface SearchHit {
  readonly type: string
  readonly id: string
  /** A whole number; the higher the better, to be compared within one search only. */
  readonly score: number
  readonly how: SearchMatch
  readonly field: SearchField
}

/** The words near to those that were asked, by each asked spelling. */
export type NearWords = ReadonlyMap<string, ReadonlyMap<string, Nearness>>

/** What a match is worth, before anything is added or taken away: a hundred between two of them. */
const WORTH: Readonly<Record<SearchMatch, number>> = {
  REFERENCE: 1000,
  NAME: 900,
  INITIALS: 720,
  ALL_WORDS: 700,
  BEGINNING: 600,
  ONE_ERROR: 500,
  TWO_ERRORS: 400,
  SOUND: 300,
}
/** How a single word may match, the best first. */
const WORD_MATCHES = ['ALL_WORDS', 'BEGINNING', 'ONE_ERROR', 'TWO_ERRORS', 'SOUND'] as const
/** What a match in such a text is worth less. */
const LESS_IN: Readonly<Record<SearchFieldKind, number>> = { reference: 0, name: 0, title: 5, text: 50 }
/**
 * What a match is worth less: for each further word that does not match as it is, for each word of the text that was not
 * asked, where the words stand in several texts, and for each letter after the beginning of a word; of the last three
 * together no more than `most`.
 */
const LESS = { inexact: 10, unasked: 2, apart: 50, unwritten: 1, most: 50 }
/** What the type that is meant most often is worth more, and how much less each type after it. */
const MORE_BY_TYPE = { most: 30, less: 2 }

/** Texts of candidates that were taken apart, by the text; of one search only. */
export type ReadTexts = Map<string, ReadText>

/** Scores a candidate; null where it does not match. */
export const score = (
  shape: GraphShape,
  { type, id, values }: SearchCandidate,
  asked: AskedText,
  near: NearWords,
  read: ReadTexts,
): SearchHit | null => {
  const fields = searchFields(searchColumns(shape).get(type) ?? [], id, values)
  const texts = fields.map((field) => readField(type, field, read))
  const hits = [
    ...texts.map((text) => scoreWhole(text, asked)),
    ...asked.readings.map((words) => scoreWords(texts, words, near)),
  ]
  const best = hits.reduce((best, hit) => (hit && (!best || hit.score > best.score) ? hit : best), null)
  const prior = Math.max(0, MORE_BY_TYPE.most - MORE_BY_TYPE.less * searchNumberOf(shape, type))
  return best && { type, id, ...best, score: best.score + prior }
}

/** A text, taken apart. */
interface ReadText {
  readonly wholes: readonly string[]
  readonly words: ReadonlySet<string>
  /** How many words it has, each counted once however it is spelt. */
  readonly length: number
}

interface ReadField extends ReadText {
  readonly field: SearchField
  readonly initials: string | null
}

type Scored = Pick<SearchHit, 'score' | 'how' | 'field'>

const readField = (type: string, field: SearchField, read: ReadTexts): ReadField => {
  if (field.kind === 'reference') {
    const bare = bareReference(field.text)
    return { field, wholes: [bare], words: new Set([bare]), length: 1, initials: null }
  }
  const text = read.get(field.text) ?? readText(field.text)
  read.set(field.text, text)
  const initials = field.kind === 'name' && isAbbreviated(type) ? initialsOf(field.text) : null
  return { field, ...text, initials }
}

const readText = (text: string): ReadText => {
  const pieces = latinPieces(text)
  return { wholes: latinWhole(pieces), words: new Set(searchWords(pieces)), length: pieces.flat().length }
}

const scored = ({ field }: ReadField, how: SearchMatch, less: number): Scored => ({
  field,
  how,
  score: WORTH[how] - less - LESS_IN[field.kind],
})

const scoreWhole = (text: ReadField, { wholes, reference }: AskedText): Scored | null => {
  if (text.field.kind === 'reference') return text.wholes[0] === reference ? scored(text, 'REFERENCE', 0) : null
  if (text.field.kind !== 'text' && text.wholes.some((whole) => wholes.includes(whole))) return scored(text, 'NAME', 0)
  return text.initials !== null && wholes.includes(text.initials) ? scored(text, 'INITIALS', 0) : null
}

/** How a word matches in a text: its place among `WORD_MATCHES`, and the letters after what is only its beginning. */
interface WordMatch {
  readonly place: number
  readonly unwritten: number
}

const EXACT: WordMatch = { place: 0, unwritten: 0 }
const NONE: WordMatch = { place: WORD_MATCHES.length, unwritten: 0 }

/** The best text that has all words; else all texts together, where these have them. */
const scoreWords = (texts: readonly ReadField[], asked: readonly AskedWord[], near: NearWords): Scored | null => {
  let best: Scored | null = null
  let fullest: { readonly text: ReadField; readonly matched: number } | null = null
  let together = asked.map(() => NONE)
  for (const text of texts) {
    const matches = asked.map((word) => matchWord(text, word, near))
    together = together.map((match, i) => nearer(match, matches[i] as WordMatch))
    const hit = scoreMatches(text, matches, Math.max(0, text.length - asked.length) * LESS.unasked)
    if (hit && (!best || hit.score > best.score)) best = hit
    const matched = matches.filter((match) => match !== NONE).length
    if (matched > (fullest?.matched ?? 0)) fullest = { text, matched }
  }
  return best ?? (fullest && scoreMatches(fullest.text, together, LESS.apart))
}

const nearer = (a: WordMatch, b: WordMatch): WordMatch =>
  b.place < a.place || (b.place === a.place && b.unwritten < a.unwritten) ? b : a

const scoreMatches = (text: ReadField, matches: readonly WordMatch[], less: number): Scored | null => {
  const how = WORD_MATCHES[Math.max(...matches.map(({ place }) => place))]
  if (how === undefined) return null
  const inexact = Math.max(0, matches.filter(({ place }) => place > 0).length - 1) * LESS.inexact
  const unwritten = matches.reduce((sum, match) => sum + match.unwritten, 0) * LESS.unwritten
  return scored(text, how, Math.min(LESS.most, less + unwritten) + inexact)
}

const matchWord = ({ field, words }: ReadField, asked: AskedWord, near: NearWords): WordMatch => {
  if (asked.isReference !== (field.kind === 'reference')) return NONE
  if (asked.spellings.some((spelling) => words.has(spelling))) return EXACT
  const mayMatch = asked.isBeginning || asked.spellings.some((spelling) => near.has(spelling))
  if (!mayMatch) return NONE
  let best = NONE
  for (const word of words) {
    for (const spelling of asked.spellings) {
      if (asked.isBeginning && word.startsWith(spelling))
        best = nearer(best, { place: 1, unwritten: word.length - spelling.length })
      const nearness = near.get(spelling)?.get(word)
      if (nearness !== undefined) best = nearer(best, { place: nearness === 'sound' ? 4 : nearness + 1, unwritten: 0 })
    }
  }
  return best
}
