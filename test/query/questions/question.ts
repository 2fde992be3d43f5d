/** A question with what it has to be answered, on every engine. */
export type Question = {
  /** The question in plain English. */
  readonly asks: string
  readonly question: string
  readonly variables?: Readonly<Record<string, unknown>>
} & (
  | { readonly answer: object }
  /** What is answered page by page: `$after` is the `endCursor` of the page before, which is not compared. */
  | { readonly pages: readonly object[] }
  /** The code with which it is refused; the message, where it says what matters. */
  | { readonly refusal: { readonly code: string; readonly message?: string } }
)

/** The questions of a theme. */
export interface Questions {
  /** Of the seed alone. */
  readonly seed: readonly Question[]
  /** Of the synthetic assembly that `synthetic-assembly.ts` makes up. */
  readonly made: readonly Question[]
  /** Of the seed and the real records that `real-graph.ts` adds to it. */
  readonly real: readonly Question[]
}
