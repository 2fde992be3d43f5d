export type Scalar = string | number | boolean
/** What stands in a statement's place for a value; null only for a part of a range or text that is not there. */
export type BoundValue = Scalar | readonly Scalar[] | null

/** A value that a statement takes: known when the document is planned, or given by each request. */
export type Value =
  | { readonly from: 'constant'; readonly value: BoundValue }
  /** Read from what stands at this path in the request's variables. */
  | { readonly from: 'variable'; readonly path: readonly string[]; readonly read: Reading }
  | { readonly from: 'list'; readonly of: readonly Value[] }
  /** The day that is so many days after another, or before. */
  | { readonly from: 'day'; readonly of: Value; readonly days: number }

/** How what a client writes becomes the value of a statement; \`part\` names one of several values that are read from it. */
export interface Reading {
  readonly how:
    | 'asIs'
    | 'id'
    | 'ids'
    | 'idList'
    | 'list'
    | 'reference'
    | 'folded'
    | 'foldedList'
    | 'words'
    | 'searched'
    | 'day'
    | 'moment'
    | 'cursor'
  readonly part?: number
  /** Of an id: what it begins with, where that is not written. */
  readonly prefix?: string
  /** Of a cursor: what it has to begin with, and the kinds of its keys. */
  readonly mark?: string
  readonly keys?: readonly KeyKind[]
}

/** What a key of an order can be. */
export type KeyKind = 'string' | 'integer' | 'number' | 'boolean'

/** The values of a plan's holes in one request. */
export type Bound = ReadonlyMap<Value, BoundValue>

/** A printed plan: the text, and what it takes, in order. */
export interface Printed {
  readonly text: string
  readonly parameters: readonly Value[]
}

const NOTHING: Bound = new Map()

/** The value itself, in a request. */
export const boundValue = (value: Value, bound: Bound = NOTHING): BoundValue => {
  if (value.from === 'constant') return value.value
  if (value.from === 'list') return value.of.flatMap((each) => boundValue(each, bound) as Scalar | readonly Scalar[])
  if (value.from === 'day') return dayBeside(String(boundValue(value.of, bound)), value.days)
  return bound.get(value) ?? null
}

const DAY = 86_400_000

/** Beyond the years that a text has room for, what comes before or after every day. */
const dayBeside = (day: string, days: number): string => {
  const beside = new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)
  if (/^\d{4}-/.test(beside)) return beside
  return days < 0 ? '0000-01-01' : '~'
}

export const constant = (value: BoundValue): Value => ({ from: 'constant', value })
