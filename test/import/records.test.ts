import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import type { Batch, Pass, Problem } from '../../src/import/importer.js'
import { SILENT } from '../../src/import/read/make-records.js'
import { recordsSchema } from '../../src/import/records/format.js'
import { recordsImporter } from '../../src/import/records/records.js'
import { type GraphRecord, isNode, type LinkRecord, type NodeRecord } from '../../src/model/records.js'
import { readGraphShape } from '../../src/schema/read-graph-shape.js'
import { printJson } from '../support/print-json.js'

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const shape = readGraphShape(readFileSync(pathOf('../../schema.graphql'), 'utf8'))
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

const recordsOf = (batch: Batch): readonly GraphRecord[] => ('records' in batch ? batch.records : batch)

const read = async (path: string, closed = false) => {
  const [opened] = await recordsImporter(shape, { closed }).open(path)
  const records: GraphRecord[] = []
  const problems: Problem[] = []
  const leftOut: unknown[] = []
  let bytes = 0
  const rows: Record<string, number> = {}
  const pass: Pass = {
    ...SILENT,
    rows: (file, count) => {
      rows[file] = count
    },
    problem: (problem: Problem) => problems.push(problem),
    leftOut: (...what) => leftOut.push(what),
    fell: (...what) => leftOut.push(['fell', ...what]),
    advance: (read) => {
      bytes += read
    },
  }
  for await (const batch of opened.read(pass)) records.push(...recordsOf(batch))
  const nodes = records.filter(isNode)
  const links = records.filter((record): record is LinkRecord => !isNode(record))
  return { opened, records, nodes, links, problems, leftOut, bytes, rows }
}

/** Writes files into a new folder: texts by name. */
const folderOf = (files: Readonly<Record<string, string | Uint8Array>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'records-'))
  folders.push(folder)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

const countBy = (nodes: readonly NodeRecord[]) => {
  const counts: Record<string, number> = {}
  for (const { type } of nodes) counts[type] = (counts[type] ?? 0) + 1
  return counts
}
const node = (nodes: readonly NodeRecord[], id: string) => nodes.find((each) => each.id === id)
const linksOf = (links: readonly LinkRecord[], from: string, link: string) =>
  links.filter((each) => each.from === from && each.link === link)

const SOURCE = `
Source:
  - { id: source:x, kind: PUBLICATION, title: A page, sources: [source:x] }
`

describe('the seed', () => {
  const seed = () => read(pathOf('../../seed/kazakhstan-2022'), true)

  it('loads without a problem, and names nothing that it does not contain', async () => {
    const { opened, problems, leftOut, bytes, nodes, links } = await seed()
    expect(problems).toEqual([])
    expect(leftOut).toEqual([])
    expect(opened.foreignIds()).toEqual([])
    expect(opened.source).toBe('records:kazakhstan-2022')
    expect(bytes).toBe(opened.size)
    expect(countBy(nodes)).toEqual({
      Source: 4,
      Organization: 19,
      Office: 2,
      Person: 1,
      Place: 2,
      Event: 1,
      Procedure: 1,
      Resolution: 1,
      Motion: 6,
      VoteEvent: 5,
      VoteCount: 8,
      Demand: 9,
      Claim: 2,
    })
    expect(links.length).toBeGreaterThan(100)
  })

  it('gives the same records and the same hash each time', async () => {
    const [one, two] = [await seed(), await seed()]
    expect(two.records).toEqual(one.records)
    expect(two.opened.contentHash).toBe(one.opened.contentHash)
    const again: GraphRecord[] = []
    for await (const batch of one.opened.read(SILENT)) again.push(...recordsOf(batch))
    expect(again).toEqual(one.records)
  })

  it('says of every record and link where in its source it stands', async () => {
    const { records } = await seed()
    expect(
      records.filter(({ citations }) => citations.length === 0 || citations.some(({ locator }) => !locator)),
    ).toEqual([])
  })

  it('states nothing that is inferred', async () => {
    const { links } = await seed()
    expect(links.filter(({ link }) => link === 'ResolutionMotion' || link === 'ResolutionBallot')).toEqual([])
    expect(links.filter(({ values }) => values['inferred'] === true || values['via'] !== undefined)).toEqual([])
    expect(linksOf(links, 'person:josep-borrell', 'Holding')).toMatchObject([
      { to: 'office:vp-hr', key: '2022-01-21', values: { attestedOn: '2022-01-21', inferred: false } },
    ])
  })

  it('has the nine demands in their order, of whom they are asked, and who comes in', async () => {
    const { links, nodes } = await seed()
    const concerned = (role: string) =>
      nodes
        .filter(({ type }) => type === 'Demand')
        .map(({ id }) =>
          linksOf(links, id, 'Concern')
            .filter(({ values }) => values['role'] === role)
            .map(({ to }) => to),
        )
    const kazakhstan = ['org:government-of-kazakhstan']
    expect(concerned('ADDRESSEE')).toEqual([
      ['org:council-of-the-eu'],
      ['org:european-union', 'org:international-community'],
      ['org:eu-institutions'],
      ['org:eeas'],
      kazakhstan,
      kazakhstan,
      kazakhstan,
      kazakhstan,
      kazakhstan,
    ])
    expect(concerned('INVOLVED')).toEqual([
      [],
      [],
      [],
      ['office:vp-hr', 'office:eusr-central-asia'],
      ['org:united-nations', 'org:osce'],
      [],
      [],
      [],
      [],
    ])
  })

  it('has group tallies that sum to the total', async () => {
    const { nodes } = await seed()
    const counts = nodes.filter(({ type }) => type === 'VoteCount')
    const total = node(nodes, 'ep-vote:139038')?.values
    for (const column of ['tallyFor', 'tallyAgainst', 'tallyAbstention', 'tallyVoting', 'tallyDidNotVote']) {
      expect(counts.reduce((sum, { values }) => sum + Number(values[column]), 0)).toBe(total?.[column])
    }
    expect(total).toMatchObject({
      tallyFor: 589,
      tallyAgainst: 35,
      tallyAbstention: 47,
      tallyVoting: 671,
      tallyDidNotVote: 34,
    })
  })
})

describe('the published JSON Schema', () => {
  it('is the one made from schema.graphql (vitest -u writes it anew)', async () => {
    await expect(`${printJson(recordsSchema(shape))}\n`).toMatchFileSnapshot('../../seed/records.schema.json')
  })
})

describe('the format', () => {
  const town = () => read(pathOf('../fixtures/records/town-council'))

  it('reads a folder of files, sources first and links last', async () => {
    const { records, problems } = await town()
    expect(problems).toEqual([])
    expect(records[0]).toMatchObject({ type: 'Source', id: 'source:minutes' })
    const kinds = records.map((record) => (isNode(record) ? 'node' : 'link'))
    expect(kinds).toEqual(kinds.toSorted().reverse())
  })

  it('tells the file and line of each record and link, and how many records each file has', async () => {
    const { opened, rows } = await town()
    expect(rows).toEqual({ 'council.yaml': 5, 'texts.yml': 4 })
    const lines: string[] = []
    for await (const batch of opened.read(SILENT)) {
      if (!('lines' in batch)) continue
      for (const [at, record] of batch.records.entries()) {
        const name = isNode(record) ? record.id : `${record.link} to ${record.to}`
        lines.push(`${batch.file}:${batch.lines[at]} ${name}`)
      }
    }
    expect(lines).toContain('council.yaml:25 person:ann')
    expect(lines).toContain('council.yaml:31 Membership to org:council')
    expect(lines).toContain('council.yaml:33 Holding to office:mayor')
    expect(lines).toContain('texts.yml:15 BallotOn to ep-doc:RC-B9-0065/2022')
  })

  it('reads a single file', async () => {
    const { opened, nodes } = await read(pathOf('../fixtures/records/town-council/texts.yml'))
    expect(opened.source).toBe('records:texts')
    expect(nodes).toHaveLength(4)
  })

  it('gives a record the sources of its file, and a link those of its record, unless they name their own', async () => {
    const { nodes, links } = await town()
    const page = (number: number) => [{ source: 'source:minutes', locator: `page ${number}` }]
    expect(node(nodes, 'person:ann')?.citations).toEqual(page(1))
    expect(linksOf(links, 'person:ann', 'Membership')[0]?.citations).toEqual(page(1))
    expect(linksOf(links, 'person:ann', 'Holding')[0]?.citations).toEqual(page(9))
    expect(node(nodes, 'ep-vote:1')?.citations).toEqual([{ source: 'source:minutes' }])
  })

  it('turns a date in EDTF into its columns, and adds up a tally', async () => {
    const { nodes } = await town()
    expect(node(nodes, 'event:march')?.values).toMatchObject({
      dateEdtf: '2020-02/2020-03',
      dateEarliest: '2020-02-01',
      dateLatest: '2020-03-31',
    })
    expect(node(nodes, 'person:ann')?.values).toMatchObject({ birthDateEdtf: '1970', birthDateEarliest: '1970-01-01' })
    expect(node(nodes, 'ep-vote:1')?.values).toMatchObject({
      tallyFor: 5,
      tallyAgainst: 3,
      tallyAbstention: 0,
      tallyVoting: 8,
    })
    expect(node(nodes, 'ep-vote:2')?.values).toEqual({ date: '2022-01-20', isMain: false, tallyFor: 5 })
  })

  it('takes a ballot without a day', async () => {
    const { records, problems } = await read(
      folderOf({
        'a.yaml': `${SOURCE}VoteEvent:\n  - id: ballot:undated\n    isMain: true\n    tally: {for: 2, against: 1}\n    sources: [source:x]\n`,
      }),
    )
    expect(problems).toEqual([])
    expect(records.find((record) => 'id' in record && record.id === 'ballot:undated')?.values).toMatchObject({
      isMain: true,
      tallyFor: 2,
    })
  })

  it('gives ids and references in the spelling of the minutes', async () => {
    const { nodes, links } = await town()
    expect(node(nodes, 'ep-doc:RC-B9-0065/2022')?.values).toEqual({
      reference: 'RC-B9-0065/2022',
      procedure: '2022/2505(RSP)',
    })
    expect(linksOf(links, 'person:ann', 'Vote')[0]?.values).toEqual({
      option: 'FOR',
      date: '2022-01-20',
      group: 'ep-group:SD',
    })
  })

  it('makes the key of a link that may repeat from its first day, numbers and words, unless it has its own', async () => {
    const { links } = await town()
    expect(linksOf(links, 'person:ann', 'Membership').map(({ key }) => key)).toEqual([
      '2019-07-02/7/MEMBER',
      'second half',
    ])
    expect(linksOf(links, 'person:ann', 'Holding').map(({ key }) => key)).toEqual(['2022-01-21'])
  })

  it('takes the fixed columns of a link from the field', async () => {
    const { links } = await town()
    expect(
      linksOf(links, 'ep-doc:RC-B9-0065/2022#demand-1', 'Concern').map(({ to, key, values }) => ({ to, key, values })),
    ).toEqual([
      { to: 'office:mayor', key: 'ADDRESSEE', values: { role: 'ADDRESSEE', inferred: false } },
      { to: 'person:ann', key: 'INVOLVED', values: { role: 'INVOLVED', inferred: false } },
    ])
  })

  it('tells what it names and does not contain, for the store to have', async () => {
    const { opened, problems, links } = await read(
      folderOf({
        'a.yaml': 'Place:\n  - id: place:town\n    name: Town\n    partOf: iso:de\n    sources: [source:elsewhere]\n',
      }),
    )
    expect(problems).toEqual([])
    expect(opened.foreignIds()).toEqual([
      { id: 'source:elsewhere', file: 'a.yaml', line: 5 },
      { id: 'iso:DE', file: 'a.yaml', line: 4 },
    ])
    expect(links).toHaveLength(1)
  })

  it('takes a field that is new in schema.graphql as a new key', async () => {
    const text = readFileSync(pathOf('../../schema.graphql'), 'utf8').replace(
      '"ISO 3166-1 alpha-3 code, for a country."',
      '"How many live there."\n  population: Int\n  $&',
    )
    const [opened] = await recordsImporter(readGraphShape(text)).open(
      folderOf({ 'a.yaml': `${SOURCE}Place: [{ id: place:t, name: Town, population: 12, sources: [source:x] }]\n` }),
    )
    const records: GraphRecord[] = []
    for await (const batch of opened.read({ ...SILENT, problem: ({ reason }) => expect.fail(reason) }))
      records.push(...recordsOf(batch))
    expect(records).toContainEqual({
      type: 'Place',
      id: 'place:t',
      values: { name: 'Town', population: 12 },
      citations: [{ source: 'source:x' }],
    })
  })
})

describe('a bad record is left out and told with file, line and advice', () => {
  const place = (line: string) =>
    `${SOURCE}Place:\n  - id: place:t\n    name: Town\n    ${line}\n    sources: [source:x]\n`
  const event = (line: string) => place(line).replace('Place:', 'Event:').replace('place:t', 'event:t')

  it.each([
    [
      'an unknown key',
      place('nmaes: []'),
      'Place "place:t": "nmaes" is not a key of Place; did you mean "names" or "name"?',
    ],
    [
      'a key that is far from all',
      place('population: 12'),
      'Place "place:t": "population" is not a key of Place; use one of id, kind, name, isoAlpha2, isoAlpha3, partOf, names, sources.',
    ],
    [
      'a link that is written at the other end',
      place('events: [event:x]'),
      'Place "place:t": "events" of Place is written at the other end of the link: "places" of Event.',
    ],
    [
      'what is worked out at load',
      place('updatedAt: 2022-01-20'),
      'Place "place:t": "updatedAt" of Place is worked out when the records are loaded; leave it out.',
    ],
    [
      'a number in place of text',
      place('isoAlpha2: 12'),
      'Place "place:t": "isoAlpha2" is 12, which is read as a number; put it in quotes.',
    ],
    [
      'a text in place of a list',
      place('names: Stadt'),
      'Place "place:t": "names" is "Stadt", and must be a list, each item of which begins with "- ".',
    ],
    [
      'a key without a value',
      place('kind:'),
      'Place "place:t": "kind" is empty; leave the key out where nothing is known.',
    ],
    [
      'a word that is none',
      place('kind: TOWN'),
      'Place "place:t": "kind" is "TOWN"; it must be one of COUNTRY, REGION, CITY.',
    ],
    ['a list in place of one', place('partOf: [iso:KZ]'), 'Place "place:t": "partOf" is a list, and must be text.'],
    [
      'an id with a space',
      place('partOf: the country'),
      'Place "place:t": "partOf" is "the country", and an id has no spaces.',
    ],
    [
      'a link to nowhere',
      place('partOf: iso:XX'),
      'Place "place:t": "iso:XX" is the id of no record of these files; correct it, or write that record.',
    ],
    [
      'a link to the wrong type',
      place('partOf: source:x'),
      'Place "place:t": "partOf" leads to "source:x", which is of type Source, and must lead to Place.',
    ],
    [
      'an item that lacks a key',
      place('names: [{ language: de }]'),
      'Place "place:t": Item 1 of "names" lacks "text".',
    ],
    [
      'a fuzzy date that does not exist',
      event('date: 2022-02-30'),
      'Event "event:t": "date" is "2022-02-30", and there is no day "2022-02-30".',
    ],
    [
      'a fuzzy date that is none',
      event('date: in January'),
      'Event "event:t": "date" is "in January", which is not a date in EDTF, such as 2022, 2022-01, 2022-01-20, 2022~ or 2022-01-02/2022-01-11.',
    ],
  ])('%s', async (_, text, reason) => {
    const { problems, nodes } = await read(folderOf({ 'a.yaml': text }), true)
    expect(problems).toEqual([{ file: 'a.yaml', line: 7, lost: [expect.any(String)], reason }])
    expect(nodes.map(({ id }) => id)).toEqual(['source:x'])
  })

  it.each([
    [
      'a day that does not exist',
      '{ id: ep-vote:1, date: 2022-02-30, isMain: true, sources: [source:x] }',
      '"date" is "2022-02-30", which is not a day that exists, such as 2022-01-20.',
    ],
    [
      'a moment without an offset',
      '{ id: ep-vote:1, date: 2022-02-20, time: 2022-02-20T10:00:00, isMain: true, sources: [source:x] }',
      '"time" is "2022-02-20T10:00:00", which is not a moment such as 2022-01-20T15:33:04+01:00.',
    ],
    [
      'a record without a source',
      '{ id: ep-vote:1, date: 2022-01-20, isMain: true }',
      'The record names no source; write "sources:" into it, or at the top of the file for all its records.',
    ],
    [
      'a tally without votes for',
      '{ id: ep-vote:1, date: 2022-01-20, isMain: true, tally: { against: 1 }, sources: [source:x] }',
      '"tally" lacks "for".',
    ],
    [
      'a tally that does not add up',
      '{ id: ep-vote:1, date: 2022-01-20, isMain: true, tally: { for: 2, against: 1, abstention: 0, voting: 4 }, sources: [source:x] }',
      '"tally" has 4 voting, and 2 for, 1 against and 0 abstentions are 3.',
    ],
    [
      'fewer votes than none',
      '{ id: ep-vote:1, date: 2022-01-20, isMain: true, tally: { for: -2 }, sources: [source:x] }',
      '"tally" has -2 votes "for", and there are no fewer than 0.',
    ],
    [
      'half a vote',
      '{ id: ep-vote:1, date: 2022-01-20, isMain: true, tally: { for: 1.5 }, sources: [source:x] }',
      '"tally.for" is 1.5, and must be a whole number.',
    ],
    [
      'a source that is none',
      '{ id: ep-vote:1, date: 2022-01-20, isMain: true, sources: [ep-vote:1] }',
      '"ep-vote:1" is named as a source, and is of type VoteEvent.',
    ],
  ])('%s', async (_, record, reason) => {
    const { problems } = await read(folderOf({ 'a.yaml': `${SOURCE}VoteEvent:\n  - ${record}\n` }), true)
    expect(problems).toEqual([
      { file: 'a.yaml', line: 5, lost: ['ep-vote:1'], reason: `VoteEvent "ep-vote:1": ${reason}` },
    ])
  })

  it('a link that needs more than an id', async () => {
    const text = `${SOURCE}Person:\n  - { id: person:a, name: A, memberships: [org:o], sources: [source:x] }\n`
    const { problems } = await read(folderOf({ 'a.yaml': text }))
    expect(problems.map(({ reason }) => reason)).toEqual([
      'Person "person:a": Item 1 of "memberships" is "org:o", and must be a mapping of keys to values.',
    ])
  })

  it('an id that stands twice, with both places', async () => {
    const record = 'Place:\n  - { id: iso:KZ, name: Kazakhstan, sources: [source:x] }\n'
    const { problems, nodes } = await read(
      folderOf({ 'a.yaml': `${SOURCE}${record}`, 'b.yaml': record.replace('KZ', 'kz') }),
    )
    expect(problems).toEqual([
      {
        file: 'b.yaml',
        line: 2,
        reason: 'The id "iso:KZ" stands already in a.yaml, line 5; keep one of the two records.',
      },
    ])
    expect(nodes).toHaveLength(2)
  })

  it('a link that stands twice, and a second where there can be one', async () => {
    const text = `${SOURCE}Event:
  - id: event:e
    name: E
    places:
      - iso:KZ
      - iso:kz
    sources: [source:x]
VoteCount:
  - id: ep-vote:1/iso:KZ
    by: COUNTRY
    organization: org:o
    country: iso:KZ
    sources: [source:x]
`
    const { problems } = await read(folderOf({ 'a.yaml': text }))
    expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
      [9, 'Event "event:e": "places" gives the link to "iso:KZ" that stands already in line 8; keep one of them.'],
      [
        15,
        'VoteCount "ep-vote:1/iso:KZ": "country" leads to "iso:KZ", and line 14 to "org:o"; a VoteCount has one such link.',
      ],
    ])
  })

  it('all that is wrong with it in one problem', async () => {
    const { problems } = await read(
      folderOf({
        'a.yaml': `${SOURCE}Place:\n  - id: place:t\n    nam: Town\n    kind: TOWN\n    sources: [source:x]\n`,
      }),
    )
    expect(problems).toEqual([
      {
        file: 'a.yaml',
        line: 5,
        lost: ['place:t'],
        reason:
          'Place "place:t": The record lacks "name". Line 6: "nam" is not a key of Place; did you mean "name" or "names"? Line 7: "kind" is "TOWN"; it must be one of COUNTRY, REGION, CITY.',
      },
    ])
  })

  it('without a second problem for what hangs on it', async () => {
    const text = `${SOURCE}Place:
  - { id: iso:KZ, sources: [source:x] }
  - { id: place:almaty, name: Almaty, partOf: iso:KZ, sources: [source:x] }
Organization:
  - { id: org:o, name: O, sources: [source:bad] }
`
    const bad = 'Source:\n  - { id: source:bad, sources: [source:bad] }\n'
    const { problems, leftOut, nodes, links } = await read(folderOf({ 'a.yaml': text, 'b.yaml': bad }), true)
    expect(problems.map(({ file, line }) => [file, line])).toEqual([
      ['a.yaml', 5],
      ['b.yaml', 2],
    ])
    expect(nodes.map(({ id }) => id)).toEqual(['source:x', 'place:almaty'])
    expect(links).toEqual([])
    expect(leftOut).toEqual([
      ['fell', 'a.yaml', 'records and links whose source was left out', 1],
      ['fell', 'a.yaml', 'links to records that were left out', 1],
    ])
  })
})

describe('a bad file stops the import and is told with its line', () => {
  it.each([
    ['an empty file', '', 'a.yaml, line 1: The file is empty; write records into it, or remove it.'],
    ['only comments', '# to do\n', 'a.yaml, line 1: The file has only comments; write records into it, or remove it.'],
    ['a tab', 'Place:\n\t- id: iso:KZ\n', 'a.yaml, line 2: The line is indented with a tab; indent with spaces.'],
    [
      'a key that stands twice',
      'Place:\n  - id: iso:KZ\n    name: A\n    name: B\n',
      'a.yaml, line 4: The key "name" stands twice in the same mapping; keep one of them.',
    ],
    ['what is not YAML', 'Place: [\n', /^a\.yaml, line \d: The file is not YAML: /],
    [
      'a second document',
      'Place: []\n---\nPlace: []\n',
      'a.yaml, line 2: A second document begins here (with ---); write it into a file of its own.',
    ],
    [
      'bytes that are not UTF-8',
      Buffer.from('Place:\n  - id: place:a\n    name: M\xfcnchen\n', 'latin1'),
      'a.yaml, line 3: The line has bytes that are not UTF-8; save the file with the encoding UTF-8.',
    ],
    [
      'an unknown type',
      'Organisation:\n  - id: org:o\n',
      'a.yaml, line 1: "Organisation" is not a type of record; did you mean "Organization"?',
    ],
    ['a list', '- id: org:o\n', 'a.yaml, line 1: The file is a list, and must be a mapping of keys to values.'],
    [
      'a type without a list',
      'Place: iso:KZ\n',
      'a.yaml, line 1: "Place" is "iso:KZ", and must be a list, each item of which begins with "- ".',
    ],
    [
      'parts that repeat themselves',
      `a: &a [x]\n${'bcdefghij'
        .split('')
        .map((name, at) => `${name}: &${name} [${`*${'abcdefghij'[at]},`.repeat(9)}]`)
        .join('\n')}\n`,
      'a.yaml, line 1: The file repeats parts of itself (with & and *) too often; write them out.',
    ],
  ])('%s', async (_, content, reason) => {
    const error = await read(folderOf({ 'a.yaml': content })).then(
      () => null,
      (thrown: unknown) => thrown as Error & { code?: string },
    )
    expect(error?.code).toBe('BAD_INPUT')
    const [first, last] = (error?.message ?? '').split('\n')
    if (typeof reason === 'string') expect(first).toBe(reason)
    else expect(first).toMatch(reason)
    expect(last).toBe('Nothing was loaded; mend the file and run again.')
  })

  it('all bad files at once', async () => {
    await expect(read(folderOf({ 'a.yaml': '', 'b.yaml': '\t' }))).rejects.toThrow(
      /^a\.yaml, line 1: .*\nb\.yaml, line 1: .*\nNothing was loaded/,
    )
  })

  it('a folder without records, and a path that does not exist', async () => {
    await expect(read(folderOf({ 'notes.txt': 'x' }))).rejects.toThrow(
      /has no file whose name ends in \.yaml, \.yml or \.jsonl\. Nothing was loaded/,
    )
    await expect(read('/nowhere/at/all')).rejects.toThrow(
      'There is no file or folder "/nowhere/at/all". Nothing was loaded.',
    )
  })
})
