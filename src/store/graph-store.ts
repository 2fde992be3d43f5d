import type { Gone } from '../gone.js'
import type { CheckedValues, LinkName, StoredLink, StoredNode } from '../model/records.js'
import type { Citations, Voice } from '../model/voices.js'
import type { Plan } from './plan.js'
import type { Bound } from './values.js'

/** A graph kept by an engine. Nothing above this interface knows which. */
export interface GraphStore {
  /** What to call the engine in a message. */
  readonly engine: 'SQLite' | 'Neo4j'
  /** Where it is, without a password: a path or a URI. */
  readonly location: string

  /**
   * Makes tables, indexes and constraints where they are missing; may be called any number of times.
   * @throws RapporteurError `STORE_MISSING` where there is none and none may be made, `STORE_FOREIGN`, `STORE_DAMAGED`, `STORE_NEWER`, `STORE_LOCKED`, `STORE_ACCESS`, `STORE_REFUSES`, `UNAVAILABLE`
   */
  prepare(options?: PrepareStoreOptions): Promise<PreparedStore>

  /**
   * Answers a plan with one statement.
   * @throws RapporteurError `TIMEOUT`, `CANCELLED`, `UNAVAILABLE`
   */
  answer(plan: Plan, options?: AnswerOptions): Promise<Answer>

  /**
   * The records that a search may be about: those with a key of each group, the first of them by rank.
   * @throws RapporteurError `TIMEOUT`, `CANCELLED`, `UNAVAILABLE`
   */
  searchCandidates(query: KeyQuery, options?: AnswerOptions): Promise<readonly SearchCandidate[]>
  /** Every word by which a record is found, with spaces between; a word stays when its last record has gone. */
  searchWords(): Promise<string>

  /**
   * The links at some nodes of one type. Of each step at most so many at each node: where one has more, which of them are
   * given is not said.
   * @throws RapporteurError `TIMEOUT`, `CANCELLED`, `UNAVAILABLE`
   */
  linksAround(query: LinksAround, options?: AnswerOptions): Promise<readonly AroundLink[]>

  /**
   * Columns of the links at some nodes, node by node, for whoever goes through very many: as one JSON text in bytes, so
   * that another thread may read it, and each text that repeats is told once. `readLinkColumns` says how it reads.
   * Nodes without such a link are left out, and so are ids that no node has.
   * @throws RapporteurError `TIMEOUT`, `CANCELLED`, `UNAVAILABLE`
   */
  linkColumns(query: LinkColumns, options?: AnswerOptions): Promise<Answer>

  /** A session that may write; there is at most one at a time for each store of the embedded engine. */
  writer(): Promise<StoreWriter>

  /** Every node of a type, in no order unless one is asked. */
  scanNodes(type: string, options?: NodeScanOptions): AsyncIterable<StoredNode>
  /** Every link of a type, in no order unless one is asked. */
  scanLinks(link: string, options?: LinkScanOptions): AsyncIterable<StoredLink>
  /** How many nodes and links together refer to each set of sources. */
  countSourceSets(): Promise<ReadonlyMap<number, number>>
  /** The numbers of the sets of sources that some node or link refers to; in little memory, which counting takes more of. */
  usedSourceSets(): Promise<ReadonlySet<number>>
  /** The version of the graph, which moves with each change, and when it last did. */
  state(): Promise<{ readonly version: number; readonly changedAt: string | null }>
  /** The number of nodes of each type and of links of each type. */
  count(): Promise<Readonly<Record<string, number>>>
  /** How large the graph is, as far as it decides what a list costs. @throws RapporteurError `UNAVAILABLE` */
  sizes(): Promise<GraphSizes>
  /** By which rules the columns that follow from others were last worked out; null where that is not known. */
  derivedBy(): Promise<string | null>
  /** The editions of sources loaded, by source. */
  editions(): Promise<readonly Edition[]>
  /** The sets of sources that records refer to by number. */
  sourceSets(): Promise<readonly SourceSet[]>
  /** Whether tables, indexes and constraints are as the schema asks: a sentence for each thing that is not. */
  check(): Promise<readonly string[]>
  /**
   * Writes a whole copy of the store, as it is at one moment, to a new file, while others read and write.
   * @throws RapporteurError `NOT_A_FILE` where the store is none, `BAD_OUTPUT` where there is a file of that name
   */
  copyTo(file: string, options?: CopyOptions): Promise<StoreCopy>
  /** How many statements run now, and how many wait. */
  underWay(): StatementsUnderWay
  /**
   * Compares all that is stored, byte by byte, with what it was when it was last written; to be called before anything is
   * read. An engine that keeps its own watch over that is not asked.
   * @returns a sentence that says why that cannot be told; null where all is as it was
   * @throws RapporteurError `STORE_DAMAGED`
   */
  verify(): Promise<string | null>
  /** Whether it answers. @throws RapporteurError `UNAVAILABLE` */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface CopyOptions {
  /** Whether a seal is made beside it, by which damage to it can be told later. */
  readonly sealed?: boolean
}

/** What a copy of a store is. */
export interface StoreCopy {
  readonly bytes: number
  /** Of the file, in hexadecimal digits. */
  readonly sha256: string
  /** The state of the graph in it. */
  readonly version: number
  readonly changedAt: string | null
  /** Whether it lacks indexes that an import was to make at its end: whoever opens it to write makes them. */
  readonly isUnfinished: boolean
}

/** Statements that questions have asked. */
export interface StatementsUnderWay {
  readonly running: number
  /** Those that wait for others to end. */
  readonly waiting: number
}

export interface PrepareStoreOptions {
  /** Whether a store is made where there is none; so it is unless told otherwise. */
  readonly make?: boolean
  /** Whether a store that is only read is refused where its layout is not this program's. */
  readonly exact?: boolean
}

/** What making a store ready found. */
export interface PreparedStore {
  /** Whether the store was new: it had no schema of Rapporteur's. */
  readonly created: boolean
  /** What whoever runs the program should know of the store's server; absent where there is nothing. */
  readonly notice?: string
}

interface ScanOptions {
  /** Only what refers to one of these sets. */
  readonly sourceSets?: readonly number[]
  /** In the order of ids; links in that of where they go out from, then of where they lead, then of their keys. */
  readonly ordered?: boolean
}

export interface NodeScanOptions extends ScanOptions {
  /** Only the nodes with these ids. */
  readonly ids?: readonly string[]
  /** Whether it is told when each last changed. */
  readonly changes?: boolean
}

export interface LinkScanOptions extends ScanOptions {
  /** Only links that go out from one of these nodes or lead to one. */
  readonly ends?: readonly string[]
  /** Only at this end is one of these nodes looked for. */
  readonly at?: 'from' | 'to'
}

export interface AnswerOptions {
  /** The values of the plan's holes, where it has any. */
  readonly bound?: Bound
  readonly signal?: Gone | undefined
  /** Milliseconds after which the statement is ended. */
  readonly timeout?: number | undefined
  /** When the whole question has to be answered, if that is earlier. */
  readonly deadline?: Deadline | undefined
  /** Whose statement it is: those of one request share its part of the store. */
  readonly request?: object
  /** Told of each statement that was answered, and of the milliseconds that it took, its wait for a connection included. */
  readonly onStatement?: (statement: Statement, milliseconds: number) => void
  /** Told of the milliseconds that a thread beside the one that answers requests has worked for the question. */
  readonly onWork?: (milliseconds: number) => void
}

/** When something has to be done, and how long it may have taken by then. */
interface Deadline {
  /** As `performance.now()` tells the time. */
  readonly at: number
  readonly milliseconds: number
}

export interface Answer {
  /** JSON text; in UTF-8 where the engine gives bytes, so that they are sent as they are. */
  readonly json: string | Uint8Array
}

/** A statement and its parameters, as sent to the engine. */
export interface Statement {
  readonly text: string
  readonly parameters: readonly unknown[] | Readonly<Record<string, unknown>>
}

/** What records are found by: a key of each group. */
export interface KeyQuery {
  readonly groups: readonly KeyGroup[]
  readonly types: readonly string[]
  /** How many at most. */
  readonly limit: number
}

/** Any of these keys, or one that begins like this. */
export interface KeyGroup {
  readonly keys: readonly string[]
  readonly prefix?: string
}

/** A record that was found, with the values of the columns that are searched. */
export interface SearchCandidate {
  readonly type: string
  readonly id: string
  readonly values: CheckedValues
}

/** Which links are asked at which nodes. */
export interface LinksAround {
  readonly ids: readonly string[]
  readonly steps: readonly LinkStep[]
  /** How many of each step at each node, at most; of those among others, all. */
  readonly limit: number
  /** Only links to these nodes, with their values and sources. */
  readonly among?: readonly string[]
}

/** A link type, and from which of its ends it is gone over. */
export interface LinkStep {
  readonly link: string
  readonly direction: 'out' | 'in'
}

/** A link at a node. */
export interface AroundLink {
  /** The number of its step. */
  readonly step: number
  readonly at: string
  readonly other: string
  readonly otherType: string
  readonly key: string
  /** What it says, and the ids of the sources that say so, where links among others were asked. */
  readonly values: CheckedValues
  readonly sources: readonly string[]
}

/** Which columns of which links are asked. */
export interface LinkColumns {
  readonly link: string
  /** At which end the nodes are. */
  readonly at: 'from' | 'to'
  readonly ids: readonly string[]
  /** Columns of the link by name, as it is stored; of a reference the id is given. */
  readonly columns: readonly string[]
  /** Only links with one of these at the other end. */
  readonly among?: readonly string[]
}

/** Of the graph, what a list may have to go through. */
export interface GraphSizes {
  /** How many nodes of each type there are. */
  readonly nodes: ReadonlyMap<string, number>
  /** By type; the sources of records and links as `Citations`. */
  readonly links: ReadonlyMap<string, LinkSizes>
}

export interface LinkSizes {
  readonly all: number
  /** The most that go out from one node, and that lead to one. */
  readonly out: number
  readonly in: number
}

/** A set of sources, with where in each. */
export interface SourceSet {
  readonly number: number
  readonly citations: Citations
  /** Who of them says what. */
  readonly voices: readonly Voice[]
}

/** What was loaded of a source, and whether all of it. */
export interface Edition {
  readonly source: string
  /** On its way in, whole, or on its way out. */
  readonly state: 'importing' | 'complete' | 'removing'
  readonly importer: string
  readonly contentHash: string | null
  readonly importedAt: string
  /** The source's own date, a day: of two sources that are trusted alike, the later is. */
  readonly date: string | null
}

/** What a batch writes, all of it or nothing: what is deleted first, and nodes before the links that need them. */
export interface Changes {
  readonly sourceSets: readonly SourceSet[]
  readonly deleteLinks: readonly LinkName[]
  /** With all links that still lead there. */
  readonly deleteNodes: readonly Pick<StoredNode, 'type' | 'id'>[]
  readonly insertNodes: readonly StoredNode[]
  readonly updateNodes: readonly StoredNode[]
  /** Nodes of which only what tells of the edition differs: no change that anybody is told of. */
  readonly refreshNodes: readonly StoredNode[]
  readonly insertLinks: readonly StoredLink[]
  readonly updateLinks: readonly StoredLink[]
  /** Links of which only what the store writes itself differs: no change that anybody is told of. */
  readonly refreshLinks: readonly StoredLink[]
  /** Nodes that changed because a link that goes out from them did. */
  readonly touched: readonly string[]
  readonly edition?: Edition
  readonly removeEdition?: string
  /** By which rules the columns that follow from others are worked out from now on. */
  readonly derivedBy?: string
}

/** A batch that changes nothing. */
export const NO_CHANGES: Changes = {
  sourceSets: [],
  deleteLinks: [],
  deleteNodes: [],
  insertNodes: [],
  updateNodes: [],
  refreshNodes: [],
  insertLinks: [],
  updateLinks: [],
  refreshLinks: [],
  touched: [],
}

/** When a batch is written, and the version of the graph that it makes. */
export interface Stamp {
  readonly at: string
  readonly version: number
}

/** Reads what is stored before it is changed, and writes in batches. */
export interface StoreWriter {
  /** The nodes stored under these ids, of whatever type. */
  nodes(ids: readonly string[]): Promise<ReadonlyMap<string, StoredNode>>
  /** The types of the nodes stored under these ids. */
  types(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /**
   * The links stored under these names, in their order; null for each that is not there. Of a type of which a node has at
   * most one, the link from that node, wherever it leads.
   */
  links(names: readonly LinkName[]): Promise<readonly (StoredLink | null)[]>
  /** Which of these nodes still have a link that a source states, or are where a source says that one leads. */
  linked(ids: readonly string[]): Promise<ReadonlySet<string>>
  /**
   * Writes a batch in one transaction; on return it is on disk.
   * @throws RapporteurError `BAD_INPUT` for a link whose end does not exist; nothing of the batch is written then
   */
  write(changes: Changes, stamp: Stamp): Promise<void>
  /** Ends the session; another may write then. */
  close(): Promise<void>
}
