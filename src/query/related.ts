import type { EdgeMapping, Filter, SingleMapping } from '../model/graph-shape.js'
import type { Hop, Predicate, Related } from '../store/predicate.js'
import { constant, type Scalar, type Value } from '../store/values.js'

/** The step over links that a field asks for. */
export const hopOf = ({ link, direction, only }: EdgeMapping): Hop => ({
  link,
  direction,
  only: { kind: 'all', of: only.map(({ equals, ...filter }) => equalTo(filter, constant(equals as Scalar))) },
})

/** That a column has a value. */
export const equalTo = ({ of, column: { name, kind } }: Filter, to: Value): Predicate => ({
  kind: 'compare',
  column: { of, name, kind },
  is: '=',
  to,
})

/** What a field leads to. */
export const relatedOf = (over: SingleMapping): Related => {
  if (over.kind === 'edge') return { kind: 'hop', hop: hopOf(over), types: over.types }
  return over.kind === 'end' ? over : { kind: 'reference', column: over.column, types: over.types }
}
