import type { GraphShape } from '../../model/graph-shape.js'
import type { Value } from '../../model/records.js'
import { searchColumns } from '../../model/search/search-fields.js'
import { searchNumberOf, TYPE_SHIFT } from '../../model/search/search-keys.js'
import type { KeyGroup, KeyQuery, SearchCandidate, Statement } from '../graph-store.js'
import { quoted } from './names.js'

/** The words by which records are found, as one text. */
export const SEARCH_WORDS = "SELECT CAST(group_concat(word, ' ') AS BLOB) FROM search_word"

/** The statement that gives the candidates of a search; it is the same for every search. */
export const printCandidates = (shape: GraphShape, { groups, types, limit }: KeyQuery): Statement => {
  const numbers = types.map((type) => searchNumberOf(shape, type)).filter((number) => number >= 0)
  const [lowest, highest] = [Math.min(...numbers), Math.max(...numbers) + 1].map((number) => BigInt(number) << SHIFT)
  const parameters = [groups.map(matchGroup).join(' AND '), lowest, highest, JSON.stringify(numbers), limit]
  return { text: textOf(shape), parameters }
}

/** Reads the answer to that statement. */
export const readCandidates = (shape: GraphShape, json: string): readonly SearchCandidate[] => {
  const rows = JSON.parse(json) as readonly [string, string, readonly (string | null)[]][]
  return rows.map(([id, type, given]) => {
    const values: Record<string, Value> = {}
    for (const [i, column] of (searchColumns(shape).get(type) ?? []).entries()) {
      const value = given[i]
      if (typeof value !== 'string') continue
      const isList = shape.nodes.get(type)?.columns.get(column)?.kind === 'values'
      values[column] = isList ? (JSON.parse(value) as Value) : value
    }
    return { id, type, values }
  })
}

const SHIFT = BigInt(TYPE_SHIFT)

/** Keys are letters, digits and two signs, so that nothing in them can be an operator. */
const matchGroup = ({ keys, prefix }: KeyGroup): string =>
  `(${[...keys.map((key) => `"${key}"`), ...(prefix ? [`"${prefix}" *`] : [])].join(' OR ')})`

const texts = new WeakMap<GraphShape, string>()

const textOf = (shape: GraphShape): string => {
  const text = texts.get(shape) ?? printText(shape)
  texts.set(shape, text)
  return text
}

const printText = (shape: GraphShape): string => {
  const values = [...searchColumns(shape)].map(([type, columns]) => {
    const given = columns.map((column) => `t.${quoted(column)}`).join(', ')
    return `WHEN '${type}' THEN (SELECT json_array(${given}) FROM ${quoted(type)} t WHERE t.key = n.key)`
  })
  const found = `SELECT e.node_key FROM search_key s CROSS JOIN search_entry e ON e.rank = s.rowid
    WHERE s.search_key MATCH ?1 AND s.rowid >= ?2 AND s.rowid < ?3
    AND (s.rowid >> ${TYPE_SHIFT}) IN (SELECT value FROM json_each(?4)) ORDER BY s.rowid LIMIT ?5`
  return `SELECT CAST(json_group_array(json_array(n.id, n.type, json(CASE n.type ${values.join(' ')} END))) AS BLOB)
    FROM (${found}) c CROSS JOIN node n ON n.key = c.node_key`
}
