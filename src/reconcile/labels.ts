import type { GraphShape } from '../model/graph-shape.js'
import { type SearchFieldKind, searchColumns, searchKindOf } from '../model/search/search-fields.js'
import type { Row } from './ask-graph.js'

/** What a record is called by, the best first. */
const KINDS: readonly SearchFieldKind[] = ['name', 'title', 'reference', 'text']
/** Characters of a name; a paragraph is called by its beginning. */
const MAX_LENGTH = 300

/** The columns of a type by which its records are called, the best first; none where they have only their id. */
export const labelColumns = (shape: GraphShape, type: string): readonly string[] => {
  const searched = searchColumns(shape).get(type) ?? []
  const texts = searched.filter((column) => shape.nodes.get(type)?.columns.get(column)?.kind === 'text')
  return KINDS.flatMap((kind) => texts.find((column) => searchKindOf(column) === kind) ?? [])
}

/** What a record is called, on one line; its id where nothing else is known. */
export const labelOf = (columns: readonly string[], row: Row): string => {
  for (const column of columns) {
    const text = row[column]
    if (typeof text === 'string' && text.trim() !== '') return clip(text.replace(/\s+/g, ' ').trim())
  }
  return String(row['id'])
}

const clip = (text: string): string =>
  text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH).replace(/[\uD800-\uDBFF]$/, '')}…` : text
