import type { Segment } from '../selection.js'
import type { Chunk } from '../vote-table.js'
import { isAsked, type MeasureInput, planesAt, type Voters } from './measure.js'

/**
 * Told of a word of ballots of which all votes are known and the row's are asked: which ballots these are, and in which the
 * vote was for or an abstention, against or an abstention, and not cast.
 */
type TellWord = (word: number, ballots: number, p: number, q: number, absent: number) => void

/** The votes of a member in one group and for one country, in the ballots of a segment. */
export interface AskedRow {
  readonly row: number
  readonly member: number
  readonly group: number
  eachWord(tell: TellWord): void
}

/** Which votes of a row are taken: none, those on days on which the member is asked, or all. */
type Taken = 'none' | 'asked' | 'all'

/** The rows of a segment's chunk whose votes are asked, unless told otherwise, with the votes that are taken. */
export const askedRows = (
  { bits, ask, meant }: Pick<MeasureInput, 'bits' | 'meant'> & { readonly ask: { readonly voters: Voters } },
  segment: Segment,
  take: (chunk: Chunk, row: number) => Taken = (chunk, row) =>
    isAsked(ask.voters, chunk, row, segment) ? 'asked' : 'none',
): readonly AskedRow[] => {
  const { from, to, mask } = segment
  const chunk = bits.chunks[segment.chunk] as Chunk
  const { planes, words } = chunk
  const rows: AskedRow[] = []
  chunk.members.forEach((member, row) => {
    const taken = take(chunk, row)
    if (taken === 'none') return
    const during = taken === 'all' ? undefined : ask.voters.during?.get(member)
    const at = planesAt(chunk, row, meant) - chunk.word
    const eachWord = (tell: TellWord): void => {
      for (let word = from; word < to; word += 1) {
        const all =
          (mask[word - from] as number) & (bits.whole[word] as number) & (during ? (during[word] as number) : -1)
        const p = planes[at + word] as number
        const q = planes[at + words + word] as number
        tell(word, all, p, q, planes[at + 2 * words + word] as number)
      }
    }
    rows.push({ row, member, group: chunk.groups[row] as number, eachWord })
  })
  return rows
}
