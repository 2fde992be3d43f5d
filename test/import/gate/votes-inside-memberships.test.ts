import { expect, it } from 'vitest'
import { votesInsideMemberships } from '../../../src/import/gate/votes-inside-memberships.js'
import { findingsOf, link } from '../../support/gate-records.js'

const memberships = [
  link('Membership', 'ep-mep:1', 'ep-group:SD', { startDate: '2019-07-02', endDate: '2022-01-19' }),
  link('Membership', 'ep-mep:1', 'ep-group:NI', { startDate: '2022-01-20', endDate: null }),
]
const vote = (member: number, group: string | null, date: string) =>
  link('Vote', `ep-mep:${member}`, 'ep-vote:1', { option: 'FOR', group, date })

it('is silent on the first and last day of a membership, without a group, and about persons without memberships', () => {
  const votes = [
    vote(1, 'ep-group:SD', '2019-07-02'),
    vote(1, 'ep-group:SD', '2022-01-19'),
    vote(1, 'ep-group:NI', '2030-01-01'),
    vote(1, null, '2010-01-01'),
    vote(2, 'ep-group:SD', '2022-01-20'),
  ]
  expect(findingsOf(votesInsideMemberships(), [...memberships, ...votes])).toEqual([])
})

it('finds votes outside, once for each person and group', () => {
  const votes = [
    vote(1, 'ep-group:SD', '2022-01-20'),
    vote(1, 'ep-group:SD', '2022-01-21'),
    vote(1, 'ep-group:ECR', '2022-01-21'),
  ]
  expect(findingsOf(votesInsideMemberships(), [...memberships, ...votes])).toEqual([
    {
      rule: 'votes-inside-memberships',
      record: 'ep-mep:1',
      part: 'ep-group:SD',
      message:
        '2 votes as a member of ep-group:SD, the first in ep-vote:1 on 2022-01-20, outside every membership of that group.',
      expected: '0',
      found: '2',
    },
    expect.objectContaining({ part: 'ep-group:ECR', found: '1' }),
  ])
})
