import { type Costs, MAX_FIELDS, MAX_ROWS } from './check-limits.js'
import { MAX_PRICE } from './price.js'

/** What a question costs at most, told before it is answered. */
export interface Cost {
  /** One is about a millisecond of a processor. */
  readonly points: number
  /** Records and links that its statements look at. */
  readonly looked: number
  /** Records that it gives, were every list full. */
  readonly rows: number
  /** Fields and items of its answer, were every list full. */
  readonly fields: number
  readonly statements: number
}

/** What a point buys, as `npm run bench:cost` measures it. */
const POINT = { looked: 2000, fields: 400, statements: 4 }

/** What a question may ask for at most; of `rows`, for each of its root fields. */
export const COST_LIMITS = { looked: MAX_PRICE, rows: MAX_ROWS, fields: MAX_FIELDS }

/** What a question costs besides, whatever it asks. */
export const REQUEST_POINTS = 0.1

/** @param looked records and links that are looked at, as priced */
export const costOf = ({ rows, fields, statements }: Costs, looked: number): Cost => ({
  points: REQUEST_POINTS + looked / POINT.looked + fields / POINT.fields + statements / POINT.statements,
  looked: Math.ceil(looked),
  rows,
  fields,
  statements,
})
