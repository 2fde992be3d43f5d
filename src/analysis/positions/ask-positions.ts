import { isAsked, type Voters } from '../measures/measure.js'
import type { Segment } from '../selection.js'
import { type Chunk, type VoteBits, WORD } from '../vote-table.js'
import { placeMembers } from './place-members.js'
import type { Positions, PositionsAsked } from './positions.js'

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
  const each = (tell: (chunk: Chunk, row: number, segment: Segment) => void) => {
    for (const segment of segments) {
      const chunk = bits.chunks[segment.chunk] as Chunk
      for (let row = 0; row < chunk.members.length; row += 1)
        if (isAsked(voters, chunk, row, segment) || isAnchor(chunk.members[row] as number)) tell(chunk, row, segment)
    }
  }
  each((chunk, row) => {
    const member = chunk.members[row] as number
    if (!rows.has(member)) rows.set(member, rows.size)
  })
  const anchorRow = <T extends { readonly member: number }>(anchor: T): T => {
    // Who has no row has no vote; a row of its own says so.
    if (!rows.has(anchor.member)) rows.set(anchor.member, rows.size)
    return { ...anchor, member: rows.get(anchor.member) as number }
  }
  const [low, high, above] = [anchorRow(asked.low), anchorRow(asked.high), asked.above && anchorRow(asked.above)]
  const votes = new Int8Array(rows.size * slots.length)
  each((chunk, row, { from, to, mask }) => {
    const at = (isMeant ? (chunk.meant[row] as number) : row) * chunk.words * 3 - chunk.word
    const start = (rows.get(chunk.members[row] as number) as number) * slots.length
    for (let word = from; word < to; word += 1) {
      const [p, q] = [chunk.planes[at + word] as number, chunk.planes[at + chunk.words + word] as number]
      const all = (p ^ q) & (mask[word - from] as number) & (bits.whole[word] as number)
      for (const slot of slotsOf(word, all))
        votes[start + (columns.get(slot) as number)] = (p >>> (slot & 31)) & 1 ? 1 : -1
    }
  })
  const found = placeMembers({ ...asked, low, high, above, members: rows.size, ballots: slots.length, votes })
  return { ...found, places: [...rows.keys()], slots }
}

const slotsOf = (word: number, ballots: number): readonly number[] => {
  const slots: number[] = []
  for (let left = ballots; left !== 0; left &= left - 1) slots.push(word * WORD + 31 - Math.clz32(left & -left))
  return slots
}
