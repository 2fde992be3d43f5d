import { RapporteurError } from '../errors.js'
import { latinPieces, latinWhole } from '../model/search/latin-words.js'
import { bareReference, isCommonWord } from '../model/search/search-keys.js'

/** A word that is searched. */
export interface AskedWord {
  /** How it may be spelt: one spelling, or one of each way to write it in Latin letters. */
  readonly spellings: readonly string[]
  /** Whether it is an official reference, in letters and digits alone, and no word of a name. */
  readonly isReference: boolean
  /** Whether more of the word may follow: it is the last, and somebody may still be typing. */
  readonly isBeginning: boolean
}

/** What a text asks for. */
export interface AskedText {
  /** The whole of it, without spaces, in each spelling. */
  readonly wholes: readonly string[]
  /** The whole of it as an official reference. */
  readonly reference: string
  /** The ways to take it apart into words; none where nothing in it is a word that finds anything. */
  readonly readings: readonly (readonly AskedWord[])[]
}

/** Characters and words of a text that is searched. */
const MAX_LENGTH = 300
const MAX_WORDS = 40
/** The shortest word of which more may follow. */
const SHORTEST_BEGINNING = 3

/** Reads what a client searches. @throws RapporteurError `BAD_ARGUMENT` for an empty text, or one that is too long */
export const readText = (text: string): AskedText => {
  if (text.trim() === '')
    throw new RapporteurError('BAD_ARGUMENT', 'The text to search is empty. Give a name, a title or a reference.')
  if (text.length > MAX_LENGTH)
    throw new RapporteurError(
      'BAD_ARGUMENT',
      `The text to search has ${text.length} characters; the limit is ${MAX_LENGTH}. Search for a part of it, such as its beginning.`,
    )
  const written = text.trim().split(/\s+/)
  const asPieces = (piece: string) => latinPieces(piece).flat().map(asWord)
  const inOne = (piece: string) => {
    const pieces = latinPieces(piece)
    return pieces.flat().length > 0 ? [asWord(latinWhole(pieces))] : []
  }
  const asReference = (piece: string) =>
    looksLikeReference(piece)
      ? [{ spellings: [bareReference(piece)], isReference: true, isBeginning: false }]
      : asPieces(piece)
  const readings = [asPieces, inOne, asReference].map((read) => prune(written.flatMap(read)))
  const different = new Map(readings.map((words) => [JSON.stringify(words), words]))
  return {
    wholes: latinWhole(latinPieces(text)).filter((whole) => whole !== ''),
    reference: bareReference(text),
    readings: [...different.values()].filter((words) => words.length > 0),
  }
}

const asWord = (spellings: readonly string[]): AskedWord => ({ spellings, isReference: false, isBeginning: false })

/** Words without those that are everywhere, each once; of the last more may follow. */
const prune = (words: readonly AskedWord[]): readonly AskedWord[] => {
  const last = words.at(-1)
  const once = new Map(words.map((word) => [word.spellings[0], word]))
  return [...once.values()]
    .filter(({ spellings: [spelling = ''] }) => !isCommonWord(spelling))
    .slice(0, MAX_WORDS)
    .map((word) => ({
      ...word,
      isBeginning: word.spellings[0] === last?.spellings[0] && (word.spellings[0] ?? '').length >= SHORTEST_BEGINNING,
    }))
}

/** Whether a piece of a text has figures, and signs as official references have them. */
const looksLikeReference = (piece: string): boolean => /\d/.test(piece) && /[\p{Dash}/_(]/u.test(piece)
