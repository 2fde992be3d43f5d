import type { GraphShape } from '../../model/graph-shape.js'
import type { AnswerOptions, GraphSizes, GraphStore } from '../../store/graph-store.js'
import type { BoundValue, Reading } from '../../store/values.js'
import type { VoteTables } from '../voting/vote-tables.js'

/** What was given, by the names of arguments; what was not is not there. */
export type Given = ReadonlyMap<string, BoundValue>

/** Where an answer is put together. */
export interface Composing {
  readonly store: GraphStore
  readonly shape: GraphShape
  /** What goes with each statement: the end of its time, and whose it is. */
  readonly options: AnswerOptions
  /** The ids of the records that a filter among the arguments asks for; null where none is given. */
  ids(name: string): Promise<Ids | null>
  hasFilter(name: string): boolean
  /** The votes of members. */
  readonly votes: VoteTables
  /** Whether something is asked of the answer, by the names of its fields. */
  asks(...path: readonly string[]): boolean
}

/** What a filter asks for. */
export interface Ids {
  readonly known: readonly string[]
  /** Of which it is not known whether it asks for them. */
  readonly undecided: readonly string[]
}

/** Puts an answer together that no single statement gives. */
export interface Composer {
  /** How texts among its arguments are read; others are taken as they are written. */
  readonly readings: Readonly<Record<string, Reading>>
  /** Whether it looks at what is kept in memory of the graph for some seconds after the graph has moved. */
  readonly isOfMemory?: true
  /** By the names of arguments that are filters: the type of the records that they ask for. */
  readonly filters?: Readonly<Record<string, string>>
  /**
   * Checks the numbers given, and says how many things one place of the answer has at most.
   * @throws RapporteurError `BAD_ARGUMENT`
   */
  atMost(given: (name: string) => unknown): number
  /** How many records and links it looks at, at most, besides those that it gives. */
  price(sizes: GraphSizes, shape: GraphShape): number
  /**
   * Gives the facts, by the names of the schema, and the ids of records.
   * @throws RapporteurError what the store throws
   */
  compose(given: Given, composing: Composing): Promise<unknown>
  /** What it does, in words. */
  words(given: Given): string
}

/** What was given as a text. */
export const textIn = (given: Given, name: string): string | null => (given.get(name) as string | undefined) ?? null

/** What was given as a whole number. */
export const numberIn = (given: Given, name: string, fallback: number): number =>
  (given.get(name) as number | undefined) ?? fallback

/** What was given as a list of words. */
export const wordsIn = (given: Given, name: string): readonly string[] | null => {
  const words = given.get(name)
  return words === undefined || words === null ? null : ([words].flat() as readonly string[])
}
