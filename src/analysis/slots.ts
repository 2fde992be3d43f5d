import { type VoteTable, WORD } from './vote-table.js'

/** The first slot of a chunk from which on it holds of days; those that are not known come after all others. */
export const firstSlot = (
  days: readonly string[],
  first: number,
  last: number,
  holds: (day: string) => boolean,
): number => {
  let [low, high] = [first, last]
  while (low < high) {
    const middle = (low + high) >> 1
    const day = days[middle] ?? ''
    if (day === '' || holds(day)) high = middle
    else low = middle + 1
  }
  return low
}

/** Adds the slots from `from` to before `to` to a set whose first word is `word`. */
export const fillSlots = (set: Uint32Array, word: number, from: number, to: number): void => {
  for (let slot = from; slot < to; ) {
    const [at, bit] = [slot >>> 5, slot & 31]
    const until = Math.min(to, (at + 1) * WORD)
    const mask = until - slot === WORD ? -1 : ((1 << (until - slot)) - 1) << bit
    set[at - word] = (set[at - word] as number) | mask
    slot = until
  }
}

const known = new WeakMap<VoteTable, ReadonlyMap<string, number>>()

/** The slots of ballots, by their ids. */
export const slotsIn = (table: VoteTable): ReadonlyMap<string, number> => {
  const slots = known.get(table) ?? new Map(table.names.ballots.map((id, slot) => [id, slot]))
  known.set(table, slots)
  return slots
}
