/** What a tool answers, as `structuredContent`. */
export interface ToolResult {
  /** The answer to the document, or null; a record's `sources` are the numbers of `sources` below, with the locator. */
  readonly data: Readonly<Record<string, unknown>> | null
  /** How many records there are in all, where the answer is a list; null where it is none, or where it is not known. */
  readonly total: number | null
  /** Of how many records it is not known whether they belong to the list; null where the answer is no such list. */
  readonly undecided: number | null
  /** Whether `data` is all there is; null where the document does not ask for what would tell. */
  readonly complete: boolean | null
  /** Goes on from here, as `after`; null where nothing follows. */
  readonly next: string | null
  /** When the graph last changed. */
  readonly asOf: string | null
  /** The version of the graph that was asked. */
  readonly dataVersion: number | null
  readonly sources: readonly NumberedSource[]
  /** How many more sources there are than `sources` names. */
  readonly moreSources: number
  /** Of how many of the records that were counted `sources` are; null where they are those of all that is given. */
  readonly sourcesOf: { readonly first: number; readonly of: number } | null
  /** The days between which the graph holds ballots, where some beyond them were asked for; null elsewhere. */
  readonly covered: Coverage | null
  /** An address that asks the same again. */
  readonly link: string | null
  /** Why there is no answer, or none that is not empty. */
  readonly reason: Reason | null
}

export interface Coverage {
  readonly from: string
  readonly to: string
}

export interface NumberedSource {
  readonly number: number
  readonly id: string
  readonly title: string | null
  readonly url: string | null
  readonly license: string | null
  /** Where in it what is answered stands, as far as it says; the first few. */
  readonly locators: readonly string[]
}

/** Why there is nothing: one of the codes below, or the code of an error. */
export interface Reason {
  readonly code: string
  readonly sentence: string
  /** What comes nearest to what was asked. */
  readonly nearest: readonly Nearest[]
}

export interface Nearest {
  readonly id: string
  readonly type: string
  readonly name: string | null
}

const text = { type: ['string', 'null'] }
const whole = { type: ['integer', 'null'] }

/** The same in JSON Schema, for every tool; as short as it can be, since a client may put it before its model once a tool. */
export const OUTPUT_SCHEMA = {
  type: 'object',
  properties: {
    data: { type: ['object', 'null'] },
    total: whole,
    undecided: whole,
    complete: { type: ['boolean', 'null'] },
    next: text,
    asOf: text,
    dataVersion: whole,
    sources: { type: 'array', items: { type: 'object' } },
    link: text,
    reason: { type: ['object', 'null'] },
  },
  required: ['data', 'total', 'undecided', 'complete', 'asOf', 'dataVersion', 'sources', 'link', 'reason'],
} as const
