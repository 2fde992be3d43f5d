import { CHUNK_WORDS, type VoteTable, WORD } from './vote-table.js'

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

/** Finds the ballots that are asked. */
export const selectBallots = (table: VoteTable, asked: BallotsAsked): Selection => {
  const { ballots, days, bodies } = table.names
  const ids = asked.ids && new Set(asked.ids)
  const isDated = asked.from !== null || asked.to !== null || asked.every !== null
  const periods = new Map<string, Map<number, number[]>>()
  let undated = 0
  table.bits.chunks.forEach(({ word, words }, number) => {
    if (asked.body !== null && bodies[number] !== asked.body) return
    for (let slot = word * WORD; slot < (word + words) * WORD; slot += 1) {
      const id = ballots[slot] ?? ''
      if (id === '' || (ids && !ids.has(id))) continue
      const day = days[slot] ?? ''
      if (isDated && day === '') {
        undated += 1
        continue
      }
      if ((asked.from !== null && day < asked.from) || (asked.to !== null && day > asked.to)) continue
      const name = asked.every ? day.slice(0, LENGTHS[asked.every]) : ''
      const chunks = periods.get(name) ?? new Map<number, number[]>()
      const slots = chunks.get(number) ?? []
      slots.push(slot)
      periods.set(name, chunks.set(number, slots))
    }
  })
  // What is not asked by periods has one figure also where there is no ballot.
  if (!asked.every && periods.size === 0) periods.set('', new Map())
  const sorted = [...periods].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    periods: sorted.map(([name, chunks]) => ({
      name,
      segments: [...chunks].map(([chunk, slots]) => segmentOf(chunk, slots)),
    })),
    undated,
  }
}

const segmentOf = (chunk: number, slots: readonly number[]): Segment => {
  const from = (slots[0] as number) >>> 5
  const to = ((slots.at(-1) as number) >>> 5) + 1
  const mask = new Uint32Array(Math.min(to - from, CHUNK_WORDS))
  for (const slot of slots) {
    const word = (slot >>> 5) - from
    mask[word] = (mask[word] as number) | (1 << (slot & 31))
  }
  return { chunk, from, to, mask }
}
