import { RapporteurError } from '../errors.js'
import type { Page, Plan, Shape } from '../store/plan.js'

/** Lists within lists: SQLite's parser ends a little above five, so both engines end there. */
const MAX_DEPTH = 5
/** Single neighbours in one row, over any number of steps: SQLite joins at most 64 tables. */
const MAX_NEIGHBOURS = 40
/** Lists and counts in one statement: each costs Neo4j 15 to 19 ms of planning. */
const MAX_SUBQUERIES = 40
/** Rows that a statement may have to give, were every list full. */
const MAX_ROWS = 25_000

/**
 * Gives the plan back if it lies within the limits, which are the same on every engine.
 * @throws RapporteurError `DEPTH_LIMIT`, `COST_LIMIT`
 */
export const checkLimits = (plan: Plan): Plan => {
  const counted = plan.kind === 'page' ? countPage(plan.page, 1) : countShape(plan.shape, plan.kind === 'many' ? 1 : 0)
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
  if (counted.neighbours > MAX_NEIGHBOURS) {
    throw new RapporteurError(
      'COST_LIMIT',
      `A row asks for ${counted.neighbours} single neighbours; at most ${MAX_NEIGHBOURS} are answered at once. Ask for some of them in a query of their own.`,
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
  /** The most single neighbours in any one row. */
  readonly neighbours: number
  /** Rows, were every list full. */
  readonly rows: number
}

/** A list that is never cut is counted as this many rows. */
const WHOLE_LIST = 20

const countPage = (page: Page, depth: number): Counted => {
  const inner = countShape(page.shape, depth)
  return {
    depth: inner.depth,
    subqueries: inner.subqueries + 1 + (page.totalCount ? 1 : 0),
    neighbours: inner.neighbours,
    rows: page.rows ? (page.first ?? WHOLE_LIST) * inner.rows : 1,
  }
}

const countShape = (shape: Shape, depth: number): Counted => {
  let counted: Counted = { depth, subqueries: 0, neighbours: 0, rows: 1 }
  let inRow = 0
  let mostElsewhere = 0
  const add = (inner: Counted, rows: number): void => {
    counted = {
      depth: Math.max(counted.depth, inner.depth),
      subqueries: counted.subqueries + inner.subqueries,
      neighbours: 0,
      rows: counted.rows + rows,
    }
  }
  for (const slot of shape.slots) {
    if (slot.kind === 'page') {
      const inner = countPage(slot.page, depth + 1)
      mostElsewhere = Math.max(mostElsewhere, inner.neighbours)
      add(inner, inner.rows)
    } else if (slot.kind === 'neighbour' || slot.kind === 'reference') {
      const inner = countShape(slot.shape, depth)
      // A neighbour of several possible types is joined with the table of each.
      inRow += inner.neighbours + 1 + (slot.shape.types.length > 1 ? slot.shape.types.length : 0)
      add(inner, inner.rows - 1)
    }
  }
  return { ...counted, neighbours: Math.max(inRow, mostElsewhere) }
}
