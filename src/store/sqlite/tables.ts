import { createHash } from 'node:crypto'
import {
  type Column,
  type EdgeMapping,
  type GraphShape,
  type LinkShape,
  type OrderKey,
  STATE,
} from '../../model/graph-shape.js'
import { searchFingerprint } from '../../model/search/search-keys.js'
import { columnName, quoted, snakeCase } from './names.js'

/** A table as the schema asks for it. */
export interface Table {
  readonly name: string
  /** In order, with their types and constraints, by bare name. */
  readonly columns: ReadonlyMap<string, string>
  readonly constraints: readonly string[]
  readonly withoutRowid: boolean
}

/** What the file of a store holds. */
export interface FileShape {
  readonly tables: readonly Table[]
  /** `CREATE INDEX` statements by index name. */
  readonly indexes: ReadonlyMap<string, string>
  /** `CREATE VIEW` statements by view name. */
  readonly views: ReadonlyMap<string, string>
  /** `CREATE VIRTUAL TABLE` statements by table name. */
  readonly virtual: ReadonlyMap<string, string>
  /** Changes whenever anything above does. */
  readonly fingerprint: string
}

/** Where a file says by which rules its columns that follow from others were last worked out, and how that is written. */
export const DERIVED_BY = 'derived by'
export const PUT_DERIVED_BY = `INSERT OR REPLACE INTO rapporteur (name, value) VALUES ('${DERIVED_BY}', ?)`

const SQL_TYPES: Readonly<Record<Column['kind'], string>> = {
  text: 'TEXT',
  integer: 'INTEGER',
  // NUMERIC keeps 225 as 225 and not as 225.0.
  number: 'NUMERIC',
  boolean: 'INTEGER',
  values: 'TEXT',
  reference: 'INTEGER',
}

/** Makes the tables, indexes and views of a store from the shape of the graph. */
export const fileShape = (graph: GraphShape): FileShape => {
  const tables = [
    ...OWN_TABLES,
    ...[...graph.nodes.values()].map(nodeTable),
    ...[...graph.links.values()].map((link) => linkTable(link, graph)),
  ]
  const indexes = new Map([...nodeIndexes(graph), ...linkIndexes(graph)])
  const views = new Map([
    ...[...graph.links.values()].map((link) => linkView(link, graph)),
    allLinks(graph),
    sourceSets(),
    state(),
  ])
  const virtual = new Map([[SEARCH_KEY, SEARCH_KEYS]])
  const text = JSON.stringify([
    tables.map(createTable),
    [...indexes],
    [...views],
    [...virtual],
    searchFingerprint(graph),
  ])
  return { tables, indexes, views, virtual, fingerprint: createHash('sha256').update(text).digest('hex') }
}

/** The indexes of a table beyond its key, by name. */
export const indexesOf = ({ indexes }: FileShape, table: string): ReadonlyMap<string, string> =>
  new Map([...indexes].filter(([, sql]) => sql.includes(` ON ${quoted(table)} (`)))

/** The columns by which a link's rows lie in their table. */
export const clusterOf = (
  link: LinkShape,
  graph: GraphShape,
): readonly ['from_key' | 'to_key', 'from_key' | 'to_key'] =>
  link.one ? ['from_key', 'to_key'] : clusteredBy(link, graph)

/** The statement that makes a table. */
export const createTable = ({ name, columns, constraints, withoutRowid }: Table): string => {
  const lines = [...[...columns].map(([column, type]) => `"${column}" ${type}`), ...constraints]
  return `CREATE TABLE IF NOT EXISTS "${name}" (\n  ${lines.join(',\n  ')}\n)${withoutRowid ? ' WITHOUT ROWID' : ''}`
}

const OWN_TABLES: readonly Table[] = [
  {
    name: 'node',
    columns: new Map([
      ['key', 'INTEGER PRIMARY KEY'],
      ['id', 'TEXT NOT NULL UNIQUE'],
      ['type', 'TEXT NOT NULL'],
      ['source_set', 'INTEGER NOT NULL'],
      ['updated_at', 'TEXT NOT NULL'],
      ['version', 'INTEGER NOT NULL DEFAULT 0'],
      ['created_in', 'INTEGER NOT NULL DEFAULT 0'],
    ]),
    constraints: [],
    withoutRowid: false,
  },
  {
    name: 'source_set',
    columns: new Map([
      ['number', 'INTEGER NOT NULL'],
      ['source_key', 'INTEGER NOT NULL REFERENCES node(key)'],
      ['locator', 'TEXT'],
    ]),
    constraints: ['PRIMARY KEY (number, source_key)'],
    withoutRowid: true,
  },
  {
    name: 'voices',
    columns: new Map([
      ['source_set', 'INTEGER PRIMARY KEY'],
      ['voices', 'TEXT NOT NULL'],
    ]),
    constraints: [],
    withoutRowid: false,
  },
  {
    name: 'edition',
    columns: new Map([
      ['source', 'TEXT PRIMARY KEY'],
      ['state', 'TEXT NOT NULL'],
      ['importer', 'TEXT NOT NULL'],
      ['content_hash', 'TEXT'],
      ['imported_at', 'TEXT NOT NULL'],
      ['date', 'TEXT'],
    ]),
    constraints: [],
    withoutRowid: true,
  },
  {
    // Where a record's keys stand among those of all.
    name: 'search_entry',
    columns: new Map([
      ['node_key', 'INTEGER PRIMARY KEY REFERENCES node(key)'],
      ['rank', 'INTEGER NOT NULL UNIQUE'],
    ]),
    constraints: [],
    withoutRowid: false,
  },
  {
    name: 'search_word',
    columns: new Map([['word', 'TEXT PRIMARY KEY']]),
    constraints: [],
    withoutRowid: true,
  },
  {
    name: 'rapporteur',
    columns: new Map([
      ['name', 'TEXT PRIMARY KEY'],
      ['value', 'TEXT NOT NULL'],
    ]),
    constraints: [],
    withoutRowid: true,
  },
]

const SEARCH_KEY = 'search_key'
/** The keys by which records are found, under the record's rank, so that the first by rank are found first; nothing but the keys is kept. */
const SEARCH_KEYS = `CREATE VIRTUAL TABLE IF NOT EXISTS "${SEARCH_KEY}" USING fts5(keys, content='', contentless_delete=1, detail=none, tokenize='ascii')`

const columnEntries = (columns: ReadonlyMap<string, Column>): readonly [string, string][] =>
  [...columns.values()].map((column) => [
    columnName(column).replaceAll('"', ''),
    `${SQL_TYPES[column.kind]}${column.required ? ' NOT NULL' : ''}${column.derived?.how === 'counted' ? ' DEFAULT 0' : ''}${column.kind === 'reference' ? ' REFERENCES node(key)' : ''}`,
  ])

const nodeTable = ({
  name,
  columns,
}: {
  readonly name: string
  readonly columns: ReadonlyMap<string, Column>
}): Table => ({
  name: snakeCase(name),
  columns: new Map([
    ['key', 'INTEGER PRIMARY KEY REFERENCES node(key)'],
    ['id', 'TEXT NOT NULL UNIQUE'],
    ...columnEntries(columns),
  ]),
  constraints: [],
  withoutRowid: false,
})

const linkTable = (link: LinkShape, graph: GraphShape): Table => ({
  name: snakeCase(link.name),
  columns: new Map([
    ['from_key', 'INTEGER NOT NULL REFERENCES node(key)'],
    ['to_key', 'INTEGER NOT NULL REFERENCES node(key)'],
    ...(link.repeats ? [['key', 'TEXT NOT NULL'] as const] : []),
    ...columnEntries(link.columns),
    ['source_set', 'INTEGER NOT NULL'],
  ]),
  constraints: [`PRIMARY KEY (${identity(link, graph).join(', ')})`],
  withoutRowid: true,
})

/** What tells a link from all others: the node it goes out from, where that has at most one. */
const identity = (link: LinkShape, graph: GraphShape): readonly string[] => {
  if (link.one) return ['from_key']
  return [...clusteredBy(link, graph), ...(link.repeats ? ['key'] : [])]
}

/** A link's rows lie in the order of the end that has no ordered index of its own, so that a roll call is read at one place. */
const clusteredBy = (link: LinkShape, graph: GraphShape): readonly ['from_key' | 'to_key', 'from_key' | 'to_key'] =>
  linkOrders(graph).some((each) => each.link === link && each.direction === 'out')
    ? ['to_key', 'from_key']
    : ['from_key', 'to_key']

const nodeIndexes = (graph: GraphShape): readonly [string, string][] => {
  const indexes = new Map<string, string>()
  for (const mapping of graph.root.values()) {
    if (mapping.kind === 'lookup') {
      const [type] = mapping.types
      for (const column of mapping.columns.values()) if (column !== 'id' && type) addIndex(indexes, type, [column])
      continue
    }
    if (mapping.kind !== 'scan') continue
    const order = mapping.order.map(orderedColumn)
    const table = mapping.types.length === 1 ? (mapping.types[0] as string) : 'node'
    // Records of all types are ordered by version, then id; an id for each of them in an index would be the half of it.
    if (table === 'node') addIndex(indexes, table, order.slice(0, 1))
    else if (order.length > 1) addIndex(indexes, table, order)
  }
  for (const { name, indexes: own, order } of graph.nodes.values())
    for (const columns of own) addIndex(indexes, name, [...columns, ...order.map(orderedColumn)])
  return [...indexes]
}

const linkIndexes = (graph: GraphShape): readonly [string, string][] => {
  const indexes = new Map<string, string>()
  for (const link of graph.links.values()) {
    const [first, second] = clusteredBy(link, graph)
    // A list in an order of its own has an index that begins with the same end.
    const ordered = linkOrders(graph).some((each) => each.link === link && nearKey(each) === second)
    if (!ordered) addIndex(indexes, link.name, [second, first])
  }
  for (const { link, direction, order } of linkOrders(graph)) {
    const near = nearKey({ direction })
    const far = near === 'from_key' ? 'to_key' : 'from_key'
    addIndex(indexes, link.name, [near, ...order.filter((key) => key.of === 'link').map(orderedColumn), far])
  }
  return [...indexes]
}

/** The column of a link that names the node from which a list is asked. */
const nearKey = ({ direction }: Pick<EdgeMapping, 'direction'>): 'from_key' | 'to_key' =>
  direction === 'out' ? 'from_key' : 'to_key'

/** The lists that are ordered by a column of the link. */
const linkOrders = (graph: GraphShape): readonly EdgeMapping[] =>
  [...graph.fields.values()]
    .flatMap((fields) => [...fields.values()])
    .filter((mapping): mapping is EdgeMapping => mapping.kind === 'edge' && mapping.order[0]?.of === 'link')

const orderedColumn = ({ column, descending, absent }: OrderKey): string =>
  `${column}${absent === '' ? ' OR_EMPTY' : ''}${descending ? ' DESC' : ''}`

const addIndex = (indexes: Map<string, string>, table: string, columns: readonly string[]): void => {
  const sql = columns.map((column) => {
    const [name = '', ...words] = column.split(' ')
    const key = words.includes('OR_EMPTY') ? `coalesce(${quoted(name)}, '')` : quoted(name)
    return `${key}${words.includes('DESC') ? ' DESC' : ''}`
  })
  const name = `${snakeCase(table)}_by_${columns.map((column) => snakeCase(column.replace(/ .*/, '').replace(/_key$/, ''))).join('_')}`
  indexes.set(name, `CREATE INDEX IF NOT EXISTS "${name}" ON ${quoted(table)} (${sql.join(', ')})`)
}

/** A link with ids and names instead of keys, for whoever opens the file. */
const linkView = (link: LinkShape, graph: GraphShape): [string, string] => {
  const references = [...link.columns.values()].filter((column) => column.kind === 'reference')
  const columns = [...link.columns.values()].map((column) => {
    const name = snakeCase(column.name)
    return column.kind === 'reference' ? `"${name}".id AS "${name}_id"` : `l.${columnName(column)}`
  })
  const joins = references.map((column) => {
    const name = snakeCase(column.name)
    return `LEFT JOIN node "${name}" ON "${name}".key = l.${columnName(column)}`
  })
  const ends = (['from', 'to'] as const).flatMap((end) => [
    `${end}_node.id AS ${end}_id`,
    `${nameOf(`l.${end}_key`, link[end], graph)} AS ${end}_name`,
  ])
  const selected = [...ends, ...(link.repeats ? ['l.key'] : []), ...columns, 'l.source_set']
  const nodes = ['from', 'to'].map((end) => `JOIN node ${end}_node ON ${end}_node.key = l.${end}_key`)
  return view(
    `${snakeCase(link.name)}_view`,
    `SELECT ${selected.join(', ')} FROM ${[`${quoted(link.name)} l`, ...nodes, ...joins].join(' ')}`,
  )
}

/** What a person calls a node: its name, title or text, whichever its type has first. */
const nameOf = (key: string, types: readonly string[], graph: GraphShape): string => {
  const names = types.flatMap((type) => {
    const columns = graph.nodes.get(type)?.columns
    const column = ['name', 'title', 'reference', 'text', 'message', 'number'].find((each) => columns?.has(each))
    return column ? [`(SELECT ${quoted(column)} FROM ${quoted(type)} WHERE key = ${key})`] : []
  })
  if (names.length === 0) return 'NULL'
  return names.length === 1 ? (names[0] as string) : `coalesce(${names.join(', ')})`
}

/** All links in one view, for paths. */
const allLinks = (graph: GraphShape): [string, string] => {
  const links = [...graph.links.values()].map(
    (link) => `SELECT '${link.name}' AS link, from_key, to_key, source_set FROM ${quoted(link.name)}`,
  )
  const all = `SELECT l.link, f.id AS from_id, f.type AS from_type, t.id AS to_id, t.type AS to_type, l.from_key, l.to_key, l.source_set`
  return view(
    'link',
    `${all} FROM (${links.join(' UNION ALL ')}) l JOIN node f ON f.key = l.from_key JOIN node t ON t.key = l.to_key`,
  )
}

/** Who says so: what stands behind the number in `source_set`. */
const sourceSets = (): [string, string] =>
  view(
    'source_set_view',
    'SELECT s.number, t.id AS source_id, t.title AS source_title, s.locator FROM source_set s JOIN source t ON t.key = s.source_key',
  )

/** The one row that tells the state of the graph, as `type Graph` has it. */
const state = (): [string, string] =>
  view(
    snakeCase(STATE.type),
    `SELECT 0 AS key, '${STATE.id}' AS id, coalesce(max(version), 0) AS version, (SELECT updated_at FROM node WHERE version > 0 ORDER BY version DESC LIMIT 1) AS changed_at FROM node`,
  )

const view = (name: string, select: string): [string, string] => [
  name,
  `CREATE VIEW IF NOT EXISTS "${name}" AS ${select}`,
]
