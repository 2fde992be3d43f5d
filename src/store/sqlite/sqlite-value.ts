import type { BoundValue } from '../values.js'

/** A value as SQLite takes it: a list as its JSON text, a truth value as a number, for which libsql 0.5.29 ends the process else. */
export const sqliteValue = (value: BoundValue): unknown => {
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}
