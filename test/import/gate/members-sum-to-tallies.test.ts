import { expect, it } from 'vitest'
import { membersSumToTallies } from '../../../src/import/gate/members-sum-to-tallies.js'
import { ballot, findingsOf, groupCount, link, tally } from '../../support/gate-records.js'

const vote = (member: number, option: string, group: string | null, of = 'ep-vote:1') =>
  link('Vote', `ep-mep:${member}`, of, { option, group })
const published = [
  ballot('ep-vote:1', tally(2, 1, 0, 1)),
  ballot('ep-vote:2', tally(0, 1, 0, 0)),
  ...groupCount('ep-vote:1', 'ep-group:SD', tally(2, 0, 0, 1)),
  ...groupCount('ep-vote:1', 'ep-group:NI', tally(0, 1, 0, 0)),
]
const votes = [
  vote(1, 'FOR', 'ep-group:SD'),
  vote(2, 'FOR', 'ep-group:SD'),
  vote(3, 'DID_NOT_VOTE', 'ep-group:SD'),
  vote(4, 'AGAINST', 'ep-group:NI'),
]

it('is silent where the members sum to every tally, and about ballots without members', () => {
  expect(findingsOf(membersSumToTallies(), [...published, ...votes])).toEqual([])
  expect(findingsOf(membersSumToTallies(), published)).toEqual([])
})

it('names the group and the total of which one vote is missing', () => {
  expect(findingsOf(membersSumToTallies(), [...published, ...votes.slice(1)])).toEqual([
    {
      rule: 'MEMBERS_SUM_TO_TALLIES',
      record: 'ep-vote:1',
      message:
        'The total of the ballot is 2 for, 1 against, 0 abstentions, 1 did not vote; the votes of its members sum to 1 for, 1 against, 0 abstentions, 1 did not vote.',
      expected: '2 for, 1 against, 0 abstentions, 1 did not vote',
      found: '1 for, 1 against, 0 abstentions, 1 did not vote',
    },
    {
      rule: 'MEMBERS_SUM_TO_TALLIES',
      record: 'ep-vote:1/ep-group:SD',
      message:
        "The group's tally is 2 for, 0 against, 0 abstentions, 1 did not vote; the votes of its members sum to 1 for, 0 against, 0 abstentions, 1 did not vote.",
      expected: '2 for, 0 against, 0 abstentions, 1 did not vote',
      found: '1 for, 0 against, 0 abstentions, 1 did not vote',
    },
  ])
})

it('takes the votes of ballots in any order, of members without a group, and of more groups than any parliament has', () => {
  const many = Array.from({ length: 100 }, (_, group) => [
    ...groupCount('ep-vote:3', `ep-group:G${group}`, tally(1, 0, 0, 0)),
  ]).flat()
  const mixed = Array.from({ length: 100 }, (_, group) => [
    vote(group, 'FOR', `ep-group:G${group}`, 'ep-vote:3'),
    vote(group, 'AGAINST', null, 'ep-vote:4'),
  ]).flat()
  const records = [
    ballot('ep-vote:3', tally(100, 0, 0, 0)),
    ballot('ep-vote:4', tally(0, 100, 0, 0)),
    ...many,
    ...mixed,
  ]
  expect(findingsOf(membersSumToTallies(), records)).toEqual([])
})
