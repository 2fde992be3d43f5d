import { RapporteurError } from '../errors.js'
import { CITATIONS } from '../model/graph-shape.js'
import type { GraphSizes, LinkSizes } from '../store/graph-store.js'
import type { Condition, Hop, Page, PageEntry, Plan, Shape } from '../store/plan.js'
import { type Asked, askedOfPage, collect } from './asked-of-row.js'

/** Records and links that are looked at for a request: as many take about a second. */
const MAX_PRICE = 2_000_000

/**
 * How many records and links an answer has to look at, at most, in a graph of this size. A list over a link goes through
 * all neighbours of a node to sort them, however few it gives, and again for each row that leads to that node; not every
 * engine has an index for an order of the link's own, so that none is counted on. A list of all records follows an index,
 * unless several filters narrow it.
 */
export const priceOf = (plan: Plan, sizes: GraphSizes): number => {
  const price = new Price(sizes)
  if (plan.kind === 'page') price.page(plan.page, plan.entries, ONE)
  else {
    const rows = plan.kind === 'many' ? plan.ids.length : 1
    price.row(plan.shape, new Set(plan.layout.values()), { rows, groups: rows })
  }
  return price.looked
}

/** @throws RapporteurError `COST_LIMIT` */
export const refuseAbove = (price: number): void => {
  if (price <= MAX_PRICE) return
  throw new RapporteurError(
    'COST_LIMIT',
    `The query might have to look at ${price} records and links of this graph; at most ${MAX_PRICE} are looked at for one. A list goes through all neighbours of its record to sort them, and again for each row above it: ask for fewer rows with \`first\` where a list stands in another, or for the inner list in a query of its own.`,
  )
}

/** Rows, at most, in how many groups of unlike nodes: the same node may be in each group. */
interface Rows {
  readonly rows: number
  readonly groups: number
}

const ONE: Rows = { rows: 1, groups: 1 }
const NO_LINKS: LinkSizes = { all: 0, out: 0, in: 0 }

class Price {
  looked = 0

  constructor(readonly sizes: GraphSizes) {}

  page(page: Page, entries: readonly PageEntry[], parents: Rows): void {
    const { all, most } = this.#found(page, parents)
    const given = page.first === null ? most : Math.min(page.first + 1, most)
    const gone = page.from.kind === 'scan' && isAlongIndex(page.conditions) ? parents.rows * given : all
    if (page.rows || page.pageInfo) this.looked += gone
    if (page.totalCount) this.looked += all
    if (!page.rows) return
    this.row(page.shape, askedOfPage(entries), { rows: parents.rows * given, groups: parents.rows })
  }

  row(shape: Shape, asked: Asked, rows: Rows): void {
    const { lists, neighbours } = collect(asked)
    for (const slot of shape.slots) {
      if (slot.kind === 'page') {
        for (const entries of lists.get(slot.key) ?? []) this.page(slot.page, entries, rows)
      } else if (slot.kind === 'neighbour' || slot.kind === 'reference') {
        const below = neighbours.get(slot.key)
        if (!below) continue
        this.looked += slot.kind === 'neighbour' ? this.#overHop(slot.hop, rows).all : rows.rows
        // Many rows may have the same neighbour.
        this.row(slot.shape, below, { rows: rows.rows, groups: rows.rows })
      }
    }
  }

  /** How many rows there are to find, for all parents together and for one. */
  #found({ from }: Page, parents: Rows): { readonly all: number; readonly most: number } {
    switch (from.kind) {
      case 'hop':
        return this.#overHop(from.hop, parents)
      case 'citations': {
        const most = this.#links(CITATIONS.name).out
        return { all: parents.rows * most, most }
      }
      case 'scan': {
        const most = from.types.reduce((sum, type) => sum + (this.sizes.nodes.get(type) ?? 0), 0)
        return { all: parents.rows * most, most }
      }
    }
  }

  #overHop({ link, direction }: Hop, { rows, groups }: Rows): { readonly all: number; readonly most: number } {
    const { all, ...sizes } = this.#links(link.name)
    const most = sizes[direction]
    return { all: Math.min(rows * most, groups * all), most }
  }

  #links(name: string): LinkSizes {
    return this.sizes.links.get(name) ?? NO_LINKS
  }
}

/** Whether an index gives all that one filter lets through, in order. */
const isAlongIndex = (conditions: readonly Condition[]): boolean =>
  conditions.length === 0 || (conditions.length === 1 && !('olderThan' in (conditions[0] as Condition)))
