import type { TableColumn } from './read-table.js'

/** A cell; null where nothing is known. */
export type Cell = string | number | boolean | null

/** Between the values that share a cell. */
const BETWEEN = '; '

/** What a column has of a row or answer. */
export const cellOf = (value: unknown, { path, type }: TableColumn): Cell => {
  const found = valuesAt(value, path, 0)
  if (found === null || found === undefined) return null
  if (Array.isArray(found)) {
    const known = found.flat(Infinity).filter((each) => each !== null && each !== undefined)
    return known.length === 0 ? null : known.map(String).join(BETWEEN)
  }
  if (type === 'text' || type === 'day') return String(found)
  return found as Cell
}

const valuesAt = (value: unknown, path: readonly string[], from: number): unknown => {
  if (value === null || value === undefined || from === path.length) return value
  if (Array.isArray(value)) return value.map((each) => valuesAt(each, path, from))
  return valuesAt((value as Readonly<Record<string, unknown>>)[path[from] as string], path, from + 1)
}
