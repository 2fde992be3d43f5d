import { CITATIONS, type GraphShape } from '../../model/graph-shape.js'
import type { GraphSizes } from '../graph-store.js'
import { quoted } from './names.js'

type Sizes = readonly (readonly [name: string, all: number, out: number, into: number])[]

/** One statement that counts nodes and links, and the most links at a node: each along an index. */
export const sizesSql = ({ nodes, links }: GraphShape): string => {
  const rows = [
    ...[...nodes.keys()].map((type) => row(type, quoted(type), '0', '0')),
    ...[...links.values()].map(({ name, one }) =>
      row(
        name,
        quoted(name),
        one ? `min(1, (SELECT count(*) FROM ${quoted(name)}))` : most(quoted(name), 'from_key'),
        most(quoted(name), 'to_key'),
      ),
    ),
    row(CITATIONS.name, 'source_set', most('source_set', 'number'), '0'),
  ]
  return `SELECT CAST(json_array(${[json(rows.slice(0, nodes.size)), json(rows.slice(nodes.size))].join(', ')}) AS BLOB) AS json`
}

export const readSizes = (json: unknown): GraphSizes => {
  const [nodes, links] = JSON.parse(Buffer.from(json as ArrayBuffer).toString()) as readonly [Sizes, Sizes]
  return {
    nodes: new Map(nodes.map(([name, all]) => [name, all])),
    links: new Map(links.map(([name, all, out, into]) => [name, { all, out, in: into }])),
  }
}

const row = (name: string, table: string, out: string, into: string): string =>
  `SELECT '${name}' AS name, (SELECT count(*) FROM ${table}) AS "all", ${out} AS "out", ${into} AS "in"`

const most = (table: string, column: string): string =>
  `coalesce((SELECT max(n) FROM (SELECT count(*) AS n FROM ${table} GROUP BY ${column})), 0)`

const json = (rows: readonly string[]): string =>
  `(SELECT json_group_array(json_array(name, "all", "out", "in")) FROM (${rows.join(' UNION ALL ')}))`
