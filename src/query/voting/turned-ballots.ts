import { quickThread } from '../../analysis/threads.js'
import { type Composer, numberIn } from '../composed/composer.js'
import { DEFAULT_FIRST } from './answer-figures.js'
import { askedBallots } from './asked-ballots.js'
import { rowsAtMost, VOTES_PRICE, VOTING_FILTERS, VOTING_READINGS } from './figures-composer.js'

/** The ballots that would have ended otherwise had all voted as they meant. */
export const composeTurnedBallots: Composer = {
  readings: VOTING_READINGS,
  filters: VOTING_FILTERS,
  atMost: rowsAtMost,
  price: () => VOTES_PRICE,
  async compose(given, composing) {
    const { table, selection, ballotCount, undecidedCount, undatedCount } = await askedBallots(given, composing)
    const { names, bits, version } = table
    const segments = selection.periods.flatMap((period) => period.segments)
    const found = await quickThread.run('turned', { bits, asked: { segments } }, composing.options)
    const latestFirst = [...found].sort(({ slot: a }, { slot: b }) => {
      const [one, other] = [names.days[a] ?? '', names.days[b] ?? '']
      return one === other ? a - b : one < other ? 1 : -1
    })
    const skip = numberIn(given, 'skip', 0)
    const rows = latestFirst.slice(skip, skip + numberIn(given, 'first', DEFAULT_FIRST))
    return {
      rows: rows.map(({ slot, cast, meant, corrections }) => ({
        voteEvent: names.ballots[slot],
        for: cast[0],
        against: cast[1],
        meantFor: meant[0],
        meantAgainst: meant[1],
        corrections,
      })),
      rowCount: found.length,
      ballotCount,
      undecidedCount,
      undatedCount,
      dataVersion: version,
    }
  },
  words: () => 'compares the totals of ballots with what members said later that they meant',
}
