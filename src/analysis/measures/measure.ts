import type { Segment } from '../selection.js'
import type { Chunk, VoteBits } from '../vote-table.js'

/** Why a ballot is no part of a figure. */
export const REASONS = [
  'FILTER_NOT_KNOWN',
  'DATE_NOT_KNOWN',
  'NO_VOTES',
  'PARTIAL_LIST',
  'NOT_PRESENT',
  'NOT_CAST',
  'NOBODY_CAST',
  'ONLY_ABSTENTIONS',
  'NO_GROUP',
  'NO_PLURALITY',
  'NOT_TOGETHER',
  'OUTCOME_NOT_KNOWN',
  'TOTALS_NOT_KNOWN',
  'ABSENCE_NOT_KNOWN',
  'NOT_A_MEMBER',
] as const
export type Reason = (typeof REASONS)[number]

/**
 * What a figure is of: a member, a group or a country by its place in the names of the table; a set of groups; or of all
 * together.
 */
export type Kind = 'member' | 'group' | 'country' | 'groups' | 'all'

/** Whose votes are asked; all conditions hold together. */
export interface Voters {
  /** By their place in the names of the table; -2 for one that is not there, null for any. */
  readonly group: number | null
  readonly country: number | null
  /** By place: 1 for each member that is asked; null for any. */
  readonly members: Uint8Array | null
  /** By place of the member: the ballots in which its votes are asked; null for all, and none for who is not in it. */
  readonly during: ReadonlyMap<number, Uint32Array> | null
}

/** A question to a measure, in numbers. */
export interface MeasureAsk {
  readonly voters: Voters
  readonly by: Kind
  /** The member or group that others are compared with; -2 for one that is not in the table, null where none is asked. */
  readonly of: number | null
  /** The groups that are asked, by place; null for all. */
  readonly groups: readonly number[] | null
  /** What the measure makes of it: the index of cohesion, whether abstentions are left out, how close. */
  readonly variant: string
  readonly share: number
  /** By which a key of two is made: more than there are of any kind. */
  readonly width: number
  /** By place of the member: the ballots in which it held a seat; null where nothing is known of seats. */
  readonly seats: ReadonlyMap<number, Uint32Array> | null
  /** Days by slot, where a measure counts them. */
  readonly days: Int32Array | null
  /** The scorecard by which members are scored; null where none is. */
  readonly scorecard: ScorecardAsk | null
}

/** A scorecard in numbers. */
export interface ScorecardAsk {
  /** By slot: the place in `CAST` of the option that is held right, and its weight. */
  readonly ballots: ReadonlyMap<number, { readonly option: number; readonly weight: number }>
  /** How an absence, and an abstention where another option is held right, count. */
  readonly absences: Counting
  readonly abstentions: Counting
}

export type Counting = 'LEFT_OUT' | 'HALF' | 'DISAGREEMENT'

/** What a measure runs over: the ballots of one period. */
export interface MeasureInput {
  readonly bits: VoteBits
  readonly segments: readonly Segment[]
  readonly ask: MeasureAsk
  /** Whether votes are taken as they were meant, where their members said so. */
  readonly meant: boolean
}

/** Takes what a measure finds, for a key: what the figure is of, and with whom. Words are places among all of the table. */
export interface Sink {
  /** Ballots that count, and those of them that count for the figure. */
  count(key: number, word: number, counted: number, hits: number): void
  /**
   * A ballot that counts with a number of its own, of so much at most.
   * @param isHit whether it counts for the figure; null where each does, as much as its number
   */
  value(key: number, slot: number, value: number, most?: number, isHit?: boolean | null): void
  /** Ballots that do not count, and why. */
  exclude(key: number, reason: Reason, word: number, ballots: number): void
  /** That there is something of this key, though nothing may count. */
  touch(key: number): void
}

/**
 * What a figure is worked out from: from members' votes, of which all must be known; from groups' tallies, which are
 * summed from members' votes where all are known, and else as published; or from the totals of ballots.
 */
type Base = 'members' | 'tallies' | 'totals'

/** How a figure is worked out of votes. */
export interface Measure {
  /** What it is, as a formula in words. */
  formula(ask: Pick<MeasureAsk, 'variant' | 'by' | 'share'>): string
  /** What its figures are of, and with whom, if so. */
  of(ask: MeasureAsk): Kind
  with(ask: MeasureAsk): Kind | null
  base(ask: MeasureAsk): Base
  /** Why a ballot of which all votes are known, and that `run` does not account for, does not count; null where it counts no ballots. */
  rest(ask: MeasureAsk): Reason | null
  run(input: MeasureInput, sink: Sink): void
}

/** The key of a figure of one, or of two. */
export const keyOf = (of: number, other: number, others: number): number => of * others + other

/**
 * Whether rows stand together on the list of some ballot of a segment, as cast or as meant, in which their votes are asked.
 * Other ballots of their chunk are no part of the question.
 */
export const areListed = (
  { planes, words, word, meant, members }: Chunk,
  rows: readonly number[],
  { from, to, mask }: Segment,
  during: Voters['during'],
): boolean => {
  for (let w = from - word; w < to - word; w += 1) {
    let listed = mask[w + word - from] as number
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] as number
      const asked = during?.get(members[row] as number)
      const [cast, said] = [row * 3 * words + w, (meant[row] as number) * 3 * words + w]
      let known = 0
      for (let plane = 0; plane < 3 * words; plane += words)
        known |= (planes[cast + plane] as number) | (planes[said + plane] as number)
      listed &= asked ? known & (asked[w + word] as number) : known
    }
    if (listed !== 0) return true
  }
  return false
}

/** Whether a row of a chunk is one of the voters' in a segment. */
export const isAsked = (
  { group, country, members, during }: Voters,
  chunk: Chunk,
  row: number,
  segment: Segment,
): boolean =>
  (group === null || chunk.groups[row] === group) &&
  (country === null || chunk.countries[row] === country) &&
  (members === null || members[chunk.members[row] as number] === 1) &&
  (during === null || during.has(chunk.members[row] as number)) &&
  areListed(chunk, [row], segment, during)

/** The place of a row's planes, as cast or as meant. */
export const planesAt = (chunk: Chunk, row: number, meant: boolean): number =>
  (meant ? (chunk.meant[row] as number) : row) * chunk.words * 3

/** What a row belongs to, by the kind asked. */
export const placeOf = (kind: Kind, chunk: Chunk, row: number): number => {
  if (kind === 'member') return chunk.members[row] as number
  if (kind === 'group') return chunk.groups[row] as number
  return kind === 'country' ? (chunk.countries[row] as number) : 0
}
