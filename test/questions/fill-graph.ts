import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadImporter } from '../../src/import/registry.js'
import { runImports } from '../../src/import/run-import.js'
import type { Engine, Graph } from '../support/engines.js'
import { NOW, shape } from '../support/engines.js'
import { type Cells, DATA, writePartOfExport } from '../support/real-graph.js'

/** The ballots of 26 February 2024, of which the members' votes are there. */
const ROLL_CALLS = /^16517[2-8]$/

/** The ballots that the questions are about. */
const isAsked = ({ id = '', timestamp = '', display_title: title = '', is_main: isMain }: Cells, about: Set<unknown>) =>
  isMain === 'True' ||
  about.has(id) ||
  title === '' ||
  ROLL_CALLS.test(id) ||
  (timestamp.startsWith('2023') && title.includes('Ukraine'))

/**
 * The seed, the export and the roll calls of a day. SQLite takes the whole export; Neo4j only the main ballots and some
 * others, since all of them would take minutes. The questions are such that the answers are the same.
 */
export const fillGraph = async ({ name, seeded }: Engine): Promise<Graph> => {
  const graph = await seeded()
  const folder = mkdtempSync(join(tmpdir(), 'questions-'))
  const part = join(folder, 'export')
  if (name === 'Neo4j') writePartOfExport(part, isAsked, () => true)
  try {
    for (const [source, path] of [
      ['howtheyvote', name === 'Neo4j' ? part : `${DATA}/howtheyvote`],
      ['europarl-rollcalls', `${DATA}/europarl/rollcalls-whole/pv-9-2024-02-26-rcv-en.xml.gz`],
    ] as const) {
      const importer = await loadImporter(source, shape)
      if (!importer) throw new Error(`There is no importer "${source}".`)
      await runImports({ store: graph.store, shape, importer, path, now: () => NOW })
    }
    return graph
  } finally {
    rmSync(folder, { recursive: true })
  }
}
