import { fileURLToPath } from 'node:url'
import { recordsImporter } from '../../src/import/records/records.js'
import { runImports } from '../../src/import/run-import.js'
import { type Graph, NOW, shape } from './engines.js'
import { recordsFolder } from './records-folder.js'

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/records/${name}`, import.meta.url))

/**
 * Adds a synthetic assembly to a graph: amendments in parts, tallies of countries, vague dates, ranges, and a gazette that
 * says some things otherwise, and no longer says all that it said.
 */
export const addSyntheticAssembly = async (graph: Graph): Promise<void> => {
  const before = recordsFolder(
    'synthetic-gazette',
    'sources: [source:gazette]\nSource: [{ id: source:gazette, kind: PUBLICATION, title: Gazette }]\nEvent: [{ id: event:hoax, name: Hoax }]\n',
  )
  const importer = recordsImporter(shape)
  for (const path of [fixture('synthetic-assembly'), before, fixture('synthetic-gazette')])
    await runImports({ store: graph.store, shape, importer, path, now: () => NOW })
}
