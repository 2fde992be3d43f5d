import { existsSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { europarlResults } from '../../src/import/europarl/europarl-results.js'
import type { Values } from '../../src/model/records.js'
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

const SMALL = fixture('europarl-results')
const RESULTS = 'europarl-results/results.xml'
const read = (path: string) => readWith(europarlResults, path)
const changed = (...changes: readonly (readonly [string, string])[]) =>
  read(folderWith({ 'results.xml': edited(RESULTS, ...changes) }))
const TEXT = 'ep-doc:RC-B9-0010/2024'

describe('results of votes', () => {
  it('give the tree of text, amendment and part, each with the ballot on it', async () => {
    const { records, problems, sources } = await read(SMALL)
    expect(problems).toEqual([])
    expect(sources).toEqual(['source:ep-pv-9-2024-02-08-vot of 2024-02-08'])
    expect(linksOf(records, 'AmendmentOf')).toEqual([
      `${TEXT}#am-1 → ${TEXT}`,
      `${TEXT}#am-2 → ${TEXT}`,
      `${TEXT}#am-3=4= → ${TEXT}`,
    ])
    expect(linksOf(records, 'AmendmentPart')).toEqual([
      `${TEXT}#am-2/1 → ${TEXT}#am-2`,
      `${TEXT}#am-2/2 → ${TEXT}#am-2`,
    ])
    expect(linksOf(records, 'BallotOn')).toEqual([
      `ep-vote:800001 → ${TEXT}#am-1`,
      `ep-vote:800002 → ${TEXT}#am-2/1`,
      `ep-vote:800003 → ${TEXT}#am-2/2`,
      `ep-vote:800004 → ${TEXT}`,
      `ep-vote:800005 → ${TEXT}#am-3=4=`,
      `ep-vote:800006 → ${TEXT}`,
    ])
    expect(valuesOf(records, `${TEXT}#am-2/1`)).toEqual({ number: '2/1' })
    expect(valuesOf(records, `${TEXT}#am-3=4=`)).toEqual({ number: '3= 4=' })
  })

  it('give the groups that tabled a text or an amendment, and say whom they leave out', async () => {
    const { records, notes } = await read(SMALL)
    expect(linksOf(records, 'TabledBy')).toEqual([
      `${TEXT} → ep-group:EPP`,
      `${TEXT} → ep-group:SD`,
      `${TEXT}#am-1 → ep-group:ID`,
      `${TEXT}#am-2 → ep-group:GREEN_EFA`,
      `${TEXT}#am-2 → ep-group:GUE_NGL`,
      `${TEXT}#am-3=4= → ep-group:ECR`,
    ])
    expect(notes).toEqual([
      'results.xml: authors that are neither groups nor committees were left out, since they are named without an id: "Members".',
      'results.xml: the authors of 1 request that change no text are told by the description alone.',
    ])
  })

  it('give a roll call with its number, figures and time', async () => {
    const { records } = await read(SMALL)
    expect(valuesOf(records, 'ep-vote:800006')).toEqual({
      title: 'The situation in Utopia',
      description: 'Motion for a resolution (as a whole)',
      date: '2024-02-08',
      time: '2024-02-08T12:02:00+01:00',
      isMain: true,
      isRollCall: true,
      method: 'ROLL_CALL',
      result: 'ADOPTED',
      tallyFor: 400,
      tallyAgainst: 95,
      tallyAbstention: 5,
      tallyVoting: 500,
    })
    expect(weakOf(records, 'ep-vote:800006')).toEqual(['isMain'])
    expect(valuesOf(records, 'ep-vote:800001')).toMatchObject({ description: '§ 2 - Am 1', isMain: false })
  })

  it('keep the place in the document as the id of a ballot without any number', async () => {
    const { records, problems } = await changed([' votingId="800005"', ''])
    expect(problems).toEqual([])
    expect(valuesOf(records, 'ep-pv-9-2024-02-08-vot:1.6')).toMatchObject({ result: 'LAPSED', isRollCall: false })
  })

  it('put what follows other motions on the motion that the row names, and on none where it names none', async () => {
    const row = (number: number, inner: string) =>
      `<voting type="AMENDMENT" votingId="${number}" listIndex="9" result="LAPSED" resultType="RAISE_HAND"><title/><label/>${inner}</voting>`
    const others = `<voting type="TITLE_BLOCK" votingId="800010" listIndex="7"><title>Other motions for resolutions</title><label/></voting>${row(800011, '<amendmentSubject>B9‑0011/2024</amendmentSubject><amendmentNumber/><amendmentAuthor>ECR</amendmentAuthor>')}${row(800012, '<amendmentSubject>§ 1</amendmentSubject><amendmentNumber/><amendmentAuthor/>')}`
    const { records, problems } = await changed(['</votings><remarks>', `${others}</votings><remarks>`])
    expect(problems).toEqual([])
    expect(linksOf(records, 'BallotOn').slice(-2)).toEqual([
      `ep-vote:800006 → ${TEXT}`,
      'ep-vote:800011 → ep-doc:B9-0011/2024',
    ])
    expect(linksOf(records, 'TabledBy')).toContain('ep-doc:B9-0011/2024 → ep-group:ECR')
    expect(valuesOf(records, 'ep-vote:800011')).toMatchObject({ method: 'SHOW_OF_HANDS' })
    expect(valuesOf(records, 'ep-vote:800011')).not.toHaveProperty('isMain')
    expect(valuesOf(records, 'ep-vote:800012')).toMatchObject({ isMain: false })
  })

  it.each([
    ['ID\nECR', ['ep-group:ID', 'ep-group:ECR']],
    ['ID,\n  ECON', ['ep-group:ID', 'ep-committee:ECON']],
    ["Committee on Women's Rights and Gender Equality\nThe Left", ['ep-committee:FEMM', 'ep-group:GUE_NGL']],
    ['Renew The Left Members', ['ep-group:RENEW', 'ep-group:GUE_NGL']],
    ['ECR Group; S&amp;D', ['ep-group:ECR', 'ep-group:SD']],
    ['MEPs ITRE: PPE (CA)', ['ep-committee:ITRE', 'ep-group:EPP']],
    [
      'Committee on the Environment, Public Health and Food Safety, PfE and ESN',
      ['ep-committee:ENVI', 'ep-group:PFE', 'ep-group:ESN'],
    ],
    ['more than 71 Members, ID', ['ep-group:ID']],
    ['the ID and ECR friends of somebody', []],
  ])('read authors on lines of their own: %j', async (written, bodies) => {
    const { records } = await changed([
      '<amendmentAuthor>ID</amendmentAuthor>',
      `<amendmentAuthor>${written}</amendmentAuthor>`,
    ])
    const tabled = linksOf(records, 'TabledBy').filter((each) => each.startsWith(`${TEXT}#am-1 `))
    expect(tabled).toEqual(bodies.map((id) => `${TEXT}#am-1 → ${id}`))
  })

  it('give ballots without a roll call their number, which the id by their place is merged into', async () => {
    const { records } = await read(SMALL)
    expect(valuesOf(records, 'ep-vote:800004')).toEqual({
      title: 'The situation in Utopia',
      description: '§ 6',
      date: '2024-02-08',
      time: '2024-02-08T12:01:10.5+01:00',
      isMain: false,
      isRollCall: false,
      method: 'ELECTRONIC',
      result: 'ADOPTED',
      tallyFor: 260,
      tallyAgainst: 240,
      tallyAbstention: 2,
      tallyVoting: 502,
    })
    expect(valuesOf(records, 'ep-vote:800005')).toMatchObject({
      description: 'Recital C - Am 3= 4=',
      isRollCall: false,
      result: 'LAPSED',
    })
    // The stamp of a show of hands tells when the minutes were written.
    expect(valuesOf(records, 'ep-vote:800007')).toEqual({
      title: 'Thursday’s agenda',
      description: 'Request by the ID Group',
      date: '2024-02-08',
      isMain: false,
      isRollCall: false,
      method: 'SHOW_OF_HANDS',
      result: 'REJECTED',
    })
    expect(linksOf(records, 'MergedInto')).toEqual([
      'merge:ep-pv-9-2024-02-08-vot:1.5 → ep-vote:800004',
      'merge:ep-pv-9-2024-02-08-vot:1.6 → ep-vote:800005',
      'merge:ep-pv-9-2024-02-08-vot:2.1 → ep-vote:800007',
    ])
  })

  it('give the committees responsible, which the item names, as the authors of what is by the committee', async () => {
    const item = (written: string) =>
      changed(
        [
          '<vote listIndex="0"',
          '<vote committee="Committee: Committee on Budgets, Committee on the Environment, Climate and Food Safety" listIndex="0"',
        ],
        ['<amendmentAuthor>ID</amendmentAuthor>', `<amendmentAuthor>${written}</amendmentAuthor>`],
      )
    for (const written of ['committee', 'commission', 'Members committee']) {
      const tabled = linksOf((await item(written)).records, 'TabledBy').filter((each) =>
        each.startsWith(`${TEXT}#am-1 `),
      )
      expect(tabled).toEqual(['BUDG', 'ENVI'].map((code) => `${TEXT}#am-1 → ep-committee:${code}`))
    }
    expect(linksOf((await item('texte original')).records, 'TabledBy')).not.toContain(
      `${TEXT}#am-1 → ep-committee:BUDG`,
    )
  })

  it('give the parts of a split vote by show of hands, which only the column of remarks tells apart', async () => {
    const row = (number: number, inner: string, result = ' result="ADOPTED"', method = 'RAISE_HAND') =>
      `<voting type="AMENDMENT" votingId="${number}" listIndex="9"${result} resultType="${method}"><title/><label/>${inner}</voting>`
    const part = (subject: string, number: string, remark: string) =>
      `<amendmentSubject>${subject}</amendmentSubject><amendmentNumber>${number}</amendmentNumber><amendmentAuthor/><rcv type="RCV"><value>${remark}</value></rcv>`
    const rows = [
      row(800020, part('§ 9', '§', 'split'), '', 'ROLL_CALL'),
      row(800021, part('§ 9', '§', '1')),
      row(800022, part('§ 9', '7', 'div'), ''),
      row(800023, part('§ 9', '7', '1')),
      row(800024, part('§ 9', '7', '2/EV'), ' result="REJECTED" numberFavor="1" numberAgainst="2"', 'ELECTRONICAL'),
      row(800025, part('§ 10', '8', 'sep')),
    ].join('')
    const { records, problems } = await changed(['</votings><remarks>', `${rows}</votings><remarks>`])
    expect(problems).toEqual([])
    expect(linksOf(records, 'BallotOn').slice(-4)).toEqual([
      `ep-vote:800021 → ${TEXT}`,
      `ep-vote:800023 → ${TEXT}#am-7/1`,
      `ep-vote:800024 → ${TEXT}#am-7/2`,
      `ep-vote:800025 → ${TEXT}#am-8`,
    ])
    const described = [800021, 800023, 800024, 800025].map(
      (id) => (valuesOf(records, `ep-vote:${id}`) as Values)['description'],
    )
    expect(described).toEqual(['§ 9/1', '§ 9 - Am 7/1', '§ 9 - Am 7/2', '§ 10 - Am 8'])
    expect(valuesOf(records, 'ep-vote:800024')).toMatchObject({ method: 'ELECTRONIC', isRollCall: false })
  })

  it.each([
    ['SECRET', { method: 'SECRET', isRollCall: false }],
    ['ELECTRONICAL', { method: 'ELECTRONIC', isRollCall: false }],
    ['BY_BEADS', {}],
  ])('say how a ballot was taken: %s', async (written, values) => {
    const { records, notes } = await changed(['resultType="ELECTRONIC"', `resultType="${written}"`])
    const { method, isRollCall } = valuesOf(records, 'ep-vote:800004') as Values
    expect({ ...(method !== undefined && { method }), ...(isRollCall !== undefined && { isRollCall }) }).toEqual(values)
    expect(notes.some((note) => note.includes('"BY_BEADS" is not known'))).toBe(written === 'BY_BEADS')
  })

  it.each([
    ['Proposition de rejet de la proposition de la Commission', TEXT],
    ['Draft legislative act', TEXT],
    ['Autres propositions de résolution', null],
    ['Motions for resolutions by political groups', null],
  ])('leave what follows a title without a text on the text before, but for other texts: %s', async (title, text) => {
    const rows = `<voting type="TITLE_BLOCK" votingId="800030" listIndex="8"><title>${title}</title><label/></voting><voting type="AMENDMENT" votingId="800031" listIndex="9" result="LAPSED" resultType="RAISE_HAND"><title/><label/><amendmentSubject>Article 3 of A9-0001/2020</amendmentSubject><amendmentNumber/><amendmentAuthor/></voting>`
    const { records } = await changed(['</votings><remarks>', `${rows}</votings><remarks>`])
    const on = linksOf(records, 'BallotOn').filter((each) => each.startsWith('ep-vote:800031'))
    expect(on).toEqual(text === null ? [] : [`ep-vote:800031 → ${text}`])
  })

  it('give no motion with the number of a joint one', async () => {
    const { records } = await changed(
      ['Motions for resolutions: RC-B9-0010/2024, B9-0010/2024, B9-0011/2024', 'Joint motion for a resolution'],
      [
        '<remark/></remarks><documents/>',
        '<remark/></remarks><documents><document documentNumber="B9-0010/2024" documentType="RC"/></documents>',
      ],
    )
    expect(records.flatMap((each) => ('type' in each && each.type === 'Motion' ? [each.id] : []))).toEqual([TEXT])
  })

  it('give every text that an item names', async () => {
    const { records } = await read(SMALL)
    expect(valuesOf(records, TEXT)).toEqual({
      kind: 'JOINT_MOTION',
      reference: 'RC-B9-0010/2024',
      title: 'The situation in Utopia',
    })
    expect(valuesOf(records, 'ep-doc:B9-0011/2024')).toMatchObject({ kind: 'MOTION' })
  })

  it('tell where the number of voters is not the sum, and what is not a ballot', async () => {
    const { findings, leftOut } = await read(SMALL)
    expect(findings).toEqual([
      {
        rule: 'VOTERS_COUNT_IS_THE_SUM',
        record: 'ep-vote:800006',
        message: 'The minutes count 501 voters, and the votes for, against and abstentions are 500 together.',
        expected: '501',
        found: '500',
      },
    ])
    expect(leftOut).toEqual({ 'an item without a ballot, such as a remark': 1 })
  })

  it('tell where a motion for a resolution is rejected with more votes for than against', async () => {
    const { findings } = await changed([
      'votingId="800006" listIndex="6" result="ADOPTED"',
      'votingId="800006" listIndex="6" result="REJECTED"',
    ])
    expect(findings.filter(({ rule }) => rule === 'RESULT_AGREES_WITH_COUNTS')).toEqual([
      {
        rule: 'RESULT_AGREES_WITH_COUNTS',
        record: 'ep-vote:800006',
        message: 'The ballot is published as rejected, with 400 for, 95 against, 5 abstentions.',
        expected: 'ADOPTED',
        found: 'REJECTED',
      },
    ])
  })

  it('are read from a gzip alike', async () => {
    const packed = await read(folderWith({ 'results.xml.gz': gzipSync(`\ufeff${edited(RESULTS)}`) }))
    expect(packed.counts).toEqual((await read(SMALL)).counts)
  })
})

describe('a bad row costs one row, and is told with file, line and reason', () => {
  it.each<[string, string, string, string]>([
    [
      'a number that is none',
      'numberFavor="200"',
      'numberFavor="many"',
      'results.xml, line 7: The attribute "numberFavor" of "voting" is "many", which is not a whole number.',
    ],
    [
      'an id of the wrong kind',
      'votingId="800001"',
      'votingId="ep-vote:800001"',
      'results.xml, line 7: The attribute "votingId" of "voting" is "ep-vote:800001", which is not a whole number.',
    ],
    [
      'a roll call without a number',
      'votingId="800001" ',
      '',
      'results.xml, line 7: The element "voting" has no "votingId".',
    ],
    [
      'a day that does not exist',
      '2024-02-08T12:00:01.000+01:00',
      '2024-02-30T12:00:01.000+01:00',
      'results.xml, line 7: The attribute "voteTimestamp" is "2024-02-30T12:00:01.000+01:00", which is not a moment such as 2024-11-27T12:20:58+01:00.',
    ],
    [
      'a time that does not exist',
      '2024-02-08T12:00:01.000+01:00',
      '2024-02-08T25:00:01.000+01:00',
      'results.xml, line 7: The attribute "voteTimestamp" is "2024-02-08T25:00:01.000+01:00", which is not a moment such as 2024-11-27T12:20:58+01:00.',
    ],
    [
      'a ballot that stands twice',
      'votingId="800002"',
      'votingId="800001"',
      'results.xml, line 8: The ballot "ep-vote:800001" stands twice: here and in results.xml, line 7.',
    ],
  ])('%s', async (_what, from, to, problem) => {
    const { problems, counts } = await changed([from, to])
    expect(problems).toEqual([problem])
    expect(counts['VoteEvent']).toBe(6)
  })

  it('leaves what the bad row would have given first to the next one', async () => {
    const { records, problems } = await changed(['numberFavor="400"', 'numberFavor="many"'])
    expect(problems).toHaveLength(1)
    expect(linksOf(records, 'AmendmentOf')).toContain(`${TEXT}#am-2 → ${TEXT}`)
    expect(linksOf(records, 'TabledBy')).toContain(`${TEXT}#am-2 → ep-group:GREEN_EFA`)
  })

  it('says which results and times it leaves out', async () => {
    const { notes, records } = await changed(
      ['result="REJECTED"', 'result="MAYBE"'],
      ['2024-02-08T12:00:30.000', '2024-02-07T12:00:30.000'],
    )
    expect(notes.slice(0, 2)).toEqual([
      'results.xml: the result "MAYBE" is not known to this importer and was left out.',
      'results.xml: the time "2024-02-07T12:00:30.000+01:00" of a ballot is not on the day of the sitting and was left out.',
    ])
    expect(valuesOf(records, 'ep-vote:800001')).not.toHaveProperty('result')
  })
})

it('an attribute or element that is not known is told once, wherever it stands', async () => {
  const { notes } = await changed(
    ['<file ', '<file weather="fair" '],
    ['<votes>', '<weather/><votes>'],
    ['<vote listIndex="0"', '<vote rapporteur="somebody" listIndex="0"'],
    ['votingId="800001"', 'votingId="800001" weather="fair"'],
    ['votingId="800002"', 'votingId="800002" weather="fair"'],
    ['<amendmentAuthor>ID', '<weather><value/></weather><amendmentAuthor>ID'],
    ['<remarks>', '<voting/><remarks>'],
    ['<remark/>', '<remark><anything at="all"/></remark>'],
  )
  const told = [
    'the attribute "weather" of "file"',
    'the element "weather" in "sitting"',
    'the attribute "rapporteur" of "vote"',
    'the attribute "weather" of "voting"',
    'the element "weather" in "voting"',
    'the element "voting" in "vote"',
  ]
  const before = (await read(SMALL)).notes
  expect(notes.filter((note) => !before.includes(note)).toSorted()).toEqual(
    told.map((what) => `results.xml: ${what} is not known to this importer and was left out.`).toSorted(),
  )
})

describe('a bad file is refused as a whole, with its name, line and the reason', () => {
  it.each<[string, () => string | Uint8Array, string]>([
    [
      'a DOCTYPE with declarations',
      () => edited(RESULTS, ['<file ', '<!DOCTYPE file [<!ENTITY a "b">]><file ']),
      'line 2: the file has a DOCTYPE with declarations',
    ],
    [
      'an entity of its own',
      () => edited(RESULTS, ['Utopia', '&bomb;']),
      'the XML is not well-formed: undefined entity',
    ],
    ['an unclosed tag', () => edited(RESULTS, ['</votes>', '']), 'the XML is not well-formed'],
    [
      'a million numeric entities',
      () => edited(RESULTS, ['Utopia', '&#65;'.repeat(1_000_000)]),
      'a tag or text is longer than 1,000,000 characters',
    ],
    [
      'a day that does not exist',
      () => edited(RESULTS, ['sitting date="2024-02-08', 'sitting date="2024-02-30']),
      'the attribute "date" of "sitting" is "2024-02-30+01:00", which is not a day',
    ],
    ['no sitting', () => '<file language="EN"/>', 'the file has no element "sitting"'],
    [
      'another kind of file',
      () => '<PV.RollCallVoteResults/>',
      'the outermost element is "PV.RollCallVoteResults" and not "file"',
    ],
    ['another encoding', () => Buffer.from(edited(RESULTS, ['’', 'é']), 'latin1'), 'the text is not in UTF-8'],
  ])('%s', async (_what, content, message) => {
    const refusal = await refusalOf(europarlResults, folderWith({ 'results.xml': content() }))
    expect(refusal).toContain('results.xml')
    expect(refusal).toContain(message)
  })

  it('a truncated gzip', async () => {
    const folder = folderWith({ 'results.xml.gz': gzipSync(edited(RESULTS)).subarray(0, 700) })
    expect(await refusalOf(europarlResults, folder)).toContain('results.xml.gz: the gzip file is truncated')
  })
})

const REAL = realFiles('results')
const there = existsSync(REAL)
if (!there && process.env['CI'])
  throw new Error('The real results of votes are not in ../shared/data/europarl/results.')
if (!there) console.warn('NOT TESTED: the real results of votes, which are not in ../shared/data/europarl/results.')

describe.skipIf(!there)('the real results of votes', () => {
  it('give every ballot and text', async () => {
    const { counts, problems, findings, sources, records, leftOut } = await read(REAL)
    expect([problems, findings]).toEqual([[], []])
    expect(sources).toEqual([
      'source:ep-pv-10-2024-11-27-vot of 2024-11-27',
      'source:ep-pv-9-2024-01-15-vot of 2024-01-15',
    ])
    expect(counts).toMatchObject({ VoteEvent: 19, Motion: 7, BallotOn: 10, TabledBy: 3, Source: 2 })
    expect(leftOut).toEqual({ 'an item without a ballot, such as a remark': 1 })
    const ballots = records.filter((record) => 'type' in record && record.type === 'VoteEvent')
    const main = ballots.filter(({ values }) => values['isMain'] === true).map((each) => 'id' in each && each.id)
    expect(main).toEqual(['170722', '170726', '170671', '170721', '170670', '170632'].map((id) => `ep-vote:${id}`))
    // The election of the Commission, and a joint text of conciliation, which is sometimes main and sometimes not.
    const unsure = ballots.filter(({ values }) => values['isMain'] === null).map((each) => 'id' in each && each.id)
    expect(unsure).toEqual(['ep-vote:170611', 'ep-vote:170621'])
    expect(
      ballots.filter(({ values }) => values['isRollCall'] === false).map((each) => 'id' in each && each.id),
    ).toEqual(['ep-vote:163207'])
    expect(valuesOf(records, 'ep-vote:170725')).toMatchObject({
      description: '§ 11',
      result: 'REJECTED',
      time: '2024-11-27T12:22:24+01:00',
      tallyFor: 173,
      tallyAgainst: 455,
      tallyAbstention: 55,
    })
    expect(linksOf(records, 'TabledBy')).toEqual([
      'ep-doc:B10-0194/2024 → ep-group:GUE_NGL',
      'ep-doc:B10-0196/2024 → ep-group:PFE',
      'ep-doc:B10-0178/2024 → ep-group:PFE',
    ])
  })
})
