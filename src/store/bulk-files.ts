import type { GraphShape } from '../model/graph-shape.js'
import type { GraphStore } from './graph-store.js'

/** A table for an engine's bulk import; which tables there are, and their columns, is the engine's to say. */
export interface BulkFile {
  readonly kind: 'nodes' | 'links'
  /** The type of the records or links, as the schema or the engine names it. */
  readonly name: string
  /** What the engine makes of each row: its labels, or the type of the relationship. */
  readonly target: string
  readonly header: readonly string[]
  /** The cells of each row, in the order of the header; null where there is no value, which an empty text is not. */
  rows(): AsyncIterable<readonly (string | null)[]>
}

/** Gives the tables that make up the whole of a store. */
export type BulkFiles = (store: GraphStore, shape: GraphShape) => readonly BulkFile[] | Promise<readonly BulkFile[]>
