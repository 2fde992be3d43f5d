import { totalsOf } from './measures/closeness.js'
import type { Segment } from './selection.js'
import { type Chunk, slotsOf, type VoteBits } from './vote-table.js'

/** A ballot that would have ended otherwise had all voted as they say they meant. */
export interface TurnedBallot {
  readonly slot: number
  /** Votes for and against, as published and as meant. */
  readonly cast: readonly [number, number]
  readonly meant: readonly [number, number]
  readonly corrections: number
}

export interface TurnedAsk {
  readonly segments: readonly Segment[]
}

/** The ballots in which corrections change whether there are more votes for than against. */
export const findTurned = (bits: VoteBits, { segments }: TurnedAsk): readonly TurnedBallot[] =>
  segments.flatMap(({ chunk, from, mask }) => {
    const corrected = [...mask].flatMap((ballots, w) =>
      slotsOf(from + w, ballots & (bits.corrected[from + w] as number)),
    )
    return corrected.flatMap((slot): readonly TurnedBallot[] => {
      const [cast, meant] = [totalsOf(bits, slot, false), totalsOf(bits, slot, true)]
      if (!cast || !meant || cast[0] > cast[1] === meant[0] > meant[1]) return []
      return [{ slot, cast, meant, corrections: correctionsIn(bits.chunks[chunk] as Chunk, slot) }]
    })
  })

/** How many members' votes were meant otherwise. */
const correctionsIn = ({ word, words, planes, meant }: Chunk, slot: number): number => {
  const [at, bit] = [(slot >>> 5) - word, 1 << (slot & 31)]
  const hasChanged = (row: number, other: number) =>
    [0, 1, 2].some((plane) => {
      const [a, b] = [row, other].map((each) => planes[(each * 3 + plane) * words + at] as number) as [number, number]
      return ((a ^ b) & bit) !== 0
    })
  return meant.reduce((sum, other, row) => sum + (other !== row && hasChanged(row, other) ? 1 : 0), 0)
}
