import { describe, expect, it } from 'vitest'
import { resultAgreesWithCounts } from '../../../src/import/gate/result-agrees-with-counts.js'
import type { LinkRecord, Values } from '../../../src/model/records.js'
import { ballot, findingsOf, link, tally } from '../../support/gate-records.js'

const find = (result: string | null, procedure: string | null, counts: ReturnType<typeof tally>) =>
  findingsOf(resultAgreesWithCounts(), [ballot('ep-vote:1', { result, procedure, ...counts })])

it('finds a text adopted without more votes for than against, whatever majority it needs', () => {
  expect(find('ADOPTED', '2024/0003(COD)', tally(300, 300, 5))).toEqual([
    {
      rule: 'RESULT_AGREES_WITH_COUNTS',
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

it('needs no abstentions: for and against alone decide', () => {
  expect(find('ADOPTED', null, { tallyFor: 1, tallyAgainst: 3 })).toEqual([
    {
      rule: 'RESULT_AGREES_WITH_COUNTS',
      record: 'ep-vote:1',
      message: 'The ballot is published as adopted, with 1 for, 3 against.',
      expected: 'REJECTED',
      found: 'ADOPTED',
    },
  ])
  expect(find('REJECTED', '2024/2616(RSP)', { tallyFor: 3, tallyAgainst: 1 })).toHaveLength(1)
  expect(find('ADOPTED', null, { tallyFor: 1, tallyAbstention: 3 })).toEqual([])
  expect(find('ADOPTED', null, { tallyFor: 3, tallyAgainst: 1 })).toEqual([])
})

describe('a ballot rejected with more votes for than against, without a procedure', () => {
  const TEXT = 'ep-doc:RC-B9-0010/2024'
  const motion = (values: Values) => ({ type: 'Motion', id: TEXT, values, citations: [{ source: 'source:test' }] })
  const findOn = (text: Values, on: readonly LinkRecord[] = [link('BallotOn', 'ep-vote:1', TEXT)], more: Values = {}) =>
    findingsOf(resultAgreesWithCounts(), [
      motion(text),
      ballot('ep-vote:1', { result: 'REJECTED', ...tally(400, 95, 5), ...more }),
      ...on,
    ]).map(({ record }) => record)

  it('is found on a motion for a resolution, a joint one, an amendment to one and its part', () => {
    expect(findOn({ kind: 'JOINT_MOTION' })).toEqual(['ep-vote:1'])
    expect(findOn({ kind: 'MOTION', title: 'The situation in Utopia' })).toEqual(['ep-vote:1'])
    expect(
      findOn({ kind: 'MOTION', title: 'The situation in Utopia' }, [
        link('AmendmentOf', `${TEXT}#am-2`, TEXT),
        link('AmendmentPart', `${TEXT}#am-2/1`, `${TEXT}#am-2`),
        link('BallotOn', 'ep-vote:1', `${TEXT}#am-2/1`),
      ]),
    ).toEqual(['ep-vote:1'])
  })

  it('is none where the text may need a majority of all members, or is not known', () => {
    expect(findOn({ kind: 'REPORT' })).toEqual([])
    expect(findOn({ kind: 'JOINT_MOTION' }, [])).toEqual([])
    expect(findOn({ kind: 'MOTION', procedure: '2024/2006(DEA)' })).toEqual([])
    expect(findOn({ kind: 'MOTION', title: 'Objection pursuant to Rule 111(3): roaming' })).toEqual([])
    expect(findOn({ kind: 'MOTION' }, undefined, { title: 'Motion of censure on the Commission' })).toEqual([])
    expect(findOn({ kind: 'MOTION' }, undefined, { title: 'Roaming', description: 'Objection' })).toEqual([])
    expect(findOn({ kind: 'MOTION' })).toEqual([])
    expect(findOn({ kind: 'MOTION', title: 'Roaming' }, undefined, { procedure: '2024/2006(REG)' })).toEqual([])
  })
})

it('says nothing where a majority of all members may be needed, at a tie, or without a result or counts', () => {
  expect(find('REJECTED', '2024/2006(REG)', tally(341, 274, 10))).toEqual([])
  expect(find('REJECTED', '2024/2616(RSP)', tally(302, 302, 13))).toEqual([])
  expect(find(null, '2024/2616(RSP)', tally(1, 5, 0))).toEqual([])
  expect(find('LAPSED', null, tally(0, 0, 0))).toEqual([])
  expect(find('ADOPTED', null, {})).toEqual([])
})
