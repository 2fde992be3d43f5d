import { expect, it } from 'vitest'
import { endsBeforeItBegins } from '../../../src/import/gate/ends-before-it-begins.js'
import { findingsOf, link } from '../../support/gate-records.js'

const stay = (name: string, startDate: string | null, endDate: string | null) =>
  link(name, 'person:1', 'org:1', { startDate, endDate })

it('is silent where a stay ends on the day it begins or later, or a day is not known', () => {
  const stays = [
    stay('Membership', '2019-05-29', '2019-05-29'),
    stay('Membership', '2019-05-29', null),
    stay('Holding', null, '2014-05-06'),
  ]
  expect(findingsOf(endsBeforeItBegins(), stays)).toEqual([])
})

it('finds each membership and office held that ends before it begins, with both days', () => {
  const stays = [stay('Membership', '2019-05-29', '2014-05-06'), stay('Holding', '2019-05-29', '2019-05-28')]
  expect(findingsOf(endsBeforeItBegins(), stays)).toMatchObject([
    {
      rule: 'ENDS_BEFORE_IT_BEGINS',
      record: 'person:1',
      message: 'The membership of "org:1" ends on 2014-05-06, before it begins on 2019-05-29.',
    },
    { message: 'The holding of "org:1" ends on 2019-05-28, before it begins on 2019-05-29.', found: '2019-05-28' },
  ])
})
