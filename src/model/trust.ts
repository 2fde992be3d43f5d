/**
 * The order of trust: where sources give different values for the same thing, the value of the source with the higher
 * number is shown. The body's own records come before data sets made from them, and those before reports.
 */
const TRUST: readonly (readonly [prefix: string, trust: number])[] = [
  ['source:ep-', 30],
  ['source:howtheyvote', 20],
]
const REPORTS = 10

/** Above 0 where the first source is trusted more, 0 where they are the same; never because of when they were imported. */
export const compareTrust = (a: string, b: string): number => {
  if (a === b) return 0
  const [ofA, ofB] = [trustOf(a), trustOf(b)]
  return ofA === ofB ? (a < b ? 1 : -1) : ofA - ofB
}

const trustOf = (source: string): number => TRUST.find(([prefix]) => source.startsWith(prefix))?.[1] ?? REPORTS
