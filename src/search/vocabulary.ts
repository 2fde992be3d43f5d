import { setImmediate as pause } from 'node:timers/promises'
import { hashText } from '../model/hash-text.js'
import { phoneticKey } from './phonetic-key.js'
import { spellingDistance } from './spelling-distance.js'

/** How far a word is from the one that was asked: errors in its spelling, or that it only sounds alike. */
export type Nearness = 1 | 2 | 'sound'

/** Words that a misspelt one is taken for. */
const MAX_SPELLINGS = 32
/** Words that are read before others have their turn. */
const AT_ONCE = 20_000

/** Errors that a word may have: none under four letters, one under eight, else two; none in what has a digit. */
const errorsAllowed = (word: string): 0 | 1 | 2 => (word.length < 4 || /\d/.test(word) ? 0 : word.length < 8 ? 1 : 2)

/**
 * All words by which records are found, in some twenty bytes each: which of them a misspelt word may mean. Of each word
 * its letters are kept as bits, so that few are compared letter by letter.
 */
export class Vocabulary {
  private constructor(
    readonly words: string,
    readonly ends: Uint32Array,
    readonly letters: Uint32Array,
    readonly sounds: Uint32Array,
  ) {}

  /** Reads words with spaces between. */
  static async read(words: string): Promise<Vocabulary> {
    let count = words === '' ? 0 : 1
    for (let at = words.indexOf(' '); at >= 0; at = words.indexOf(' ', at + 1)) count += 1
    const [ends, letters, sounds] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)]
    let begin = 0
    for (let i = 0; i < count; i++) {
      const space = words.indexOf(' ', begin)
      const end = space < 0 ? words.length : space
      const word = words.slice(begin, end)
      ends[i] = end
      letters[i] = lettersOf(word)
      sounds[i] = soundOf(word)
      begin = end + 1
      if (i % AT_ONCE === AT_ONCE - 1) await pause()
    }
    return new Vocabulary(words, ends, letters, sounds)
  }

  /** The words that one may be a misspelling of, and how near they are; the nearest first, the word itself not among them. */
  spellings(word: string): ReadonlyMap<string, Nearness> {
    const most = errorsAllowed(word)
    if (most === 0) return new Map()
    const [wanted, sound, key] = [lettersOf(word), soundOf(word), phoneticKey(word)]
    const found: { readonly word: string; readonly nearness: Nearness }[] = []
    let begin = 0
    for (let i = 0; i < this.ends.length; i++) {
      const end = this.ends[i] as number
      const length = end - begin
      // Each error changes two of the kinds of letters at most.
      const mayBeNear =
        length >= word.length - most &&
        length <= word.length + most &&
        bitsOf((this.letters[i] as number) ^ wanted) <= 2 * most
      if (mayBeNear || this.sounds[i] === sound) {
        const other = this.words.slice(begin, end)
        const distance = mayBeNear ? spellingDistance(word, other, most) : most + 1
        if (distance > 0 && distance <= most) found.push({ word: other, nearness: distance as Nearness })
        else if (distance > most && length >= 4 && phoneticKey(other) === key)
          found.push({ word: other, nearness: 'sound' })
      }
      begin = end + 1
    }
    const order = (nearness: Nearness, other: string) =>
      (nearness === 'sound' ? 3 : nearness) * 2 + (other.charAt(0) === word.charAt(0) ? 0 : 1)
    const nearest = found.sort(
      (a, b) => order(a.nearness, a.word) - order(b.nearness, b.word) || (a.word < b.word ? -1 : 1),
    )
    return new Map(nearest.slice(0, MAX_SPELLINGS).map((each) => [each.word, each.nearness]))
  }
}

/** A bit for each letter that a word has, and one for digits. */
const lettersOf = (word: string): number => {
  let bits = 0
  for (let i = 0; i < word.length; i++) {
    const place = word.charCodeAt(i) - 97
    bits |= 1 << (place >= 0 && place < 26 ? place : 26)
  }
  return bits >>> 0
}

const soundOf = (word: string): number => hashText(phoneticKey(word))[0]

const bitsOf = (number: number): number => {
  const pairs = number - ((number >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
