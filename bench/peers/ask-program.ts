import {
  type Ballot,
  ballot,
  type Count,
  counts,
  type Group,
  type List,
  type Named,
  names,
  titled,
  unordered,
} from './answers.js'
import { PAGE, type Questions } from './question.js'

const TALLY = 'tally { for against abstention }'
const BALLOT = `id title date result ${TALLY}`
const SUBJECTS = 'subjects(first: 50) { nodes { id name } }'
const COUNTS = `counts(by: GROUP) { nodes { group: organization { id shortName } ${TALLY} } }`

const MAIN_ABOUT = '{ isMain: { eq: true }, date: { within: $year }, about: { some: { type: { eq: Place } } } }'

interface WithTally {
  readonly tally: { readonly for: number; readonly against: number | null; readonly abstention: number | null } | null
}
type Own<T> = Omit<T, 'votesFor' | 'votesAgainst' | 'abstentions'> & WithTally
interface Lists {
  readonly subjects: List<Named>
  readonly counts: List<Own<Count>>
}

const flat = <T extends WithTally>(each: T) => ({
  ...each,
  votesFor: each.tally?.for ?? null,
  votesAgainst: each.tally?.against ?? null,
  abstentions: each.tally?.abstention ?? null,
})
const lists = (each: Lists) => [names(each.subjects.nodes), counts(each.counts.nodes.map(flat))]

/** This program's questions; they are the same on both engines. */
export const PROGRAM: Questions = {
  vote: {
    query: `query ($id: ID!) { voteEvent(id: $id) { ${BALLOT} about(first: 50) { nodes { id name } } ${SUBJECTS} ${COUNTS} } }`,
    variables: ({ ballot }) => ({ id: ballot }),
    read: ({ voteEvent: each }: { voteEvent: Own<Ballot> & Lists & { about: List<Named> } }) => [
      ...[ballot(flat(each)), names(each.about.nodes)],
      ...lists(each),
    ],
  },
  place: {
    query: `query ($id: ID!) { place(id: $id) { id name voteEvents(where: { isMain: { eq: true } }, first: 20) { nodes { ${BALLOT} ${SUBJECTS}
      ${COUNTS} } } } }`,
    variables: ({ place }) => ({ id: place }),
    read: ({ place }: { place: Named & { voteEvents: List<Own<Ballot> & Lists> } }) => [
      ...[place.id, place.name],
      ...place.voteEvents.nodes.map((each) => [...ballot(flat(each)), ...lists(each)]),
    ],
  },
  rollCall: {
    query: `query ($id: ID!) { voteEvent(id: $id) { id title votes(first: 1000) { edges { option
      group { id shortName } country { id name } node { id name } } } } }`,
    variables: ({ ballot }) => ({ id: ballot }),
    read: ({ voteEvent }: { voteEvent: Named & { title: string; votes: { edges: readonly Vote[] } } }) => [
      ...[voteEvent.id, voteEvent.title],
      ...unordered(voteEvent.votes.edges.map(vote)),
    ],
  },
  member: {
    query: `query ($id: ID!) { person(id: $id) { id name votes(first: 50) { edges { option group { id }
      node { id title date result } } } } }`,
    variables: ({ member }) => ({ id: member }),
    read: ({ person }: { person: Named & { votes: { edges: readonly MembersVote[] } } }) => [
      ...[person.id, person.name],
      ...person.votes.edges.map(({ option, group, node }) => [option, group?.id ?? null, ...titled(node)]),
    ],
  },
  filtered: {
    query: `query ($year: String!, $word: String!) { voteEvents(where: { date: { within: $year },
      or: [{ title: { contains: $word } }, { tally: { for: { gte: 500 } } }] }, first: 50) { nodes { ${BALLOT} } } }`,
    variables: ({ year, word }) => ({ year: String(year), word }),
    read: ({ voteEvents }: { voteEvents: List<Own<Ballot>> }) => voteEvents.nodes.map((each) => ballot(flat(each))),
  },
  abstained: {
    query: `query ($year: String!) { voteEvents(where: { date: { within: $year }, counts: { some: {
      organization: { id: { eq: "ep-group:ECR" } }, majority: { eq: ABSTENTION } } } }, first: 50) {
      totalCount nodes { ${BALLOT} } } }`,
    variables: ({ year }) => ({ year: String(year) }),
    read: ({ voteEvents }: { voteEvents: List<Own<Ballot>> & { totalCount: number } }) => [
      voteEvents.totalCount,
      ...voteEvents.nodes.map((each) => ballot(flat(each))),
    ],
  },
  tallies: {
    query: `query ($year: String!) { voteCountStats(where: { by: { eq: GROUP }, voteEvent: ${MAIN_ABOUT} }, first: 100) {
      rows { by { organization { id } } tally { for { sum } against { sum } abstention { sum } } } } }`,
    variables: ({ year }) => ({ year: String(year) }),
    read: ({ voteCountStats: { rows } }: { voteCountStats: { rows: readonly Sums[] } }) =>
      unordered(
        rows.map(({ by, tally }) => [by.organization.id, tally.for.sum, tally.against.sum, tally.abstention.sum]),
      ),
  },
  single: {
    query: `query ($year: String!) { voteStats(where: { voteEvent: ${MAIN_ABOUT} }, first: 200) {
      rows { by { country { id } option } count } } }`,
    variables: ({ year }) => ({ year: String(year) }),
    read: ({ voteStats: { rows } }: { voteStats: { rows: readonly Counted[] } }) =>
      unordered(rows.map(({ by, count }) => [by.country.id, by.option, count])),
  },
  page: {
    query: `query ($after: String) { voteEvents(first: ${PAGE.length}, after: $after) { nodes { ${BALLOT} }
      pageInfo { endCursor } } }`,
    variables: () => ({}),
    before: ({ voteEvents }: { voteEvents: { pageInfo: { endCursor: string } } }, asked) =>
      asked < PAGE.before ? { after: voteEvents.pageInfo.endCursor } : null,
    read: ({ voteEvents }: { voteEvents: List<Own<Ballot>> }) => voteEvents.nodes.map((each) => ballot(flat(each))),
  },
}

interface Sums {
  readonly by: { readonly organization: { readonly id: string } }
  readonly tally: Readonly<Record<'for' | 'against' | 'abstention', { readonly sum: number }>>
}
interface Counted {
  readonly by: { readonly country: { readonly id: string }; readonly option: string }
  readonly count: number
}
interface Vote {
  readonly option: string
  readonly group: Group | null
  readonly country: Named | null
  readonly node: Named
}
interface MembersVote {
  readonly option: string
  readonly group: Group | null
  readonly node: Ballot
}

const vote = ({ option, group, country, node }: Vote) => [
  ...[node.id, node.name, option, group?.id ?? null, group?.shortName ?? null],
  ...[country?.id ?? null, country?.name ?? null],
]
