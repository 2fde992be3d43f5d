import { createWriteStream } from 'node:fs'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { RapporteurError } from '../errors.js'
import type { BulkFile, BulkFiles } from '../store/bulk-files.js'
import type { GraphStore } from '../store/graph-store.js'
import { csvRow } from './csv-row.js'
import type { ExportFormat } from './export-format.js'
import { newFolder } from './new-folder.js'

/** Characters that are handed to the compressor at once. */
const CHUNK = 256 * 1024
/** Characters of a row that fit the 4 MB which the importer reads at once, whatever they are. */
const READ_AT_ONCE = 1_000_000

interface WrittenFile {
  readonly file: BulkFile
  readonly path: string
  readonly rows: number
  readonly bytes: number
  /** Whether a value goes over several lines, which the importer has to be told. */
  readonly multiline: boolean
  /** The characters of the longest row. */
  readonly longest: number
}

/** The files of `neo4j-admin database import full`: a compressed CSV a type, with the command that loads them. */
export const neo4jImport = (bulkFiles: BulkFiles): ExportFormat => ({
  name: 'neo4j-import',
  summary: 'files for "neo4j-admin database import full", for graphs that are too large to load over the network',
  async write(store, shape, folder) {
    const before = await completeEditions(store)
    const written = await newFolder(folder, async (part) => {
      await Promise.all([mkdir(join(part, 'nodes')), mkdir(join(part, 'links'))])
      const files: WrittenFile[] = []
      for (const file of await bulkFiles(store, shape)) files.push(...(await writeTable(file, part)))
      await refuseChanged(store, before)
      await writeFile(join(part, 'import.args'), importArguments(files))
      await writeFile(join(part, 'import.sh'), SCRIPT, { mode: 0o755 })
      await writeFile(join(part, 'README.txt'), README)
      return files
    })
    const total = (kind: BulkFile['kind'], types: ReadonlyMap<string, unknown>) =>
      written.reduce((sum, { file, rows }) => sum + (file.kind === kind && types.has(file.name) ? rows : 0), 0)
    return {
      folder,
      records: total('nodes', shape.nodes),
      links: total('links', shape.links),
      files: written.length,
      bytes: written.reduce((sum, { bytes }) => sum + bytes, 0),
      next: `"sh ${join(folder, 'import.sh')}" loads them into a new database; README.txt there says more.`,
    }
  },
})

/** What was loaded of each source, as a text to compare. */
const completeEditions = async (store: GraphStore): Promise<string> => {
  const editions = await store.editions()
  const unfinished = editions.find(({ state }) => state !== 'complete')
  if (unfinished) {
    throw new RapporteurError(
      'STORE_LOCKED',
      `The ${unfinished.state === 'removing' ? 'removal' : 'import'} of "${unfinished.source}" was cut off, or is under way. Nothing was exported; run it to its end, then export.`,
    )
  }
  return JSON.stringify(editions)
}

const refuseChanged = async (store: GraphStore, before: string): Promise<void> => {
  if ((await completeEditions(store)) === before) return
  throw new RapporteurError(
    'STORE_LOCKED',
    `An import changed ${store.location} while it was exported. Nothing was kept; run the export again.`,
  )
}

/** Writes a table row by row; a table without rows has no file. */
const writeTable = async (file: BulkFile, folder: string): Promise<readonly WrittenFile[]> => {
  const path = `${file.kind}/${file.name}.csv.gz`
  const seen = { rows: 0, multiline: false, longest: 0 }
  const lines = chunks(file, seen)
  const first = await lines.next()
  if (seen.rows === 0) return []
  const text = async function* () {
    yield first.value as string
    yield* lines
  }
  const target = createWriteStream(join(folder, path), { flush: true })
  await pipeline(text, createGzip({ level: constants.Z_BEST_SPEED }), target)
  return [{ file, path, ...seen, bytes: (await stat(join(folder, path))).size }]
}

async function* chunks(
  file: BulkFile,
  seen: { rows: number; multiline: boolean; longest: number },
): AsyncGenerator<string> {
  let text = csvRow(file.header)
  for await (const cells of file.rows()) {
    const row = csvRow(cells)
    seen.rows += 1
    if (row.length > seen.longest) seen.longest = row.length
    if (!seen.multiline) seen.multiline = row.indexOf('\n') < row.length - 1 || row.includes('\r')
    text += row
    if (text.length < CHUNK) continue
    yield text
    text = ''
  }
  yield text
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
