import type { Pass } from '../importer.js'
import { splitRow } from '../read/read-csv.js'
import type { SourceFile } from '../read/source-file.js'
import { readJsonArray, readJsonLines } from './coded-json.js'
import { type CodedRow, type Columns, readTable, type Separator, splitTabs } from './coded-rows.js'

/** How the rows of a file are written, whatever they say. */
export interface Layout {
  readonly kind: 'json' | 'table'
  /** The cells of a table's first line, which may be a header; the keys of the first objects of JSON. */
  readonly first: readonly string[]
  /**
   * @param names the columns of a table that has no header; null where it has one
   * @throws RapporteurError `BAD_INPUT` for a file that cannot be read as a whole
   */
  read<Column extends string>(
    file: SourceFile,
    columns: Columns<Column>,
    names: readonly string[] | null,
    pass: Pass,
  ): AsyncIterable<readonly CodedRow<Column>[]>
}

/** Tells how the rows of a file are written by its beginning, which has its first line whole, or an object if it is an array. */
export const layoutOf = (head: string): Layout => {
  if (head.startsWith('[')) return json(head, readJsonArray)
  if (head.startsWith('{')) return json(head, readJsonLines)
  const line = head.split('\n', 1)[0]?.trimEnd() ?? ''
  const [tabbed, commas] = [splitTabs(line), splitRow(line) ?? []]
  return commas.length > tabbed.length ? table(',', commas) : table('\t', tabbed)
}

const json = (head: string, read: typeof readJsonArray): Layout => ({
  kind: 'json',
  first: [...new Set(Array.from(head.matchAll(/"([^"\\]{1,100})"\s*:/g), ([, key = '']) => key))],
  read: (file, columns, _names, pass) => read(file, columns, pass),
})

const table = (separator: Separator, first: readonly string[]): Layout => ({
  kind: 'table',
  first,
  read: (file, columns, names, pass) => readTable(file, separator, columns, names, pass),
})
