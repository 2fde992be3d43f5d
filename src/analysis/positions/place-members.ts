import { type AnchoredFit, anchorFit } from './anchor-fit.js'
import { fitProbit } from './fit-probit.js'
import { judgeFit } from './judge-fit.js'
import { type PackedVotes, packVotes } from './pack-votes.js'
import type { Anchor, MemberPosition, Position, Positions, PositionsAsked } from './positions.js'
import {
  refuseApart,
  refuseAsked,
  refuseFew,
  refuseFlat,
  refuseNear,
  refuseSilent,
  refuseUndecided,
} from './refuse-asked.js'
import { tiedMembers } from './tied-members.js'

/** Standard errors on each side of the mean that hold 95 % of a normal distribution. */
const WITHIN_95 = 1.959964
const TOLERANCE = 1e-4
const MOST_ITERATIONS = 300
/** What all iterations together may read; half a minute's work. */
const MOST_CELLS_READ = 2_000_000_000

/**
 * Places members by how they voted, measured from two of them: a probit model of item response theory. The same votes give
 * the same positions, to the last digit. What these votes cannot tell is refused; a member they cannot place is told why.
 */
export const placeMembers = (asked: PositionsAsked): Positions => {
  const { dimensions, low, high, above: named, leastMinority = 0.025, leastVotes = 20 } = asked
  refuseAsked(asked)
  const least = { leastMinority, leastVotes: Math.max(1, leastVotes) }
  const whole = packVotes(asked, least)
  const anchors = [low, high, ...(dimensions === 2 && named ? [named] : [])]
  for (const anchor of anchors) refuseSilent(asked, whole, anchor, least.leastVotes)
  refuseFew(asked, whole, least)
  refuseApart(whole, asked, (anchor) => whole.members.indexOf(anchor.member))
  const untied = untiedMembers(whole, low)
  const votes = untied.size === 0 ? whole : packVotes(silenced(asked, untied), least)
  for (const anchor of anchors) refuseSilent(asked, votes, anchor, least.leastVotes)
  refuseFew(asked, votes, least)

  const placeOf = (anchor: Anchor): number => votes.members.indexOf(anchor.member)
  const mostIterations = Math.min(MOST_ITERATIONS, Math.ceil(MOST_CELLS_READ / votes.byMember.length))
  const fit = fitProbit(votes, dimensions, { tolerance: TOLERANCE, mostIterations })
  refuseFlat(fit)
  const judged = judgeFit(votes, fit, dimensions)
  const anchored = anchorFit(fit, judged.variances, dimensions, { low: placeOf(low), high: placeOf(high) })
  refuseNear(anchored, asked)
  const above = dimensions === 1 ? null : named === undefined ? surest(anchored) : placeOf(named)
  if (named !== undefined && above !== null && !isOffLine(anchored, above)) refuseUndecided(named.name)
  const { correct, minority } = judged

  const members: MemberPosition[] = Array.from(whole.votesOf, (count, member) => ({
    votes: count,
    positions: null,
    why: untied.has(member) ? `No ballot ties these votes to those of ${low.name}.` : tooFew(count, least.leastVotes),
  }))
  votes.members.forEach((member, i) => {
    const positions = positionsOf(anchored, i, dimensions, above)
    members[member] = { votes: votes.votesOf[member] as number, positions, why: null }
  })
  return {
    members,
    placed: votes.members.length,
    ballots: votes.ballots.length,
    leftOut: [
      { reason: 'LOPSIDED' as const, count: votes.lopsided },
      { reason: 'UNANIMOUS' as const, count: votes.unanimous },
    ].filter(({ count }) => count > 0),
    above: above === null ? null : (votes.members[above] as number),
    votes: judged.votes,
    correct,
    minority,
    classified: correct / judged.votes,
    apre: (minority - (judged.votes - correct)) / minority,
    logLikelihood: judged.logLikelihood,
    iterations: fit.iterations,
    converged: fit.converged,
  }
}

/** The members, by their numbers in the matrix, whom no ballot ties to this one. */
const untiedMembers = (votes: PackedVotes, { member }: Anchor): ReadonlySet<number> => {
  const isTied = tiedMembers(votes, votes.members.indexOf(member))
  return new Set(votes.members.filter((_, i) => isTied[i] === 0))
}

/** The matrix without the votes of some members. */
const silenced = (asked: PositionsAsked, silent: ReadonlySet<number>): PositionsAsked => {
  const votes = asked.votes.slice()
  for (const member of silent) votes.fill(0, member * asked.ballots, (member + 1) * asked.ballots)
  return { ...asked, votes }
}

const positionsOf = (
  { first, firstError, second, secondError }: AnchoredFit,
  i: number,
  dimensions: 1 | 2,
  above: number | null,
): readonly Position[] => {
  const at = (value: number, error: number): Position => ({
    value,
    low: value - WITHIN_95 * error,
    high: value + WITHIN_95 * error,
  })
  const along = at(first[i] as number, firstError[i] as number)
  if (dimensions === 1 || above === null) return [along]
  const value = second[i] as number
  return [along, at((second[above] as number) < 0 ? 0 - value : value, secondError[i] as number)]
}

const tooFew = (votes: number, leastVotes: number): string =>
  votes === 0
    ? 'No vote for or against in the ballots that positions are made from.'
    : `${votes} ${votes === 1 ? 'vote' : 'votes'} for or against in the ballots that positions are made from; ${leastVotes} are needed.`

const isOffLine = ({ second, secondError }: AnchoredFit, i: number): boolean =>
  Math.abs(second[i] as number) > WITHIN_95 * (secondError[i] as number)

/** The member who is most surely off the line through the anchors. */
const surest = ({ second, secondError }: AnchoredFit): number => {
  const sureness = Array.from(second, (value, i) => (value === 0 ? 0 : Math.abs(value) / (secondError[i] as number)))
  return sureness.indexOf(Math.max(...sureness))
}
