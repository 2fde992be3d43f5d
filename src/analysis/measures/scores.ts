import { ABSENT, optionAt, WORD } from '../vote-table.js'
import { askedRows } from './asked-rows.js'
import type { Counting, Measure, ScorecardAsk } from './measure.js'

/** How far members voted as the authors of a scorecard hold right. */
export const scores: Measure = {
  formula: () =>
    'the weights of the ballots in which the member voted as the scorecard holds right, and half of those that it counts as half / the weights of the ballots that count for the member',
  of: () => 'member',
  with: () => null,
  base: () => 'members',
  rest: () => 'NOT_CAST',
  run(input, sink) {
    const card = input.ask.scorecard
    if (!card) return
    for (const segment of input.segments) {
      for (const { member, eachWord } of askedRows(input, segment)) {
        sink.touch(member)
        eachWord((word, ballots, p, q, absent) => {
          for (let left = ballots & (p | q | absent); left !== 0; left &= left - 1) {
            const bit = left & -left
            const slot = word * WORD + 31 - Math.clz32(bit)
            const item = card.ballots.get(slot)
            const option = optionAt(p, q, absent, bit)
            const share = item ? shareOf(card, item.option, option) : null
            if (item && share !== null) sink.value(member, slot, share * item.weight, item.weight, share === 1)
          }
        })
      }
    }
  },
}

const shareOf = (card: ScorecardAsk, right: number, option: number): number | null => {
  if (option === right) return 1
  if (option === ABSENT) return SHARES[card.absences]
  return option === 2 ? SHARES[card.abstentions] : 0
}

/** How much of a ballot's weight counts; null where the ballot does not. */
const SHARES: Readonly<Record<Counting, number | null>> = { LEFT_OUT: null, HALF: 0.5, DISAGREEMENT: 0 }
