import type { Segment } from '../selection.js'
import { OUTCOME, type VoteBits, WORD } from '../vote-table.js'

/** By word of a segment: the ballots in which something was adopted, and in which it was rejected. */
export type Outcomes = readonly [adopted: Uint32Array, rejected: Uint32Array]

export const outcomesIn = ({ outcomes }: VoteBits, { from, to }: Segment): Outcomes => {
  const sets: Outcomes = [new Uint32Array(to - from), new Uint32Array(to - from)]
  for (let slot = from * WORD; slot < to * WORD; slot += 1) {
    const set = sets[outcomes[slot] === OUTCOME.adopted ? 0 : 1]
    const isWon = outcomes[slot] === OUTCOME.adopted || outcomes[slot] === OUTCOME.rejected
    const w = (slot >>> 5) - from
    if (isWon) set[w] = (set[w] as number) | (1 << (slot & 31))
  }
  return sets
}
