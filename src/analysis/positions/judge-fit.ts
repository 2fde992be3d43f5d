import { LOGS, SLOPES, stepOf } from './normal-slopes.js'
import type { PackedVotes } from './pack-votes.js'
import type { ProbitModel } from './probit-model.js'

/** How well a model tells the votes it was made from, and how surely it places each member. */
export interface Judgement {
  readonly votes: number
  /** Votes that the model holds more likely than their contrary. */
  readonly correct: number
  /** Votes in the minority of their ballot: what somebody gets wrong who always says what most did. */
  readonly minority: number
  readonly logLikelihood: number
  /** The variance of each member's position given the ballots, as three numbers a member: first, both, second. */
  readonly variances: Float64Array
}

export const judgeFit = ({ byMember, byBallot }: PackedVotes, model: ProbitModel): Judgement => {
  const { first, second, asks, dividesFirst, dividesSecond } = model
  const [n, m] = [first.length, asks.length]
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
      hxx += weight * b * b
      hxy += weight * b * c
      hyy += weight * c * c
    }
    const determinant = hxx * hyy - hxy * hxy
    variances[3 * i] = hyy / determinant
    variances[3 * i + 1] = -hxy / determinant
    variances[3 * i + 2] = hxx / determinant
  }
  let minority = 0
  for (let j = 0, cell = 0; j < m; j++) {
    let sum = 0
    let cast = 0
    for (let i = 0; i < n; i++, cell++) {
      const vote = byBallot[cell] as number
      sum += vote
      cast += vote * vote
    }
    minority += (cast - Math.abs(sum)) / 2
  }
  return { votes, correct, minority, logLikelihood, variances }
}
