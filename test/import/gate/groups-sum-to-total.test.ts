import { expect, it } from 'vitest'
import { groupsSumToTotal } from '../../../src/import/gate/groups-sum-to-total.js'
import { ballot, findingsOf, groupCount, tally } from '../../support/gate-records.js'

const groups = [
  ...groupCount('ep-vote:1', 'ep-group:SD', tally(10, 1, 2, 3)),
  ...groupCount('ep-vote:1', 'ep-group:ECR', tally(5, 6, 7, 8)),
]

it('is silent where the groups sum to the total', () => {
  expect(findingsOf(groupsSumToTotal(), [ballot('ep-vote:1', tally(15, 7, 9, 11)), ...groups])).toEqual([])
})

it('names both sums where they differ', () => {
  expect(findingsOf(groupsSumToTotal(), [ballot('ep-vote:1', tally(16, 7, 9, 11)), ...groups])).toEqual([
    {
      rule: 'GROUPS_SUM_TO_TOTAL',
      record: 'ep-vote:1',
      message:
        'The total is 16 for, 7 against, 9 abstentions, 11 did not vote; the tallies of groups sum to 15 for, 7 against, 9 abstentions, 11 did not vote.',
      expected: '16 for, 7 against, 9 abstentions, 11 did not vote',
      found: '15 for, 7 against, 9 abstentions, 11 did not vote',
    },
  ])
})

it('does not compare what is not published', () => {
  expect(findingsOf(groupsSumToTotal(), [ballot('ep-vote:1', tally(15, 7, 9)), ...groups])).toEqual([])
  expect(
    findingsOf(groupsSumToTotal(), [ballot('ep-vote:1', tally(15, 7, 9)), ballot('ep-vote:2', tally(1, 1, 1))]),
  ).toEqual([])
})
