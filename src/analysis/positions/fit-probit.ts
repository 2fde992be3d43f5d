import { firstGuess } from './first-guess.js'
import { SLOPES, stepOf } from './normal-slopes.js'
import type { PackedVotes } from './pack-votes.js'
import type { ProbitModel } from './probit-model.js'
import { rebalance } from './rebalance.js'
import { ballotSums, sumBallot } from './sum-ballot.js'

/** The longest step of a position, in spreads, and of a ballot: what is almost certain would else be overshot. */
const LONGEST = 1

interface ProbitFit extends ProbitModel {
  readonly iterations: number
  readonly converged: boolean
}

/**
 * The most probable positions and ballots, found by turns: given the positions each ballot is a probit regression on them,
 * given the ballots each member is one on what they ask, and each takes one Newton step a turn. It has converged when no
 * position moves by more than `tolerance`, as a share of the spread of positions.
 */
export const fitProbit = (
  votes: PackedVotes,
  dimensions: 1 | 2,
  { tolerance, mostIterations }: { readonly tolerance: number; readonly mostIterations: number },
): ProbitFit => {
  const [n, m] = [votes.members.length, votes.ballots.length]
  const [first = new Float64Array(n), second = new Float64Array(n)] = firstGuess(votes, dimensions)
  const none = () => new Float64Array(m)
  const model = { first, second, asks: none(), dividesFirst: none(), dividesSecond: none() }
  // From nothing, ballots take some steps to fit the first guess.
  for (let turn = 0; turn < 4; turn++) stepBallots(votes, model)
  let iterations = 0
  let moved = Number.POSITIVE_INFINITY
  while (iterations < mostIterations && moved > tolerance) {
    rebalance(model, dimensions)
    moved = stepMembers(votes, model)
    stepBallots(votes, model)
    iterations++
  }
  return { ...model, iterations, converged: moved <= tolerance }
}

const atMost = (step: number): number => Math.max(-LONGEST, Math.min(LONGEST, step))

/** One Newton step of every ballot. */
const stepBallots = (votes: PackedVotes, model: ProbitModel): void => {
  const { asks, dividesFirst, dividesSecond } = model
  const sums = ballotSums()
  for (let j = 0; j < asks.length; j++) {
    sumBallot(votes, model, j, sums)
    const { slope, curve } = sums
    // Cholesky's way with three unknowns.
    const l11 = Math.sqrt(curve[0] as number)
    const l21 = (curve[1] as number) / l11
    const l31 = (curve[2] as number) / l11
    const l22 = Math.sqrt((curve[3] as number) - l21 * l21)
    const l32 = ((curve[4] as number) - l31 * l21) / l22
    const l33 = Math.sqrt((curve[5] as number) - l31 * l31 - l32 * l32)
    const u1 = (slope[0] as number) / l11
    const u2 = ((slope[1] as number) - l21 * u1) / l22
    const u3 = ((slope[2] as number) - l31 * u1 - l32 * u2) / l33
    const third = u3 / l33
    const second = (u2 - l32 * third) / l22
    const first = (u1 - l21 * second - l31 * third) / l11
    asks[j] = (asks[j] as number) + atMost(first)
    dividesFirst[j] = (dividesFirst[j] as number) + atMost(second)
    dividesSecond[j] = (dividesSecond[j] as number) + atMost(third)
  }
}

/** One Newton step of every member. Returns the longest. */
const stepMembers = ({ byMember }: PackedVotes, model: ProbitModel): number => {
  const { first, second, asks, dividesFirst, dividesSecond } = model
  const m = asks.length
  let square = 0
  for (const x of first) square += (x * x) / first.length
  const spread = Math.sqrt(square)
  let longest = 0
  for (let i = 0, cell = 0; i < first.length; i++) {
    const x = first[i] as number
    const y = second[i] as number
    let [gx, gy, hxx, hxy, hyy] = [-x, -y, 1, 0, 1]
    for (let j = 0; j < m; j++, cell++) {
      const vote = byMember[cell] as number
      if (vote === 0) continue
      const b = dividesFirst[j] as number
      const c = dividesSecond[j] as number
      const t = vote * ((asks[j] as number) + b * x + c * y)
      const step = stepOf(t)
      const below = step | 0
      const lower = SLOPES[below] as number
      const slope = lower + (step - below) * ((SLOPES[below + 1] as number) - lower)
      const pull = vote * slope
      const weight = slope * (slope + t)
      gx += pull * b
      gy += pull * c
      hxx += weight * b * b
      hxy += weight * b * c
      hyy += weight * c * c
    }
    const determinant = hxx * hyy - hxy * hxy
    const dx = atMost((hyy * gx - hxy * gy) / determinant / spread) * spread
    const dy = atMost((hxx * gy - hxy * gx) / determinant / spread) * spread
    first[i] = x + dx
    second[i] = y + dy
    longest = Math.max(longest, Math.abs(dx) / spread, Math.abs(dy) / spread)
  }
  return longest
}
