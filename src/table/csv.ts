import { stringify } from 'csv-stringify/sync'
import type { Cell } from './cells.js'
import type { CitedSources } from './cited-sources.js'
import type { Table, TableRow } from './open-table.js'

/** Control characters that are no white space; a reader of CSV may end a text at them. */
const CONTROL = /[^\P{Cc}\t\n\r]/gu

/**
 * Writes a table as CSV (RFC 4180): a line of names, then a line for each row, ended by CR and LF. Nothing known is
 * nothing, an empty text is `""`. What a spreadsheet program would take for a formula has an apostrophe before it.
 */
export async function* writeCsv(
  { columns, pages }: Table,
  { mark = false, cited }: CsvOptions = {},
): AsyncGenerator<string, void, undefined> {
  const names = columns.map(({ name }) => name)
  yield `${mark ? '\ufeff' : ''}${lines([cited ? [...names, '_sources', '_locators'] : names])}`
  for await (const rows of pages()) {
    cited?.add(rows)
    if (rows.length > 0) yield lines(rows.map((row) => (cited ? [...row.cells, ...saidBy(row)] : row.cells)))
  }
}

/** How a table is written as CSV. */
interface CsvOptions {
  /** Whether the text begins with a byte order mark, by which Excel knows that it is UTF-8. */
  readonly mark?: boolean
  /** Collects who says the rows; each row then has its sources, and where in them it stands, in two columns more. */
  readonly cited?: CitedSources
}

const saidBy = ({ sources }: TableRow): readonly Cell[] => [
  [...new Set(sources.map(({ id }) => id))].join('; ') || null,
  sources.flatMap(({ locator }) => locator ?? []).join('; ') || null,
]

/** Rows as lines of CSV. */
export const lines = (rows: readonly (readonly Cell[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    {
      record_delimiter: 'windows',
      escape_formulas: true,
      cast: {
        boolean: (value) => String(value),
        string: (value) => (value === '' ? { value, quoted_empty: true } : value.replace(CONTROL, '\ufffd')),
      },
    },
  )
