import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SILENT } from '../../src/import/read/make-records.js'
import { recordsImporter } from '../../src/import/records/records.js'
import { runImports } from '../../src/import/run-import.js'
import { engines, type Graph, NOW } from '../support/engines.js'
import { shape } from '../support/read-edition.js'
import { fixture, folderWith, readWith, refusalOf } from '../support/read-europarl.js'

const BUSES = fixture('records/bus-lines')
const importer = recordsImporter(shape)
const read = (path: string) => readWith(importer, path)

const SOURCE = '{"Source": {"id": "source:x", "kind": "PUBLICATION", "title": "A page", "sources": ["source:x"]}}'
const place = (id: string, more = '') => `{"Place": {"id": "${id}", "name": "Town", "sources": ["source:x"]${more}}}`
const lines = (...written: readonly string[]) => read(folderWith({ 'a.jsonl': [SOURCE, ...written].join('\n') }))
const idsOf = ({ records }: Awaited<ReturnType<typeof read>>) =>
  records.flatMap((record) => ('type' in record ? [record.id] : []))

describe('records in JSON Lines', () => {
  it('a line that stands twice in the same words is left out and counted, and in other words it is bad', async () => {
    const { problems, leftOut, counts } = await lines(
      place('place:a'),
      place('place:a'),
      place('place:a', ', "kind": "CITY"'),
    )
    expect(problems).toEqual([
      'a.jsonl, line 4: The id "place:a" stands already in a.jsonl, line 2; keep one of the two records.',
    ])
    expect(leftOut).toEqual({ 'that stand in the same words before': 1 })
    expect(counts).toMatchObject({ Place: 1 })
  })

  it('are read beside those in YAML, and each may name the other: sources first, links last', async () => {
    const { records, problems, sources, counts } = await read(BUSES)
    expect([problems, sources]).toEqual([[], ['records:bus-lines of null']])
    expect(counts).toEqual({
      Source: 2,
      Motion: 1,
      Person: 1,
      Organization: 1,
      VoteEvent: 1,
      Publisher: 1,
      TabledBy: 1,
      Membership: 1,
      BallotOn: 1,
    })
    expect(records).toEqual([
      {
        type: 'Source',
        id: 'source:timetable',
        values: { kind: 'PUBLICATION', title: 'Timetable of the buses' },
        citations: [{ source: 'source:timetable' }],
      },
      {
        type: 'Source',
        id: 'source:minutes',
        values: { kind: 'PUBLICATION', title: 'Minutes of the buses' },
        citations: [{ source: 'source:minutes' }],
      },
      {
        type: 'Motion',
        id: 'motion:night-bus',
        values: { title: 'A bus at night' },
        citations: [{ source: 'source:timetable' }],
      },
      {
        type: 'Person',
        id: 'person:ada',
        values: {
          name: 'Ada Example',
          birthDateEdtf: '1970-05',
          birthDateEarliest: '1970-05-01',
          birthDateLatest: '1970-05-31',
        },
        citations: [{ source: 'source:timetable', locator: 'page 2' }],
      },
      {
        type: 'Organization',
        id: 'org:buses',
        values: { kind: 'OTHER', name: 'The buses', names: [{ text: 'Die Busse', language: 'de' }] },
        citations: [{ source: 'source:timetable', locator: 'page 2' }],
      },
      {
        type: 'VoteEvent',
        id: 'ballot:night-bus',
        values: {
          date: '2020-02-03',
          isMain: true,
          tallyFor: 2,
          tallyAgainst: 1,
          tallyAbstention: 0,
          tallyVoting: 3,
        },
        citations: [{ source: 'source:minutes' }],
      },
      {
        link: 'Publisher',
        from: 'source:timetable',
        to: 'org:buses',
        values: {},
        citations: [{ source: 'source:timetable' }],
      },
      {
        link: 'TabledBy',
        from: 'motion:night-bus',
        to: 'person:ada',
        values: {},
        citations: [{ source: 'source:timetable' }],
      },
      {
        link: 'Membership',
        from: 'person:ada',
        to: 'org:buses',
        key: '2020-01-01/MEMBER',
        values: { role: 'MEMBER', startDate: '2020-01-01' },
        citations: [{ source: 'source:timetable', locator: 'page 2' }],
      },
      {
        link: 'BallotOn',
        from: 'ballot:night-bus',
        to: 'motion:night-bus',
        values: {},
        citations: [{ source: 'source:minutes' }],
      },
    ])
  })

  it('come with their file and line, blank lines and CRLF counted', async () => {
    const text = [SOURCE, '', place('place:a'), ' ', place('place:b')].join('\r\n')
    const [edition] = await importer.open(folderWith({ 'a.jsonl.gz': gzipSync(`\ufeff${text}`) }))
    const found: string[] = []
    for await (const batch of edition.read(SILENT)) {
      if (!('lines' in batch)) continue
      batch.records.forEach((record, at) => {
        if ('type' in record) found.push(`${batch.file}:${batch.lines[at]} ${record.id}`)
      })
    }
    expect(found).toEqual(['a.jsonl.gz:1 source:x', 'a.jsonl.gz:3 place:a', 'a.jsonl.gz:5 place:b'])
  })

  it('tell of all bytes that are read, as many as was said', async () => {
    const [edition] = await importer.open(BUSES)
    let bytes = 0
    const advance = (more: number) => {
      bytes += more
    }
    const pass = { ...SILENT, advance }
    for await (const _batch of edition.read(pass));
    expect(bytes).toBe(edition.size)
  })
})

describe('a bad line costs that line, and is told with file, line and reason', () => {
  it.each<[string, string, string]>([
    ['no JSON', '{"Place": ', 'The line is not JSON ('],
    ['a list', '[1]', 'The line is not a JSON object; a line is one record under its type, such as {"Person":'],
    ['several types', '{"Place": {}, "Person": {}}', 'The line has the keys "Place", "Person"; a line is one record'],
    ['no type', '{}', 'The line has no key; a line is one record under its type'],
    ['sources that are not on the first line', '{"sources": ["source:x"]}', 'The line gives "sources"'],
    ['an unknown type', '{"Plaice": {"id": "place:b"}}', '"Plaice" is not a type of record; did you mean "Place"'],
    ['a list of records', `{"Place": [${place('place:b')}]}`, 'The record is a list, and must be a mapping'],
    ['an unknown key', place('place:b', ', "nmae": "x"'), 'Place "place:b": "nmae" is not a key of Place'],
    [
      'a missing key',
      '{"Place": {"id": "place:b", "sources": ["source:x"]}}',
      'Place "place:b": The record lacks "name"',
    ],
    ['a key that stands twice', place('place:b', ', "name": "City"'), 'The key "name" stands twice'],
    ['an empty value', place('place:b', ', "kind": null'), 'Place "place:b": "kind" is empty'],
    [
      'an id of the wrong kind',
      place('place:b', ', "partOf": "source:x"'),
      '"partOf" leads to "source:x", which is of type Source, and must lead to Place.',
    ],
    ['an id that is not text', '{"Place": {"id": 5, "name": "Town"}}', '"id" is 5, which is read as a number'],
    ['an id with a space', place('place: b'), '"id" is "place: b", and an id has no spaces'],
    [
      'an id that stands twice',
      place('place:a', ', "kind": "CITY"'),
      'The id "place:a" stands already in a.jsonl, line 2; keep one',
    ],
    ['a link to nowhere', place('place:b', ', "partOf": "place:c"'), '"place:c" is neither among the records nor in'],
    ['no source', '{"Place": {"id": "place:b", "name": "Town"}}', 'Place "place:b": The record names no source'],
    ['half of a surrogate pair', place('place:b', ', "isoAlpha3": "\\ud800"'), 'has half of a surrogate pair'],
    [
      'a day that does not exist',
      '{"VoteEvent": {"id": "ballot:b", "date": "2022-02-30", "isMain": true, "sources": ["source:x"]}}',
      '"date" is "2022-02-30", which is not a day that exists',
    ],
    [
      'a link that stands twice',
      '{"Motion": {"id": "motion:b", "tabledBy": ["place:a", "place:a"], "sources": ["source:x"]}}',
      '"tabledBy" gives the link to "place:a" that stands already in line 3',
    ],
    [
      'a link to a record of another type',
      '{"VoteCount": {"id": "count:b", "by": "GROUP", "organization": "place:a", "sources": ["source:x"]}}',
      '"organization" leads to "place:a", which is of type Place, and must lead to Organization',
    ],
  ])('%s', async (_what, line, reason) => {
    const found = await lines(place('place:a'), line, place('place:z'))
    expect(found.problems).toHaveLength(1)
    expect(found.problems[0]).toMatch(/^a\.jsonl, line 3: /)
    expect(found.problems[0]).toContain(reason)
    expect(idsOf(found)).toEqual(expect.arrayContaining(['source:x', 'place:a', 'place:z']))
  })

  it('and what hangs on it is left out with it, and counted', async () => {
    const found = await lines(
      '{"Source": {"id": "source:bad", "kind": "NEWS", "title": "x", "sources": ["source:bad"]}}',
      '{"Source": {"id": "source:next", "kind": "PUBLICATION", "title": "x", "sources": ["source:bad"]}}',
      '{"Place": {"id": "place:a", "name": "A", "sources": ["source:next"]}}',
      place('place:b', ', "partOf": "place:a"'),
    )
    expect(found.problems).toHaveLength(1)
    expect(found.problems[0]).toContain('a.jsonl, line 2: Source "source:bad": "kind" is "NEWS"')
    expect(found.leftOut).toEqual({
      'records and links whose source was left out': 2,
      'links to records that were left out': 1,
    })
    expect(idsOf(found)).toEqual(['source:x', 'place:b'])
  })

  it('a record in YAML keeps its id against one in JSON Lines', async () => {
    const yaml = 'Place: [{ id: place:a, name: Town, sources: [source:x] }]\n'
    const found = await read(folderWith({ 'a.jsonl': `${SOURCE}\n${place('place:a')}`, 'b.yaml': yaml }))
    expect(found.problems).toEqual([
      'a.jsonl, line 2: The id "place:a" stands already in b.yaml, line 1; keep one of the two records.',
    ])
  })
})

describe('a bad file is refused as a whole', () => {
  it.each<[string, string | Uint8Array, string]>([
    [
      'a very long line',
      `${SOURCE}\n${place('place:b', `, "x": "${'x'.repeat(2_000_000)}"`)}`,
      'a.jsonl, line 2: the line is longer than 1,000,000 characters',
    ],
    [
      'another encoding',
      Buffer.from(`${SOURCE}\n${place('place:é')}`, 'latin1'),
      'a.jsonl, line 2: the text is not in UTF-8',
    ],
    ['first sources that are none', '{"sources": 5}\n', 'a.jsonl, line 1: "sources" is 5, and must be a list'],
    [
      'a source that is nowhere',
      `${SOURCE}\n${place('place:b').replace('source:x', 'source:y')}`,
      'The source "source:y" is cited in a.jsonl, line 2, and is neither among the records nor in the store.',
    ],
    ['an empty file', '\n\n', 'a.jsonl: the file has no record; write records into it, or remove it'],
    ['too many bad lines', 'x\n'.repeat(100_002), 'a.jsonl, line 100001: more than 100,000 lines are bad'],
  ])('%s', async (_what, content, message) => {
    expect(await refusalOf(importer, folderWith({ 'a.jsonl': content }))).toContain(message)
  })
})

describe.each(engines)('records in JSON Lines, on $name', (engine) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await engine.empty()
    await runImports({ store: graph.store, shape, importer, path: BUSES, now: () => NOW })
  })
  afterAll(() => graph.close())

  it('are answered with what they say, and who says so', async () => {
    const { data, errors } = await graph.ask(`{
      person(id: "person:ada") {
        name
        birthDate { edtf }
        memberships { edges { role startDate node { name } } }
        sources { edges { locator node { title } } }
      }
      voteEvent(id: "ballot:night-bus") { date tally { for against voting } on { title ... on Motion { tabledBy { nodes { ... on Person { name } } } } } }
    }`)
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      person: {
        name: 'Ada Example',
        birthDate: { edtf: '1970-05' },
        memberships: { edges: [{ role: 'MEMBER', startDate: '2020-01-01', node: { name: 'The buses' } }] },
        sources: { edges: [{ locator: 'page 2', node: { title: 'Timetable of the buses' } }] },
      },
      voteEvent: {
        date: '2020-02-03',
        tally: { for: 2, against: 1, voting: 3 },
        on: { title: 'A bus at night', tabledBy: { nodes: [{ name: 'Ada Example' }] } },
      },
    })
  })
})
