import { isNode } from '../../model/records.js'
import { sayTally, tallyOf } from '../../model/tally.js'
import type { Finding } from '../importer.js'
import type { GateRule } from './gate-rule.js'

/**
 * A text is adopted with more votes for than against, whatever majority it needs. With more for than against it may
 * still be rejected, where it needs a majority of all members (budgets, second readings, the Rules of Procedure);
 * a resolution (RSP) needs none, so there the two contradict each other.
 */
export const resultAgreesWithCounts = (): GateRule => {
  const findings: Finding[] = []
  return {
    kinds: ['VoteEvent'],
    see: (record) => {
      if (!isNode(record)) return
      const { result, procedure } = record.values
      const tally = tallyOf(record.values)
      if (!tally) return
      const simple = typeof procedure === 'string' && procedure.endsWith('(RSP)')
      const expected =
        tally.for <= tally.against
          ? result === 'ADOPTED'
            ? 'REJECTED'
            : null
          : simple && result === 'REJECTED'
            ? 'ADOPTED'
            : null
      if (!expected) return
      const message = `The ballot is published as ${String(result).toLowerCase()}, with ${sayTally(tally)}.`
      findings.push({ rule: 'result-agrees-with-counts', record: record.id, message, expected, found: String(result) })
    },
    findings: () => findings,
  }
}
