import { describe, expect, it } from 'vitest'
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
      rule: 'VOTES_INSIDE_MEMBERSHIPS',
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

describe('votes in a body of which the edition gives memberships of the person', () => {
  const house = [
    link('HeldIn', 'vote:1', 'org:house'),
    link('HeldIn', 'vote:2', 'org:house'),
    link('HeldIn', 'vote:3', 'org:other-house'),
    link('Membership', 'person:1', 'org:house', { startDate: '2015-01-01', endDate: '2018-12-31' }),
    link('Membership', 'person:1', 'org:house', { startDate: '2020-01-01' }),
    link('Membership', 'person:2', 'org:house', { term: 9 }),
    link('Membership', 'person:3', 'org:party', { startDate: '2020-01-01' }),
  ]
  const inBallot = (person: number, number: number, date: string) =>
    link('Vote', `person:${person}`, `vote:${number}`, { option: 'FOR', date })

  it('are found outside of them, without any group', () => {
    const votes = [inBallot(1, 1, '2014-05-05'), inBallot(1, 2, '2019-01-01'), inBallot(1, 1, '2018-12-31')]
    expect(findingsOf(votesInsideMemberships(), [...house, ...votes])).toEqual([
      {
        rule: 'VOTES_INSIDE_MEMBERSHIPS',
        record: 'person:1',
        part: 'org:house',
        message: '2 votes in org:house, the first in vote:1 on 2014-05-05, outside every membership of that body.',
        expected: '0',
        found: '2',
      },
    ])
  })

  it('are none where a membership has no days, in another body, and of persons who are no known members of it', () => {
    const votes = [inBallot(2, 1, '2014-05-05'), inBallot(1, 3, '2014-05-05'), inBallot(3, 1, '2014-05-05')]
    expect(findingsOf(votesInsideMemberships(), [...house, ...votes])).toEqual([])
  })
})
