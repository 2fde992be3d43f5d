/** What a tool's result has under `structuredContent`. */
export interface Answered {
  readonly data: Data
  readonly total: number | null
  readonly undecided: number | null
  readonly complete: boolean | null
  readonly next: string | null
  readonly asOf: string | null
  readonly dataVersion: number | null
  readonly sources: readonly { readonly number: number; readonly id: string; readonly license: string | null }[]
  readonly link: string | null
  readonly reason: {
    readonly code: string
    readonly sentence: string
    readonly nearest: readonly { readonly id: string }[]
  } | null
}

/** What an answer holds; a question knows what it looks at. */
// biome-ignore lint/suspicious/noExplicitAny: the answers of a dozen documents have no one type.
type Data = any

/** A tool and what it is given. */
export type Call = readonly [tool: string, args: Readonly<Record<string, unknown>>]

/** A question that a script can answer by calling tools, each with what the answers before it gave. */
export interface Question {
  readonly asks: string
  /** How the answer was found without the program: by which rows of the published files, or by reading. */
  readonly from: string
  /** At most three. */
  readonly calls: readonly (Call | ((seen: readonly Answered[]) => Call))[]
  readonly read: (last: Answered, seen: readonly Answered[]) => unknown
  readonly answer: unknown
}

/** A call that has no answer, and the reason that it must be given. */
export interface Trap {
  readonly asks: string
  readonly call: Call
  readonly code: string
  /** What the reason says. */
  readonly says?: RegExp
  /** An id that is named as near. */
  readonly nearest?: string
}

/** The id of the first hit of a search. */
export const firstHit = ({ data }: Answered): string => data.search[0].node.id
