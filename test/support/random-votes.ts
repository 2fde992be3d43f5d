import type { GraphRecord } from '../../src/model/records.js'
import type { Random } from './random.js'
import { synthetic } from './vote-matrix.js'

/** What is on record of votes, in the plainest form there is. */
export interface VotesOnRecord {
  readonly ballots: readonly PlainBallot[]
  readonly votes: readonly PlainVote[]
  readonly corrections: readonly PlainCorrection[]
  /** Tallies of groups as published. */
  readonly tallies: readonly PlainTally[]
  readonly memberships: readonly PlainMembership[]
  readonly members: readonly { readonly id: string; readonly familyName: string | null }[]
}

export interface PlainBallot {
  readonly id: string
  readonly body: string | null
  readonly date: string | null
  readonly result: string | null
  readonly isMain: boolean | null
  readonly for: number | null
  readonly against: number | null
  readonly abstention: number | null
  /** The gate found that members' votes do not sum to the tallies. */
  readonly isPartial: boolean
}

export interface PlainVote {
  readonly member: string
  readonly ballot: string
  readonly option: string
  readonly group: string | null
  readonly country: string | null
}

interface PlainCorrection {
  readonly member: string
  readonly ballot: string
  readonly option: string
  readonly kind: string
}

interface PlainTally {
  readonly ballot: string
  readonly group: string
  readonly numbers: readonly (number | null)[]
}

interface PlainMembership {
  readonly member: string
  readonly organization: string
  readonly start: string | null
  readonly end: string | null
}

export const BODIES = ['org:synthetic-house', 'org:synthetic-senate']
export const GROUPS = ['ep-group:NI', 'org:blue', 'org:green', 'org:red']
export const COUNTRIES = ['iso:DE', 'iso:FR']
export const COMMITTEE = 'org:synthetic-committee'
const CAST = ['FOR', 'FOR', 'AGAINST', 'AGAINST', 'ABSTENTION']

export interface RandomVotesAsked {
  readonly ballots: number
  readonly members: number
  /** The share of ballots that are held in the first body. */
  readonly inFirst: number
}

/**
 * Synthetic votes as they come: bodies that share members, members who change groups and countries or have none, lists that
 * name only those who voted and lists that are partial or not there, numbers, days and outcomes that are not known, and
 * corrections of votes that were cast and of some that were not.
 */
export const randomVotes = (
  random: Random,
  { ballots: count, members: many, inFirst }: RandomVotesAsked,
): VotesOnRecord => {
  const ballots = Array.from({ length: count }, (_, i) => randomBallot(random, i, inFirst))
  const members = Array.from({ length: many }, (_, i) => ({
    id: `person:${String.fromCharCode(97 + i)}`,
    familyName: random.pick(['Ahn', 'Bo', null]),
  }))
  const votes = members.flatMap(({ id }, i) => votesOf(random, id, i === many - 1 ? [] : ballots))
  const has = new Set(votes.map(({ member, ballot }) => `${member} ${ballot}`))
  const corrections = members.flatMap(({ id: member }) =>
    ballots
      .filter(() => random.chance(0.06))
      .map(({ id: ballot }) => ({
        member,
        ballot,
        option: random.pick([...CAST, 'DID_NOT_VOTE']),
        kind: has.has(`${member} ${ballot}`) || random.chance(0.1) ? 'CORRECTION' : 'INTENTION',
      })),
  )
  const tallies = ballots.flatMap(({ id: ballot }) =>
    random.chance(0.3)
      ? []
      : [...GROUPS, ...(random.chance(0.1) ? [GROUPS[0] as string] : [])].map((group) => ({
          ballot,
          group,
          numbers: [0, 1, 2].map(() => (random.chance(0.05) ? null : random.below(4))),
        })),
  )
  const memberships = members.flatMap(({ id: member }) =>
    [...BODIES, ...GROUPS, COMMITTEE, COMMITTEE].flatMap((organization) =>
      random.chance(0.4) ? [{ member, organization, ...randomTime(random) }] : [],
    ),
  )
  return { ballots, votes, corrections, tallies, memberships, members }
}

const randomDay = (random: Random): string =>
  `${random.pick(['2023', '2024'])}-0${1 + random.below(3)}-${random.pick(['05', '06', '17'])}`

const randomTime = (random: Random) => {
  const [a, b] = [randomDay(random), randomDay(random)].sort() as [string, string]
  return { start: random.chance(0.1) ? null : a, end: random.chance(0.3) ? null : b }
}

const randomBallot = (random: Random, i: number, inFirst: number): PlainBallot => {
  const number = () => (random.chance(0.1) ? null : random.below(9))
  const isCounted = random.chance(0.6)
  return {
    // In an order of ids that is not the order of days.
    id: `vote:${(i * 7919) % 10_007}`,
    body: random.chance(inFirst) ? (BODIES[0] as string) : random.pick([BODIES[1] as string, null]),
    date: random.chance(0.1) ? null : randomDay(random),
    result: random.pick(['ADOPTED', 'ADOPTED', 'REJECTED', 'LAPSED', null]),
    isMain: random.pick([true, false, null]),
    for: isCounted ? number() : null,
    against: isCounted ? number() : null,
    abstention: isCounted ? number() : null,
    isPartial: random.chance(0.2),
  }
}

/** Each ballot has a way of its own to be listed, told by its id, that all members' votes follow. */
const votesOf = (random: Random, member: string, ballots: readonly PlainBallot[]): readonly PlainVote[] => {
  let [group, country]: [string | null, string | null] = [random.pick([...GROUPS, null]), random.pick(COUNTRIES)]
  const from = random.chance(0.5) ? '' : randomDay(random)
  return ballots.flatMap(({ id: ballot, date }) => {
    if (random.chance(0.05)) group = random.pick([...GROUPS, null])
    if (random.chance(0.02)) country = random.pick([...COUNTRIES, null])
    const way = Number(ballot.slice(5)) % 7
    if (way === 0 || (date ?? '~') < from) return []
    const option = random.chance(0.25) ? 'DID_NOT_VOTE' : random.pick(CAST)
    // Some lists name only those who voted, and one way of voting is that of nearly all.
    if (option === 'DID_NOT_VOTE' && way > 3) return []
    const isAlike = option !== 'DID_NOT_VOTE' && way % 2 === 1 && random.chance(0.7)
    return [{ member, ballot, option: isAlike ? 'FOR' : option, group, country }]
  })
}

/** The same as records of a graph. */
export const recordsOf = (on: VotesOnRecord): readonly GraphRecord[] => {
  const { node, link } = synthetic
  return [
    node('Source', 'source:synthetic', { title: 'Synthetic votes', kind: 'DATA_SET' }),
    ...BODIES.map((id) => node('Organization', id, { name: id, kind: 'PARLIAMENT' })),
    ...GROUPS.map((id) => node('Organization', id, { name: id, kind: 'POLITICAL_GROUP' })),
    node('Organization', COMMITTEE, { name: 'Synthetic committee', kind: 'COMMITTEE' }),
    ...COUNTRIES.map((id) => node('Place', id, { name: id, kind: 'COUNTRY' })),
    ...on.members.map(({ id, familyName }) => node('Person', id, { name: id, ...(familyName && { familyName }) })),
    ...on.ballots.flatMap(({ id, body, date, result, isMain, for: yes, against, abstention, isPartial }) => {
      const values = { date, result, isMain, tallyFor: yes, tallyAgainst: against, tallyAbstention: abstention }
      const issue = { rule: 'MEMBERS_SUM_TO_TALLIES', message: 'Synthetic: the votes do not sum to the tally.' }
      return [
        node('VoteEvent', id, known(values)),
        ...(body ? [link('HeldIn', id, body)] : []),
        ...(isPartial ? [node('Issue', `issue:${id}`, issue), link('IssueAbout', `issue:${id}`, id)] : []),
      ]
    }),
    ...on.votes.map(({ member, ballot, ...values }) => link('Vote', member, ballot, known(values))),
    ...on.corrections.map(({ member, ballot, ...values }) => link('Correction', member, ballot, values)),
    ...on.tallies.flatMap(
      ({ ballot, group, numbers: [tallyFor = null, tallyAgainst = null, tallyAbstention = null] }, i) => [
        node('VoteCount', `count:${i}`, { by: 'GROUP', ...known({ tallyFor, tallyAgainst, tallyAbstention }) }),
        link('CountOf', `count:${i}`, ballot),
        link('CountFor', `count:${i}`, group),
      ],
    ),
    ...on.memberships.map(({ member, organization, start, end }, i) => ({
      ...link('Membership', member, organization, { role: 'MEMBER', ...known({ startDate: start, endDate: end }) }),
      key: String(i),
    })),
  ]
}

const known = <T>(values: Readonly<Record<string, T | null>>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, T] => entry[1] !== null))
