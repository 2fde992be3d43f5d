import type { Column, GraphShape, LinkShape } from '../../model/graph-shape.js'
import type { LinkColumns, Statement } from '../graph-store.js'
import { columnName, quoted } from './names.js'

/** The statement that gives columns of the links at some nodes, as one JSON text; the same for each question of the same columns. */
export const printLinkColumns = (
  shape: GraphShape,
  { link: name, at, ids, columns, among }: LinkColumns,
): Statement => {
  const link = shape.links.get(name) as LinkShape
  const [here, there] = at === 'to' ? ['to_key', 'from_key'] : ['from_key', 'to_key']
  const selected = columns.map((column, i) => valueSql(link.columns.get(column) as Column, i))
  const joins = columns.map((column, i) => joinOf(link.columns.get(column) as Column, i))
  const lists = ['o.id', ...selected].map((value) => `json_group_array(${value})`)
  const others = among ? ' JOIN json_each(?2) w ON w.value = o.id' : ''
  const text = `SELECT CAST(concat('[', group_concat(j), ']') AS BLOB) FROM (
    SELECT (SELECT json_array(a.id, ${lists.join(', ')}) FROM ${quoted(name)} t CROSS JOIN node o ON o.key = t.${there}${others}${joins.join('')}
      WHERE t.${here} = a.key HAVING count(*) > 0) AS j
    FROM json_each(?1) i CROSS JOIN node a ON a.id = i.value) WHERE j IS NOT NULL`
  return { text, parameters: [JSON.stringify(ids), ...(among ? [JSON.stringify(among)] : [])] }
}

const valueSql = (column: Column, i: number): string => {
  if (column.kind === 'reference') return `r${i}.id`
  const value = `t.${columnName(column)}`
  if (column.kind === 'values') return `json(${value})`
  return column.kind === 'boolean'
    ? `json(CASE ${value} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END)`
    : value
}

const joinOf = (column: Column, i: number): string =>
  column.kind === 'reference' ? ` LEFT JOIN node r${i} ON r${i}.key = t.${columnName(column)}` : ''
