import { ALL, type Comparison, type Predicate, type Related } from '../store/predicate.js'
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
  /** Of one, or each, of the records of a list. */
  | { readonly kind: 'some' | 'every'; readonly from: Related; readonly where: Filter; readonly wholeOrNone: boolean }
  /** How many records a list has. */
  | {
      readonly kind: 'number'
      readonly from: Related
      readonly is: Comparison
      readonly to: Value
      readonly wholeOrNone: boolean
    }

/** Where it is known that a filter holds. */
export const knownTrue = (filter: Filter): Predicate => {
  switch (filter.kind) {
    case 'all':
    case 'any':
      return { kind: filter.kind, of: filter.of.map(knownTrue) }
    case 'not':
      return knownFalse(filter.of)
    case 'is':
      return filter.predicate
    case 'one':
      return exists(filter.from, knownTrue(filter.where))
    case 'some':
      return exists(filter.from, knownTrue(filter.where))
    case 'every':
      return published(filter, exists(filter.from, notTrue(knownTrue(filter.where)), true))
    case 'number':
      return published(filter, { kind: 'count', from: filter.from, where: ALL, is: filter.is, to: filter.to })
  }
}

/** Where it is known that it does not. */
const knownFalse = (filter: Filter): Predicate => {
  switch (filter.kind) {
    case 'all':
      return { kind: 'any', of: filter.of.map(knownFalse) }
    case 'any':
      return { kind: 'all', of: filter.of.map(knownFalse) }
    case 'not':
      return knownTrue(filter.of)
    case 'is':
      return contrary(filter.predicate)
    case 'one':
      return exists(filter.from, knownFalse(filter.where))
    case 'some':
      return published(filter, exists(filter.from, notTrue(knownFalse(filter.where)), true))
    case 'every':
      return exists(filter.from, knownFalse(filter.where))
    case 'number':
      return published(filter, { kind: 'count', from: filter.from, where: ALL, is: CONTRARY[filter.is], to: filter.to })
  }
}

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

/** False or not known. Nothing is: nothing is not true. */
const notTrue = (of: Predicate): Predicate => ({ kind: 'notTrue', of })

/** Of an empty list that is published whole or not at all, nothing is known. */
const published = (
  { from, wholeOrNone }: Filter & { kind: 'some' | 'every' | 'number' },
  predicate: Predicate,
): Predicate => (wholeOrNone ? { kind: 'all', of: [exists(from, ALL), predicate] } : predicate)

/** For which rows it is not known whether a filter holds. */
export const undecided = (filter: Filter): Predicate => ({
  kind: 'all',
  of: [notTrue(knownTrue(filter)), notTrue(knownFalse(filter))],
})
