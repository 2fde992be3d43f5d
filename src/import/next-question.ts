import type { GraphShape } from '../model/graph-shape.js'
import { type GraphRecord, isNode } from '../model/records.js'

/** A record of an edition, to begin with. */
export interface Example {
  readonly type: string
  readonly id: string
}

/** What tells most about an edition, first; of all others, the first one that comes. */
const TELLING = ['VoteEvent', 'Resolution', 'Motion', 'Event', 'Demand', 'Claim', 'Person', 'Organization']

/** The better example of two: what is known so far, or another record. */
export const betterExample = (known: Example | null, record: GraphRecord): Example | null => {
  if (!isNode(record) || (known && rank(record.type) >= rank(known.type))) return known
  return { type: record.type, id: record.id }
}

const rank = (type: string): number => {
  const place = TELLING.indexOf(type)
  return place < 0 ? TELLING.length : place
}

/** A question about a record that its type can answer, on one line. */
export const questionAbout = ({ type, id }: Example, shape: GraphShape): string | null => {
  const field = [...shape.root].find(
    ([, mapping]) => mapping.kind === 'lookup' && mapping.types.length === 1 && mapping.types[0] === type,
  )?.[0]
  const columns = shape.nodes.get(type)?.columns
  if (!field || !columns) return null
  const asked = ['title', 'name', 'reference', 'text', 'date'].filter((name) => columns.has(name)).slice(0, 3)
  const cited = shape.fields.get(type)?.has('sources') ? ['sources { nodes { title } }'] : []
  return `{ ${field}(id: ${JSON.stringify(id)}) { ${['id', ...asked, ...cited].join(' ')} } }`
}
