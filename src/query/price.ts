import { RapporteurError } from '../errors.js'
import { CITATIONS, type GraphShape } from '../model/graph-shape.js'
import type { Figures } from '../store/figures.js'
import type { GraphSizes, LinkSizes } from '../store/graph-store.js'
import type { Page, PageEntry, Plan, Shape } from '../store/plan.js'
import type { Hop, Predicate, Related } from '../store/predicate.js'
import { type Asked, askedOfPage, collect } from './asked-of-row.js'
import type { Narrowing } from './narrowing.js'

/** Records and links that are looked at for a request: as many take one to two seconds. */
export const MAX_PRICE = 3_000_000

/**
 * How many records and links an answer has to look at, at most, in a graph of this size. A list over a link goes through
 * all neighbours of a node to sort them, however few it gives, and again for each row that leads to that node; not every
 * engine has an index for an order of the link's own, so that none is counted on. A list of all records follows an index
 * where it has one for its order and for all that narrows it. What a filter asks of other records is looked at for each row
 * that it is asked of.
 * @param narrowed how many neighbours were found that all rows of figures belong to
 */
export const priceOf = (
  plan: Plan,
  sizes: GraphSizes,
  shape: Pick<GraphShape, 'nodes'>,
  narrowed?: Narrowed | undefined,
): number => {
  const price = new Price(sizes, shape, narrowed)
  if (plan.kind === 'figures') price.figures(plan.figures, ONE)
  else if (plan.kind === 'page') price.page(plan.page, plan.entries, ONE)
  else {
    const rows = plan.kind === 'many' ? plan.length : 1
    price.row(plan.shape, new Set(plan.layout.values()), { rows, groups: rows })
  }
  return price.looked
}

/** What all rows belong to, counted. */
export interface Narrowed {
  readonly by: Narrowing
  readonly found: number
}

/** Whether a request at this price is answered. */
export const isWithin = (price: number): boolean => price <= MAX_PRICE

/** @throws RapporteurError `COST_LIMIT` */
export const refuseAbove = (price: number): void => {
  if (isWithin(price)) return
  throw new RapporteurError(
    'COST_LIMIT',
    `The query might have to look at ${Math.ceil(price)} records and links of this graph; at most ${MAX_PRICE} are looked at for one. A list goes through all neighbours of its record to sort them, and again for each row above it: ask for fewer rows with \`first\` where a list stands in another, or for the inner list in a query of its own. Figures go through all that they count: narrow them with \`where\`, or leave out \`undecidedCount\`.`,
    { details: { limit: MAX_PRICE, asked: Math.ceil(price) } },
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

  constructor(
    readonly sizes: GraphSizes,
    readonly shape: Pick<GraphShape, 'nodes'>,
    readonly narrowed?: Narrowed | undefined,
  ) {}

  page(page: Page, entries: readonly PageEntry[], parents: Rows): void {
    const { all, most } = this.#found(page, parents)
    const given = page.first === null ? most : Math.min(page.first + 1, most)
    const gone = this.#isAlongIndex(page) ? parents.rows * given : all
    if (page.rows || page.pageInfo) this.looked += gone + this.#asked(page.where, { rows: gone, groups: parents.rows })
    if (page.totalCount) this.looked += all + this.#asked(page.where, { rows: all, groups: parents.rows })
    if (page.undecided) this.looked += all + this.#asked(page.undecided, { rows: all, groups: parents.rows })
    if (!page.rows) return
    this.row(page.shape, askedOfPage(entries), { rows: parents.rows * given, groups: parents.rows })
  }

  /** All rows are counted, by what stands in them and over single neighbours. */
  figures({ from, where, undecided, keys }: Figures, parents: Rows): void {
    const rows =
      from.kind === 'hop'
        ? this.#overHop(from.hop, parents).all
        : parents.rows * (from.kind === 'links' ? this.#links(from.link.name).all : this.#nodes(from.types))
    const all = { rows, groups: parents.groups }
    const counted = Math.min(rows, this.narrowed ? this.#ofNeighbours(this.narrowed) : rows)
    this.looked += counted * (1 + keys.length / 4) + this.#asked(where, { ...all, rows: counted })
    if (undecided) this.looked += rows + this.#asked(undecided, all)
  }

  #ofNeighbours({ found, by }: Narrowed): number {
    return this.#nodes(by.types) + found * this.#links(by.link)[by.at]
  }

  row(shape: Shape, asked: Asked, rows: Rows): void {
    const { lists, neighbours } = collect(asked)
    for (const slot of shape.slots) {
      if (slot.kind === 'figures') this.figures(slot.figures, rows)
      else if (slot.kind === 'page') {
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

  /** What a condition looks at beyond the rows of which it is asked. */
  #asked(predicate: Predicate, rows: Rows): number {
    switch (predicate.kind) {
      case 'all':
      case 'any':
        return predicate.of.reduce((sum, each) => sum + this.#asked(each, rows), 0)
      case 'exists':
      case 'count': {
        const found = this.#related(predicate.from, rows)
        return found + this.#asked(predicate.where, { rows: found, groups: rows.groups })
      }
      default:
        return 0
    }
  }

  #related(from: Related, rows: Rows): number {
    if (from.kind === 'hop') return this.#overHop(from.hop, rows).all
    // What is asked of the ends of all links is asked once of each node.
    if (from.kind === 'end') return Math.min(rows.rows, rows.groups * this.#nodes(from.types))
    return from.kind === 'reference' ? rows.rows : rows.rows * this.#links(CITATIONS.name).out
  }

  /** Whether an index gives all that is asked, in order. */
  #isAlongIndex({ from, where, order }: Page): boolean {
    if (from.kind !== 'scan') return false
    const node = from.types.length === 1 ? this.shape.nodes.get(from.types[0] as string) : undefined
    if (node && !(order.length === node.order.length && order.every((key, i) => key === node.order[i]))) return false
    const conditions = where.kind === 'all' ? where.of : [where]
    if (conditions.length === 0) return true
    const [only] = conditions
    if (conditions.length > 1 || only?.kind !== 'compare') return false
    if (only.column.of === 'record') return true
    return only.is === '=' && (node?.indexes.some(([first]) => first === only.column.name) ?? false)
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
        const most = this.#nodes(from.types)
        return { all: parents.rows * most, most }
      }
    }
  }

  #overHop({ link, direction }: Hop, { rows, groups }: Rows): { readonly all: number; readonly most: number } {
    const { all, ...sizes } = this.#links(link.name)
    const most = sizes[direction]
    return { all: Math.min(rows * most, groups * all), most }
  }

  #nodes(types: readonly string[]): number {
    return types.reduce((sum, type) => sum + (this.sizes.nodes.get(type) ?? 0), 0)
  }

  #links(name: string): LinkSizes {
    return this.sizes.links.get(name) ?? NO_LINKS
  }
}
