import Negotiator from 'negotiator'
import { sheetsOf, type TableAbout } from '../table/about-table.js'
import { writeCsv } from '../table/csv.js'
import type { Table } from '../table/open-table.js'
import { writeXlsx } from '../table/xlsx.js'
import { fileResponse, type Sending } from './file-response.js'

/** The formats that a table is given in, with how their media type is written. */
export const TABLE_FORMATS = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export type TableFormat = keyof typeof TABLE_FORMATS

/** How a table is sent. */
export interface SendingTable extends Sending {
  /** Whether a CSV begins with a byte order mark. */
  readonly mark?: boolean
}

export const isTableFormat = (format: string | null): format is TableFormat =>
  format !== null && format in TABLE_FORMATS

/** The format of table that a request prefers to what else it could be given; nothing where it prefers that. */
export const preferredTable = ({ headers }: Request, others: readonly string[]): TableFormat | undefined => {
  const accept = headers.get('accept') ?? '*/*'
  const best = new Negotiator({ headers: { accept } }).mediaType([...others, ...Object.values(TABLE_FORMATS)])
  return (Object.keys(TABLE_FORMATS) as TableFormat[]).find((format) => TABLE_FORMATS[format] === best)
}

/** A response that gives a table while it is made. */
export const tableResponse = (
  table: Table,
  format: TableFormat,
  about: TableAbout,
  { mark = false, ...sending }: SendingTable,
): Response => {
  const { state, totalCount, undecidedCount } = table
  const response = fileResponse(
    {
      name: table.name,
      ending: `.${format}`,
      type: format === 'csv' ? `${TABLE_FORMATS.csv}; charset=utf-8; header=present` : TABLE_FORMATS.xlsx,
      chunks: format === 'csv' ? writeCsv(table, { mark }) : writeXlsx(sheetsOf(table, about)),
      headers: {
        'rapporteur-data-version': String(state.version),
        ...(totalCount !== null && { 'rapporteur-total-count': String(totalCount) }),
        ...(undecidedCount !== null && { 'rapporteur-undecided-count': String(undecidedCount) }),
      },
    },
    sending,
  )
  response.headers.set('vary', 'accept')
  return response
}
