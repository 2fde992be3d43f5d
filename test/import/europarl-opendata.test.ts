import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { europarlOpendata } from '../../src/import/europarl/europarl-opendata.js'
import { localDay } from '../../src/import/europarl/opendata-names.js'
import { membershipRecords } from '../../src/import/howtheyvote/tables.js'
import { folderWith, weakOf } from '../support/read-europarl.js'
import { fileWith, readSource, readSources, refusalOf } from '../support/read-source.js'

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const FIXTURES = pathOf('../fixtures/europarl-opendata')
const REAL = pathOf('../../../shared/data/europarl')
const small = (name: string): string => readFileSync(`${FIXTURES}/${name}`, 'utf8')

describe('a document as the API gives it', async () => {
  const file = await readSource(europarlOpendata, `${FIXTURES}/document.json`)
  const id = 'ep-doc:RC-B9-0041/2031'

  it('is a motion with titles in all languages, and its page', () => {
    expect(file.problems).toEqual([])
    expect([file.source, file.date]).toEqual(['source:ep-opendata-rc-9-2031-0041', '2031-03-05'])
    expect(file.values(id)).toEqual({
      kind: 'JOINT_MOTION',
      reference: 'RC-B9-0041/2031',
      title: 'JOINT MOTION on the river ferries',
      titles: [
        { text: 'ANTRAG zu den Flussfähren', language: 'de' },
        { text: 'JOINT MOTION on the river ferries', language: 'en' },
      ],
      tabledOn: '2031-03-05',
      url: 'https://data.europarl.europa.eu/distribution/RC-9-2031-0041_en.xhtml',
    })
  })

  it('has its authors, the motions it replaces, its subjects and amendments', () => {
    expect(file.to('TabledBy', id).sort()).toEqual(['ep-group:GREEN_EFA', 'ep-mep:900001', 'ep-mep:900002'])
    expect(file.to('Replacement', id)).toEqual(['ep-doc:B9-0041/2031', 'ep-doc:B9-0044/2031'])
    expect(file.to('Filing', id)).toEqual(['eurovoc:571'])
    expect(file.values(`${id}#am-1`)).toMatchObject({ number: '1', title: 'Amendment 1' })
    expect(file.to('AmendmentOf', `${id}#am-2`)).toEqual([id])
    expect(file.to('TabledBy', `${id}#am-2`)).toEqual(['ep-group:GUE_NGL'])
  })

  it('loses no key unseen', () => {
    expect(file.notes).toEqual([
      'document.json: these properties have no place in the graph and were left out: epvoc:inverse_foresees_change_of (1), unknown:a_new_key (1).',
    ])
  })
})

it('a procedure has its texts, those adopted with the day of their decision', async () => {
  const file = await readSource(europarlOpendata, `${FIXTURES}/procedure.json`)
  expect(file.values('ep-proc:2031/2107(RSP)')).toEqual({
    reference: '2031/2107(RSP)',
    title: 'The river ferries',
    titles: [
      { text: 'The river ferries', language: 'en' },
      { text: 'Les bacs', language: 'fr' },
    ],
    type: 'RSP',
    stage: null,
  })
  expect(file.values('ta:P9_TA(2031)0007')).toMatchObject({ adoptedOn: '2031-03-06', procedure: '2031/2107(RSP)' })
  expect(file.to('Dossier', 'ep-doc:RC-B9-0041/2031')).toEqual(['ep-proc:2031/2107(RSP)'])
  expect(file.values('ep-event:2031-2107-DEC-DCPL-2031-03-06')).toMatchObject({
    name: 'Decision: The river ferries',
    dateEdtf: '2031-03-06',
  })
  expect(file.notes[0]).toBe(
    'procedure.json: the procedure 2031/2107(RSP) names the adopted text ta:P9_TA(2031)0008 without the day of its adoption, so it was left out.',
  )
  expect(file.problems).toEqual([
    {
      file: 'procedure.json',
      line: 20,
      lost: [],
      reason:
        'The property "eli-dl:activity_date" of "2031-2107-DEC-DCPL-2031-03-07" is "2031-02-30", which is not a day or moment that exists.',
    },
  ])
})

it('a sitting in Turtle falls on the local day in Brussels', async () => {
  const file = await readSource(europarlOpendata, `${FIXTURES}/meetings.ttl`)
  expect([file.source, file.date]).toEqual(['source:ep-opendata-meetings', null])
  expect(file.values('ep-event:MTG-PL-2031-03-06')).toEqual({
    name: 'Plenary sitting of the European Parliament, 2031-03-06',
    names: [
      { text: 'Thursday, 6 March 2031', language: 'en' },
      { text: 'Jeudi 6 mars 2031', language: 'fr' },
    ],
    dateEdtf: '2031-03-06',
    dateEarliest: '2031-03-06',
    dateLatest: '2031-03-06',
  })
  expect(file.values('ep-event:GMTG-PL-2031-07-07')).toMatchObject({ dateEdtf: '2031-07-07/2031-07-09' })
  expect(file.to('EventPlace', 'ep-event:MTG-PL-2031-03-06')).toEqual(['op-place:FRA_SXB'])
  expect(file.values('op-place:FRA_SXB')).toMatchObject({ name: 'Strasbourg' })
  expect(file.to('PlacePart', 'op-place:FRA_SXB')).toEqual(['iso:FR'])
})

it('a sitting in RDF/XML has its items and participants; what was planned is not an event', async () => {
  const file = await readSource(europarlOpendata, `${FIXTURES}/meeting.xml`)
  expect(file.problems).toEqual([])
  expect(file.to('Participation', 'ep-mep:900001')).toEqual(['ep-event:MTG-PL-2031-09-10'])
  expect(file.values('ep-event:MTG-PL-2031-09-10-PVCRE-ITM-1')).toMatchObject({
    name: '1. Opening of the sitting',
    dateEdtf: '2031-09-10',
  })
  expect(file.leftOut).toEqual(['1 × planned on an agenda, which is nothing that happened'])
  expect(file.notes).toEqual([
    'meeting.xml: these properties have no place in the graph and were left out: eli-dl:consists_of (1), eli-dl:had_excused_person (1), epvoc:scheduledIn (1).',
  ])
})

it('a folder has a source for each file, with the day that the file tells', async () => {
  const all = await readSources(europarlOpendata, FIXTURES)
  expect(all.map(({ source, date }) => [source, date])).toEqual([
    ['source:ep-opendata-2031-2107', null],
    ['source:ep-opendata-meetings', null],
    ['source:ep-opendata-mtg-pl-2031-09-10', '2031-09-10'],
    ['source:ep-opendata-rc-9-2031-0041', '2031-03-05'],
  ])
  const [procedure, , , document] = all
  expect(procedure?.to('Dossier', 'ep-doc:RC-B9-0041/2031')).toEqual(['ep-proc:2031/2107(RSP)'])
  // Named in passing, the text has no title that would stand beside the one of its own file.
  expect(procedure?.values('ep-doc:RC-B9-0041/2031')?.['title']).toBeNull()
  expect(document?.values('ep-doc:RC-B9-0041/2031')).toMatchObject({ title: 'JOINT MOTION on the river ferries' })
})

/** An answer of the API, as text. */
const answer = (...data: readonly object[]): string =>
  JSON.stringify({
    data,
    '@context': [
      { data: '@graph', '@base': 'https://data.europarl.europa.eu/' },
      'https://data.europarl.europa.eu/api/v2/context.jsonld',
    ],
  })

describe('members as the API gives them (synthetic)', () => {
  const membership = (id: string, organization: string, days: object, more: object = {}) => ({
    id: `membership/${id}`,
    type: 'Membership',
    identifier: id,
    organization: `org/${organization}`,
    role: 'def/ep-roles/MEMBER',
    membershipClassification: 'def/ep-entities/EU_POLITICAL_GROUP',
    memberDuring: { id: `time-period/${id}`, type: 'PeriodOfTime', ...days },
    ...more,
  })
  const seat = (id: string, term: number, days: object) =>
    membership(id, `ep-${term}`, days, {
      role: 'def/ep-roles/MEMBER_PARLIAMENT',
      membershipClassification: 'def/ep-entities/EU_INSTITUTION',
      represents: ['http://publications.europa.eu/resource/authority/country/GRC'],
    })
  const ada = {
    id: 'person/900001',
    type: 'Person',
    identifier: '900001',
    label: 'Ada EXAMPLE',
    familyName: 'Example',
    givenName: 'Ada',
    'api:country-of-representation': 'PL',
    'api:political-group': 'PPE',
  }
  const linksOf = (file: Awaited<ReturnType<typeof readSource>>, name: string) =>
    file.records.flatMap((record) => ('link' in record && record.link === name ? [record] : []))
  const members = async (...data: readonly object[]) =>
    readSource(europarlOpendata, fileWith('meps.json', answer(...data)))

  it('have their country, and their group as the export of HowTheyVote.eu gives it', async () => {
    const file = await members({
      ...ada,
      hasMembership: [membership('900001-f-1', '5153', { startDate: '2024-07-16' })],
    })
    expect(file.problems).toEqual([])
    expect(file.notes).toEqual([])
    expect(file.to('Represents', 'ep-mep:900001')).toEqual(['iso:PL'])
    expect(file.values('iso:PL')).toMatchObject({ name: 'Poland', isoAlpha2: 'PL', isoAlpha3: 'POL' })
    const row = { member_id: '900001', group_code: 'EPP', term: '10', start_date: '2024-07-16', end_date: '' }
    const [exported] = membershipRecords(row)
    expect(exported).toMatchObject({ from: 'ep-mep:900001', to: 'ep-group:EPP', key: '2024-07-16/10' })
    expect(linksOf(file, 'Membership')).toEqual([{ ...exported, citations: [{ source: 'source:ep-opendata-900001' }] }])
  })

  it('have the group of now without days where no membership tells them', async () => {
    const file = await members(ada)
    expect(linksOf(file, 'Membership')).toMatchObject([
      { to: 'ep-group:EPP', key: '0000-00-00/00', values: { role: 'MEMBER', term: null, startDate: null } },
    ])
  })

  it('tell by those of now which group a number is, for memberships that have ended', async () => {
    const file = await members(
      { ...ada, hasMembership: [membership('900001-f-1', '5153', { startDate: '2024-07-16' })] },
      {
        ...ada,
        id: 'person/900002',
        'api:political-group': 'NI',
        hasMembership: [
          membership('900002-f-1', '5153', { startDate: '2019-07-02', endDate: '2021-03-10' }),
          membership('900002-f-2', '5999', { startDate: '2014-07-01', endDate: '2019-07-01' }),
        ],
      },
    )
    expect(linksOf(file, 'Membership').map(({ from, to, key }) => [from, to, key])).toEqual([
      ['ep-mep:900001', 'ep-group:EPP', '2024-07-16/10'],
      ['ep-mep:900002', 'ep-group:EPP', '2019-07-02/09'],
      ['ep-mep:900002', 'ep-group:NI', '0000-00-00/00'],
    ])
    expect(file.leftOut).toEqual(['1 × a membership of a body that the file names by a number alone'])
  })

  it('have a seat in each term under the key of the tables of members, with its days; a second one by itself', async () => {
    const { 'api:country-of-representation': _country, 'api:political-group': _group, ...past } = ada
    const file = await members({
      ...past,
      hasMembership: [
        seat('900001-m-8', 8, { startDate: '2014-07-01', endDate: '2019-07-01' }),
        seat('900001-m-9', 9, { startDate: '2019-07-02', endDate: '2020-01-31' }),
        seat('900001-m-9b', 9, { startDate: '2022-01-20', endDate: '2024-07-15' }),
      ],
    })
    expect(
      linksOf(file, 'Membership').map(({ to, key, values }) => [to, key, values['term'], values['startDate']]),
    ).toEqual([
      ['org:european-parliament', '0000-00-00/08', 8, '2014-07-01'],
      ['org:european-parliament', '2019-07-02/09', 9, '2019-07-02'],
      ['org:european-parliament', '2022-01-20/09', 9, '2022-01-20'],
    ])
    expect(file.to('Represents', 'ep-mep:900001')).toEqual(['iso:GR'])
  })

  it.each([
    ['a country that is none', { 'api:country-of-representation': 'XX9' }, 'The country represented is "XX9"'],
    ['a group that is none', { 'api:political-group': '***' }, 'The group is "***", which is not a code.'],
    [
      'a day that does not exist',
      { hasMembership: [membership('900001-f-1', '5153', { startDate: '2024-02-30' })] },
      'is "2024-02-30", which is not a day or moment that exists.',
    ],
  ])('tell of %s, and keep the rest', async (_what, change, reason) => {
    const file = await members({ ...ada, ...change })
    expect(file.problems.map((problem) => problem.reason)).toEqual([expect.stringContaining(reason)])
    expect(file.values('ep-mep:900001')).toMatchObject({ name: 'Ada EXAMPLE' })
  })
})

describe('a decision with a voting id and figures (synthetic)', () => {
  const decision = {
    id: 'eli/dl/event/MTG-PL-2031-03-06-DEC-900164',
    type: ['Decision', 'def/eli-dl/Decision'],
    activity_id: 'MTG-PL-2031-03-06-DEC-900164',
    activity_date: '2031-03-06',
    activity_start_date: '2031-03-06T12:30:15+01:00',
    activity_label: { en: 'RC-B9-0041/2031 - § 3 - Am 1', fr: 'RC-B9-0041/2031 - § 3 - Am 1' },
    decision_method: 'def/ep-decision-methods/VOTE_ELECTRONIC_ROLLCALL',
    decision_outcome: 'def/ep-statuses/ADOPTED',
    notation_votingId: '900164',
    number_of_votes_favor: 2,
    number_of_votes_against: 1,
    number_of_votes_abstention: 0,
    had_voter_favor: ['person/900001', 'person/900002'],
    had_voter_against: ['person/900003'],
    had_voter_intended_against: ['person/900002', 'person/900004'],
  }
  const ballot = 'ep-vote:900164'
  const read = async (change: object = {}, ...more: readonly object[]) =>
    readSource(europarlOpendata, fileWith('decisions.json', answer({ ...decision, ...change }, ...more)))
  const votes = (file: Awaited<ReturnType<typeof read>>, name: string) =>
    file.records.flatMap((record) =>
      'link' in record && record.link === name
        ? [[record.from, record.to, ...Object.values(record.values)].join(' ')]
        : [],
    )

  it('is a ballot with its figures, the text it is on, and the votes of members', async () => {
    const file = await read()
    expect([file.problems, file.notes]).toEqual([[], []])
    expect(file.counts).toMatchObject({ VoteEvent: 1, Vote: 3, Correction: 2, HeldIn: 1 })
    expect(file.counts).not.toHaveProperty('Event')
    expect(file.values(ballot)).toEqual({
      title: null,
      titles: [],
      description: '§ 3 - Am 1',
      date: '2031-03-06',
      time: '2031-03-06T12:30:15+01:00',
      isMain: false,
      isRollCall: true,
      method: 'ROLL_CALL',
      result: 'ADOPTED',
      tallyFor: 2,
      tallyAgainst: 1,
      tallyAbstention: 0,
      tallyVoting: 3,
    })
    expect(weakOf(file.records, ballot)).toEqual(['title', 'titles', 'description', 'time', 'isMain'])
    expect(file.to('BallotOn', ballot)).toEqual(['ep-doc:RC-B9-0041/2031'])
    expect(votes(file, 'Vote')).toEqual([
      `ep-mep:900001 ${ballot} FOR 2031-03-06`,
      `ep-mep:900002 ${ballot} FOR 2031-03-06`,
      `ep-mep:900003 ${ballot} AGAINST 2031-03-06`,
    ])
    expect(votes(file, 'Correction')).toEqual([
      `ep-mep:900002 ${ballot} AGAINST CORRECTION`,
      `ep-mep:900004 ${ballot} AGAINST INTENTION`,
    ])
  })

  it('takes a missing figure for no 0, and gives the others in passing', async () => {
    const { number_of_votes_abstention: _missing, ...partial } = decision
    const file = await readSource(europarlOpendata, fileWith('decisions.json', answer(partial)))
    expect(file.values(ballot)).toMatchObject({ tallyFor: 2, tallyAgainst: 1 })
    expect(file.values(ballot)).not.toHaveProperty('tallyVoting')
    expect(weakOf(file.records, ballot)).toEqual(expect.arrayContaining(['tallyFor', 'tallyAgainst']))
  })

  it('is on the text that it names where its label names none', async () => {
    const file = await read({
      activity_label: { en: 'The river ferries' },
      decided_on_a_realization_of: ['eli/dl/doc/A-9-2031-0007'],
    })
    expect(file.to('BallotOn', ballot)).toEqual(['ep-doc:A9-0007/2031'])
    expect(file.values(ballot)).toMatchObject({ title: 'The river ferries', description: null })
  })

  it('stays an event without figures, and its voters are told', async () => {
    const { number_of_votes_favor: _f, number_of_votes_against: _a, number_of_votes_abstention: _b, ...bare } = decision
    const file = await readSource(europarlOpendata, fileWith('decisions.json', answer(bare)))
    expect(file.counts).toMatchObject({ Event: 1 })
    expect(file.counts).not.toHaveProperty('VoteEvent')
    expect(file.notes[0]).toContain('eli-dl:had_voter_favor (2)')
  })

  it('may be of an unknown day, and so are its votes', async () => {
    const { activity_date: _day, activity_start_date: _moment, ...undated } = decision
    const file = await readSource(europarlOpendata, fileWith('decisions.json', answer(undated)))
    expect(file.problems).toEqual([])
    expect(file.values(ballot)).toMatchObject({ date: null, time: null, result: 'ADOPTED' })
    expect(file.counts).toMatchObject({ VoteEvent: 1, Vote: 3 })
  })

  it('is given once, though a procedure or another decision gives it again', async () => {
    const file = await read({}, { ...decision, id: 'eli/dl/event/another', activity_id: 'another' })
    expect(file.counts).toMatchObject({ VoteEvent: 1, Vote: 3 })
    expect(file.leftOut).toEqual(['1 × a ballot that was given before'])
  })

  it.each([
    ['a voting id that is none', { notation_votingId: 'x1' }, 'is "x1", which is not a whole number.', 0],
    ['a figure that is none', { number_of_votes_favor: -2 }, 'is "-2", which is not a whole number.', 0],
    ['a day that does not exist', { activity_date: '2031-02-30' }, 'is "2031-02-30", which is not a day or moment', 0],
    ['a voter who is not a member', { had_voter_against: ['org/1'] }, '/org/1" is not a member.', 2],
    [
      'a member in two lists',
      { had_voter_against: ['person/900001'] },
      'The member "ep-mep:900001" stands in two lists of voters of "MTG-PL-2031-03-06-DEC-900164".',
      2,
    ],
  ])('tells of %s', async (_what, change, reason, count) => {
    const file = await read(change)
    expect(file.problems.map((problem) => problem.reason)).toEqual([expect.stringContaining(reason)])
    expect(file.counts['Vote'] ?? 0).toBe(count)
  })

  it('names a result that is not known', async () => {
    const file = await read({ decision_outcome: 'def/ep-statuses/MAYBE' })
    expect(file.notes).toEqual(['decisions.json: the result "MAYBE" is not known to this importer and was left out.'])
    expect(file.values(ballot)?.['result']).toBeNull()
  })

  it('with a hundred thousand voters takes no longer than reading them', async () => {
    const many = Array.from({ length: 100_000 }, (_, i) => `person/${i + 1}`)
    const file = await read({ had_voter_favor: many, had_voter_against: [] })
    expect(file.counts).toMatchObject({ Vote: 100_000 })
  }, 30_000)
})

it('plain JSON-LD with a "@graph" is read like an answer of the API', async () => {
  const graph = {
    '@context': { eli: 'http://data.europa.eu/eli/ontology#', dcterms: 'http://purl.org/dc/terms/' },
    '@graph': [
      {
        '@id': 'https://data.europarl.europa.eu/eli/dl/doc/RC-9-2031-0041',
        '@type': 'eli:Work',
        'dcterms:title': { '@value': 'Joint motion', '@language': 'en' },
        'eli:document_date': '2031-03-05',
      },
    ],
  }
  const file = await readSource(europarlOpendata, fileWith('a.jsonld', JSON.stringify(graph)))
  expect([file.source, file.date, file.problems]).toEqual(['source:ep-opendata-rc-9-2031-0041', '2031-03-05', []])
  expect(file.values('ep-doc:RC-B9-0041/2031')).toMatchObject({ title: 'Joint motion', tabledOn: '2031-03-05' })
  expect(await refusalOf(europarlOpendata, fileWith('a.json', '{"@context": []}'))).toContain(
    'a.json: the file is not an answer of the API: it has no "data", nor is it a "@graph" of JSON-LD',
  )
})

it('two files of one document are one source, in which nothing stands twice', async () => {
  const folder = folderWith({ 'a.json': small('document.json'), 'b.json': small('document.json') })
  const both = await readSource(europarlOpendata, folder)
  expect([both.problems, both.source]).toEqual([[], 'source:ep-opendata-rc-9-2031-0041'])
  expect(both.leftOut).toEqual(['1 × a document that another file of the edition gave before'])
})

it.each([
  ['2022-02-15T23:00:00.000Z', '2022-02-16'],
  ['2022-05-18T22:00:00Z', '2022-05-19'],
  ['2022-05-18T21:59:00Z', '2022-05-18'],
  ['2022-02-16', '2022-02-16'],
  ['2022-02-30', null],
  ['2022-02-30T10:00:00Z', null],
  ['yesterday', null],
])('the local day of %s is %s', (written, day) => {
  expect(localDay(written)).toBe(day)
})

describe('a bad file is refused as a whole, with its name, line and the reason', () => {
  const doctype = '<!DOCTYPE rdf:RDF [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>\n'
  it.each<[string, string, string | Uint8Array, string]>([
    ['malformed JSON', 'a.json', '{\n"data": [\n}', 'a.json, line 3: the file is not JSON'],
    ['JSON cut off', 'a.json', small('document.json').slice(0, 500), 'a.json, line'],
    [
      'JSON that is not an answer',
      'a.json',
      '{"data": []}',
      'a.json: the file is not an answer of the API: it has no "@context"',
    ],
    ['a list', 'a.json', '[]', 'a.json: the file is not an answer of the API: it is not a JSON object'],
    [
      'another context',
      'a.json',
      small('document.json').replace('api/v2/context', 'api/v9/context'),
      'it names the context "https://data.europarl.europa.eu/api/v9/context.jsonld", which this program does not know',
    ],
    [
      'deep nesting',
      'a.json',
      `{"@context": [], "data": ${'['.repeat(3000)}${']'.repeat(3000)}}`,
      'a.json: the file nests deeper than 100 levels',
    ],
    [
      'JSON with nothing known',
      'a.json',
      small('procedure.json').replaceAll(/"(Process|Decision)"/g, '"Thing"'),
      'a.json: the file has no document, procedure, activity or person',
    ],
    [
      'malformed Turtle',
      'a.ttl',
      small('meetings.ttl').replace('a eli-dl:Activity ;', 'a eli-dl:Activity'),
      'a.ttl, line 9: the file is malformed',
    ],
    [
      'Turtle with an unknown prefix',
      'a.ttl',
      'x:a x:b x:c .',
      'a.ttl, line 1: the file is malformed: Undefined prefix "x:"',
    ],
    ['an unclosed tag', 'a.xml', small('meeting.xml').replace('</eli-dl:activity_id>', ''), 'a.xml, line'],
    [
      'RDF/XML cut off',
      'a.xml',
      small('meeting.xml').slice(0, 900),
      'a.xml, line 12: the file ends before its first element "rdf:RDF" is closed',
    ],
    [
      'a document type with entities',
      'a.xml',
      small('meeting.xml').replace('<rdf:RDF', `${doctype}<rdf:RDF`),
      'a.xml, line 2: the file has a document type (<!DOCTYPE) with declarations, which are not read',
    ],
    ['XML that is not RDF', 'a.xml', '<PV><Vote/></PV>', 'a.xml'],
    [
      'a truncated gzip',
      'a.ttl.gz',
      gzipSync(small('meetings.ttl')).subarray(0, 200),
      'a.ttl.gz: the gzip file is truncated',
    ],
    [
      'another encoding',
      'a.ttl',
      Buffer.from(small('meetings.ttl'), 'latin1'),
      'a.ttl, line 24: the text is not in UTF-8',
    ],
    [
      'UTF-16',
      'a.json',
      Buffer.from(`\ufeff${small('document.json')}`, 'utf16le'),
      'a.json, line 1: the text is not in UTF-8',
    ],
    ['an empty file', 'a.ttl', '', 'a.ttl: the file has no document'],
    ['another ending', 'a.csv', 'x', 'a.csv: the name of the file ends in none of .ttl, .xml, .rdf, .json and .jsonld'],
    [
      'a line of 100 MB',
      'a.json',
      `{"data": "${'x'.repeat(100_000_000)}"}`,
      'a.json, line 1: the file is larger than 64,000,000 characters',
    ],
  ])('%s', async (_what, name, content, message) => {
    const refusal = await refusalOf(europarlOpendata, fileWith(name, content))
    expect(refusal).toContain(message)
    expect(refusal).toMatch(/^BAD_INPUT: .*Nothing was loaded/s)
  })

  it('a path where nothing is', async () => {
    expect(await refusalOf(europarlOpendata, '/nowhere/at/all')).toContain(
      'There is no file or folder "/nowhere/at/all".',
    )
  })
})

describe('a bad record costs that record, and is told', () => {
  it.each([
    [
      'a procedure without its reference',
      'procedure.json',
      '"2031/2107(RSP)"',
      '"river"',
      'The procedure "2031-2107" has the label "river", which is not a reference',
    ],
    [
      'a document of a day that does not exist',
      'document.json',
      '2031-03-05',
      '2031-13-05',
      'The property "eli:document_date" of "RC-9-2031-0041" is "2031-13-05"',
    ],
    [
      'a list of amendments turned round',
      'document.json',
      '"itemNumberEnd": 2',
      '"itemNumberEnd": 0',
      'has the numbers 1 to 0, which cannot be',
    ],
    [
      'a sitting of a day that does not exist',
      'meetings.ttl',
      '2031-03-05T23',
      '2031-02-31T23',
      'is "2031-02-31T23:00:00.000Z", which is not a day or moment that exists',
    ],
  ])('%s', async (_what, name, from, to, reason) => {
    const file = await readSource(europarlOpendata, fileWith(name, small(name).replace(from, to)))
    expect(file.problems.map((problem) => problem.reason).join('\n')).toContain(reason)
    expect(file.problems.every((problem) => problem.file === name)).toBe(true)
  })
})

const there = existsSync(REAL)
if (!there && process.env['CI'])
  throw new Error('The real open data of the Parliament are not in ../shared/data/europarl.')
if (!there) console.warn('NOT TESTED: the real open data of the Parliament, which are not in ../shared/data/europarl.')

describe.skipIf(!there)('the real open data', () => {
  it('the joint motion RC-B9-0068/2021', async () => {
    const file = await readSource(europarlOpendata, `${REAL}/opendata/document-rc-9-2021-0068.json.gz`)
    expect(file.problems).toEqual([])
    expect(file.counts).toMatchObject({
      Motion: 6,
      Amendment: 10,
      Person: 87,
      Subject: 14,
      Replacement: 5,
      TabledBy: 110,
    })
    const motion = file.values('ep-doc:RC-B9-0068/2021')
    expect(motion).toMatchObject({ kind: 'JOINT_MOTION', tabledOn: '2021-01-20' })
    expect(motion?.['titles']).toHaveLength(23)
  })

  it('two procedures', async () => {
    const one = await readSource(europarlOpendata, `${REAL}/opendata/procedure-2025-2691.json`)
    expect(one.problems).toEqual([])
    expect(one.values('ta:P10_TA(2025)0096')).toMatchObject({ adoptedOn: '2025-05-08' })
    expect(one.counts).toMatchObject({ Motion: 7, Resolution: 1, Event: 6, Merge: 1 })
    expect(one.values('ep-proc:2025/2691(RSP)')).toMatchObject({ stage: 'RDG1' })
    expect(one.to('Participation', 'org:european-parliament')).toHaveLength(6)
    const other = await readSource(europarlOpendata, `${REAL}/opendata/procedure-2018-2070.json`)
    expect(other.problems).toEqual([])
    expect(other.values('ta:P9_TA(2020)0358')).toMatchObject({ adoptedOn: '2020-12-16', procedure: '2018/2070(ACI)' })
  })

  it('the sitting of 16 July 2024 has 690 participants', async () => {
    const file = await readSource(europarlOpendata, `${REAL}/opendata/meeting-pl-2024-07-16.xml.gz`)
    expect(file.problems).toEqual([])
    expect(file.source).toBe('source:ep-opendata-mtg-pl-2024-07-16')
    expect(file.counts).toMatchObject({ Event: 23, Person: 690, Participation: 713 })
    expect(file.leftOut).toEqual(['29 × planned on an agenda, which is nothing that happened'])
  })

  it('the meetings of 2022 are on the days that their names tell', async () => {
    const file = await readSource(europarlOpendata, `${REAL}/meetings_2022.ttl.gz`)
    expect(file.problems).toEqual([])
    expect(file.counts).toMatchObject({ Event: 201, EventPlace: 58 })
    const sittings = file.records.flatMap((record) =>
      'type' in record && record.id.startsWith('ep-event:MTG-PL-') ? [record] : [],
    )
    expect(sittings).toHaveLength(58)
    expect(sittings.every(({ id, values }) => id === `ep-event:MTG-PL-${values['dateEdtf']}`)).toBe(true)
    expect(file.values('ep-event:MTG-PL-2022-02-16')).toMatchObject({ dateEdtf: '2022-02-16' })
  })

  it('the folder as four sources', async () => {
    const all = await readSources(europarlOpendata, `${REAL}/opendata`)
    expect(all.flatMap(({ problems }) => problems)).toEqual([])
    expect(all.map(({ source, date }) => [source, date])).toEqual([
      ['source:ep-opendata-2018-2070', null],
      ['source:ep-opendata-2025-2691', null],
      ['source:ep-opendata-mtg-pl-2024-07-16', '2024-07-16'],
      ['source:ep-opendata-rc-9-2021-0068', '2021-01-20'],
    ])
  })
})
