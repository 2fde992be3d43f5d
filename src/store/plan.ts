import type { Column, OrderKey } from '../model/graph-shape.js'
import type { Figures, FiguresEntry } from './figures.js'
import { asksOthers, type Hop, type Predicate } from './predicate.js'
import type { Value } from './values.js'

/**
 * A plan: what one root field asks of the graph, as plain data. It knows no engine; a printer turns it into one
 * statement. What is computed once for each row stands in *slots*; under which names the client gets it stands in
 * *layouts*, so that aliases and field order need not be part of the statement. Printing for SQLite, which writes the
 * JSON itself, walks along the layout; for Neo4j, whose rows come as lists, along the slots.
 *
 * A plan has holes where a request's variables give a value: it is made and printed once for a document, and bound for
 * each request.
 *
 * Layouts and their entries that are alike are one object, which may stand in many places: a plan is as large as its
 * document, and what walks along its layouts has to go into each object once.
 */
export type Plan =
  | { readonly kind: 'one'; readonly find: Find; readonly shape: Shape; readonly layout: Layout }
  | {
      readonly kind: 'many'
      readonly ids: Value
      readonly length: number
      readonly shape: Shape
      readonly layout: Layout
    }
  | { readonly kind: 'page'; readonly page: Page; readonly entries: readonly PageEntry[] }
  | { readonly kind: 'figures'; readonly figures: Figures; readonly entries: readonly FiguresEntry[] }

/** Looks up one node: by a column that is its own. */
interface Find {
  readonly column: string
  /** Whether it is the id of a record, which may have been merged into another. */
  readonly isId: boolean
  readonly value: Value
}

/** What is computed for each row: for a node of one of these types, and for the link that led to it. */
export interface Shape {
  /** The node types possible, sorted; several for an interface. */
  readonly types: readonly string[]
  /** Sorted by key. */
  readonly slots: readonly Slot[]
}

/** The place of a slot in its shape. */
export const placeOf = ({ slots }: Shape, key: string): number => {
  let [low, high] = [0, slots.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((slots[middle] as Slot).key < key) low = middle + 1
    else high = middle
  }
  return low
}

export const slotOf = (shape: Shape, key: string): Slot => shape.slots[placeOf(shape, key)] as Slot

export type Slot = { readonly key: string } & (
  | { readonly kind: 'id' }
  | { readonly kind: 'updatedAt' }
  /** The version of the graph with which the record last changed. */
  | { readonly kind: 'version' }
  /** Whether the record was created, changed or deleted after a version. */
  | { readonly kind: 'changeKind'; readonly since: number }
  | { readonly kind: 'column'; readonly of: 'node' | 'link'; readonly column: Column }
  /** A single neighbour, over a link. */
  | { readonly kind: 'neighbour'; readonly hop: Hop; readonly shape: Shape }
  /** The node whose id stands in a column of the link. */
  | { readonly kind: 'reference'; readonly column: Column; readonly shape: Shape }
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'figures'; readonly figures: Figures }
)

/** Where the rows of a page come from. */
export type From =
  | { readonly kind: 'scan'; readonly types: readonly string[] }
  | { readonly kind: 'hop'; readonly hop: Hop; readonly types: readonly string[] }
  /** The sources of the row's node, or of the link that led to it. */
  | { readonly kind: 'citations'; readonly of: 'node' | 'link' }

/** A list, or a page of it. */
export interface Page {
  readonly from: From
  readonly where: Predicate
  /** What follows from it for the first key of the order: rows are found by an index that begins and ends there. */
  readonly bounds: Predicate
  /** Total: no two rows are alike in it. */
  readonly order: readonly OrderKey[]
  /** How many rows at most; null for a list that is never cut. */
  readonly first: number | null
  /** What its cursors begin with. */
  readonly mark: string
  /** The order keys of the row after which the page begins. */
  readonly after: readonly Value[] | null
  readonly shape: Shape
  /** What is asked of it beyond what its rows hold. */
  readonly rows: boolean
  readonly cursors: boolean
  readonly totalCount: boolean
  /** Of what rows are counted for which it is not known whether they belong in the list; null where nobody asks. */
  readonly undecided: Predicate | null
  /** Whether more follows, or where the page begins and ends. */
  readonly pageInfo: boolean
}

/** Whether its rows are dear to find, and counted as well, so that they are best found once for both. */
export const isFoundOnce = ({ from, where, rows, pageInfo, totalCount }: Page): boolean =>
  from.kind === 'scan' && totalCount && (rows || pageInfo) && asksOthers(where)

/** Under which names a client gets the fields of a row, for each node type possible. */
export type Layout = ReadonlyMap<string, readonly Entry[]>

export interface Entry {
  readonly as: string
  readonly value: EntryValue
}

export type EntryValue =
  /** A constant text: the name of the type. */
  | { readonly kind: 'constant'; readonly text: string }
  /** The value of a slot: a column's. */
  | { readonly kind: 'value'; readonly slot: string }
  /** A short list of objects, of which these fields are asked. */
  | {
      readonly kind: 'items'
      readonly slot: string
      readonly fields: readonly { readonly as: string; readonly name: string; readonly constant?: string }[]
    }
  /** An object made of columns; null where the column in `presence` is null. */
  | { readonly kind: 'object'; readonly presence: string; readonly entries: readonly Entry[] }
  /** The node in a slot: a neighbour or a reference. */
  | { readonly kind: 'node'; readonly slot: string; readonly layout: Layout }
  /** The figures in a slot. */
  | { readonly kind: 'figures'; readonly slot: string; readonly entries: readonly FiguresEntry[] }
  /** The list in a slot. */
  | { readonly kind: 'page'; readonly slot: string; readonly entries: readonly PageEntry[] }
  /** An edge's `node`: the row itself. */
  | { readonly kind: 'self'; readonly layout: Layout }
  | { readonly kind: 'cursor' }

export interface PageEntry {
  readonly as: string
  readonly value:
    | { readonly kind: 'constant'; readonly text: string }
    | { readonly kind: 'nodes'; readonly layout: Layout }
    | { readonly kind: 'edges'; readonly entries: readonly Entry[] }
    | { readonly kind: 'totalCount' }
    | { readonly kind: 'undecidedCount' }
    | { readonly kind: 'number'; readonly number: number }
    | {
        readonly kind: 'pageInfo'
        readonly fields: readonly { readonly as: string; readonly name: PageInfoField | '__typename' }[]
      }
}

export type PageInfoField = 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor'
