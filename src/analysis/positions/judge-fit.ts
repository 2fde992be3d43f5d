import { LOGS, SLOPES, stepOf } from './normal-slopes.js'
import type { PackedVotes } from './pack-votes.js'
import type { ProbitModel } from './probit-model.js'
import { ballotSums, sumBallot } from './sum-ballot.js'

/** How well a model tells the votes it was made from, and how surely it places each member. */
export interface Judgement {
  readonly votes: number
  /** Votes that the model holds more likely than their contrary. */
  readonly correct: number
  /** Votes in the minority of their ballot: what somebody gets wrong who always says what most did. */
  readonly minority: number
  readonly logLikelihood: number
  /** The variance of each member's position, as three numbers a member: first, both, second. */
  readonly variances: Float64Array
}

/**
 * Judges a model by its votes. A member's variance is from the curvature of the likelihood in this member's position where
 * each ballot may follow it and the other members stay; with the ballots held too, it would come out too small where
 * members are few, as each member has a part in what a ballot seems to ask.
 */
export const judgeFit = (packed: PackedVotes, model: ProbitModel, dimensions: 1 | 2): Judgement => {
  const { byMember } = packed
  const { first, second, asks, dividesFirst, dividesSecond } = model
  const [n, m] = [first.length, asks.length]
  const loose = ballotVariances(packed, model)
  const variances = new Float64Array(3 * n)
  let [votes, correct, logLikelihood] = [0, 0, 0]
  for (let i = 0, cell = 0; i < n; i++) {
    const x = first[i] as number
    const y = second[i] as number
    let [hxx, hxy, hyy] = [1, 0, 1]
    for (let j = 0; j < m; j++, cell++) {
      const vote = byMember[cell] as number
      if (vote === 0) continue
      const b = dividesFirst[j] as number
      const c = dividesSecond[j] as number
      const t = vote * ((asks[j] as number) + b * x + c * y)
      const step = stepOf(t)
      const below = step | 0
      const share = step - below
      const slope = (SLOPES[below] as number) * (1 - share) + (SLOPES[below + 1] as number) * share
      logLikelihood += (LOGS[below] as number) * (1 - share) + (LOGS[below + 1] as number) * share
      votes++
      if (t > 0) correct++
      const weight = slope * (slope + t)
      const pull = vote * slope
      // How the slope in each dimension changes with what the ballot asks and with how it divides.
      const [x0, x1, x2] = [weight * b, weight * b * x - pull, weight * b * y]
      const [y0, y1, y2] = [weight * c, weight * c * x, weight * c * y - (dimensions === 2 ? pull : 0)]
      const [v00, v01, v02] = [loose[6 * j] as number, loose[6 * j + 1] as number, loose[6 * j + 2] as number]
      const [v11, v12, v22] = [loose[6 * j + 3] as number, loose[6 * j + 4] as number, loose[6 * j + 5] as number]
      const [z0, z1, z2] = [
        v00 * x0 + v01 * x1 + v02 * x2,
        v01 * x0 + v11 * x1 + v12 * x2,
        v02 * x0 + v12 * x1 + v22 * x2,
      ]
      hxx += weight * b * b - (z0 * x0 + z1 * x1 + z2 * x2)
      hxy += weight * b * c - (z0 * y0 + z1 * y1 + z2 * y2)
      hyy +=
        weight * c * c -
        (v00 * y0 * y0 + v11 * y1 * y1 + v22 * y2 * y2 + 2 * (v01 * y0 * y1 + v02 * y0 * y2 + v12 * y1 * y2))
    }
    const determinant = hxx * hyy - hxy * hxy
    // Where a fit has not converged the curve may bend the wrong way; then the votes say no more than was known before.
    const bends = hxx > 0 && determinant > 0
    variances[3 * i] = bends ? hyy / determinant : 1
    variances[3 * i + 1] = bends ? -hxy / determinant : 0
    variances[3 * i + 2] = bends ? hxx / determinant : 1
  }
  return { votes, correct, minority: countMinority(packed), logLikelihood, variances }
}

/** The variances of what each ballot asks and how it divides given the positions: six numbers a ballot, 00 to 22. */
const ballotVariances = (packed: PackedVotes, model: ProbitModel): Float64Array => {
  const m = model.asks.length
  const variances = new Float64Array(6 * m)
  const sums = ballotSums()
  for (let j = 0; j < m; j++) {
    sumBallot(packed, model, j, sums)
    const [a, b, c, d, e, f] = sums.curve as unknown as readonly [number, number, number, number, number, number]
    const [aa, bb, cc] = [d * f - e * e, c * e - b * f, b * e - c * d]
    const determinant = a * aa + b * bb + c * cc
    variances.set(
      [aa, bb, cc, a * f - c * c, b * c - a * e, a * d - b * b].map((part) => part / determinant),
      6 * j,
    )
  }
  return variances
}

const countMinority = ({ byBallot, members, ballots }: PackedVotes): number => {
  const n = members.length
  let minority = 0
  for (let j = 0, cell = 0; j < ballots.length; j++) {
    let sum = 0
    let cast = 0
    for (let i = 0; i < n; i++, cell++) {
      const vote = byBallot[cell] as number
      sum += vote
      cast += vote * vote
    }
    minority += (cast - Math.abs(sum)) / 2
  }
  return minority
}
