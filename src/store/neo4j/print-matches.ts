import type { GraphShape } from '../../model/graph-shape.js'
import { asksOthers, isById, isOnlyOne, type Predicate, partsOf } from '../predicate.js'
import { quoted } from './names.js'
import { endOf, type PredicatePrinter, type Row, whereAll } from './print-predicate.js'

type Cypher = string

/** Which rows are found. */
export interface RowsFound {
  /** The pattern that finds them. */
  readonly pattern: Cypher
  readonly row: Row
  /** The variables that are used of a row. */
  readonly kept: readonly string[]
  readonly asked: Predicate
  /** Conditions on the row's own values that are printed already. */
  readonly more?: readonly Cypher[]
  /** The type of the rows, where they are all records of one or all links, and are gone through in no order. */
  readonly counted?: { readonly type: string | null }
}

/** A condition on the one neighbour of a row. */
type OfNeighbour = Predicate & { readonly kind: 'exists'; readonly from: { readonly kind: 'end' | 'hop' } }

/**
 * Prints the clauses that find rows. The database would ask conditions in an order of its own, and takes those that look
 * at other records for quick ones: a SKIP of nothing holds them back until the row's own values are known. Where all rows
 * are counted, and something is asked of the one neighbour of each, the neighbours are found first.
 */
export const printMatches = (
  { pattern, row, kept, asked, more = [], counted }: RowsFound,
  predicates: PredicatePrinter,
  graph: GraphShape,
): readonly Cypher[] => {
  const parts = partsOf(asked)
  const first = counted && !isById(asked) ? parts.find(isOfNeighbour) : undefined
  const conditions = (all: readonly Predicate[]) => all.flatMap((part) => predicates.conditions(part, row))
  const ofRow = (match: Cypher, all: readonly Predicate[], own: readonly Cypher[] = []) =>
    clauses({
      match,
      kept,
      quick: [...conditions(all.filter(isQuick)), ...own, ...more],
      dear: conditions(all.filter(asksOthers)),
    })
  if (!first) return ofRow(pattern, parts, indexable(graph, counted?.type ? [counted.type] : [], parts, row))
  const rest = parts.filter((part) => part !== first)
  const { from } = first
  const inner = from.kind === 'end' ? { node: endOf(row, from.end), link: '' } : predicates.innerRow()
  const ofInner = (all: readonly Predicate[]) => all.flatMap((part) => predicates.conditions(part, inner))
  const asksInner = partsOf(first.where)
  const neighbours = clauses({
    match: `(${inner.node}:${from.types.map(quoted).join('|')})`,
    kept: [inner.node],
    quick: [...ofInner(asksInner.filter(isQuick)), ...indexable(graph, from.types, asksInner, inner)],
    dear: ofInner(asksInner.filter(asksOthers)),
  })
  if (from.kind !== 'hop') return [...neighbours, ...ofRow(pattern, rest)]
  const label = counted?.type ? `:${quoted(counted.type)}` : ''
  const back = predicates.pattern(from, { ...row, node: `${row.node}${label}` }, inner)
  return [...neighbours, ...ofRow(back, rest, predicates.conditions(from.hop.only, inner))]
}

/** A match, and what is asked of its rows: at once, and when that is known. */
interface Match {
  readonly match: Cypher
  readonly kept: readonly string[]
  readonly quick: readonly Cypher[]
  readonly dear: readonly Cypher[]
}

const clauses = ({ match, kept, quick, dear }: Match): readonly Cypher[] => [
  `MATCH ${match}${whereAll(quick)}`,
  ...(dear.length > 0 ? [`WITH ${kept.join(', ')} SKIP 0${whereAll(dear)}`] : []),
]

/**
 * An index is used only where something is asked of each of its columns: of those of the type's order, which follow those
 * that are compared, that there is a value, as there always is.
 */
const indexable = (
  graph: GraphShape,
  types: readonly string[],
  asked: readonly Predicate[],
  { node }: Row,
): readonly Cypher[] => {
  const type = types.length === 1 ? graph.nodes.get(types[0] as string) : undefined
  const compared = new Set(asked.flatMap((part) => (part.kind === 'compare' ? [part.column.name] : [])))
  const isUsed = type?.indexes.some((columns) => columns.every((column) => compared.has(column)))
  if (!type || !isUsed || type.order.some((key) => key.missing || key.absent !== undefined)) return []
  return type.order.map(({ column }) => `${node}.${quoted(column)} IS NOT NULL`)
}

const isQuick = (part: Predicate): boolean => !asksOthers(part)

/** Whether something is asked of a neighbour of which each row has at most one, so that each row is found once. */
const isOfNeighbour = (part: Predicate): part is OfNeighbour =>
  part.kind === 'exists' && !part.negated && isOnlyOne(part.from)
