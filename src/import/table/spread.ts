import type { CellRows } from '../read/read-csv.js'
import type { Columns } from './columns.js'
import { takerOf } from './fields.js'
import type { Part } from './mapping.js'

/** How the cells of a table become rows of a part: as they are, or a row for each of several columns. */
export interface Reshaped {
  /** The columns that are asked of the table. */
  readonly columns: readonly string[]
  /** How many rows a row of the table becomes. */
  readonly times: number
  rows(cells: CellRows): CellRows
}

/**
 * Plans how a table with these columns is read for a part. With `spread`, each column whose name fits makes a row of its own,
 * which has what was taken of the name, and the cell.
 */
export const reshape = ({ spread }: Part, { names }: Columns, there: readonly string[]): Reshaped => {
  if (!spread) return { columns: names, times: 1, rows: (cells) => cells }
  const own = names.filter((name) => name !== spread.name && name !== spread.cell)
  const take = takerOf(spread.columns)
  const others = there.flatMap((column) => {
    const name = own.includes(column) ? null : take(column)
    return name === null || name === '' ? [] : [{ column, name }]
  })
  const places = names.map((name) => own.indexOf(name))
  return {
    columns: [...own, ...others.map(({ column }) => column)],
    times: others.length,
    rows({ rows, lines }) {
      const found = { rows: [] as (readonly string[])[], lines: [] as number[] }
      // Column by column, so that neighbours are of different lines: what is of one line is loaded together or not at all.
      for (const [at, { name }] of others.entries()) {
        for (const [index, row] of rows.entries()) {
          const cell = row[own.length + at] as string
          found.rows.push(
            names.map((each, place) =>
              each === spread.name ? name : each === spread.cell ? cell : (row[places[place] as number] as string),
            ),
          )
          found.lines.push(lines[index] as number)
        }
      }
      return found
    },
  }
}
