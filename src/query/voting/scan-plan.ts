import type { Column, GraphShape, LinkShape } from '../../model/graph-shape.js'
import { totalOrder } from '../../model/graph-shape.js'
import type { Entry, Layout, Plan } from '../../store/plan.js'
import { ALL, type ColumnOf, type Predicate } from '../../store/predicate.js'
import { constant } from '../../store/values.js'
import { PageBuilder, type ShapeBuilder } from '../shape-builder.js'

/** What is read of each record of a type. */
export interface Scanned {
  readonly type: string
  /** Columns, by the names that they are given. */
  readonly columns: Readonly<Record<string, string>>
  /** The ids of the single neighbours to which links lead, by the names that they are given. */
  readonly neighbours: Readonly<Record<string, string>>
  readonly where: Predicate
  /** How many at most; null for all. */
  readonly first: number | null
  /** The id after which it goes on. */
  readonly after: string | null
  /** What else is read of each. */
  more?(builder: ShapeBuilder): Entry
}

/** The column by which every record is found. */
export const ID: ColumnOf = { of: 'record', name: 'id', kind: 'text', required: true }

/** The plan that gives records of a type as `{ nodes: [{ id, … }] }`, in the order of ids. */
export const scanPlan = (
  shape: GraphShape,
  { type, columns, neighbours, where, first, after, more }: Scanned,
): Plan => {
  const types = [type]
  const asked = {
    from: { kind: 'scan' as const, types },
    where,
    bounds: ALL,
    undecided: null,
    order: totalOrder([], undefined),
    first,
    after: after === null ? null : [constant(after)],
    mark: '',
  }
  const page = new PageBuilder(asked, types)
  page.rows = true
  const known = shape.nodes.get(type)?.columns
  const entries: Entry[] = [
    { as: 'id', value: { kind: 'value', slot: page.shape.id() } },
    ...Object.entries(columns).map(
      ([as, name]): Entry => ({
        as,
        value: { kind: 'value', slot: page.shape.column('node', known?.get(name) as Column) },
      }),
    ),
    ...Object.entries(neighbours).map(([as, name]): Entry => {
      const link = shape.links.get(name) as LinkShape
      const { key, shape: neighbour } = page.shape.neighbour({ link, direction: 'out', only: ALL }, [...link.to].sort())
      const id: readonly Entry[] = [{ as: 'id', value: { kind: 'value', slot: neighbour.id() } }]
      const layout: Layout = new Map(neighbour.types.map((each) => [each, id]))
      return { as, value: { kind: 'node', slot: key, layout } }
    }),
    ...(more ? [more(page.shape)] : []),
  ]
  const layout: Layout = new Map([[type, entries]])
  return { kind: 'page', page: page.build(), entries: [{ as: 'nodes', value: { kind: 'nodes', layout } }] }
}
