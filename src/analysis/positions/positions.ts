import type { VoteMatrix } from './pack-votes.js'

/** Cells of members × ballots above which a question must be narrowed: a term of a large parliament is less. */
export const MOST_CELLS = 20_000_000
/** Fewer members, or ballots for each dimension, place nobody. */
export const LEAST_MEMBERS = 10
export const LEAST_BALLOTS = 20
/** By how many standard errors two members are to be apart, for others to be measured by their distance. */
export const LEAST_APART = 4

/** A member by whom positions are measured: the number in the matrix, and the name that a refusal calls them by. */
export interface Anchor {
  readonly member: number
  readonly name: string
}

export interface PositionsAsked extends VoteMatrix {
  readonly dimensions: 1 | 2
  /** Who stands at -1 on the first dimension, and who at 1. */
  readonly low: Anchor
  readonly high: Anchor
  /** Who stands above 0 on the second; without one, the member who is most surely off the line of the two others. */
  readonly above?: Anchor | undefined
  /** Ballots with a smaller share of votes in the minority are left out; 0.025 if not said. */
  readonly leastMinority?: number
  /** Members with fewer votes in the ballots that are used are not placed; 20 if not said. */
  readonly leastVotes?: number
}

/** A position, and the interval in which the true one lies in about 95 of 100 cases if votes come about as the model says. */
export interface Position {
  readonly value: number
  readonly low: number
  readonly high: number
}

export interface MemberPosition {
  /** Votes for and against in the ballots that are used. */
  readonly votes: number
  /** One for each dimension; null where there is none. */
  readonly positions: readonly Position[] | null
  /** Why there is none. */
  readonly why: string | null
}

export interface Positions {
  /** By their numbers in the matrix. */
  readonly members: readonly MemberPosition[]
  readonly placed: number
  /** Ballots that positions were made from, and why others were not. */
  readonly ballots: number
  readonly leftOut: readonly { readonly reason: 'LOPSIDED' | 'UNANIMOUS'; readonly count: number }[]
  /** The member above 0 on the second dimension who decided which way is up; null with one dimension. */
  readonly above: number | null
  /** Votes for and against that positions were made from; those classified correctly; those in their ballot's minority. */
  readonly votes: number
  readonly correct: number
  readonly minority: number
  /** correct / votes. */
  readonly classified: number
  /** Aggregate proportional reduction in error: (minority - (votes - correct)) / minority. */
  readonly apre: number
  readonly logLikelihood: number
  readonly iterations: number
  readonly converged: boolean
}
