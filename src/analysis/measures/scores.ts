import { type Chunk, WORD } from '../vote-table.js'
import { type Counting, isAsked, type Measure, planesAt, type ScorecardAsk } from './measure.js'

/** How far members voted as the authors of a scorecard hold right. */
export const scores: Measure = {
  formula: () =>
    'the weights of the ballots in which the member voted as the scorecard holds right, and half of those that it counts as half / the weights of the ballots that count for the member',
  of: () => 'member',
  with: () => null,
  base: () => 'members',
  rest: () => 'NOT_CAST',
  run({ bits, segments, ask, meant }, sink) {
    const card = ask.scorecard
    if (!card) return
    for (const segment of segments) {
      const chunk = bits.chunks[segment.chunk] as Chunk
      for (let row = 0; row < chunk.members.length; row += 1) {
        if (!isAsked(ask.voters, chunk, row, segment)) continue
        const member = chunk.members[row] as number
        const during = ask.voters.during?.get(member)
        const at = planesAt(chunk, row, meant) - chunk.word
        sink.touch(member)
        for (let word = segment.from; word < segment.to; word += 1) {
          const all = (segment.mask[word - segment.from] as number) & (bits.whole[word] as number)
          for (let left = all & (during ? (during[word] as number) : -1); left !== 0; left &= left - 1) {
            const bit = left & -left
            const slot = word * WORD + 31 - Math.clz32(bit)
            const item = card.ballots.get(slot)
            const option = optionAt(chunk, at, word, bit)
            const share = item && option !== null ? shareOf(card, item.option, option) : null
            if (item && share !== null) sink.value(member, slot, share * item.weight, item.weight, share === 1)
          }
        }
      }
    }
  },
}

/** The place of the option in `CAST`; 3 for who did not vote, null for who has no vote in the row. */
const optionAt = (chunk: Chunk, at: number, word: number, bit: number): number | null => {
  const isSet = (plane: number) => ((chunk.planes[at + plane * chunk.words + word] as number) & bit) !== 0
  const [p, q] = [isSet(0), isSet(1)]
  if (p) return q ? 2 : 0
  if (q) return 1
  return isSet(2) ? 3 : null
}

const shareOf = (card: ScorecardAsk, right: number, option: number): number | null => {
  if (option === right) return 1
  if (option === 3) return SHARES[card.absences]
  return option === 2 ? SHARES[card.abstentions] : 0
}

/** How much of a ballot's weight counts; null where the ballot does not. */
const SHARES: Readonly<Record<Counting, number | null>> = { LEFT_OUT: null, HALF: 0.5, DISAGREEMENT: 0 }
