import type { Segment } from '../selection.js'
import { type Chunk, optionAt, WORD } from '../vote-table.js'
import { askedRows } from './asked-rows.js'
import { type Measure, type MeasureAsk, type MeasureInput, placeOf, type Sink } from './measure.js'

const FORMULAS: Readonly<Record<string, string>> = {
  AGREEMENT_INDEX:
    'the mean over ballots of (max(Y, N, A) − ½ (Y + N + A − max(Y, N, A))) / (Y + N + A), with Y votes for, N against and A abstentions',
  RICE: 'the mean over ballots of |Y − N| / (Y + N), with Y votes for and N against',
  ATTINA:
    'the mean over ballots of (max(Y, N, A) − (Y + N + A − max(Y, N, A))) / (Y + N + A), with Y votes for, N against and A abstentions',
}

/** How united a group, a country or any set of members votes: the mean over ballots of an index of each. */
export const cohesion: Measure = {
  formula: ({ variant }) => FORMULAS[variant] as string,
  of: ({ by }) => by,
  with: () => null,
  base: (ask) => (isOfGroups(ask) ? 'tallies' : 'members'),
  rest: () => 'NOT_PRESENT',
  run(input, sink) {
    const over = isOfGroups(input.ask) ? overTallies : overMembers
    for (const segment of input.segments) over(input, segment, sink)
  },
}

/** Whether whole groups are asked, so that their tallies tell how they voted. */
const isOfGroups = ({ voters, by }: MeasureAsk): boolean => {
  const isAnybody = voters.country === null && voters.members === null && voters.during === null
  return isAnybody && (by === 'group' || (by === 'all' && voters.group !== null))
}

const overTallies = ({ bits, ask, meant }: MeasureInput, { from, mask }: Segment, sink: Sink): void => {
  const { start, groups, numbers } = meant ? bits.meantTallies : bits.tallies
  const { group: only } = ask.voters
  mask.forEach((asked, w) => {
    for (let left = asked; left !== 0; left &= left - 1) {
      const slot = (from + w) * WORD + 31 - Math.clz32(left & -left)
      for (let i = start[slot] as number; i < (start[slot + 1] as number); i += 1) {
        const group = groups[i] as number
        if (only !== null && group !== only) continue
        const key = ask.by === 'all' ? 0 : group
        countBallot(sink, ask.variant, key, slot, numbers, i * 3)
      }
    }
  })
}

const overMembers = (input: MeasureInput, segment: Segment, sink: Sink): void => {
  const { bits, ask } = input
  const { from, mask } = segment
  const chunk = bits.chunks[segment.chunk] as Chunk
  /** By key: for each ballot the votes for and against, the abstentions, and who did not vote. */
  const counts = new Map<number, Uint16Array>()
  for (const { row, eachWord } of askedRows(input, segment)) {
    const key = placeOf(ask.by, chunk, row)
    if (key < 0) continue
    sink.touch(key)
    const of = counts.get(key) ?? new Uint16Array(mask.length * WORD * 4)
    counts.set(key, of)
    eachWord((word, ballots, p, q, absent) => {
      for (let left = (p | q | absent) & ballots; left !== 0; left &= left - 1) {
        const bit = left & -left
        const place = ((word - from) * WORD + 31 - Math.clz32(bit)) * 4 + optionAt(p, q, absent, bit)
        of[place] = (of[place] as number) + 1
      }
    })
  }
  for (const [key, of] of counts) {
    for (let ballot = 0; ballot < of.length / 4; ballot += 1) {
      const at = ballot * 4
      const present = (of[at] as number) + (of[at + 1] as number) + (of[at + 2] as number) + (of[at + 3] as number)
      if (present > 0) countBallot(sink, ask.variant, key, from * WORD + ballot, of, at)
    }
  }
}

/** Counts one ballot, of which three numbers tell how many voted for and against and abstained. */
const countBallot = (
  sink: Sink,
  variant: string,
  key: number,
  slot: number,
  numbers: Int32Array | Uint16Array,
  at: number,
): void => {
  const [yes, no, abstained] = [numbers[at], numbers[at + 1], numbers[at + 2]] as [number, number, number]
  const all = yes + no + abstained
  if (all === 0) sink.exclude(key, 'NOBODY_CAST', slot >>> 5, 1 << (slot & 31))
  else if (variant === 'RICE') {
    if (yes + no === 0) sink.exclude(key, 'ONLY_ABSTENTIONS', slot >>> 5, 1 << (slot & 31))
    else sink.value(key, slot, Math.abs(yes - no) / (yes + no))
  } else {
    const most = Math.max(yes, no, abstained)
    sink.value(key, slot, (most - (all - most) * (variant === 'ATTINA' ? 1 : 0.5)) / all)
  }
}
