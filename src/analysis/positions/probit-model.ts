/** Before a vote is seen, what a ballot asks and how it divides vary by 5 where positions vary by 1. */
export const BALLOT_PRECISION = 1 / 25

/** A model of votes: the probability of a vote for is Φ(asks + divides · position). With one dimension the second is 0. */
export interface ProbitModel {
  readonly first: Float64Array
  readonly second: Float64Array
  readonly asks: Float64Array
  readonly dividesFirst: Float64Array
  readonly dividesSecond: Float64Array
}
