import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { followthemoney } from '../../src/import/followthemoney/followthemoney.js'
import type { Importer } from '../../src/import/importer.js'
import { recordsImporter } from '../../src/import/records/records.js'
import { runImports } from '../../src/import/run-import.js'
import type { GraphRecord } from '../../src/model/records.js'
import { engines, NOW, shape } from '../support/engines.js'
import { makeZip } from '../support/make-zip.js'
import { fixture, folderWith, linksOf, readWith, refusalOf, valuesOf } from '../support/read-europarl.js'

const ENTITIES = fixture('followthemoney/synthetic.ftm.json')
const STATEMENTS = fixture('followthemoney/statements.jsonl')
const NESTED = fixture('followthemoney/synthetic.nested.json')
const WITH_STATEMENTS = fixture('followthemoney/with-statements.json')
const HOLDERS = fixture('followthemoney/holders.ftm.json')
const text = readFileSync(ENTITIES, 'utf8')
const statements = readFileSync(STATEMENTS, 'utf8')
const read = (path: string) => readWith(followthemoney, path)
const readText = (content: string | Uint8Array, name = 'synthetic.ftm.json') =>
  read(`${folderWith({ [name]: content })}/${name}`)
const said = (records: readonly GraphRecord[], id: string) =>
  records
    .filter((record) => 'type' in record && record.id === id)
    .map(({ values, citations }) => ({ values, citations: citations.map(({ source }) => source) }))
const links = (records: readonly GraphRecord[], name: string) =>
  records.flatMap((record) =>
    'link' in record && record.link === name ? [{ ...record, citations: record.citations.map((c) => c.source) }] : [],
  )

/** A synthetic occupancy with these values. */
const readStays = (properties: Readonly<Record<string, readonly string[]>>) =>
  readText(
    [
      { id: 'stay', schema: 'Occupancy', properties: { holder: ['stay-person'], post: ['stay-post'], ...properties } },
      { id: 'stay-person', schema: 'Person', properties: { name: ['Synthetic Person'] } },
      { id: 'stay-post', schema: 'Position', properties: { name: ['Synthetic Office'] } },
    ]
      .map((entity) => JSON.stringify({ ...entity, datasets: ['synthetic'] }))
      .join('\n'),
  )
const daysOf = ({ values }: Pick<GraphRecord, 'values'>) => [values['startDate'], values['endDate']]

describe('entities of FollowTheMoney', () => {
  it('become persons, organisations, offices, events and places, each citing all of its data sets', async () => {
    const { records, problems, sources, counts } = await read(ENTITIES)
    expect(problems).toEqual([])
    expect(sources).toEqual(['source:ftm-synthetic of null'])
    expect(said(records, 'ftm:Q900001')).toEqual([
      {
        values: {
          name: 'Synthetic Person 1',
          names: [{ text: 'Синтетик 1' }, { text: 'Person One' }, { text: 'S1' }],
          givenName: 'Synthetic',
          familyName: 'Person',
          email: 'one@example.org',
          urls: ['https://one.example.org/'],
          birthDateEdtf: '1960-04-02',
          birthDateEarliest: '1960-04-02',
          birthDateLatest: '1960-04-02',
        },
        citations: ['source:ftm-syn_peps', 'source:ftm-syn_register'],
      },
    ])
    expect(valuesOf(records, 'ftm:person-2')).toMatchObject({
      birthDateEdtf: '1971',
      birthDateEarliest: '1971-01-01',
      birthDateLatest: '1971-12-31',
    })
    expect(valuesOf(records, 'ftm:body-1')).toEqual({
      kind: 'GOVERNMENT',
      name: 'Synthetic Parliament',
      shortName: 'SP',
      names: [{ text: 'SP' }],
      url: 'https://parliament.example.org/',
    })
    expect(valuesOf(records, 'ftm:org-1')).toMatchObject({ kind: 'PARTY' })
    expect(valuesOf(records, 'ftm:com-1')).toEqual({ name: 'Synthetic Mining', names: [] })
    expect(valuesOf(records, 'ftm:post-1')).toEqual({ name: 'Member of the Synthetic Parliament', names: [] })
    expect(valuesOf(records, 'ftm:event-1')).toEqual({
      name: 'Synthetic Meeting',
      names: [],
      summary: 'A meeting that never was.',
      dateEdtf: '2022-01-02/2022-01-11',
      dateEarliest: '2022-01-02',
      dateLatest: '2022-01-11',
    })
    expect(valuesOf(records, 'ftm:addr-1')).toEqual({ name: '1 Synthetic Street, Astana', names: [] })
    expect(counts).toMatchObject({ Person: 2, Organization: 3, Office: 1, Event: 1, Source: 3, Citation: 2 })
  })

  it('give links to what stands later in the file, and to what was merged', async () => {
    const { records } = await read(ENTITIES)
    expect(links(records, 'Holding')).toMatchObject([
      {
        from: 'ftm:Q900001',
        to: 'ftm:post-1',
        key: '2021-05-03/occ-1',
        values: { startDate: '2021-05-03', endDate: '2024-06-30', attestedOn: null, inferred: false },
        citations: ['source:ftm-syn_peps'],
      },
    ])
    const memberships = links(records, 'Membership').map(({ from, to, key, values: { role, startDate } }) => {
      return [from, to, key, role, startDate]
    })
    expect(memberships).toEqual([
      ['ftm:Q900001', 'ftm:org-1', '2020-02-00/mem-1', 'chair', '2020-02-01'],
      ['ftm:Q900001', 'ftm:com-1', '0000-00-00/dir-1', 'DIRECTOR', null],
      ['ftm:person-2', 'ftm:body-1', '0000-00-00/emp-1', 'adviser', null],
      ['ftm:Q900001', 'ftm:body-1', '0000-00-00/mem-3', 'MEMBER', null],
    ])
    expect(linksOf(records, 'OfficeOf')).toEqual(['ftm:post-1 → ftm:body-1'])
    expect(linksOf(records, 'OrganizationPart')).toEqual(['ftm:org-1 → ftm:body-1'])
    expect(linksOf(records, 'EventPlace')).toEqual(['ftm:event-1 → iso:KZ', 'ftm:event-1 → ftm:addr-1'])
    expect(links(records, 'Participation').map(({ from, key }) => [from, key])).toEqual([
      ['ftm:body-1', 'ORGANIZER'],
      ['ftm:Q900001', 'INVOLVED'],
    ])
  })

  it('link public bodies, and no company or party, to their country, which is given in passing', async () => {
    const { records } = await read(ENTITIES)
    expect(linksOf(records, 'Jurisdiction')).toEqual(['ftm:body-1 → iso:KZ'])
    expect(said(records, 'iso:KZ')).toEqual([
      { values: { kind: 'COUNTRY', name: 'Kazakhstan', isoAlpha2: 'KZ' }, citations: ['source:ftm-syn_peps'] },
      { values: { kind: 'COUNTRY', name: 'Kazakhstan', isoAlpha2: 'KZ' }, citations: ['source:ftm-syn_register'] },
    ])
  })

  it('are counted by schema where the graph has no place for them, and so are values', async () => {
    const { leftOut, notes } = await read(ENTITIES)
    expect(leftOut).toEqual({
      'of the schema Ownership, which the graph has no place for': 1,
      'of the schema Vessel, which the graph has no place for': 1,
      'of the schema Address, which no event names': 1,
      'whose "member" is of the schema Company, which the graph has no such link to': 1,
    })
    expect(notes).toEqual([
      'synthetic.ftm.json: values without a place in the graph were left out: Company.jurisdiction (1), Company.registrationNumber (1), Organization.country (1), Person.nationality (1), Person.topics (1), Position.country (1).',
    ])
  })

  it('have a birth date that is one of several where the values exclude each other', async () => {
    const { records } = await readText(text.replace('["1960-04","1960-04-02"]', '["1960-04-02","1961-01-01"]'))
    expect(valuesOf(records, 'ftm:Q900001')).toMatchObject({
      birthDateEdtf: '[1960-04-02,1961-01-01]',
      birthDateEarliest: '1960-04-02',
      birthDateLatest: '1961-01-01',
    })
  })

  it.each([
    ['"startDate":["2022-01-02"]', '2022-01-02/', '2022-01-02', undefined],
    ['"endDate":["2022-01-11"]', '/2022-01-11', undefined, '2022-01-11'],
    ['"startDate":["2022-01"],"endDate":["2022-01"]', '2022-01', '2022-01-01', '2022-01-31'],
    ['"startDate":["2022-01-02"],"date":["2022"]', '2022', '2022-01-01', '2022-12-31'],
  ])('that are events have the date that they tell: %s', async (properties, edtf, earliest, latest) => {
    const { records } = await readText(text.replace('"startDate":["2022-01-02"],"endDate":["2022-01-11"]', properties))
    const { dateEdtf, dateEarliest, dateLatest } = valuesOf(records, 'ftm:event-1') as Record<string, unknown>
    expect([dateEdtf, dateEarliest, dateLatest]).toEqual([edtf, earliest, latest])
  })

  it('may stand on two lines, each of another data set', async () => {
    const again = '{"id":"person-2","schema":"LegalEntity","properties":{"name":["P. 2"]},"datasets":["syn_other"]}\n'
    const { records, problems } = await readText(text + again)
    expect(problems).toEqual([])
    expect(said(records, 'ftm:person-2').map(({ values, citations }) => [values['name'], citations])).toEqual([
      ['Synthetic Person 2', ['source:ftm-syn_peps']],
      ['P. 2', ['source:ftm-syn_other']],
    ])
  })

  it('without a data set cite the file, and a file with a common name is named after its folder', async () => {
    const folder = folderWith({
      'entities.ftm.json': '{"id":"a","schema":"Person","properties":{"name":["Synthetic Person 3"]}}\n',
    })
    const { sources, records } = await read(folder)
    const source = `source:ftm-${folder.split('/').at(-1)}`
    expect(sources).toEqual([`${source} of null`])
    expect(said(records, 'ftm:a')[0]?.citations).toEqual([source])
  })

  it('are read with a byte order mark, with carriage returns, and gunzipped', async () => {
    const { records } = await read(ENTITIES)
    const again = async (content: string | Uint8Array, name?: string) =>
      (await readText(content, name)).records.filter((record) => !('type' in record && record.type === 'Source'))
    const expected = records.filter((record) => !('type' in record && record.type === 'Source'))
    expect(await again(`\ufeff${text}`)).toEqual(expected)
    expect(await again(text.replaceAll('\n', '\r\n'))).toEqual(expected)
    expect(await again(gzipSync(text), 'synthetic.ijson.gz')).toEqual(expected)
  })
})

describe('statements of FollowTheMoney', () => {
  const person = [
    {
      values: expect.objectContaining({
        name: 'Synthetic Person 1',
        names: [{ text: 'Синтетик 1', language: 'ru' }],
        birthDateEdtf: '1961',
      }),
      citations: ['source:ftm-syn_peps'],
    },
    {
      values: expect.objectContaining({ name: 'SYNTHETIC PERSON ONE' }),
      citations: ['source:ftm-syn_register'],
    },
    {
      values: expect.objectContaining({ name: 'Synthetic Person 1', birthDateEdtf: '1960-04-02' }),
      citations: ['source:ftm-syn_dates'],
    },
  ]

  it.each([STATEMENTS, fixture('followthemoney/statements.csv')])('keep each data set apart: %s', async (path) => {
    const { records, problems, notes, leftOut } = await read(path)
    expect([problems, notes]).toEqual([[], []])
    expect(said(records, 'ftm:Q900001')).toEqual(person)
    expect(
      links(records, 'Holding').map(({ key, values: { startDate, endDate }, citations }) => {
        return [key, startDate, endDate, citations]
      }),
    ).toEqual([
      ['2021-05-03/occ-1', '2021-05-03', null, ['source:ftm-syn_peps']],
      ['2021-05-03/occ-1', null, '2024-12-31', ['source:ftm-syn_register']],
    ])
    expect(leftOut).toEqual({ 'of candidates that nobody has confirmed ("external")': 1 })
  })

  it('of which one says that an occupancy has ended keep what the others say of it from being open', async () => {
    const ended = statements.replace('"prop":"endDate","prop_type":"date"', '"prop":"status","prop_type":"string"')
    const { records } = await readText(ended.replace('"value":"2024"', '"value":"ended"'), 'statements.jsonl')
    expect(links(records, 'Holding').map(({ values, citations }) => [values, citations])).toEqual([
      [{ startDate: '2021-05-03', endDate: null, attestedOn: '2021-05-03', inferred: false }, ['source:ftm-syn_peps']],
      [{ startDate: null, endDate: null, attestedOn: null, inferred: false }, ['source:ftm-syn_register']],
    ])
  })

  it('may stand in any order', async () => {
    const shuffled = statements.trimEnd().split('\n').reverse().join('\n')
    const { records, problems } = await readText(shuffled, 'statements.jsonl')
    expect(problems).toEqual([])
    expect(said(records, 'ftm:Q900001')).toEqual(expect.arrayContaining(person))
    expect(links(records, 'Holding')).toHaveLength(2)
  })

  it('are known as such although the first line is bad', async () => {
    const { problems, records } = await readText(`{"x":1}\n${statements}`, 'statements.jsonl')
    expect(problems).toEqual(['statements.jsonl, line 1: "entity_id" is missing.'])
    expect(said(records, 'ftm:Q900001')).toEqual(person)
  })

  it.each<[string, (line: string) => string, string]>([
    ['a missing key', (line) => line.replace('"prop":"birthDate",', ''), 'line 4: "prop" is missing.'],
    [
      'a day that does not exist',
      (line) => line.replace('"value":"1961"', '"value":"1960-02-30"'),
      'line 4: The property "birthDate" is "1960-02-30", and there is no day "1960-02-30".',
    ],
    [
      'a list where a text should be',
      (line) => line.replace('"value":"1961"', '"value":["1960"]'),
      'line 4: "value" is ["1960"], which is not text.',
    ],
    [
      'a schema that contradicts the others',
      (line) => line.replace('"schema":"Person"', '"schema":"Vessel"'),
      'line 4: The entity "Q900001" is of the schema "Vessel" here and of "Person" elsewhere.',
    ],
  ])('cost one line where one is wrong: %s', async (_what, change, problem) => {
    const lines = statements.split('\n')
    const { problems, records } = await readText(
      lines.map((line, at) => (at === 3 ? change(line) : line)).join('\n'),
      'statements.jsonl',
    )
    expect(problems).toEqual([`statements.jsonl, ${problem}`])
    expect(said(records, 'ftm:Q900001')).toHaveLength(3)
  })
})

describe('entities with their values as statements', () => {
  it('say the same as a statement a line, and keep each data set apart', async () => {
    const { records, problems, notes, leftOut } = await read(WITH_STATEMENTS)
    expect([problems, notes]).toEqual([[], []])
    expect(leftOut).toEqual({ 'of candidates that nobody has confirmed ("external")': 1 })
    const alone = await read(STATEMENTS)
    const facts = (all: readonly GraphRecord[]) =>
      all.filter(
        (record) =>
          !('type' in record && record.type === 'Source') && !('link' in record && record.link === 'Citation'),
      )
    expect(facts(records)).toEqual(facts(alone.records))
    expect(said(records, 'ftm:Q900001').map(({ values, citations }) => [values['birthDateEdtf'], citations])).toEqual([
      ['1961', ['source:ftm-syn_peps']],
      [undefined, ['source:ftm-syn_register']],
      ['1960-04-02', ['source:ftm-syn_dates']],
    ])
  })

  it.each<[string, string, string, string]>([
    ['no list', '"statements":[', '"statements":7,"x":[', '"statements" is 7, which is not a list.'],
    ['what is not a statement', '"statements":[', '"statements":[7,', '"statements" has 7, which is not an object.'],
    ['a statement without a value', '"value":"1961",', '', '"value" is missing.'],
    [
      'a statement of another schema',
      '"schema":"LegalEntity"',
      '"schema":"Vessel"',
      'The entity "Q900002" is of the schema "Person", and a statement of it of "Vessel".',
    ],
  ])('are bad rows where they have %s', async (_what, from, to, problem) => {
    const whole = readFileSync(WITH_STATEMENTS, 'utf8')
    const person = (whole.split('\n')[0] as string).replaceAll('Q900001', 'Q900002')
    expect(person).toContain(from)
    const { problems, counts } = await readText(whole + person.replace(from, to), 'with-statements.json')
    expect(problems).toEqual([`with-statements.json, line 4: ${problem}`])
    expect(counts).toMatchObject({ Person: 3, Office: 1, Holding: 2 })
  })

  it('are none where all is unconfirmed', async () => {
    const whole = readFileSync(WITH_STATEMENTS, 'utf8').replaceAll('"external":false', '"external":true')
    const { leftOut, counts } = await readText(whole, 'with-statements.json')
    expect(leftOut).toMatchObject({ 'of the schema Person, without a name': 1 })
    expect(counts).toEqual({ Source: 1 })
  })
})

describe('entities that are nested in others', () => {
  it('are read as if they stood by themselves, each once: from its own line, or where it has the most values', async () => {
    const { records, problems, counts } = await read(NESTED)
    expect(problems).toEqual([])
    expect(counts).toMatchObject({ Person: 2, Organization: 1, Office: 1, Holding: 2, Membership: 1 })
    expect(said(records, 'ftm:Q900001')).toEqual([
      {
        values: expect.objectContaining({ birthDateEdtf: '1960-04-02', names: [] }),
        citations: ['source:ftm-syn_peps'],
      },
    ])
    expect(valuesOf(records, 'ftm:person-2')).toMatchObject({ birthDateEdtf: '1971' })
    expect(said(records, 'ftm:post-1')).toEqual([
      {
        values: { name: 'Synthetic Minister', names: [{ text: 'Minister of Examples' }] },
        citations: ['source:ftm-syn_peps'],
      },
    ])
    expect(links(records, 'Membership').map(({ from, to, citations }) => [from, to, citations])).toEqual([
      ['ftm:Q900001', 'ftm:org-1', ['source:ftm-syn_register']],
    ])
  })

  it('name the entity that they stand in, where they do not do so themselves', async () => {
    const { records } = await read(NESTED)
    expect(links(records, 'Holding').map(({ from, to, key }) => [from, to, key])).toEqual([
      ['ftm:Q900001', 'ftm:post-1', '2019-01-01/occ-1'],
      ['ftm:person-2', 'ftm:post-1', '2021-00-00/occ-2'],
    ])
  })

  it('are counted by schema where the graph has no place for them, and so is what they lead to outside of the file', async () => {
    const { leftOut, notes } = await read(NESTED)
    expect(leftOut).toEqual({
      'of the schema Address, which no event names': 1,
      'of the schema Family, which the graph has no place for': 1,
      'of the schema Sanction, which the graph has no place for': 1,
      'that lead from a nested entity to one that the file does not have ("organization")': 1,
    })
    expect(notes).toEqual([
      'synthetic.nested.json: values without a place in the graph were left out: Person.addressEntity (2), Person.topics (1), Position.country (1).',
    ])
  })

  it('cost no more than themselves where they are bad', async () => {
    const whole = readFileSync(NESTED, 'utf8')
    const bad = whole.replace('"startDate":["2019-01-01"]', '"startDate":["2019-13"]')
    const { problems, records } = await readText(bad, 'synthetic.nested.json')
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain('synthetic.nested.json, line 1: The property "startDate" is "2019-13"')
    expect(links(records, 'Membership')).toHaveLength(1)
    const nowhere = whole.replace('"holder":["Q900001"]', '"holder":["Q900009"]')
    const { problems: one, records: others } = await readText(nowhere, 'synthetic.nested.json')
    expect(one).toEqual([
      'synthetic.nested.json, line 1: The link Holding from "ftm:Q900009" to "ftm:post-1" (2019-01-01/occ-1): "ftm:Q900009" is neither among the records nor in the store.',
    ])
    expect(links(others, 'Membership')).toHaveLength(1)
  })

  it('are named after their folder in a file of the common name', async () => {
    const folder = folderWith({ 'targets.nested.json': readFileSync(NESTED) })
    expect((await read(folder)).sources).toEqual([`source:ftm-${folder.split('/').at(-1)} of null`])
  })
})

describe('a bad line costs one row, and is told with file, line and reason', () => {
  it.each<[string, string, string, string]>([
    [
      'no JSON',
      '{"id":"person-2",',
      '{"id":"person-2"',
      'line 6: The line is not JSON: it begins "{"id":"person-2""schema"',
    ],
    ['a missing key', '{"id":"person-2","schema":"Person",', '{"id":"person-2",', 'line 6: "schema" is missing.'],
    ['a number as id', '"id":"person-2"', '"id":2', 'line 6: "id" is 2, which is not text.'],
    ['an id with a space', '"id":"person-2"', '"id":"person 2"', 'line 6: "id" is "person 2", which has a space'],
    ['an id that is too long', '"id":"person-2"', `"id":"${'x'.repeat(300)}"`, 'line 6: "id" is "xxx'],
    ['a list as id', '"id":"person-2"', '"id":["person-2"]', 'line 6: "id" is ["person-2"], which is not text.'],
    [
      'a text where a list should be',
      '["Synthetic Person 2"]',
      '"Synthetic Person 2"',
      'line 6: "name" is "Synthetic Person 2", which is not a list.',
    ],
    ['a number in a list', '["1971"]', '[1971]', 'line 6: "birthDate" has 1971, which is not text.'],
    [
      'a day that does not exist',
      '["1971"]',
      '["1971-02-30"]',
      'line 6: The property "birthDate" is "1971-02-30", and there is no day "1971-02-30".',
    ],
    [
      'what is not a date',
      '["1971"]',
      '["in 1971"]',
      'line 6: The property "birthDate" is "in 1971", which is not a date.',
    ],
    [
      'a data set with a space',
      '["1971"]},"datasets":["syn_peps"]',
      '["1971"]},"datasets":["syn peps"]',
      'line 6: The data set is "syn peps", which is not a name',
    ],
    [
      'an id that stands twice for the same data set',
      '"id":"person-2"',
      '"id":"Q900001"',
      'line 6: The id "ftm:Q900001" stands twice: here and in synthetic.ftm.json, line 5.',
    ],
    [
      'a link that stands twice for the same data set',
      '"id":"mem-3"',
      '"id":"dir-1","x":1',
      'line 13: The entity "dir-1" is of the schema "Membership" here and of "Directorship" elsewhere.',
    ],
    [
      'an entity that is two things',
      '"id":"person-2"',
      '"id":"body-1"',
      'line 8: The entity "body-1" is of the schema "PublicBody" here and of "Person" elsewhere.',
    ],
    [
      'a link to nowhere',
      '"member":["Q900001"]',
      '"member":["Q900009"]',
      'line 2: The link Membership from "ftm:Q900009" to "ftm:org-1" (2020-02-00/mem-1): "ftm:Q900009" is neither among the records nor in the store.',
    ],
  ])('%s', async (_what, from, to, problem) => {
    expect(text).toContain(from)
    const all = (await readText(text.replace(from, to))).problems
    // A line whose id is lost leaves the link to it without an end.
    const problems = all.filter((each) => !each.includes('"ftm:person-2" is neither among'))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(`synthetic.ftm.json, ${problem}`)
  })

  it('a stay that ends before it begins is loaded as it is told, and found by the gate', async () => {
    const { records, findings } = await readStays({ startDate: ['2019-05-29'], endDate: ['2014-05-06'] })
    expect(links(records, 'Holding').map(daysOf)).toEqual([['2019-05-29', '2014-05-06']])
    expect(findings).toMatchObject([{ rule: 'ENDS_BEFORE_IT_BEGINS', record: 'ftm:stay-person' }])
  })

  it.each<[string, readonly string[], readonly string[], readonly (readonly (string | null)[])[]]>([
    [
      'a start after the end is of another stay',
      ['2009-05-06', '2019-05-29'],
      ['2014-05-06'],
      [
        ['2009-05-06', '2014-05-06'],
        ['2019-05-29', null],
      ],
    ],
    [
      'two starts and two ends in turn are two stays',
      ['2009', '2019-05-29'],
      ['2014-05', '2024'],
      [
        ['2009-01-01', '2014-05-31'],
        ['2019-05-29', '2024-12-31'],
      ],
    ],
    [
      'an end before the start is of another stay where there is an end after it',
      ['2019'],
      ['2014', '2024'],
      [
        [null, '2014-12-31'],
        ['2019-01-01', '2024-12-31'],
      ],
    ],
    [
      'two starts before the end are one that is told differently',
      ['2009-05-06', '2009-05-07'],
      ['2014'],
      [['2009-05-06', '2014-12-31']],
    ],
    ['a year beside its day says nothing more', ['2019', '2019-05-29'], ['2019-02'], [['2019-05-29', '2019-02-28']]],
    ['starts alone are one', ['2009', '2019'], [], [['2009-01-01', null]]],
  ])('%s', async (_what, startDate, endDate, days) => {
    const { records, problems } = await readStays({ startDate, endDate })
    expect(problems).toEqual([])
    const stays = links(records, 'Holding')
    expect(stays.map(daysOf)).toEqual(days)
    expect(new Set(stays.map(({ key }) => key)).size).toBe(days.length)
  })

  it('a link that a data set gives twice', async () => {
    const line = text.split('\n')[1] ?? ''
    const again = await readText(text + line)
    expect([again.problems, again.leftOut['that stand in the same words before']]).toEqual([[], 1])
    const { problems } = await readText(text + line.replace('"properties":{', '"properties":{"role":["other"],'))
    expect(problems).toEqual([
      'synthetic.ftm.json, line 18: The entity "mem-1" stands twice: here and on an earlier line.',
    ])
  })

  it('a node that a data set gives twice in the same words is not a bad row', async () => {
    const lines = text.trimEnd().split('\n')
    const whole = await readText(text)
    const again = await readText([...lines, lines[4], ''].join('\n'))
    expect(again.problems).toEqual([])
    expect(again.leftOut['that stand in the same words before']).toBe(1)
    expect({ ...again.counts, ...whole.counts }).toEqual(again.counts)
  })

  it('a line of 100 million characters, which is not held', async () => {
    const lines = text.split('\n')
    lines[6] = `{"id":"post-1","schema":"Position","properties":{"name":["${'x'.repeat(100_000_000)}"]}}`
    const { problems, counts } = await readText(lines.join('\n'), 'long.ftm.json')
    expect(problems[0]).toBe('long.ftm.json, line 7: The line is longer than 4,000,000 characters.')
    expect(counts).toMatchObject({ Person: 2, Organization: 3 })
  }, 60_000)

  it('says which keys it does not know', async () => {
    const { notes } = await readText(text.replace('"target":true', '"target":true,"colour":"red"'))
    expect(notes).toContain('synthetic.ftm.json: the key "colour" is not known to this importer and was left out.')
  })
})

describe('a bad file is refused as a whole, with its name and the reason', () => {
  const refused = async (content: string | Uint8Array, name = 'a.ftm.json') =>
    refusalOf(followthemoney, `${folderWith({ [name]: content })}/${name}`)

  it.each<[string, string | Uint8Array, string, string]>([
    ['an empty file', '', 'a.ftm.json', 'a.ftm.json: the file has no entity or statement that can be read'],
    [
      'no entity at all',
      '{"type":"FeatureCollection"}',
      'a.json',
      'a.json: the file has no entity or statement that can be read (line 1: "id" is missing). Nothing was loaded',
    ],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), 'a.ftm.json', 'a.ftm.json, line 1: the text is not in UTF-8'],
    ['a truncated gzip', gzipSync(text).subarray(0, 400), 'a.ftm.json.gz', 'a.ftm.json.gz: the gzip file is truncated'],
    ['what is not a gzip', text, 'a.ftm.json.gz', 'the gzip file is damaged, or is not a gzip file'],
    ['a table that lacks a column', 'id,prop\n', 'a.csv', 'a.csv, line 1: the columns "entity_id", "canonical_id"'],
  ])('%s', async (_what, content, name, message) => {
    expect(await refused(content, name)).toContain(message)
  })

  it('a folder with two forms of one edition, and one with none', async () => {
    const folder = folderWith({ 'entities.ftm.json': text, 'statements.jsonl': statements })
    expect(await refusalOf(followthemoney, folder)).toMatch(
      /^statements.jsonl: another file here would be "source:ftm-.+" as well; give one of them by itself/,
    )
    expect(await refusalOf(followthemoney, folderWith({ 'a.txt': text }))).toContain(
      'the folder has no file whose name ends in .json',
    )
  })
})

describe('a folder or zip of FollowTheMoney', () => {
  it('is an edition of each file, in which each data set is told apart', async () => {
    const files = { 'b.jsonl': statements, 'a.ftm.json': text }
    const entries = Object.entries(files).map(([name, content]) => ({ name, content }))
    for (const path of [folderWith(files), `${folderWith({ 'some.zip': makeZip(entries) })}/some.zip`]) {
      const { sources, records } = await read(path)
      expect(sources).toEqual(['source:ftm-a of null', 'source:ftm-b of null'])
      expect(said(records, 'ftm:Q900001')).toHaveLength(4)
    }
  })
})

describe.each(engines)('FollowTheMoney in the store, on $name', (engine) => {
  it('answers who held which office, and what each data set says', async () => {
    const graph = await engine.empty()
    const read = (path: string) =>
      runImports({ store: graph.store, shape, importer: followthemoney, path, now: () => NOW })
    expect(await read(ENTITIES)).toMatchObject([{ outcome: 'loaded' }])
    expect(await read(ENTITIES)).toMatchObject([{ outcome: 'unchanged' }])
    const { data } = await graph.ask(`{
      person(id: "ftm:Q900001") {
        name
        birthDate { edtf }
        offices { edges { startDate node { name organization { name jurisdiction { id name } } } } }
        memberships { edges { role node { name } } }
        events { edges { role node { name places { nodes { name } } } } }
        sources { nodes { id } }
      }
    }`)
    expect(data).toEqual({
      person: {
        name: 'Synthetic Person 1',
        birthDate: { edtf: '1960-04-02' },
        offices: {
          edges: [
            {
              startDate: '2021-05-03',
              node: {
                name: 'Member of the Synthetic Parliament',
                organization: { name: 'Synthetic Parliament', jurisdiction: { id: 'iso:KZ', name: 'Kazakhstan' } },
              },
            },
          ],
        },
        memberships: {
          edges: [
            { role: 'chair', node: { name: 'Synthetic Party' } },
            { role: 'MEMBER', node: { name: 'Synthetic Parliament' } },
            { role: 'DIRECTOR', node: { name: 'Synthetic Mining' } },
          ],
        },
        events: {
          edges: [
            {
              role: 'INVOLVED',
              node: {
                name: 'Synthetic Meeting',
                places: { nodes: [{ name: '1 Synthetic Street, Astana' }, { name: 'Kazakhstan' }] },
              },
            },
          ],
        },
        sources: { nodes: [{ id: 'source:ftm-syn_peps' }, { id: 'source:ftm-syn_register' }] },
      },
    })
    expect(await read(STATEMENTS)).toMatchObject([{ outcome: 'loaded' }])
    const { data: more } = await graph.ask('{ person(id: "ftm:Q900001") { name sources { nodes { id } } } }')
    expect(more).toEqual({
      person: {
        name: 'Synthetic Person 1',
        sources: {
          nodes: [{ id: 'source:ftm-syn_dates' }, { id: 'source:ftm-syn_peps' }, { id: 'source:ftm-syn_register' }],
        },
      },
    })
    const { data: disputed } = await graph.ask(
      '{ conflicts(where: { field: { eq: "birthDate" } }) { nodes { record { id } statements { nodes { value sources { nodes { id } } } } } } }',
    )
    const statement = (edtf: string, ...sources: readonly string[]) => ({
      value: expect.stringContaining(`"edtf":"${edtf}"`),
      sources: { nodes: sources.map((id) => ({ id: `source:ftm-${id}` })) },
    })
    expect(disputed).toEqual({
      conflicts: {
        nodes: [
          {
            record: { id: 'ftm:Q900001' },
            statements: {
              nodes: expect.arrayContaining([
                statement('1960-04-02', 'syn_peps', 'syn_register'),
                statement('1960-04-02', 'syn_dates'),
                statement('1961', 'syn_peps'),
              ]),
            },
          },
        ],
      },
    })
    await graph.close()
  }, 180_000)
})

describe.each(engines)('nested forms of FollowTheMoney, on $name', (engine) => {
  const answer = async (path: string, question: string) => {
    const graph = await engine.empty()
    const options = { store: graph.store, shape, importer: followthemoney, path, now: () => NOW }
    expect(await runImports(options)).toMatchObject([{ outcome: 'loaded', problems: [] }])
    const { data } = await graph.ask(question)
    await graph.close()
    return data
  }

  it('answer who held which office and was a member of what, where entities stand in others', async () => {
    const question = `{
      persons { nodes {
        name
        offices { edges { startDate endDate node { name } } }
        memberships { edges { role node { name url } } }
        sources { nodes { id } }
      } }
    }`
    const edge = (startDate: string, endDate: string | null) => ({
      startDate,
      endDate,
      node: { name: 'Synthetic Minister' },
    })
    const sources = { nodes: [{ id: 'source:ftm-syn_peps' }] }
    const party = { name: 'Synthetic Party', url: 'https://party.example.org/' }
    expect(await answer(NESTED, question)).toEqual({
      persons: {
        nodes: [
          {
            name: 'Synthetic Person 1',
            offices: { edges: [edge('2019-01-01', null)] },
            memberships: { edges: [{ role: 'chair', node: party }] },
            sources,
          },
          {
            name: 'Synthetic Person 2',
            offices: { edges: [edge('2021-01-01', '2021-12-31')] },
            memberships: { edges: [] },
            sources,
          },
        ],
      },
    })
  }, 180_000)

  it('answer what each data set says, where entities have statements', async () => {
    const question = `{
      person(id: "ftm:Q900001") {
        name
        birthDate { edtf }
        offices { edges { startDate endDate node { name } sources { nodes { id } } } }
        sources { nodes { id } }
      }
    }`
    expect(await answer(WITH_STATEMENTS, question)).toEqual({
      person: {
        name: 'Synthetic Person 1',
        birthDate: { edtf: '1960-04-02' },
        offices: {
          edges: [
            {
              startDate: '2021-05-03',
              endDate: '2024-12-31',
              node: { name: 'Member of the Synthetic Parliament' },
              sources: { nodes: [{ id: 'source:ftm-syn_peps' }, { id: 'source:ftm-syn_register' }] },
            },
          ],
        },
        sources: {
          nodes: [{ id: 'source:ftm-syn_dates' }, { id: 'source:ftm-syn_peps' }, { id: 'source:ftm-syn_register' }],
        },
      },
    })
  }, 180_000)
})

/** A synthetic resolution of 20 January 2022 that asks something of the holder of a synthetic post. */
const DEMAND = `
sources: [source:synthetic]
Source: [{ id: source:synthetic, title: A synthetic source, kind: DATA_SET }]
Resolution: [{ id: "resolution:synthetic", title: A synthetic resolution, adoptedOn: 2022-01-20 }]
Demand:
  - id: demand:synthetic
    text: that the envoy report
    position: 1
    status: CONFIRMED
    involves: ["ftm:post-1"]
    resolution: resolution:synthetic
`

describe.each(engines)('holders of an office in FollowTheMoney, on $name', (engine) => {
  it('have only the demands of days on which they may have held it', async () => {
    const graph = await engine.empty()
    const read = (importer: Importer, path: string) =>
      runImports({ store: graph.store, shape, importer, path, now: () => NOW })
    const reports = [
      ...(await read(followthemoney, HOLDERS)),
      ...(await read(recordsImporter(shape), folderWith({ 'demand.yaml': DEMAND }))),
    ]
    expect(reports).toMatchObject([
      { outcome: 'loaded', problems: [] },
      { outcome: 'loaded', problems: [] },
    ])
    const { data } = await graph.ask(`{
      office(id: "ftm:post-1") {
        holders { edges { startDate endDate attestedOn node { name demands { nodes { id } } } } }
      }
    }`)
    const demands = { nodes: [{ id: 'demand:synthetic' }] }
    const none = { nodes: [] }
    expect(data).toEqual({
      office: {
        holders: {
          edges: [
            { startDate: null, endDate: null, attestedOn: null, node: { name: 'Ended', demands: none } },
            {
              startDate: '2009-12-01',
              endDate: null,
              attestedOn: null,
              node: { name: 'Since 2009, current', demands },
            },
            {
              startDate: '2009-12-01',
              endDate: null,
              attestedOn: '2009-12-01',
              node: { name: 'Since 2009, ended', demands: none },
            },
            {
              startDate: '2009-12-01',
              endDate: null,
              attestedOn: '2022-01-25',
              node: { name: 'Since 2009, seen in 2022, ended', demands },
            },
            { startDate: '2020-01-01', endDate: '2023-05-01', attestedOn: null, node: { name: 'Since 2020', demands } },
            {
              startDate: '2022-01-03',
              endDate: null,
              attestedOn: '2022-01-03',
              node: { name: 'Since January 2022, ended', demands },
            },
            {
              startDate: '2014-11-01',
              endDate: '2019-12-31',
              attestedOn: null,
              node: { name: 'Until 2019', demands: none },
            },
            { startDate: null, endDate: '2022-05-31', attestedOn: null, node: { name: 'Until May 2022', demands } },
          ],
        },
      },
    })
    await graph.close()
  }, 180_000)
})
