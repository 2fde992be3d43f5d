import type { GraphShape } from '../../model/graph-shape.js'
import type { AroundLink, LinksAround, Statement } from '../graph-store.js'
import { quoted } from './names.js'
import { RowFormat } from './row-format.js'

/** The sources of a link, by their ids. */
const SOURCES =
  'SELECT json_group_array(id) FROM (SELECT n.id FROM source_set s CROSS JOIN node n ON n.key = s.source_key WHERE s.number = t.source_set ORDER BY n.id)'

/** The statement that gives the links at some nodes, as one JSON text; the same for each question of the same steps. */
export const printLinksAround = (shape: GraphShape, { steps, ids, limit, among }: LinksAround): Statement => {
  const parts = steps.map(({ link, direction }, step) => {
    const [here, there] = direction === 'out' ? ['from_key', 'to_key'] : ['to_key', 'from_key']
    const key = shape.links.get(link)?.repeats ? 't.key' : "''"
    const table = quoted(link)
    if (among) {
      const format = RowFormat.ofLink(shape, link)
      return `SELECT json_array(${step}, a.id, o.id, o.type, ${key}, (${SOURCES}), json_array(${format.selected('t')})) AS j
        FROM json_each(?1) i CROSS JOIN node a ON a.id = i.value CROSS JOIN json_each(?3) w CROSS JOIN node o ON o.id = w.value
        CROSS JOIN ${table} t ON t.${here} = a.key AND t.${there} = o.key${format.joins('t')}`
    }
    return `SELECT json_array(${step}, a.id, o.id, o.type, ${key}) AS j
      FROM json_each(?1) i CROSS JOIN node a ON a.id = i.value
      CROSS JOIN ${table} t ON t.${here} = a.key AND t.${there} IN (SELECT s.${there} FROM ${table} s WHERE s.${here} = a.key LIMIT ?2)
      CROSS JOIN node o ON o.key = t.${there}`
  })
  const text = `SELECT CAST(concat('[', group_concat(j), ']') AS BLOB) FROM (${parts.join(' UNION ALL ')})`
  return { text, parameters: [JSON.stringify(ids), limit, JSON.stringify(among ?? [])] }
}

/** Reads the answer to that statement. */
export const readLinksAround = (shape: GraphShape, { steps }: LinksAround, json: string): readonly AroundLink[] => {
  const rows = JSON.parse(json || '[]') as readonly [number, string, string, string, string, string[]?, unknown[]?][]
  return rows.map(([step, at, other, otherType, key, sources = [], columns]) => {
    const { link } = steps[step] as LinksAround['steps'][number]
    const values = columns ? RowFormat.ofLink(shape, link).read(columns) : {}
    return { step, at, other, otherType, key, sources, values }
  })
}
