import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { popolo } from '../../src/import/popolo/popolo.js'
import { runImports } from '../../src/import/run-import.js'
import type { GraphRecord } from '../../src/model/records.js'
import { engines, NOW, shape } from '../support/engines.js'
import { makeZip } from '../support/make-zip.js'
import { fixture, folderWith, linksOf, readWith, refusalOf, valuesOf, weakOf } from '../support/read-europarl.js'

const PATH = fixture('popolo/synthetic-house.json')
const NAME = 'synthetic-house.json'
const written = readFileSync(PATH, 'utf8')
const read = (path: string) => readWith(popolo, path)
const readText = (content: string | Uint8Array, name = NAME) => read(join(folderWith({ [name]: content }), name))
const change = (from: string, to: string): string => {
  expect(written).toContain(from)
  return written.replace(from, to)
}
const my = (id: string) => `popolo-synthetic-house:${id}`
const links = (records: readonly GraphRecord[], name: string) =>
  records.flatMap((record) => ('link' in record && record.link === name ? [record] : []))

describe('a document of Popolo', () => {
  it('gives persons, organisations, posts, areas and events with ids of the document', async () => {
    const { records, problems, sources, counts } = await read(PATH)
    expect(problems).toEqual([])
    expect(sources).toEqual(['source:popolo-synthetic-house of null'])
    expect(valuesOf(records, my('p-1'))).toEqual({
      name: 'Synthetic Person 1',
      sortName: 'Person, Synthetic 1',
      givenName: 'Synthetic',
      familyName: 'Person',
      names: [{ text: 'Синтетик 1', language: 'ru' }, { text: 'S. One' }],
      birthDateEdtf: '1960-04',
      birthDateEarliest: '1960-04-01',
      birthDateLatest: '1960-04-30',
      email: 'one@example.org',
      links: ['https://one.example.org/'],
    })
    expect(valuesOf(records, my('p-3'))).toMatchObject({ name: 'Synthetic Three', email: 'three@example.org' })
    expect(valuesOf(records, my('house'))).toEqual({ kind: 'PARLIAMENT', name: 'Synthetic House', names: [] })
    expect(valuesOf(records, my('group/a'))).toMatchObject({ kind: 'POLITICAL_GROUP' })
    expect(valuesOf(records, my('group/b'))).toMatchObject({ kind: 'PARTY', url: 'https://b.example.org/' })
    expect(valuesOf(records, my('speaker'))).toEqual({ name: 'Speaker of the House', names: [] })
    expect(valuesOf(records, my('area/1'))).toEqual({ kind: 'COUNTRY', name: 'Synthetic Country', names: [] })
    expect(valuesOf(records, my('term/5'))).toEqual({
      name: 'Fifth term',
      names: [],
      dateEdtf: '2016-01-20/2021',
      dateEarliest: '2016-01-20',
      dateLatest: '2021-12-31',
    })
    expect(counts).toMatchObject({ Person: 4, Organization: 3, Office: 1, Place: 2, Event: 1, Motion: 1, VoteEvent: 3 })
    expect(linksOf(records, 'OrganizationPart')).toEqual([`${my('group/a')} → ${my('house')}`])
    expect(linksOf(records, 'Jurisdiction')).toEqual([`${my('house')} → ${my('area/1')}`])
    expect(linksOf(records, 'PlacePart')).toEqual([`${my('area/2')} → ${my('area/1')}`])
    expect(linksOf(records, 'OfficeOf')).toEqual([`${my('speaker')} → ${my('house')}`])
    expect(linksOf(records, 'Participation')).toEqual([`${my('house')} → ${my('term/5')}`])
  })

  it('gives memberships of the body and of the group, with the days that are told, and offices held', async () => {
    const { records } = await read(PATH)
    const of = ({ from, to, key, values }: (typeof records)[number] & { from: string; to: string; key?: string }) => [
      from.slice(my('').length),
      to.slice(my('').length),
      key,
      values['role'],
      values['term'],
      values['startDate'],
    ]
    expect(links(records, 'Membership').map(of)).toEqual([
      ['p-3', 'house', '2016-03-24/Speaker', 'Speaker', null, '2016-03-24'],
      ['p-1', 'house', '2016-03-24/term/5/group/a/area/2/member', 'MEMBER', 5, '2016-03-24'],
      ['p-1', 'group/a', '2016-03-24/term/5/group/a/area/2/member', 'MEMBER', 5, '2016-03-24'],
      ['p-2', 'house', '2016-01-20/term/5/group/b/member', 'MEMBER', 5, null],
      ['p-2', 'group/b', '2016-01-20/term/5/group/b/member', 'MEMBER', 5, null],
    ])
    expect(links(records, 'Holding')).toMatchObject([
      { from: my('p-3'), to: my('speaker'), values: { startDate: '2016-03-24', endDate: null, inferred: false } },
    ])
  })

  it('gives ballots with their totals, the tallies of groups and the votes of members', async () => {
    const { records } = await read(PATH)
    expect(valuesOf(records, my('motion-1'))).toEqual({
      title: 'That the Synthetic Bill be read a second time.',
      titles: undefined,
      tabledOn: '2018-05-03',
    })
    expect(valuesOf(records, my('motion-1/vote-1'))).toEqual({
      date: '2018-05-04',
      time: '2018-05-04T10:30:00+06:00',
      isMain: true,
      isRollCall: true,
      result: 'ADOPTED',
      tallyFor: 1,
      tallyAgainst: 1,
      tallyAbstention: 0,
      tallyVoting: 2,
      tallyDidNotVote: 1,
    })
    expect(weakOf(records, my('motion-1/vote-1'))).toEqual(['isMain'])
    expect(valuesOf(records, `${my('motion-1/vote-1')}/${my('group/a')}`)).toEqual({
      by: 'GROUP',
      tallyFor: 1,
      tallyAgainst: 0,
      tallyAbstention: 0,
      tallyVoting: 1,
    })
    expect(links(records, 'Vote').map(({ from, to, values }) => [from, to, values])).toEqual([
      [my('p-1'), my('motion-1/vote-1'), { option: 'FOR', date: '2018-05-04', group: my('group/a') }],
      [my('p-2'), my('motion-1/vote-1'), { option: 'AGAINST', date: '2018-05-04', group: my('group/b') }],
      [my('p-9'), my('motion-1/vote-1'), { option: 'DID_NOT_VOTE', date: '2018-05-04', group: null }],
      [my('p-3'), my('vote-3'), { option: 'ABSTENTION', date: '2018-05-03', group: null }],
    ])
    expect(linksOf(records, 'BallotOn')).toEqual([
      `${my('motion-1/vote-1')} → ${my('motion-1')}`,
      `${my('vote-3')} → ${my('motion-1')}`,
    ])
  })

  it('knows no number that is missing, and takes the day of the motion where the ballot has none', async () => {
    const { records } = await read(PATH)
    expect(valuesOf(records, my('42'))).toEqual({
      title: 'That the House do now adjourn.',
      date: '2018-05-05',
      isMain: false,
      tallyFor: 2,
      tallyAgainst: 0,
    })
    expect(valuesOf(records, my('vote-3'))).toMatchObject({ date: '2018-05-03', result: 'REJECTED' })
  })

  it('gives a person in passing who stands in a vote alone', async () => {
    const { records } = await read(PATH)
    expect(valuesOf(records, my('p-9'))).toMatchObject({ name: 'Synthetic Person 9' })
    expect(weakOf(records, my('p-9'))).toEqual(['name', 'sortName'])
    expect(weakOf(records, my('p-2'))).toBeUndefined()
  })

  it('says what it leaves out, and how often', async () => {
    const { notes, leftOut } = await read(PATH)
    expect(leftOut).toEqual({
      'of "meta", which the graph has no place for': 1,
      'of "speeches", which the graph has no place for': 1,
      'a day that is known to the month or year only': 1,
    })
    expect(notes).toEqual([
      'synthetic-house.json: the result "hung" is not known to this importer and was left out.',
      'synthetic-house.json: values without a place in the graph were left out: events.classification (1), memberships.area_id (1), motions.classification (1), motions.organization_id (1), motions.requirement (1), motions.result (1), organizations.seats (1), persons.gender (1), persons.identifiers (1), posts.role (1), vote_events.group_results (1), votes.pair_id (1), votes.role (1), votes.weight (1).',
    ])
  })

  it('is read on one line, with a byte order mark, and gunzipped', async () => {
    const ofNodes = (records: readonly GraphRecord[]) =>
      records.filter((record) => !('type' in record && record.type === 'Source'))
    const expected = ofNodes((await read(PATH)).records)
    const line = JSON.stringify(JSON.parse(written))
    expect(ofNodes((await readText(line)).records)).toEqual(expected)
    expect(ofNodes((await readText(`\ufeff${written}`)).records)).toEqual(expected)
    expect(ofNodes((await readText(gzipSync(written), `${NAME}.gz`)).records)).toEqual(expected)
  })

  it('is named after its file, and EveryPolitician’s after country and house', async () => {
    const folder = join(folderWith({}), 'Kazakhstan', 'House of Tests')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'ep-popolo-v1.0.json'), written)
    const { sources, records } = await read(join(folder, 'ep-popolo-v1.0.json'))
    expect(sources).toEqual(['source:popolo-Kazakhstan-House-of-Tests of null'])
    expect((await read(folder)).sources).toEqual(sources)
    writeFileSync(`${folder}.zip`, makeZip([{ name: 'ep-popolo-v1.0.json', content: written }]))
    expect((await read(`${folder}.zip`)).sources).toEqual(sources)
    expect(valuesOf(records, 'popolo-Kazakhstan-House-of-Tests:p-2')).toMatchObject({ name: 'Synthetic Person 2' })
  })

  it('may use an id in several lists, and ids with spaces or that are numbers', async () => {
    const { records, problems } = await readText(
      JSON.stringify({
        persons: [{ id: 1, name: 'Synthetic Person 1', memberships: [{ organization_id: 1 }] }],
        organizations: [{ id: 1, name: 'Synthetic House' }],
        areas: [{ id: 'the north', name: 'North' }],
      }),
      'numbers.json',
    )
    expect(problems).toEqual([])
    expect(linksOf(records, 'Membership')).toEqual(['popolo-numbers:1 → popolo-numbers:organizations/1'])
    expect(valuesOf(records, 'popolo-numbers:the%20north')).toMatchObject({ name: 'North' })
  })
})

describe('a bad member costs one row, and is told with file, line and reason', () => {
  it.each<[string, string, string, string]>([
    ['no id', '"id": "p-2", "name"', '"name"', 'line 17: persons: "id" is missing.'],
    [
      'no name',
      '"id": "group/b", "name": "Group B"',
      '"id": "group/b"',
      'line 29: organizations "group/b": "name" is missing.',
    ],
    ['an id of the wrong kind', '"id": "p-2", "name"', '"id": {"x": 1}, "name"', 'line 17: persons: "id" is missing.'],
    [
      'a list where a text should be',
      '"name": "Group B"',
      '"name": ["Group B"]',
      'line 29: organizations "group/b": "name" is ["Group B"], which is no text.',
    ],
    [
      'a day that does not exist',
      '"1960-04"',
      '"1960-04-31"',
      'line 4: persons "p-1": "birth_date" is "1960-04-31", and there is no day "1960-04-31".',
    ],
    [
      'what is no date',
      '"1960-04"',
      '"April 1960"',
      'line 4: persons "p-1": "birth_date" is "April 1960", which is no date such as 2013-01-20.',
    ],
    [
      'an end before the start',
      '"end_date": "2021"',
      '"end_date": "2015"',
      'line 37: events "term/5": "end_date" is 2015, before "start_date", 2016-01-20.',
    ],
    [
      'an id that stands twice',
      '"id": "p-2", "name"',
      '"id": "p-1", "name"',
      'line 17: The id "popolo-synthetic-house:p-1" stands twice: here and in synthetic-house.json, line 4.',
    ],
    [
      'a member that is no object',
      '{ "id": "p-2", "name": "Synthetic Person 2" },',
      '"p-2",',
      'line 17: "persons" has "p-2", which is no object.',
    ],
    [
      'a list that is none',
      '"speeches": [{ "id": "speech-1", "text": "A speech." }]',
      '"votes": { "id": "x" }',
      'line 104: "votes" is or has "x", and must be a list.',
    ],
    [
      'nobody by that id',
      '{ "person_id": "p-2", "organization_id"',
      '{ "person_id": "p-7", "organization_id"',
      'line 56: memberships: "person_id" is "p-7", and "persons" has no such id.',
    ],
    ['a membership of nothing', '"post_id": "speaker", ', '', 'line 57: memberships: "organization_id" is missing.'],
    [
      'a word that is no option',
      '"option": "no", "group_id": "group/b"',
      '"option": "nay", "group_id": "group/b"',
      'line 60: votes: "option" is "nay", which is not one of yes, no, abstain, absent, not voting, paired.',
    ],
    [
      'a vote that stands twice',
      '{ "voter": { "id": "p-2", "name": "Synthetic Person 2" }',
      '{ "voter_id": "p-1"',
      'line 60: votes: The vote of "popolo-synthetic-house:p-1" in "popolo-synthetic-house:motion-1/vote-1" stands twice.',
    ],
    [
      'a ballot without a day',
      '"start_date": "2018-05-05",',
      '',
      'line 95: vote_events "42": neither "start_date" nor the motion’s "date" tells the day.',
    ],
    [
      'a number that is none',
      '"value": 2 }',
      '"value": "many" }',
      'line 95: vote_events "42": "value" is "many", which is no whole number.',
    ],
    [
      'a count that stands twice',
      '{ "option": "no", "value": 0 }',
      '{ "option": "yes", "value": 0 }',
      'line 95: vote_events "42": The count of "yes" stands twice.',
    ],
  ])('%s', async (_what, from, to, problem) => {
    const all = (await readText(change(from, to))).problems
    // What names the member that is lost has no end.
    const problems = all.filter((each) => !/"(p-2|group\/b)", and "\w+" has no such id/.test(each))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(`synthetic-house.json, ${problem}`)
  })

  it('on a document of one line too, and what needs the member is left out without a problem of its own', async () => {
    const line = JSON.stringify(JSON.parse(change('"1960-04"', '"1960-04-31"')))
    const { problems, leftOut, counts } = await readText(line)
    expect(problems).toHaveLength(1)
    expect(leftOut).toMatchObject({ 'in need of a record whose own row is bad': 3 })
    expect(counts).toMatchObject({ Person: 3, Vote: 3, Membership: 3 })
  })
})

describe('a bad document is refused as a whole, with its name and the reason', () => {
  const half = written.slice(0, written.indexOf('"speeches"') - 20)
  it.each<[string, string | Uint8Array, string, string]>([
    ['an unclosed document', half, NAME, 'line 102: the document ends before it is complete'],
    ['an unclosed quote', written.slice(0, 100), NAME, 'line 6: the document ends before it is complete'],
    ['an empty file', '', NAME, 'line 1: the document ends before it is complete'],
    [
      'a comma too many',
      written.replace('"name": "Synthetic Person 1",', '"name": "Synthetic Person 1",,'),
      NAME,
      'line 6: the document is no JSON: Unexpected COMMA',
    ],
    ['something after the document', `${written}x`, NAME, 'line 106: the document is no JSON: Unexpected "x"'],
    ['a list', '[{"id":"p-1"}]', NAME, 'line 1: the document is no object of lists'],
    ['another document', '{"type":"FeatureCollection","features":[]}', NAME, 'the document has no list of persons'],
    ['UTF-16', Buffer.from(`\ufeff${written}`, 'utf16le'), NAME, 'line 1: the text is not in UTF-8'],
    [
      'lists in lists in lists',
      `{"persons":[${'['.repeat(200)}`,
      NAME,
      'more than 100 lists and objects are in each other',
    ],
    ['a truncated gzip', gzipSync(written).subarray(0, 800), `${NAME}.gz`, 'the gzip file is truncated'],
    ['what is no gzip', written, `${NAME}.gz`, 'the gzip file is damaged, or is no gzip file'],
  ])('%s', async (_what, content, name, message) => {
    const refusal = await refusalOf(popolo, join(folderWith({ [name]: content }), name))
    expect(refusal).toContain(name)
    expect(refusal).toContain(message)
  })

  it('a value of 100 million characters, and a member as long, which are not held', async () => {
    const before = '{"persons":[\n{"id":"p-1","name":"'
    const value = gzipSync(`${before}${'x'.repeat(100_000_000)}"}]}`, { level: 1 })
    expect(await refusalOf(popolo, join(folderWith({ 'long.json.gz': value }), 'long.json.gz'))).toContain(
      'long.json.gz, line 2: a value is longer than 4,000,000 bytes',
    )
    const member = gzipSync(`${before}","other_names":[${'{"name":"x"},'.repeat(4_000_000)}`, { level: 1 })
    expect(await refusalOf(popolo, join(folderWith({ 'long.json.gz': member }), 'long.json.gz'))).toContain(
      'long.json.gz, line 2: a member of a list is longer than 32,000,000 bytes',
    )
  }, 60_000)

  it('two documents that would be the same source', async () => {
    expect(await refusalOf(popolo, folderWith({ 'a.json': written, 'a.json.gz': gzipSync(written) }))).toContain(
      'a.json.gz: another file here would be "source:popolo-a" as well; give one of them another name',
    )
  })
})

describe('a folder or zip of documents', () => {
  it('is an edition of each', async () => {
    const names = ['b.json', 'a.json']
    const folder = folderWith(Object.fromEntries(names.map((name) => [name, written])))
    const zip = folderWith({ 'houses.zip': makeZip(names.map((name) => ({ name, content: written }))) })
    for (const path of [folder, join(zip, 'houses.zip')]) {
      const { sources, counts, records } = await read(path)
      expect(sources).toEqual(['source:popolo-a of null', 'source:popolo-b of null'])
      expect(counts).toMatchObject({ Person: 8, Source: 2 })
      expect(valuesOf(records, 'popolo-a:p-2')).toEqual(valuesOf(records, 'popolo-b:p-2'))
    }
  })
})

describe.each(engines)('a document of Popolo in the store, on $name', (engine) => {
  it('answers who voted how, and in which group', async () => {
    const graph = await engine.empty()
    const run = () => runImports({ store: graph.store, shape, importer: popolo, path: PATH, now: () => NOW })
    expect(await run()).toMatchObject([{ outcome: 'loaded', problems: [] }])
    expect(await run()).toMatchObject([{ outcome: 'unchanged' }])
    const { data } = await graph.ask(`{
      voteEvent(id: "popolo-synthetic-house:motion-1/vote-1") {
        date
        time
        result
        tally { for against abstention voting didNotVote }
        on { title ... on Motion { tabledBy { nodes { name } } } }
        organization { name jurisdiction { name } }
        counts { nodes { organization { name } tally { for against abstention } } }
        votes { edges { option group { name partOf { name } } node { name } } }
      }
      person(id: "popolo-synthetic-house:p-3") {
        name
        offices { edges { startDate node { name } } }
        memberships { edges { role startDate endDate node { name } } }
      }
    }`)
    expect(data).toEqual({
      voteEvent: {
        date: '2018-05-04',
        time: '2018-05-04T10:30:00+06:00',
        result: 'ADOPTED',
        tally: { for: 1, against: 1, abstention: 0, voting: 2, didNotVote: 1 },
        on: {
          title: 'That the Synthetic Bill be read a second time.',
          tabledBy: { nodes: [{ name: 'Synthetic Person 1' }] },
        },
        organization: { name: 'Synthetic House', jurisdiction: { name: 'Synthetic Country' } },
        counts: { nodes: [{ organization: { name: 'Group A' }, tally: { for: 1, against: 0, abstention: 0 } }] },
        votes: {
          edges: [
            {
              option: 'FOR',
              group: { name: 'Group A', partOf: { name: 'Synthetic House' } },
              node: { name: 'Synthetic Person 1' },
            },
            { option: 'AGAINST', group: { name: 'Group B', partOf: null }, node: { name: 'Synthetic Person 2' } },
            { option: 'DID_NOT_VOTE', group: null, node: { name: 'Synthetic Person 9' } },
          ],
        },
      },
      person: {
        name: 'Synthetic Three',
        offices: { edges: [{ startDate: '2016-03-24', node: { name: 'Speaker of the House' } }] },
        memberships: {
          edges: [{ role: 'Speaker', startDate: '2016-03-24', endDate: null, node: { name: 'Synthetic House' } }],
        },
      },
    })
    await graph.close()
  }, 180_000)
})
