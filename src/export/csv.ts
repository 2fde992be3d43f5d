import type { StoredNode } from '../model/records.js'
import { csvRow } from './csv-row.js'
import type { ExportedFile, ExportFolder } from './export-folder.js'
import type { ExportFormat } from './export-format.js'
import type { ExportedGraph } from './exported-graph.js'
import { type Cell, type Field, type Table, tablesOf } from './tables.js'

interface WrittenTable {
  readonly table: Table
  readonly file: ExportedFile
  readonly rows: number
}

/** A CSV file a table, described by a Frictionless Data Package and by CSV on the Web. */
export const csv: ExportFormat = {
  name: 'csv',
  summary: 'a table a type as CSV, described by Frictionless datapackage.json and by CSVW csv-metadata.json',
  async write(graph, folder) {
    const written: WrittenTable[] = []
    for (const table of tablesOf(graph)) written.push(await writeTable(table, folder))
    await folder.write('datapackage.json', [`${JSON.stringify(dataPackage(graph, written), null, 2)}\n`])
    await folder.write('csv-metadata.json', [`${JSON.stringify(csvw(graph, written), null, 2)}\n`])
  },
  next: (folder) =>
    `"frictionless validate ${folder}/datapackage.json" checks them; docs/export.md says what is in them.`,
}

const writeTable = async (table: Table, folder: ExportFolder): Promise<WrittenTable> => {
  let rows = 0
  const content = async function* () {
    yield csvRow(
      table.fields.map(({ name }) => name),
      CRLF,
    )
    for await (const cells of table.rows()) {
      rows += 1
      yield csvRow(cells.map(cellText), CRLF)
    }
  }
  const file = await folder.write(`${table.name}.csv`, content())
  return { table, file, rows }
}

const CRLF = '\r\n'

/** As it is: nothing is put before what a spreadsheet would take for a formula, so that a program reads what was said. */
const cellText = (cell: Cell): string | null =>
  cell === null || typeof cell === 'string' ? cell : typeof cell === 'object' ? JSON.stringify(cell) : String(cell)

/** Many readers take an empty text for no value, so that a text is never asked to be there. */
const isRequired = ({ required, kind, refersTo, words }: Field): boolean =>
  required && (kind !== 'text' || refersTo !== undefined || words !== undefined)

const VALUES =
  'An empty cell is no value; a quoted empty cell ("") is an empty text. Days are ISO 8601, moments have their offset from UTC, columns that end in Edtf are EDTF (ISO 8601-2), lists are JSON. Nothing is escaped for spreadsheets: a text may begin like a formula.'

const TYPES: Readonly<Record<Field['kind'], { readonly frictionless: string; readonly csvw: string }>> = {
  text: { frictionless: 'string', csvw: 'string' },
  integer: { frictionless: 'integer', csvw: 'integer' },
  number: { frictionless: 'number', csvw: 'double' },
  boolean: { frictionless: 'boolean', csvw: 'boolean' },
  json: { frictionless: 'array', csvw: 'json' },
  date: { frictionless: 'date', csvw: 'date' },
  moment: { frictionless: 'datetime', csvw: 'dateTime' },
}

const dataPackage = (
  { state, sources }: ExportedGraph,
  written: readonly WrittenTable[],
  licenses = licensesOf(sources),
) => ({
  profile: 'data-package',
  name: 'rapporteur',
  title: 'A knowledge graph of political events',
  description: VALUES,
  version: String(state.version),
  ...(state.changedAt !== null && { created: state.changedAt }),
  // The list may be left out, but not empty.
  ...(licenses.length > 0 && { licenses }),
  sources: sources.map(({ id, values }) => ({
    title: values['title'],
    ...(values['url'] !== undefined && { path: values['url'] }),
    id,
    ...(values['license'] !== undefined && { license: values['license'] }),
  })),
  resources: written.map(({ table: { name, about, fields, key }, file: { path, bytes, sha256 }, rows }) => ({
    profile: 'tabular-data-resource',
    name,
    type: 'table',
    description: about,
    path,
    scheme: 'file',
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    hash: `sha256:${sha256}`,
    bytes,
    rows,
    dialect: { delimiter: ',', quoteChar: '"', doubleQuote: true, lineTerminator: CRLF, header: true },
    schema: {
      fields: fields.map((field) => ({
        name: field.name,
        type: TYPES[field.kind].frictionless,
        ...(field.about && { description: field.about }),
        ...((isRequired(field) || field.words) && {
          constraints: { ...(isRequired(field) && { required: true }), ...(field.words && { enum: field.words }) },
        }),
      })),
      primaryKey: key,
      foreignKeys: fields.flatMap(({ name: column, refersTo }) =>
        refersTo
          ? [
              {
                fields: [column],
                reference: { resource: refersTo.table === name ? '' : refersTo.table, fields: [refersTo.field] },
              },
            ]
          : [],
      ),
      missingValues: [''],
    },
  })),
})

/** The licences that sources name, each once; which data are under which, each row says by its sources. */
const licensesOf = (sources: readonly StoredNode[]) =>
  [...new Set(sources.flatMap(({ values }) => (typeof values['license'] === 'string' ? [values['license']] : [])))]
    .sort()
    .map((license) =>
      /^https?:/.test(license)
        ? { path: license }
        : { name: license.replace(/[^-a-zA-Z0-9._]+/g, '-'), title: license },
    )

const csvw = ({ state, sources }: ExportedGraph, written: readonly WrittenTable[]) => ({
  '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
  'dc:title': 'A knowledge graph of political events',
  'dc:description': VALUES,
  'dc:license': licensesOf(sources).map((license) => license.path ?? license.title),
  'dc:source': sources.map(({ id, values }) => String(values['url'] ?? id)),
  'schema:version': String(state.version),
  ...(state.changedAt !== null && { 'dc:modified': state.changedAt }),
  dialect: { header: true, lineTerminators: [CRLF] },
  tables: written.map(({ table: { about, fields, key }, file: { path } }) => ({
    url: path,
    'dc:description': about,
    tableSchema: {
      columns: fields.map((field) => ({
        name: field.name,
        titles: field.name,
        datatype: field.words ? { base: 'string', format: field.words.join('|') } : TYPES[field.kind].csvw,
        ...(isRequired(field) && { required: true }),
        ...(field.about && { 'dc:description': field.about }),
      })),
      primaryKey: key,
      foreignKeys: fields.flatMap(({ name, refersTo }) =>
        refersTo
          ? [
              {
                columnReference: name,
                reference: { resource: `${refersTo.table}.csv`, columnReference: refersTo.field },
              },
            ]
          : [],
      ),
    },
  })),
})
