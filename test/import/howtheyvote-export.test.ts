import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { type GraphRecord, isNode } from '../../src/model/records.js'
import { REAL_EXPORT, readExport } from '../support/read-edition.js'

const there = existsSync(REAL_EXPORT)
if (!there && process.env['CI'])
  throw new Error('The real export of HowTheyVote.eu is not in ../shared/data/howtheyvote.')
if (!there) console.warn('NOT TESTED: the real export of HowTheyVote.eu, which is not in ../shared/data/howtheyvote.')

describe.skipIf(!there)('the real export of HowTheyVote.eu', () => {
  let edition: Awaited<ReturnType<typeof readExport>>
  beforeAll(async () => {
    edition = await readExport(REAL_EXPORT)
  }, 120_000)

  it('has no bad row', () => {
    expect(edition.check.problems).toEqual([])
    expect([...edition.check.notes]).toEqual([])
  })

  it('gives every record', () => {
    expect(Object.fromEntries(edition.check.records)).toEqual({
      Source: 1,
      Publisher: 1,
      Organization: 36,
      OrganizationPart: 34,
      Place: 158,
      Subject: 2_106,
      Person: 1_268,
      Represents: 1_268,
      Membership: 1_863,
      Procedure: 2_150,
      Motion: 2_279,
      Dossier: 22_786,
      VoteEvent: 21_576,
      HeldIn: 21_576,
      BallotOn: 21_016,
      About: 5_095,
      Filing: 63_028 + 40_346 + 15_132,
      VoteCount: 16_706,
      CountOf: 16_706,
      CountFor: 16_706,
    })
  })

  it('leaves out the tallies of newer ballots, and adds those under an older code', () => {
    expect(edition.files['group_votes.csv.gz']).toEqual({
      rows: 18_090,
      bad: 0,
      leftOut: {
        'about a vote newer than the last one of votes.csv (179053)': 1_323,
        'added to the tally of GUE_NGL in the same ballot, whose older code it has': 61,
      },
    })
  })

  it('does not add up in four places', () => {
    expect(edition.check.findings.map(({ rule, record }) => [rule, record])).toEqual([
      ['PROCEDURE_HAS_ONE_TITLE', 'ep-proc:2023/0266(COD)'],
      ['PROCEDURE_HAS_ONE_TITLE', 'ep-proc:2023/2175(DEC)'],
      ['PROCEDURE_HAS_ONE_TITLE', 'ep-proc:2025/2575(RSP)'],
      ['RESULT_AGREES_WITH_COUNTS', 'ep-vote:166769'],
    ])
  })

  it('gives the ballot on the situation in Kazakhstan', () => {
    const of = (id: string) => edition.records.find((each: GraphRecord) => isNode(each) && each.id === id)
    expect(of('ep-vote:139038')?.values).toMatchObject({
      date: '2022-01-20',
      isMain: true,
      procedure: '2022/2505(RSP)',
      tallyFor: 589,
      tallyAgainst: 35,
      tallyAbstention: 47,
      tallyVoting: 671,
      tallyDidNotVote: 34,
    })
    expect(of('ep-vote:139038/ep-group:ID')?.values).toMatchObject({
      tallyFor: 28,
      tallyAgainst: 30,
      tallyAbstention: 10,
    })
    expect(of('ep-doc:RC-B9-0065/2022')?.values).toMatchObject({
      kind: 'JOINT_MOTION',
      title: 'The situation in Kazakhstan',
    })
  })
})
