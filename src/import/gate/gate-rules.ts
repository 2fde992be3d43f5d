import { endsBeforeItBegins } from './ends-before-it-begins.js'
import type { GateRule } from './gate-rule.js'
import { groupsSumToTotal } from './groups-sum-to-total.js'
import { membersSumToTallies } from './members-sum-to-tallies.js'
import { resultAgreesWithCounts } from './result-agrees-with-counts.js'
import { votesInsideMemberships } from './votes-inside-memberships.js'

/** The rules of the gate, new for one edition. */
export const gateRules = (): readonly GateRule[] => [
  resultAgreesWithCounts(),
  groupsSumToTotal(),
  membersSumToTallies(),
  votesInsideMemberships(),
  endsBeforeItBegins(),
]
