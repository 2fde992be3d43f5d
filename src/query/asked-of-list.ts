import type { FieldNode } from 'graphql'
import { RapporteurError } from '../errors.js'
import {
  type Column,
  type ConnectionShape,
  type EdgeMapping,
  type Filter,
  type GraphShape,
  type OrderKey,
  totalOrder,
  VERSION,
} from '../model/graph-shape.js'
import { listMark } from '../store/cursor.js'
import type { From } from '../store/plan.js'
import { ALL, type Comparison, type Predicate } from '../store/predicate.js'
import type { KeyKind, Value } from '../store/values.js'
import type { Hole } from './holes.js'
import { type Filter as AskedFilter, knownTrue, undecided } from './known.js'
import { orderBounds } from './order-bounds.js'
import type { PlanValues } from './plan-values.js'
import { readFilter } from './read-filter.js'
import { at } from './refused-at.js'
import { equalTo } from './related.js'
import type { PageAsked } from './shape-builder.js'

/** How many items a list gives where neither `first` nor its schema says. */
export const DEFAULT_FIRST = 20

export type Arguments = Readonly<Record<string, unknown>>

/** What planning a list needs to know, and what collects the values that it takes. */
export interface ListPlanning {
  readonly shape: GraphShape
  readonly values: PlanValues
}

/** A list as the schema has it. */
export interface List {
  readonly from: From
  readonly types: readonly string[]
  readonly order: readonly OrderKey[]
  readonly max: number
  readonly filters: ReadonlyMap<string, Filter>
  /** The argument that asks for links that hold on a day; null where there is none. */
  readonly asOf: EdgeMapping['asOf']
  readonly connection: ConnectionShape
  /** What is asked of its rows whatever the client asks. */
  readonly fixed: readonly Predicate[]
}

/** Which rows of a list are asked, in which order, and how many after which. */
export const askedOfList = (
  planning: ListPlanning,
  list: List,
  args: Arguments,
  places: readonly FieldNode[],
): PageAsked => {
  const { from, types, connection } = list
  const asked = bothOf(filterOf(planning, args, connection.where, places), asOfDay(planning, list.asOf, args, places))
  const fixed = [...equalitiesOf(planning, list.filters, args, places), ...list.fixed]
  const where: Predicate = { kind: 'all', of: asked ? [...fixed, knownTrue(asked)] : fixed }
  const order = orderOf(planning, list, args)
  return {
    from,
    where,
    bounds: from.kind === 'scan' ? orderBounds(planning.shape, types, where, order) : ALL,
    undecided: asked && { kind: 'all', of: [...fixed, undecided(asked)] },
    order,
    ...windowOf(planning, list, order, args, places),
  }
}

/** What `where` asks of the rows; null where nothing is asked. */
export const filterOf = (
  { shape, values }: ListPlanning,
  args: Arguments,
  type: string,
  places: readonly FieldNode[],
): AskedFilter | null => (args['where'] ? readFilter({ shape, values, nodes: places }, args['where'], type) : null)

const bothOf = (one: AskedFilter | null, other: AskedFilter | null): AskedFilter | null =>
  one && other ? { kind: 'all', of: [one, other] } : (one ?? other)

/** That a link holds on a day: it is known to have begun by then, and not to have ended before. */
const asOfDay = (
  { values }: ListPlanning,
  asOf: EdgeMapping['asOf'],
  args: Arguments,
  places: readonly FieldNode[],
): AskedFilter | null => {
  const day = asOf && args[asOf.argument]
  if (!asOf || day === null || day === undefined) return null
  const to = values.value(day, { how: 'asIs' }, asOf.argument, places)
  const columnOf = ({ name, kind }: Column) => ({ of: 'link' as const, name, kind })
  const compare = (column: Column, is: Comparison): AskedFilter => ({
    kind: 'is',
    predicate: { kind: 'compare', column: columnOf(column), is, to },
  })
  const isOpen: AskedFilter = { kind: 'is', predicate: { kind: 'known', column: columnOf(asOf.end), is: false } }
  return { kind: 'all', of: [compare(asOf.start, '<='), { kind: 'any', of: [isOpen, compare(asOf.end, '>=')] }] }
}

/** The order that is asked, made total; else the list's own. */
const orderOf = ({ shape }: ListPlanning, { from, order, connection }: List, args: Arguments): readonly OrderKey[] => {
  const words = args['orderBy'] as readonly string[] | string | null | undefined
  if (!words || words.length === 0) return order
  const known = shape.orders.get(connection.order)
  const keys = [words].flat().flatMap((word) => known?.get(word) ?? [])
  // What comes again decides nothing.
  const unlike = keys.filter((key, i) => keys.findIndex((each) => isSameKey(each, key)) === i)
  return totalOrder(unlike, from.kind === 'hop' ? from.hop.link : undefined)
}

/** What the arguments of a field's own ask for. */
const equalitiesOf = (
  { values }: ListPlanning,
  filters: ReadonlyMap<string, Filter>,
  args: Arguments,
  places: readonly FieldNode[],
): readonly Predicate[] =>
  [...filters].flatMap(([name, filter]): readonly Predicate[] => {
    const asked = args[name]
    if (asked === null || asked === undefined) return []
    return [equalTo(filter, values.value(asked, { how: 'asIs' }, name, places))]
  })

/** How many rows, and after which. */
const windowOf = (
  { shape, values }: ListPlanning,
  { from, types, max }: List,
  order: readonly OrderKey[],
  args: Arguments,
  places: readonly FieldNode[],
) =>
  at(places, () => {
    const first = (args['first'] as number | null | undefined) ?? DEFAULT_FIRST
    if (first < 0 || first > max) {
      throw new RapporteurError(
        'BAD_ARGUMENT',
        `\`first\` is ${first}; it must lie between 0 and ${max}. Ask for the rest with \`after\`.`,
      )
    }
    const mark = listMark(from, types, order)
    const written = args['after'] as string | Hole | null | undefined
    if (written === null || written === undefined) return { first, mark, after: null }
    const keys = order.map((key) => keyKind(shape, key, types, from))
    const after = keys.map(
      (_, part): Value => values.value(written, { how: 'cursor', part, mark, keys }, 'after', places),
    )
    return { first, mark, after }
  })

const keyKind = (shape: Pick<GraphShape, 'nodes'>, key: OrderKey, types: readonly string[], from: From): KeyKind => {
  if (key.missing) return 'integer'
  if (key.of === 'node' && key.column === 'id') return 'string'
  if (key === VERSION) return 'integer'
  const link = from.kind === 'hop' ? from.hop.link.columns : undefined
  const columns = key.of === 'link' ? link : shape.nodes.get(types[0] as string)?.columns
  const kind = columns?.get(key.column)?.kind
  return kind === 'integer' || kind === 'number' || kind === 'boolean' ? kind : 'string'
}

const isSameKey = (a: OrderKey, b: OrderKey): boolean =>
  a.of === b.of && a.column === b.column && a.missing === b.missing
