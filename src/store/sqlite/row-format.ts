import { type Column, type GraphShape, isStoreOwn } from '../../model/graph-shape.js'
import type { CheckedValues, Value } from '../../model/records.js'
import { columnName } from './names.js'

/** How the values of a node or link type lie in the columns of its table. */
export class RowFormat {
  private constructor(readonly columns: readonly Column[]) {}

  static ofNode(shape: GraphShape, type: string): RowFormat {
    return new RowFormat([...(shape.nodes.get(type)?.columns.values() ?? [])])
  }

  static ofLink(shape: GraphShape, link: string): RowFormat {
    return new RowFormat([...(shape.links.get(link)?.columns.values() ?? [])])
  }

  /** Of a link, the columns alone that the store writes itself. */
  static ownOfLink(shape: GraphShape, link: string): RowFormat {
    return new RowFormat(RowFormat.ofLink(shape, link).columns.filter(isStoreOwn))
  }

  /** The columns to select, in order, of the table with this alias; references as ids, over `joins`. */
  selected(alias: string, before = ''): string {
    const columns = this.columns.map((column, i) =>
      column.kind === 'reference' ? `ref${i}.id` : `${alias}.${columnName(column)}`,
    )
    return columns.length > 0 ? before + columns.join(', ') : before ? '' : 'NULL'
  }

  joins(alias: string): string {
    return this.columns
      .map((column, i) =>
        column.kind === 'reference' ? ` LEFT JOIN node ref${i} ON ref${i}.key = ${alias}.${columnName(column)}` : '',
      )
      .join('')
  }

  /** The values that these columns hold; a null is left out. */
  read(row: readonly unknown[]): CheckedValues {
    const values: Record<string, Value> = {}
    this.columns.forEach((column, i) => {
      const value = row[i]
      if (value !== null && value !== undefined) values[column.name] = readValue(column, value)
    })
    return values
  }

  /** Adds what to bind for each column, in order; `keyOf` gives the key of a node that a column refers to. */
  bindTo(bound: unknown[], values: CheckedValues, keyOf: (id: string) => number): void {
    for (const column of this.columns) {
      const value = values[column.name]
      if (value === undefined) bound.push(null)
      else if (column.kind === 'reference') bound.push(keyOf(value as string))
      else if (column.kind === 'values') bound.push(JSON.stringify(value))
      else bound.push(typeof value === 'boolean' ? Number(value) : value)
    }
  }
}

const readValue = (column: Column, value: unknown): Value => {
  if (column.kind === 'boolean') return value === 1
  return column.kind === 'values' ? (JSON.parse(value as string) as Value) : (value as Value)
}
