import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { RapporteurError } from '../../src/errors.js'
import { edited, exportWith, readExport, SMALL_EXPORT } from '../support/read-edition.js'

const small = (name: string): string => readFileSync(join(SMALL_EXPORT, name), 'utf8')

const refusalOf = async (folder: string): Promise<string> => {
  const error = await readExport(folder).catch((caught: unknown) => caught)
  if (!(error instanceof RapporteurError)) throw new Error(`It was not refused: ${String(error)}`)
  expect(error.code).toBe('BAD_INPUT')
  expect(error.message).toMatch(/Nothing was loaded/)
  return error.message
}

describe('a bad file is refused as a whole, with its name and the reason', () => {
  const longQuote = `id,label\n1,"never closed\n${'2,more\n'.repeat(200_000)}`
  it.each<[string, Record<string, string | Uint8Array | null>, string]>([
    ['a missing file', { 'votes.csv': null }, 'the folder lacks votes.csv.gz'],
    [
      'a table that is there twice',
      { 'votes.csv.gz': gzipSync('') },
      'the table "votes" is there twice, as votes.csv and votes.csv.gz',
    ],
    ['an empty file', { 'members.csv': '' }, 'members.csv: the file is empty'],
    [
      'a table without a vote',
      { 'votes.csv': small('votes.csv').split('\n')[0] ?? '' },
      'votes.csv: the table has no vote',
    ],
    [
      'a table without a vote that can be read, with the first reasons',
      { 'votes.csv': small('votes.csv').replace(/\n(\d+),/g, '\nx$1,') },
      'votes.csv: the table has no vote that can be read (votes.csv, line 2: The column "id" is "x1001", which is not a whole number; ',
    ],
    [
      'a missing column',
      { 'votes.csv': edited('votes.csv', ',timestamp,', ',time,') },
      'votes.csv, line 1: the column "timestamp" is missing',
    ],
    [
      'a column that stands twice',
      { 'groups.csv': edited('groups.csv', 'short_label', 'short_label,label') },
      'groups.csv, line 1: the column "label" stands twice',
    ],
    [
      'a truncated gzip',
      { 'votes.csv': null, 'votes.csv.gz': gzipSync(small('votes.csv')).subarray(0, 100) },
      'votes.csv.gz: the gzip file is truncated',
    ],
    [
      'a damaged gzip',
      { 'votes.csv': null, 'votes.csv.gz': 'id,timestamp' },
      'votes.csv.gz: the gzip file is damaged, or is not a gzip file',
    ],
    [
      'another encoding',
      { 'members.csv': Buffer.from(`${small('members.csv')}5,Josef,MÜLLER,BEL,,,,\n`, 'latin1') },
      'members.csv, line 5: the text is not in UTF-8',
    ],
    [
      'UTF-16',
      { 'members.csv': Buffer.from(`\ufeff${small('members.csv')}`, 'utf16le') },
      'members.csv, line 1: the text is not in UTF-8',
    ],
    [
      'a quote that is never closed',
      { 'eurovoc_concepts.csv': 'id,label\n616,"economic cooperation\n617,x\n' },
      'eurovoc_concepts.csv, line 2: a cell begins with a quote that is never closed',
    ],
    [
      'a quote that swallows a large file',
      { 'eurovoc_concepts.csv': longQuote },
      'eurovoc_concepts.csv, line 2: the row is longer than 1,000,000 characters',
    ],
    [
      'a line without end',
      { 'eurovoc_concepts.csv': `id,label\n1,${'x'.repeat(3_000_000)}` },
      'eurovoc_concepts.csv, line 2: the row is longer',
    ],
  ])('%s', async (_what, changes, message) => {
    expect(await refusalOf(exportWith(changes))).toContain(message)
  })

  it('a folder that does not exist', async () => {
    expect(await refusalOf('/nowhere/at/all')).toContain('There is no file or folder "/nowhere/at/all".')
  })

  it('a file instead of a folder', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'howtheyvote-')), 'votes.csv')
    writeFileSync(file, 'id')
    expect(await refusalOf(file)).toContain('it is a file; give the folder in which it lies, or a zip of that folder')
  })
})

describe('a bad row costs one row, and is told with file, line and reason', () => {
  it.each<[string, string, string, string, number, string]>([
    [
      'a day that does not exist',
      'group_memberships.csv',
      '1294,SD,10,2024-07-16',
      '1294,SD,10,2025-02-29',
      4,
      'The column "start_date" is "2025-02-29", which is not a day such as 2022-01-20.',
    ],
    [
      'a time that does not exist',
      'votes.csv',
      '2025-07-08 12:41:00',
      '2025-03-30 02:30:00',
      4,
      'The column "timestamp" is "2025-03-30 02:30:00", which is not a time such as 2022-01-20 15:33:04 in Brussels.',
    ],
    [
      'no number',
      'group_votes.csv',
      'RENEW,Renew Europe,1,0,0,0,1002',
      'RENEW,Renew Europe,one,0,0,0,1002',
      3,
      'The column "count_for" is "one", which is not a whole number.',
    ],
    [
      'a negative number',
      'group_votes.csv',
      'RENEW,Renew Europe,1,0,0,0,1002',
      'RENEW,Renew Europe,-1,0,0,0,1002',
      3,
      'The column "count_for" is "-1", which is not a whole number.',
    ],
    [
      'an id of the wrong kind',
      'members.csv',
      '1294,Elio',
      'ep-mep:1294,Elio',
      3,
      'The column "id" is "ep-mep:1294", which is not a whole number.',
    ],
    ['an empty id', 'members.csv', '1294,Elio', ',Elio', 3, 'The column "id" is empty.'],
    [
      'an unknown word',
      'votes.csv',
      ',1,1,0,1,REJECTED',
      ',1,1,0,1,MAYBE',
      2,
      'The column "result" is "MAYBE", which is not one of ADOPTED, REJECTED, LAPSED, WITHDRAWN.',
    ],
    [
      'an unknown position',
      'member_votes.csv',
      '1001,840,FOR',
      '1001,840,YES',
      2,
      'The column "position" is "YES", which is not one of FOR, AGAINST, ABSTENTION, DID_NOT_VOTE.',
    ],
    [
      'a cell too many',
      'member_votes.csv',
      '1001,840,FOR,LUX,RENEW',
      '1001,840,FOR,LUX,RENEW,',
      2,
      'The row has 6 cells and the header 5.',
    ],
    [
      'a cell too few',
      'eurovoc_concepts.csv',
      '616,economic cooperation',
      '616',
      2,
      'The row has 1 cell and the header 2.',
    ],
    [
      'an id that stands twice',
      'groups.csv',
      'SD,Group',
      'RENEW,Group',
      3,
      'The id "ep-group:RENEW" stands twice: here and in groups.csv, line 2.',
    ],
    [
      'a ballot that stands twice',
      'votes.csv',
      '\n1002,',
      '\n1001,',
      3,
      'The vote "1001" stands twice: here and on line 2.',
    ],
    [
      'a link to a ballot that is nowhere',
      'oeil_subject_votes.csv',
      '1001,',
      '999,',
      2,
      'The link Filing from "ep-vote:999" to "oeil:6.10.04": "ep-vote:999" is neither among the records nor in the store.',
    ],
    [
      'a link to a subject that is nowhere',
      'oeil_subject_votes.csv',
      '1001,6.10.04',
      '1001,6.10.05',
      2,
      'The link Filing from "ep-vote:1001" to "oeil:6.10.05": "oeil:6.10.05" is neither among the records nor in the store.',
    ],
    [
      'a vote of nobody',
      'member_votes.csv',
      '1001,1294,',
      '1001,1295,',
      3,
      'The column "member_id" is "1295", which is not in members.csv.',
    ],
    [
      'a vote as one of an unknown group',
      'member_votes.csv',
      'AGAINST,BEL,SD',
      'AGAINST,BEL,SDX',
      3,
      'The link Vote from "ep-mep:1294" to "ep-vote:1001": "ep-group:SDX" is neither among the records nor in the store.',
    ],
    [
      'a member of an unknown country',
      'members.csv',
      'DI RUPO,BEL',
      'DI RUPO,BLE',
      3,
      'The column "country_code" is "BLE", which is neither in countries.csv nor in geo_areas.csv.',
    ],
    [
      'a null character',
      'groups.csv',
      'Renew Europe Group',
      'Renew\0Europe Group',
      2,
      'The record "ep-group:RENEW": "officialName" is "Renew\\u0000Europe Group", which has a null character.',
    ],
  ])('%s', async (_what, file, from, to, line, reason) => {
    const { check } = await readExport(exportWith({ [file]: edited(file, from, to) }))
    // Where the id itself is lost, rows that name it lead to nowhere in other files.
    const problems = check.problems.filter((problem) => problem.file === file)
    expect(problems.map((problem) => ({ file: problem.file, line: problem.line, reason: problem.reason }))).toEqual([
      { file, line, reason },
    ])
  })

  it('a link that stands twice, and not in the same words', async () => {
    const [from, to] = ['88721,GUE_NGL,9,2019-07-02,2024-07-15', '88721,GUE_NGL,9,2019-07-02,2022-07-15']
    const text = edited('group_memberships.csv', from, `${from}\n${to}\n${from}`)
    const { check, files } = await readExport(exportWith({ 'group_memberships.csv': text }))
    expect(check.problems.map(({ line, reason }) => [line, reason])).toEqual([
      [6, 'The row stands twice: here and on line 5.'],
    ])
    expect(files['group_memberships.csv']).toMatchObject({
      bad: 1,
      leftOut: { 'that stand in the same words before': 1 },
    })
  })

  it('a group’s tally that stands twice with other figures', async () => {
    const rows = edited('group_votes.csv', '', '').trimEnd().split('\n')
    const other = rows[2]?.replace('Europe,1,', 'Europe,9,')
    const text = [...rows, rows[2], other, ''].join('\n')
    const { check, files } = await readExport(exportWith({ 'group_votes.csv': text }))
    const problems = check.problems.filter(({ file }) => file === 'group_votes.csv')
    expect(problems).toMatchObject([
      { line: rows.length + 2, reason: expect.stringContaining('stands twice: here and on line 3.') },
    ])
    expect(files['group_votes.csv']?.leftOut).toMatchObject({ 'that stand in the same words before': 1 })
  })

  it.each([
    [
      '1002,840,FOR,LUX,RENEW',
      '1002,840,AGAINST,LUX,RENEW',
      'FOR in RENEW for LUX on line 5, and AGAINST in RENEW for LUX on line 8',
    ],
    [
      '1002,840,AGAINST,LUX,RENEW',
      '1002,840,FOR,LUX,RENEW',
      'AGAINST in RENEW for LUX on line 5, and FOR in RENEW for LUX on line 8',
    ],
    [
      '1002,840,FOR,LUX,RENEW',
      '1002,840,FOR,LUX,SD',
      'FOR in RENEW for LUX on line 5, and FOR in SD for LUX on line 8',
    ],
  ])('a member on two sides is on neither, whatever the order: %s, %s', async (first, second, sides) => {
    const text = `${edited('member_votes.csv', '1002,840,FOR,LUX,RENEW', first)}${second}\n`
    const { check, records } = await readExport(exportWith({ 'member_votes.csv': text }))
    const reason = `The member "ep-mep:840" stands on two sides of "ep-vote:1002": ${sides}. Neither is taken.`
    expect(check.problems).toEqual([5, 8].map((line) => ({ file: 'member_votes.csv', line, reason })))
    const votes = records.filter((record) => 'link' in record && record.link === 'Vote')
    expect(votes).toHaveLength(5)
    expect(votes.some((vote) => 'from' in vote && vote.from === 'ep-mep:840' && vote.to === 'ep-vote:1002')).toBe(false)
  })

  it('rows that stand in the same words before are left out and counted, and are not bad', async () => {
    const twice = (name: string) => {
      const [header = '', ...rows] = edited(name, '', '').trimEnd().split('\n')
      return [header, ...rows, ...rows, ''].join('\n')
    }
    const names = [
      'countries',
      'groups',
      'members',
      'group_memberships',
      'votes',
      'geo_area_votes',
      'group_votes',
      'member_votes',
    ]
    const whole = await readExport(exportWith({}))
    const again = await readExport(
      exportWith(Object.fromEntries(names.map((name) => [`${name}.csv`, twice(`${name}.csv`)]))),
    )
    expect(again.check.problems).toEqual([])
    expect(Object.fromEntries(again.check.records)).toEqual(Object.fromEntries(whole.check.records))
    for (const name of names) {
      const { rows, leftOut } = again.files[`${name}.csv`] as { rows: number; leftOut: Record<string, number> }
      const newer = Object.entries(leftOut).reduce(
        (sum, [why, many]) => (why.startsWith('about a vote newer') ? sum + many : sum),
        0,
      )
      expect([name, leftOut['that stand in the same words before']]).toEqual([name, (rows - newer) / 2])
    }
  })

  it('an interval turned round is told by the gate, and costs no row', async () => {
    const [from, to] = ['88721,GUE_NGL,9,2019-07-02,2024-07-15', '88721,GUE_NGL,9,2019-07-02,2019-01-01']
    const { check } = await readExport(
      exportWith({ 'group_memberships.csv': edited('group_memberships.csv', from, to) }),
    )
    expect(check.problems).toEqual([])
    expect(check.findings).toContainEqual(
      expect.objectContaining({
        rule: 'ENDS_BEFORE_IT_BEGINS',
        record: 'ep-mep:88721',
        message: 'The membership of "ep-group:GUE_NGL" ends on 2019-01-01, before it begins on 2019-07-02.',
      }),
    )
  })

  it('leaves out the rows that need it, which are not bad themselves', async () => {
    const { check, files, records } = await readExport(
      exportWith({ 'votes.csv': edited('votes.csv', ',2,0,1,0,ADOPTED', ',two,0,1,0,ADOPTED') }),
    )
    expect(check.problems).toHaveLength(1)
    expect(
      Object.entries(files)
        .filter(([, { leftOut }]) => Object.keys(leftOut).length > 0)
        .map(([name, { leftOut }]) => [name, leftOut]),
    ).toEqual([
      ['geo_area_votes.csv', { 'in need of a record whose own row is bad': 2 }],
      ['oeil_subject_votes.csv', { 'in need of a record whose own row is bad': 1 }],
      ['group_votes.csv', expect.objectContaining({ 'in need of a record whose own row is bad': 3 })],
      ['member_votes.csv', { 'about a vote whose own row is bad': 3 }],
    ])
    expect(JSON.stringify(records)).not.toContain('ep-vote:1002')
  })
})

describe('a row about a vote newer than the export', () => {
  const withRow = async (row: string) => {
    const { check } = await readExport(exportWith({ 'member_votes.csv': `${small('member_votes.csv')}${row}\n` }))
    const { leftOut } = check.files.get('member_votes.csv') ?? {}
    return { problems: check.problems.map(({ reason }) => reason), leftOut: Object.fromEntries(leftOut ?? []) }
  }
  const before = 'about a vote newer than the last one of votes.csv (1004)'

  it('is left out, whoever it is of', async () => {
    const { leftOut: usual } = await withRow('1001,99,FOR,LUX,RENEW')
    const { problems, leftOut } = await withRow('99999,99,FOR,XYZ,NEW_GROUP')
    expect(problems).toEqual([])
    expect(leftOut).toEqual({ [before]: (usual[before] ?? 0) + 1 })
  })

  it.each([
    ['1e9,840,FOR,LUX,RENEW', 'The column "vote_id" is "1e9", which is not a whole number.'],
    ['Infinity,840,FOR,LUX,RENEW', 'The column "vote_id" is "Infinity", which is not a whole number.'],
    ['0x7ffff,840,FOR,LUX,RENEW', 'The column "vote_id" is "0x7ffff", which is not a whole number.'],
    ['99999999,zzz,FOR,LUX,RENEW', 'The column "member_id" is "zzz", which is not a whole number.'],
    [
      '99999,840,BOGUS,LUX,RENEW',
      'The column "position" is "BOGUS", which is not one of FOR, AGAINST, ABSTENTION, DID_NOT_VOTE.',
    ],
    [
      '99999,840,FOR,lux!,RENEW',
      'The column "country_code" is "lux!", which is not a code of capitals, digits and underscores.',
    ],
    [
      '99999,840,FOR,LUX,re new',
      'The column "group_code" is "re new", which is not a code of capitals, digits and underscores.',
    ],
  ])('is a bad row where a cell is none: %s', async (row, reason) => {
    expect((await withRow(row)).problems).toEqual([reason])
  })
})

describe('what looks bad and is not', () => {
  it('a byte order mark, CRLF, columns in another order, gzip, no line end at the end', async () => {
    const crlf = `\ufeff${small('votes.csv').trimEnd().replaceAll('\n', '\r\n')}`
    const turned = `group_code,country_code,vote_id,member_id,position\r\n${small('member_votes.csv')
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => {
        const [vote, member, position, country, group] = row.split(',')
        return [group, country, vote, member, `"${position}"`].join(',')
      })
      .join('\r\n')}`
    const other = await readExport(
      exportWith({ 'votes.csv': null, 'votes.csv.gz': gzipSync(crlf), 'member_votes.csv': turned }),
    )
    const plain = await readExport(SMALL_EXPORT)
    const texts = (records: typeof plain.records) =>
      records.map((record) => JSON.stringify(record).replace(/"contentHash":"\w+"/, '')).sort()
    expect(other.check.problems).toEqual([])
    expect(texts(other.records)).toEqual(texts(plain.records))
  })

  it('an extra column and an unknown table are left out, and the report says so', async () => {
    const { check } = await readExport(
      exportWith({
        'groups.csv': small('groups.csv').trim().replaceAll('\n', ',x\n').concat(',x\n'),
        'colours.csv': 'a\n',
      }),
    )
    expect(check.problems).toEqual([])
    expect([...check.notes].slice(0, 2)).toEqual([
      'colours.csv: this table is not known to this importer and was left out.',
      'groups.csv: the column "x" is not known to this importer and was left out.',
    ])
  })

  it('a line end and a quote inside quotes', async () => {
    const label = '"economic\ncooperation, ""broad"""'
    const { records, check } = await readExport(
      exportWith({ 'eurovoc_concepts.csv': `id,label\n616,${label}\nx y,z\n` }),
    )
    expect(records).toContainEqual(
      expect.objectContaining({
        id: 'eurovoc:616',
        values: { scheme: 'EUROVOC', code: '616', name: 'economic\ncooperation, "broad"' },
      }),
    )
    expect(check.problems).toMatchObject([{ file: 'eurovoc_concepts.csv', line: 4 }])
  })
})
