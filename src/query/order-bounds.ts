import type { GraphShape, OrderKey } from '../model/graph-shape.js'
import { ALL, type Predicate, partsOf } from '../store/predicate.js'
import type { Value } from '../store/values.js'

/**
 * What follows, from what is asked of a day, for the moment by which a list of all records is ordered: its index can begin
 * and end there, and gives the rows in order. The day is a local one and the moment in UTC, so that a day is added on
 * either side.
 */
export const orderBounds = (
  shape: Pick<GraphShape, 'nodes'>,
  types: readonly string[],
  where: Predicate,
  order: readonly OrderKey[],
): Predicate => {
  const [first] = order
  const node = types.length === 1 ? shape.nodes.get(types[0] as string) : undefined
  const moment = first?.of === 'node' && !first.missing ? node?.columns.get(first.column) : undefined
  const derived = moment?.derived
  if (!moment || derived?.how !== 'moment') return ALL
  const column = { of: 'node', name: moment.name, kind: moment.kind } as const
  const bounds = comparisonsWith(derived.day, where).flatMap(({ is, to }): Predicate[] => {
    const from: Predicate = { kind: 'compare', column, is: '>=', to: dayBeside(to, -1) }
    const until: Predicate = { kind: 'compare', column, is: '<', to: dayBeside(to, 2) }
    if (is === '=') return [from, until]
    if (is === '<>') return []
    return is.startsWith('>') ? [from] : [until]
  })
  return { kind: 'all', of: bounds }
}

/** What every row's column is compared with. */
const comparisonsWith = (name: string, where: Predicate): readonly (Predicate & { readonly kind: 'compare' })[] =>
  partsOf(where).flatMap((part) =>
    part.kind === 'compare' && part.column.of === 'node' && part.column.name === name ? [part] : [],
  )

const dayBeside = (of: Value, days: number): Value => ({ from: 'day', of, days })
