import { SLOPES, stepOf } from './normal-slopes.js'
import type { PackedVotes } from './pack-votes.js'
import { BALLOT_PRECISION, type ProbitModel } from './probit-model.js'

/** How steep the log of a ballot's probability is in what it asks and how it divides, and how it curves: by twos, 00 to 22. */
interface BallotSums {
  readonly slope: Float64Array
  readonly curve: Float64Array
}

/** Where sums go; made once, since ballots are summed thousands of times. */
export const ballotSums = (): BallotSums => ({ slope: new Float64Array(3), curve: new Float64Array(6) })

export const sumBallot = ({ byBallot }: PackedVotes, model: ProbitModel, j: number, sums: BallotSums): void => {
  const { first, second } = model
  const a = model.asks[j] as number
  const b = model.dividesFirst[j] as number
  const c = model.dividesSecond[j] as number
  let [ga, gb, gc] = [-a * BALLOT_PRECISION, -b * BALLOT_PRECISION, -c * BALLOT_PRECISION]
  let [haa, hbb, hcc] = [BALLOT_PRECISION, BALLOT_PRECISION, BALLOT_PRECISION]
  let [hab, hac, hbc] = [0, 0, 0]
  const n = first.length
  for (let i = 0, cell = j * n; i < n; i++, cell++) {
    const vote = byBallot[cell] as number
    if (vote === 0) continue
    const x = first[i] as number
    const y = second[i] as number
    const t = vote * (a + b * x + c * y)
    const step = stepOf(t)
    const below = step | 0
    const lower = SLOPES[below] as number
    const slope = lower + (step - below) * ((SLOPES[below + 1] as number) - lower)
    const pull = vote * slope
    const weight = slope * (slope + t)
    ga += pull
    gb += pull * x
    gc += pull * y
    haa += weight
    hab += weight * x
    hac += weight * y
    hbb += weight * x * x
    hbc += weight * x * y
    hcc += weight * y * y
  }
  const { slope, curve } = sums
  slope[0] = ga
  slope[1] = gb
  slope[2] = gc
  curve[0] = haa
  curve[1] = hab
  curve[2] = hac
  curve[3] = hbb
  curve[4] = hbc
  curve[5] = hcc
}
