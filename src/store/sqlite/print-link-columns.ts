import type { Column, GraphShape } from '../../model/graph-shape.js'
import type { LinkColumns, Statement } from '../graph-store.js'
import { linkColumnsOf, numberedWords, printedCoded } from '../link-columns.js'
import { asJson } from './json-text.js'
import { columnName, quoted } from './names.js'
import { text } from './sql-rows.js'

/**
 * The statement that gives columns of the links at some nodes, as one JSON text; the same for each question of the same
 * columns. Nodes that links refer to are told by their keys, and their ids once for all: that takes a third of the time of
 * an id for each link, and a quarter of its room. Without GROUP BY, SQLite puts no row aside.
 */
export const printLinkColumns = (shape: GraphShape, query: LinkColumns): Statement => {
  const [here, there] = query.at === 'from' ? ['from_key', 'to_key'] : ['to_key', 'from_key']
  const columns = linkColumnsOf(shape, query)
  const among = query.among
    ? ` AND t.${there} IN (SELECT o.key FROM json_each(?2) w CROSS JOIN node o ON o.id = w.value)`
    : ''
  const links = `FROM ${quoted(query.link)} t WHERE t.${here}`
  const words = numberedWords(columns)
  const link = [`t.${there}`, ...columns.map((column) => printed(column, words))].join(" || ',' || ")
  // Where there is no link, there is nothing to concatenate, and the whole is null.
  const node = `'[' || json_quote(a.id) || (SELECT ',[' || group_concat(${link}) || ']]' ${links} = a.key${among})`
  const nodes = `SELECT concat('[', group_concat(${node}), ']') FROM json_each(?1) i CROSS JOIN node a ON a.id = i.value`

  const keys = [`t.${there}`, ...columns.filter(isReference).map((column) => `t.${columnName(column)}`)]
  const asked = 'SELECT a.key FROM json_each(?1) i CROSS JOIN node a ON a.id = i.value'
  const distinct = `SELECT DISTINCT ${keys.map((key, i) => `${key} AS k${i}`).join(', ')} ${links} IN (${asked})${among}`
  const named = keys.map((_, i) => `SELECT k${i} AS key FROM named`).join(' UNION ')
  const texts = `SELECT group_concat(concat('"', n.key, '":', json_quote(n.id))) FROM (${named}) k CROSS JOIN node n ON n.key = k.key`

  const wordTexts = [...words].map(([word, number]) => `"${number}":${JSON.stringify(word)}`).join(',')
  const head = text(`{"coded":${printedCoded(columns)},"texts":{${wordTexts}`)
  const ids = `(SELECT ${words.size > 0 ? "',' || " : ''}(${texts}))`
  return {
    text: `WITH named AS MATERIALIZED (${distinct}) SELECT CAST(concat(${head}, ${ids}, '},"nodes":', (${nodes}), '}') AS BLOB)`,
    parameters: [JSON.stringify([...new Set(query.ids)]), ...(query.among ? [JSON.stringify(query.among)] : [])],
  }
}

const isReference = ({ kind }: Column): boolean => kind === 'reference'

/** A column's value as JSON text. */
const printed = (column: Column, words: ReadonlyMap<string, number>): string => {
  const sql = `t.${columnName(column)}`
  if (column.kind === 'reference' || column.kind === 'values') return `ifnull(${sql}, 'null')`
  if (!column.words) return asJson(column.kind, sql)
  const cases = column.words.map((word) => `WHEN ${text(word)} THEN ${words.get(word)}`)
  return `CASE ${sql} ${cases.join(' ')} ELSE json_quote(${sql}) END`
}
