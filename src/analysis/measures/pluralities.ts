import type { Segment } from '../selection.js'
import { type VoteBits, WORD } from '../vote-table.js'

/** By word of a segment: the ballots in which a group has a tally, and those in which most voted for, against, or abstained. */
export interface Pluralities {
  readonly present: Uint32Array
  /** Somebody cast a vote. */
  readonly cast: Uint32Array
  /** By option, in the order of `CAST`: where it has more votes than each other. */
  readonly most: readonly [Uint32Array, Uint32Array, Uint32Array]
}

/** The option with more votes than each other, by its place in `CAST`; -1 where there is none. */
const plurality = (yes: number, no: number, abstained: number): number => {
  if (yes > no && yes > abstained) return 0
  if (no > yes && no > abstained) return 1
  return abstained > yes && abstained > no ? 2 : -1
}

/** How a group voted that is in none of so many words of ballots. */
export const nowhere = (words: number): Pluralities => {
  const empty = () => new Uint32Array(words)
  return { present: empty(), cast: empty(), most: [empty(), empty(), empty()] }
}

/** How the groups of a segment voted, by their places. */
export const pluralitiesIn = (
  bits: VoteBits,
  { from, to, mask }: Segment,
  meant: boolean,
): ReadonlyMap<number, Pluralities> => {
  const { start, groups, numbers } = meant ? bits.meantTallies : bits.tallies
  const found = new Map<number, Pluralities>()
  for (let word = from; word < to; word += 1) {
    for (let left = mask[word - from] as number; left !== 0; left &= left - 1) {
      const bit = left & -left
      const slot = word * WORD + 31 - Math.clz32(bit)
      for (let i = start[slot] as number; i < (start[slot + 1] as number); i += 1) {
        const group = groups[i] as number
        let of = found.get(group)
        if (!of) {
          of = nowhere(to - from)
          found.set(group, of)
        }
        const [yes, no, abstained] = [numbers[i * 3], numbers[i * 3 + 1], numbers[i * 3 + 2]] as [
          number,
          number,
          number,
        ]
        const w = word - from
        of.present[w] = (of.present[w] as number) | bit
        if (yes + no + abstained > 0) of.cast[w] = (of.cast[w] as number) | bit
        const most = of.most[plurality(yes, no, abstained)]
        if (most) most[w] = (most[w] as number) | bit
      }
    }
  }
  return found
}

/** Where a group has an option with more votes than each other. */
export const decided = ({ most: [yes, no, abstained] }: Pluralities, word: number): number =>
  (yes[word] as number) | (no[word] as number) | (abstained[word] as number)

/** Where a vote, by its two planes, is the option with most votes of a group. */
export const withMost = ({ most: [yes, no, abstained] }: Pluralities, word: number, p: number, q: number): number =>
  (p & ~q & (yes[word] as number)) | (q & ~p & (no[word] as number)) | (p & q & (abstained[word] as number))

/** Where two groups have the same one. */
export const alike = (a: Pluralities, b: Pluralities, word: number): number =>
  ((a.most[0][word] as number) & (b.most[0][word] as number)) |
  ((a.most[1][word] as number) & (b.most[1][word] as number)) |
  ((a.most[2][word] as number) & (b.most[2][word] as number))
