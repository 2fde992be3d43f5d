import type { FiguresAsked } from './figures-of-votes.js'
import type { Random } from './random.js'
import { BODIES, COMMITTEE, COUNTRIES, GROUPS, type PlainBallot, type VotesOnRecord } from './random-votes.js'

/** A random question for figures of votes: its arguments as GraphQL, and what they ask. */
export interface RandomFiguresAsked {
  readonly asked: FiguresAsked
  readonly args: string
  readonly first: number
  readonly skip: number
}

const FIELDS = [
  'cohesion',
  'loyalty',
  'participation',
  'memberAgreement',
  'memberGroupAgreement',
  'groupAgreement',
  'winningRate',
  'closeness',
] as const

/** By field: the argument that chooses what is made of it, and the words that it takes. */
const VARIANTS: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  cohesion: ['index', ['AGREEMENT_INDEX', 'RICE', 'ATTINA']],
  loyalty: ['of', ['LOYALTY', 'REBELLION']],
  participation: ['of', ['BALLOTS', 'DAYS']],
  memberAgreement: ['abstentions', ['AN_OPTION', 'LEFT_OUT']],
  memberGroupAgreement: ['abstentions', ['AN_OPTION', 'LEFT_OUT']],
}

const BY: Readonly<Record<string, readonly FiguresAsked['by'][]>> = {
  cohesion: ['ALL', 'GROUP', 'COUNTRY'],
  participation: ['MEMBER', 'GROUP', 'COUNTRY', 'ALL'],
  winningRate: ['GROUP', 'MEMBER'],
}

export const randomFiguresAsked = (random: Random, { ballots, members }: VotesOnRecord): RandomFiguresAsked => {
  const field = random.pick(FIELDS)
  const args = new Map<string, unknown>()
  /** Gives an argument now and then. */
  const some = <T>(
    name: string,
    share: number,
    pick: () => T,
    write: (value: T) => unknown = (value) => value,
  ): T | null => {
    if (!random.chance(share)) return null
    const value = pick()
    args.set(name, write(value))
    return value
  }
  const text = (value: unknown) => JSON.stringify(value)
  const [variantName, variants] = VARIANTS[field] ?? ['', ['']]
  const variant = random.pick(variants)
  if (variantName) args.set(variantName, variant)
  const by = random.pick(BY[field] ?? ['MEMBER' as const])
  if (BY[field]) args.set('by', by)
  const ofGroups = field === 'groupAgreement'
  const ofShare = field === 'memberGroupAgreement' ? 1 : ofGroups || field === 'memberAgreement' ? 0.5 : 0
  const of = some('of', ofShare, () => random.pick(ofGroups ? GROUPS : members.map(({ id }) => id)), text)
  const groups =
    ofGroups || field === 'memberGroupAgreement'
      ? some('groups', 0.3, () => GROUPS.filter(() => random.chance(0.6)), text)
      : null
  const margin = (field === 'closeness' ? some('margin', 0.8, () => random.pick([0, 0.2, 0.5, 1])) : null) ?? 0.05
  const day = () => random.pick(ballots).date ?? '2023-02-01'
  const from = some('from', 0.12, day, text)
  const to = some('to', 0.2, () => [day(), from ?? ''].sort().at(-1) as string, text)
  const body = some('body', 0.2, () => random.pick(BODIES), text)
  const every = some('every', 0.3, () => random.pick(['YEAR', 'MONTH', 'SITTING'] as const))
  const where = randomWhere(random, ballots)
  if (where) args.set('where', where.text)
  const voters = field === 'closeness' || ofGroups || field === 'memberGroupAgreement' ? NOBODY : randomVoters(random)
  const isOfGroups = field === 'winningRate' && by === 'GROUP'
  const asked = isOfGroups ? { ...voters, country: null, memberOf: null, isVoter: null } : voters
  const given = [
    asked.group && `group: ${text(asked.group)}`,
    asked.country && `country: ${text(asked.country)}`,
    asked.memberOf && `memberOf: ${text(asked.memberOf)}`,
    asked.isVoter && `where: { familyName: { eq: "Ahn" } }`,
  ].filter((each) => each)
  if (given.length > 0) args.set('voters', `{ ${given.join(', ')} }`)
  const atLeast = some('atLeast', 0.4, () => random.below(6)) ?? 1
  const order = (field === 'closeness' ? null : some('order', 0.4, () => 'LOWEST_FIRST' as const)) ?? 'HIGHEST_FIRST'
  const first = some('first', 0.3, () => random.pick([1, 3, 200])) ?? 100
  const skip = some('skip', 0.2, () => random.below(4)) ?? 0
  const isAsked = where?.holds ?? (() => true)
  const { group, country, memberOf, isVoter } = asked
  return {
    asked: {
      field,
      by,
      variant,
      of,
      groups,
      margin,
      from,
      to,
      body,
      every,
      isAsked,
      group,
      country,
      memberOf,
      isVoter,
      atLeast,
      order,
    },
    args: args.size > 0 ? `(${[...args].map(([name, value]) => `${name}: ${value}`).join(', ')})` : '',
    first,
    skip,
  }
}

type Voters = Pick<FiguresAsked, 'group' | 'country' | 'memberOf' | 'isVoter'>

const NOBODY: Voters = { group: null, country: null, memberOf: null, isVoter: null }

const randomVoters = (random: Random): Voters => ({
  group: random.chance(0.12) ? random.pick(GROUPS) : null,
  country: random.chance(0.12) ? random.pick(COUNTRIES) : null,
  memberOf: random.chance(0.15) ? random.pick([COMMITTEE, BODIES[0] as string]) : null,
  isVoter: random.chance(0.15) ? ({ familyName }) => (familyName === null ? null : familyName === 'Ahn') : null,
})

interface RandomWhere {
  readonly text: string
  holds(ballot: PlainBallot): boolean | null
}

const randomWhere = (random: Random, ballots: readonly PlainBallot[]): RandomWhere | null => {
  const share = random.pick([0, 0.1, 0.5])
  const ids = ballots.filter(() => random.chance(share)).map(({ id }) => id)
  return random.pick<RandomWhere | null>([
    null,
    null,
    null,
    { text: '{ isMain: { eq: true } }', holds: ({ isMain }) => isMain },
    {
      text: '{ result: { eq: ADOPTED } }',
      holds: ({ result }) => (result === null ? null : result === 'ADOPTED'),
    },
    { text: `{ id: { in: ${JSON.stringify(ids)} } }`, holds: ({ id }) => ids.includes(id) },
  ])
}
