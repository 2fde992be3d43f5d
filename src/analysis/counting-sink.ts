import { REASONS, type Reason, type Sink } from './measures/measure.js'
import { ones, type VoteBits } from './vote-table.js'

/** How many of what. */
export interface Fraction {
  readonly numerator: number
  readonly denominator: number
}

/** What was counted for a key. */
export interface CountedFigure extends Fraction {
  readonly key: number
  readonly fromMembers: number
  /** Ballots that count with a number of their own. */
  readonly ballots: number
  readonly excluded: Iterable<number>
  readonly seen: Uint32Array | null
}

/** For each key, in a row of numbers: numerator, denominator, ballots from members' votes, ballots that count with a number. */
const SUMS = 4
const NONE = new Int32Array(REASONS.length)

/** Whether it is remembered of all ballots that they were seen, or only of those that count. */
type Marks = 'ALL' | 'COUNTED'

/** Counts for each key; there may be a million of them. */
export class CountingSink implements Sink {
  readonly keys: number[] = []
  readonly #places = new Map<number, number>()
  #sums = new Float64Array(64 * SUMS)
  #excluded = new Int32Array(0)
  readonly #seen: Uint32Array[] = []
  #lastKey = Number.NaN
  #lastPlace = 0

  constructor(
    readonly bits: VoteBits,
    readonly marks: Marks | null,
  ) {}

  fraction(place: number): readonly [numerator: number, denominator: number] {
    return [this.#sums[place * SUMS] as number, this.#sums[place * SUMS + 1] as number]
  }

  fractionOf(key: number): Fraction | null {
    const place = this.#places.get(key)
    if (place === undefined) return null
    const [numerator, denominator] = this.fraction(place)
    return { numerator, denominator }
  }

  figure(place: number): CountedFigure {
    const [numerator = 0, denominator = 0, fromMembers = 0, ballots = 0] = this.#sums.subarray(place * SUMS)
    const at = place * REASONS.length
    const excluded = at < this.#excluded.length ? this.#excluded.subarray(at, at + REASONS.length) : NONE
    const seen = this.#seen[place] ?? null
    return { key: this.keys[place] as number, numerator, denominator, fromMembers, ballots, excluded, seen }
  }

  count(key: number, word: number, counted: number, hits: number): void {
    const place = this.#of(key)
    const sums = this.#sums
    const at = place * SUMS
    sums[at] = (sums[at] as number) + ones(hits)
    sums[at + 1] = (sums[at + 1] as number) + ones(counted)
    if (this.marks) sums[at + 2] = (sums[at + 2] as number) + this.#see(place, word, counted)
  }

  value(key: number, slot: number, value: number, most = 1): void {
    const place = this.#of(key)
    const sums = this.#sums
    const at = place * SUMS
    sums[at] = (sums[at] as number) + value
    sums[at + 1] = (sums[at + 1] as number) + most
    sums[at + 3] = (sums[at + 3] as number) + 1
    if (this.marks) sums[at + 2] = (sums[at + 2] as number) + this.#see(place, slot >>> 5, 1 << (slot & 31))
  }

  exclude(key: number, reason: Reason, word: number, ballots: number): void {
    if (ballots === 0) return
    const place = this.#of(key)
    const at = place * REASONS.length + REASONS.indexOf(reason)
    this.#excluded = roomIn(this.#excluded, (place + 1) * REASONS.length)
    this.#excluded[at] = (this.#excluded[at] as number) + ones(ballots)
    if (this.marks === 'ALL') this.#see(place, word, ballots)
  }

  touch(key: number): void {
    this.#of(key)
  }

  /** @returns of how many of these ballots, that were not seen before, all members' votes are known */
  #see(place: number, word: number, ballots: number): number {
    const seen = this.#seen[place] as Uint32Array
    const before = seen[word] as number
    seen[word] = before | ballots
    return ones(ballots & ~before & (this.bits.whole[word] as number))
  }

  /** What a measure tells comes mostly key by key. */
  #of(key: number): number {
    if (key === this.#lastKey) return this.#lastPlace
    let place = this.#places.get(key)
    if (place === undefined) {
      place = this.keys.push(key) - 1
      this.#places.set(key, place)
      this.#sums = roomIn(this.#sums, (place + 1) * SUMS)
      if (this.marks) this.#seen.push(new Uint32Array(this.bits.words))
    }
    this.#lastKey = key
    this.#lastPlace = place
    return place
  }
}

/** The array, or a longer one with the same numbers. */
const roomIn = <T extends Float64Array | Int32Array>(array: T, length: number): T => {
  if (length <= array.length) return array
  const longer = new (array.constructor as new (length: number) => T)(length * 2)
  longer.set(array)
  return longer
}
