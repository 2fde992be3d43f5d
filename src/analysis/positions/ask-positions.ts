import { askedRows } from '../measures/asked-rows.js'
import { isAsked, type Voters } from '../measures/measure.js'
import type { Segment } from '../selection.js'
import { slotsOf, type VoteBits } from '../vote-table.js'
import { placeMembers } from './place-members.js'
import type { Positions, PositionsAsked } from './positions.js'
import { refuseAsked } from './refuse-asked.js'

/** Whose positions are asked, from which ballots, measured on whom. */
export interface PositionsAsk extends Omit<PositionsAsked, 'members' | 'ballots' | 'votes'> {
  readonly segments: readonly Segment[]
  readonly voters: Voters
  /** Whether votes are taken as they were meant. */
  readonly isMeant: boolean
}

export interface PositionsFound extends Positions {
  /** The places of the members in the names of the table. */
  readonly places: readonly number[]
  /** The slots of the ballots. */
  readonly slots: readonly number[]
}

/** Places members of a table. @throws RapporteurError `BAD_ARGUMENT`, `COST_LIMIT` */
export const askPositions = (bits: VoteBits, { segments, voters, isMeant, ...asked }: PositionsAsk): PositionsFound => {
  const slots = segments.flatMap(({ from, mask }) =>
    [...mask].flatMap((ballots, w) => slotsOf(from + w, ballots & (bits.whole[from + w] as number))),
  )
  const columns = new Map(slots.map((slot, column) => [slot, column]))
  const rows = new Map<number, number>()
  const isAnchor = (member: number) => [asked.low, asked.high, asked.above].some((anchor) => anchor?.member === member)
  const asRows = { bits, ask: { voters }, meant: isMeant }
  const found = segments.flatMap((segment) =>
    askedRows(asRows, segment, (chunk, row) => {
      if (isAnchor(chunk.members[row] as number)) return 'all'
      return isAsked(voters, chunk, row, segment) ? 'asked' : 'none'
    }),
  )
  for (const { member } of found) if (!rows.has(member)) rows.set(member, rows.size)
  const anchorRow = <T extends { readonly member: number }>(anchor: T): T => {
    // Who has no row has no vote; a row of its own says so.
    if (!rows.has(anchor.member)) rows.set(anchor.member, rows.size)
    return { ...anchor, member: rows.get(anchor.member) as number }
  }
  const [low, high, above] = [anchorRow(asked.low), anchorRow(asked.high), asked.above && anchorRow(asked.above)]
  const asking = { ...asked, low, high, above, members: rows.size, ballots: slots.length }
  // Before there is room made for so many cells.
  refuseAsked(asking)
  const votes = new Int8Array(rows.size * slots.length)
  for (const { member, eachWord } of found) {
    const start = (rows.get(member) as number) * slots.length
    eachWord((word, ballots, p, q) => {
      for (const slot of slotsOf(word, (p ^ q) & ballots))
        votes[start + (columns.get(slot) as number)] = (p >>> (slot & 31)) & 1 ? 1 : -1
    })
  }
  return { ...placeMembers({ ...asking, votes }), places: [...rows.keys()], slots }
}
