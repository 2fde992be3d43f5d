import {
  type Ballot,
  ballot,
  counts,
  daysOf,
  type Group,
  type Named,
  names,
  type Tallied,
  titled,
  unordered,
} from './answers.js'
import { PAGE, type Questions } from './question.js'

const TALLY = 'votesFor votesAgainst abstentions'
const BALLOT = `id title date result ${TALLY}`
const LISTS = `topics { id name } counts { organization { id shortName } ${TALLY} }`

const YEAR = 'date: { gte: $from, lte: $to }'

interface Lists {
  readonly topics: readonly Named[]
  readonly counts: readonly (Tallied & { readonly organization: readonly Group[] })[]
}

/** A neighbour of which there is at most one is a list of one. */
const lists = (each: Lists) => [
  names(each.topics),
  counts(each.counts.map((count) => ({ ...count, group: count.organization[0] }))),
]

/** The questions as somebody asks @neo4j/graphql who knows it. */
export const NEO4J_GRAPHQL: Questions = {
  vote: {
    query: `query ($id: ID!) { voteEvents(where: { id: { eq: $id } }) { ${BALLOT} about { id name } ${LISTS} } }`,
    variables: ({ ballot }) => ({ id: ballot }),
    read: ({ voteEvents: [each] }: { voteEvents: [Ballot & Lists & { about: readonly Named[] }] }) => [
      ...[ballot(each), names(each.about)],
      ...lists(each),
    ],
  },
  place: {
    query: `query ($id: ID!) { places(where: { id: { eq: $id } }) { id name voteEvents(where: { isMain: { eq: true } },
      sort: [{ moment: DESC }, { id: ASC }], limit: 20) { ${BALLOT} ${LISTS} } } }`,
    variables: ({ place }) => ({ id: place }),
    read: ({ places: [place] }: { places: [Named & { voteEvents: readonly (Ballot & Lists)[] }] }) => [
      ...[place.id, place.name],
      ...place.voteEvents.map((each) => [...ballot(each), ...lists(each)]),
    ],
  },
  rollCall: {
    query: `query ($id: ID!) { voteEvents(where: { id: { eq: $id } }) { id title
      votesConnection(first: 1000, sort: [{ node: { sortKey: ASC } }]) { edges {
        properties { option groupId groupShortName countryId countryName } node { id name } } } } }`,
    note: 'what group and country are called stands on each vote: a link has no neighbours',
    variables: ({ ballot }) => ({ id: ballot }),
    read: ({
      voteEvents: [each],
    }: {
      voteEvents: [{ id: string; title: string; votesConnection: { edges: readonly Vote[] } }]
    }) => [each.id, each.title, ...unordered(each.votesConnection.edges.map(vote))],
  },
  member: {
    query: `query ($id: ID!) { members(where: { id: { eq: $id } }) { id name
      votesConnection(first: 50, sort: [{ edge: { moment: DESC } }, { node: { id: ASC } }]) { edges {
        properties { option groupId } node { id title date result } } } } }`,
    variables: ({ member }) => ({ id: member }),
    read: ({ members: [member] }: { members: [Named & { votesConnection: { edges: readonly MembersVote[] } }] }) => [
      ...[member.id, member.name],
      ...member.votesConnection.edges.map(({ properties: { option, groupId }, node }) => [
        ...[option, groupId],
        ...titled(node),
      ]),
    ],
  },
  filtered: {
    query: `query ($from: Date!, $to: Date!, $word: String!) { voteEvents(where: { ${YEAR},
      OR: [{ titleFolded: { contains: $word } }, { votesFor: { gte: 500 } }] },
      sort: [{ moment: DESC }, { id: ASC }], limit: 50) { ${BALLOT} } }`,
    variables: ({ year, word }) => ({ ...daysOf(year), word }),
    read: ({ voteEvents }: { voteEvents: readonly Ballot[] }) => voteEvents.map(ballot),
  },
  abstained: {
    query: `query ($from: Date!, $to: Date!) { voteEventsConnection(where: { ${YEAR}, counts: { some: {
      majority: { eq: "ABSTENTION" }, organization: { some: { id: { eq: "ep-group:ECR" } } } } } },
      sort: [{ moment: DESC }, { id: ASC }], first: 50) { totalCount edges { node { ${BALLOT} } } } }`,
    variables: ({ year }) => daysOf(year),
    read: ({
      voteEventsConnection: { totalCount, edges },
    }: {
      voteEventsConnection: { totalCount: number; edges: readonly { node: Ballot }[] }
    }) => [totalCount, ...edges.map(({ node }) => ballot(node))],
  },
  tallies: {
    query: ({ groups }) =>
      `query ($from: Date!, $to: Date!) { ${groups
        .map(
          (group, i) => `g${i}: voteCountsConnection(where: { organization: { some: { id: { eq: "${group}" } } },
          voteEvent: { some: { isMain: { eq: true }, ${YEAR}, about: { some: { id: { startsWith: "" } } } } } }) {
          aggregate { count { nodes } node { votesFor { sum } votesAgainst { sum } abstentions { sum } } } }`,
        )
        .join(' ')} }`,
    note: 'with one field for each group, which the client has to know: it has no grouping',
    variables: ({ year }) => daysOf(year),
    read: (groups: Readonly<Record<string, Sums>>, about) =>
      unordered(
        Object.entries(groups)
          .filter(([, { aggregate }]) => aggregate.count.nodes > 0)
          .map(
            ([
              name,
              {
                aggregate: { node },
              },
            ]) => [
              about.groups[Number(name.slice(1))],
              ...[node.votesFor.sum, node.votesAgainst.sum, node.abstentions.sum],
            ],
          ),
      ),
  },
  single: {
    cannot: 'since it has no grouping, and votes, which are links, are only counted below one ballot or one member',
  },
  page: {
    query: `query ($offset: Int!) { voteEvents(limit: ${PAGE.length}, offset: $offset, sort: [{ moment: DESC }, { id: ASC }]) {
      ${BALLOT} } }`,
    note: 'by the number of rows to pass over: by cursor, Neo4j ends its fourth page for want of memory, since each row of it holds the whole list',
    variables: () => ({ offset: PAGE.before * PAGE.length }),
    read: ({ voteEvents }: { voteEvents: readonly Ballot[] }) => voteEvents.map(ballot),
  },
}

interface Sums {
  readonly aggregate: {
    readonly count: { readonly nodes: number }
    readonly node: Readonly<Record<'votesFor' | 'votesAgainst' | 'abstentions', { readonly sum: number }>>
  }
}
interface Vote {
  readonly properties: {
    readonly option: string
    readonly groupId: string | null
    readonly groupShortName: string | null
    readonly countryId: string | null
    readonly countryName: string | null
  }
  readonly node: Named
}
interface MembersVote {
  readonly properties: { readonly option: string; readonly groupId: string | null }
  readonly node: Ballot
}

const vote = ({ properties: { option, groupId, groupShortName, countryId, countryName }, node }: Vote) => [
  ...[node.id, node.name, option, groupId, groupShortName],
  ...[countryId, countryName],
]
