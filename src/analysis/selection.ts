import { fillSlots, firstSlot, slotsIn } from './slots.js'
import { ones, type VoteTable, WORD } from './vote-table.js'

/** Over which stretches of time figures are asked. */
export type Every = 'YEAR' | 'MONTH' | 'SITTING'

/** Which ballots a question is about. */
export interface BallotsAsked {
  /** The ids of ballots; null for all there are. */
  readonly ids: readonly string[] | null
  readonly from: string | null
  readonly to: string | null
  /** The body in which they were held; null for any. */
  readonly body: string | null
  readonly every: Every | null
}

/** A part of a chunk, and which of its ballots are asked: as many words as from `from` to `to`. */
export interface Segment {
  readonly chunk: number
  readonly from: number
  readonly to: number
  readonly mask: Uint32Array
}

/** Ballots of one stretch of time, in the order of the table. */
export interface Period {
  /** `2022`, `2022-01`, `2022-01-20`; empty for all of them. */
  readonly name: string
  readonly segments: readonly Segment[]
}

export interface Selection {
  /** In the order of time. */
  readonly periods: readonly Period[]
  /** How many ballots are in none of them, since their day is not known. */
  readonly undated: number
}

const LENGTHS: Readonly<Record<Every, number>> = { YEAR: 4, MONTH: 7, SITTING: 10 }

/** Finds the ballots that are asked. In a chunk they stand in the order of days, so that none need be looked at by itself. */
export const selectBallots = (table: VoteTable, asked: BallotsAsked): Selection => {
  const { days, bodies } = table.names
  const among = setOf(table, asked.ids)
  const isDated = asked.from !== null || asked.to !== null || asked.every !== null
  const periods = new Map<string, Segment[]>()
  let undated = 0
  table.bits.chunks.forEach(({ word, words }, chunk) => {
    if (asked.body !== null && bodies[chunk] !== asked.body) return
    const [first, last] = [word * WORD, (word + words) * WORD]
    const add = (name: string, from: number, to: number): void => {
      const segment = segmentOf(among, chunk, from, to)
      if (segment) periods.set(name, [...(periods.get(name) ?? []), segment])
    }
    if (!isDated) {
      add('', first, last)
      return
    }
    const { from, to, every } = asked
    const known = firstSlot(days, first, last, () => false)
    undated += segmentOf(among, chunk, known, last)?.mask.reduce((sum, each) => sum + ones(each), 0) ?? 0
    const end = to === null ? known : firstSlot(days, first, known, (day) => day > to)
    let slot = from === null ? first : firstSlot(days, first, known, (day) => day >= from)
    while (slot < end) {
      const name = every ? (days[slot] as string).slice(0, LENGTHS[every]) : ''
      const next = every ? firstSlot(days, slot, end, (day) => day.slice(0, LENGTHS[every]) > name) : end
      add(name, slot, next)
      slot = next
    }
  })
  // What is not asked by periods has one figure also where there is no ballot.
  if (!asked.every && periods.size === 0) periods.set('', [])
  const sorted = [...periods].sort(([a], [b]) => (a < b ? -1 : 1))
  return { periods: sorted.map(([name, segments]) => ({ name, segments })), undated }
}

/** The slots of these ballots, or of all there are. */
const setOf = (table: VoteTable, ids: readonly string[] | null): Uint32Array => {
  const { taken, words } = table.bits
  if (ids === null) return taken
  const slots = slotsIn(table)
  const set = new Uint32Array(words)
  for (const id of ids) {
    const slot = slots.get(id)
    if (slot !== undefined) fillSlots(set, 0, slot, slot + 1)
  }
  return set
}

/** Those of a chunk's slots from `from` to before `to` that are in the set; null where none is. */
const segmentOf = (set: Uint32Array, chunk: number, from: number, to: number): Segment | null => {
  let [first, last] = [from >>> 5, (to + WORD - 1) >>> 5]
  const mask = new Uint32Array(last - first)
  fillSlots(mask, first, from, to)
  for (let word = first; word < last; word += 1)
    mask[word - first] = (mask[word - first] as number) & (set[word] as number)
  const begin = first
  while (first < last && mask[first - begin] === 0) first += 1
  while (first < last && mask[last - 1 - begin] === 0) last -= 1
  return first === last ? null : { chunk, from: first, to: last, mask: mask.slice(first - begin, last - begin) }
}
