import { int } from 'neo4j-driver'
import type { Column } from '../../model/graph-shape.js'
import type { CheckedValues, Value } from '../../model/records.js'

type Columns = ReadonlyMap<string, Column>

/** A record's values as properties: short lists as JSON text, whole numbers as the driver's integers. */
export const toProperties = (columns: Columns, values: CheckedValues): Record<string, unknown> => {
  const properties: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    const kind = columns.get(name)?.kind
    properties[name] = kind === 'values' ? JSON.stringify(value) : kind === 'integer' ? int(value as number) : value
  }
  return properties
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
