import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  parseType,
} from 'graphql'
import type {
  Column,
  ConnectionShape,
  EdgeMapping,
  FieldMapping,
  FilterField,
  FilterShape,
  GraphShape,
  LinkShape,
  OrderKey,
  RootMapping,
  SingleMapping,
} from '../model/graph-shape.js'
import { orderedAs } from './read-columns.js'
import { orderKeys } from './read-order.js'
import { type Definition, directive, fail, unwrap } from './schema-document.js'
import type { SchemaTypes } from './schema-types.js'
import { spellFigures } from './spell-figures.js'

/** What a shape has been read of by then. */
type Read = Pick<GraphShape, 'nodes' | 'links' | 'fields' | 'possibleTypes'>

export interface SpeltFilters extends Pick<GraphShape, 'filters' | 'orders'> {
  /** The schema that is served, with all that was spelt. */
  readonly served: DocumentNode
}

/** Spells out what can be asked of the records of each list, and in which order: input types and enums, and what they mean. */
export const spellFilters = (
  served: DocumentNode,
  types: SchemaTypes,
  read: Read,
  root: ReadonlyMap<string, RootMapping>,
): SpeltFilters => new FilterSpeller(types, read, root).spell(served)

const OPERATORS = {
  eq: 'Is this.',
  in: 'Is one of these; of none, where the list is empty.',
  known: 'Whether it is known.',
  lt: 'Is less: before, for a date.',
  lte: 'Is this or less.',
  gt: 'Is more: after, for a date.',
  gte: 'Is this or more.',
  within: 'Surely lies within this date in EDTF: `2023`, `2023-10`, `2022-01-02/2022-01-11`, `2023-06/..`.',
  touches: 'Can lie within this date in EDTF, such as `2023`.',
  contains: 'Has each of these words in it, whole or within another, in any order; case and accents do not matter.',
  startsWith: 'Begins with this; case and accents do not matter.',
} as const
type Operator = keyof typeof OPERATORS

/** The operators of each scalar; a text that is kept without case and accents has those of `Text`. */
const SCALARS: Readonly<Record<string, readonly Operator[]>> = {
  ID: ['eq', 'in'],
  Boolean: ['eq', 'known'],
  Int: ['eq', 'in', 'lt', 'lte', 'gt', 'gte', 'known'],
  Float: ['eq', 'in', 'lt', 'lte', 'gt', 'gte', 'known'],
  String: ['eq', 'in', 'known'],
  Text: ['eq', 'in', 'contains', 'startsWith', 'known'],
  URL: ['eq', 'in', 'known'],
  Date: ['eq', 'in', 'lt', 'lte', 'gt', 'gte', 'within', 'known'],
  DateTime: ['lt', 'lte', 'gt', 'gte', 'known'],
  FuzzyDate: ['within', 'touches', 'known'],
}

const ID: Column = { name: 'id', kind: 'text', required: true, type: 'ID' }
const UPDATED_AT: Column = { name: 'updatedAt', kind: 'text', required: true, type: 'DateTime' }
const TYPE: Column = { name: 'type', kind: 'text', required: true, type: 'RecordType' }

type Field = readonly [name: string, input: string, description: string, field: FilterField]

class FilterSpeller {
  readonly #definitions: string[] = []
  readonly #filters = new Map<string, FilterShape>()
  readonly #orders = new Map<string, ReadonlyMap<string, readonly OrderKey[]>>()
  /** The input types that are spelt already. */
  readonly #spelt = new Set<string>()

  constructor(
    readonly types: SchemaTypes,
    readonly read: Read,
    readonly root: ReadonlyMap<string, RootMapping>,
  ) {}

  spell(served: DocumentNode): SpeltFilters {
    for (const type of this.types.definitions.keys()) {
      const list = this.types.connectionOf(type)
      if (list) this.#list(list)
    }
    const figures = this.#figures()
    const spelt = [...this.#definitions, ...spellFigures(figures, this.#filters)]
    const { definitions } = parse(spelt.join('\n'), { noLocation: true })
    const kept = served.definitions.filter((each) => !('name' in each && each.name && figures.has(each.name.value)))
    const all = [...kept.map((definition) => this.#withArguments(definition, figures)), ...definitions]
    return { served: { ...served, definitions: all }, filters: this.#filters, orders: this.#orders }
  }

  /** A type whose lists can be asked. */
  #withArguments(definition: DefinitionNode, figures: ReadonlyMap<string, string>): DefinitionNode {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      return definition
    const fields = definition.fields?.map((field): FieldDefinitionNode => {
      const { type } = unwrap(field.type)
      const list = this.types.connectionOf(type)
      const [where, order] = list ? [list.where, list.order] : [figures.get(type), 'StatOrder']
      if (!where) return field
      const given = [argumentOf('where', where), argumentOf('orderBy', `[${order}!]`)]
      const isOfList = ({ name }: InputValueDefinitionNode) => name.value === 'first' || name.value === 'after'
      const [own, page] = [true, false].map((is) => field.arguments?.filter((each) => isOfList(each) !== is) ?? [])
      return { ...field, arguments: [...(own ?? []), ...given, ...(page ?? [])] }
    })
    return { ...definition, ...(fields && { fields }) }
  }

  /** The input types by which the rows of figures are asked, by the type that is given. */
  #figures(): ReadonlyMap<string, string> {
    const mappings = [
      ...[...this.read.fields.values()].flatMap((fields) => [...fields.values()]),
      ...this.root.values(),
    ]
    const found = new Map<string, string>()
    for (const mapping of mappings) {
      if (mapping.kind !== 'figures') continue
      found.set(mapping.type, mapping.where)
      if (mapping.rows.kind === 'links') this.#whereOfLink(mapping.where, mapping.rows.link)
    }
    return found
  }

  /** The input type by which a link is asked: its columns, and the nodes at its ends. */
  #whereOfLink(where: string, link: LinkShape): void {
    const fields: Field[] = [...LOGIC(where), ...this.#linkFields(link)]
    for (const end of ['from', 'to'] as const) {
      const [type] = link[end]
      if (!type || link[end].length > 1) continue
      const over = { kind: 'end' as const, end, types: link[end] }
      const name = type.charAt(0).toLowerCase() + type.slice(1)
      fields.push([name, ...this.#one(type, over, `The ${type} of the link.`)])
    }
    this.#filters.set(where, new Map(fields.map(([name, , , field]) => [name, field])))
    this.#input(where, `What is asked of ${link.name} links: all that is said has to hold.`, fields)
  }

  #list({ where, order, node, edge }: ConnectionShape & { readonly node: string }): void {
    const link = this.#linkOf(edge)
    this.#where(where, node, link)
    this.#orderOf(order, node, link)
  }

  /** The input type by which a record is asked, and the link that leads to it. */
  #where(where: string, type: string, link?: LinkShape): string {
    if (this.#filters.has(where)) return where
    // Records ask of records, which may ask of them in turn.
    this.#filters.set(where, new Map())
    const fields = this.#recordFields(where, type)
    const ofLink = link ? this.#linkFields(link) : []
    if (ofLink.length > 0)
      fields.push([
        'link',
        this.#object(`${link?.name}LinkWhere`, ofLink),
        'What is asked of the link.',
        nested(ofLink),
      ])
    this.#filters.set(where, new Map(fields.map(([name, , , field]) => [name, field])))
    this.#input(where, `What is asked of ${type} records: all that is said has to hold.`, fields)
    return where
  }

  /** The link whose columns the edges of a list carry. */
  #linkOf(edge: string): LinkShape | undefined {
    const own = this.types.definitions.get(edge)?.fields?.filter(({ name }) => !EDGE_OWN_FIELDS.has(name.value)) ?? []
    if (own.length === 0) return undefined
    const mappings = [...this.read.fields.values()].flatMap((fields) => [...fields.values()])
    return mappings.find((each): each is EdgeMapping => each.kind === 'edge' && each.connection?.edge === edge)?.link
  }

  #recordFields(where: string, type: string): Field[] {
    const definition = this.types.definitions.get(type)
    const possible = this.read.possibleTypes.get(type) ?? []
    const fields: Field[] = [
      ...LOGIC(where),
      ['id', this.#operatorsOf('ID'), 'The id.', { kind: 'column', of: 'record', column: ID }],
    ]
    if (possible.length > 1)
      fields.push([
        'type',
        this.#operatorsOf('RecordType'),
        'The type of the record.',
        { kind: 'column', of: 'record', column: TYPE },
      ])
    for (const field of definition?.fields ?? []) {
      if (!directive(field, 'filter')) continue
      const mapping = this.#mappingOf(possible, field.name.value)
      const columns = this.read.nodes.get(possible[0] ?? '')?.columns
      fields.push(this.#field(`${type}.${field.name.value}`, field, mapping, 'node', columns))
    }
    if (definition?.fields?.some(({ name }) => name.value === UPDATED_AT.name))
      fields.push([
        UPDATED_AT.name,
        this.#operatorsOf('DateTime'),
        'When it last changed in this store.',
        { kind: 'column', of: 'record', column: UPDATED_AT },
      ])
    fields.push(['known', 'Boolean', 'Whether there is such a record; for a field that gives one.', { kind: 'known' }])
    return fields
  }

  #linkFields(link: LinkShape): readonly Field[] {
    const definition = this.types.definitions.get(link.name)
    return (definition?.fields ?? []).flatMap((field) => {
      if (!directive(field, 'filter')) return []
      const name = field.name.value
      const column =
        link.columns.get(name) ?? fail(`field "${link.name}.${name}" says @filter, and is not a column of the link`)
      const mapping: FieldMapping =
        column.kind === 'reference'
          ? { kind: 'reference', column, types: this.types.possible(column.type, name) }
          : { kind: 'column', column }
      return [this.#field(`${link.name}.${name}`, field, mapping, 'link', link.columns)]
    })
  }

  #mappingOf(types: readonly string[], field: string): FieldMapping | undefined {
    return types.map((type) => this.read.fields.get(type)?.get(field)).find((mapping) => mapping !== undefined)
  }

  #field(
    where: string,
    { name: { value: name }, description, type }: FieldDefinitionNode,
    mapping: FieldMapping | undefined,
    of: 'node' | 'link',
    columns: ReadonlyMap<string, Column> | undefined,
  ): Field {
    const says = description?.value ?? ''
    switch (mapping?.kind) {
      case 'column': {
        const { column } = mapping
        if (column.kind === 'values') break
        const folded = columns?.get(`${name}Folded`)
        const operators = this.#operatorsOf(folded ? 'Text' : column.type)
        return [name, operators, says, { kind: 'column', of, column, ...(folded && { folded }) }]
      }
      case 'embedded':
        return [name, ...this.#embedded(mapping, of, says)]
      case 'reference':
        return [name, ...this.#one(mapping.column.type, mapping, says)]
      case 'edge': {
        if (mapping.connection) {
          const { where: asked } = mapping.connection
          return [name, this.#quantifiers(asked), says, { kind: 'many', over: mapping, where: asked }]
        }
        return [name, ...this.#one(unwrap(type).type, mapping, says)]
      }
      case 'citations':
        return [
          name,
          this.#quantifiers(mapping.connection.where),
          says,
          { kind: 'many', over: 'citations', where: mapping.connection.where },
        ]
    }
    return fail(`field "${where}" says @filter, and nothing can be asked of what it gives`)
  }

  #one(type: string, over: SingleMapping, says: string): [string, string, FilterField] {
    const where = this.#where(`${type}Where`, type)
    return [where, says, { kind: 'one', over, where }]
  }

  #embedded(
    { type, fields, first }: FieldMapping & { kind: 'embedded' },
    of: 'node' | 'link',
    says: string,
  ): [input: string, says: string, field: FilterField] {
    if (type === 'FuzzyDate') {
      const [edtf, earliest, latest] = ['edtf', 'earliest', 'latest'].map((part) => fields.get(part) as Column)
      return [this.#operatorsOf(type), says, { kind: 'fuzzyDate', of, edtf, earliest, latest } as FilterField]
    }
    const parts = [...fields].map(([name, column]): Field => {
      const description = this.types.definitions
        .get(type)
        ?.fields?.find((each) => each.name.value === name)?.description
      return [name, this.#operatorsOf(column.type), description?.value ?? '', { kind: 'column', of, column }]
    })
    parts.push(['known', 'Boolean', 'Whether anything of it is known.', { kind: 'known', of, column: first }])
    return [this.#object(`${type}Where`, parts), says, nested(parts)]
  }

  #object(name: string, fields: readonly Field[]): string {
    this.#input(name, 'All that is said has to hold.', fields)
    return name
  }

  #input(name: string, description: string, fields: readonly Field[]): void {
    const lines = fields.map(([field, input, says]) => `${quote(says)} ${field}: ${input}`)
    this.#define(name, `${quote(description)} input ${name} { ${lines.join('\n')} }`)
  }

  /** The input type by which a list is asked of a record. */
  #quantifiers(where: string): string {
    const name = where.replace(/Where$/, 'ListWhere')
    const says = 'What is asked of the records of a list that belongs to another record: all that is said has to hold.'
    this.#define(
      name,
      `${quote(says)} input ${name} {
        "At least one of them is so. Not known where none is surely so, and of one it is not known."
        some: ${where}
        "None of them is so; true of an empty list. Not known where it is not known of one, and none is surely so."
        none: ${where}
        "Each of them is so; true of an empty list. Not known where it is not known of one, and none is surely not so."
        every: ${where}
        "How many there are."
        count: ${this.#operatorsOf('Int')}
      }`,
    )
    return name
  }

  /** The input type with the operators of a scalar or an enum. */
  #operatorsOf(type: string): string {
    const name = `${type}Is`
    const of = type === 'Text' ? 'String' : type
    const lines = (SCALARS[type] ?? ['eq', 'in', 'known']).map((operator) => {
      const input = operator === 'known' ? 'Boolean' : ['within', 'touches'].includes(operator) ? 'String' : of
      return `"${OPERATORS[operator]}" ${operator}: ${operator === 'in' ? `[${input}!]` : input}`
    })
    this.#define(
      name,
      `"What is asked of a value; all that is said has to hold." input ${name} { ${lines.join('\n')} }`,
    )
    return name
  }

  #orderOf(name: string, type: string, link: LinkShape | undefined): void {
    const possible = this.read.possibleTypes.get(type) ?? []
    const columns = this.read.nodes.get(possible[0] ?? '')?.columns
    const words = new Map<string, readonly OrderKey[]>()
    const add = (of: 'node' | 'link', definition: Definition | undefined, its: typeof columns) => {
      for (const field of definition?.fields ?? []) {
        if (!directive(field, 'order')) continue
        const column = orderedAs(its, field.name.value)
        if (!column) fail(`field "${definition?.name.value}.${field.name.value}" says @order, and is not a column`)
        const word = `${of === 'link' ? 'LINK_' : ''}${field.name.value.replace(/[A-Z]/g, '_$&').toUpperCase()}`
        words.set(`${word}_ASC`, orderKeys(of, column, false))
        words.set(`${word}_DESC`, orderKeys(of, column, true))
      }
    }
    // The columns of several types are in several tables.
    if (possible.length === 1) add('node', this.types.definitions.get(type), columns)
    if (link) add('link', this.types.definitions.get(link.name), link.columns)
    words.set('ID_ASC', [{ of: 'node', column: 'id', descending: false }])
    words.set('ID_DESC', [{ of: 'node', column: 'id', descending: true }])
    this.#orders.set(name, words)
    this.#define(
      name,
      `"An order of a list; what has no value comes last." enum ${name} { ${[...words.keys()].join(' ')} }`,
    )
  }

  #define(name: string, text: string): void {
    if (this.#spelt.has(name)) return
    this.#spelt.add(name)
    this.#definitions.push(text)
  }
}

const LOGIC = (where: string): readonly Field[] => [
  ['and', `[${where}!]`, 'All of these hold.', { kind: 'and' }],
  ['or', `[${where}!]`, 'At least one of these holds.', { kind: 'or' }],
  ['not', where, 'This does not hold; where it is not known whether it holds, nor is this.', { kind: 'not' }],
]

const EDGE_OWN_FIELDS = new Set(['cursor', 'node', 'sources'])

const nested = (fields: readonly Field[]): FilterField => ({
  kind: 'fields',
  fields: new Map(fields.map(([name, , , field]) => [name, field])),
})

const quote = (text: string): string => JSON.stringify(text)

const argumentOf = (name: string, type: string): InputValueDefinitionNode => ({
  kind: Kind.INPUT_VALUE_DEFINITION,
  name: { kind: Kind.NAME, value: name },
  type: parseType(type, { noLocation: true }),
})
