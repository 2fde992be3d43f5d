import { type GraphShape, MERGE } from '../graph-shape.js'
import type { CheckedValues, Name } from '../records.js'

/** What a searched column holds, which decides how it is read and how much a match in it counts. */
export type SearchFieldKind = 'name' | 'title' | 'reference' | 'text'

/** The columns that are searched, of whatever type, the best place for a match first. */
const COLUMNS: ReadonlyMap<string, SearchFieldKind> = new Map([
  ['reference', 'reference'],
  ['isoAlpha2', 'reference'],
  ['isoAlpha3', 'reference'],
  ['name', 'name'],
  ['shortName', 'name'],
  ['officialName', 'name'],
  ['sortName', 'name'],
  ['names', 'name'],
  ['title', 'title'],
  ['titles', 'title'],
  ['summary', 'text'],
  ['text', 'text'],
])

/** What a searched column holds; undefined for a column that is not searched. */
export const searchKindOf = (column: string): SearchFieldKind | undefined => COLUMNS.get(column)

/** Of records that match alike, the kind that is more often meant comes first; a type that is not among these comes last. */
const KINDS = [
  'Person',
  'Organization',
  'Place',
  'Office',
  'Event',
  'Resolution',
  'Motion',
  'Procedure',
  'Subject',
  'VoteEvent',
  'Amendment',
  'Source',
  'Scorecard',
  'Demand',
  'Paragraph',
] as const

/** A text of a record that is searched. */
export interface SearchField {
  /** The column, or `id`. */
  readonly column: string
  readonly kind: SearchFieldKind
  readonly text: string
  /** The language, as a BCP 47 tag; null where it is not known. */
  readonly language: string | null
}

/** The columns of each type that are searched, the types that are meant most often first. */
export const searchColumns = (shape: GraphShape): ReadonlyMap<string, readonly string[]> => {
  const known = columnsOf.get(shape)
  if (known) return known
  const searched = [...shape.nodes.values()].flatMap(({ name, columns, own }): [string, readonly string[]][] => {
    const found = [...COLUMNS.keys()].filter((column) => columns.has(column))
    return own || name === MERGE.type || found.length === 0 ? [] : [[name, found]]
  })
  const sorted = searched.sort(([a], [b]) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1))
  const map = new Map(sorted)
  columnsOf.set(shape, map)
  return map
}

const columnsOf = new WeakMap<GraphShape, ReadonlyMap<string, readonly string[]>>()

const placeOf = (type: string): number => {
  const place = (KINDS as readonly string[]).indexOf(type)
  return place < 0 ? KINDS.length : place
}

/** Characters of a text that are searched: its beginning. */
const MAX_LENGTH = 8000

/** The texts of a record that are searched: those of its type's columns, then what its id has after the prefix. */
export const searchFields = (columns: readonly string[], id: string, values: CheckedValues): readonly SearchField[] => {
  const fields: SearchField[] = []
  for (const column of columns) {
    const kind = COLUMNS.get(column) as SearchFieldKind
    const value = values[column]
    if (typeof value === 'string') fields.push({ column, kind, text: value.slice(0, MAX_LENGTH), language: null })
    else if (Array.isArray(value))
      for (const { text, language = null } of value as readonly Name[]) fields.push({ column, kind, text, language })
  }
  if (!id.includes('#')) {
    const own = id.slice(id.indexOf(':') + 1)
    // A number, a code or a reference; or words, as in `office:vp-hr`.
    const kind = /[0-9A-Z]/.test(own) ? 'reference' : 'name'
    fields.push({ column: 'id', kind, text: own, language: null })
  }
  return fields
}
