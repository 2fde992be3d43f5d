import type { GraphShape } from '../model/graph-shape.js'
import type { GraphStore } from '../store/graph-store.js'
import { ExportFolder } from './export-folder.js'
import { ExportedGraph } from './exported-graph.js'
import { manifestOf } from './manifest.js'
import { newFolder } from './new-folder.js'

/** What an export wrote. */
export interface ExportReport {
  readonly folder: string
  readonly records: number
  readonly links: number
  /** What the format has no place for, by type. */
  readonly leftOut: Readonly<Record<string, number>>
  readonly files: number
  /** The size of all files. */
  readonly bytes: number
  /** What to do with the files, as a sentence. */
  readonly next: string
}

/** A way to write all that a store says into files. */
export interface ExportFormat {
  readonly name: string
  readonly summary: string
  /** Writes the files, from what is read of the graph. */
  write(graph: ExportedGraph, folder: ExportFolder): Promise<void>
  /** What to do with the files of a folder, as a sentence. */
  next(folder: string): string
}

/**
 * Writes a graph into a new folder, which has its name only when all of it is there, and beside the files of the format
 * `manifest.json`, which says of when they are and what is in them, and `SHA256SUMS`.
 * @throws RapporteurError `BAD_OUTPUT` for a folder that holds something already or cannot be written; `STORE_LOCKED`
 * where an import was cut off or is under way
 */
export const exportGraph = async (
  format: ExportFormat,
  store: GraphStore,
  shape: GraphShape,
  folder: string,
  now: Date = new Date(),
): Promise<ExportReport> => {
  const graph = await ExportedGraph.open(store, shape)
  const { outcome, files } = await newFolder(folder, async (part) => {
    const written = new ExportFolder(part)
    await format.write(graph, written)
    const told = await graph.outcome()
    await written.write('manifest.json', [manifestOf(format.name, graph, told, written.files, now)])
    await written.write(
      'SHA256SUMS',
      written.files.map(({ sha256, path }) => `${sha256}  ${path}\n`),
    )
    return { outcome: told, files: written.files }
  })
  const total = (types: ReadonlyMap<string, unknown>) =>
    [...types.keys()].reduce((sum, type) => sum + (outcome.written[type] ?? 0), 0)
  return {
    folder,
    records: total(shape.nodes),
    links: total(shape.links),
    leftOut: outcome.leftOut,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    next: format.next(folder),
  }
}
