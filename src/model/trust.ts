/**
 * The order of trust: where sources give different values for the same thing, the value of the source with the higher
 * number is shown. The body's record of a procedure comes first, then the data set made from all of its roll calls.
 * Its single documents come after that, because what they say of a ballot or a person in passing is often partial; then
 * reports; and what machines coded from reports comes last.
 */
const TRUST: readonly (readonly [prefix: string, trust: number])[] = [
  ['source:ep-procedure-', 30],
  ['source:howtheyvote', 20],
  ['source:ep-', 15],
  ['source:gdelt-events', 5],
  ['source:icews', 5],
  ['source:plover-records', 5],
  ['source:polecat', 5],
]
const REPORTS = 10

/** Above 0 where the first source is trusted more, 0 where both are alike; never because of when they were imported. */
export const compareTrust = (a: string, b: string): number => trustOf(a) - trustOf(b)

const trustOf = (source: string): number => TRUST.find(([prefix]) => source.startsWith(prefix))?.[1] ?? REPORTS
