import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, type Graph } from '../../support/engines.js'

interface Entry {
  readonly date: string
  readonly what: string
  readonly node: { readonly id: string }
}

interface Page {
  readonly rows: readonly Entry[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

const citations = [{ source: 'source:diary' }]
const node = (type: string, id: string, values: object = {}) => ({ type, id, values, citations })
const RECORDS = [
  node('Source', 'source:diary', { kind: 'PUBLICATION', title: 'Diary', published: '2020-05-01' }),
  node('Person', 'person:ada', {
    name: 'Ada Quorum',
    sortName: 'Quorum, Ada',
    birthDateEdtf: '1970~',
    birthDateEarliest: '1970-01-01',
    birthDateLatest: '1970-12-31',
  }),
  node('Organization', 'org:house', { name: 'House', kind: 'PARLIAMENT' }),
  node('Office', 'office:chair', { name: 'Chair' }),
  node('Event', 'event:sitting', {
    name: 'Sitting',
    dateEdtf: '2020-05',
    dateEarliest: '2020-05-01',
    dateLatest: '2020-05-31',
  }),
  node('Event', 'event:long', { name: 'Long strike', dateEdtf: '2020-05-02/..', dateEarliest: '2020-05-02' }),
  node('Event', 'event:old', { name: 'Old custom', dateEdtf: '../2019-12-31', dateLatest: '2019-12-31' }),
  node('Event', 'event:undated', { name: 'Rumour' }),
  ...['event:sitting', 'event:long', 'event:old', 'event:undated'].map((to) => ({
    link: 'Participation',
    from: 'person:ada',
    to,
    key: 'x',
    values: { role: 'speaker' },
    citations,
  })),
  {
    link: 'Membership',
    from: 'person:ada',
    to: 'org:house',
    key: '2019-07-01',
    values: { role: 'member', startDate: '2019-07-01', endDate: '2020-05-02' },
    citations: [{ source: 'source:diary', locator: 'page 3' }],
  },
  {
    link: 'Membership',
    from: 'person:ada',
    to: 'org:house',
    key: '2021-01-01',
    values: { role: 'member', startDate: '2021-01-01' },
    citations,
  },
  { link: 'Holding', from: 'person:ada', to: 'office:chair', key: 'x', values: { inferred: false }, citations },
]

describe.each(engines)('a timeline, on $name', ({ empty, seeded }) => {
  let graph: Graph
  const rows =
    'rows { date earliest latest isVague what sentence node { id } sources { id } } pageInfo { hasNextPage endCursor }'
  const timeline = async (args: string): Promise<Page> => {
    const { data, errors } = await graph.ask(`{ timeline(of: "person:ada"${args}) { ${rows} } }`)
    expect(errors).toBeUndefined()
    return (data as { timeline: Page }).timeline
  }
  const lines = async (args: string) =>
    (await timeline(args)).rows.map(({ date, what, node: { id } }) => `${date} ${what} ${id}`)

  beforeAll(async () => {
    graph = await empty()
    await graph.load(RECORDS as never)
  }, 120_000)
  afterAll(() => graph.close())

  const ALL = [
    '1970~ Person.birthDate person:ada',
    '2019-07-01 Membership.startDate org:house',
    '../2019-12-31 Event.date event:old',
    '2020-05 Event.date event:sitting',
    '2020-05-02 Membership.endDate org:house',
    '2020-05-02/.. Event.date event:long',
    '2021-01-01 Membership.startDate org:house',
  ]

  it('has everything that is dated about a record, by the first day it can mean', async () => {
    expect(await lines('')).toEqual(ALL)
  })

  it('says what each is, how exactly its day is known, and who says so', async () => {
    const { rows } = await timeline(', first: 4')
    expect(rows.slice(1, 4)).toEqual([
      {
        date: '2019-07-01',
        earliest: '2019-07-01',
        latest: '2019-07-01',
        isVague: false,
        what: 'Membership.startDate',
        sentence: 'Ada Quorum was a member of House, from 2019-07-01',
        node: { id: 'org:house' },
        sources: [{ id: 'source:diary' }],
      },
      {
        date: '../2019-12-31',
        earliest: null,
        latest: '2019-12-31',
        isVague: true,
        what: 'Event.date',
        sentence: 'Ada Quorum took part in Old custom, on ../2019-12-31',
        node: { id: 'event:old' },
        sources: [{ id: 'source:diary' }],
      },
      {
        date: '2020-05',
        earliest: '2020-05-01',
        latest: '2020-05-31',
        isVague: true,
        what: 'Event.date',
        sentence: 'Ada Quorum took part in Sitting, on 2020-05',
        node: { id: 'event:sitting' },
        sources: [{ id: 'source:diary' }],
      },
    ])
  })

  it.each([1, 2, 3])('goes on from page to page of %i', async (first) => {
    const seen: string[] = []
    let after = ''
    for (let page = 0; page < 10; page += 1) {
      const { rows, pageInfo } = await timeline(`, first: ${first}${after}`)
      seen.push(...rows.map(({ date, what, node: { id } }) => `${date} ${what} ${id}`))
      if (!pageInfo.hasNextPage) break
      after = `, after: "${pageInfo.endCursor}"`
    }
    expect(seen).toEqual(ALL)
  })

  it('keeps what may lie between two days', async () => {
    expect(await lines(', from: "2020-05-10", to: "2020-06-01"')).toEqual([
      '2020-05 Event.date event:sitting',
      '2020-05-02/.. Event.date event:long',
    ])
    expect(await lines(', to: "1970-06-01"')).toEqual([ALL[0], '../2019-12-31 Event.date event:old'])
    expect(await lines(', from: "2030-01-01"')).toEqual(['2020-05-02/.. Event.date event:long'])
  })

  it('keeps what records of some types are in', async () => {
    expect(await lines(', types: [Organization]')).toEqual([ALL[1], ALL[4], ALL[6]])
    expect(await lines(', types: [Person]')).toEqual([ALL[0]])
    expect(await lines(', types: [Demand]')).toEqual([])
  })

  it('is none of what is not there, and refuses what cannot be', async () => {
    expect((await graph.ask('{ timeline(of: "person:nobody") { rows { date } } }')).data).toEqual({ timeline: null })
    for (const [args, code] of [
      ['first: 0', 'BAD_ARGUMENT'],
      ['first: 101', 'BAD_ARGUMENT'],
      ['after: "5B5D"', 'BAD_CURSOR'],
    ] as const) {
      const { errors } = await graph.ask(`{ timeline(of: "person:ada", ${args}) { rows { date } } }`)
      expect(errors?.[0]?.originalError).toMatchObject({ code })
    }
  })

  it('asks for offices and memberships on a day, and says of how many it is not known', async () => {
    const ask = async (day: string) =>
      (
        await graph.ask(
          `{ person(id: "person:ada") { memberships(asOf: "${day}") { totalCount undecidedCount } offices(asOf: "${day}") { totalCount undecidedCount } } organization(id: "org:house") { members(asOf: "${day}") { nodes { id } } } }`,
        )
      ).data
    const one = { totalCount: 1, undecidedCount: 0 }
    const unknown = { totalCount: 0, undecidedCount: 1 }
    const none = { totalCount: 0, undecidedCount: 0 }
    const ada = { members: { nodes: [{ id: 'person:ada' }] } }
    expect(await ask('2020-05-02')).toEqual({ person: { memberships: one, offices: unknown }, organization: ada })
    expect(await ask('2020-05-03')).toEqual({
      person: { memberships: none, offices: unknown },
      organization: { members: { nodes: [] } },
    })
    expect(await ask('2029-01-01')).toEqual({ person: { memberships: one, offices: unknown }, organization: ada })
  })

  it('is made of the story of Kazakhstan', async () => {
    const story = await seeded()
    const { data } = await story.ask('{ timeline(of: "iso:KZ", first: 3) { rows { date sentence } } }')
    expect(data).toMatchObject({
      timeline: {
        rows: [
          { date: '2022-01', sentence: 'Protests in Kazakhstan, January 2022 happened in Kazakhstan, on 2022-01' },
          { date: '2022-01-20' },
          { date: '2022-01-20' },
        ],
      },
    })
    await story.close()
  })
})
