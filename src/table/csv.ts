import { stringify } from 'csv-stringify/sync'
import type { Cell } from './cells.js'
import type { Table } from './open-table.js'

/** Control characters that are no white space; a reader of CSV may end a text at them. */
const CONTROL = /[^\P{Cc}\t\n\r]/gu

/**
 * Writes a table as CSV (RFC 4180): a line of names, then a line for each row, ended by CR and LF. Nothing known is
 * nothing, an empty text is `""`. What a spreadsheet program would take for a formula has an apostrophe before it.
 * @param mark whether the text begins with a byte order mark, by which Excel knows that it is UTF-8
 */
export async function* writeCsv(
  { columns, pages }: Table,
  { mark = false }: { readonly mark?: boolean } = {},
): AsyncGenerator<string, void, undefined> {
  yield `${mark ? '\ufeff' : ''}${lines([columns.map(({ name }) => name)])}`
  for await (const rows of pages()) if (rows.length > 0) yield lines(rows.map(({ cells }) => cells))
}

const lines = (rows: readonly (readonly Cell[])[]): string =>
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
