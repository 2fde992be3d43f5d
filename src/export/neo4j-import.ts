import { join } from 'node:path'
import type { BulkFile, BulkFiles } from '../store/bulk-files.js'
import { csvRow } from './csv-row.js'
import type { ExportFolder } from './export-folder.js'
import type { ExportFormat } from './export-format.js'

/** Characters of a row that fit the 4 MB which the importer reads at once, whatever they are. */
const READ_AT_ONCE = 1_000_000

interface Seen {
  rows: number
  /** Whether a value goes over several lines, which the importer has to be told. */
  multiline: boolean
  /** The characters of the longest row. */
  longest: number
}

interface WrittenFile extends Readonly<Seen> {
  readonly file: BulkFile
  readonly path: string
}

/** The files of `neo4j-admin database import full`: a compressed CSV a type, with the command that loads them. */
export const neo4jImport = (bulkFiles: BulkFiles): ExportFormat => ({
  name: 'neo4j-import',
  summary: 'files for "neo4j-admin database import full", for graphs that are too large to load over the network',
  async write(graph, folder) {
    const files: WrittenFile[] = []
    for (const file of await bulkFiles(graph.store, graph.shape)) {
      const seen = { rows: 0, multiline: false, longest: 0 }
      const path = await writeTable(file, folder, seen)
      graph.wrote(file.name, seen.rows)
      if (path) files.push({ file, path, ...seen })
    }
    await folder.write('import.args', [importArguments(files)])
    await folder.write('import.sh', [SCRIPT], { mode: 0o755 })
    await folder.write('README.txt', [README])
  },
  next: (folder) => `"sh ${join(folder, 'import.sh')}" loads them into a new database; README.txt there says more.`,
})

/** Writes a table row by row; a table without rows has no file. */
const writeTable = async (file: BulkFile, folder: ExportFolder, seen: Seen): Promise<string | null> => {
  const path = `${file.kind}/${file.name}.csv.gz`
  const lines = rowsOf(file, seen)
  const header = await lines.next()
  const first = await lines.next()
  if (first.done) return null
  const text = async function* () {
    yield `${header.value}${first.value}`
    yield* lines
  }
  await folder.write(path, text(), { gzip: true })
  return path
}

async function* rowsOf(file: BulkFile, seen: Seen): AsyncGenerator<string> {
  yield csvRow(file.header)
  for await (const cells of file.rows()) {
    const row = csvRow(cells)
    seen.rows += 1
    if (row.length > seen.longest) seen.longest = row.length
    if (!seen.multiline) seen.multiline = row.indexOf('\n') < row.length - 1 || row.includes('\r')
    yield row
  }
}

/** One argument a line, as `neo4j-admin` reads them from a file. */
const importArguments = (files: readonly WrittenFile[]): string => {
  const longest = Math.max(...files.map((file) => file.longest))
  const multiline = files.filter((file) => file.multiline).map(({ path }) => path)
  const lines = [
    ...(multiline.length > 0 ? [`--multiline-fields=${multiline.join(',')}`, '--multiline-fields-format=v2'] : []),
    ...(longest > READ_AT_ONCE ? [`--read-buffer-size=${Math.ceil(longest / READ_AT_ONCE) * 4}m`] : []),
    '--strict=true',
    '--bad-tolerance=0',
    ...files.map(({ file, path }) => `--${file.kind === 'nodes' ? 'nodes' : 'relationships'}=${file.target}=${path}`),
  ]
  return `${lines.join('\n')}\n`
}

const SCRIPT = `#!/bin/sh
# Loads the files beside this script into a new database of a Neo4j 5.26 that is stopped:
#   sh import.sh [DATABASE] [further options of neo4j-admin]
# NEO4J_ADMIN says where neo4j-admin is, unless it is found as such.
set -eu
cd "$(dirname "$0")"
database="\${1:-neo4j}"
[ $# -eq 0 ] || shift
exec "\${NEO4J_ADMIN:-neo4j-admin}" database import full @import.args "$@" "$database"
`

const README = `A graph of Rapporteur for the bulk import of Neo4j (5.26 or later).

1. Stop the Neo4j, and in this folder, as the user that Neo4j runs as:

     neo4j-admin database import full @import.args neo4j

   "sh import.sh" does the same. "neo4j" is the name of the database, which must be new or empty;
   with --overwrite-destination=true what it holds is deleted first.
2. Start the Neo4j. A database with another name than the default has to be made known (Enterprise):

     CREATE DATABASE name

3. Start Rapporteur with it once. This makes the constraints and indexes, which takes minutes for millions of records:

     RAPPORTEUR_STORE=neo4j://localhost:7687 rapporteur check --hash

   The hash is that of the store these files were made from.
`
