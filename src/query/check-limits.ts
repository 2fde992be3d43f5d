import { RapporteurError } from '../errors.js'
import type { Entry, Layout, Page, PageEntry, Plan, Shape } from '../store/plan.js'

/** Lists within lists: SQLite's parser ends a little above five, so both engines end there. */
const MAX_DEPTH = 5
/** Tables that one row joins: SQLite joins at most 64, and the row's own take up to three. */
const MAX_TABLES = 60
/** Lists and counts in one statement: each costs Neo4j 15 to 19 ms of planning. */
const MAX_SUBQUERIES = 40
/** Rows that a statement may have to give, were every list full. */
const MAX_ROWS = 25_000

/**
 * Gives the plan back if it lies within the limits, which are the same on every engine.
 * @throws RapporteurError `DEPTH_LIMIT`, `COST_LIMIT`
 */
export const checkLimits = (plan: Plan): Plan => {
  const counted =
    plan.kind === 'page'
      ? countPage(plan.page, plan.entries, 1)
      : countRow(plan.shape, [...plan.layout.values()], plan.kind === 'many' ? 1 : 0)
  const rows = counted.rows * (plan.kind === 'many' ? plan.ids.length : 1)
  if (counted.depth > MAX_DEPTH) {
    throw new RapporteurError(
      'DEPTH_LIMIT',
      `Lists stand ${counted.depth} deep within each other; at most ${MAX_DEPTH} are answered. Ask for the inner ones in a query of their own.`,
    )
  }
  if (counted.subqueries > MAX_SUBQUERIES) {
    throw new RapporteurError(
      'COST_LIMIT',
      `The field asks for ${counted.subqueries} lists and counts; at most ${MAX_SUBQUERIES} are answered at once. Ask for some of them in a query of their own.`,
    )
  }
  const tables = Math.max(counted.tables, counted.innerTables)
  if (tables > MAX_TABLES) {
    throw new RapporteurError(
      'COST_LIMIT',
      `The single neighbours that a row asks for take ${tables} tables; at most ${MAX_TABLES} are joined at once. Ask for some of them in a query of their own.`,
    )
  }
  if (rows > MAX_ROWS) {
    throw new RapporteurError(
      'COST_LIMIT',
      `The field asks for up to ${rows} rows; at most ${MAX_ROWS} are given at once. Ask for fewer with \`first\`, and for the rest with \`after\`.`,
    )
  }
  return plan
}

interface Counted {
  /** Lists within lists, this one included. */
  readonly depth: number
  /** Lists and counts. */
  readonly subqueries: number
  /** Tables that the row joins, and the most that a row of a list within it does. */
  readonly tables: number
  readonly innerTables: number
  /** Rows, were every list full. */
  readonly rows: number
}

/** A list that is never cut is counted as this many rows. */
const WHOLE_LIST = 20

const countPage = (page: Page, entries: readonly PageEntry[], depth: number): Counted => {
  const asked = entries.flatMap(({ value }) => {
    if (value.kind === 'nodes') return [...value.layout.values()]
    return value.kind === 'edges' ? [value.entries] : []
  })
  const inner = countRow(page.shape, asked, depth)
  return {
    ...inner,
    tables: 0,
    innerTables: Math.max(inner.tables, inner.innerTables),
    subqueries: inner.subqueries + 1 + (page.totalCount ? 1 : 0),
    rows: page.rows ? (page.first ?? WHOLE_LIST) * inner.rows : 1,
  }
}

/** Counts what is asked of a row; a list asked under two names with unlike fields is two lists. */
const countRow = (shape: Shape, asked: readonly (readonly Entry[])[], depth: number): Counted => {
  const { lists, neighbours } = collect(asked)
  let counted: Counted = { depth, subqueries: 0, tables: ownTables(shape), innerTables: 0, rows: 1 }
  const add = (inner: Counted, tables: number, rows: number): void => {
    counted = {
      depth: Math.max(counted.depth, inner.depth),
      subqueries: counted.subqueries + inner.subqueries,
      tables: counted.tables + tables,
      innerTables: Math.max(counted.innerTables, inner.innerTables),
      rows: counted.rows + rows,
    }
  }
  for (const slot of shape.slots) {
    if (slot.kind === 'page') {
      for (const entries of lists.get(slot.key) ?? []) {
        const inner = countPage(slot.page, entries, depth + 1)
        add(inner, 0, inner.rows)
      }
    } else if (slot.kind === 'neighbour' || slot.kind === 'reference') {
      const inner = countRow(slot.shape, neighbours.get(slot.key) ?? [], depth)
      // A neighbour is joined over its link.
      add(inner, inner.tables + (slot.kind === 'neighbour' ? 2 : 1), inner.rows - 1)
    }
  }
  return counted
}

/** What a row joins for itself: the table of each type possible, or the one that all nodes have in common. */
const ownTables = ({ types, slots }: Shape): number => {
  if (types.length > 1) return types.length
  const common = slots.some(
    (slot) =>
      slot.kind === 'updatedAt' ||
      (slot.kind === 'page' && slot.page.from.kind === 'citations' && slot.page.from.of === 'node'),
  )
  return common ? 1 : 0
}

interface Collected {
  readonly lists: Map<string, Set<readonly PageEntry[]>>
  readonly neighbours: Map<string, (readonly Entry[])[]>
}

/** The lists and single neighbours that entries ask of a row, by slot. */
const collect = (asked: readonly (readonly Entry[])[]): Collected => {
  const collected: Collected = { lists: new Map(), neighbours: new Map() }
  const visitAll = (layout: Layout) => {
    for (const entries of layout.values()) visit(entries)
  }
  const visit = (entries: readonly Entry[]): void => {
    for (const { value } of entries) {
      if (value.kind === 'self') visitAll(value.layout)
      else if (value.kind === 'page')
        collected.lists.set(value.slot, (collected.lists.get(value.slot) ?? new Set()).add(value.entries))
      else if (value.kind === 'node') {
        const known = collected.neighbours.get(value.slot) ?? []
        collected.neighbours.set(value.slot, [...known, ...value.layout.values()])
      }
    }
  }
  for (const entries of asked) visit(entries)
  return collected
}
