import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  validateSchema,
} from 'graphql'
import {
  CITATIONS,
  type Column,
  type ColumnKind,
  type ConnectionShape,
  type EdgeMapping,
  type FieldMapping,
  type Filter,
  type GraphShape,
  type LinkShape,
  type NodeShape,
  type OrderKey,
  type RootMapping,
  type ScanMapping,
  STATE,
  VERSION,
} from './graph-shape.js'
import {
  argument,
  type Definition,
  directive,
  fail,
  isEdgeType,
  parseSchema,
  unwrap,
  withoutMapping,
} from './schema-document.js'

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
/** The arguments that say which part of a list is asked. */
const WINDOW = new Set(['first', 'after'])
/** Names that tables use for themselves. */
const RESERVED = new Set(['key', 'sourceSet', 'nodeType', 'from', 'to', 'version', 'createdIn'])
/** Fields that every node has, and that are no columns of its type. */
const NODE_OWN_FIELDS = new Set(['id', 'updatedAt'])
/** Fields of links and of list edges that are no columns. */
const EDGE_OWN_FIELDS = new Set(['cursor', 'node', 'sources'])

/**
 * Reads what the graph is from the text of `schema.graphql`.
 * @throws RapporteurError `BAD_SCHEMA`, naming the type and field, where schema and mapping disagree.
 */
export const readGraphShape = (schemaText: string): GraphShape => {
  const shape = new ShapeReader(parseSchema(schemaText)).read()
  const problems = validateSchema(buildASTSchema(shape.served, { assumeValidSDL: true }))
  if (problems.length > 0) fail(problems.map((problem) => problem.message.replace(/\.$/, '')).join('; '))
  return shape
}

/** The names of the columns by which a column is ordered: `name` → `nameFolded`, `date` → `dateMoment`. */
const foldedName = (column: string): string => `${column}Folded`
const momentName = (column: string): string => `${column}Moment`

class ShapeReader {
  readonly #definitions = new Map<string, Definition>()
  readonly #words = new Map<string, readonly string[]>()
  readonly #nodes = new Map<string, NodeShape>()
  readonly #links = new Map<string, LinkShape>()
  readonly #possibleTypes = new Map<string, readonly string[]>()

  constructor(readonly document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
        this.#definitions.set(definition.name.value, definition)
      } else if (definition.kind === Kind.ENUM_TYPE_DEFINITION) {
        this.#words.set(definition.name.value, definition.values?.map((value) => value.name.value) ?? [])
      }
    }
  }

  read(): GraphShape {
    const definitions = [...this.#definitions.values()]
    const nodeDefinitions = definitions.filter((definition) => directive(definition, 'node'))
    for (const definition of nodeDefinitions) this.#possibleTypes.set(definition.name.value, [definition.name.value])
    for (const definition of definitions.filter((each) => each.kind === Kind.INTERFACE_TYPE_DEFINITION)) {
      const types = nodeDefinitions.filter((node) =>
        node.interfaces?.some((each) => each.name.value === definition.name.value),
      )
      if (types.length > 0) this.#possibleTypes.set(definition.name.value, types.map((type) => type.name.value).sort())
    }
    for (const definition of nodeDefinitions) this.#nodes.set(definition.name.value, this.#readNode(definition))
    for (const definition of definitions) {
      const link = directive(definition, 'link')
      if (link) this.#links.set(definition.name.value, this.#readLink(definition, link))
    }
    const state = definitions.find((definition) => directive(definition, 'graph'))
    if (state) this.#possibleTypes.set(STATE.type, [STATE.type])
    const fields = new Map(
      [...nodeDefinitions, ...(state ? [state] : [])].map((definition) => [
        definition.name.value,
        this.#readFields(definition),
      ]),
    )
    for (const [type, mappings] of [...fields]) this.#readEdgeTypes(type, mappings, fields)
    const root = this.#readRoot(fields)
    return {
      nodes: this.#nodes,
      links: this.#links,
      possibleTypes: this.#possibleTypes,
      fields,
      root,
      served: withoutMapping(this.document),
    }
  }

  #readNode(definition: Definition): NodeShape {
    const name = definition.name.value
    const columns = this.#readColumns(definition)
    const order = argument<readonly string[]>(directive(definition, 'node'), 'order') ?? []
    const own = argument<boolean>(directive(definition, 'node'), 'own') ?? false
    return { name, columns, order: this.#readOrder(`@node of type "${name}"`, order, columns, undefined), own }
  }

  #readLink(definition: Definition, link: ConstDirectiveNode): LinkShape {
    const name = definition.name.value
    const ends = (end: 'from' | 'to') =>
      [
        ...new Set(
          (argument<readonly string[]>(link, end) ?? []).flatMap((type) => this.#possible(type, `@link of "${name}"`)),
        ),
      ].sort()
    if (this.#nodes.has(name)) fail(`"${name}" is both a node type and a link type; a table can be only one of them`)
    const [one, repeats] = [argument<boolean>(link, 'one') ?? false, argument<boolean>(link, 'repeats') ?? false]
    return { name, from: ends('from'), to: ends('to'), one, repeats, columns: this.#readColumns(definition) }
  }

  /** The columns that a definition's fields stand for: scalars, enums, short lists, references and embedded objects. */
  #readColumns(definition: Definition): ReadonlyMap<string, Column> {
    const columns = new Map<string, Column>()
    const add = (column: Column) => {
      if (RESERVED.has(column.name))
        fail(`field "${definition.name.value}.${column.name}" has a name that the store keeps for itself`)
      columns.set(column.name, column)
    }
    for (const field of definition.fields ?? []) {
      const own = directive(definition, 'link') ? EDGE_OWN_FIELDS : NODE_OWN_FIELDS
      if (own.has(field.name.value) || directive(field, 'edge') || directive(field, 'citations')) continue
      const column = this.#columnOf(field)
      if (column) {
        add(column)
        if (directive(field, 'folded'))
          add({ ...column, name: foldedName(column.name), derived: { how: 'folded', from: column.name } })
        const moment = directive(field, 'moment')
        if (moment) add(this.#momentColumn(definition, column, argument<string>(moment, 'time') ?? ''))
      } else {
        for (const part of this.#embeddedColumns(definition, field).values()) add(part)
      }
    }
    for (const { name, derived } of columns.values()) {
      if (derived?.how !== 'exceeds') continue
      for (const number of [derived.of, derived.than])
        if (columns.get(number)?.kind !== 'integer')
          fail(
            `field "${definition.name.value}.${name}" says @exceeds of "${number}", which is no column of whole numbers`,
          )
    }
    return columns
  }

  /** A column that always has a value, whatever of day and time is known. */
  #momentColumn(definition: Definition, { name, type }: Column, time: string): Column {
    const other = definition.fields?.find((field) => field.name.value === time)
    if (type !== 'Date' || !other || unwrap(other.type).type !== 'DateTime')
      fail(`field "${definition.name.value}.${name}" says @moment, and is no Date with a DateTime beside it`)
    return {
      name: momentName(name),
      kind: 'text',
      required: true,
      type: 'String',
      derived: { how: 'moment', day: name, time },
    }
  }

  #columnOf(field: FieldDefinitionNode): Column | null {
    const { type, list, required } = unwrap(field.type)
    const name = field.name.value
    const words = this.#words.get(type)
    if (list) return { name, kind: 'values', required, type }
    if (words) return { name, kind: 'text', required, type, words }
    const kind = SCALARS.get(type)
    const edition = directive(field, 'edition')
    const exceeds = directive(field, 'exceeds')
    const derived = exceeds && {
      derived: {
        how: 'exceeds' as const,
        of: argument<string>(exceeds, 'of') ?? '',
        than: argument<string>(exceeds, 'than') ?? '',
      },
    }
    const told = edition && { edition: argument<boolean>(edition, 'own') ? ('own' as const) : ('said' as const) }
    if (kind) return { name, kind, required, type, ...told, ...derived }
    if (this.#possibleTypes.has(type)) return { name, kind: 'reference', required, type }
    return null
  }

  #embeddedColumns(owner: Definition, field: FieldDefinitionNode): ReadonlyMap<string, Column> {
    const { type } = unwrap(field.type)
    const definition = this.#definitions.get(type)
    const embedded = definition && directive(definition, 'embedded') ? definition : undefined
    if (!embedded)
      fail(
        `field "${owner.name.value}.${field.name.value}" of type "${type}" says neither @edge nor @citations, and "${type}" is not @embedded`,
      )
    const prefix = field.name.value
    return new Map(
      (embedded.fields ?? []).map((part): [string, Column] => {
        const column =
          this.#columnOf(part) ??
          fail(`field "${type}.${part.name.value}" of an @embedded type must be a scalar or an enum`)
        const name = `${prefix}${column.name.charAt(0).toUpperCase()}${column.name.slice(1)}`
        return [part.name.value, { ...column, name, required: false, part: prefix }]
      }),
    )
  }

  #readFields(definition: Definition): ReadonlyMap<string, FieldMapping> {
    return new Map((definition.fields ?? []).map((field) => [field.name.value, this.#readField(definition, field)]))
  }

  #readField(definition: Definition, field: FieldDefinitionNode): FieldMapping {
    const edge = directive(field, 'edge')
    if (edge) return this.#readEdge(definition, field, edge)
    const where = `field "${definition.name.value}.${field.name.value}"`
    if (directive(field, 'scan')) return this.#readScan(where, field)
    const change = directive(field, 'change')
    if (change) return { kind: 'change', gives: argument<string>(change, 'gives') === 'KIND' ? 'kind' : 'version' }
    if (directive(field, 'citations')) {
      const connection =
        this.#connectionOf(unwrap(field.type).type) ??
        fail(`field "${definition.name.value}.${field.name.value}" says @citations and gives no list`)
      return { kind: 'citations', connection }
    }
    const column = this.#columnOf(field)
    if (column?.kind === 'reference') {
      if (!directive(definition, 'link') && !isEdgeType(definition)) {
        fail(`field "${definition.name.value}.${field.name.value}" gives a node and needs @edge`)
      }
      return { kind: 'reference', column, types: this.#possible(column.type, field.name.value) }
    }
    if (column) return { kind: 'column', column }
    const fields = this.#embeddedColumns(definition, field)
    const first = [...fields.values()][0] as Column
    return { kind: 'embedded', type: unwrap(field.type).type, fields, first }
  }

  #readEdge(definition: Definition, field: FieldDefinitionNode, edge: ConstDirectiveNode): EdgeMapping {
    const where = `field "${definition.name.value}.${field.name.value}"`
    const linkName = argument<string>(edge, 'link') ?? ''
    const link = this.#links.get(linkName) ?? fail(`${where} maps to the link "${linkName}", which is declared nowhere`)
    const direction = argument<string>(edge, 'direction') === 'IN' ? 'in' : 'out'
    const [near, far] = direction === 'out' ? [link.from, link.to] : [link.to, link.from]
    if (!near.includes(definition.name.value))
      fail(`${where} maps to the link "${linkName}", which has no end at "${definition.name.value}"`)

    const connection = this.#connectionOf(unwrap(field.type).type)
    const target = connection?.node ?? unwrap(field.type).type
    const types = this.#possible(target, where).filter((type) => far.includes(type))
    if (types.length === 0) fail(`${where} gives "${target}", and the link "${linkName}" never leads there`)

    const nodeColumns = types.length === 1 ? this.#nodes.get(types[0] as string)?.columns : undefined
    const only = (argument<readonly { column: string; equals?: string; is?: boolean }[]>(edge, 'only') ?? []).map(
      (each) => {
        const equals =
          each.equals ?? each.is ?? fail(`${where} has an "only" on the column "${each.column}" without a value`)
        if (!link.columns.has(each.column))
          fail(`${where} has an "only" on the column "${each.column}", which the link "${linkName}" has not`)
        return { of: 'link' as const, column: each.column, equals }
      },
    )
    if (!connection && !only.length && (direction === 'in' || !link.one)) {
      fail(`${where} gives one neighbour, and the link "${linkName}" may have several`)
    }
    const ownOrder = argument<readonly string[]>(edge, 'order')
    const typeOrder = types.length === 1 && !ownOrder ? (this.#nodes.get(types[0] as string)?.order ?? []) : null
    const order = connection ? [...(typeOrder ?? this.#readOrder(where, ownOrder ?? [], nodeColumns, link))] : []
    if (connection && link.repeats && !order.some((key) => key.of === 'link' && key.column === 'key')) {
      order.push({ of: 'link', column: 'key', descending: false })
    }
    const max = argument<number>(edge, 'max') ?? 100
    return {
      kind: 'edge',
      link,
      direction,
      types,
      only,
      order,
      filters: this.#readFilters(where, field, nodeColumns, link),
      max,
      connection,
    }
  }

  #readFilters(
    where: string,
    field: FieldDefinitionNode,
    nodeColumns: ReadonlyMap<string, Column> | undefined,
    link: LinkShape | undefined,
  ) {
    const filters = new Map<string, Filter>()
    for (const each of field.arguments ?? []) {
      if (directive(each, 'since')) continue
      const filter = directive(each, 'filter')
      if (!filter && WINDOW.has(each.name.value)) continue
      if (!filter) fail(`${where}, argument "${each.name.value}" says no @filter, so it would ask for nothing`)
      const column = argument<string>(filter, 'column') ?? ''
      const of = argument<string>(filter, 'of') === 'LINK' ? 'link' : 'node'
      const found =
        (of === 'link' ? link?.columns : nodeColumns)?.get(column) ??
        fail(`${where}, argument "${each.name.value}": there is no column "${column}" of the ${of}`)
      const { type } = unwrap(each.type)
      const olderThan = argument<number>(filter, 'olderThan')
      if (olderThan !== undefined) {
        if (found.type !== 'DateTime' || type !== 'Boolean')
          fail(`${where}, argument "${each.name.value}" says olderThan, and is no Boolean about a DateTime`)
        filters.set(each.name.value, { of, column, olderThan })
        continue
      }
      if (found.type !== type)
        fail(
          `${where}, argument "${each.name.value}" is of type "${type}", and the column "${column}" of type "${found.type}"`,
        )
      filters.set(each.name.value, { of, column })
    }
    return filters
  }

  #readOrder(
    where: string,
    order: readonly string[],
    nodeColumns: ReadonlyMap<string, Column> | undefined,
    link: LinkShape | undefined,
  ): readonly OrderKey[] {
    const keys = order.map((text): OrderKey => {
      const [path = '', direction] = text.split(' ')
      const of = path.startsWith('link.') ? 'link' : 'node'
      const name = path.replace(/^link\./, '')
      if (of === 'link' && name === 'key' && link?.repeats)
        return { of, column: name, descending: direction === 'desc' }
      const columns = of === 'link' ? link?.columns : nodeColumns
      const ordered = columns?.get(momentName(name)) ?? columns?.get(foldedName(name)) ?? columns?.get(name)
      // An index of Neo4j's on nodes gives an order only to records that have a value.
      const orEmpty = of === 'link' && ordered?.kind === 'text' && !ordered.required
      if (!ordered || (!ordered.required && !orEmpty))
        fail(`${where} is ordered by "${text}", and there is no such column that always has a value`)
      return { of, column: ordered.name, descending: direction === 'desc', ...(orEmpty && { orEmpty }) }
    })
    return [...keys, { of: 'node', column: 'id', descending: false }]
  }

  #connectionOf(type: string): (ConnectionShape & { readonly node: string }) | null {
    const definition = this.#definitions.get(type)
    const edges = definition?.fields?.find((field) => field.name.value === 'edges')
    const nodes = definition?.fields?.find((field) => field.name.value === 'nodes')
    if (!edges || !nodes) return null
    return { name: type, edge: unwrap(edges.type).type, node: unwrap(nodes.type).type }
  }

  /** Reads how the own fields of the edges of a type's lists are answered, and checks them against the link. */
  #readEdgeTypes(
    type: string,
    mappings: ReadonlyMap<string, FieldMapping>,
    fields: Map<string, ReadonlyMap<string, FieldMapping>>,
  ): void {
    for (const [name, mapping] of mappings) {
      if (mapping.kind === 'scan')
        this.#readEdgeType(`field "${type}.${name}"`, mapping.connection.edge, undefined, fields)
      const link = mapping.kind === 'edge' ? mapping.link : CITATIONS
      if ((mapping.kind !== 'edge' && mapping.kind !== 'citations') || !mapping.connection) continue
      this.#readEdgeType(`field "${type}.${name}"`, mapping.connection.edge, link, fields)
    }
  }

  #readEdgeType(
    where: string,
    edgeType: string,
    link: LinkShape | undefined,
    fields: Map<string, ReadonlyMap<string, FieldMapping>>,
  ): void {
    const definition = this.#definitions.get(edgeType) ?? fail(`${where}: there is no type "${edgeType}"`)
    const own = (definition.fields ?? []).filter((field) => !['cursor', 'node'].includes(field.name.value))
    const mappings = new Map(own.map((field) => [field.name.value, this.#readField(definition, field)]))
    for (const [name, mapping] of mappings) {
      if (mapping.kind !== 'column' && mapping.kind !== 'reference') continue
      const column = link?.columns.get(name)
      if (column?.type !== mapping.column.type || column.required !== mapping.column.required) {
        fail(
          `${where} has edges of type "${edgeType}", whose field "${name}" is not a column of the link "${link?.name ?? 'none'}" with the same type`,
        )
      }
    }
    fields.set(edgeType, mappings)
  }

  #readRoot(fields: Map<string, ReadonlyMap<string, FieldMapping>>): ReadonlyMap<string, RootMapping> {
    const root = new Map<string, RootMapping>()
    for (const field of this.#definitions.get('Query')?.fields ?? []) {
      const name = field.name.value
      const where = `field "Query.${name}"`
      const { type, list } = unwrap(field.type)
      if (directive(field, 'lookup')) {
        const types = this.#possible(type, where)
        const columns = new Map(
          (field.arguments ?? []).map(
            (each) => [each.name.value, argument<string>(directive(each, 'filter'), 'column') ?? 'id'] as const,
          ),
        )
        for (const column of columns.values()) {
          if (column !== 'id' && !this.#nodes.get(type)?.columns.has(column))
            fail(`${where}: "${type}" has no column "${column}"`)
        }
        root.set(name, { kind: 'lookup', types, list, columns })
      } else if (directive(field, 'scan')) {
        const mapping = this.#readScan(where, field)
        this.#readEdgeType(where, mapping.connection.edge, undefined, fields)
        root.set(name, mapping)
      } else {
        fail(`${where} says neither @lookup nor @scan, so nothing would answer it`)
      }
    }
    return root
  }

  #readScan(where: string, field: FieldDefinitionNode): ScanMapping {
    const connection = this.#connectionOf(unwrap(field.type).type) ?? fail(`${where} says @scan and gives no list`)
    const types = this.#possible(connection.node, where)
    const node = types.length === 1 ? this.#nodes.get(types[0] as string) : undefined
    const since = field.arguments?.find((each) => directive(each, 'since'))?.name.value ?? null
    if (since !== null && node) fail(`${where} says @since, and lists the records of one type only`)
    return {
      kind: 'scan',
      types,
      order: node?.order ?? [VERSION, { of: 'node', column: 'id', descending: false }],
      filters: this.#readFilters(where, field, node?.columns, undefined),
      since,
      connection,
    }
  }

  #possible(type: string, where: string): readonly string[] {
    return (
      this.#possibleTypes.get(type) ??
      fail(`${where} names the type "${type}", which is neither a node type nor an interface of one`)
    )
  }
}
