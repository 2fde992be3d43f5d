import type { LinkName, StoredLink, StoredNode } from '../model/records.js'
import type { Plan } from './plan.js'

/** A graph kept by an engine. Nothing above this interface knows which. */
export interface GraphStore {
  /** What to call the engine in a message. */
  readonly engine: 'SQLite' | 'Neo4j'
  /** Where it is, without a password: a path or a URI. */
  readonly location: string

  /**
   * Makes tables, indexes and constraints where they are missing; may be called any number of times.
   * @returns whether the store was new: it had no schema of Rapporteur's
   * @throws RapporteurError `STORE_FOREIGN`, `STORE_NEWER`, `STORE_LOCKED`, `STORE_ACCESS`, `UNAVAILABLE`
   */
  prepare(): Promise<{ readonly created: boolean }>

  /**
   * Answers a plan with one statement.
   * @returns the answer in JSON and the statement that gave it
   * @throws RapporteurError `TIMEOUT`, `CANCELLED`, `UNAVAILABLE`
   */
  answer(plan: Plan, options?: AnswerOptions): Promise<Answer>

  /** A session that may write; there is at most one at a time for each store of the embedded engine. */
  writer(): Promise<StoreWriter>

  /** Every node of a type, in no order; with the time of its last change where that is asked. */
  scanNodes(type: string, options?: { readonly updatedAt?: boolean }): AsyncIterable<StoredNode>
  /** Every link of a type, in no order. */
  scanLinks(link: string): AsyncIterable<StoredLink>
  /** The number of nodes of each type and of links of each type. */
  count(): Promise<Readonly<Record<string, number>>>
  /** The editions of sources loaded, by source. */
  editions(): Promise<readonly Edition[]>
  /** The sets of sources that records refer to by number. */
  sourceSets(): Promise<readonly SourceSet[]>
  /** Whether tables, indexes and constraints are as the schema asks: a sentence for each thing that is not. */
  check(): Promise<readonly string[]>
  /** Whether it answers. @throws RapporteurError `UNAVAILABLE` */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface AnswerOptions {
  readonly signal?: AbortSignal | undefined
  /** Milliseconds after which the statement is ended. */
  readonly timeout?: number
}

export interface Answer {
  /** JSON text; in UTF-8 where the engine gives bytes, so that they are sent as they are. */
  readonly json: string | Uint8Array
  readonly statement: Statement
}

/** A statement and its parameters, as sent to the engine. */
export interface Statement {
  readonly text: string
  readonly parameters: readonly unknown[] | Readonly<Record<string, unknown>>
}

/** A set of sources, with where in each. */
export interface SourceSet {
  readonly number: number
  readonly citations: readonly { readonly source: string; readonly locator: string | null }[]
}

/** What was loaded of a source, and whether all of it. */
export interface Edition {
  readonly source: string
  readonly state: 'importing' | 'complete'
  readonly importer: string
  readonly contentHash: string | null
  readonly importedAt: string
}

/** What a batch writes, all of it or nothing. Nodes come before the links that need them. */
export interface Changes {
  readonly sourceSets: readonly SourceSet[]
  readonly insertNodes: readonly StoredNode[]
  readonly updateNodes: readonly StoredNode[]
  readonly insertLinks: readonly StoredLink[]
  readonly updateLinks: readonly StoredLink[]
  readonly deleteLinks: readonly LinkName[]
  readonly edition?: Edition
}

/** Reads what is stored before it is changed, and writes in batches. */
export interface StoreWriter {
  /** The nodes stored under these ids, of whatever type. */
  nodes(ids: readonly string[]): Promise<ReadonlyMap<string, StoredNode>>
  /** The links stored under these names, in their order; null for each that is not there. */
  links(names: readonly LinkName[]): Promise<readonly (StoredLink | null)[]>
  /**
   * Writes a batch in one transaction; on return it is on disk.
   * @throws RapporteurError `BAD_INPUT` for a link whose end does not exist; nothing of the batch is written then
   */
  write(changes: Changes, updatedAt: string): Promise<void>
  /** Ends the session; another may write then. */
  close(): Promise<void>
}
