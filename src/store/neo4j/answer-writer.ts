import { writeCursor } from '../cursor.js'
import {
  type Entry,
  type EntryValue,
  type Layout,
  type Page,
  type PageEntry,
  type Plan,
  placeOf as placeOfSlot,
  type Shape,
  type Slot,
  slotOf,
} from '../plan.js'
import { figuresWriter } from './figures-writer.js'
import { isIdAlone, lookedUp } from './print-cypher.js'

type Values = readonly unknown[]
/** Writes the JSON text of a row. */
type Write = (row: Values, dictionaries: Dictionaries) => string
/** The rows of nodes that columns refer to, by slot and id. */
type Dictionaries = ReadonlyMap<string, ReadonlyMap<string, Values>>

const NONE: Dictionaries = new Map()

/**
 * Makes what writes the JSON text of an answer from the lists that a printed plan gives (see `print-cypher.ts`).
 * It is given the value of the statement's one row, or undefined where there was none.
 */
export const answerWriter = (plan: Plan): ((answer: unknown) => string) => {
  if (plan.kind === 'page') {
    const write = writePage(plan.page, plan.entries)
    return (answer) => write(answer as Values)
  }
  if (plan.kind === 'figures') {
    const write = figuresWriter(plan.figures, plan.entries)
    return (answer) => write(answer as Values)
  }
  const write = writeNode(plan.shape, plan.layout)
  const writeRow = (row: unknown) => (row ? write(row as Values, NONE) : 'null')
  return plan.kind === 'one' ? writeRow : (answer) => `[${(answer as Values).map(writeRow).join(',')}]`
}

/** Each is made once, in however many places of the answer its node stands. */
const nodeWriters = new WeakMap<Shape, Map<Layout, Write>>()

const writeNode = (shape: Shape, layout: Layout): Write => {
  const made = nodeWriters.get(shape) ?? new Map<Layout, Write>()
  nodeWriters.set(shape, made)
  const write = made.get(layout) ?? makeNodeWriter(shape, layout)
  made.set(layout, write)
  return write
}

const makeNodeWriter = (shape: Shape, layout: Layout): Write => {
  if (shape.types.length === 1) return writeObject(shape, layout.get(shape.types[0] as string) ?? [], null)
  const writers = new Map(shape.types.map((type) => [type, writeObject(shape, layout.get(type) ?? [], null)]))
  return (row, dictionaries) => writers.get(row[0] as string)?.(row, dictionaries) ?? 'null'
}

const writeObject = (shape: Shape, entries: readonly Entry[], page: Page | null): Write => {
  const names = entries.map(nameOf)
  const writers = entries.map(({ value }) => writeValue(shape, value, page))
  if (writers.length === 0) return () => '{}'
  return (row, dictionaries) => {
    let text = ''
    for (let i = 0; i < writers.length; i++) text += names[i] + (writers[i] as Write)(row, dictionaries)
    return `${text}}`
  }
}

/** The name of an object's entry, with what stands before it. */
const nameOf = ({ as }: { readonly as: string }, i: number): string => `${i === 0 ? '{' : ','}${JSON.stringify(as)}:`

const writeValue = (shape: Shape, value: EntryValue, page: Page | null): Write => {
  switch (value.kind) {
    case 'constant': {
      const text = JSON.stringify(value.text)
      return () => text
    }
    case 'cursor':
      return (row) => JSON.stringify(cursorOf(row, shape, page as Page))
    case 'self':
      return writeNode(shape, value.layout)
    case 'value': {
      const place = placeOf(shape, value.slot)
      // A short list is kept as its JSON text.
      if (isList(slotOf(shape, value.slot))) return (row) => (row[place] as string | null) ?? '[]'
      return (row) => writeScalar(row[place])
    }
    case 'items': {
      const place = placeOf(shape, value.slot)
      return (row) =>
        JSON.stringify(
          (JSON.parse((row[place] as string | null) ?? '[]') as Readonly<Record<string, unknown>>[]).map((item) =>
            project(item, value.fields),
          ),
        )
    }
    case 'object': {
      const place = placeOf(shape, value.presence)
      const write = writeObject(shape, value.entries, page)
      return (row, dictionaries) =>
        row[place] === null || row[place] === undefined ? 'null' : write(row, dictionaries)
    }
    case 'node':
      return writeNeighbour(shape, value.slot, value.layout)
    case 'figures': {
      const slot = slotOf(shape, value.slot) as Slot & { kind: 'figures' }
      const place = placeOf(shape, value.slot)
      const write = figuresWriter(slot.figures, value.entries)
      return (row) => write(row[place] as Values)
    }
    case 'page': {
      const slot = slotOf(shape, value.slot) as Slot & { kind: 'page' }
      const place = placeOf(shape, value.slot)
      const write = writePage(slot.page, value.entries)
      return (row) => write(row[place] as Values)
    }
  }
}

const writeNeighbour = (shape: Shape, key: string, layout: Layout): Write => {
  const slot = slotOf(shape, key) as Slot & { kind: 'neighbour' | 'reference' }
  const place = placeOf(shape, key)
  const write = writeNode(slot.shape, layout)
  if (slot.kind === 'neighbour')
    return (row, dictionaries) => (row[place] ? write(row[place] as Values, dictionaries) : 'null')
  if (isIdAlone(slot.shape)) {
    // The id is the whole row: the shape has the one slot, or none.
    return (row, dictionaries) =>
      row[place] === null || row[place] === undefined ? 'null' : write([row[place]], dictionaries)
  }
  const written = new WeakMap<Values, string>()
  return (row, dictionaries) => {
    const found = dictionaries.get(key)?.get(row[place] as string)
    if (!found) return 'null'
    let text = written.get(found)
    if (text === undefined) {
      text = write(found, NONE)
      written.set(found, text)
    }
    return text
  }
}

const writePage = (page: Page, entries: readonly PageEntry[]): ((value: Values) => string) => {
  const references = lookedUp(page.shape)
  const writers = entries.map((entry, i) => [nameOf(entry, i), writePageValue(page, entry.value)] as const)
  if (writers.length === 0) return () => '{}'
  return (value) => {
    const [found, total, undecided, ...lists] = value as readonly [
      Values[] | null,
      number | null,
      number | null,
      ...[string, Values][][],
    ]
    const rows = found ?? []
    const kept = page.pageInfo && page.first !== null ? rows.slice(0, page.first) : rows
    const dictionaries: Dictionaries = new Map(references.map((slot, i) => [slot.key, new Map(lists[i])]))
    let text = ''
    for (const [name, write] of writers)
      text += name + write({ rows: kept, more: rows.length > kept.length, total, undecided, dictionaries })
    return `${text}}`
  }
}

interface PageRows {
  readonly rows: readonly Values[]
  readonly more: boolean
  readonly total: number | null
  readonly undecided: number | null
  readonly dictionaries: Dictionaries
}

const writePageValue = (page: Page, value: PageEntry['value']): ((rows: PageRows) => string) => {
  switch (value.kind) {
    case 'constant': {
      const text = JSON.stringify(value.text)
      return () => text
    }
    case 'number': {
      const text = String(value.number)
      return () => text
    }
    case 'totalCount':
      return ({ total }) => String(total)
    case 'undecidedCount':
      return ({ undecided }) => String(undecided)
    case 'nodes': {
      const write = writeNode(page.shape, value.layout)
      return (page) => writeRows(page, write)
    }
    case 'edges': {
      const write = writeObject(page.shape, value.entries, page)
      return (page) => writeRows(page, write)
    }
    case 'pageInfo':
      return (rows) =>
        JSON.stringify(Object.fromEntries(value.fields.map(({ as, name }) => [as, pageInfo(page, name, rows)])))
  }
}

const writeRows = ({ rows, dictionaries }: PageRows, write: Write): string => {
  let text = '['
  for (let i = 0; i < rows.length; i++) text += (i === 0 ? '' : ',') + write(rows[i] as Values, dictionaries)
  return `${text}]`
}

/** Longer texts are left to `JSON.stringify`, which then is faster. */
const MAX_SHORT = 64

/** What `JSON.stringify` writes of a value that is not an object; half as long, since most are whole numbers and short texts with nothing to escape. */
const writeScalar = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (Number.isInteger(value) || typeof value === 'boolean') return `${value}`
  if (typeof value !== 'string' || value.length > MAX_SHORT) return JSON.stringify(value)
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code < 0x20 || code === QUOTE || code === BACKSLASH || code >= FIRST_SURROGATE) return JSON.stringify(value)
  }
  return `"${value}"`
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const FIRST_SURROGATE = 0xd800

const pageInfo = (page: Page, name: string, { rows, more }: PageRows): string | boolean | null => {
  const cursor = (row: Values | undefined) => (row ? cursorOf(row, page.shape, page) : null)
  switch (name) {
    case 'hasNextPage':
      return more
    case 'hasPreviousPage':
      return page.after !== null
    case 'startCursor':
      return cursor(rows[0])
    case 'endCursor':
      return cursor(rows.at(-1))
    default:
      return 'PageInfo'
  }
}

const cursorOf = (row: Values, shape: Shape, page: Page): string => {
  const start = firstSlot(shape) + shape.slots.length
  return writeCursor(page.mark, row.slice(start, start + page.order.length))
}

const project = (
  item: Readonly<Record<string, unknown>>,
  fields: readonly { readonly as: string; readonly name: string; readonly constant?: string }[],
) => Object.fromEntries(fields.map(({ as, name, constant }) => [as, constant ?? item[name] ?? null]))

const firstSlot = (shape: Shape): number => (shape.types.length > 1 ? 1 : 0)

const placeOf = (shape: Shape, key: string): number => firstSlot(shape) + placeOfSlot(shape, key)

const isList = (slot: Slot): boolean => slot.kind === 'column' && slot.column.kind === 'values'
