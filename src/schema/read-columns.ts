import type { ConstDirectiveNode, FieldDefinitionNode } from 'graphql'
import { type Column, type ColumnKind, type Derived, numbersOf } from '../model/graph-shape.js'
import { argument, type Definition, directive, fail, unwrap } from './schema-document.js'
import type { SchemaTypes } from './schema-types.js'

const SCALARS = new Map<string, ColumnKind>([
  ['ID', 'text'],
  ['String', 'text'],
  ['Date', 'text'],
  ['DateTime', 'text'],
  ['URL', 'text'],
  ['Int', 'integer'],
  ['Float', 'number'],
  ['Boolean', 'boolean'],
])
/** Names that tables use for themselves. */
const RESERVED = new Set(['key', 'sourceSet', 'nodeType', 'from', 'to', 'version', 'createdIn'])
/** Fields that every node has, and that are no columns of its type. */
const NODE_OWN_FIELDS = new Set(['id', 'updatedAt'])
/** Directives of fields that lead to other records. */
const NO_COLUMN = ['edge', 'citations', 'figures']
/** Fields of links and of list edges that are no columns. */
const EDGE_OWN_FIELDS = new Set(['cursor', 'node', 'sources'])

/** The names of the columns by which a column is ordered: `name` → `nameFolded`, `date` → `dateMoment`. */
const foldedName = (column: string): string => `${column}Folded`
const momentName = (column: string): string => `${column}Moment`

/** The column by which a list is ordered that names another: without case and accents, or with the time beside the day. */
export const orderedAs = (columns: ReadonlyMap<string, Column> | undefined, name: string): Column | undefined =>
  columns?.get(momentName(name)) ?? columns?.get(foldedName(name)) ?? columns?.get(name)

/** Reads which columns a type of the schema stands for. */
export class ColumnReader {
  constructor(readonly types: SchemaTypes) {}

  /** The columns that a definition's fields stand for: scalars, enums, short lists, references and embedded objects. */
  read(definition: Definition): ReadonlyMap<string, Column> {
    const columns = new Map<string, Column>()
    const add = (column: Column) => {
      if (RESERVED.has(column.name))
        fail(`field "${definition.name.value}.${column.name}" has a name that the store keeps for itself`)
      columns.set(column.name, column)
    }
    const order = argument<readonly string[]>(directive(definition, 'node'), 'order') ?? []
    for (const field of definition.fields ?? []) {
      const own = directive(definition, 'link') ? EDGE_OWN_FIELDS : NODE_OWN_FIELDS
      if (own.has(field.name.value) || NO_COLUMN.some((name) => directive(field, name))) continue
      const column = this.columnOf(field)
      if (column) {
        add(column)
        if (directive(field, 'folded')) {
          // What a type's lists are ordered by is there for every record; what is only looked for may be added to a store later.
          const required = column.required && order.some((text) => text.split(' ')[0] === column.name)
          add({ ...column, name: foldedName(column.name), required, derived: { how: 'folded', from: column.name } })
        }
        const moment = directive(field, 'moment')
        if (moment) add(this.#momentColumn(definition, column, argument<string>(moment, 'time') ?? ''))
      } else {
        for (const part of this.embedded(definition, field).values()) add(part)
      }
    }
    for (const { name, derived } of columns.values())
      for (const number of derived ? numbersOf(derived) : [])
        if (columns.get(number)?.kind !== 'integer')
          fail(
            `field "${definition.name.value}.${name}" follows from "${number}", which is not a column of whole numbers`,
          )
    return columns
  }

  /** A column that always has a value, whatever of day and time is known. */
  #momentColumn(definition: Definition, { name, type }: Column, time: string): Column {
    const other = definition.fields?.find((field) => field.name.value === time)
    if (type !== 'Date' || !other || unwrap(other.type).type !== 'DateTime')
      fail(`field "${definition.name.value}.${name}" says @moment, and is not a Date with a DateTime beside it`)
    return {
      name: momentName(name),
      kind: 'text',
      required: true,
      type: 'String',
      derived: { how: 'moment', day: name, time },
    }
  }

  /** The column that a field stands for; null for one that is none. */
  columnOf(field: FieldDefinitionNode): Column | null {
    const { type, list, required } = unwrap(field.type)
    const name = field.name.value
    const words = this.types.words.get(type)
    if (list && this.types.possibleTypes.has(type)) return null
    if (list) return { name, kind: 'values', required, type }
    const kind = words ? 'text' : SCALARS.get(type)
    const edition = directive(field, 'edition')
    const told = edition && { edition: argument<boolean>(edition, 'own') ? ('own' as const) : ('said' as const) }
    const derived = derivedOf(field)
    const positive = directive(field, 'positive') && ({ positive: true } as const)
    if (kind)
      return { name, kind, required, type, ...(words && { words }), ...told, ...positive, ...(derived && { derived }) }
    if (this.types.possibleTypes.has(type)) return { name, kind: 'reference', required, type }
    return null
  }

  /** The columns of a field that is an object made of them, by its own fields. */
  embedded(owner: Definition, field: FieldDefinitionNode): ReadonlyMap<string, Column> {
    const { type, list } = unwrap(field.type)
    const where = `field "${owner.name.value}.${field.name.value}"`
    if (list) fail(`${where} gives nodes and needs @edge, @scan or @citations`)
    const definition = this.types.definitions.get(type)
    const embedded = definition && directive(definition, 'embedded') ? definition : undefined
    if (!embedded) fail(`${where} of type "${type}" says neither @edge nor @citations, and "${type}" is not @embedded`)
    const prefix = field.name.value
    return new Map(
      (embedded.fields ?? []).map((part): [string, Column] => {
        const column =
          this.columnOf(part) ??
          fail(`field "${type}.${part.name.value}" of an @embedded type must be a scalar or an enum`)
        const name = `${prefix}${column.name.charAt(0).toUpperCase()}${column.name.slice(1)}`
        return [part.name.value, { ...column, name, required: false, part: prefix }]
      }),
    )
  }
}

/** How a field's directive says that its column follows from others. */
const derivedOf = (field: FieldDefinitionNode): Derived | null => {
  const [exceeds, difference, majority] = ['exceeds', 'difference', 'majority'].map((name) => directive(field, name))
  const named = (of: ConstDirectiveNode, name: string) => argument<string>(of, name) ?? ''
  if (exceeds) return { how: 'exceeds', of: named(exceeds, 'of'), than: named(exceeds, 'than') }
  if (difference) return { how: 'difference', of: named(difference, 'of'), and: named(difference, 'and') }
  const counted = directive(field, 'counted')
  if (counted) return { how: 'counted', link: named(counted, 'link') }
  if (directive(field, 'inferred')) return { how: 'inferred' }
  if (!majority) return null
  const tally = named(majority, 'of')
  const numbers = [
    ['FOR', `${tally}For`],
    ['AGAINST', `${tally}Against`],
    ['ABSTENTION', `${tally}Abstention`],
  ] as const
  return { how: 'majority', numbers }
}
