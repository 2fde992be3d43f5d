import type { DocumentNode } from 'graphql'

/** How a column's values are kept: `values` is a short list, kept as JSON; `reference` is the id of a node. */
export type ColumnKind = 'text' | 'integer' | 'number' | 'boolean' | 'values' | 'reference'

/** A column of a node or link type. */
export interface Column {
  /** The name in camel case, as records, Neo4j and the plan have it. */
  readonly name: string
  readonly kind: ColumnKind
  /** Whether every record has a value. */
  readonly required: boolean
  /** The words allowed, where the column is of an enum. */
  readonly words?: readonly string[]
  /** The GraphQL scalar, enum or node type that the column's values have. */
  readonly type: string
  /** Set on a column that the store makes from others; no source gives it. */
  readonly derived?: Derived
  /** Set on a column of an embedded object: the field of that object. Its columns are one value and come from one source. */
  readonly part?: string
  /** Set on a number that is greater than 0. */
  readonly positive?: true
  /** Set on a column that tells of the edition and its reading: `own` where the store writes it and no source gives it. */
  readonly edition?: 'said' | 'own'
}

/** How a column follows from others of its record. */
export type Derived =
  /** A text without case and accents. */
  | { readonly how: 'folded'; readonly from: string }
  /** A moment in UTC; where that is not known the day, and where that is not known either the empty text. */
  | { readonly how: 'moment'; readonly day: string; readonly time: string }
  /** Whether one number is greater than another; unknown where one of them is. */
  | { readonly how: 'exceeds'; readonly of: string; readonly than: string }
  /** How far two numbers are apart; unknown where one of them is. */
  | { readonly how: 'difference'; readonly of: string; readonly and: string }
  /** The word whose number is greater than each other's; none where that is no single one, or one of them is unknown. */
  | { readonly how: 'majority'; readonly numbers: readonly (readonly [word: string, column: string])[] }
  /** The number of links of a type that go out from the record. */
  | { readonly how: 'counted'; readonly link: string }
  /** From other records, by a rule of `infer-columns.ts`. */
  | { readonly how: 'inferred' }

/** Whether the store alone writes a column, apart from what sources say of the record. */
export const isStoreOwn = ({ derived, edition }: Column): boolean =>
  edition === 'own' || derived?.how === 'counted' || derived?.how === 'inferred'

/** The columns of whole numbers from which a column follows. */
export const numbersOf = (derived: Derived): readonly string[] => {
  if (derived.how === 'exceeds') return [derived.of, derived.than]
  if (derived.how === 'difference') return [derived.of, derived.and]
  return derived.how === 'majority' ? derived.numbers.map(([, column]) => column) : []
}

/** One key of an order; each has a value for every row. */
export interface OrderKey {
  readonly of: 'node' | 'link'
  readonly column: string
  readonly descending: boolean
  /** What the column counts as where it has no value: before all others, so that whether there is one is a key of its own. */
  readonly absent?: '' | 0
  /** Set where the key is not the value but whether it is missing: null, or the empty text of a column that is never null. */
  readonly missing?: 'null' | 'empty'
}

export interface NodeShape {
  readonly name: string
  readonly columns: ReadonlyMap<string, Column>
  /** The order of its lists, always ending with the id. */
  readonly order: readonly OrderKey[]
  /** The columns of each index beyond those of its order, which follows them in it. */
  readonly indexes: readonly (readonly string[])[]
  /** Whether the store makes its records itself; no source gives one. */
  readonly own: boolean
}

export interface LinkShape {
  readonly name: string
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** What it says, read from the one end to the other. */
  readonly says: string
  /** Whether a node has at most one such link going out. */
  readonly one: boolean
  /** Whether two nodes may have several such links, told apart by a `key` that is not a column of the type's own. */
  readonly repeats: boolean
  readonly columns: ReadonlyMap<string, Column>
}

/** A column that an argument asks to be equal to its value. */
export interface Filter {
  readonly of: 'node' | 'link'
  readonly column: Column
}

/** What an input type's fields ask of a row, by name. */
export type FilterShape = ReadonlyMap<string, FilterField>

export type FilterField =
  /** All of these, one of these, or not this: filters of the same type. */
  | { readonly kind: 'and' | 'or' | 'not' }
  /** A column of the node or link, or what every record has. */
  | {
      readonly kind: 'column'
      readonly of: 'node' | 'link' | 'record'
      readonly column: Column
      readonly folded?: Column
    }
  /** A date as exactly as it is known. */
  | {
      readonly kind: 'fuzzyDate'
      readonly of: 'node' | 'link'
      readonly earliest: Column
      readonly latest: Column
      readonly edtf: Column
    }
  /** Columns under a name of their own: of an embedded object, or of the link. */
  | { readonly kind: 'fields'; readonly fields: FilterShape }
  /** A single neighbour, of which an input type asks; the node types it can be of. */
  | { readonly kind: 'one'; readonly over: SingleMapping; readonly where: string }
  /** Whether there is such a neighbour, or row. */
  | { readonly kind: 'known'; readonly column?: Column; readonly of?: 'node' | 'link' }
  | { readonly kind: 'many'; readonly over: EdgeMapping | 'citations'; readonly where: string }

/** What leads from a row to one node. */
export type SingleMapping =
  | EdgeMapping
  | ReferenceMapping
  | { readonly kind: 'end'; readonly end: 'from' | 'to'; readonly types: readonly string[] }

/** The figures of a list, or of all links of a type. */
export interface FiguresMapping {
  readonly kind: 'figures'
  readonly rows: EdgeMapping | ScanMapping | { readonly kind: 'links'; readonly link: LinkShape }
  /** The type that is given, and the input type by which the rows are asked. */
  readonly type: string
  readonly where: string
}

interface ReferenceMapping {
  readonly kind: 'reference'
  readonly column: Column
  readonly types: readonly string[]
}

/** How a field is answered from the graph. */
export type FieldMapping =
  | { readonly kind: 'column'; readonly column: Column }
  | {
      readonly kind: 'embedded'
      readonly type: string
      readonly fields: ReadonlyMap<string, Column>
      readonly first: Column
    }
  | ReferenceMapping
  | { readonly kind: 'citations'; readonly connection: ConnectionShape }
  | { readonly kind: 'change'; readonly gives: 'version' | 'kind' }
  | ScanMapping
  | EdgeMapping
  | FiguresMapping

export interface EdgeMapping {
  readonly kind: 'edge'
  readonly link: LinkShape
  readonly direction: 'out' | 'in'
  /** The node types at the other end that the field gives. */
  readonly types: readonly string[]
  readonly only: readonly (Filter & { readonly equals: string | boolean })[]
  /** Total: ends with the id, and with the link's own key where it has one. Empty for a single neighbour. */
  readonly order: readonly OrderKey[]
  readonly filters: ReadonlyMap<string, Filter>
  /** The argument that asks for links that hold on a day, and the columns that say from when to when they do. */
  readonly asOf: { readonly argument: string; readonly start: Column; readonly end: Column } | null
  readonly max: number
  /** Whether the list is published whole or not at all: where it is empty, nothing is known of it. */
  readonly wholeOrNone: boolean
  /** What the gate says of a record whose list is not whole; null where it says nothing of the list. */
  readonly partialWhere: { readonly link: LinkShape; readonly rule: Column; readonly is: string } | null
  /** Whether a record written by hand needs such neighbours, and all that it names. */
  readonly required: boolean
  readonly connection: ConnectionShape | null
}

/** The names of a list's types: of the list, its edges, what can be asked of them and in which order. */
export interface ConnectionShape {
  readonly name: string
  readonly edge: string
  readonly where: string
  readonly order: string
}

/** How a root field is answered from the graph. */
export type RootMapping =
  | {
      readonly kind: 'lookup'
      readonly types: readonly string[]
      readonly list: boolean
      readonly columns: ReadonlyMap<string, string>
    }
  | ScanMapping
  | FiguresMapping
  /** An answer that is put together by the rule of this name. */
  | { readonly kind: 'composed'; readonly by: string }
  /** One record by what is made into its id. */
  | { readonly kind: 'named'; readonly types: readonly string[] }

/** All records of these types. */
export interface ScanMapping {
  readonly kind: 'scan'
  readonly types: readonly string[]
  readonly order: readonly OrderKey[]
  readonly filters: ReadonlyMap<string, Filter>
  /** The argument that asks for what changed after a version; only where all types are scanned. */
  readonly since: string | null
  readonly connection: ConnectionShape
}

/** What the graph is, as `schema.graphql` says. */
export interface GraphShape {
  readonly nodes: ReadonlyMap<string, NodeShape>
  readonly links: ReadonlyMap<string, LinkShape>
  /** The node types that a node type or interface stands for. */
  readonly possibleTypes: ReadonlyMap<string, readonly string[]>
  /** The mapping of each field of each node type and of each list's edge type. */
  readonly fields: ReadonlyMap<string, ReadonlyMap<string, FieldMapping>>
  readonly root: ReadonlyMap<string, RootMapping>
  /** What can be asked of rows, by the name of the input type. */
  readonly filters: ReadonlyMap<string, FilterShape>
  /** The keys of each word of an order's enum, by the name of that. */
  readonly orders: ReadonlyMap<string, ReadonlyMap<string, readonly OrderKey[]>>
  /** The schema that is served: the same document without its mapping. */
  readonly served: DocumentNode
}

/** The type whose one object tells the state of the graph, and its id. */
export const STATE = { type: 'Graph', id: 'graph' } as const

/** The type of what is left of a deleted record. */
export const TOMBSTONE = 'Tombstone'
/** What a source says of a field on which not all agree. */
export const STATEMENT = 'Statement'

/** The type of what says that an id is no longer used, the link to what has taken its place, and how its own id begins. */
export const MERGE = { type: 'Merge', link: 'MergedInto', prefix: 'merge:' } as const

/** The id of the node that says of a record that another takes its place. */
export const mergeIdOf = (merged: string): string => `${MERGE.prefix}${merged}`

/** The id of the record of which such a node says so. */
export const mergedIdOf = (merge: string): string => merge.slice(MERGE.prefix.length)

/** Whether `changes` lists records of this type: all but those the store derives; tombstones are listed. */
export const isListedInChanges = (shape: GraphShape, type: string): boolean =>
  type === TOMBSTONE || !shape.nodes.get(type)?.own

/** Whether a link goes out from what the store makes itself, so that no source states it. */
export const isOwnLink = (shape: GraphShape, { from }: LinkShape): boolean =>
  from.every((type) => shape.nodes.get(type)?.own)

/** The fields whose values are ids: where a link leads of which a node has at most one, and the nodes that links refer to. */
export const fieldsWithIds = ({ links }: GraphShape): readonly string[] => {
  const columns = [...links.values()].flatMap((link) => [...link.columns.values()])
  return ['to', ...new Set(columns.flatMap(({ kind, name }) => (kind === 'reference' ? [name] : [])))]
}

/** The column by which changes are ordered: every record has it, whatever its type. */
export const VERSION: OrderKey = { of: 'node', column: 'version', descending: false }

/** The link from a record to a source that says it. Every node and link has it; it is not declared in the schema. */
export const CITATIONS: LinkShape = {
  name: 'Citations',
  from: [],
  to: ['Source'],
  says: 'is said by',
  one: false,
  repeats: false,
  columns: new Map([['locator', { name: 'locator', kind: 'text', required: false, type: 'String' }]]),
}

const BY_ID: OrderKey = { of: 'node', column: 'id', descending: false }

/** An order with what makes it total: the id, and the own key of a link that repeats. */
export const totalOrder = (keys: readonly OrderKey[], link: LinkShape | undefined): readonly OrderKey[] => {
  const total = keys.some((key) => key.of === 'node' && key.column === 'id') ? keys : [...keys, BY_ID]
  if (!link?.repeats || total.some((key) => key.of === 'link' && key.column === 'key')) return total
  return [...total, { of: 'link', column: 'key', descending: false }]
}
