import type { GraphShape } from '../../model/graph-shape.js'
import type { AroundLink, LinksAround, Statement } from '../graph-store.js'
import { NODE_LABEL, quoted, relationshipType, TYPE_PROPERTY } from './names.js'
import { fromProperties } from './stored-values.js'

/** The statement that gives the links at some nodes; the same for each question of the same steps. */
export const printLinksAround = ({ steps, ids, limit, among }: LinksAround): Statement => {
  const parts = steps.map(({ link, direction }, step) => {
    const type = `[e:${quoted(relationshipType(link))}]`
    const found = `MATCH (a)${direction === 'in' ? '<' : ''}-${type}-${direction === 'out' ? '>' : ''}(o:${NODE_LABEL})`
    if (among) {
      return `${found} WHERE o.id IN $among
        OPTIONAL MATCH (:SourceSet {number: e.sourceSet})-[:INCLUDES]->(s:Source) WITH a, e, o, s ORDER BY s.id
        WITH a, e, o, collect(s.id) AS sources
        RETURN collect([${step}, a.id, o.id, o.${TYPE_PROPERTY}, e.key, sources, properties(e)]) AS part`
    }
    return `${found} WITH a, e, o LIMIT $limit RETURN collect([${step}, a.id, o.id, o.${TYPE_PROPERTY}, e.key]) AS part`
  })
  const text = `UNWIND $ids AS id MATCH (a:${NODE_LABEL} {id: id})
    CALL (a) { ${parts.join(' UNION ALL ')} }
    RETURN collect(part) AS answer`
  return { text, parameters: { ids, limit, among: among ?? [] } }
}

type Row = readonly [number, string, string, string, string | null, string[]?, Record<string, unknown>?]

/** Reads the answer to that statement. */
export const readLinksAround = (shape: GraphShape, { steps }: LinksAround, answer: unknown): readonly AroundLink[] =>
  (answer as readonly (readonly Row[])[]).flat().map(([step, at, other, otherType, key, sources = [], properties]) => {
    const { link } = steps[step] as LinksAround['steps'][number]
    const values = properties ? fromProperties(shape.links.get(link)?.columns ?? new Map(), properties) : {}
    return { step, at, other, otherType, key: key ?? '', sources, values }
  })
