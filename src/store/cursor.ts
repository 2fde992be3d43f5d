import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { RapporteurError } from '../errors.js'
import type { OrderKey } from '../model/graph-shape.js'
import type { FiguresFrom } from './figures.js'
import type { From } from './plan.js'
import type { KeyKind } from './values.js'

/** A key of an order: what a cursor holds. */
export type CursorKey = string | number | boolean

/** The longest cursor accepted, in characters. */
const MAX_CURSOR_LENGTH = 4000

const marks = new LRUCache<string, string>({ max: 1000 })

/** What a list's cursors begin with, so that no other list takes them: of where its rows come from, their types and order. */
export const listMark = (from: From, types: readonly string[], order: readonly OrderKey[]): string => {
  const keys = order.map(
    ({ of, column, missing, descending }) => `${of}.${column}${missing ? ' missing' : ''}${descending ? ' desc' : ''}`,
  )
  const name = [nameOf(from), ...types, ...keys].join(' ')
  return markOf(name)
}

/** What the cursors of figures begin with: of what is counted, and by what. */
export const figuresMark = (from: FiguresFrom, type: string, asked: string): string =>
  markOf(['figures', nameOf(from), type, asked].join(' '))

const markOf = (name: string): string => {
  const mark = marks.get(name) ?? createHash('sha256').update(name).digest('base64url').slice(0, 4)
  marks.set(name, mark)
  return mark
}

const nameOf = (from: From | FiguresFrom): string => {
  if (from.kind !== 'hop') return from.kind
  return `${from.hop.link.name} ${from.hop.direction}`
}

/**
 * Reads a cursor: the hexadecimal of a JSON list of the list's mark and the row's order keys, as both engines write it.
 * @param kinds the type of each key, in order
 * @throws RapporteurError `BAD_CURSOR`
 */
export const readCursor = (cursor: string, mark: string, kinds: readonly KeyKind[]): readonly CursorKey[] => {
  const [found, ...keys] = parseKeys(cursor) ?? []
  if (found !== mark || keys.length !== kinds.length || keys.some((key, i) => !isOf(kinds[i], key))) {
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
export const writeCursor = (mark: string, keys: readonly unknown[]): string =>
  Buffer.from(JSON.stringify([mark, ...keys]), 'utf8')
    .toString('hex')
    .toUpperCase()

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
