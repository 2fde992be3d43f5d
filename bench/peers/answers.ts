/** What answers have in common, under the names that the questions ask for. */
export interface Named {
  readonly id: string
  readonly name: string
}
export interface Group {
  readonly id: string
  readonly shortName: string | null
}
export interface Tallied {
  readonly votesFor: number | null
  readonly votesAgainst: number | null
  readonly abstentions: number | null
}
export interface Titled {
  readonly id: string
  readonly title: string | null
  readonly date: string | null
  readonly result: string | null
}
export type Ballot = Titled & Tallied
export type Count = Tallied & { readonly group: Group | null | undefined }
export interface List<T> {
  readonly nodes: readonly T[]
}

export const titled = ({ id, title, date, result }: Titled) => [id, title, date, result]
const tally = ({ votesFor, votesAgainst, abstentions }: Tallied) => [votesFor, votesAgainst, abstentions]
export const ballot = (each: Ballot) => [...titled(each), ...tally(each)]
export const names = (all: readonly Named[]) => unordered(all.map(({ id, name }) => [id, name]))
export const counts = (all: readonly Count[]) =>
  unordered(all.map((each) => [each.group?.id, each.group?.shortName, ...tally(each)]))

/** Rows whose order is not asked for, in one that all arms share. */
export const unordered = <T>(rows: readonly T[]): readonly T[] =>
  rows
    .map((row) => [JSON.stringify(row), row] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row)

/** The first and the last day of a year. */
export const daysOf = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` })
