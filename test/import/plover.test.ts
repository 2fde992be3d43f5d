import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { cameoEvent } from '../../src/import/plover/cameo.js'
import { countryOfAlpha3, countryOfFips, countryOfName } from '../../src/import/plover/coded-countries.js'
import { plover } from '../../src/import/plover/plover.js'
import { SILENT } from '../../src/import/read/make-records.js'
import { compareTrust } from '../../src/model/trust.js'
import { makeZip } from '../support/make-zip.js'
import { edited, fixture, folderWith, linksOf, readWith, refusalOf, valuesOf } from '../support/read-europarl.js'

const POLECAT = 'polecat-2022.txt'
const ICEWS = 'icews-events-2022.tab'
const GDELT = '20220120.export.CSV'

const small = (name: string): string => readFileSync(fixture(`plover/${name}`), 'utf8')
const read = (path: string) => readWith(plover, path)
const readSmall = (name: string) => read(fixture(`plover/${name}`))
/** A file by itself, with its content or with texts of the fixture replaced. */
const fileWith = (name: string, content: string | Uint8Array): string => join(folderWith({ [name]: content }), name)
const changed = (name: string, ...changes: readonly (readonly [string, string])[]): string =>
  fileWith(name, edited(`plover/${name}`, ...changes))
/** The rows of a fixture with the cell of one of its columns replaced, by the number of the line. */
const withCell = (name: string, line: number, column: number, cell: string): string => {
  const lines = small(name).split('\n')
  const cells = (lines[line - 1] as string).split('\t')
  cells[column] = cell
  lines[line - 1] = cells.join('\t')
  return fileWith(name, lines.join('\n'))
}

/** The names of the columns of an export of GDELT 1.0, as its header file and BigQuery have them. */
const GDELT_NAMES =
  'GLOBALEVENTID SQLDATE MonthYear Year FractionDate Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode Actor1EthnicCode Actor1Religion1Code Actor1Religion2Code Actor1Type1Code Actor1Type2Code Actor1Type3Code Actor2Code Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone Actor1Geo_Type Actor1Geo_FullName Actor1Geo_CountryCode Actor1Geo_ADM1Code Actor1Geo_Lat Actor1Geo_Long Actor1Geo_FeatureID Actor2Geo_Type Actor2Geo_FullName Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_Lat Actor2Geo_Long Actor2Geo_FeatureID ActionGeo_Type ActionGeo_FullName ActionGeo_CountryCode ActionGeo_ADM1Code ActionGeo_Lat ActionGeo_Long ActionGeo_FeatureID DATEADDED SOURCEURL'.split(
    ' ',
  )

describe('POLECAT', () => {
  it('gives an event, its place and its actors for each row of a table with tabs', async () => {
    const { records, sources, problems, notes, counts } = await readSmall(POLECAT)
    expect(sources).toEqual(['source:polecat-2022 of null'])
    expect(problems).toEqual([])
    expect(counts).toEqual({
      Source: 2,
      Organization: 5,
      Publisher: 2,
      Citation: 1,
      Place: 2,
      Jurisdiction: 3,
      Event: 3,
      EventPlace: 2,
      Participation: 5,
    })
    expect(records.filter((record) => 'type' in record && record.type === 'Event')).toEqual([
      {
        type: 'Event',
        id: 'polecat:syn0001_1',
        values: {
          type: 'COERCE',
          name: 'Synthetic Ministry – coerce – Civilians (Kazakhstan)',
          summary:
            'Coded by machine from a news report as PLOVER COERCE, mode arrest, contexts human_rights, legal, in the words "the synthetic ministry" and "protesters".',
          coding: 'BY_MACHINE',
          dateEdtf: '2022-01-05',
          dateEarliest: '2022-01-05',
          dateLatest: '2022-01-05',
        },
        citations: [{ source: 'source:polecat-2022' }],
      },
      {
        type: 'Event',
        id: 'polecat:syn0001_2',
        values: {
          type: 'CONSULT',
          name: 'Synthetic Union, Synthetic Council – consult – Synthetic Ministry',
          summary:
            'Coded by machine from a news report as PLOVER CONSULT, mode visit, in the words "the union; the council" and "the ministry".',
          coding: 'BY_MACHINE',
          dateEdtf: '2022-01-05',
          dateEarliest: '2022-01-05',
          dateLatest: '2022-01-05',
        },
        citations: [{ source: 'source:polecat-2022' }],
      },
      {
        type: 'Event',
        id: 'polecat:syn0002_1',
        values: {
          type: 'PROTEST',
          name: 'demonstrators – protest',
          summary:
            'Coded by machine from a news report as PLOVER PROTEST, mode demo, contexts economic, in the words "demonstrators".',
          coding: 'BY_MACHINE',
          dateEdtf: '2022-01-07',
          dateEarliest: '2022-01-07',
          dateLatest: '2022-01-07',
        },
        citations: [{ source: 'source:polecat-2022' }],
      },
    ])
    expect(records.filter((record) => 'link' in record && record.link === 'Participation')).toMatchObject([
      { from: 'plover:synthetic-ministry/KZ', to: 'polecat:syn0001_1', key: 'ACTOR', values: { role: 'ACTOR' } },
      { from: 'plover:KAZCVL', to: 'polecat:syn0001_1', key: 'RECIPIENT', values: { role: 'RECIPIENT' } },
      { from: 'plover:synthetic-union', to: 'polecat:syn0001_2', key: 'ACTOR', values: { role: 'ACTOR' } },
      { from: 'plover:synthetic-council/FR', to: 'polecat:syn0001_2', key: 'ACTOR', values: { role: 'ACTOR' } },
      {
        from: 'plover:synthetic-ministry/KZ',
        to: 'polecat:syn0001_2',
        key: 'RECIPIENT',
        values: { role: 'RECIPIENT' },
      },
    ])
    expect(linksOf(records, 'EventPlace')).toEqual(['polecat:syn0001_1 → iso:KZ', 'polecat:syn0001_2 → iso:FR'])
    expect(notes).toEqual([
      'polecat-2022.txt: "XYZ" of the column "Country" is not known as a country of ISO 3166-1 and was left out; rows: 1.',
    ])
  })

  it('gives each actor and country once, cited to the data set, its kind telling that a machine coded it', async () => {
    const { records } = await readSmall(POLECAT)
    expect(records.filter((record) => 'type' in record && record.id === 'plover:synthetic-ministry/KZ')).toEqual([
      {
        type: 'Organization',
        id: 'plover:synthetic-ministry/KZ',
        values: { kind: 'CODED_ACTOR', name: 'Synthetic Ministry' },
        citations: [{ source: 'source:polecat' }],
      },
    ])
    expect(records.find((record) => 'type' in record && record.id === 'iso:KZ')).toEqual({
      type: 'Place',
      id: 'iso:KZ',
      values: { kind: 'COUNTRY', name: 'Kazakhstan', isoAlpha2: 'KZ', isoAlpha3: 'KAZ' },
      citations: [{ source: 'source:polecat' }],
      weak: ['name'],
    })
    expect(linksOf(records, 'Jurisdiction')).toEqual([
      'plover:synthetic-ministry/KZ → iso:KZ',
      'plover:KAZCVL → iso:KZ',
      'plover:synthetic-council/FR → iso:FR',
    ])
  })

  it('tells of each file that it is a part of the data set', async () => {
    const { records } = await readSmall(POLECAT)
    expect(valuesOf(records, 'source:polecat-2022')).toMatchObject({
      kind: 'DATA_SET',
      title: 'POLECAT: Political Event Classification, Attributes, and Types: polecat-2022.txt',
      importer: 'plover@1',
    })
    expect(linksOf(records, 'Citation')).toEqual(['source:polecat-2022 → source:polecat'])
  })

  it.each([
    ['separated by commas', 'polecat-2022-01.csv', ['polecat:syn0003_1']],
    ['as an array of JSON', 'polecat-array.json', ['polecat:syn0004_1', 'polecat:syn0004_2']],
    ['as lines of JSON', 'polecat-lines.jsonl', ['polecat:syn0005_1', 'polecat:syn0005_2']],
  ])('is read %s as well', async (_how, name, ids) => {
    const { records, problems, notes } = await readSmall(name)
    expect(problems).toEqual([])
    expect(notes).toEqual([])
    expect(records.flatMap((record) => ('type' in record && record.type === 'Event' ? [record.id] : []))).toEqual(ids)
  })

  it('has lists and braces inside texts in JSON', async () => {
    const { records } = await readSmall('polecat-array.json')
    expect(valuesOf(records, 'polecat:syn0004_1')).toMatchObject({
      type: 'REQUEST',
      name: 'Synthetic Union – request – Synthetic Ministry',
      summary: 'Coded by machine from a news report as PLOVER REQUEST, mode meet, contexts diplomatic, legal.',
    })
    expect(valuesOf(records, 'polecat:syn0004_2')).toMatchObject({
      name: 'Synthetic {Relief} "Fund" – aid – Refugees (Kazakhstan)',
    })
  })

  it.each([
    ['DEMAND', 'REQUEST', 'request'],
    ['DISAPPROVE', 'ACCUSE', 'accuse'],
    ['INVESTIGATE', 'ACCUSE', 'accuse'],
    ['FIGHT', 'ASSAULT', 'assault'],
    ['CRIME', undefined, 'crime'],
  ])('has %s of earlier drafts of PLOVER as the map of 2021 has it', async (written, type, deed) => {
    const { records } = await read(withCell(POLECAT, 4, 2, written))
    const values = valuesOf(records, 'polecat:syn0002_1') as Record<string, unknown>
    expect([values['type'], values['name']]).toEqual([type, `demonstrators – ${deed}`])
  })

  it('gives several actors no country where nothing tells whose it is', async () => {
    const { records } = await read(withCell(POLECAT, 3, 8, 'FRA'))
    expect(linksOf(records, 'Participation')).toContain('plover:synthetic-council → polecat:syn0001_2')
  })
})

describe('GDELT', () => {
  it('gives an event for each row of an export, named after what its codes say', async () => {
    const { records, sources, problems, notes } = await readSmall(GDELT)
    expect(sources).toEqual(['source:gdelt-events-20220120 of 2022-01-20'])
    expect(problems).toEqual([])
    expect(valuesOf(records, 'gdelt:990000001')).toEqual({
      type: 'COERCE',
      name: 'Police (Kazakhstan) – coerce – Opposition (Kazakhstan)',
      summary:
        'Coded by machine from a news report as CAMEO 173 (coerce), in the words "POLICE" and "PROTESTER": https://news.example.org/synthetic/1',
      coding: 'BY_MACHINE',
      dateEdtf: '2022-01-05',
      dateEarliest: '2022-01-05',
      dateLatest: '2022-01-05',
    })
    expect(valuesOf(records, 'gdelt:990000002')).toMatchObject({ name: 'Government (Germany) – appeal – EUROPE' })
    expect(valuesOf(records, 'gdelt:990000002')).not.toHaveProperty('type')
    expect(valuesOf(records, 'gdelt:990000003')).toMatchObject({ type: 'RETREAT', name: 'Rebels – retreat' })
    expect(linksOf(records, 'EventPlace')).toEqual(['gdelt:990000001 → iso:KZ', 'gdelt:990000002 → iso:DE'])
    expect(linksOf(records, 'Participation')).toEqual([
      'plover:KAZCOP → gdelt:990000001',
      'plover:KAZOPP → gdelt:990000001',
      'plover:DEUGOV → gdelt:990000002',
      'plover:EUR → gdelt:990000002',
      'plover:REB → gdelt:990000003',
    ])
    expect(notes).toEqual([
      `${GDELT}: "EUR" of the column "Actor2CountryCode" is not known as a country of ISO 3166-1 and was left out; rows: 1.`,
      `${GDELT}: "OS" of the column "ActionGeo_CountryCode" is not known as a country of ISO 3166-1 and was left out; rows: 1.`,
    ])
  })

  it.each([
    ['57 columns of the years before', '200601.csv', 'gdelt:990000021', 'PROTESTER".'],
    [
      '61 columns of version 2.0',
      '20220120120000.export.CSV',
      'gdelt:990000011',
      'https://news.example.org/synthetic/2',
    ],
  ])('is read in the %s', async (_what, name, id, end) => {
    const { records, problems } = await readSmall(name)
    expect(problems).toEqual([])
    expect(valuesOf(records, id)).toMatchObject({
      type: 'COERCE',
      summary: expect.stringMatching(new RegExp(`${end}$`)),
    })
    expect(linksOf(records, 'EventPlace')).toEqual([`${id} → iso:KZ`])
  })

  it('of several files is as many editions, each with its own day and the actors that it names', async () => {
    const folder = folderWith({
      [GDELT]: small(GDELT),
      '20220120120000.export.CSV': small('20220120120000.export.CSV'),
    })
    const { sources, records, counts } = await read(folder)
    expect(sources).toEqual([
      'source:gdelt-events-20220120 of 2022-01-20',
      'source:gdelt-events-20220120120000 of 2022-01-20',
    ])
    expect(counts).toMatchObject({ Event: 4, Source: 4 })
    expect(records.find((record) => 'type' in record && record.id === 'gdelt:990000011')?.citations).toEqual([
      { source: 'source:gdelt-events-20220120120000' },
    ])
    expect(records.filter((record) => 'type' in record && record.id === 'plover:KAZCOP')).toHaveLength(2)
  })

  it.each([
    ['20220230.export.CSV', 'source:gdelt-events-20220230 of null'],
    ['201301.csv', 'source:gdelt-events-201301 of null'],
    ['events.2022-01-20.tsv', 'source:gdelt-events-events-2022-01-20 of 2022-01-20'],
  ])('named %s is %s', async (name, source) => {
    expect((await read(fileWith(name, small(GDELT)))).sources).toEqual([source])
  })

  it('may have the names of its columns before it', async () => {
    const { counts, problems } = await read(fileWith('events.tsv', `${GDELT_NAMES.join('\t')}\n${small(GDELT)}`))
    expect(problems).toEqual([])
    expect(counts).toMatchObject({ Event: 3 })
  })
})

/** The rows of a table with tabs, and how they are written otherwise. */
const rowsOf = (name: string): readonly (readonly string[])[] =>
  small(name)
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t'))
const withCommas = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')}\n`).join('')
/** What is empty is left out, as BigQuery writes it. */
const objectsOf = ([names = [], ...rows]: readonly (readonly string[])[]): readonly object[] =>
  rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]]).filter(([, cell]) => cell !== '')))
const jsonLines = (objects: readonly object[]): string => objects.map((each) => `${JSON.stringify(each)}\n`).join('')

describe('a coding is recognised however its rows are written', () => {
  const headed = { [POLECAT]: rowsOf(POLECAT), [ICEWS]: rowsOf(ICEWS), [GDELT]: [GDELT_NAMES, ...rowsOf(GDELT)] }
  const dresses: readonly [string, string, (rows: readonly (readonly string[])[]) => string][] = [
    ['with tabs', 'tsv', (rows) => rows.map((row) => `${row.join('\t')}\n`).join('')],
    ['with commas', 'csv', withCommas],
    ['as an array of JSON', 'json', (rows) => JSON.stringify(objectsOf(rows))],
    ['as an indented array of JSON', 'json', (rows) => JSON.stringify(objectsOf(rows), null, 2)],
    ['as lines of JSON', 'ndjson', (rows) => jsonLines(objectsOf(rows))],
    [
      'with names in small letters',
      'csv',
      ([names = [], ...rows]) => withCommas([names.map((name) => name.toLowerCase()), ...rows]),
    ],
  ]
  /** What is said, but for the name of the file that says it. */
  const statements = ({ records }: Awaited<ReturnType<typeof read>>) =>
    records.flatMap((record) =>
      'type' in record && record.type === 'Source' ? [] : [JSON.stringify(record).replaceAll(/source:[^"]*/g, '')],
    )

  it.each(
    Object.entries(headed).flatMap(([name, rows]) =>
      dresses.map(([how, ending, dress]) => ({ name, how, file: `events.${ending}`, content: dress(rows) })),
    ),
  )('$name $how', async ({ name, file, content }) => {
    const dressed = await read(fileWith(file, content))
    expect(dressed.problems).toEqual([])
    expect(statements(dressed).toSorted()).toEqual(statements(await readSmall(name)).toSorted())
  })

  it.each([
    ['57', '200601.csv'],
    ['58', GDELT],
    ['61', '20220120120000.export.CSV'],
  ])('%s columns of GDELT with commas and without a header', async (_many, name) => {
    const dressed = await read(fileWith('events.csv', withCommas(rowsOf(name))))
    expect(dressed.problems).toEqual([])
    expect(statements(dressed).toSorted()).toEqual(statements(await readSmall(name)).toSorted())
  })

  it('packed with gzip, and in a zip in a folder', async () => {
    const content = withCommas(rowsOf(ICEWS))
    const folder = folderWith({
      'one.csv.gz': gzipSync(content),
      'more.zip': makeZip([{ name: 'two.csv', content: content.replaceAll('2022-01-', '2022-02-') }]),
    })
    const { sources, counts } = await read(folder)
    expect(sources).toEqual(['source:icews-one of null', 'source:icews-two of null'])
    expect(counts).toMatchObject({ Event: 6 })
  })

  it('with some columns of GDELT, as a query gives them; what the header lacks is told', async () => {
    const table =
      'SOURCEURL,EventCode,Actor1Code,Actor2Code,SQLDATE,GLOBALEVENTID\nhttps://news.example.org/synthetic/5,173,KAZ,,20220105,990000031\n'
    const { records, notes, problems } = await read(fileWith('bq.csv', table))
    expect(problems).toEqual([])
    expect(valuesOf(records, 'gdelt:990000031')).toMatchObject({
      type: 'COERCE',
      summary: 'Coded by machine from a news report as CAMEO 173 (coerce): https://news.example.org/synthetic/5',
    })
    expect(notes).toEqual([
      expect.stringMatching(/^bq\.csv: the header lacks "Actor1Name", .*, so the events are read without\.$/),
    ])
  })

  it('with the names of the manual of GDELT 2.0', async () => {
    const [names = [], ...rows] = headed[GDELT] ?? []
    const manual = names.map((name) => ({ GLOBALEVENTID: 'GlobalEventID', SQLDATE: 'Day' })[name] ?? name)
    const { problems, notes, counts } = await read(fileWith('events.csv', withCommas([manual, ...rows])))
    expect([problems, counts['Event']]).toEqual([[], 3])
    expect(notes.filter((note) => /header|not known to/.test(note))).toEqual([])
  })

  it('with numbers in JSON, and texts that look like keys', async () => {
    const row = {
      GLOBALEVENTID: 990000032,
      SQLDATE: 20220105,
      Actor1Code: 'KAZGOV',
      Actor1Name: '{"Event Type": "x", "Event Mode": "y", "Event ID": "z", "Actor Name": "w"}',
      EventCode: 173,
      ActionGeo_Lat: 43.25,
    }
    const { records, problems } = await read(fileWith('gdelt.json', jsonLines([row])))
    expect(problems).toEqual([])
    expect(valuesOf(records, 'gdelt:990000032')).toMatchObject({ type: 'COERCE', dateEdtf: '2022-01-05' })
  })

  it('with a quoted cell that goes on over lines, after which lines are counted on', async () => {
    const table = withCommas(rowsOf(ICEWS)).replace('Make statement', '"Make\n\na ""statement"""')
    const { records, problems } = await read(fileWith('icews.csv', table.replace(',1053,', ',x,')))
    expect(valuesOf(records, 'icews:90000001/2022-01-06')).toMatchObject({
      summary: expect.stringContaining('"statement"'),
    })
    expect(problems).toEqual([expect.stringMatching(/^icews\.csv, line 6: The column "CAMEO Code" is "x"/)])
  })
})

describe('ICEWS', () => {
  it('gives an event for each row; its id needs the day, since ids stand twice', async () => {
    const { records, sources, problems, notes } = await readSmall(ICEWS)
    expect(sources).toEqual(['source:icews-events-2022 of null'])
    expect(problems).toEqual([])
    expect(valuesOf(records, 'icews:90000001/2022-01-05')).toEqual({
      type: 'COERCE',
      name: 'Police (Kazakhstan) – coerce – Protester (Kazakhstan)',
      summary: 'Coded by machine from a news report as CAMEO 173: Arrest, detain, or charge with legal action.',
      coding: 'BY_MACHINE',
      dateEdtf: '2022-01-05',
      dateEarliest: '2022-01-05',
      dateLatest: '2022-01-05',
    })
    expect(valuesOf(records, 'icews:90000001/2022-01-06')).toMatchObject({
      name: 'Synthetic Person 1 – make public statement – European Union',
    })
    expect(valuesOf(records, 'icews:90000002/2022-01-06')).toMatchObject({
      type: 'REQUEST',
      name: 'European Union – request – Government (Kazakhstan)',
    })
    expect(linksOf(records, 'Participation')).toEqual([
      'plover:police-kazakhstan/KZ → icews:90000001/2022-01-05',
      'plover:protester-kazakhstan/KZ → icews:90000001/2022-01-05',
      'plover:synthetic-person-1/RU → icews:90000001/2022-01-06',
      'plover:european-union → icews:90000001/2022-01-06',
      'plover:european-union → icews:90000002/2022-01-06',
      'plover:government-kazakhstan/KZ → icews:90000002/2022-01-06',
    ])
    expect(notes).toEqual([
      `${ICEWS}: "Synthetic Republic" of the column "Country" is not known as a country of ISO 3166-1 and was left out; rows: 1.`,
    ])
  })
})

describe('files in other dress are read alike', () => {
  it.each<[string, string, (text: string) => string | Uint8Array]>([
    ['with a byte order mark', POLECAT, (text) => `\ufeff${text}`],
    ['with lines that end in CRLF', ICEWS, (text) => text.replaceAll('\n', '\r\n')],
    ['without an end to the last line', GDELT, (text) => text.trimEnd()],
    ['with empty lines', GDELT, (text) => text.replaceAll('\n', '\n\n')],
    ['with tabs after the last column', POLECAT, (text) => text.replaceAll('\n', '\t\t\n')],
    [
      'with texts in quotes, as Dataverse writes tables',
      ICEWS,
      (text) => text.replaceAll('European Union', '"European Union"'),
    ],
    ['with its columns in another order', ICEWS, (text) => text.replaceAll(/^([^\t]*)\t([^\t]*)/gm, '$2\t$1')],
  ])('%s', async (_how, name, dress) => {
    const events = (records: Awaited<ReturnType<typeof read>>['records']) =>
      records
        .filter((record) => !('type' in record && record.type === 'Source'))
        .map((record) => JSON.stringify(record))
        .sort()
    const plain = await readSmall(name)
    const dressed = await read(fileWith(name, dress(small(name))))
    expect(dressed.problems).toEqual([])
    expect(events(dressed.records)).toEqual(events(plain.records))
  })

  it('packed with gzip', async () => {
    const { counts, sources } = await read(fileWith(`${GDELT}.gz`, gzipSync(small(GDELT))))
    expect(counts).toMatchObject({ Event: 3 })
    expect(sources).toEqual(['source:gdelt-events-20220120 of 2022-01-20'])
  })

  it('in a zip, as GDELT publishes them, be they of several data sets', async () => {
    const entries = [GDELT, ICEWS].map((name) => ({ name, content: small(name) }))
    const { counts, sources } = await read(fileWith('20220120.export.CSV.zip', makeZip(entries)))
    expect(counts).toMatchObject({ Event: 6 })
    expect(sources).toEqual(['source:gdelt-events-20220120 of 2022-01-20', 'source:icews-events-2022 of null'])
  })

  it('with a column that is not known, which is told and left out', async () => {
    const { notes, counts } = await read(fileWith(POLECAT, small(POLECAT).replaceAll('\n', '\tSynthetic Column\n')))
    expect(counts).toMatchObject({ Event: 3 })
    expect(notes).toContain(
      'polecat-2022.txt: the column "Synthetic Column" is not known to this importer and was left out.',
    )
  })

  it('with a key of JSON that is not known, which is told once', async () => {
    const { notes } = await read(
      fileWith('polecat.jsonl', small('polecat-lines.jsonl').replaceAll('{"Event ID"', '{"Sentence": 1, "Event ID"')),
    )
    expect(notes).toEqual(['polecat.jsonl: the column "Sentence" is not known to this importer and was left out.'])
  })
})

describe('a file is refused as a whole, with its name and the reason', () => {
  it.each<[string, string, string | Uint8Array, string]>([
    [
      'a format that is not known',
      'events.csv',
      'date,what\n2022-01-05,protest\n',
      'events.csv, line 1: "date,what" is the beginning of no format that is known; known are POLECAT',
    ],
    [
      'JSON of something else',
      'events.json',
      '[{"date": "2022-01-05"}]',
      'is the beginning of no format that is known',
    ],
    [
      'a name of GDELT on something else',
      '20220120.export.CSV',
      '990000001\t20220105\tx\n',
      '20220120.export.CSV, line 1: the name is that of an export of GDELT, and the line has 3 cells instead of 57, 58 or 61',
    ],
    ['an empty file', 'events.csv', '', 'events.csv: the file is empty'],
    [
      'a header without a row',
      POLECAT,
      small(POLECAT).split('\n')[0] as string,
      'polecat-2022.txt: the file has no event that can be read',
    ],
    [
      'a missing column',
      POLECAT,
      small(POLECAT).replace('\tRecipient Country\t', '\tRecipient Land\t'),
      'polecat-2022.txt, line 1: the header lacks "Recipient Country"',
    ],
    [
      'missing columns of ICEWS',
      ICEWS,
      small(ICEWS).replace('\tCAMEO Code\t', '\tCode\t').replace('Event Date', 'Date'),
      `${ICEWS}, line 1: the header lacks "Event Date", "CAMEO Code"`,
    ],
    [
      'a missing column between commas',
      'polecat-2022-01.csv',
      small('polecat-2022-01.csv').replace(',Latitude,', ',Lat,'),
      'polecat-2022-01.csv, line 1: the header lacks "Latitude"',
    ],
    [
      'a column that stands twice',
      POLECAT,
      small(POLECAT).replace('\tPlacename\t', '\tCity\t'),
      'polecat-2022.txt, line 1: the column "City" stands twice',
    ],
    [
      'another encoding',
      ICEWS,
      Buffer.from(small(ICEWS).replace('Synthetic Person 1', 'Synthetic Pérson'), 'latin1'),
      `${ICEWS}, line 3: the text is not in UTF-8`,
    ],
    [
      'UTF-16',
      POLECAT,
      Buffer.from(`\ufeff${small(POLECAT)}`, 'utf16le'),
      'polecat-2022.txt, line 1: the text is not in UTF-8',
    ],
    [
      'a truncated gzip',
      `${POLECAT}.gz`,
      gzipSync(small(POLECAT)).subarray(0, -9),
      'polecat-2022.txt.gz: the gzip file is truncated',
    ],
    [
      'a damaged gzip',
      `${POLECAT}.gz`,
      small(POLECAT),
      'polecat-2022.txt.gz: the gzip file is damaged, or is not a gzip file',
    ],
    [
      'a quote between commas that is never closed',
      'icews.csv',
      withCommas(rowsOf(ICEWS)).replace(',Make statement', ',"Make statement'),
      'icews.csv, line 3: a cell begins with a quote that is never closed',
    ],
    [
      'a row between commas that is a million characters long',
      'icews.csv',
      `${withCommas(rowsOf(ICEWS))}1,2022-01-05,"${'Synthetic\n'.repeat(200_000)}`,
      'icews.csv, line 5: a cell begins with a quote that is never closed',
    ],
    [
      'missing columns of GDELT',
      'bq.csv',
      'GLOBALEVENTID,Actor1Code,EventCode\n990000031,KAZ,173\n',
      'bq.csv, line 1: the header lacks "SQLDATE", "Actor2Code"',
    ],
    [
      'columns of which no coding has more than another',
      'events.csv',
      'Event ID,Event Date,Country,Latitude\n1,2022-01-05,Kazakhstan,43\n',
      'is the beginning of no format that is known',
    ],
    ['what is not a zip', '20220120.export.CSV.zip', 'PK', 'the zip is truncated, or is not a zip'],
    [
      'an array that is not closed',
      'polecat.json',
      small('polecat-array.json').trimEnd().slice(0, -1),
      'polecat.json, line 29: the file ends before its array does',
    ],
    [
      'an object that is not closed',
      'polecat.json',
      small('polecat-array.json').slice(0, -10),
      'polecat.json, line 21: the object that begins here is never closed',
    ],
    [
      'a quote that is not closed',
      'polecat.json',
      small('polecat-array.json').replace('"KAZ"', '"KAZ'),
      'polecat.json: the file has no event that can be read; line 2: The row "',
    ],
    [
      'something after the array',
      'polecat.json',
      `${small('polecat-array.json')}x`,
      'polecat.json, line 30: "x" stands where an object or the end of the array must be',
    ],
    [
      'an array of something else',
      'polecat.json',
      small('polecat-array.json').replace('{', '1, {'),
      'polecat.json, line 2: "1" stands where an object or the end of the array must be',
    ],
    [
      'lines of JSON of which none can be read',
      'polecat.jsonl',
      small('polecat-lines.jsonl').replaceAll('}\n', '\n'),
      'polecat.jsonl: the file has no event that can be read',
    ],
  ])('%s', async (_what, name, content, message) => {
    expect(await refusalOf(plover, fileWith(name, content))).toContain(message)
  })

  it('two files that would be the same source', async () => {
    expect(await refusalOf(plover, folderWith({ 'a.tab': small(ICEWS), 'a.tsv': small(ICEWS) }))).toContain(
      'a.tsv: another file here would be "source:icews-a" as well; give one of them another name',
    )
  })

  it('a folder without such files, and a path to nowhere', async () => {
    expect(await refusalOf(plover, folderWith({ 'readme.md': '' }))).toContain(
      'the folder has no file whose name ends in .csv',
    )
    expect(await refusalOf(plover, '/nowhere/at/all')).toContain('There is no file or folder "/nowhere/at/all"')
  })

  it.each([
    ['a table', GDELT, `${GDELT}, line 4: the line is longer than 1,000,000 characters`],
    [
      'an array',
      'polecat-array.json',
      'polecat-array.json, line 29: the object that begins here is longer than 1,000,000 characters',
    ],
  ])(
    'a line of 100 MB in %s, without reading all of it',
    async (_what, name, message) => {
      const begin = name === GDELT ? small(name) : `${small(name).trimEnd().slice(0, -2)},\n{"Event ID": "`
      const path = fileWith(name, begin)
      const file = openSync(path, 'a')
      for (let megabyte = 0; megabyte < 100; megabyte++) writeSync(file, 'x'.repeat(1_000_000))
      closeSync(file)
      const [opened] = await plover.open(path)
      let bytes = 0
      const pass = { ...SILENT, advance: (more: number) => (bytes += more) }
      const reading = (async () => {
        for await (const _ of opened?.read(pass) ?? []);
      })()
      await expect(reading).rejects.toThrow(message)
      expect(bytes).toBeLessThan(3_000_000)
    },
    30_000,
  )
})

describe('a bad row costs one row, and is told with file, line and reason', () => {
  const CAMEO = 'which is not a code of CAMEO; one has two to four digits with its leading zero.'
  it.each<[string, string, string]>([
    [
      'a day that does not exist',
      withCell(GDELT, 2, 1, '20220230'),
      `${GDELT}, line 2: The column "SQLDATE" is "20220230", which is not a day such as 2022-01-20.`,
    ],
    [
      'a day in words',
      withCell(POLECAT, 3, 1, '5 January 2022'),
      'polecat-2022.txt, line 3: The column "Event Date" is "5 January 2022", which is not a day such as 2022-01-20.',
    ],
    [
      'an id of the wrong kind',
      withCell(GDELT, 2, 0, 'E-990'),
      `${GDELT}, line 2: The column "GLOBALEVENTID" is "E-990", which is not a whole number.`,
    ],
    [
      'an id of the wrong kind in ICEWS',
      withCell(ICEWS, 3, 0, '9e7'),
      `${ICEWS}, line 3: The column "Event ID" is "9e7", which is not a whole number.`,
    ],
    [
      'an id with a space',
      withCell(POLECAT, 3, 0, 'syn 1'),
      'polecat-2022.txt, line 3: The column "Event ID" is "syn 1", which is not an id of letters, digits, hyphens and underscores.',
    ],
    ['no id', withCell(POLECAT, 3, 0, ''), 'polecat-2022.txt, line 3: The column "Event ID" is empty.'],
    [
      'an id that stands twice',
      withCell(GDELT, 3, 0, '990000001'),
      `${GDELT}, line 3: The id "gdelt:990000001" stands twice: here and in ${GDELT}, line 1.`,
    ],
    [
      'an id and day that stand twice',
      withCell(ICEWS, 3, 1, '2022-01-05'),
      `${ICEWS}, line 3: The id "icews:90000001/2022-01-05" stands twice: here and in ${ICEWS}, line 2.`,
    ],
    [
      'a latitude out of range',
      withCell(POLECAT, 2, 28, '143.25'),
      'polecat-2022.txt, line 2: The column "Latitude" is "143.25", which is not a number from -90 to 90.',
    ],
    [
      'a longitude that is none',
      withCell(GDELT, 1, 54, 'east'),
      `${GDELT}, line 1: The column "ActionGeo_Long" is "east", which is not a number from -180 to 180.`,
    ],
    ['an unknown code', withCell(ICEWS, 4, 6, '13y'), `${ICEWS}, line 4: The column "CAMEO Code" is "13y", ${CAMEO}`],
    [
      'a code that lost its leading zero',
      withCell(GDELT, 2, 26, '251'),
      `${GDELT}, line 2: The column "EventCode" is "251", ${CAMEO}`,
    ],
    [
      'a code of another root',
      withCell(GDELT, 1, 28, '14'),
      `${GDELT}, line 1: The code "173" does not begin with its root, "14".`,
    ],
    [
      'a code of CAMEO that lost its leading zero and is another one',
      fileWith(GDELT, small(GDELT).replace('\t0251\t025\t02\t', '\t20\t20\t2\t')),
      `${GDELT}, line 2: The code "20" does not begin with its root, "2".`,
    ],
    [
      'too many cells between commas',
      fileWith('icews.csv', withCommas(rowsOf(ICEWS)).replace('Make statement', 'Make, statement')),
      'icews.csv, line 3: The row has 21 cells and the table 20 columns.',
    ],
    [
      'an unknown type',
      withCell(POLECAT, 3, 2, 'DANCE'),
      'polecat-2022.txt, line 3: The column "Event Type" is "DANCE", which is not a type of PLOVER; one of AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT is.',
    ],
    [
      'an actor that is not a code',
      withCell(GDELT, 1, 5, 'KAZ GOV'),
      `${GDELT}, line 1: The column "Actor1Code" is "KAZ GOV", which is not a code of letters and digits.`,
    ],
    [
      'an actor without a letter',
      withCell(ICEWS, 2, 2, '—'),
      `${ICEWS}, line 2: The actor "—" has no letter, or more than 150 characters, so it is not a name.`,
    ],
    [
      'too few cells',
      changed(GDELT, ['\tMINISTRY', '']),
      `${GDELT}, line 2: The row has 57 cells and the table 58 columns.`,
    ],
    [
      'too many cells',
      changed(ICEWS, ['Make statement', 'Make\tstatement']),
      `${ICEWS}, line 3: The row has 21 cells and the table 20 columns.`,
    ],
    [
      'a line that is not JSON',
      fileWith('polecat.jsonl', `${small('polecat-lines.jsonl')}{"Event ID": "syn0006_1", "Event`),
      'polecat.jsonl, line 3: The row "{"Event ID": "syn0006_1", "Event" is not JSON, or is cut off.',
    ],
    [
      'a line that is not an object',
      fileWith('polecat.jsonl', `${small('polecat-lines.jsonl')}[1]\n`),
      'polecat.jsonl, line 3: The row is "[1]", which is not an object of JSON.',
    ],
    [
      'an object in place of a text',
      fileWith('polecat.json', edited('plover/polecat-array.json', ['"REQUEST"', '{}'])),
      'polecat.json, line 2: The value of "Event Type" is {}, which is neither a text, a number nor a list of them.',
    ],
    [
      'JSON without a type',
      fileWith('polecat.json', edited('plover/polecat-array.json', ['"Event Type": "AID",', ''])),
      'polecat.json, line 21: The column "Event Type" is empty.',
    ],
  ])('%s', async (_what, path, problem) => {
    const { problems, counts } = await read(path)
    expect(problems).toEqual([problem])
    expect(counts['Event']).toBe(path.endsWith('.json') ? 1 : 2)
  })

  it('a null or half of a character, told once', async () => {
    const { problems, counts } = await read(withCell(ICEWS, 3, 2, 'Synthetic\0Person'))
    expect(problems).toEqual([`${ICEWS}, line 3: The cell "Synthetic\ufffdPerson" has a null or half of a character.`])
    expect(counts).toMatchObject({ Event: 2 })
    const half = await read(fileWith('polecat.json', edited('plover/polecat-array.json', ['"AID"', '"\\ud800"'])))
    expect(half.problems).toEqual(['polecat.json, line 21: The cell "\ud800" has a null or half of a character.'])
  })

  it('a row that stands twice in the same words is left out and counted, in each form', async () => {
    const [header = '', ...rows] = small(ICEWS).replace(/\n$/, '').split('\n')
    const table = await read(fileWith(ICEWS, [header, ...rows, ...rows, rows[0], ''].join('\n')))
    expect(table.problems).toEqual([])
    expect(table.leftOut).toEqual({ 'that stand in the same words before': rows.length + 1 })
    expect(table.counts).toMatchObject({ Event: rows.length })
    const array = JSON.parse(small('polecat-array.json'))
    for (const content of [
      JSON.stringify([...array, ...array]),
      `[${[...array, ...array].map((each) => JSON.stringify(each)).join(',\n')}]`,
    ]) {
      const json = await read(fileWith('polecat.json', content))
      expect(json.problems).toEqual([])
      expect(json.leftOut).toEqual({ 'that stand in the same words before': array.length })
      expect(json.counts).toMatchObject({ Event: array.length })
    }
  })

  it('a row that differs in a cell that is left out is another one under the same id', async () => {
    const [header = '', first = ''] = small(ICEWS).split('\n')
    const cells = first.split('\t')
    cells[header.split('\t').indexOf('Publisher')] = 'Another'
    const { problems, counts } = await read(fileWith(ICEWS, [header, first, cells.join('\t'), ''].join('\n')))
    expect(problems).toEqual([
      expect.stringContaining(`${ICEWS}, line 3: The id "icews:90000001/2022-01-05" stands twice`),
    ])
    expect(counts).toMatchObject({ Event: 1 })
  })

  it('of an array on one line, and no other', async () => {
    const array = JSON.parse(small('polecat-array.json'))
    const bad = { ...array[0], 'Event ID': 'syn 9' }
    const again = { ...array[0], Headline: 'Another' }
    const { problems, counts } = await read(fileWith('polecat.json', JSON.stringify([bad, ...array, again])))
    expect(problems).toEqual([expect.stringContaining('"syn 9"'), expect.stringContaining('stands twice')])
    expect(counts).toMatchObject({ Event: array.length })
  })

  it('a row that stands twice keeps the actors that later rows need', async () => {
    const [first = '', second = '', third = ''] = small(GDELT).split('\n')
    const again = second.replace('990000002', '990000001')
    const { problems, counts, leftOut } = await read(fileWith(GDELT, [first, again, second, third, ''].join('\n')))
    expect(problems).toHaveLength(1)
    expect(leftOut).toEqual({})
    expect(counts).toMatchObject({ Event: 3, Participation: 5 })
  })
})

describe('records of PLOVER', () => {
  const RECORDS = 'gsr.json'
  const readRecords = (...records: readonly Readonly<Record<string, unknown>>[]) =>
    read(fileWith(RECORDS, JSON.stringify(records, null, 2)))
  const record = (more: Readonly<Record<string, unknown>>) => ({
    id: 'SYNTHETIC-GSR-1',
    date: '2000-01-01',
    source: ['KAZGOV'],
    target: 'KAZOPP',
    event: 'DEMAND',
    eventText: 'demanded',
    text: 'A synthetic sentence.',
    language: 'en',
    version: '0.5b1',
    ...more,
  })

  it('are events of a data set of their own, which do not tell whether a machine coded them', async () => {
    const { records, sources, problems, notes } = await readRecords(record({}))
    expect([problems, notes]).toEqual([[], []])
    expect(sources).toEqual(['source:plover-records-gsr of null'])
    expect(valuesOf(records, 'plover-record:SYNTHETIC-GSR-1')).toEqual({
      type: 'REQUEST',
      name: 'Government (Kazakhstan) – request – Opposition (Kazakhstan)',
      summary: 'Coded as PLOVER DEMAND, in the words "demanded": "A synthetic sentence."',
      dateEdtf: '2000-01-01',
      dateEarliest: '2000-01-01',
      dateLatest: '2000-01-01',
    })
    expect(linksOf(records, 'Participation')).toEqual([
      'plover:KAZGOV → plover-record:SYNTHETIC-GSR-1',
      'plover:KAZOPP → plover-record:SYNTHETIC-GSR-1',
    ])
  })

  it('name actors as objects, too, several of a side, or none', async () => {
    const source = [
      { actorText: 'Synthetic ministers', code: 'HUN', sector: 'GOV' },
      { actorText: 'Synthetic Union', code: 'IGO' },
    ]
    const { records, problems, notes } = await readRecords(record({ source, target: '', context: '', mode: '' }))
    expect([problems, notes]).toEqual([[], []])
    expect(linksOf(records, 'Participation')).toEqual([
      'plover:HUNGOV → plover-record:SYNTHETIC-GSR-1',
      'plover:IGO → plover-record:SYNTHETIC-GSR-1',
    ])
    expect(linksOf(records, 'Jurisdiction')).toEqual(['plover:HUNGOV → iso:HU'])
  })

  it('are bad rows with what is not a code, type or day', async () => {
    const { problems, counts } = await readRecords(
      record({}),
      record({ id: 'SYNTHETIC-GSR-2', source: [{ code: 7 }] }),
      record({ id: 'SYNTHETIC-GSR-3', event: 'DANCE' }),
      record({ id: 'SYNTHETIC-GSR-4', date: 'today' }),
    )
    expect(problems).toEqual([
      expect.stringContaining('The key "source" has {"code":7}, which is not a code of an actor.'),
      expect.stringContaining('The column "event" is "DANCE", which is not a type of PLOVER'),
      expect.stringContaining('The column "date" is "today", which is not a day'),
    ])
    expect(counts).toMatchObject({ Event: 1 })
  })
})

describe('an empty cell', () => {
  it('is NA where R wrote the table, and no country, actor or code', async () => {
    const header = small(ICEWS).split('\n')[0] ?? ''
    const filled: Readonly<Record<string, string>> = {
      'Event ID': '1',
      'Event Date': '2022-01-05',
      'CAMEO Code': '040',
    }
    const row = header.split('\t').map((name) => filled[name.trim()] ?? 'NA')
    const { problems, notes, counts } = await read(fileWith(ICEWS, [header, row.join('\t'), ''].join('\n')))
    expect([problems, notes]).toEqual([[], []])
    expect(counts).toMatchObject({ Event: 1 })
    expect(counts).not.toHaveProperty('Participation')
  })
})

describe('codes', () => {
  it('of CAMEO are types of the map of PLOVER of 2021', () => {
    const roots = Array.from({ length: 20 }, (_, index) => cameoEvent(String(index + 1).padStart(2, '0'))?.type)
    expect(roots).toEqual([
      null,
      null,
      'AGREE',
      'CONSULT',
      'SUPPORT',
      'COOPERATE',
      'AID',
      'CONCEDE',
      'ACCUSE',
      'REQUEST',
      'ACCUSE',
      'REJECT',
      'THREATEN',
      'PROTEST',
      'MOBILIZE',
      'SANCTION',
      'COERCE',
      'ASSAULT',
      'ASSAULT',
      'ASSAULT',
    ])
  })

  it.each([
    ['081', 'CONCEDE'],
    ['0812', 'CONCEDE'],
    ['0813', 'RETREAT'],
    ['0874', 'RETREAT'],
    ['1056', 'REQUEST'],
    ['163', 'COERCE'],
    ['1711', 'COERCE'],
    ['1712', 'ASSAULT'],
    ['175', 'ASSAULT'],
    ['191', 'COERCE'],
    ['2042', 'ASSAULT'],
  ])('%s is %s', (code, type) => {
    expect(cameoEvent(code)?.type).toBe(type)
  })

  it.each(['1', '00', '21', '0110', '0255x', '2043', ''])('"%s" is none', (code) => {
    expect(cameoEvent(code)).toBeNull()
  })

  it.each([
    ['GM', 'DE'],
    ['SF', 'ZA'],
    ['AU', 'AT'],
    ['AS', 'AU'],
    ['CH', 'CN'],
    ['UK', 'GB'],
    ['GZ', 'PS'],
    ['WE', 'PS'],
    ['KV', 'XK'],
    ['RI', 'RS'],
    ['OD', 'SS'],
    // Akrotiri, the Netherlands Antilles, Paracel Islands, no code at all.
    ['AX', undefined],
    ['NT', undefined],
    ['PF', undefined],
    ['OS', undefined],
  ])('%s of FIPS 10-4 is %s in ISO 3166-1', (fips, alpha2) => {
    expect(countryOfFips(fips)?.alpha2).toBe(alpha2)
  })

  it('of FIPS 10-4 are known, all of them', () => {
    const standard =
      'AA:AW AC:AG AE:AE AF:AF AG:DZ AJ:AZ AL:AL AM:AM AN:AD AO:AO AQ:AS AR:AR AS:AU AT:AU AU:AT AV:AI AY:AQ BA:BH BB:BB BC:BW BD:BM BE:BE BF:BS BG:BD BH:BZ BK:BA BL:BO BM:MM BN:BJ BO:BY BP:SB BQ:UM BR:BR BS:TF BT:BT BU:BG BV:BV BX:BN BY:BI CA:CA CB:KH CD:TD CE:LK CF:CG CG:CD CH:CN CI:CL CJ:KY CK:CC CM:CM CN:KM CO:CO CQ:MP CR:AU CS:CR CT:CF CU:CU CV:CV CW:CK CY:CY DA:DK DJ:DJ DO:DM DQ:UM DR:DO EC:EC EG:EG EI:IE EK:GQ EN:EE ER:ER ES:SV ET:ET EU:TF EZ:CZ FG:GF FI:FI FJ:FJ FK:FK FM:FM FO:FO FP:PF FQ:UM FR:FR FS:TF GA:GM GB:GA GG:GE GH:GH GI:GI GJ:GD GK:GG GL:GL GM:DE GO:TF GP:GP GQ:GU GR:GR GT:GT GV:GN GY:GY GZ:PS HA:HT HK:HK HM:HM HO:HN HQ:UM HR:HR HU:HU IC:IS ID:ID IM:IM IN:IN IO:IO IR:IR IS:IL IT:IT IV:CI IZ:IQ JA:JP JE:JE JM:JM JN:SJ JO:JO JQ:UM JU:TF KE:KE KG:KG KN:KP KQ:UM KR:KI KS:KR KT:CX KU:KW KV:XK KZ:KZ LA:LA LE:LB LG:LV LH:LT LI:LR LO:SK LQ:UM LS:LI LT:LS LU:LU LY:LY MA:MG MB:MQ MC:MO MD:MD MF:YT MG:MN MH:MS MI:MW MJ:ME MK:MK ML:ML MN:MC MO:MA MP:MU MQ:UM MR:MR MT:MT MU:OM MV:MV MX:MX MY:MY MZ:MZ NC:NC NE:NU NF:NF NG:NE NH:VU NI:NG NL:NL NN:SX NO:NO NP:NP NR:NR NS:SR NU:NI NZ:NZ OD:SS PA:PY PC:PN PE:PE PK:PK PL:PL PM:PA PO:PT PP:PG PS:PW PU:GW QA:QA RE:RE RI:RS RM:MH RN:MF RO:RO RP:PH RQ:PR RS:RU RW:RW SA:SA SB:PM SC:KN SE:SC SF:ZA SG:SN SH:SH SI:SI SL:SL SM:SM SN:SG SO:SO SP:ES ST:LC SU:SD SV:SJ SW:SE SX:GS SY:SY SZ:CH TB:BL TD:TT TE:TF TH:TH TI:TJ TK:TC TL:TK TN:TO TO:TG TP:ST TS:TN TT:TL TU:TR TV:TV TW:TW TX:TM TZ:TZ UC:CW UG:UG UK:GB UP:UA US:US UV:BF UY:UY UZ:UZ VC:VC VE:VE VI:VG VM:VN VQ:VI VT:VA WA:NA WE:PS WF:WF WI:EH WQ:UM WS:WS WZ:SZ YM:YE ZA:ZM ZI:ZW'
    const wrong = standard
      .split(' ')
      .filter((pair) => `${pair.slice(0, 2)}:${countryOfFips(pair.slice(0, 2))?.alpha2}` !== pair)
    expect(wrong).toEqual([])
  })

  it.each([
    ['KAZ', 'KZ'],
    ['ROM', 'RO'],
    ['ROU', 'RO'],
    ['TMP', 'TL'],
    ['WSB', 'PS'],
    ['MTN', 'ME'],
    ['KSV', 'XK'],
    ['EUR', undefined],
    ['IGO', undefined],
    ['ANT', undefined],
  ])('%s of CAMEO is %s in ISO 3166-1', (alpha3, alpha2) => {
    expect(countryOfAlpha3(alpha3)?.alpha2).toBe(alpha2)
  })

  it.each([
    ['Kazakhstan', 'KZ'],
    ['Côte d’Ivoire', 'CI'],
    ["Cote d'Ivoire", 'CI'],
    ['Russian Federation', 'RU'],
    ['Occupied Palestinian Territory', 'PS'],
    ['Democratic Republic of Congo', 'CD'],
    ['Turkey', 'TR'],
    ['the former Yugoslav Republic of Macedonia', 'MK'],
    ['Macedonia, the former Yugoslav Republic of', 'MK'],
    ['Moldova, Republic of', 'MD'],
    ['Moldova (the Republic of)', 'MD'],
    ['Bolivia, Plurinational State of', 'BO'],
    ['Bolivia (Plurinational State of)', 'BO'],
    ['Bonaire, Sint Eustatius and Saba', 'BQ'],
    ['Congo', 'CG'],
    ['Congo, the Democratic Republic of the', 'CD'],
    ['Falkland Islands (Malvinas)', 'FK'],
    ['Falkland Islands (the) [Malvinas]', 'FK'],
    ['Holy See (Vatican City State)', 'VA'],
    ['Iran, Islamic Republic of', 'IR'],
    ['Iran (Islamic Republic of)', 'IR'],
    ["Korea, Democratic People's Republic of", 'KP'],
    ['Korea, Republic of', 'KR'],
    ["Lao People's Democratic Republic", 'LA'],
    ['Libyan Arab Jamahiriya', 'LY'],
    ['Micronesia, Federated States of', 'FM'],
    ['Netherlands, Kingdom of the', 'NL'],
    ['Palestine, State of', 'PS'],
    ['Palestinian Territory, Occupied', 'PS'],
    ['Saint Martin (French part)', 'MF'],
    ['Sint Maarten (Dutch part)', 'SX'],
    ['Syrian Arab Republic', 'SY'],
    ['Taiwan, Province of China', 'TW'],
    ['Tanzania, United Republic of', 'TZ'],
    ['United Kingdom of Great Britain and Northern Ireland', 'GB'],
    ['Venezuela, Bolivarian Republic of', 'VE'],
    ['Virgin Islands, British', 'VG'],
    ['Virgin Islands, U.S.', 'VI'],
    ['Saint Helena, Ascension and Tristan da Cunha', 'SH'],
    ['South Georgia and the South Sandwich Islands', 'GS'],
    ['Svalbard and Jan Mayen', 'SJ'],
    ['Sudan, South', 'SS'],
    ['St. Kitts & Nevis', 'KN'],
    ['Republic of Kazakhstan', 'KZ'],
    ['Hashemite Kingdom of Jordan', 'JO'],
    ['Federal Democratic Republic of Ethiopia', 'ET'],
    ['Republic of China', 'TW'],
    // A state that is no more, one of the United States, and what has a country in its name.
    ['Republic of Vietnam', undefined],
    ['State of Georgia', undefined],
    ['Turkish Republic of Northern Cyprus', undefined],
    ['Northern Ireland', undefined],
    ['Korea', undefined],
    ['Atlantis', undefined],
  ])('%s is %s', (name, alpha2) => {
    expect(countryOfName(name)?.alpha2).toBe(alpha2)
  })

  it('of machines are trusted less than reports', () => {
    for (const source of ['source:gdelt-events-20220120', 'source:icews', 'source:polecat-2022'])
      expect(compareTrust(source, 'source:kaztag-2022-01-21')).toBeLessThan(0)
  })
})
