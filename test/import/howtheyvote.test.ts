import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphRecord, LinkRecord, NodeRecord } from '../../src/model/records.js'
import { isNode } from '../../src/model/records.js'
import { edited, exportWith, readExport, SMALL_EXPORT } from '../support/read-edition.js'

let records: readonly GraphRecord[]
let files: Awaited<ReturnType<typeof readExport>>['files']
let check: Awaited<ReturnType<typeof readExport>>['check']
beforeAll(async () => {
  ;({ records, files, check } = await readExport(SMALL_EXPORT))
})

const node = (id: string): NodeRecord | undefined =>
  records.find((each): each is NodeRecord => isNode(each) && each.id === id)
const linksFrom = (from: string): readonly LinkRecord[] =>
  records.filter((each): each is LinkRecord => !isNode(each) && each.from === from)
const targets = (from: string) => linksFrom(from).map(({ link, to }) => `${link} ${to}`)

describe('the export of HowTheyVote.eu', () => {
  it('gives a ballot with its totals and its time in Brussels', () => {
    expect(node('ep-vote:1001')).toEqual({
      type: 'VoteEvent',
      id: 'ep-vote:1001',
      languages: { description: 'fr' },
      values: {
        title: 'Situation in "Examplia", and elsewhere',
        description: '§ 1',
        date: '2025-01-22',
        time: '2025-01-22T12:03:04.025+01:00',
        isMain: false,
        isRollCall: true,
        method: 'ROLL_CALL',
        result: 'REJECTED',
        stage: null,
        procedure: '2025/2501(RSP)',
        tallyFor: 1,
        tallyAgainst: 1,
        tallyAbstention: 0,
        tallyVoting: 2,
        tallyDidNotVote: 1,
      },
      citations: [{ source: 'source:howtheyvote' }],
    })
    expect(node('ep-vote:1002')?.values['time']).toBe('2025-07-08T12:40:00+02:00')
  })

  it('keeps a ballot whose time is not known, and its votes', async () => {
    const { records: others, files: read } = await readExport(
      exportWith({ 'votes.csv': edited('votes.csv', '2025-01-22 12:03:04.025000', '') }),
    )
    expect(read['votes.csv']?.bad).toBe(0)
    expect(others.find((each) => isNode(each) && each.id === 'ep-vote:1001')?.values).toMatchObject({
      date: null,
      time: null,
      result: 'REJECTED',
    })
    const votes = others.filter((each) => !isNode(each) && each.link === 'Vote' && each.to === 'ep-vote:1001')
    expect(votes.length).toBeGreaterThan(0)
    expect(new Set(votes.map(({ values }) => values['date']))).toEqual(new Set([null]))
  })

  it('links a ballot to the body, the text, the procedure, and what it is about', () => {
    expect(targets('ep-vote:1002')).toEqual([
      'HeldIn org:european-parliament',
      'BallotOn ep-doc:RC-B10-0001/2025',
      'Dossier ep-proc:2025/2501(RSP)',
      'About iso:KZ',
      'About iso:XK',
      'Filing oeil:6.10.04',
    ])
    expect(linksFrom('ep-vote:1004').filter(({ link }) => link === 'Filing')).toMatchObject([
      { to: 'eurovoc:616', values: { scheme: 'EUROVOC' } },
      { to: 'ep-committee:ENVI', values: { scheme: 'COMMITTEE' } },
    ])
  })

  it('keeps what is not there unknown: no title, no text, no procedure, no result', () => {
    expect(node('ep-vote:1003')?.values).toMatchObject({
      title: null,
      description: null,
      result: null,
      procedure: null,
    })
    expect(targets('ep-vote:1003')).toEqual(['HeldIn org:european-parliament'])
  })

  it('gives a text once, in the spelling of the minutes and with the title of its procedure', () => {
    expect(records.filter((each) => isNode(each) && each.type === 'Motion').map((each) => each.values)).toEqual([
      {
        kind: 'JOINT_MOTION',
        reference: 'RC-B10-0001/2025',
        title: 'Situation in Examplia',
        procedure: '2025/2501(RSP)',
      },
      {
        kind: 'REPORT',
        reference: 'A10-0002/2025',
        title: 'Clean water: quality standards',
        procedure: '2024/0003(COD)',
      },
    ])
    expect(targets('ep-doc:RC-B10-0001/2025')).toEqual(['Dossier ep-proc:2025/2501(RSP)'])
    expect(node('ep-proc:2024/0003(COD)')?.values).toEqual({
      reference: '2024/0003(COD)',
      title: 'Clean water: quality standards',
      type: 'COD',
    })
  })

  it('gives a member with the country, date of birth and whole addresses', () => {
    expect(node('ep-mep:840')?.values).toEqual({
      name: 'Charles GOERENS',
      sortName: 'GOERENS, Charles',
      givenName: 'Charles',
      familyName: 'GOERENS',
      email: 'charles.goerens@europarl.europa.eu',
      urls: ['https://www.facebook.com/charles.goerens', 'https://www.twitter.com/CharlesGoerens'],
      birthDateEdtf: '1952-02-06',
      birthDateEarliest: '1952-02-06',
      birthDateLatest: '1952-02-06',
    })
    expect(targets('ep-mep:840').slice(0, 1)).toEqual(['Represents iso:LU'])
    expect(node('ep-mep:1294')?.values).not.toHaveProperty('birthDateEdtf')
  })

  it('leaves out an address that is not a web address, and says so', () => {
    expect(node('ep-mep:88721')?.values['urls']).toEqual([])
    expect([...check.notes]).toEqual([
      'members.csv: the address "@marc" of member 88721 is not a web address and was left out.',
    ])
  })

  it('gives memberships whose keys sort by time', () => {
    expect(linksFrom('ep-mep:840').filter(({ link }) => link === 'Membership')).toEqual([
      {
        link: 'Membership',
        from: 'ep-mep:840',
        to: 'ep-group:RENEW',
        key: '2019-07-02/09',
        values: { role: 'MEMBER', term: 9, startDate: '2019-07-02', endDate: '2024-07-15' },
        citations: [{ source: 'source:howtheyvote' }],
      },
      {
        link: 'Membership',
        from: 'ep-mep:840',
        to: 'ep-group:RENEW',
        key: '2024-07-16/10',
        values: { role: 'MEMBER', term: 10, startDate: '2024-07-16', endDate: null },
        citations: [{ source: 'source:howtheyvote' }],
      },
    ])
  })

  it('gives a place once for both tables, and Kosovo under its code in common use', () => {
    expect(records.filter((each) => isNode(each) && each.type === 'Place').map((each) => each.values)).toEqual([
      { kind: 'COUNTRY', name: 'Luxembourg', isoAlpha2: 'LU', isoAlpha3: 'LUX' },
      { kind: 'COUNTRY', name: 'Belgium', isoAlpha2: 'BE', isoAlpha3: 'BEL' },
      { kind: 'COUNTRY', name: 'Kazakhstan', isoAlpha2: 'KZ', isoAlpha3: 'KAZ' },
      { kind: 'COUNTRY', name: 'Kosovo', isoAlpha2: 'XK', isoAlpha3: 'XKX' },
    ])
  })

  it('adds the tally under an older code to that of the group, and leaves out ballots newer than its own', () => {
    expect(node('ep-vote:1002/ep-group:GUE_NGL')?.values).toMatchObject({
      by: 'GROUP',
      tallyFor: 0,
      tallyAbstention: 1,
      tallyVoting: 1,
    })
    expect(targets('ep-vote:1002/ep-group:GUE_NGL')).toEqual(['CountOf ep-vote:1002', 'CountFor ep-group:GUE_NGL'])
    expect(files['group_votes.csv']).toEqual({
      rows: 5,
      bad: 0,
      leftOut: {
        'about a vote newer than the last one of votes.csv (1004)': 1,
        'added to the tally of GUE_NGL in the same ballot, whose older code it has': 1,
      },
    })
  })

  it("gives members' votes with the group and country of that moment", () => {
    expect(records.filter((each) => !isNode(each) && each.link === 'Vote').slice(1, 3)).toEqual([
      {
        link: 'Vote',
        from: 'ep-mep:1294',
        to: 'ep-vote:1001',
        values: { option: 'AGAINST', group: 'ep-group:SD', country: 'iso:BE', date: '2025-01-22' },
        citations: [{ source: 'source:howtheyvote' }],
      },
      {
        link: 'Vote',
        from: 'ep-mep:88721',
        to: 'ep-vote:1001',
        values: { option: 'DID_NOT_VOTE', group: null, country: 'iso:BE', date: '2025-01-22' },
        citations: [{ source: 'source:howtheyvote' }],
      },
    ])
  })

  it('describes itself as a source with license, hash and importer', () => {
    expect(node('source:howtheyvote')?.values).toMatchObject({
      kind: 'DATA_SET',
      license: 'ODbL-1.0',
      retrieved: null,
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      importer: 'howtheyvote@1',
    })
  })

  it('adds up: no issue and no bad row', () => {
    expect(check.findings).toEqual([])
    expect(check.problems).toEqual([])
  })

  it('takes the day of the export from the file beside its tables', async () => {
    const dated = await readExport(exportWith({ 'last_updated.txt': '2025-09-28T04:00:12+00:00' }))
    expect(dated.records.find((each) => isNode(each) && each.id === 'source:howtheyvote')?.values['retrieved']).toBe(
      '2025-09-28',
    )
    expect(dated.date).toBe('2025-09-28')
    expect((await readExport(SMALL_EXPORT)).date).toBeNull()
  })

  it('shows a procedure with two titles as an issue and with the more frequent title', async () => {
    const wrong = await readExport(
      exportWith({ 'votes.csv': edited('votes.csv', '2024/0003(COD),Clean', '2025/2501(RSP),Clean') }),
    )
    expect(wrong.check.findings).toMatchObject([
      { rule: 'PROCEDURE_HAS_ONE_TITLE', record: 'ep-proc:2025/2501(RSP)', found: '2' },
      { rule: 'RESULT_AGREES_WITH_COUNTS', record: 'ep-vote:1004' },
    ])
    expect(wrong.records.find((each) => isNode(each) && each.type === 'Procedure')?.values['title']).toBe(
      'Situation in Examplia',
    )
  })

  it("names the figure that differs where a member's vote is missing", async () => {
    const short = await readExport(
      exportWith({ 'member_votes.csv': edited('member_votes.csv', '1002,840,FOR,LUX,RENEW\n', '') }),
    )
    expect(short.check.findings.map(({ record, expected, found }) => [record, expected, found])).toEqual([
      [
        'ep-vote:1002',
        '2 for, 0 against, 1 abstentions, 0 did not vote',
        '1 for, 0 against, 1 abstentions, 0 did not vote',
      ],
      [
        'ep-vote:1002/ep-group:RENEW',
        '1 for, 0 against, 0 abstentions, 0 did not vote',
        '0 for, 0 against, 0 abstentions, 0 did not vote',
      ],
    ])
  })
})
