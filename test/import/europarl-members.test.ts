import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { europarlMembers } from '../../src/import/europarl/europarl-members.js'
import { fixture, folderWith, readWith, realFiles, refusalOf, valuesOf, weakOf } from '../support/read-europarl.js'

const SMALL = fixture('europarl-members')
const read = (path: string) => readWith(europarlMembers, path)
const table = readFileSync(join(SMALL, 'members_term9.csv'))
/** The table with a text replaced, in windows-1252, which is Latin-1 in all of the replacements. */
const changed = (from: string | RegExp, to: string): Uint8Array =>
  Buffer.from(table.toString('latin1').replace(from, to), 'latin1')
const readTable = (content: string | Uint8Array) => read(folderWith({ 'members_term9.csv': content }))

describe('tables of members', () => {
  it('are read in windows-1252, or in UTF-8 where all of a file can be read so', async () => {
    const jose = {
      name: 'José Núñez Š.',
      sortName: 'Núñez Š., José',
      givenName: 'José',
      familyName: 'Núñez Š.',
      names: [],
      email: 'jose@example.org',
      urls: [
        'https://jose.example.org/',
        'https://social.example.org/jose',
        'https://a.example.org/jose',
        'https://b.example.org/jose?hl=es',
      ],
      birthDateEdtf: '1952-02-06',
      birthDateEarliest: '1952-02-06',
      birthDateLatest: '1952-02-06',
    }
    const utf8 = table.toString('latin1').replace('\u008a', 'Š')
    for (const content of [table, utf8, `\ufeff${utf8}`]) {
      const { records, problems } = await readTable(content)
      expect(problems).toEqual([])
      expect(valuesOf(records, 'ep-mep:1001')).toEqual(jose)
      expect(weakOf(records, 'ep-mep:1001')).toEqual(['email'])
    }
  })

  it('give a damaged name in passing only, and say so', async () => {
    const { records, findings } = await readTable(table)
    expect(valuesOf(records, 'ep-mep:1002')).toEqual({
      name: 'Kate?ina Nováková',
      sortName: 'Nováková, Kate?ina',
      familyName: 'Nováková',
      names: [],
      urls: [],
    })
    expect(weakOf(records, 'ep-mep:1002')).toEqual(['email', 'name', 'sortName'])
    expect(findings).toEqual([
      {
        rule: 'NAME_IS_WHOLE',
        record: 'ep-mep:1002',
        message: 'The name is "Kate?ina Nováková": letters were lost at the source.',
      },
    ])
    // The official name is damaged, the one in Latin letters is not.
    expect(valuesOf(records, 'ep-mep:1003')).toMatchObject({ name: 'Nikos Pappas', names: [] })
  })

  it('give who was a member in which term, with keys as other sources have them', async () => {
    const { records, sources } = await readTable(table)
    expect(sources).toEqual(['source:ep-meps-term9 of 2019-07-02'])
    const [membership] = records.filter((record) => 'link' in record && record.link === 'Membership')
    expect(membership).toMatchObject({
      from: 'ep-mep:1001',
      to: 'org:european-parliament',
      key: '0000-00-00/09',
      values: { role: 'MEMBER', term: 9 },
      citations: [{ source: 'source:ep-meps-term9' }],
    })
  })

  it('do not tell the country represented: the citizenship is another thing', async () => {
    expect((await readTable(table)).counts['Represents']).toBeUndefined()
  })

  it('of several terms are a source each, of the first day of its term, and give whom they have', async () => {
    const { records, sources, notes, counts } = await read(SMALL)
    expect(sources).toEqual(['source:ep-meps-term8 of 2014-07-01', 'source:ep-meps-term9 of 2019-07-02'])
    const ofMember = records.filter((record) => 'type' in record && record.id === 'ep-mep:1003')
    expect(ofMember.map(({ citations, values }) => [citations, values['birthDateEdtf']])).toEqual([
      [[{ source: 'source:ep-meps-term8' }], '1960-06-21'],
      [[{ source: 'source:ep-meps-term9' }], '1960-06-20'],
    ])
    expect(valuesOf(records, 'ep-mep:1004')).toMatchObject({ names: [{ text: 'Ann Mary Old' }] })
    expect(notes).toEqual([])
    expect(counts).toMatchObject({ Person: 6, Membership: 6, Source: 2 })
  })

  it('whose names tell no term give nobody a membership', async () => {
    const { counts, notes, sources } = await read(folderWith({ 'members.csv': table }))
    expect(counts['Membership']).toBeUndefined()
    expect(sources).toEqual(['source:ep-meps of null'])
    expect(notes).toEqual(["members.csv: the name tells no term, so nobody's membership is given."])
  })
})

describe('a bad row costs one row, and is told with file, line and reason', () => {
  it.each<[string, string | RegExp, string, string]>([
    [
      'a day that does not exist',
      '06/02/1952',
      '30/02/1952',
      'line 2: The column "mep_birthday" is "30/02/1952 01:00", which is not a day such as 06/02/1952.',
    ],
    [
      'a day in another form',
      '06/02/1952 01:00',
      '1952-02-06',
      'line 2: The column "mep_birthday" is "1952-02-06", which is not a day such as 06/02/1952.',
    ],
    [
      'an id of the wrong kind',
      '\n1001,',
      '\nep-mep:1001,',
      'line 2: The column "mep_identifier" is "ep-mep:1001", which is not a whole number.',
    ],
    ['an empty id', '\n1001,', '\n,', 'line 2: The column "mep_identifier" is empty.'],
    [
      'an address of somebody else',
      'person/1001',
      'person/1009',
      'line 2: The column "mep_URI" is "https://data.europarl.europa.eu/person/1009", which is not about member 1001.',
    ],
    ['no name', 'José', '', 'line 2: The column "mep_given_name" is empty.'],
    ['a cell too few', ',male,', ',', 'line 2: The row has 18 cells and the header 19.'],
    [
      'a member who stands twice',
      /1002(?=,)|person\/1002/g,
      '1001',
      'line 3: The member "ep-mep:1001" stands twice: here and on line 2.',
    ],
    [
      'a byte that is not a character',
      'José',
      'Jos\u0081',
      'line 2: The cell "Jos\u0081" has a byte that is not a character.',
    ],
  ])('%s', async (_what, from, to, problem) => {
    const { problems, counts } = await readTable(changed(from, to))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(`members_term9.csv, ${problem}`)
    expect(counts['Person']).toBe(2)
  })

  it('a row that stands twice', async () => {
    const row = table.toString('latin1').split('\n')[2] ?? ''
    const { problems, counts } = await readTable(Buffer.from(`${table.toString('latin1')}${row}\n`, 'latin1'))
    expect(problems).toEqual(['members_term9.csv, line 5: The member "ep-mep:1002" stands twice: here and on line 3.'])
    expect(counts['Person']).toBe(3)
  })

  it('says what it does not know, and which addresses are none', async () => {
    const { notes } = await readTable(changed('https://jose.example.org/', 'see my page').subarray())
    expect(notes).toEqual([
      'members_term9.csv: the address "see my page" of member 1001 is not a web address and was left out.',
    ])
    const more = table.toString('latin1').replaceAll('\n', ',x\n')
    expect((await readTable(Buffer.from(more, 'latin1'))).notes).toEqual([
      'members_term9.csv: the column "x" is not known to this importer and was left out.',
    ])
  })
})

describe('a bad file is refused as a whole, with its name and the reason', () => {
  it.each<[string, () => string | Uint8Array, string]>([
    ['a missing column', () => changed('mep_birthday', 'birthday'), 'line 1: the header "mep_identifier'],
    [
      'a column that stands twice',
      () => changed('mep_gender', 'mep_email'),
      'line 1: the column "mep_email" stands twice',
    ],
    ['an empty file', () => '', 'the file is empty'],
    ['no row', () => changed(/\n.*/s, ''), 'the table has no member that can be read'],
    [
      'no row that can be read, with the first reasons',
      () => changed(/person\/(\d)/g, 'person/x$1'),
      'the table has no member that can be read (members_term9.csv, line 2: The column "mep_URI" is',
    ],
    ['UTF-16', () => Buffer.from(`\ufeff${table.toString('latin1')}`, 'utf16le'), 'lacks "mep_identifier"'],
    [
      'a quote that is never closed',
      () => changed('Canarias"', 'Canarias'),
      'a cell begins with a quote that is never closed',
    ],
    ['a very long line', () => changed('José', 'x'.repeat(3_000_000)), 'the row is longer than 1,000,000 characters'],
    [
      'a quote that swallows a large file',
      () => changed('Canarias"', 'x\n'.repeat(900_000)),
      'the row is longer than 1,000,000 characters',
    ],
  ])('%s', async (_what, content, message) => {
    const refusal = await refusalOf(europarlMembers, folderWith({ 'members_term9.csv': content() }))
    expect(refusal).toContain('members_term9.csv')
    expect(refusal).toContain(message)
  })

  it('a truncated gzip, and what is none', async () => {
    const name = 'members_term9.csv.gz'
    expect(await refusalOf(europarlMembers, folderWith({ [name]: gzipSync(table).subarray(0, 300) }))).toContain(
      `${name}: the gzip file is truncated`,
    )
    expect(await refusalOf(europarlMembers, folderWith({ [name]: table }))).toContain(
      `${name}: the gzip file is damaged, or is not a gzip file`,
    )
  })

  it('two tables of the same term', async () => {
    const folder = folderWith({ 'a_term9.csv': table, 'b_term9.csv': table })
    expect(await refusalOf(europarlMembers, folder)).toContain('another file of the folder is of the same term')
  })
})

const REAL = realFiles('')
const there = existsSync(join(REAL, 'meps_term9_en.csv.gz'))
if (!there && process.env['CI']) throw new Error('The real tables of members are not in ../shared/data/europarl.')
if (!there) console.warn('NOT TESTED: the real tables of members, which are not in ../shared/data/europarl.')

describe.skipIf(!there)('the real tables of members', () => {
  it.each([
    [8, 860, 73],
    [9, 813, 71],
  ])('of term %i give every member, and tell the damaged names', async (term, members, damaged) => {
    const { counts, problems, notes, findings, records } = await read(join(REAL, `meps_term${term}_en.csv.gz`))
    expect([problems, notes]).toEqual([[], []])
    expect(counts).toEqual({ Source: 1, Publisher: 1, Organization: 1, Person: members, Membership: members })
    expect(findings).toHaveLength(damaged)
    expect(valuesOf(records, 'ep-mep:840')).toMatchObject({
      name: 'Charles Goerens',
      birthDateEdtf: '1952-02-06',
      email: 'charles.goerens@europarl.europa.eu',
    })
  })

  it('of both terms are two sources', async () => {
    const { counts, problems } = await read(REAL)
    expect(problems).toEqual([])
    expect(counts).toMatchObject({ Person: 1_673, Membership: 1_673, Source: 2 })
  })
})
