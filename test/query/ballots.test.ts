import { describe, expect, it } from 'vitest'
import type { GraphRecord, Values } from '../../src/model/records.js'
import { engines } from '../support/engines.js'

const citations = [{ source: 'source:town' }]
const ballot = (id: string, values: Values): readonly GraphRecord[] => [
  { type: 'VoteEvent', id, values: { isMain: true, ...values }, citations },
  { link: 'BallotOn', from: id, to: 'motion:town', values: {}, citations },
  {
    link: 'Vote',
    from: 'person:ada',
    to: id,
    values: { option: 'FOR', ...('date' in values && { date: values['date'] }) },
    citations,
  },
]

/** A synthetic house whose clock is not that of UTC, and of whose ballots some have no time and some no day. */
const TOWN: readonly GraphRecord[] = [
  { type: 'Source', id: 'source:town', values: { title: 'Synthetic town', kind: 'DATA_SET' }, citations },
  { type: 'Person', id: 'person:ada', values: { name: 'Ada Example' }, citations },
  { type: 'Motion', id: 'motion:town', values: { kind: 'MOTION', title: 'A synthetic motion' }, citations },
  {
    type: 'Resolution',
    id: 'resolution:town',
    values: { title: 'A synthetic text', adoptedOn: '2026-01-02' },
    citations,
  },
  { link: 'AdoptedFrom', from: 'resolution:town', to: 'motion:town', values: {}, citations },
  ...ballot('vote:b-no-day', {}),
  ...ballot('vote:a-no-day', { result: 'ADOPTED' }),
  ...ballot('vote:day', { date: '2026-01-02' }),
  ...ballot('vote:noon', { date: '2026-01-02', time: '2026-01-02T12:00:00+01:00' }),
  ...ballot('vote:evening', { date: '2026-01-02', time: '2026-01-02T18:30:00.500+01:00' }),
  ...ballot('vote:evening-too', { date: '2026-01-02', time: '2026-01-02T17:30:00.500Z' }),
  ...ballot('vote:later-elsewhere', { date: '2026-01-02', time: '2026-01-02T16:00:00-05:00' }),
  ...ballot('vote:before', { date: '2026-01-01', time: '2026-01-01T23:00:00+01:00' }),
]

const LATEST_FIRST = [
  'vote:later-elsewhere',
  'vote:evening',
  'vote:evening-too',
  'vote:noon',
  'vote:day',
  'vote:before',
  'vote:a-no-day',
  'vote:b-no-day',
]

const LISTS = {
  'of all': (page: string) => `{ list: voteEvents(${page}) { nodes { id } pageInfo { endCursor hasNextPage } } }`,
  'of main ones': (page: string) =>
    `{ list: voteEvents(where: { isMain: { eq: true } }, ${page}) { nodes { id } pageInfo { endCursor hasNextPage } } }`,
  'on a motion': (page: string) =>
    `{ of: motion(id: "motion:town") { list: voteEvents(${page}) { nodes { id } pageInfo { endCursor hasNextPage } } } }`,
  'of a member': (page: string) =>
    `{ of: person(id: "person:ada") { list: votes(${page}) { nodes { id } pageInfo { endCursor hasNextPage } } } }`,
  'of a resolution': (page: string) =>
    `{ of: resolution(id: "resolution:town") { list: voteEvents(${page}) { nodes { id } pageInfo { endCursor hasNextPage } } } }`,
} as const

interface List {
  readonly nodes: readonly { readonly id: string }[]
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
}

describe.each(engines)('ballots, on $name', (engine) => {
  it('are listed by moment, latest first, then by id, and those without a day last; pages follow each other', async () => {
    const graph = await engine.empty()
    await graph.load(TOWN)
    for (const [name, query] of Object.entries(LISTS)) {
      for (const first of [3, 20]) {
        const ids: string[] = []
        for (let after: string | null = null, more = true; more; ) {
          const { data, errors } = await graph.ask(query(`first: ${first}${after ? `, after: "${after}"` : ''}`))
          expect(errors).toBeUndefined()
          const { list, of } = data as { readonly list?: List; readonly of?: { readonly list: List } }
          const page = (list ?? of?.list) as List
          ids.push(...page.nodes.map(({ id }) => id))
          after = page.pageInfo.endCursor
          more = page.pageInfo.hasNextPage
        }
        expect([name, first, ids]).toEqual([name, first, LATEST_FIRST])
      }
    }
    await graph.close()
  }, 120_000)

  it('may be of an unknown day, which is null', async () => {
    const graph = await engine.empty()
    await graph.load(TOWN)
    const { data } = await graph.ask(`{
      voteEvent(id: "vote:a-no-day") { date time result votes { edges { date node { id } } } }
      resolution(id: "resolution:town") { finalVote { id } voteEvents(first: 1) { nodes { date } } }
    }`)
    expect(data).toEqual({
      voteEvent: {
        date: null,
        time: null,
        result: 'ADOPTED',
        votes: { edges: [{ date: null, node: { id: 'person:ada' } }] },
      },
      resolution: { finalVote: { id: 'vote:later-elsewhere' }, voteEvents: { nodes: [{ date: '2026-01-02' }] } },
    })
    await graph.close()
  })
})

describe.each(engines)('what the totals of a ballot say, on $name', (engine) => {
  it('is told apart from the published outcome, and null where they are not known', async () => {
    const graph = await engine.empty()
    const tally = (For: number, against: number) => ({ tallyFor: For, tallyAgainst: against })
    await graph.load([
      ...TOWN,
      ...ballot('vote:more', tally(598, 43)),
      ...ballot('vote:tie', tally(5, 5)),
      ...ballot('vote:less', { ...tally(1, 2), result: 'ADOPTED' }),
      ...ballot('vote:half', { tallyFor: 7 }),
    ])
    const { data } = await graph.ask(
      '{ nodes(ids: ["vote:more", "vote:tie", "vote:less", "vote:half", "vote:noon"]) { ... on VoteEvent { result moreForThanAgainst } } }',
    )
    expect(data).toEqual({
      nodes: [
        { result: null, moreForThanAgainst: true },
        { result: null, moreForThanAgainst: false },
        { result: 'ADOPTED', moreForThanAgainst: false },
        { result: null, moreForThanAgainst: null },
        { result: null, moreForThanAgainst: null },
      ],
    })
    await graph.close()
  })

  it('gives the option with most votes and the margin, of a ballot and of a count, and neither where a number that decides it is not known', async () => {
    const graph = await engine.empty()
    const tally = (For: number, against: number | null, abstention: number | null) => ({
      tallyFor: For,
      tallyAgainst: against,
      tallyAbstention: abstention,
    })
    const of = (type: string, id: string, values: Values): GraphRecord => ({ type, id, values, citations })
    await graph.load([
      ...TOWN,
      of('VoteEvent', 'vote:for', tally(589, 35, 47)),
      of('VoteEvent', 'vote:against', tally(1, 35, 34)),
      of('VoteEvent', 'vote:abstained', tally(10, 5, 11)),
      of('VoteEvent', 'vote:tie', tally(20, 20, 3)),
      of('VoteEvent', 'vote:tie-below', tally(20, 3, 3)),
      of('VoteEvent', 'vote:no-abstentions', tally(20, 3, null)),
      of('VoteEvent', 'vote:nobody', tally(0, 0, 0)),
      of('VoteEvent', 'vote:for-alone', tally(9, null, null)),
      of('VoteCount', 'vote:for/group', { by: 'GROUP', ...tally(28, 30, 10) }),
      of('VoteCount', 'vote:tie/group', { by: 'GROUP', ...tally(0, 4, 4) }),
      of('VoteCount', 'vote:none/group', { by: 'GROUP' }),
    ])
    const ids = [
      'vote:for',
      'vote:against',
      'vote:abstained',
      'vote:tie',
      'vote:tie-below',
      'vote:no-abstentions',
      'vote:nobody',
      'vote:for-alone',
      'vote:noon',
      'vote:for/group',
      'vote:tie/group',
      'vote:none/group',
    ]
    const { data, statements } = await graph.ask(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on VoteEvent { majority margin } ... on VoteCount { majority } } }',
      { ids },
    )
    expect(statements).toHaveLength(1)
    expect(data).toEqual({
      nodes: [
        { majority: 'FOR', margin: 554 },
        { majority: 'AGAINST', margin: 34 },
        { majority: 'ABSTENTION', margin: 5 },
        { majority: null, margin: 0 },
        { majority: 'FOR', margin: 17 },
        { majority: null, margin: 17 },
        { majority: null, margin: 0 },
        { majority: null, margin: null },
        { majority: null, margin: null },
        { majority: 'AGAINST' },
        { majority: null },
        { majority: null },
      ],
    })
    await graph.close()
  })
})
