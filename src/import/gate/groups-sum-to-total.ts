import { isNode, type NodeRecord } from '../../model/records.js'
import { sayTally, tallyOf } from '../../model/tally.js'
import type { Finding } from '../importer.js'
import { BallotFigures, type Told } from './ballot-figures.js'
import type { GateRule } from './gate-rule.js'

/** The tallies of all groups of a ballot sum to its total; those of countries likewise. A figure that is not known is not compared. */
export const groupsSumToTotal = (): GateRule => {
  const ballots = new BallotFigures()
  /** Tallies whose ballot is not known yet: their link follows at once. */
  const waiting = new Map<string, { readonly by: string; readonly tally: Told }>()
  const sums = new Map<string, Map<string, Told>>()

  const seeNode = (record: NodeRecord): void => {
    if (record.type === 'VoteEvent') {
      ballots.see(record)
      return
    }
    const tally = tallyOf(record.values)
    if (tally) waiting.set(record.id, { by: String(record.values['by']), tally })
  }

  return {
    kinds: ['VoteEvent', 'VoteCount', 'CountOf'],
    see: (record) => {
      if (isNode(record)) return seeNode(record)
      const count = waiting.get(record.from)
      if (!count) return
      waiting.delete(record.from)
      const ofBallot = sums.get(record.to) ?? new Map<string, Told>()
      sums.set(record.to, ofBallot)
      const sum = ofBallot.get(count.by)
      ofBallot.set(count.by, sum ? add(sum, count.tally) : count.tally)
    },
    *findings(): Iterable<Finding> {
      for (const [record, ofBallot] of sums) {
        const total = ballots.total(ballots.number(record))
        if (!total) continue
        for (const [by, sum] of ofBallot) {
          if (same(total, sum)) continue
          const whose = by === 'COUNTRY' ? 'countries' : 'groups'
          const [expected, found] = [sayTally(total), sayTally(sum)]
          const rule = by === 'COUNTRY' ? 'COUNTRIES_SUM_TO_TOTAL' : 'GROUPS_SUM_TO_TOTAL'
          yield {
            rule,
            record,
            message: `The total is ${expected}; the tallies of ${whose} sum to ${found}.`,
            expected,
            found,
          }
        }
      }
    },
  }
}

const add = (a: Told, b: Told): Told => ({
  for: a.for + b.for,
  against: a.against + b.against,
  abstention: a.abstention + b.abstention,
  didNotVote: a.didNotVote === null || b.didNotVote === null ? null : a.didNotVote + b.didNotVote,
})

const same = (a: Told, b: Told): boolean =>
  a.for === b.for &&
  a.against === b.against &&
  a.abstention === b.abstention &&
  (a.didNotVote === null || b.didNotVote === null || a.didNotVote === b.didNotVote)
