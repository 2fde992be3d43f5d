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
const [sqlite] = engines as readonly [(typeof engines)[number], ...unknown[]]
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
      urls: ['https://one.example.org/'],
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
      values['endDate'],
    ]
    expect(links(records, 'Membership').map(of)).toEqual([
      ['p-3', 'house', '2016-03-24/Speaker', 'Speaker', null, '2016-03-24', '2020-12-31'],
      ['p-1', 'house', '2016-03-24/term/5/group/a/area/2/member', 'MEMBER', 5, '2016-03-24', '2021-12-31'],
      ['p-1', 'group/a', '2016-03-24/term/5/group/a/area/2/member', 'MEMBER', 5, '2016-03-24', '2021-12-31'],
      ['p-2', 'house', '2016-01-20/term/5/group/b/member', 'MEMBER', 5, '2016-01-20', '2021-12-31'],
      ['p-2', 'group/b', '2016-01-20/term/5/group/b/member', 'MEMBER', 5, '2016-01-20', '2021-12-31'],
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
    expect(valuesOf(records, my('2018-05-05/vote-42'))).toEqual({
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

/** Reads a synthetic document that is written in the test. */
const readDocument = (document: Readonly<Record<string, unknown>>) => readText(JSON.stringify(document))
const HOUSE = {
  persons: [
    { id: 'p-1', name: 'Synthetic Person 1' },
    { id: 'p-2', name: 'Synthetic Person 2' },
  ],
  organizations: [
    { id: 'house', name: 'Synthetic House' },
    { id: 'g-1', name: 'Bosniak' },
    { id: 'g-2', name: 'Twice' },
    { id: 'g-3', name: 'Twice' },
  ],
}
const spanOf = ({ values }: GraphRecord) => [values['term'], values['startDate'], values['endDate']]

describe('a group that is told by its name alone', () => {
  const of = (name: string, yes: number, no: number) => [
    { option: 'yes', value: yes, group: { name } },
    { option: 'no', value: no, group: { name } },
  ]
  const ballot = (counts: readonly unknown[], votes: readonly unknown[] = []) => ({
    ...HOUSE,
    vote_events: [{ id: 'v-1', organization_id: 'house', start_date: '2018-05-04', counts, votes }],
  })

  it('is the one organisation of that name, and its counts are never the total of the ballot', async () => {
    const total = [
      { option: 'yes', value: 12 },
      { option: 'no', value: 3 },
    ]
    const { records, problems, leftOut } = await readDocument(ballot([...total, ...of('Bosniak', 5, 2)]))
    expect([problems, leftOut]).toEqual([[], {}])
    expect(valuesOf(records, my('v-1'))).toMatchObject({ tallyFor: 12, tallyAgainst: 3 })
    expect(valuesOf(records, `${my('v-1')}/${my('g-1')}`)).toEqual({ by: 'GROUP', tallyFor: 5, tallyAgainst: 2 })
    const alone = await readDocument(ballot(of('Bosniak', 5, 2)))
    expect(valuesOf(alone.records, my('v-1'))).not.toHaveProperty('tallyFor')
    expect(alone.counts).toMatchObject({ VoteCount: 1, CountFor: 1 })
  })

  it.each(['Twice', 'Nobody'])('is left out with its counts and votes where that is not one: %s', async (name) => {
    const votes = [
      { voter_id: 'p-1', option: 'yes', group: { name } },
      { voter_id: 'p-2', option: 'no', party: { name } },
    ]
    const { records, problems, leftOut, findings, counts } = await readDocument(ballot(of(name, 5, 2), votes))
    expect([problems, findings]).toEqual([[], []])
    expect(leftOut).toEqual({
      'of counts whose group has no id, and no name that one organization alone has': 2,
      'of votes whose group has no id, and no name that one organization alone has': 2,
    })
    expect(valuesOf(records, my('v-1'))).not.toHaveProperty('tallyFor')
    expect(counts).not.toHaveProperty('VoteCount')
    expect(counts).not.toHaveProperty('Vote')
  })

  it('is the group of a vote', async () => {
    const votes = [{ voter_id: 'p-1', option: 'yes', group: { name: 'Bosniak' } }]
    const { records, findings } = await readDocument(ballot(of('Bosniak', 1, 0), votes))
    expect(links(records, 'Vote').map(({ values }) => values['group'])).toEqual([my('g-1')])
    expect(findings).toEqual([])
  })
})

describe('a ballot', () => {
  it('is a roll call where its votes stand in the list of the document, too', async () => {
    const vote_events = ['v-1', 'v-2'].map((id) => ({ id, start_date: '2018-05-04' }))
    const votes = [{ vote_event_id: 'v-1', voter_id: 'p-1', option: 'yes' }]
    const { records } = await readDocument({ ...HOUSE, vote_events, votes })
    expect(valuesOf(records, my('v-1'))).toMatchObject({ isRollCall: true })
    expect(valuesOf(records, my('v-2'))).not.toHaveProperty('isRollCall')
  })
})

describe('a ballot without an id', () => {
  const counts = [
    { option: 'yes', value: 1 },
    { option: 'no', value: 1 },
  ]
  const votes = [
    { voter_id: 'p-1', option: 'yes' },
    { voter_id: 'p-2', option: 'no' },
  ]
  const on = { motion_id: 'm-1', organization_id: 'house', start_date: '2025-03-20', counts }
  const document = {
    ...HOUSE,
    motions: [{ id: 'm-1', text: 'FORTHWITH', date: '2025-03-20' }],
    vote_events: [
      { ...on, identifier: '', votes },
      { ...on, identifier: '', votes },
      on,
      { ...on, start_date: '2025-03-21', identifier: '1' },
      { ...on, start_date: '2025-03-22', identifier: '1', legislative_session_id: 's2' },
      { organization_id: 'house', start_date: '2025-03-23', counts },
    ],
  }
  const ids = ['m-1/vote-1', 'm-1/vote-2', 'm-1/vote-3', 'house/2025-03-21/vote-1', 'house/s2/2025-03-22/vote-1']

  it('is told by its motion and place, or by body, session, day and number', async () => {
    const { records, problems, counts: given, notes } = await readDocument(document)
    expect([problems, notes]).toEqual([[], []])
    expect(given).toMatchObject({ VoteEvent: 6, BallotOn: 5, HeldIn: 6, Vote: 4 })
    for (const id of [...ids, 'house/2025-03-23/vote-1']) expect(valuesOf(records, my(id))).toBeDefined()
    expect(linksOf(records, 'Vote')).toContain(`${my('p-1')} → ${my('m-1/vote-2')}`)
  })

  it('is found by its number, where one alone has it', async () => {
    const vote_events = [{ organization_id: 'house', start_date: '2025-03-21', identifier: '7' }]
    const listed = [{ vote_event_id: '7', voter_id: 'p-1', option: 'yes' }]
    const { records, problems } = await readDocument({ ...HOUSE, vote_events, votes: listed })
    expect(problems).toEqual([])
    expect(linksOf(records, 'Vote')).toEqual([`${my('p-1')} → ${my('house/2025-03-21/vote-7')}`])
    expect(valuesOf(records, my('house/2025-03-21/vote-7'))).toMatchObject({ isRollCall: true })
  })

  it('that has nothing to be told by is a bad row', async () => {
    const { problems } = await readDocument({ ...HOUSE, vote_events: [{ counts }] })
    expect(problems).toEqual(['synthetic-house.json, line 1: vote_events: "id" is missing.'])
  })
})

describe('a ballot whose day nobody tells', () => {
  it('has no date, and keeps its votes', async () => {
    const { records, problems } = await readDocument({
      ...HOUSE,
      motions: [{ id: 'm-1', text: 'On bees', date: '2020-05' }],
      vote_events: [{ id: 'v-1', motion_id: 'm-1', votes: [{ voter_id: 'p-1', option: 'yes' }] }],
    })
    expect(problems).toEqual([])
    expect(valuesOf(records, my('v-1'))).toMatchObject({ isRollCall: true })
    expect(valuesOf(records, my('v-1'))).not.toHaveProperty('date')
    expect(links(records, 'Vote').map(({ values }) => values)).toEqual([{ option: 'FOR', date: null, group: null }])
  })

  it('counts with its votes towards the bad rows, where it is one', async () => {
    const votes = Array.from({ length: 11 }, () => ({ voter_id: 'p-1', option: 'yes' }))
    const text = JSON.stringify({ ...HOUSE, vote_events: [{ id: 'v-1', start_date: 'May', votes }] })
    const graph = await sqlite.empty()
    const path = join(folderWith({ [NAME]: text }), NAME)
    await expect(runImports({ store: graph.store, shape, importer: popolo, path, now: () => NOW })).rejects.toThrow(
      'synthetic-house.json: 1 of 18 rows are bad, and 11 fall with what they need, and at most 10 may be.',
    )
  })
})

describe('a voter who stands more than once', () => {
  const voting = (votes: readonly Readonly<Record<string, string>>[], more = {}) =>
    readDocument({ ...HOUSE, vote_events: [{ id: 'v-1', start_date: '2020-03-04', votes }], ...more })
  const [p1, yes, no] = [
    { voter_id: 'p-1', option: 'yes' },
    { voter_id: 'p-2', option: 'yes' },
    { voter_id: 'p-2', option: 'no' },
  ]

  it.each([
    [[p1, yes, no], 'FOR', 'AGAINST'],
    [[no, p1, yes], 'AGAINST', 'FOR'],
  ])('on two sides is on neither, whatever the order: %#', async (votes, first, second) => {
    const { records, problems } = await voting(votes)
    const place = 'synthetic-house.json, line 1'
    const problem = `${place}: votes: The voter "${my('p-2')}" stands on two sides of "${my('v-1')}": ${first} in ${place}, and ${second} in ${place}. Neither is taken.`
    expect(problems).toEqual([problem, problem])
    expect(linksOf(records, 'Vote')).toEqual([`${my('p-1')} → ${my('v-1')}`])
  })

  it('is on neither side where the other vote stands in the list of the document', async () => {
    const { records, problems } = await voting([yes, p1], { votes: [{ vote_event_id: 'v-1', ...no }] })
    expect(problems).toHaveLength(2)
    expect(linksOf(records, 'Vote')).toEqual([`${my('p-1')} → ${my('v-1')}`])
  })

  it('on one side votes once', async () => {
    const { records, problems, leftOut } = await voting([yes, p1, yes])
    expect([problems, leftOut]).toEqual([[], { 'that stand in the same words before': 1 }])
    expect(linksOf(records, 'Vote').toSorted()).toEqual([`${my('p-1')} → ${my('v-1')}`, `${my('p-2')} → ${my('v-1')}`])
  })
})

describe('an option', () => {
  const withOption = (option: string) => ({ option, value: 3 })

  it('that Popolo does not have is left out and counted, and costs no ballot', async () => {
    const { records, problems, leftOut, notes } = await readDocument({
      ...HOUSE,
      vote_events: [
        {
          id: 'v-1',
          start_date: '2020-03-04',
          counts: [withOption('yes'), withOption('no'), withOption('excused')],
          votes: [
            { voter_id: 'p-1', option: 'excused' },
            { voter_id: 'p-2', option: 'Nay' },
          ],
        },
      ],
    })
    expect(problems).toEqual([])
    expect(leftOut).toEqual({ 'with an option that Popolo does not have': 1 })
    expect(notes).toEqual([expect.stringContaining('vote_events.option "excused" (1), votes.option "excused" (1).')])
    expect(valuesOf(records, my('v-1'))).toMatchObject({ tallyFor: 3, tallyAgainst: 3 })
    expect(links(records, 'Vote').map(({ from, values }) => [from, values['option']])).toEqual([[my('p-2'), 'AGAINST']])
  })
})

describe('a folder of lists, one of each class', () => {
  const LISTS: Readonly<Record<string, readonly unknown[]>> = {
    'persons.json': HOUSE.persons,
    'organizations.json': HOUSE.organizations,
    'memberships.json': [{ person_id: 'p-1', organization_id: 'house' }],
    'motions.json': [{ id: 'm-1', text: 'On bees', organization_id: 'house' }],
    'vote-events.json': [{ id: 'v-1', motion_id: 'm-1', start_date: '2020-03-04' }],
    'votes.json': [{ vote_event_id: 'v-1', voter_id: 'p-1', option: 'yes' }],
  }
  const written = (lists: Readonly<Record<string, readonly unknown[]>>) =>
    Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, JSON.stringify(list)]))

  it('is one document, named after the folder, whose rows are told by their files', async () => {
    const folder = join(folderWith({}), 'synthetic-house')
    mkdirSync(folder)
    for (const [name, text] of Object.entries(written(LISTS))) writeFileSync(join(folder, name), text)
    const { records, sources, problems, counts } = await read(folder)
    expect(problems).toEqual([])
    expect(sources).toEqual(['source:popolo-synthetic-house of null'])
    expect(counts).toMatchObject({ Person: 2, Organization: 4, Membership: 1, Motion: 1, VoteEvent: 1, Vote: 1 })
    expect(valuesOf(records, my('p-1'))).toMatchObject({ name: 'Synthetic Person 1' })
    writeFileSync(join(folder, 'memberships.json'), JSON.stringify([{ person_id: 'p-9', organization_id: 'house' }]))
    expect((await read(folder)).problems).toEqual([
      'memberships.json, line 1: memberships: "person_id" is "p-9", and "persons" has no such id.',
    ])
    writeFileSync(join(folder, 'whole.json'), JSON.stringify({ persons: [{ id: 'p-7', name: 'Synthetic Person 7' }] }))
    expect((await read(folder)).sources).toEqual([
      'source:popolo-synthetic-house of null',
      'source:popolo-whole of null',
    ])
  })

  it.each<[string, unknown, string]>([
    ['export-persons.json', { id: 'p-1', name: 'Synthetic Person 1' }, 'Person'],
    ['people.json', { id: 'p-1', name: 'Synthetic Person 1' }, 'Person'],
    ['data.json', { id: 'p-1', name: 'Synthetic Person 1', birth_date: '1960' }, 'Person'],
    ['data.json', { id: 'p-1', name: 'Synthetic Person 1', '@type': 'Person' }, 'Person'],
    ['organisations.json', { id: 'o-1', name: 'Synthetic House' }, 'Organization'],
    ['data.json', { id: 'm-1', text: 'On bees', vote_events: [] }, 'Motion'],
    ['data.json', { id: 'v-1', motion_id: 'm-1', motion: { id: 'm-1', text: 'On bees' } }, 'VoteEvent'],
    ['votes.json', { id: 'v-1', start_date: '2020-03-04', counts: [] }, 'VoteEvent'],
    ['voteEvents.json', { id: 'v-1', start_date: '2020-03-04' }, 'VoteEvent'],
    ['events.json', { id: 'e-1', name: 'Synthetic Term' }, 'Event'],
  ])('tells the class by the name of the file or the keys of the items: %s, %j', async (name, item, type) => {
    const { counts, problems } = await readText(JSON.stringify([item]), name)
    expect(problems).toEqual([])
    expect(counts).toMatchObject({ [type]: 1 })
  })

  it('has a bad row for what nothing tells the class of', async () => {
    const { problems } = await readText(
      JSON.stringify([{ id: 'p-1', birth_date: '1960', name: 'A' }, { id: 'x' }, 5]),
      'data.json',
    )
    expect(problems).toEqual([
      expect.stringContaining('data.json, line 1: Neither the file’s name nor the item’s keys say which class it is'),
      'data.json, line 1: The list has 5, which is not an object.',
    ])
  })
})

describe('a legislative period', () => {
  const during = (period: Readonly<Record<string, unknown>> | null, membership: Readonly<Record<string, unknown>>) =>
    readDocument({
      ...HOUSE,
      events: period ? [{ classification: 'legislative period', name: 'A period', ...period }] : [],
      memberships: [
        {
          person_id: 'p-1',
          organization_id: 'house',
          legislative_period_id: period?.['id'] ?? 'term/none',
          ...membership,
        },
      ],
    })
  const FIFTH = { id: 'term/5th', start_date: '2014-07-17', end_date: '2017-05' }

  it.each<[string, Readonly<Record<string, unknown>>, readonly unknown[]]>([
    ['that tells neither', {}, [5, '2014-07-17', '2017-05-31']],
    ['that tells its end', { end_date: '2016-02-01' }, [5, '2014-07-17', '2016-02-01']],
    ['that tells its start', { start_date: '2015' }, [5, '2015-01-01', '2017-05-31']],
    ['that ended before the period', { end_date: '2013' }, [5, undefined, '2013-12-31']],
  ])('bounds a membership %s', async (_what, membership, span) => {
    const { records } = await during(FIFTH, membership)
    expect(links(records, 'Membership').map(spanOf)).toEqual([span.map((each) => each ?? null)])
  })

  it.each<[string, string, number | null]>([
    ['term/12', 'A period', 12],
    ['term/2014', '2014–2017', null],
    ['period/a', '5th', 5],
    ['period/a', '9th Parliament', 9],
    ['period/a', 'Term 3', 3],
    ['period/a', '3rd of 2014', null],
    ['7', 'Synthetic Parliament', null],
  ])('tells the number of the term by its id or name: %s, %s', async (id, name, term) => {
    const { records } = await during({ id, name, start_date: '2014' }, {})
    expect(links(records, 'Membership').map(({ values }) => values['term'])).toEqual([term])
  })

  it('that tells neither days nor a term is counted as left out', async () => {
    for (const period of [null, { id: 'period/a' }])
      expect((await during(period, {})).notes.join()).toContain('memberships.legislative_period_id (1)')
    expect((await during(FIFTH, {})).notes.join()).not.toContain('legislative_period_id')
  })
})

describe('a vague bound', () => {
  it('is taken at its widest, of memberships and of offices held', async () => {
    const { records } = await readDocument({
      ...HOUSE,
      posts: [{ id: 'chair', label: 'Chair', organization_id: 'house' }],
      memberships: [
        { person_id: 'p-1', post_id: 'chair', start_date: '2019', end_date: '2020-02' },
        { person_id: 'p-2', organization_id: 'house', start_date: '2019-05', end_date: '2019' },
      ],
    })
    const [held] = links(records, 'Holding')
    expect(held?.values).toMatchObject({ startDate: '2019-01-01', endDate: '2020-02-29' })
    expect(links(records, 'Membership').map(spanOf)).toEqual([[null, '2019-05-01', '2019-12-31']])
  })
})

describe('documents as mySociety writes them', () => {
  const PEOPLE = fixture('popolo/synthetic-mysociety/people.json')
  const MINISTERS = fixture('popolo/synthetic-mysociety/ministers-2010.json')
  const people = (id: string) => `popolo-people:example/${id}`

  it('have the names of persons among their other names, the last main one first', async () => {
    const { records, problems } = await read(PEOPLE)
    expect(problems).toEqual([])
    expect(valuesOf(records, people('person/1'))).toMatchObject({
      name: 'Synthetic Abbot',
      givenName: 'Synthetic',
      familyName: 'Abbot',
      names: [{ text: 'Syn Abbot' }],
    })
    expect(valuesOf(records, people('person/2'))).toMatchObject({
      name: 'Lord Doe of Foo',
      givenName: 'Synthetic',
      names: [{ text: 'Synthetic Doe' }],
    })
    expect(valuesOf(records, people('person/3'))).toMatchObject({ name: 'Bishop of Foo' })
  })

  it('tell of ids that were merged, in whose place stands the person in use', async () => {
    const { records, leftOut } = await read(PEOPLE)
    const merged = ['person/8', 'person/9'].map(people)
    expect(merged.map((id) => valuesOf(records, `merge:${id}`))).toMatchObject(merged.map((id) => ({ merged: id })))
    expect(linksOf(records, 'MergedInto')).toEqual(merged.map((id) => `merge:${id} → ${people('person/1')}`))
    expect(linksOf(records, 'Membership').filter((each) => each.startsWith(people('person/9')))).toEqual([])
    expect(links(records, 'Holding').map(({ from, key }) => [from, key])).toEqual([
      [people('person/1'), '1983-06-09/example/member/1'],
      [people('person/1'), '1987-06-11/example/member/2'],
    ])
    expect(leftOut).toEqual({ 'of memberships whose place another id has taken': 1 })
  })

  it.each([
    ['example/person/7', '"redirect" is "example/person/7", which leads to none of "persons".'],
    ['example/person/8', '"redirect" is "example/person/8", which leads to none of "persons".'],
  ])('is a bad row where the id leads nowhere or in a circle: %s', async (redirect, reason) => {
    const document = JSON.parse(readFileSync(PEOPLE, 'utf8'))
    document.persons.find(({ id }: { id: string }) => id === 'example/person/9').redirect = redirect
    const { problems } = await readText(JSON.stringify(document), 'people.json')
    expect(problems).toContainEqual(expect.stringContaining(`persons: ${reason}`))
  })

  it('have memberships that differ in their ids alone', async () => {
    const [first, ...more] = JSON.parse(readFileSync(MINISTERS, 'utf8')).memberships
    const memberships = [first, ...more].map((each) => ({ ...each, person_id: 'p-1', organization_id: 'house' }))
    const { records, problems } = await readDocument({ ...HOUSE, memberships })
    expect(problems).toEqual([])
    expect(links(records, 'Membership').map(({ key }) => key)).toEqual([
      '2010-06-10/example/committee/200',
      '2010-06-10/example/committee/200/1',
      '2011-01-01/example/committee/201',
    ])
    const [one] = memberships
    const again = await readDocument({ ...HOUSE, memberships: [one, one] })
    expect([again.problems, again.leftOut]).toEqual([[], { 'that stand in the same words before': 1 }])
    const twice = await readDocument({ ...HOUSE, memberships: [one, { ...one, end_date: '2015' }] })
    expect(twice.problems.join()).toContain(
      '(2010-06-10/example/committee/200) stands twice, and not in the same words.',
    )
  })

  it('without persons need those of another document in the folder', async () => {
    const { problems } = await read(MINISTERS)
    expect(problems[0]).toBe(
      'ministers-2010.json, line 3: memberships: "person_id" is "example/person/1", and the document has no "persons"; none that is imported with it has such an id there.',
    )
    const folder = folderWith({
      'a.json': readFileSync(PEOPLE),
      'b.json': readFileSync(PEOPLE),
      'ministers.json': readFileSync(MINISTERS),
    })
    expect((await read(folder)).problems[0]).toContain(
      '"person_id" is "example/person/1", and several documents of this import have it in "persons".',
    )
  })

  it('with persons of their own take none from another document', async () => {
    const memberships = [{ person_id: 'p-9', organization_id: 'house' }]
    const folder = folderWith({
      'a.json': JSON.stringify({ ...HOUSE, memberships }),
      'b.json': JSON.stringify({ persons: [{ id: 'p-9', name: 'Synthetic Person 9' }] }),
    })
    expect((await read(folder)).problems).toEqual([
      'a.json, line 1: memberships: "person_id" is "p-9", and "persons" has no such id.',
    ])
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
      'line 29: organizations "group/b": "name" is ["Group B"], which is not text.',
    ],
    [
      'a day that does not exist',
      '"1960-04"',
      '"1960-04-31"',
      'line 4: persons "p-1": "birth_date" is "1960-04-31", and there is no day "1960-04-31".',
    ],
    [
      'what is not a date',
      '"1960-04"',
      '"April 1960"',
      'line 4: persons "p-1": "birth_date" is "April 1960", which is not a date such as 2013-01-20.',
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
      'line 17: persons "p-1": The id stands twice: here and in synthetic-house.json, line 4, in other words.',
    ],
    [
      'a member that is not an object',
      '{ "id": "p-2", "name": "Synthetic Person 2" },',
      '"p-2",',
      'line 17: "persons" has "p-2", which is not an object.',
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
      'a vote without an option',
      '"option": "no", "group_id": "group/b"',
      '"group_id": "group/b"',
      'line 60: votes: "option" is missing.',
    ],
    [
      'a day of a ballot that does not exist',
      '"start_date": "2018-05-05",',
      '"start_date": "2018-02-30",',
      'line 95: vote_events "2018-02-30/vote-42": "start_date" is "2018-02-30", and there is no day "2018-02-30".',
    ],
    [
      'a number that is none',
      '"value": 2 }',
      '"value": "many" }',
      'line 95: vote_events "2018-05-05/vote-42": "value" is "many", which is not a whole number.',
    ],
    [
      'a count that stands twice',
      '{ "option": "no", "value": 0 }',
      '{ "option": "yes", "value": 0 }',
      'line 95: vote_events "2018-05-05/vote-42": The count of "yes" stands twice.',
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
      'line 6: the document is not JSON: Unexpected COMMA',
    ],
    ['something after the document', `${written}x`, NAME, 'line 106: the document is not JSON: Unexpected "x"'],
    ['a list that nothing tells the class of', '[{"id":"p-1"}]', NAME, 'the document has no list of persons'],
    ['a text', '"persons"', NAME, 'line 1: the document is neither an object of lists nor a list'],
    ['another document', '{"type":"FeatureCollection","features":[]}', NAME, 'the document has no list of persons'],
    ['UTF-16', Buffer.from(`\ufeff${written}`, 'utf16le'), NAME, 'line 1: the text is not in UTF-8'],
    [
      'lists in lists in lists',
      `{"persons":[${'['.repeat(200)}`,
      NAME,
      'more than 100 lists and objects are in each other',
    ],
    ['a truncated gzip', gzipSync(written).subarray(0, 800), `${NAME}.gz`, 'the gzip file is truncated'],
    ['what is not a gzip', written, `${NAME}.gz`, 'the gzip file is damaged, or is not a gzip file'],
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
  it('gives a ballot whose day nobody tells, and who voted in it', async () => {
    const graph = await engine.empty()
    const text = JSON.stringify({
      ...HOUSE,
      vote_events: [{ id: 'v-1', organization_id: 'house', votes: [{ voter_id: 'p-1', option: 'yes' }] }],
    })
    const path = join(folderWith({ [NAME]: text }), NAME)
    await runImports({ store: graph.store, shape, importer: popolo, path, now: () => NOW })
    const { data } = await graph.ask(
      '{ voteEvent(id: "popolo-synthetic-house:v-1") { date time votes { edges { option date node { name } } } } }',
    )
    expect(data).toEqual({
      voteEvent: {
        date: null,
        time: null,
        votes: { edges: [{ option: 'FOR', date: null, node: { name: 'Synthetic Person 1' } }] },
      },
    })
  })

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
          edges: [
            { role: 'Speaker', startDate: '2016-03-24', endDate: '2020-12-31', node: { name: 'Synthetic House' } },
          ],
        },
      },
    })
    await graph.close()
  }, 180_000)

  it('keeps the figures of a ballot that are told, and knows none that is not', async () => {
    const graph = await engine.empty()
    const ballots = [
      [
        ['yes', 1],
        ['no', 3],
      ],
      [['no', 3]],
    ].map((counts, at) => ({
      id: `v-${at}`,
      start_date: '2018-05-04',
      result: 'fail',
      counts: counts.map(([option, value]) => ({ option, value })),
    }))
    const path = join(folderWith({ [NAME]: JSON.stringify({ ...HOUSE, vote_events: ballots }) }), NAME)
    await runImports({ store: graph.store, shape, importer: popolo, path, now: () => NOW })
    const { data } = await graph.ask(
      `{ voteEvents { nodes { id result tally { for against abstention voting didNotVote } } } }`,
    )
    expect(data).toEqual({
      voteEvents: {
        nodes: [
          {
            id: my('v-0'),
            result: 'REJECTED',
            tally: { for: 1, against: 3, abstention: null, voting: null, didNotVote: null },
          },
          { id: my('v-1'), result: 'REJECTED', tally: null },
        ],
      },
    })
    await graph.close()
  }, 180_000)

  it('reads a folder of mySociety, whose ministers are persons of the other document', async () => {
    const graph = await engine.empty()
    const path = fixture('popolo/synthetic-mysociety')
    const run = () => runImports({ store: graph.store, shape, importer: popolo, path, now: () => NOW })
    expect(await run()).toMatchObject([
      { source: 'source:popolo-people', outcome: 'loaded', problems: [] },
      { source: 'source:popolo-ministers-2010', outcome: 'loaded', problems: [] },
    ])
    expect(await run()).toMatchObject([{ outcome: 'unchanged' }, { outcome: 'unchanged' }])
    const { data } = await graph.ask(`{
      person(id: "popolo-people:example/person/9") {
        id
        name
        memberships { edges { role startDate endDate node { name } } }
      }
    }`)
    expect(data).toEqual({
      person: {
        id: 'popolo-people:example/person/1',
        name: 'Synthetic Abbot',
        memberships: {
          edges: [
            { role: 'MEMBER', startDate: '2011-01-01', endDate: '2012-12-31', node: { name: 'Reform Committee' } },
            { role: 'Chair', startDate: '2010-06-10', endDate: '2015-03-30', node: { name: 'Reform Committee' } },
            { role: 'Chair', startDate: '2010-06-10', endDate: '2015-03-30', node: { name: 'Reform Committee' } },
            { role: 'MEMBER', startDate: '1987-06-11', endDate: null, node: { name: 'Synthetic Party' } },
            { role: 'MEMBER', startDate: '1983-06-09', endDate: '1987-05-18', node: { name: 'Synthetic Party' } },
          ],
        },
      },
    })
    await graph.close()
  }, 180_000)
})
