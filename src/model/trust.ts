/**
 * The order of trust: where sources give different values for the same thing, the value of the source with the higher
 * number is shown. The body's own records come before data sets made from them, and those before reports.
 */
const TRUST: readonly (readonly [prefix: string, trust: number])[] = [
  ['source:ep-', 30],
  ['source:howtheyvote', 20],
]
const REPORTS = 10

/** How far a source is trusted, by its id. */
export const trustOf = (source: string): number => TRUST.find(([prefix]) => source.startsWith(prefix))?.[1] ?? REPORTS
