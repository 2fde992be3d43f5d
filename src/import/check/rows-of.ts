import { type GraphRecord, isNode } from '../../model/records.js'
import type { Batch } from '../importer.js'

/** A batch as rows, with its file. */
export interface RowsOf {
  readonly file: string
  readonly records: readonly GraphRecord[]
  readonly lines: readonly number[]
  readonly digests?: readonly number[]
}

/** A batch as rows; records that do not come in rows are of no file. */
export const rowsOf = (batch: Batch): RowsOf => ('records' in batch ? batch : { file: '', records: batch, lines: [] })

/** Calls back with the first and past-the-last index of each row; records without lines are rows by themselves. */
export const eachRow = ({ records, lines }: RowsOf, visit: (start: number, end: number) => void): void => {
  for (let start = 0; start < records.length; ) {
    let end = start + 1
    if (lines.length > 0) while (end < records.length && lines[end] === lines[start]) end++
    visit(start, end)
    start = end
  }
}

/** Tells a record from others on its line, those of the same id included. */
export const whole = (record: GraphRecord): string => `${nameOf(record)} ${JSON.stringify(record.values)}`

/** A record as messages name it. */
export const nameOf = (record: GraphRecord): string =>
  isNode(record)
    ? `the record "${record.id}"`
    : `the link ${record.link} from "${record.from}" to "${record.to}"${record.key === undefined ? '' : ` (${record.key})`}`
