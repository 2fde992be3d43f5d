import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { type ExportFormat, type ExportReport, exportGraph } from '../../src/export/export-format.js'
import { formats } from '../../src/export/formats.js'
import type { GraphStore } from '../../src/store/graph-store.js'
import { bulkFiles } from '../../src/store/neo4j/import-files.js'
import { type Engine, type Graph, NOW, shape } from '../support/engines.js'
import { hostileGraph } from '../support/hostile-graph.js'
import { syntheticGraph } from '../support/synthetic-graph.js'

const formatNamed = (name: string): ExportFormat => formats({ neo4j: bulkFiles }).get(name) as ExportFormat

/** Exports at the moment of all tests. */
export const exportAs = (name: string, store: GraphStore, folder: string): Promise<ExportReport> =>
  exportGraph(formatNamed(name), store, shape, folder, NOW)

/** A graph with the seed, records and links of every type, and hostile names; and a folder for its exports. */
export const exportedFrom = ({ seeded }: Engine) => {
  const made = {} as { graph: Graph; folder: string }
  beforeAll(async () => {
    made.folder = await mkdtemp(join(tmpdir(), 'rapporteur-export-'))
    made.graph = await seeded()
    await made.graph.load(syntheticGraph(shape, 8))
    await made.graph.load(hostileGraph)
  })
  afterAll(async () => {
    await made.graph.close()
    await rm(made.folder, { recursive: true, force: true })
  })
  return {
    made,
    /** Writes the export where it is not there yet, and reads one of its files. */
    async read(format: string, file: string): Promise<string> {
      const folder = join(made.folder, format)
      const text = () => readFile(join(folder, file), 'utf8')
      return text().catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
        await exportAs(format, made.graph.store, folder)
        return text()
      })
    },
  }
}
