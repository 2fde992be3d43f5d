import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { GraphQLError } from 'graphql'
import type { FetchAPI } from 'graphql-yoga'
import { sheetsOf, type TableAbout } from '../table/about-table.js'
import { writeCsv } from '../table/csv.js'
import type { Table } from '../table/open-table.js'
import { writeXlsx } from '../table/xlsx.js'

/** The formats that a table is given in, with how their media type is written. */
export const TABLE_FORMATS = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export type TableFormat = keyof typeof TABLE_FORMATS

/** What is told of a table beside its rows, for the pages of other sites to read, too. */
const FACTS = ['rapporteur-data-version', 'rapporteur-total-count', 'rapporteur-undecided-count', 'content-disposition']

/** How a table is sent. */
export interface Sending {
  readonly fetchAPI: FetchAPI
  /** Node's own response, where it goes to a socket. */
  readonly response: ServerResponse | undefined
  /** Told of what ends a table before its end, so that a fault is in the log. */
  readonly mask: (error: unknown) => GraphQLError
  /** Whether a CSV begins with a byte order mark. */
  readonly mark?: boolean
}

/** A response that gives a table while it is made. An error after its first rows ends it without its end. */
export const tableResponse = (
  table: Table,
  format: TableFormat,
  about: TableAbout,
  { fetchAPI, response, mask, mark = false }: Sending,
): Response => {
  const { state, totalCount, undecidedCount } = table
  const chunks = format === 'csv' ? writeCsv(table, { mark }) : writeXlsx(sheetsOf(table, about))
  const file = `${table.name.replaceAll('.', '-').replace(/[^\w-]/g, '') || 'table'}.${format}`
  const body = Readable.from(chunks, { objectMode: false, highWaterMark: 65_536 })
  // An answer that was begun can only be cut off, by which a client knows that it is not whole.
  body.once('error', (error) => {
    mask(error)
    response?.destroy(error)
  })
  return new fetchAPI.Response(body as unknown as BodyInit, {
    headers: {
      'content-type': format === 'csv' ? `${TABLE_FORMATS.csv}; charset=utf-8; header=present` : TABLE_FORMATS.xlsx,
      'content-disposition': `attachment; filename="${file}"`,
      'rapporteur-data-version': String(state.version),
      ...(totalCount !== null && { 'rapporteur-total-count': String(totalCount) }),
      ...(undecidedCount !== null && { 'rapporteur-undecided-count': String(undecidedCount) }),
      'access-control-expose-headers': FACTS.join(', '),
      vary: 'accept',
    },
  })
}
