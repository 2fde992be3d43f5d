import { Kind } from 'graphql'
import type { Column, GraphShape, LinkShape } from '../model/graph-shape.js'
import type { CheckedValues, Value } from '../model/records.js'
import { type ExportedGraph, exportedColumns } from './exported-graph.js'

/** What a cell can hold; null where nothing is known. */
export type Cell = Value | null

/** A column of a table. */
export interface Field {
  readonly name: string
  /** `json` is a list, of texts or of names with their languages. */
  readonly kind: 'text' | 'integer' | 'number' | 'boolean' | 'json' | 'date' | 'moment'
  readonly required: boolean
  /** The words allowed. */
  readonly words?: readonly string[]
  readonly about?: string
  /** The table and column where its values stand. */
  readonly refersTo?: { readonly table: string; readonly field: string }
}

/** A table of the graph. */
export interface Table {
  readonly name: string
  /** The type of the records or links; null for what is about all of them. */
  readonly type: string | null
  readonly about: string
  readonly fields: readonly Field[]
  readonly key: readonly string[]
  /** The cells of each row, in the order of the fields. */
  rows(): AsyncIterable<readonly Cell[]>
}

/** The graph as tables: one for each type of record and of link, one of all ids, and one that says who says each row. */
export const tablesOf = (graph: ExportedGraph): readonly Table[] => [
  recordTable(graph),
  sourceSetTable(graph),
  ...[...graph.shape.nodes.values()].map(({ name, columns }) => nodeTable(graph, name, columns)),
  ...[...graph.shape.links.values()].map((link) => linkTable(graph, link)),
]

/** `VoteEvent` → `vote_event`: the names of tables and their files. */
const tableName = (type: string): string => type.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()

const RECORDS = 'record'
const SETS = 'source_set'

const SOURCE_SET: Field = {
  name: 'sourceSet',
  kind: 'integer',
  required: false,
  about: 'Who says so: the rows of source_set with this number. Empty where no source does.',
  refersTo: { table: SETS, field: 'number' },
}

const text = (name: string, about: string, refersTo?: Field['refersTo']): Field => ({
  name,
  kind: 'text',
  required: true,
  about,
  ...(refersTo && { refersTo }),
})

const recordTable = (graph: ExportedGraph): Table => ({
  name: RECORDS,
  type: null,
  about: 'Every record by its id, with its type, which is the table where it stands.',
  fields: [text('id', 'The id of the record.'), { ...text('type', 'Its type.'), words: [...graph.shape.nodes.keys()] }],
  key: ['id'],
  async *rows() {
    for (const type of graph.shape.nodes.keys())
      for await (const { id } of graph.store.scanNodes(type, { ordered: true })) yield [id, type]
  },
})

const sourceSetTable = ({ citations }: ExportedGraph): Table => ({
  name: SETS,
  type: null,
  about: 'Who says what: the sources of each set that rows refer to by its number, and where in the source.',
  fields: [
    { name: 'number', kind: 'integer', required: true, about: 'The number of the set, within this export.' },
    text('source', 'The source.', { table: tableName('Source'), field: 'id' }),
    { name: 'locator', kind: 'text', required: false, about: 'Where in the source; several places with "; " between.' },
  ],
  key: ['number', 'source'],
  async *rows() {
    for (const [i, set] of citations.entries()) for (const { source, locator } of set) yield [i + 1, source, locator]
  },
})

const nodeTable = (graph: ExportedGraph, type: string, columns: ReadonlyMap<string, Column>): Table => {
  const shown = exportedColumns(columns)
  const about = descriptionsOf(graph.shape, type)
  return {
    name: tableName(type),
    type,
    about: `The records of type ${type}.`,
    fields: [
      text('id', 'The id of the record.'),
      ...shown.map((column) => fieldOf(graph.shape, column, about)),
      SOURCE_SET,
    ],
    key: ['id'],
    async *rows() {
      for await (const { id, values, sourceSet } of graph.nodes(type))
        yield [id, ...cellsOf(shown, values), sourceSet || null]
    },
  }
}

const linkTable = (graph: ExportedGraph, { name, from, to, repeats, columns }: LinkShape): Table => {
  const shown = exportedColumns(columns)
  const about = descriptionsOf(graph.shape, name)
  const end = (types: readonly string[]) => tableOf(graph.shape, types.length === 1 ? (types[0] as string) : '')
  const key = repeats ? [text('key', 'What tells this link from others between the same two records.')] : []
  return {
    name: tableName(name),
    type: name,
    about: `The links of type ${name}.`,
    fields: [
      text('from', 'The record where the link goes out from.', end(from)),
      text('to', 'The record where it leads.', end(to)),
      ...key,
      ...shown.map((column) => fieldOf(graph.shape, column, about)),
      SOURCE_SET,
    ],
    key: ['from', 'to', ...key.map((field) => field.name)],
    async *rows() {
      for await (const link of graph.links(name))
        yield [
          link.from,
          link.to,
          ...(repeats ? [link.key] : []),
          ...cellsOf(shown, link.values),
          link.sourceSet || null,
        ]
    },
  }
}

const cellsOf = (columns: readonly Column[], values: CheckedValues): readonly Cell[] =>
  columns.map(({ name }) => values[name] ?? null)

/** The table where the records of a type stand; of several types, the one of all records. */
const tableOf = ({ nodes }: GraphShape, type: string) => ({
  table: nodes.has(type) ? tableName(type) : RECORDS,
  field: 'id',
})

const fieldOf = (
  shape: GraphShape,
  { name, kind, type, required, words, part }: Column,
  descriptions: ReadonlyMap<string, string>,
): Field => {
  const about = descriptions.get(part ?? name)
  return {
    name,
    kind: kind === 'values' ? 'json' : kind === 'reference' ? 'text' : kind === 'text' ? textKind(type) : kind,
    required,
    ...(words && { words }),
    ...(about !== undefined && { about }),
    ...(kind === 'reference' && { refersTo: tableOf(shape, type) }),
  }
}

/** What the schema says of the fields of a type. */
const descriptionsOf = ({ served }: GraphShape, type: string): ReadonlyMap<string, string> => {
  for (const definition of served.definitions) {
    const isType = definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
    if (!isType || definition.name.value !== type) continue
    return new Map((definition.fields ?? []).map(({ name, description }) => [name.value, description?.value ?? '']))
  }
  return new Map()
}

const textKind = (type: string): Field['kind'] => (type === 'Date' ? 'date' : type === 'DateTime' ? 'moment' : 'text')
