import { type DefinitionNode, type FieldDefinitionNode, Kind } from 'graphql'
import type { Column, EdgeMapping, FieldMapping, GraphShape } from '../../model/graph-shape.js'

/** A field of a type as a file may write it. */
export type WrittenField =
  | { readonly kind: 'column'; readonly column: Column }
  | {
      readonly kind: 'embedded'
      readonly type: string
      readonly fields: ReadonlyMap<string, Column>
      readonly first: string
    }
  | WrittenEdge

/** A field that is a link to another record; `columns` are those that the file may give. */
export interface WrittenEdge {
  readonly kind: 'edge'
  readonly mapping: EdgeMapping
  readonly columns: readonly Column[]
}

/** Columns that are completed where a record leaves them out (`checkRecord` in `model/records.ts`). */
const COMPLETED = new Set(['sortName'])

/** Whether a file must give the column. */
const mustBeWritten = (column: Column): boolean =>
  column.required && column.kind !== 'values' && !COMPLETED.has(column.name) && column.name !== 'inferred'

/**
 * The fields that a file may write for a type: its columns, and its links that go out from it. A link that says by way of
 * what it was inferred (`via`) is worked out when records are loaded, so that it is written only where the field fixes `inferred` to false.
 */
export const writtenFields = (shape: GraphShape, type: string): ReadonlyMap<string, WrittenField> => {
  const fields = new Map<string, WrittenField>()
  for (const [name, mapping] of shape.fields.get(type) ?? []) {
    const field = writtenField(shape, type, mapping)
    if (field) fields.set(name, field)
  }
  return fields
}

const writtenField = (shape: GraphShape, type: string, mapping: FieldMapping): WrittenField | null => {
  switch (mapping.kind) {
    case 'column':
      if (mapping.column.derived) return null
      return shape.nodes.get(type)?.columns.has(mapping.column.name) ? { kind: 'column', column: mapping.column } : null
    case 'embedded': {
      const first = [...mapping.fields].find(([, column]) => column === mapping.first)?.[0] ?? ''
      return { kind: 'embedded', type: mapping.type, fields: mapping.fields, first }
    }
    case 'edge':
      return writtenEdge(mapping)
    default:
      return null
  }
}

const writtenEdge = (mapping: EdgeMapping): WrittenEdge | null => {
  if (mapping.direction === 'in') return null
  const fixed = new Map(mapping.only.map(({ column, equals }) => [column.name, equals]))
  const { columns } = mapping.link
  if (columns.has('via') && fixed.get('inferred') !== false) return null
  return {
    kind: 'edge',
    mapping,
    columns: [...columns.values()].filter(({ name, derived }) => !fixed.has(name) && name !== 'via' && !derived),
  }
}

/** Why a key is not a field to write, where the type has a field of that name all the same; null where it has none. */
export const whyNotWritten = (shape: GraphShape, type: string, name: string): string | null => {
  const mapping = shape.fields.get(type)?.get(name)
  if (mapping?.kind === 'edge' && mapping.direction === 'in') {
    const ends = mapping.types.flatMap((other) =>
      [...writtenFields(shape, other)]
        .filter(
          ([, field]) =>
            field.kind === 'edge' && field.mapping.link === mapping.link && field.mapping.types.includes(type),
        )
        .map(([field]) => `"${field}" of ${other}`),
    )
    return ends.length
      ? `is written at the other end of the link: ${[...new Set(ends)].slice(0, 3).join(' or ')}`
      : 'is worked out when the records are loaded; leave it out'
  }
  return mapping || name === 'updatedAt' ? 'is worked out when the records are loaded; leave it out' : null
}

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>

const REF_ID = { $ref: '#/$defs/id' }
const KEY = {
  description: 'Tells this link apart from others between the same two records.',
  type: 'string',
  minLength: 1,
}
const REF_SOURCES = { $ref: '#/$defs/sources' }

/** Makes the JSON Schema (draft 2020-12) of the project's own format of records from the shape of the graph. */
export const recordsSchema = (shape: GraphShape): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Records of Rapporteur',
  description: 'One file of records: for each type a list of its records, with the sources that say so.',
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  properties: {
    sources: { ...REF_SOURCES, description: 'The sources of every record of this file that names none of its own.' },
    ...Object.fromEntries(
      [...shape.nodes.keys()].map((type) => [type, { type: 'array', items: { $ref: `#/$defs/${type}` } }]),
    ),
  },
  $defs: {
    id: { description: 'The id of a record.', type: 'string', minLength: 1, maxLength: 200, pattern: '^\\S+$' },
    sources: {
      description: 'Who says so, and where.',
      type: 'array',
      minItems: 1,
      items: { $ref: '#/$defs/citation' },
    },
    citation: idOr({
      properties: {
        source: REF_ID,
        locator: { description: 'Where in the source: a paragraph, a row.', type: 'string', minLength: 1 },
      },
      required: ['source'],
    }),
    FuzzyDate: {
      description: 'A date in EDTF: 2022, 2022-01, 2022-01-20, 2022~, 2022-01-02/2022-01-11.',
      type: ['string', 'integer'],
    },
    Name: {
      description: 'A name or title with its language.',
      type: 'object',
      properties: { text: { type: 'string', minLength: 1 }, language: { type: 'string', minLength: 1 } },
      required: ['text'],
      additionalProperties: false,
    },
    ...Object.fromEntries([...shape.nodes.keys()].map((type) => [type, recordSchema(shape, type)])),
  },
})

const recordSchema = (shape: GraphShape, type: string): JsonSchema => {
  const { description, fields: descriptions } = describe(shape, type)
  const fields = [...writtenFields(shape, type)]
  return {
    ...(description && { description }),
    type: 'object',
    properties: {
      id: { ...REF_ID, ...describedBy(descriptions.get('id')) },
      ...Object.fromEntries(
        fields.map(([name, field]) => [name, { ...fieldSchema(field), ...describedBy(descriptions.get(name)) }]),
      ),
      sources: REF_SOURCES,
    },
    required: ['id', ...fields.filter(([, field]) => isRequired(field)).map(([name]) => name)],
    additionalProperties: false,
  }
}

const isRequired = (field: WrittenField): boolean =>
  field.kind === 'column' ? mustBeWritten(field.column) : field.kind === 'edge' && field.mapping.required

const fieldSchema = (field: WrittenField): JsonSchema => {
  if (field.kind === 'column') return columnSchema(field.column)
  if (field.kind === 'edge')
    return field.mapping.connection ? { type: 'array', minItems: 1, items: linkSchema(field) } : linkSchema(field)
  if (field.type === 'FuzzyDate') return { $ref: '#/$defs/FuzzyDate' }
  const parts = [...field.fields].map(([name, column]) => [name, columnSchema(column)])
  return { type: 'object', properties: Object.fromEntries(parts), required: [field.first], additionalProperties: false }
}

const linkSchema = ({ mapping, columns }: WrittenEdge): JsonSchema => {
  const required = columns.filter(mustBeWritten)
  const object = {
    properties: {
      to: REF_ID,
      ...Object.fromEntries(columns.map((column) => [column.name, columnSchema(column)])),
      ...(mapping.link.repeats && { key: KEY }),
      sources: REF_SOURCES,
    },
    required: ['to', ...required.map(({ name }) => name)],
  }
  const schema = required.length > 0 ? { type: 'object', additionalProperties: false, ...object } : idOr(object)
  return { ...schema, description: `Of the type ${mapping.types.join(', ')}.` }
}

/** An id alone, or an object that says more. */
const idOr = (object: JsonSchema): JsonSchema => ({
  if: { type: 'object' },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's word
  then: { type: 'object', ...object, additionalProperties: false },
  else: REF_ID,
})

const columnSchema = (column: Column): JsonSchema => {
  if (column.words) return { type: 'string', enum: column.words }
  switch (column.kind) {
    case 'integer':
    case 'number':
      return { type: column.kind, ...(column.positive && { exclusiveMinimum: 0 }) }
    case 'boolean':
      return { type: 'boolean' }
    case 'reference':
      return REF_ID
    case 'values':
      return { type: 'array', items: column.type === 'Name' ? { $ref: '#/$defs/Name' } : scalarSchema(column.type) }
    default:
      return scalarSchema(column.type)
  }
}

const scalarSchema = (type: string): JsonSchema => {
  if (type === 'Date') return { type: 'string', format: 'date' }
  if (type === 'DateTime') return { type: 'string', format: 'date-time' }
  if (type === 'URL') return { type: 'string', pattern: '^[Hh][Tt][Tt][Pp][Ss]?://' }
  return { type: 'string', minLength: 1 }
}

const describedBy = (description: string | undefined): JsonSchema => (description ? { description } : {})

/** What `schema.graphql` says of a type and of its fields. */
const describe = (
  shape: GraphShape,
  type: string,
): { readonly description?: string; readonly fields: ReadonlyMap<string, string> } => {
  const definition = shape.served.definitions.find(
    (each: DefinitionNode) => each.kind === Kind.OBJECT_TYPE_DEFINITION && each.name.value === type,
  )
  if (definition?.kind !== Kind.OBJECT_TYPE_DEFINITION) return { fields: new Map() }
  const fields = new Map(
    (definition.fields ?? []).map((field: FieldDefinitionNode) => [field.name.value, field.description?.value ?? '']),
  )
  return { ...(definition.description && { description: definition.description.value }), fields }
}
