import { RapporteurError } from '../../errors.js'
import { type AnchoredFit, anchorFit } from './anchor-fit.js'
import { fitProbit } from './fit-probit.js'
import { judgeFit } from './judge-fit.js'
import { type PackedVotes, packVotes, type VoteMatrix } from './pack-votes.js'

/** Cells of members × ballots above which a question must be narrowed: what a fit takes a minute for at worst. */
export const MOST_CELLS = 20_000_000
/** Fewer members or ballots than these place nobody. */
const LEAST_MEMBERS = 10
const LEAST_BALLOTS = 20
/** Anchors must be as many standard errors apart. */
const LEAST_APART = 4
/** Standard errors on each side of a position that hold 95 % of a normal distribution. */
const WITHIN_95 = 1.959964
const TOLERANCE = 1e-4
const MOST_ITERATIONS = 300

/** A member on whom positions are measured, with the name that a refusal calls them by. */
interface Anchor {
  readonly member: number
  readonly name: string
}

export interface PositionsAsked extends VoteMatrix {
  readonly dimensions: 1 | 2
  /** Who stands at -1 and who at 1 on the first dimension. */
  readonly low: Anchor
  readonly high: Anchor
  /** Who stands above 0 on the second. Without one it is the member who is most surely off the line of the two others. */
  readonly above?: Anchor | undefined
  /** Ballots with a smaller share of votes in the minority are left out. */
  readonly leastMinority?: number
  /** Members with fewer votes in the ballots that are used are not placed. */
  readonly leastVotes?: number
}

/** A position with the interval that holds the true one in 95 of 100 cases, if votes come about as the model says. */
export interface Position {
  readonly value: number
  readonly low: number
  readonly high: number
}

interface PlacedMember {
  /** Votes for and against in the ballots that are used. */
  readonly votes: number
  /** One for each dimension; null where the member could not be placed. */
  readonly positions: readonly Position[] | null
  /** Why there is no position. */
  readonly why: string | null
}

export interface Positions {
  /** By the numbers of the matrix. */
  readonly members: readonly PlacedMember[]
  readonly placed: number
  readonly ballots: number
  readonly leftOut: readonly { readonly reason: 'LOPSIDED' | 'UNANIMOUS'; readonly count: number }[]
  /** The member who fixes the direction of the second dimension; null with one dimension. */
  readonly above: number | null
  /** Votes for and against that the positions were made from, those classified correctly, those in a minority. */
  readonly votes: number
  readonly correct: number
  readonly minority: number
  /** correct / votes. */
  readonly classified: number
  /** Aggregate proportional reduction in error: (minority - wrong) / minority. */
  readonly apre: number
  readonly logLikelihood: number
  readonly iterations: number
  readonly converged: boolean
}

/**
 * Places members by how they voted: what is said once of each vote is that its probability is that of a normal
 * distribution at a point that depends on the member's position and on the ballot (two-parameter probit, an item response
 * model). Refuses what cannot be told from these votes. The same votes give the same positions, to the last digit.
 */
export const placeMembers = (asked: PositionsAsked): Positions => {
  const { dimensions, low, high, leastMinority = 0.025, leastVotes = 20 } = asked
  checkSize(asked)
  checkDifferent(asked)
  const votes = packVotes(asked, { leastMinority, leastVotes })
  const anchors = [low, high, ...(dimensions === 2 && asked.above ? [asked.above] : [])]
  for (const anchor of anchors) checkVoted(asked, votes, anchor, leastVotes)
  const { members, ballots } = votes
  if (members.length < LEAST_MEMBERS || ballots.length < LEAST_BALLOTS * dimensions)
    throw new RapporteurError(
      'BAD_ARGUMENT',
      `Positions in ${dimensions === 1 ? 'one dimension' : 'two dimensions'} need at least ${LEAST_MEMBERS} members with ${leastVotes} votes each, in at least ${LEAST_BALLOTS * dimensions} ballots with a minority; there are ${members.length} such members and ${ballots.length} such ballots, of ${asked.members} and ${asked.ballots}. Nobody was placed; take a longer period or fewer conditions.`,
    )
  const packed = new Map(Array.from(members, (member, i) => [member, i]))
  const placeOf = (anchor: Anchor): number => packed.get(anchor.member) as number
  checkTogether(votes, low, high, placeOf)

  const fit = fitProbit(votes, dimensions, { tolerance: TOLERANCE, mostIterations: MOST_ITERATIONS })
  const judged = judgeFit(votes, fit)
  const anchored = anchorFit(fit, judged.variances, dimensions, { low: placeOf(low), high: placeOf(high) })
  if (!(anchored.apart >= LEAST_APART))
    throw new RapporteurError(
      'BAD_ARGUMENT',
      `The votes place ${low.name} and ${high.name} too near to each other to measure others by them: their distance is ${anchored.apart.toFixed(1)} times its standard error, and has to be ${LEAST_APART}. Nobody was placed; name two members who vote less alike.`,
    )
  const above =
    dimensions === 1 ? null : aboveOf(anchored, asked.above && { ...asked.above, place: placeOf(asked.above) })
  const side = above === null || (anchored.second[above] as number) > 0 ? 1 : -1
  const placed = (i: number): readonly Position[] => {
    const first = positionOf(anchored.first[i] as number, anchored.firstError[i] as number)
    if (dimensions === 1) return [first]
    return [first, positionOf(side * (anchored.second[i] as number), anchored.secondError[i] as number)]
  }
  return {
    members: Array.from(votes.votesOf, (count, member): PlacedMember => {
      const i = packed.get(member)
      if (i !== undefined) return { votes: count, positions: placed(i), why: null }
      return { votes: count, positions: null, why: whyNotPlaced(count, leastVotes) }
    }),
    placed: members.length,
    ballots: ballots.length,
    leftOut: [
      { reason: 'LOPSIDED' as const, count: votes.lopsided },
      { reason: 'UNANIMOUS' as const, count: votes.unanimous },
    ].filter(({ count }) => count > 0),
    above: above === null ? null : (members[above] as number),
    votes: judged.votes,
    correct: judged.correct,
    minority: judged.minority,
    classified: judged.correct / judged.votes,
    apre: (judged.minority - (judged.votes - judged.correct)) / judged.minority,
    logLikelihood: judged.logLikelihood,
    iterations: fit.iterations,
    converged: fit.converged,
  }
}

const positionOf = (value: number, error: number): Position => ({
  value,
  low: value - WITHIN_95 * error,
  high: value + WITHIN_95 * error,
})

const whyNotPlaced = (votes: number, leastVotes: number): string =>
  votes === 0
    ? 'No vote for or against in the ballots that positions are made from.'
    : `${votes} ${votes === 1 ? 'vote' : 'votes'} for or against in the ballots that positions are made from; ${leastVotes} are needed.`

const checkSize = ({ members, ballots }: VoteMatrix): void => {
  if (members * ballots <= MOST_CELLS) return
  throw new RapporteurError(
    'COST_LIMIT',
    `Positions of ${members} members from ${ballots} ballots are ${members * ballots} cells, and at most ${MOST_CELLS} are taken. Nobody was placed; take a shorter period or conditions on the ballots.`,
  )
}

const checkDifferent = ({ low, high, above, dimensions }: PositionsAsked): void => {
  if (low.member === high.member)
    throw new RapporteurError(
      'BAD_ARGUMENT',
      `Both anchors are ${low.name}. Positions are measured from one member to another; name two.`,
    )
  if (dimensions === 2 && (above?.member === low.member || above?.member === high.member))
    throw new RapporteurError(
      'BAD_ARGUMENT',
      `${above.name} is named for the second dimension and for the first. The two who fix the first are at 0 on the second; name a third member, or nobody.`,
    )
}

const checkVoted = (
  { members, ballots, votes }: VoteMatrix,
  { votesOf }: PackedVotes,
  { member, name }: Anchor,
  leastVotes: number,
): void => {
  if (member >= 0 && member < members && (votesOf[member] as number) >= leastVotes) return
  const voted = votes.subarray(member * ballots, (member + 1) * ballots).some((vote) => vote !== 0)
  throw new RapporteurError(
    'BAD_ARGUMENT',
    voted
      ? `${name} cast ${votesOf[member]} votes for or against in the ballots that positions are made from; an anchor needs ${leastVotes}. Nobody was placed; name a member who voted more often, or take a longer period.`
      : `${name} cast no vote for or against in these ballots, so nobody can be measured by them. Nobody was placed; name a member who voted, or take another period.`,
  )
}

const checkTogether = (
  { byMember, ballots }: PackedVotes,
  low: Anchor,
  high: Anchor,
  placeOf: (anchor: Anchor) => number,
): void => {
  const m = ballots.length
  const [lowRow, highRow] = [placeOf(low) * m, placeOf(high) * m]
  for (let j = 0; j < m; j++) if (byMember[lowRow + j] !== 0 && byMember[highRow + j] !== 0) return
  throw new RapporteurError(
    'BAD_ARGUMENT',
    `${low.name} and ${high.name} never voted for or against in the same ballot, so nothing says how far they are apart. Nobody was placed; name two members of the same time.`,
  )
}

/** The packed member who fixes the direction of the second dimension. */
const aboveOf = (
  { second, secondError }: AnchoredFit,
  named: (Anchor & { readonly place: number }) | undefined,
): number => {
  if (named === undefined) {
    const sureness = Array.from(second, (value, i) => (value === 0 ? 0 : Math.abs(value) / (secondError[i] as number)))
    return sureness.indexOf(Math.max(...sureness))
  }
  if (Math.abs(second[named.place] as number) > WITHIN_95 * (secondError[named.place] as number)) return named.place
  throw new RapporteurError(
    'BAD_ARGUMENT',
    `The votes do not tell on which side of the first dimension ${named.name} stands. Nobody was placed; name another member for the second dimension, or nobody.`,
  )
}
