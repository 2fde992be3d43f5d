import type { ParquetWriter } from 'hyparquet-writer'
import type { ExportFolder } from './export-folder.js'
import type { ExportFormat } from './export-format.js'
import type { ExportedGraph } from './exported-graph.js'
import { type Cell, type Field, type Table, tablesOf } from './tables.js'

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number]

/** What a row group holds at most: rows, and characters of their texts. */
const GROUP = { rows: 50_000, characters: 16_000_000 }
const DAY = 86_400_000

/** A Parquet file a table, with the type of each column. */
export const parquet: ExportFormat = {
  name: 'parquet',
  summary: 'a table a type as Parquet, with the type of each column, for DuckDB, pandas, Spark …',
  async write(graph, folder) {
    for (const table of tablesOf(graph)) await writeTable(graph, table, folder)
  },
  next: (folder) => `"SELECT * FROM '${folder}/vote_event.parquet'" asks DuckDB; docs/export.md says what is in them.`,
}

const writeTable = async (graph: ExportedGraph, table: Table, folder: ExportFolder): Promise<void> => {
  const { ByteWriter, ParquetWriter: Writer } = await import('hyparquet-writer')
  const writer = new ByteWriter()
  const file = new Writer({
    writer,
    schema: schemaOf(table),
    createdBy: 'rapporteur',
    kvMetadata: [
      { key: 'rapporteur.table', value: table.about },
      { key: 'rapporteur.dataVersion', value: String(graph.state.version) },
    ],
  })
  const take = (): Uint8Array => {
    const bytes = writer.getBytes().slice()
    writer.index = 0
    return bytes
  }
  const content = async function* () {
    for await (const columns of groupsOf(table)) {
      writeGroup(file, table, columns)
      yield take()
    }
    await file.finish()
    yield take()
  }
  await folder.write(`${table.name}.parquet`, content())
}

/** The rows in groups, turned into columns. */
async function* groupsOf({ fields, rows }: Table): AsyncGenerator<readonly Cell[][]> {
  let columns: Cell[][] = fields.map(() => [])
  let characters = 0
  let number = 0
  for await (const cells of rows()) {
    for (const [i, cell] of cells.entries()) {
      if (typeof cell === 'string') characters += cell.length
      columns[i]?.push(cell)
    }
    number += 1
    if (number < GROUP.rows && characters < GROUP.characters) continue
    yield columns
    columns = fields.map(() => [])
    characters = 0
    number = 0
  }
  if (number > 0) yield columns
}

const writeGroup = (file: ParquetWriter, { fields }: Table, columns: readonly Cell[][]): void => {
  const columnData = fields.map((field, i) => ({ name: field.name, data: (columns[i] ?? []).map(storedAs(field)) }))
  void file.write({ columnData, rowGroupSize: GROUP.rows })
}

type Stored = Exclude<Cell, readonly unknown[]> | bigint | readonly unknown[]

const storedAs = ({ kind }: Field): ((cell: Cell) => Stored) => {
  if (kind === 'integer') return (cell) => (cell === null ? null : BigInt(cell as number))
  if (kind === 'date') return (cell) => (cell === null ? null : Date.parse(cell as string) / DAY)
  return (cell) => cell
}

const schemaOf = ({ fields }: Table): SchemaElement[] => [
  { name: 'root', num_children: fields.length },
  ...fields.map(
    ({ name, kind, required }): SchemaElement => ({
      name,
      repetition_type: required ? 'REQUIRED' : 'OPTIONAL',
      ...TYPES[kind],
    }),
  ),
]

const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const

/** A moment stays a text, since Parquet has no place for its offset from UTC. */
const TYPES: Readonly<Record<Field['kind'], Omit<SchemaElement, 'name'>>> = {
  text: TEXT,
  moment: TEXT,
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  json: { type: 'BYTE_ARRAY', converted_type: 'JSON', logical_type: { type: 'JSON' } },
  date: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
}
