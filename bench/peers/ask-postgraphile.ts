import {
  type Ballot,
  ballot,
  type Count,
  counts,
  daysOf,
  type Group,
  type List,
  type Named,
  names,
  titled,
  unordered,
} from './answers.js'
import { PAGE, type Questions } from './question.js'

const TALLY = 'votesFor votesAgainst abstentions'
const BALLOT = `id: rowId title date result ${TALLY}`
const COUNTS = `counts: voteCountsByVoteEventId { nodes { group: organizationByOrganizationId { id: rowId shortName } ${TALLY} } }`
const TOPICS = 'topics: voteEventTopicsByVoteEventId { nodes { topic: topicByTopicId { id: rowId name } } }'
const PLACES = 'places: voteEventPlacesByVoteEventId { nodes { place: placeByPlaceId { id: rowId name } } }'

const YEAR = 'date: { greaterThanOrEqualTo: $from, lessThanOrEqualTo: $to }'
const MAIN_ABOUT = `{ isMain: { equalTo: true }, voteEventPlacesByVoteEventIdExist: true, ${YEAR} }`

interface Lists {
  readonly topics: List<{ readonly topic: Named }>
  readonly counts: List<Count>
}

const lists = (each: Lists) => [names(each.topics.nodes.map(({ topic }) => topic)), counts(each.counts.nodes)]

/** The questions as somebody asks PostGraphile who knows it. */
export const POSTGRAPHILE: Questions = {
  vote: {
    query: `query ($id: String!) { voteEvent: voteEventByRowId(rowId: $id) { ${BALLOT} ${PLACES} ${TOPICS} ${COUNTS} } }`,
    variables: ({ ballot }) => ({ id: ballot }),
    read: ({ voteEvent: each }: { voteEvent: Ballot & Lists & { places: List<{ place: Named }> } }) => [
      ...[ballot(each), names(each.places.nodes.map(({ place }) => place))],
      ...lists(each),
    ],
  },
  place: {
    query: `query ($id: String!) { place: placeByRowId(rowId: $id) { id: rowId name }
      voteEvents: allVoteEvents(filter: { isMain: { equalTo: true },
        voteEventPlacesByVoteEventId: { some: { placeId: { equalTo: $id } } } },
        orderBy: [MOMENT_DESC, ROW_ID_ASC], first: 20) { nodes { ${BALLOT} ${TOPICS} ${COUNTS} } } }`,
    variables: ({ place }) => ({ id: place }),
    read: ({ place, voteEvents }: { place: Named; voteEvents: List<Ballot & Lists> }) => [
      ...[place.id, place.name],
      ...voteEvents.nodes.map((each) => [...ballot(each), ...lists(each)]),
    ],
  },
  rollCall: {
    query: `query ($id: String!) { voteEvent: voteEventByRowId(rowId: $id) { id: rowId title
      votes: memberVotesByVoteEventId(first: 1000) { nodes { option group: organizationByGroupId { id: rowId shortName }
        country: placeByCountryId { id: rowId name } member: memberByMemberId { id: rowId name } } } } }`,
    note: 'in the order of ids: it has none by a neighbour’s column',
    variables: ({ ballot }) => ({ id: ballot }),
    read: ({ voteEvent }: { voteEvent: { id: string; title: string; votes: List<Vote> } }) => [
      ...[voteEvent.id, voteEvent.title],
      ...unordered(voteEvent.votes.nodes.map(vote)),
    ],
  },
  member: {
    query: `query ($id: String!) { member: memberByRowId(rowId: $id) { id: rowId name
      votes: memberVotesByMemberId(first: 50, orderBy: [MOMENT_DESC, VOTE_EVENT_ID_ASC]) { nodes { option groupId
        voteEvent: voteEventByVoteEventId { id: rowId title date result } } } } }`,
    variables: ({ member }) => ({ id: member }),
    read: ({ member }: { member: Named & { votes: List<MembersVote> } }) => [
      ...[member.id, member.name],
      ...member.votes.nodes.map(({ option, groupId, voteEvent }) => [option, groupId, ...titled(voteEvent)]),
    ],
  },
  filtered: {
    query: `query ($from: Date!, $to: Date!, $word: String!) { voteEvents: allVoteEvents(filter: {
      ${YEAR}, or: [{ titleFolded: { includes: $word } }, { votesFor: { greaterThanOrEqualTo: 500 } }] },
      orderBy: [MOMENT_DESC, ROW_ID_ASC], first: 50) { nodes { ${BALLOT} } } }`,
    variables: ({ year, word }) => ({ ...daysOf(year), word }),
    read: ({ voteEvents }: { voteEvents: List<Ballot> }) => voteEvents.nodes.map(ballot),
  },
  abstained: {
    query: `query ($from: Date!, $to: Date!) { voteEvents: allVoteEvents(filter: { ${YEAR}, voteCountsByVoteEventId: { some: {
      organizationId: { equalTo: "ep-group:ECR" }, majority: { equalTo: "ABSTENTION" } } } },
      orderBy: [MOMENT_DESC, ROW_ID_ASC], first: 50) { totalCount nodes { ${BALLOT} } } }`,
    variables: ({ year }) => daysOf(year),
    read: ({ voteEvents }: { voteEvents: List<Ballot> & { totalCount: number } }) => [
      voteEvents.totalCount,
      ...voteEvents.nodes.map(ballot),
    ],
  },
  tallies: {
    query: `query ($from: Date!, $to: Date!) { counts: allVoteCounts(filter: { voteEventByVoteEventId: ${MAIN_ABOUT} }) {
      rows: groupedAggregates(groupBy: [ORGANIZATION_ID]) { keys sum { ${TALLY} } } } }`,
    variables: ({ year }) => daysOf(year),
    read: ({ counts: { rows } }: { counts: { rows: readonly { keys: readonly string[]; sum: Sums }[] } }) =>
      unordered(
        rows.map(({ keys, sum }) => [...keys, ...[sum.votesFor, sum.votesAgainst, sum.abstentions].map(Number)]),
      ),
  },
  single: {
    query: `query ($from: Date!, $to: Date!) { votes: allMemberVotes(filter: { voteEventByVoteEventId: ${MAIN_ABOUT} }) {
      rows: groupedAggregates(groupBy: [COUNTRY_ID, OPTION]) { keys sum { one } } } }`,
    note: 'as the sum of a column of ones: it does not count the rows of a group',
    variables: ({ year }) => daysOf(year),
    read: ({
      votes: { rows },
    }: {
      votes: { rows: readonly { keys: readonly string[]; sum: { one: string | number } }[] }
    }) => unordered(rows.map(({ keys, sum }) => [...keys, Number(sum.one)])),
  },
  page: {
    query: `query ($after: Cursor) { voteEvents: allVoteEvents(first: ${PAGE.length}, after: $after,
      orderBy: [MOMENT_DESC, ROW_ID_ASC]) { nodes { ${BALLOT} } pageInfo { endCursor } } }`,
    variables: () => ({}),
    before: ({ voteEvents }: { voteEvents: { pageInfo: { endCursor: string } } }, asked) =>
      asked < PAGE.before ? { after: voteEvents.pageInfo.endCursor } : null,
    read: ({ voteEvents }: { voteEvents: List<Ballot> }) => voteEvents.nodes.map(ballot),
  },
}

/** Large numbers, which it gives as texts. */
interface Sums {
  readonly votesFor: string | number
  readonly votesAgainst: string | number
  readonly abstentions: string | number
}
interface Vote {
  readonly option: string
  readonly group: Group | null
  readonly country: Named | null
  readonly member: Named
}
interface MembersVote {
  readonly option: string
  readonly groupId: string | null
  readonly voteEvent: Ballot
}

const vote = ({ option, group, country, member }: Vote) => [
  ...[member.id, member.name, option, group?.id ?? null, group?.shortName ?? null],
  ...[country?.id ?? null, country?.name ?? null],
]
