import type { Column, GraphShape } from '../model/graph-shape.js'
import type { CheckedValues, StoredLink, StoredNode, Value } from '../model/records.js'
import type { Citations } from '../model/voices.js'
import type { ExportFormat } from './export-format.js'
import { type ExportedGraph, exportedColumns } from './exported-graph.js'

type Kind = 'string' | 'long' | 'double' | 'boolean'

/** What a node or edge has besides its columns. */
const OWN = { node: ['nodeType', 'label', 'sources'], edge: ['linkType', 'key', 'sources'] } as const

/** The whole graph as one GraphML file: records are nodes, links are edges. */
export const graphml: ExportFormat = {
  name: 'graphml',
  summary: 'one GraphML file, for NetworkX, Gephi, Cytoscape, yEd …',
  async write(graph, folder) {
    await folder.write('graph.graphml', documentOf(graph))
  },
  next: (folder) => `networkx.read_graphml("${folder}/graph.graphml", force_multigraph=True) reads it in Python.`,
}

async function* documentOf(graph: ExportedGraph): AsyncGenerator<string> {
  const { shape } = graph
  const sources = graph.citations.map(citationText)
  const keys = { node: keysOf(shape, 'node'), edge: keysOf(shape, 'edge') }
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
  for (const of of ['node', 'edge'] as const)
    for (const [name, kind] of keys[of])
      yield `<key id="${of}-${name}" for="${of}" attr.name="${name}" attr.type="${kind}"/>\n`
  yield '<graph edgedefault="directed">\n'
  for (const { name, columns } of shape.nodes.values()) {
    const attributes = attributesOf('node', name, columns, keys.node)
    for await (const node of graph.nodes(name)) yield nodeText(node, attributes, sources)
  }
  for (const { name, columns } of shape.links.values()) {
    const attributes = attributesOf('edge', name, columns, keys.edge)
    for await (const link of graph.links(name)) yield edgeText(link, attributes, sources)
  }
  yield '</graph>\n</graphml>\n'
}

const nodeText = (
  { id, type, values, sourceSet }: StoredNode,
  attributes: readonly Attribute[],
  sources: readonly string[],
) => {
  const label = values['name'] ?? values['title'] ?? values['reference'] ?? id
  return `<node id="${escaped(id)}">${data('node-nodeType', type)}${data('node-label', label)}${dataOf(attributes, values)}${said('node', sources[sourceSet - 1])}</node>\n`
}

const edgeText = (
  { link, from, to, key, values, sourceSet }: StoredLink,
  attributes: readonly Attribute[],
  sources: readonly string[],
) =>
  `<edge source="${escaped(from)}" target="${escaped(to)}">${data('edge-linkType', link)}${key === '' ? '' : data('edge-key', key)}${dataOf(attributes, values)}${said('edge', sources[sourceSet - 1])}</edge>\n`

const said = (of: 'node' | 'edge', source: string | undefined): string =>
  source ? `<data key="${of}-sources">${source}</data>` : ''

/** Who says so, with where in each source. */
const citationText = (citations: Citations): string =>
  escaped(JSON.stringify(citations.map(({ source, locator }) => (locator === null ? [source] : [source, locator]))))

interface Attribute {
  readonly key: string
  readonly column: string
}

/**
 * The attributes of all nodes or edges by name, with their types. A column whose name is one of ours, or one of another
 * type elsewhere, has that of its type before it.
 */
const keysOf = ({ nodes, links }: GraphShape, of: 'node' | 'edge'): ReadonlyMap<string, Kind> => {
  const keys = new Map<string, Kind>(OWN[of].map((name) => [name, 'string']))
  for (const { name: type, columns } of (of === 'node' ? nodes : links).values()) {
    for (const column of exportedColumns(columns)) {
      const known = keys.get(column.name)
      const isOther =
        known !== undefined && (known !== kindOf(column) || (OWN[of] as readonly string[]).includes(column.name))
      keys.set(isOther ? `${type}.${column.name}` : column.name, kindOf(column))
    }
  }
  return keys
}

const attributesOf = (
  of: 'node' | 'edge',
  type: string,
  columns: ReadonlyMap<string, Column>,
  keys: ReadonlyMap<string, Kind>,
): readonly Attribute[] =>
  exportedColumns(columns).map(({ name }) => ({
    key: `${of}-${keys.has(`${type}.${name}`) ? `${type}.${name}` : name}`,
    column: name,
  }))

const kindOf = ({ kind }: Column): Kind =>
  kind === 'integer' ? 'long' : kind === 'number' ? 'double' : kind === 'boolean' ? 'boolean' : 'string'

const dataOf = (attributes: readonly Attribute[], values: CheckedValues): string => {
  let text = ''
  for (const { key, column } of attributes) {
    const value = values[column]
    if (value !== undefined) text += data(key, value)
  }
  return text
}

const data = (key: string, value: Value): string =>
  `<data key="${key}">${typeof value === 'string' ? escaped(value) : typeof value === 'object' ? escaped(JSON.stringify(value)) : value}</data>`

const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** What has a meaning in XML, what a parser would change, what XML 1.0 has no place for, and what looks like an escape of that. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const SPECIAL = /[&<>"\u0000-\u001f\u007f-\u009f\ufffe\uffff]|_(?=x[0-9A-F]{4}_)/g

/** A text in XML. A character that XML 1.0 does not allow is written as in Office Open XML: `_x0001_`, and `_x005F_` for a `_` that would be read as one. */
const escaped = (text: string): string =>
  text.replace(SPECIAL, (found) => {
    const code = found.charCodeAt(0)
    if (MARKUP[found]) return MARKUP[found]
    const isAllowed = code === 9 || code === 10 || code === 13 || (code >= 0x7f && code < 0xa0)
    return isAllowed ? `&#${code};` : `_x${code.toString(16).toUpperCase().padStart(4, '0')}_`
  })
