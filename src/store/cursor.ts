import { RapporteurError } from '../errors.js'

/** A key of an order: what a cursor holds. */
export type CursorKey = string | number | boolean

/** What a key of an order can be. */
export type KeyKind = 'string' | 'integer' | 'number' | 'boolean'

/** The longest cursor accepted, in characters. */
const MAX_CURSOR_LENGTH = 4000

/**
 * Reads a cursor: the hexadecimal of a JSON list of the row's order keys, as both engines write it.
 * @param kinds the type of each key, in order
 * @throws RapporteurError `BAD_CURSOR`
 */
export const readCursor = (cursor: string, kinds: readonly KeyKind[]): readonly CursorKey[] => {
  const keys = parseKeys(cursor)
  if (keys?.length !== kinds.length || keys.some((key, i) => !isOf(kinds[i], key))) {
    const shown = cursor.length > 60 ? `${cursor.slice(0, 60)}…` : cursor
    throw new RapporteurError(
      'BAD_CURSOR',
      `"${shown}" is not a cursor of this list. Take one from its \`endCursor\` or \`cursor\`, or leave \`after\` out to begin at the start.`,
    )
  }
  return keys
}

const isOf = (kind: KeyKind | undefined, key: CursorKey): boolean => {
  if (kind === 'integer') return Number.isSafeInteger(key)
  return kind === 'number' ? Number.isFinite(key) : typeof key === kind
}

/** Writes the cursor of a row with these order keys, just as SQLite's `hex(json_array(…))` does. */
export const writeCursor = (keys: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(keys), 'utf8').toString('hex').toUpperCase()

const parseKeys = (cursor: string): readonly CursorKey[] | null => {
  if (cursor.length > MAX_CURSOR_LENGTH || cursor.length % 2 !== 0 || !/^[0-9A-F]+$/i.test(cursor)) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(cursor, 'hex'))
    const keys: unknown = JSON.parse(text)
    return Array.isArray(keys) &&
      keys.every((key) => typeof key !== 'string' || (key.isWellFormed() && !key.includes('\u0000')))
      ? keys
      : null
  } catch {
    return null
  }
}
