import type { Column, GraphShape, LinkShape } from '../../model/graph-shape.js'
import type { LinkColumns, Statement } from '../graph-store.js'
import { NODE_LABEL, quoted, relationshipType } from './names.js'

/** The statement that gives columns of the links at some nodes; the same for each question of the same columns. */
export const printLinkColumns = (
  shape: GraphShape,
  { link: name, at, ids, columns, among }: LinkColumns,
): Statement => {
  const link = shape.links.get(name) as LinkShape
  const type = `[e:${quoted(relationshipType(name))}]`
  const others = among ? ' WHERE o.id IN $among' : ''
  const lists = columns.map((column) => listOf(link.columns.get(column) as Column))
  const text = `UNWIND $ids AS id MATCH (a:${NODE_LABEL} {id: id})
    MATCH (a)${at === 'to' ? '<' : ''}-${type}-${at === 'from' ? '>' : ''}(o:${NODE_LABEL})${others}
    WITH a, [collect(o.id)${lists.join('')}] AS lists
    RETURN collect([a.id] + lists) AS answer`
  return { text, parameters: { ids, ...(among ? { among } : {}) } }
}

/** A column's values; a list drops nulls as it is collected, so that what is no value of the column stands for them. */
const listOf = ({ name, kind }: Column): string =>
  `, collect(coalesce(e.${quoted(name)}, ${kind === 'boolean' ? "''" : 'false'}))`

type Row = readonly [id: string, others: readonly string[], ...columns: (readonly unknown[])[]]

/** Writes the answer to that statement. */
export const writeLinkColumns = (shape: GraphShape, { link, columns }: LinkColumns, answer: unknown): string => {
  const known = (shape.links.get(link) as LinkShape).columns
  const kinds = columns.map((name) => (known.get(name) as Column).kind)
  const rows = (answer as readonly Row[]).map(([id, others, ...lists]) => [
    id,
    others,
    ...lists.map((list, i) => list.map((value) => valueIn(kinds[i] as Column['kind'], value))),
  ])
  return JSON.stringify(rows)
}

const valueIn = (kind: Column['kind'], value: unknown): unknown => {
  if (value === (kind === 'boolean' ? '' : false)) return null
  return kind === 'values' ? (JSON.parse(value as string) as unknown) : value
}
