import { int } from 'neo4j-driver'
import type { Column, GraphShape } from '../../model/graph-shape.js'
import type { CheckedValues, StoredLink, StoredNode, Value } from '../../model/records.js'
import { searchEntry } from '../../model/search/search-keys.js'
import { TYPE_PROPERTY } from './names.js'

type Columns = ReadonlyMap<string, Column>
type Properties = Record<string, unknown>

/** The properties of a node, but for when it changed. */
export const nodeProperties = (shape: GraphShape, node: StoredNode): Properties => {
  const { id, type, values, sourceSet } = node
  return {
    ...toProperties(shape.nodes.get(type)?.columns ?? new Map(), values),
    id,
    [TYPE_PROPERTY]: type,
    sourceSet: int(sourceSet),
    ...searchProperties(shape, node),
  }
}

/** The keys by which a record is found, with spaces between, and where it stands among the records that have one. */
export const searchProperties = (shape: GraphShape, node: StoredNode): Properties => {
  const entry = searchEntry(shape, node)
  return entry ? { searchKeys: entry.keys.join(' '), searchRank: int(String(entry.rank)) } : {}
}

/** All properties of a link; its key is one where the type repeats. */
export const linkProperties = (
  columns: Columns,
  repeats: boolean,
  { key, values, sourceSet }: StoredLink,
): Properties => ({ ...toProperties(columns, values), ...(repeats ? { key } : {}), sourceSet: int(sourceSet) })

const toProperties = (columns: Columns, values: CheckedValues): Properties => {
  const properties: Properties = {}
  for (const [name, value] of Object.entries(values)) properties[name] = toProperty(columns.get(name), value)
  return properties
}

/** A value as a property: a short list as JSON text, a whole number as the driver's integer. */
export const toProperty = (column: Column | undefined, value: Value | undefined): unknown => {
  if (value === undefined) return undefined
  return column?.kind === 'values' ? JSON.stringify(value) : column?.kind === 'integer' ? int(value as number) : value
}

/** The values that properties hold; properties that are no columns are left out. */
export const fromProperties = (columns: Columns, properties: Readonly<Record<string, unknown>>): CheckedValues => {
  const values: Record<string, Value> = {}
  for (const column of columns.values()) {
    const value = properties[column.name]
    if (value !== null && value !== undefined)
      values[column.name] = column.kind === 'values' ? (JSON.parse(value as string) as Value) : (value as Value)
  }
  return values
}
