import type { FiguresFrom } from '../store/figures.js'
import type { Plan } from '../store/plan.js'
import { ALL, isOnlyOne, type Predicate, partsOf, type Related } from '../store/predicate.js'

/**
 * What a filter asks of the one neighbour of each row that is counted, so that no more rows are looked at than these
 * neighbours have: of all votes, those in some ballots.
 */
export interface Narrowing {
  readonly types: readonly string[]
  readonly where: Predicate
  /** Over which link the rows belong to the neighbour, and from which of its ends they are reached. */
  readonly link: string
  readonly at: 'out' | 'in'
}

/** The first narrowing of a plan of figures; null where there is none. */
export const narrowingOf = (plan: Plan): Narrowing | null => {
  if (plan.kind !== 'figures') return null
  const { from, where } = plan.figures
  for (const part of partsOf(where)) {
    if (part.kind !== 'exists' || part.negated || !isOnlyOne(part.from)) continue
    const over = linkTo(part.from, from)
    if (over) return { types: part.from.types, where: part.where, ...over }
  }
  return null
}

/** A plan that counts the neighbours; its answer is that number alone. */
export const countNeighbours = ({ types, where }: Narrowing): Plan => ({
  kind: 'page',
  page: {
    ...{ from: { kind: 'scan', types }, where, bounds: ALL, order: [], first: 0, mark: '', after: null },
    ...{ shape: { types, slots: [] }, rows: false, cursors: false, totalCount: true, undecided: null, pageInfo: false },
  },
  entries: [{ as: 'found', value: { kind: 'totalCount' } }],
})

const linkTo = (
  to: Related & { readonly kind: 'end' | 'hop' },
  rows: FiguresFrom,
): Pick<Narrowing, 'link' | 'at'> | null => {
  if (to.kind === 'hop') return rows.kind === 'scan' ? { link: to.hop.link.name, at: 'in' } : null
  return rows.kind === 'links' ? { link: rows.link.name, at: to.end === 'to' ? 'in' : 'out' } : null
}
