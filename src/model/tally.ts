import type { Values } from './records.js'

/** The numbers of a ballot, in votes; `didNotVote` are members who were entitled and did not. */
export interface Tally {
  readonly for: number
  readonly against: number
  readonly abstention: number
  readonly didNotVote: number
}

/** The options of a vote, in the order in which a tally names them. */
export const OPTIONS = ['FOR', 'AGAINST', 'ABSTENTION', 'DID_NOT_VOTE'] as const

/** The columns of a record's embedded tally; those who voted are for, against and abstentions together. */
export const tallyColumns = (tally: Tally): Values => ({
  tallyFor: tally.for,
  tallyAgainst: tally.against,
  tallyAbstention: tally.abstention,
  tallyVoting: tally.for + tally.against + tally.abstention,
  tallyDidNotVote: tally.didNotVote,
})

/** Reads a record's embedded tally; null where one of for, against and abstentions is not known. `didNotVote` is null where unknown. */
export const tallyOf = (
  values: Values,
): (Omit<Tally, 'didNotVote'> & { readonly didNotVote: number | null }) | null => {
  const { tallyFor, tallyAgainst, tallyAbstention, tallyDidNotVote } = values
  if (typeof tallyFor !== 'number' || typeof tallyAgainst !== 'number' || typeof tallyAbstention !== 'number')
    return null
  return {
    for: tallyFor,
    against: tallyAgainst,
    abstention: tallyAbstention,
    didNotVote: typeof tallyDidNotVote === 'number' ? tallyDidNotVote : null,
  }
}

/** The sum of two tallies. */
export const addTallies = (a: Tally, b: Tally): Tally => ({
  for: a.for + b.for,
  against: a.against + b.against,
  abstention: a.abstention + b.abstention,
  didNotVote: a.didNotVote + b.didNotVote,
})

/** A tally as messages say it: `589 for, 35 against, 47 abstentions, 34 did not vote`. */
export const sayTally = (tally: Omit<Tally, 'didNotVote'> & { readonly didNotVote: number | null }): string => {
  const voted = `${tally.for} for, ${tally.against} against, ${tally.abstention} abstentions`
  return tally.didNotVote === null ? voted : `${voted}, ${tally.didNotVote} did not vote`
}
