import type { GraphShape } from '../../model/graph-shape.js'
import { searchColumns } from '../../model/search/search-fields.js'
import type { KeyGroup, KeyQuery, SearchCandidate, Statement } from '../graph-store.js'
import { TYPE_PROPERTY } from './names.js'
import { fromProperties } from './stored-values.js'

/** The index of the keys by which records are found; none of its scores is used. */
export const SEARCH_INDEX = 'search_key'

/** The words by which records are found, as one text. */
export const SEARCH_WORDS = 'MATCH (w:SearchWord) RETURN w.word AS word'

/** The statement that gives the candidates of a search; it is the same for every search. */
export const printCandidates = (shape: GraphShape, { groups, types, limit }: KeyQuery): Statement => {
  const columns = new Set([...searchColumns(shape).values()].flat())
  const text = `CALL db.index.fulltext.queryNodes('${SEARCH_INDEX}', $keys) YIELD node AS n WHERE n.${TYPE_PROPERTY} IN $types
    WITH n ORDER BY n.searchRank, n.id LIMIT $limit
    RETURN collect([n.id, n.${TYPE_PROPERTY}, n{${[...columns].map((column) => `.${column}`).join(', ')}}]) AS answer`
  return { text, parameters: { keys: groups.map(matchGroup).join(' AND '), types, limit } }
}

/** Reads the answer to that statement. */
export const readCandidates = (shape: GraphShape, answer: unknown): readonly SearchCandidate[] =>
  (answer as readonly [string, string, Readonly<Record<string, unknown>>][]).map(([id, type, properties]) => ({
    id,
    type,
    values: fromProperties(shape.nodes.get(type)?.columns ?? new Map(), properties),
  }))

/** Keys are letters, digits and two signs, so that nothing in them can be an operator. */
const matchGroup = ({ keys, prefix }: KeyGroup): string =>
  `(${[...keys, ...(prefix ? [`${prefix}*`] : [])].join(' OR ')})`
