import type { LinkShape } from '../model/graph-shape.js'
import type { ColumnOf, Hop, Predicate, Related } from './predicate.js'
import type { Value } from './values.js'

/** What is asked of many rows together: how many there are of each kind, and sums of the numbers that they have. */
export interface Figures {
  readonly from: FiguresFrom
  /** The node types of the rows; none for links. */
  readonly types: readonly string[]
  readonly where: Predicate
  /** Of what rows are counted for which it is not known whether they are among those; null where nobody asks. */
  readonly undecided: Predicate | null
  /** Rows with the same keys are of one kind. */
  readonly keys: readonly FigureKey[]
  readonly measures: readonly Measure[]
  /** How many rows a kind must have to be shown; null for any. */
  readonly atLeast: number | null
  /** By the number of rows, or by all keys; afterwards always by all keys. */
  readonly order: readonly { readonly by: 'count' | 'keys'; readonly descending: boolean }[]
  readonly first: number
  /** How many kinds come before the page; null for none. */
  readonly after: Value | null
  /** What its cursors begin with. */
  readonly mark: string
}

/** Where the rows come from: all records of these types or all links, or what a step over links leads to. */
export type FiguresFrom =
  | { readonly kind: 'scan'; readonly types: readonly string[] }
  | { readonly kind: 'hop'; readonly hop: Hop; readonly types: readonly string[] }
  | { readonly kind: 'links'; readonly link: LinkShape }

/** A column, of the row or of what single neighbours lead to; of a day the year or month, where that is asked. */
export interface FigureKey {
  readonly over: readonly Related[]
  readonly column: ColumnOf
  /** How many characters of a day are kept; null for all of any value. */
  readonly length: 4 | 7 | 10 | null
}

export interface Measure {
  readonly is: 'sum' | 'min' | 'max' | 'known'
  readonly column: ColumnOf
}

/** Under which names a client gets figures. */
export interface FiguresEntry {
  readonly as: string
  readonly value:
    | { readonly kind: 'constant'; readonly text: string }
    | { readonly kind: 'rows'; readonly entries: readonly KindEntry[] }
    /** How many kinds there are, how many of them have too few rows to be shown, and how many rows all have. */
    | { readonly kind: 'kindCount' | 'suppressed' | 'totalCount' | 'undecidedCount' }
    | { readonly kind: 'number'; readonly number: number }
    | {
        readonly kind: 'pageInfo'
        readonly fields: readonly { readonly as: string; readonly name: string }[]
      }
}

/** A part of what is given of one kind. */
export interface KindEntry {
  readonly as: string
  readonly value:
    | { readonly kind: 'constant'; readonly text: string }
    | { readonly kind: 'object'; readonly entries: readonly KindEntry[] }
    | { readonly kind: 'key'; readonly key: number }
    | { readonly kind: 'count' | 'share' }
    | { readonly kind: 'measure'; readonly measure: number }
    | { readonly kind: 'mean'; readonly sum: number; readonly known: number }
}

/** A text that is the same for the same way. */
export const nameOfWay = (way: readonly Related[]): string =>
  way
    .map((each) => {
      if (each.kind === 'hop')
        return `${each.hop.link.name} ${each.hop.direction} ${JSON.stringify(each.hop.only)} ${each.types.join()}`
      return each.kind === 'reference'
        ? `reference ${each.column.name}`
        : `${each.kind} ${each.kind === 'end' ? each.end : ''}`
    })
    .join(' / ')
