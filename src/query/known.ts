import { ALL, type ColumnOf, type Comparison, type Predicate, type Related } from '../store/predicate.js'
import type { Value } from '../store/values.js'

/**
 * What a client asks of a row. It may hold, not hold, or not be known: a comparison with what is missing is not known, and
 * so is its contrary.
 */
export type Filter =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  /** Of the row's own columns, or whether there is something at all. */
  | { readonly kind: 'is'; readonly predicate: Predicate }
  /** Of a single neighbour; not known where there is none. */
  | { readonly kind: 'one'; readonly from: Related; readonly where: Filter }
  /** Of one, or each, of the records of a list, and when it is known that these are all there are. */
  | {
      readonly kind: 'some' | 'every'
      readonly from: Related
      readonly where: Filter
      readonly whole: readonly Predicate[]
    }
  /** How many records a list has. */
  | {
      readonly kind: 'number'
      readonly from: Related
      readonly is: Comparison
      readonly to: Value
      readonly whole: readonly Predicate[]
    }

/** Where it is known that a filter holds. */
export const knownTrue = (filter: Filter): Predicate => isKnown(filter, true)

/** For which rows it is not known whether a filter holds: it may hold, and it may not. */
export const undecided = (filter: Filter): Predicate => all([mayBe(filter, true), mayBe(filter, false)])

/** Where it is known that a filter holds, or that it does not. */
const isKnown = (filter: Filter, holds: boolean): Predicate => {
  switch (filter.kind) {
    case 'all':
    case 'any':
      return joined(
        joins(filter.kind, holds),
        filter.of.map((each) => isKnown(each, holds)),
      )
    case 'not':
      return isKnown(filter.of, !holds)
    case 'is':
      return holds ? filter.predicate : contrary(filter.predicate)
    case 'one':
      return exists(filter.from, isKnown(filter.where, holds))
    case 'some':
    case 'every':
      // One is enough to know that there is some, or that not each is; of the contrary each has to be known.
      return holds === (filter.kind === 'some')
        ? exists(filter.from, isKnown(filter.where, holds))
        : all([...filter.whole, exists(filter.from, mayBe(filter.where, !holds), true)])
    case 'number':
      return all([...filter.whole, count(filter, holds)])
  }
}

/** Where it is not known that a filter does not hold, or that it does. */
const mayBe = (filter: Filter, holds: boolean): Predicate => {
  switch (filter.kind) {
    case 'all':
    case 'any':
      return joined(
        joins(filter.kind, holds),
        filter.of.map((each) => mayBe(each, holds)),
      )
    case 'not':
      return mayBe(filter.of, !holds)
    case 'is': {
      const known = isKnown(filter, holds)
      return canLackValue(known) ? any([known, { kind: 'known', column: known.column, is: false }]) : known
    }
    case 'one':
      return exists(filter.from, isKnown(filter.where, !holds), true)
    case 'some':
    case 'every':
      return holds === (filter.kind === 'some')
        ? any([...filter.whole.map(contrary), exists(filter.from, mayBe(filter.where, holds))])
        : exists(filter.from, isKnown(filter.where, !holds), true)
    case 'number':
      return any([...filter.whole.map(contrary), count(filter, holds)])
  }
}

/** All hold where each does; all do not where one does not. */
const joins = (kind: 'all' | 'any', holds: boolean): 'all' | 'any' => (holds === (kind === 'all') ? 'all' : 'any')

/** Whether a column is asked of that may have no value, so that the answer may not be known. */
const canLackValue = (predicate: Predicate): predicate is Predicate & { readonly column: ColumnOf } =>
  'column' in predicate && predicate.kind !== 'known' && !predicate.column.required

/** Engines ask one after the other, until one decides: what costs least comes first. */
const joined = (kind: 'all' | 'any', of: readonly Predicate[]): Predicate =>
  of.length === 1 ? (of[0] as Predicate) : { kind, of: [...of].sort((a, b) => costOf(a) - costOf(b)) }

const all = (of: readonly Predicate[]): Predicate => joined('all', of)

const any = (of: readonly Predicate[]): Predicate => joined('any', of)

/** About how dear it is to ask: the row's own values, a walk through its text, or a look at other records. */
const costOf = (predicate: Predicate): number => {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return Math.max(0, ...predicate.of.map(costOf))
    case 'exists':
    case 'count':
      return 2
    case 'words':
    case 'begins':
      return 1
    default:
      return 0
  }
}

const count = ({ from, is, to }: Filter & { kind: 'number' }, holds: boolean): Predicate => ({
  kind: 'count',
  from,
  where: ALL,
  is: holds ? is : CONTRARY[is],
  to,
})

const CONTRARY: Readonly<Record<Comparison, Comparison>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
}

/** The contrary of what is asked of a column; neither holds where the column has no value. */
const contrary = (predicate: Predicate): Predicate => {
  switch (predicate.kind) {
    case 'compare':
      return { ...predicate, is: CONTRARY[predicate.is] }
    case 'known':
      return { ...predicate, is: !predicate.is }
    case 'among':
    case 'words':
    case 'begins':
    case 'exists':
      return { ...predicate, negated: !predicate.negated }
    default:
      throw new Error(`"${predicate.kind}" is asked of no column.`)
  }
}

const exists = (from: Related, where: Predicate, negated = false): Predicate => ({
  kind: 'exists',
  from,
  where,
  negated,
})
