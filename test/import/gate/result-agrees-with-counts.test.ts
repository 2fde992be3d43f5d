import { expect, it } from 'vitest'
import { resultAgreesWithCounts } from '../../../src/import/gate/result-agrees-with-counts.js'
import { ballot, findingsOf, tally } from '../../support/gate-records.js'

const find = (result: string | null, procedure: string | null, counts: ReturnType<typeof tally>) =>
  findingsOf(resultAgreesWithCounts(), [ballot('ep-vote:1', { result, procedure, ...counts })])

it('finds a text adopted without more votes for than against, whatever majority it needs', () => {
  expect(find('ADOPTED', '2024/0003(COD)', tally(300, 300, 5))).toEqual([
    {
      rule: 'result-agrees-with-counts',
      record: 'ep-vote:1',
      message: 'The ballot is published as adopted, with 300 for, 300 against, 5 abstentions.',
      expected: 'REJECTED',
      found: 'ADOPTED',
    },
  ])
})

it('finds a resolution rejected with more votes for than against', () => {
  expect(find('REJECTED', '2024/2616(RSP)', tally(264, 241, 29, 171))).toMatchObject([
    { expected: 'ADOPTED', found: 'REJECTED' },
  ])
})

it('says nothing where a majority of all members may be needed, at a tie, or without a result or counts', () => {
  expect(find('REJECTED', '2024/2006(REG)', tally(341, 274, 10))).toEqual([])
  expect(find('REJECTED', '2024/2616(RSP)', tally(302, 302, 13))).toEqual([])
  expect(find(null, '2024/2616(RSP)', tally(1, 5, 0))).toEqual([])
  expect(find('LAPSED', null, tally(0, 0, 0))).toEqual([])
  expect(find('ADOPTED', null, {})).toEqual([])
})
