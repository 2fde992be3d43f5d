import { foldText } from '../../src/model/fold.js'
import type { GraphStore } from '../../src/store/graph-store.js'

export type Cell = string | number | boolean | null

/** A table of the peers' data, in the order in which they can be loaded. */
export interface PeerTable {
  readonly name: string
  readonly columns: readonly string[]
  rows(): AsyncIterable<readonly Cell[]>
}

/** What the peers load: the ballots, tallies, members and votes of a store, as tables that a database of them would have. */
export const peerTables = async (store: GraphStore): Promise<readonly PeerTable[]> => {
  const ballots = await endsOf(store, 'CountOf')
  const bodies = await endsOf(store, 'CountFor')
  const moments = new Map<string, string>()
  const places = new Set<string>()
  for await (const { id } of store.scanNodes('Place')) places.add(id)
  for await (const { id, values } of store.scanNodes('VoteEvent'))
    moments.set(id, new Date(String(values['time'] ?? values['date'])).toISOString())

  const nodes = (type: string, name: string, columns: Readonly<Record<string, ColumnOf>>): PeerTable => ({
    name,
    columns: ['id', ...Object.keys(columns)],
    async *rows() {
      for await (const { id, values } of store.scanNodes(type))
        yield [id, ...Object.values(columns).map((column) => column(values, id))]
    },
  })
  const links = (link: string, name: string, columns: readonly string[], keep: (to: string) => boolean): PeerTable => ({
    name,
    columns,
    async *rows() {
      for await (const { from, to } of store.scanLinks(link)) if (moments.has(from) && keep(to)) yield [from, to]
    },
  })

  return [
    nodes('Place', 'place', { name: value('name') }),
    nodes('Organization', 'organization', { name: value('name'), short_name: value('shortName') }),
    {
      // A committee is a topic too; the peers have all topics in one table.
      name: 'topic',
      columns: ['id', 'name'],
      async *rows() {
        for (const type of ['Subject', 'Organization'])
          for await (const { id, values } of store.scanNodes(type)) yield [id, values['name'] as string]
      },
    },
    nodes('Person', 'member', { name: value('name'), sort_key: (values) => foldText(String(values['sortName'])) }),
    nodes('VoteEvent', 'vote_event', {
      title: value('title'),
      title_folded: ({ title }) => (typeof title === 'string' ? foldText(title) : null),
      date: value('date'),
      moment: (_, id) => moments.get(id) ?? null,
      is_main: value('isMain'),
      result: value('result'),
      ...TALLY,
    }),
    links('About', 'vote_event_place', ['vote_event_id', 'place_id'], (to) => places.has(to)),
    links('Filing', 'vote_event_topic', ['vote_event_id', 'topic_id'], () => true),
    {
      name: 'vote_count',
      columns: ['id', 'vote_event_id', 'organization_id', 'majority', ...Object.keys(TALLY)],
      async *rows() {
        for await (const { id, values } of store.scanNodes('VoteCount')) {
          const tally = Object.values(TALLY).map((column) => column(values, id))
          yield [id, ballots.get(id) ?? null, bodies.get(id) ?? null, majorityOf(tally.map(Number)), ...tally]
        }
      },
    },
    {
      name: 'member_vote',
      columns: ['vote_event_id', 'member_id', 'option', 'group_id', 'country_id', 'moment'],
      async *rows() {
        for await (const { from, to, values } of store.scanLinks('Vote')) {
          const { option = null, group = null, country = null } = values as Record<string, string | null>
          yield [to, from, option, group, country, moments.get(to) ?? null]
        }
      },
    },
  ]
}

type Values = Readonly<Record<string, unknown>>
type ColumnOf = (values: Values, id: string) => Cell

const value =
  (name: string): ColumnOf =>
  (values) =>
    (values[name] ?? null) as Cell

const TALLY = {
  votes_for: value('tallyFor'),
  votes_against: value('tallyAgainst'),
  abstentions: value('tallyAbstention'),
} as const

/** The option with strictly more votes than each other; null if there is none. */
const majorityOf = (tally: readonly number[]): string | null => {
  const most = Math.max(...tally)
  const options = ['FOR', 'AGAINST', 'ABSTENTION'].filter((_, i) => tally[i] === most)
  return options.length === 1 ? (options[0] ?? null) : null
}

const endsOf = async (store: GraphStore, link: string): Promise<ReadonlyMap<string, string>> => {
  const ends = new Map<string, string>()
  for await (const { from, to } of store.scanLinks(link)) ends.set(from, to)
  return ends
}
