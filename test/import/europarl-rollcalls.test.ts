import { existsSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { europarlRollcalls } from '../../src/import/europarl/europarl-rollcalls.js'
import {
  edited,
  fixture,
  folderWith,
  linksOf,
  readWith,
  realFiles,
  refusalOf,
  valuesOf,
  weakOf,
} from '../support/read-europarl.js'

const SMALL = fixture('europarl-rollcalls')
const NEWER = 'europarl-rollcalls/newer.xml'
const OLDER = 'europarl-rollcalls/older.xml'
const read = (path: string) => readWith(europarlRollcalls, path)
const newer = (...changes: readonly (readonly [string, string])[]) =>
  read(folderWith({ 'newer.xml': edited(NEWER, ...changes) }))

describe('roll calls of both generations of the form', () => {
  it('give the ballot with its text, day, time and published tally', async () => {
    const { records, problems } = await read(SMALL)
    expect(problems).toEqual([])
    expect(valuesOf(records, 'ep-vote:900002')).toEqual({
      title: 'The state of Utopia',
      description: 'Motion for a resolution (as a whole)',
      date: '2024-04-24',
      time: '2024-04-24T12:24:12+02:00',
      isMain: true,
      isRollCall: true,
      method: 'ROLL_CALL',
      tallyFor: 2,
      tallyAgainst: 1,
      tallyAbstention: 0,
      tallyVoting: 3,
    })
    expect(valuesOf(records, 'ep-vote:900001')).toMatchObject({
      description: '§ 3 - Am 1',
      time: '2019-07-17T12:30:05+02:00',
      isMain: false,
    })
    expect(linksOf(records, 'BallotOn')).toEqual([
      'ep-vote:900001 → ep-doc:B9-0004/2019',
      'ep-vote:900002 → ep-doc:RC-B9-0001/2024',
      'ep-vote:900003 → ep-doc:A9-0002/2024',
    ])
  })

  it('leave the name of the rapporteur out of the description', async () => {
    const { records } = await read(SMALL)
    expect(valuesOf(records, 'ep-vote:900003')).toMatchObject({ description: '§ 7 - Am 13= 23=' })
  })

  it('take a missing element for no 0, and give its tally in passing', async () => {
    const { records } = await read(SMALL)
    expect(valuesOf(records, 'ep-vote:900003')).not.toHaveProperty('tallyFor')
    expect(valuesOf(records, 'ep-vote:900003')).not.toHaveProperty('tallyVoting')
    expect(weakOf(records, 'ep-vote:900003')).toEqual(['isMain', 'tallyAgainst'])
    expect(weakOf(records, 'ep-vote:900002')).toEqual(['isMain'])
  })

  it('give each position with the group at that moment', async () => {
    const { records } = await read(SMALL)
    const votes = records.filter((record) => 'link' in record && record.link === 'Vote')
    expect(
      votes.map((vote) => ('link' in vote ? [vote.from, vote.to, vote.values['option'], vote.values['group']] : [])),
    ).toEqual([
      ['ep-mep:1001', 'ep-vote:900002', 'FOR', 'ep-group:GUE_NGL'],
      ['ep-mep:1002', 'ep-vote:900002', 'FOR', 'ep-group:GREEN_EFA'],
      ['ep-mep:1003', 'ep-vote:900002', 'AGAINST', 'ep-group:SD'],
      ['ep-mep:1004', 'ep-vote:900003', 'AGAINST', 'ep-group:EPP'],
    ])
    expect(valuesOf(records, 'ep-mep:1002')).toEqual({ name: 'Björk & Sons', sortName: 'Björk & Sons' })
    expect(weakOf(records, 'ep-mep:1002')).toEqual(['name', 'sortName'])
  })

  it('tell a correction from an intention, and change no tally', async () => {
    const { records, findings } = await read(SMALL)
    const corrections = records.filter((record) => 'link' in record && record.link === 'Correction')
    expect(corrections.map((each) => ('link' in each ? [each.from, each.to, each.values] : []))).toEqual([
      ['ep-mep:1003', 'ep-vote:900002', { option: 'FOR', kind: 'CORRECTION' }],
      ['ep-mep:1004', 'ep-vote:900002', { option: 'AGAINST', kind: 'INTENTION' }],
    ])
    expect(findings).toEqual([])
  })

  it('take a MepId for a person only where the same document names that person with both numbers', async () => {
    // The other document of the folder has both numbers of the first of them.
    expect((await read(SMALL)).leftOut).toEqual({
      'of a member whom the list does not tell by an id': 2,
    })
    const ballot = /<RollCallVote.Result Identifier="900001".*<\/RollCallVote.Result>/s.exec(edited(OLDER))?.[0] ?? ''
    const same = ballot.replaceAll('17/07/2019', '24/04/2024').replaceAll('2019-07-17', '2024-04-24')
    const { leftOut, records } = await newer(['</RollCallVote.Result>', `</RollCallVote.Result>${same}`])
    expect(leftOut).toEqual({ 'of a member whom the list does not tell by an id': 1 })
    expect(linksOf(records, 'Vote')).toContain('ep-mep:1001 → ep-vote:900001')
  })

  it('of a morning and an evening are one document, whose ballots stand in either file', async () => {
    const evening = edited(NEWER, ['"900002"', '"900012"'], ['"900003"', '"900013"'])
    const both = await read(folderWith({ 'evening.xml': evening, 'morning.xml': edited(NEWER) }))
    expect(both.sources).toEqual(['source:ep-pv-9-2024-04-24-rcv of 2024-04-24'])
    expect(both.problems).toEqual([])
    expect(both.counts).toMatchObject({ Source: 1, VoteEvent: 4, Vote: 8, Person: 4 })
  })

  it('of an evening that repeat those of noon are left out and counted, unless their words differ', async () => {
    const twice = await read(folderWith({ 'evening.xml': edited(NEWER), 'noon.xml': edited(NEWER) }))
    const once = await read(folderWith({ 'noon.xml': edited(NEWER) }))
    expect(twice.problems).toEqual([])
    expect(twice.leftOut).toEqual({ ...once.leftOut, 'of a ballot that stands in the same words before': 8 })
    expect(twice.counts).toEqual(once.counts)
    const other = edited(NEWER, ['<Result.For Number="2">', '<Result.For Number="3">'])
    expect((await read(folderWith({ 'evening.xml': other, 'noon.xml': edited(NEWER) }))).problems).toEqual([
      'noon.xml, line 6: The ballot "ep-vote:900002" stands twice with other words: here and in evening.xml, line 6.',
    ])
  })

  it('take a member who stands on two sides for neither, whatever comes first', async () => {
    const anders = '<PoliticalGroup.Member.Name MepId="11" PersId="1001">Anders</PoliticalGroup.Member.Name>'
    const costa = '<PoliticalGroup.Member.Name MepId="13" PersId="1003">Costa</PoliticalGroup.Member.Name>'
    const { problems, records, findings } = await newer([costa, `${costa}${anders}`])
    const sides = 'stands on two sides: FOR in The Left on line 12, and AGAINST in S&D on line 20. Neither is taken.'
    expect(problems).toEqual([
      `newer.xml, line 12: The member "Anders" ${sides}`,
      `newer.xml, line 20: The member "Anders" ${sides}`,
    ])
    expect(linksOf(records, 'Vote')).not.toContain('ep-mep:1001 → ep-vote:900002')
    expect(findings.map(({ rule, record }) => [rule, record])).toContainEqual([
      'MEMBERS_SUM_TO_TALLIES',
      'ep-vote:900002',
    ])
  })

  it('take a member who stands twice in the same words once', async () => {
    const anders = '<PoliticalGroup.Member.Name MepId="11" PersId="1001">Anders</PoliticalGroup.Member.Name>'
    const { problems, leftOut, counts } = await newer([anders, `${anders}${anders}`])
    expect(problems).toEqual([])
    expect(leftOut).toEqual({ 'of a member who stands in the same words before': 1 })
    expect(counts).toEqual((await newer()).counts)
  })

  it('count members whom nobody can name against the tally', async () => {
    const nameless = (text: string) => text.replaceAll(/ PersId="\d+"/g, '')
    const right = await read(folderWith({ 'a.xml': nameless(edited(NEWER)) }))
    expect(right.findings).toEqual([])
    expect(right.leftOut).toEqual({ 'of a member whom the list does not tell by an id': 6 })
    const wrong = edited(NEWER, ['<Result.For Number="2">', '<Result.For Number="3">'])
    const of = async (text: string) => (await read(folderWith({ 'a.xml': text }))).findings
    expect(await of(nameless(wrong))).toEqual(await of(wrong))
    expect((await of(wrong)).map(({ rule, record }) => [rule, record])).toEqual([
      ['MEMBERS_SUM_TO_TALLIES', 'ep-vote:900002'],
    ])
  })

  it('cite the document of their sitting, which the Parliament published on that day', async () => {
    const { records, sources } = await read(SMALL)
    expect(sources).toEqual([
      'source:ep-pv-9-2019-07-17-rcv of 2019-07-17',
      'source:ep-pv-9-2024-04-24-rcv of 2024-04-24',
    ])
    expect(valuesOf(records, 'source:ep-pv-9-2024-04-24-rcv')).toMatchObject({
      kind: 'PUBLICATION',
      published: '2024-04-24',
      url: 'https://www.europarl.europa.eu/doceo/document/PV-9-2024-04-24-RCV_FR.xml',
      importer: 'europarl-rollcalls@2',
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const ballot = records.find((record) => 'type' in record && record.id === 'ep-vote:900001')
    expect(ballot?.citations).toEqual([{ source: 'source:ep-pv-9-2019-07-17-rcv' }])
    expect(linksOf(records, 'Publisher')).toHaveLength(2)
  })

  it('are read from a gzip and after a byte order mark alike', async () => {
    const text = edited(NEWER)
    const plain = await read(folderWith({ 'newer.xml': text }))
    const packed = await read(folderWith({ 'newer.xml.gz': gzipSync(`\ufeff${text}`) }))
    expect(packed.counts).toEqual(plain.counts)
  })
})

describe('roll calls of earlier terms', () => {
  const list = (attributes: string, text: string, member = 'MepId="5"') =>
    `<PV.RollCallVoteResults EP.Reference="P7_PV(2014)04-17" Sitting.Date="2014-04-17"><RollCallVote.Result ${attributes}><RollCallVote.Description.Text>${text}</RollCallVote.Description.Text><Result.For Number="1"><Result.PoliticalGroup.List Identifier="IND/DEM"><PoliticalGroup.Member.Name ${member}>Synthetic</PoliticalGroup.Member.Name></Result.PoliticalGroup.List></Result.For><Result.Against Number="0"/><Result.Abstention Number="0"/></RollCallVote.Result></PV.RollCallVoteResults>`
  const ballot = async (text: string, id: string) => {
    const { records, problems, notes } = await read(folderWith({ 'old.xml': text }))
    expect([problems, notes]).toEqual([[], []])
    return valuesOf(records, id)
  }

  it.each([
    ['2014-17-04 12:01:02', 'A7-0001/2014 - Résolution', '2014-04-17T12:01:02+02:00'],
    ['2014-04-17T12:04:05', 'A7-0001/2014 - Résolution', '2014-04-17T12:04:05+02:00'],
    ['', 'A7-0001/2014 - Résolution 17.4.2014 12:03:05.000', '2014-04-17T12:03:05+02:00'],
    ['2014-17-04', 'A7-0001/2014 - Résolution 17/04/2014 12:01:02.000', '2014-04-17T12:01:02+02:00'],
    ['', 'A7-0001/2014 - Résolution', null],
  ])('are of the day of the sitting: "%s", "%s"', async (date, text, time) => {
    const values = await ballot(list(`Identifier="41001" Date="${date}"`, text), 'ep-vote:41001')
    expect(values).toMatchObject({ date: '2014-04-17', description: 'Résolution', isMain: true })
    expect(values).toEqual(expect.objectContaining(time === null ? {} : { time }))
  })

  it('are told apart by their number in the document where they have no other', async () => {
    const text = list('Identifier="" Number="7" Date="2014-04-17 12:05:05"', 'Ordre du jour: demande')
    expect(await ballot(text, 'ep-pv-7-2014-04-17-rcv:7')).toMatchObject({
      title: 'Ordre du jour: demande',
      isMain: false,
    })
  })

  it('name members without a number as unknown', async () => {
    const text = list('Identifier="41001" Date="2014-04-17 12:05:05"', 'A7-0001/2014', 'MepId="5" PersId="UNKNOWN"')
    const { problems, leftOut } = await read(folderWith({ 'old.xml': text }))
    expect([problems, leftOut]).toEqual([[], { 'of a member whom the list does not tell by an id': 1 }])
  })

  it('may name a document type, which is not fetched', async () => {
    const text = list('Identifier="41001" Date="2014-04-17 12:05:05"', 'A7-0001/2014 - Résolution')
    const typed = `<?xml version="1.0"?>\n<!DOCTYPE PV.RollCallVoteResults SYSTEM "http://example.org/RCV.dtd">\n${text}`
    expect(await ballot(typed, 'ep-vote:41001')).toEqual(await ballot(text, 'ep-vote:41001'))
  })
})

describe('a bad row costs one row, and is told with file, line and reason', () => {
  const member = '<PoliticalGroup.Member.Name MepId="12" PersId="1002">'
  it.each<[string, string, string, string, number]>([
    [
      'an id of the wrong kind',
      member,
      member.replace('1002', 'ep-mep:1002'),
      'newer.xml, line 15: The attribute "PersId" of "PoliticalGroup.Member.Name" is "ep-mep:1002", which is not a whole number.',
      3,
    ],
    [
      'a member without a number',
      member,
      '<PoliticalGroup.Member.Name>',
      'newer.xml, line 15: The member "Björk & Sons" has neither a "PersId" nor a "MepId".',
      3,
    ],
    [
      'a member without a name',
      'Bj&#246;rk &amp; Sons',
      ' ',
      'newer.xml, line 15: The element "PoliticalGroup.Member.Name" has no name.',
      3,
    ],
    [
      'a group that is not a code',
      'Identifier="Verts/ALE"',
      'Identifier="***"',
      'newer.xml, line 15: The group is "***", which is not a code.',
      3,
    ],
    [
      'a day that does not exist',
      '2024-04-24 12:25:00',
      '2024-04-31 12:25:00',
      'newer.xml, line 33: The ballot is of "2024-04-31 12:25:00", which is not a day and time that exist in Brussels.',
      3,
    ],
    [
      'a time that does not exist',
      '2024-04-24 12:25:00',
      '2024-03-31 02:30:00',
      'newer.xml, line 33: The ballot is of "2024-03-31 02:30:00", which is not a day and time that exist in Brussels.',
      3,
    ],
    [
      'a ballot of a day that does not exist',
      ' Date="2024-04-24 12:25:00"',
      ' Date="2024-04-31 12:25:00"',
      'newer.xml, line 33: The ballot is of "2024-04-31 12:25:00", which is not a day and time that exist in Brussels.',
      3,
    ],
    [
      'a ballot without a number',
      'Identifier="900003" ',
      '',
      'newer.xml, line 33: The element "RollCallVote.Result" has no "Identifier".',
      3,
    ],
    [
      'a ballot that stands twice',
      'Identifier="900003"',
      'Identifier="900002"',
      'newer.xml, line 33: The ballot "ep-vote:900002" stands twice with other words: here and in newer.xml, line 6.',
      3,
    ],
    [
      'a tally that is not a number',
      '<Result.For Number="2">',
      '<Result.For Number="two">',
      'newer.xml, line 6: The attribute "Number" of "Result.For" is "two", which is not a whole number.',
      1,
    ],
    [
      'an element that stands twice',
      '<Result.Abstention Number="0"/>',
      '<Result.Against Number="0"/>',
      'newer.xml, line 6: The element "Result.Against" stands twice: on line 18 and 23.',
      1,
    ],
  ])('%s', async (_what, from, to, problem, votes) => {
    const { problems, counts } = await newer([from, to])
    expect(problems).toEqual([problem])
    expect(counts['Vote']).toBe(votes)
  })

  it('reports the positions of a bad ballot', async () => {
    const { leftOut } = await newer(['Identifier="900003" ', ''])
    expect(leftOut).toEqual({ 'of a ballot whose own row is bad': 1 })
  })

  it('says what it does not know', async () => {
    const { notes } = await newer(
      ['<Intentions>', '<Weather/><Intentions>'],
      ['Identifier="PPE"', 'Identifier="New/One"'],
    )
    expect(notes).toEqual([
      'newer.xml: the element "Weather" in "RollCallVote.Result" is not known to this importer and was left out.',
      'The group "New/One" is not known to this importer; it is "ep-group:NEW_ONE".',
    ])
  })
})

it('an attribute or element that is not known is told once, wherever it stands', async () => {
  const { notes } = await newer(
    ['<PV.RollCallVoteResults', '<PV.RollCallVoteResults Weather="fair"'],
    ['<VoteTitles>', '<Annex Weather="fair"><Page/></Annex><VoteTitles>'],
    ['<VoteTitle ', '<VoteTitle Weather="fair" '],
    ['Identifier="900002"', 'Identifier="900002" Weather="fair"'],
    ['Identifier="900003"', 'Identifier="900003" Weather="fair"'],
    ['<Result.For Number="2">', '<Result.For Number="2"><Weather><Wind/></Weather>'],
    [
      '<Result.PoliticalGroup.List Identifier="The Left">',
      '<Result.PoliticalGroup.List Identifier="The Left" Seats="2">',
    ],
    ['PersId="1001"', 'PersId="1001" Seat="3"'],
    ['<Member.Name MepId="13"', '<VoteTitle/><Member.Name MepId="13"'],
  )
  const told = [
    'the attribute "Weather" of "PV.RollCallVoteResults"',
    'the attribute "Weather" of "RollCallVote.Result"',
    'the element "Weather" in "Result.For"',
    'the attribute "Seats" of "Result.PoliticalGroup.List"',
    'the attribute "Seat" of "PoliticalGroup.Member.Name"',
    'the element "VoteTitle" in "Intentions.Result.For"',
    'the element "Annex" in "PV.RollCallVoteResults"',
    'the attribute "Weather" of "VoteTitle"',
  ]
  expect(notes.toSorted()).toEqual(
    told.map((what) => `newer.xml: ${what} is not known to this importer and was left out.`).toSorted(),
  )
})

describe('a bad file is refused as a whole, with its name, line and the reason', () => {
  const wrapped = (inside: string) => edited(NEWER, ['<VoteTitles>', `${inside}<VoteTitles>`])
  const declared = (text: string) => edited(NEWER, ['<PV.RollCallVoteResults', `${text}<PV.RollCallVoteResults`])
  const bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
  it.each<[string, () => string | Uint8Array, string]>([
    [
      'a DOCTYPE with declarations',
      () => declared('<!DOCTYPE x SYSTEM "http://example.org/x.dtd" [<!ENTITY a "b">]>'),
      'line 2: the file has a DOCTYPE with declarations',
    ],
    ['an entity bomb', () => declared(bomb), 'line 2: the file has a DOCTYPE'],
    ['an unknown entity', () => wrapped('&nbsp;'), 'the XML is not well-formed: undefined entity'],
    [
      'a million numeric entities',
      () => wrapped('&#65;'.repeat(1_000_000)),
      'a tag or text is longer than 1,000,000 characters',
    ],
    ['a very long line', () => wrapped('x'.repeat(3_000_000)), 'a tag or text is longer than 1,000,000 characters'],
    [
      'a very long attribute',
      () => wrapped(`<a b="${'x'.repeat(3_000_000)}"/>`),
      'a tag or text is longer than 1,000,000 characters',
    ],
    [
      'elements without end in each other',
      () => wrapped('<a>'.repeat(200)),
      'more than 100 elements stand in each other',
    ],
    ['an unclosed tag', () => edited(NEWER, ['</VoteTitles>', '']), 'the XML is not well-formed'],
    [
      'an end that is missing',
      () => edited(NEWER, ['</PV.RollCallVoteResults>', '']),
      'the XML is not well-formed: unclosed tag: PV.RollCallVoteResults',
    ],
    ['an empty file', () => '', 'the XML is not well-formed'],
    ['no XML', () => 'PK\u0003\u0004', 'the XML is not well-formed'],
    [
      'another kind of file',
      () => '<file/>',
      'line 1: the outermost element is "file" and not "PV.RollCallVoteResults"',
    ],
    ['another encoding', () => Buffer.from(edited(NEWER, ['Costa', 'Cóstà']), 'latin1'), 'the text is not in UTF-8'],
    [
      'an encoding that it names',
      () => edited(NEWER, ['encoding="UTF-8"', 'encoding="ISO-8859-1"']),
      'its encoding is "ISO-8859-1"',
    ],
    ['UTF-16', () => Buffer.from(`\ufeff${edited(NEWER)}`, 'utf16le'), 'the text is not in UTF-8'],
    [
      'no day of the sitting',
      () => edited(NEWER, ['Sitting.Date="2024-04-24"', 'Sitting.Date="2024-02-30"']),
      'line 2: the attribute "Sitting.Date" is "2024-02-30", which is not a day',
    ],
    [
      'no reference',
      () => edited(NEWER, ['EP.Reference="P9_PV(2024)04-24"', '']),
      'line 2: the attribute "EP.Reference" is ""',
    ],
    [
      'no ballot',
      () => '<PV.RollCallVoteResults Sitting.Date="2024-04-24" EP.Reference="P9_PV(2024)04-24"/>',
      'there is no ballot in it',
    ],
  ])('%s', async (_what, content, message) => {
    const refusal = await refusalOf(europarlRollcalls, folderWith({ 'newer.xml': content() }))
    expect(refusal).toContain('newer.xml')
    expect(refusal).toContain(message)
  })

  it('no ballot that can be read: with the first reasons', async () => {
    const content = edited(NEWER).replaceAll('<Result.Against Number="1">', '<Result.Against Number="-1">')
    expect(await refusalOf(europarlRollcalls, folderWith({ 'newer.xml': content }))).toBe(
      'newer.xml: no ballot in it can be read (newer.xml, line 6: The attribute "Number" of "Result.Against" is "-1", which is not a whole number; newer.xml, line 33: The attribute "Number" of "Result.Against" is "-1", which is not a whole number). Nothing was loaded; mend the file and run again.',
    )
  })

  it('a truncated gzip', async () => {
    const folder = folderWith({ 'newer.xml.gz': gzipSync(edited(NEWER)).subarray(0, 600) })
    expect(await refusalOf(europarlRollcalls, folder)).toContain('newer.xml.gz: the gzip file is truncated')
  })

  it('a path that does not exist, and a folder without such a file', async () => {
    expect(await refusalOf(europarlRollcalls, '/nowhere/at/all')).toContain(
      'There is no file or folder "/nowhere/at/all".',
    )
    expect(await refusalOf(europarlRollcalls, folderWith({ 'a.txt': '' }))).toContain(
      'the folder has no file whose name',
    )
  })
})

const REAL = realFiles('rollcalls')
const there = existsSync(REAL)
if (!there && process.env['CI'])
  throw new Error('The real roll-call files are not in ../shared/data/europarl/rollcalls.')
if (!there) console.warn('NOT TESTED: the real roll-call files, which are not in ../shared/data/europarl/rollcalls.')

describe.skipIf(!there)('the real roll-call files', () => {
  it('give four ballots and three positions', async () => {
    const { counts, problems, notes, findings, records } = await read(REAL)
    expect([problems, notes, findings]).toEqual([[], [], []])
    expect(counts).toMatchObject({ VoteEvent: 4, Vote: 3, Person: 2, Motion: 3, BallotOn: 3, Source: 3 })
    expect(
      records
        .filter((record) => 'type' in record && record.type === 'VoteEvent')
        .map((each) => 'id' in each && each.id),
    ).toEqual(['ep-vote:108425', 'ep-vote:157699', 'ep-vote:168834', 'ep-vote:168864'])
    expect(valuesOf(records, 'ep-vote:108425')).toMatchObject({
      time: '2019-07-15T17:09:37+02:00',
      title: 'Mardi - demande du groupe GUE/NGL',
    })
    expect(valuesOf(records, 'ep-vote:157699')).toMatchObject({
      tallyFor: 1,
      tallyAgainst: 0,
      tallyAbstention: 0,
      isMain: true,
    })
    expect(valuesOf(records, 'ep-vote:168834')).toMatchObject({
      description: 'Article 10, § 6, alinéa 2 - Am 1',
      tallyFor: 1,
    })
    expect(weakOf(records, 'ep-vote:168864')).toEqual(['isMain', 'tallyAgainst'])
    expect(linksOf(records, 'Vote')).toEqual([
      'ep-mep:197443 → ep-vote:157699',
      'ep-mep:197490 → ep-vote:168834',
      'ep-mep:197490 → ep-vote:168864',
    ])
  })
})
