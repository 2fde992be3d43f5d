import type { StoredNode } from '../model/records.js'
import type { ExportedFile } from './export-folder.js'
import type { ExportedGraph, Outcome } from './exported-graph.js'

/** What an export is: of which state of the graph, what is in it and what is not, whose data it is, and its files. */
export const manifestOf = (
  format: string,
  graph: ExportedGraph,
  { written, leftOut }: Outcome,
  files: readonly ExportedFile[],
  now: Date,
): string => {
  const pick = (types: ReadonlyMap<string, unknown>) =>
    Object.fromEntries(Object.entries(written).filter(([type]) => types.has(type)))
  const manifest = {
    format,
    exportedAt: now.toISOString(),
    dataVersion: graph.state.version,
    changedAt: graph.state.changedAt,
    records: pick(graph.shape.nodes),
    links: pick(graph.shape.links),
    leftOut,
    editions: graph.editions,
    sources: graph.sources.map(describeSource),
    files,
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/** Of a source, what a reader of the files has to know, with its licence. */
const describeSource = ({ id, values }: StoredNode) => ({
  id,
  title: values['title'],
  url: values['url'],
  license: values['license'],
  published: values['published'],
  retrieved: values['retrieved'],
  contentHash: values['contentHash'],
})
