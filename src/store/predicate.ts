import type { Column, ColumnKind, LinkShape } from '../model/graph-shape.js'
import type { Value } from './values.js'

/** The column of a row: of its node, of the link that led to it, or of what every record has. */
export interface ColumnOf {
  readonly of: 'node' | 'link' | 'record'
  readonly name: string
  readonly kind: ColumnKind
  /** Whether it always has a value. */
  readonly required?: boolean
}

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>='

/**
 * What is asked of a row: true, or not. Where a client may ask for what is not known, `query/known.ts` has made two of
 * these of it, so that no engine has to reckon with what is unknown.
 */
export type Predicate =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Predicate[] }
  | { readonly kind: 'compare'; readonly column: ColumnOf; readonly is: Comparison; readonly to: Value }
  /** One parameter, whatever its length. */
  | { readonly kind: 'among'; readonly column: ColumnOf; readonly values: Value; readonly negated: boolean }
  | { readonly kind: 'known'; readonly column: ColumnOf; readonly is: boolean }
  /** Whether all words stand in a folded text: the longest, which is looked for first, and the others. */
  | {
      readonly kind: 'words'
      readonly column: ColumnOf
      readonly longest: Value
      readonly others: Value
      readonly negated: boolean
    }
  | { readonly kind: 'begins'; readonly column: ColumnOf; readonly with: Value; readonly negated: boolean }
  | { readonly kind: 'exists'; readonly from: Related; readonly where: Predicate; readonly negated: boolean }
  | {
      readonly kind: 'count'
      readonly from: Related
      readonly where: Predicate
      readonly is: Comparison
      readonly to: Value
    }

export const ALL: Predicate = { kind: 'all', of: [] }

/** Rows that belong to a row. */
export type Related =
  | { readonly kind: 'hop'; readonly hop: Hop; readonly types: readonly string[] }
  | { readonly kind: 'reference'; readonly column: Column; readonly types: readonly string[] }
  | { readonly kind: 'citations'; readonly of: 'node' | 'link' }
  /** The node at an end of the row's link. */
  | { readonly kind: 'end'; readonly end: 'from' | 'to'; readonly types: readonly string[] }

/** A step over links of one type, from the row's node. */
export interface Hop {
  readonly link: LinkShape
  readonly direction: 'out' | 'in'
  /** Of the link's columns. */
  readonly only: Predicate
}

/** Whether a hop's link leads to nodes of these types only, so that nothing has to be left out. */
export const isWhole = ({ link, direction }: Hop, types: readonly string[]): boolean =>
  (direction === 'out' ? link.to : link.from).every((type) => types.includes(type))

/** What has to hold all at once. */
export const partsOf = (predicate: Predicate): readonly Predicate[] =>
  predicate.kind === 'all' ? predicate.of.flatMap(partsOf) : [predicate]

/** Whether each row has at most one such neighbour: the node at an end of its link, or where its only link of a type leads. */
export const isOnlyOne = (from: Related): from is Related & { readonly kind: 'end' | 'hop' } =>
  from.kind === 'end' || (from.kind === 'hop' && from.hop.link.one && from.hop.direction === 'out')

/** Whether other records have to be looked at for it. */
export const asksOthers = (predicate: Predicate): boolean => {
  if (predicate.kind === 'all' || predicate.kind === 'any') return predicate.of.some(asksOthers)
  return predicate.kind === 'exists' || predicate.kind === 'count'
}

/** Whether a node is asked for by its id, so that there is at most one, or as many as were named. */
export const isById = (predicate: Predicate): boolean => {
  if (predicate.kind === 'all') return predicate.of.some(isById)
  if (predicate.kind !== 'compare' && predicate.kind !== 'among') return false
  const isEqual = predicate.kind === 'compare' ? predicate.is === '=' : !predicate.negated
  return isEqual && predicate.column.of === 'record' && predicate.column.name === 'id'
}
