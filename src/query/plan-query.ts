import { type FieldNode, type GraphQLField, type GraphQLObjectType, getArgumentValues, getNamedType } from 'graphql'
import { RapporteurError } from '../errors.js'
import {
  type ConnectionShape,
  type EdgeMapping,
  type FieldMapping,
  type Filter,
  type GraphShape,
  type OrderKey,
  type RootMapping,
  type ScanMapping,
  STATE,
  VERSION,
} from '../model/graph-shape.js'
import { normaliseId, normaliseReference } from '../model/ids.js'
import { MAX_ID_LENGTH } from '../model/records.js'
import { type KeyKind, listMark, readCursor } from '../store/cursor.js'
import type { Condition, Entry, EntryValue, From, Layout, PageEntry, PageInfoField, Plan } from '../store/plan.js'
import { type Costs, checkLimits } from './check-limits.js'
import { at } from './refused-at.js'
import { type Request, selectFields } from './select-fields.js'
import { type PageAsked, PageBuilder, ShapeBuilder } from './shape-builder.js'
import { SharedParts } from './shared-parts.js'

/** How many items a list gives where `first` is not said, and the most ids `nodes` takes. */
const DEFAULT_FIRST = 20
const MAX_IDS = 100

/** A plan within the limits, and what it costs. */
export interface CheckedPlan {
  readonly plan: Plan
  readonly costs: Costs
}

/**
 * Plans one root field.
 * @param places where the field is asked; their selections are merged
 * @throws GraphQLError with the code of the `RapporteurError` that refuses it
 */
export const planQuery = (
  request: Request,
  shape: GraphShape,
  mapping: RootMapping,
  places: readonly FieldNode[],
): CheckedPlan => {
  return at(places, () => {
    const plan = frozen(new Planner(request, shape).plan(mapping, places))
    return { plan, costs: checkLimits(plan) }
  })
}

/** Whose fields are asked: a node's, those of the link that led to it, or those of its place in a list of all records. */
type Of = 'node' | 'link' | 'item'
type Arguments = Readonly<Record<string, unknown>>

/**
 * What is asked of one row at the same places of the document is planned once, by whatever names and fragments it is
 * reached: planning takes as long as the document is, though the answer may repeat its parts many times.
 */
class Planner {
  /** The version after which changes are asked. */
  #since = 0
  readonly #parts = new SharedParts()
  readonly #planned = new Map<string, object>()
  readonly #numbers = new Map<object, number>()

  constructor(
    readonly request: Request,
    readonly shape: GraphShape,
  ) {}

  plan(mapping: RootMapping, places: readonly FieldNode[]): Plan {
    const query = this.request.schema.getQueryType() as GraphQLObjectType
    const args = this.#arguments(query, places)
    if (mapping.kind === 'scan') {
      const { page, entries } = this.#scan(new ShapeBuilder([]), mapping, args, places)
      return { kind: 'page', page: page.build(), entries }
    }
    const builder = new ShapeBuilder(mapping.types)
    const layout = this.#layout(builder, places)
    if (mapping.list)
      return { kind: 'many', ids: at(places, () => readIds(args['ids'])), shape: builder.build(), layout }
    return { kind: 'one', find: at(places, () => readFind(mapping, args)), shape: builder.build(), layout }
  }

  #scan(builder: ShapeBuilder, mapping: ScanMapping, args: Arguments, places: readonly FieldNode[]) {
    const { types, order, connection } = mapping
    const since = mapping.since === null ? null : ((args[mapping.since] as number | null | undefined) ?? 0)
    this.#since = since ?? 0
    if (since !== null && since < 0)
      at(places, () => {
        const sentence = `\`${mapping.since}\` is ${since}; the versions of the graph begin with 0.`
        throw new RapporteurError('BAD_ARGUMENT', sentence)
      })
    const conditions = [
      ...this.#conditions(mapping.filters, args),
      ...(since === null ? [] : [{ of: VERSION.of, column: VERSION.column, above: since }]),
    ]
    const from: From = { kind: 'scan', types }
    const window = this.#window(args, 100, from, order, types, places)
    const { key, page } = builder.page({ from, conditions, order, ...window }, types)
    return { key, page, entries: this.#page(page, connection.name, connection.edge, places) }
  }

  /** What a client gets of a node, for each type it can be of. */
  #layout(builder: ShapeBuilder, places: readonly FieldNode[]): Layout {
    return this.#once(
      builder,
      places,
      () => new Map(builder.types.map((type) => [type, this.#entries(builder, type, 'node', places)])),
    )
  }

  /** What is made of a row or page for these places, made once; and one for all that is alike. */
  #once<T extends object>(builder: ShapeBuilder | PageBuilder, places: readonly FieldNode[], make: () => T): T {
    const key = [builder, ...places].map((part) => this.#numberOf(part)).join(' ')
    const known = this.#planned.get(key) as T | undefined
    if (known) return known
    // A page is printed with its entries, so that those of another one are not its own, however alike.
    const made = this.#parts.of(make(), builder instanceof PageBuilder ? `page ${this.#numberOf(builder)} ` : '')
    this.#planned.set(key, made)
    return made
  }

  #numberOf(part: object): number {
    const number = this.#numbers.get(part) ?? this.#numbers.size
    this.#numbers.set(part, number)
    return number
  }

  #entries(builder: ShapeBuilder, typeName: string, of: Of, places: readonly FieldNode[]): readonly Entry[] {
    const type = this.request.schema.getType(typeName) as GraphQLObjectType
    const mappings = this.shape.fields.get(typeName)
    const entries = [...this.#select(type, places)].map(([as, asked]): Entry => {
      const name = (asked[0] as FieldNode).name.value
      if (name === '__typename') return { as, value: { kind: 'constant', text: typeName } }
      if (of !== 'node' && name === 'cursor') return { as, value: { kind: 'cursor' } }
      if (of !== 'node' && name === 'node') return { as, value: { kind: 'self', layout: this.#layout(builder, asked) } }
      const mapping = mappings?.get(name) as FieldMapping
      return { as, value: this.#value(builder, type, of, name, mapping, asked) }
    })
    return this.#parts.of(entries)
  }

  #value(
    builder: ShapeBuilder,
    type: GraphQLObjectType,
    of: Of,
    name: string,
    mapping: FieldMapping,
    places: readonly FieldNode[],
  ): EntryValue {
    switch (mapping.kind) {
      case 'column':
        if (name === 'id') return { kind: 'value', slot: builder.id() }
        if (name === 'updatedAt') return { kind: 'value', slot: builder.updatedAt() }
        if (places[0]?.selectionSet) return this.#items(builder, type, of, mapping, places)
        return { kind: 'value', slot: builder.column(columnOf(of), mapping.column) }
      case 'embedded':
        return this.#embedded(builder, mapping, of, places)
      case 'reference': {
        const { key, shape } = builder.reference(mapping.column, mapping.types)
        return { kind: 'node', slot: key, layout: this.#layout(shape, places) }
      }
      case 'citations':
        return this.#citations(builder, type, mapping.connection, of, places)
      case 'change':
        return { kind: 'value', slot: this.#change(builder, mapping.gives) }
      case 'scan': {
        const { key, entries } = this.#scan(builder, mapping, this.#arguments(type, places), places)
        return { kind: 'page', slot: key, entries }
      }
      case 'edge':
        return this.#edge(builder, type, mapping, places)
    }
  }

  #items(
    builder: ShapeBuilder,
    type: GraphQLObjectType,
    of: Of,
    { column }: FieldMapping & { kind: 'column' },
    places: readonly FieldNode[],
  ): EntryValue {
    const itemType = getNamedType(fieldOf(type, places).type) as GraphQLObjectType
    const items = [...this.#select(itemType, places)].map(([as, asked]) => {
      const name = (asked[0] as FieldNode).name.value
      return name === '__typename' ? { as, name, constant: itemType.name } : { as, name }
    })
    return { kind: 'items', slot: builder.column(columnOf(of), column), fields: items }
  }

  #embedded(
    builder: ShapeBuilder,
    mapping: FieldMapping & { kind: 'embedded' },
    of: Of,
    places: readonly FieldNode[],
  ): EntryValue {
    const type = this.request.schema.getType(mapping.type) as GraphQLObjectType
    const entries = [...this.#select(type, places)].map(([as, asked]): Entry => {
      const column = mapping.fields.get((asked[0] as FieldNode).name.value)
      return {
        as,
        value: column
          ? { kind: 'value', slot: builder.column(columnOf(of), column) }
          : { kind: 'constant', text: type.name },
      }
    })
    return { kind: 'object', presence: builder.column(columnOf(of), mapping.first), entries: this.#parts.of(entries) }
  }

  #change(builder: ShapeBuilder, gives: 'version' | 'kind'): string {
    return gives === 'version' ? builder.version() : builder.changeKind(this.#since)
  }

  #citations(
    builder: ShapeBuilder,
    type: GraphQLObjectType,
    connection: ConnectionShape,
    of: Of,
    places: readonly FieldNode[],
  ): EntryValue {
    const order: readonly OrderKey[] = [{ of: 'node', column: 'id', descending: false }]
    const args = this.#arguments(type, places)
    // The edges of a list of all records are no links: who says so is who says the record.
    const from: From = { kind: 'citations', of: of === 'link' ? 'link' : 'node' }
    const { key, page } = builder.page(
      { from, conditions: [], order, ...this.#window(args, 100, from, order, ['Source'], places) },
      ['Source'],
    )
    return { kind: 'page', slot: key, entries: this.#page(page, connection.name, connection.edge, places) }
  }

  #edge(
    builder: ShapeBuilder,
    type: GraphQLObjectType,
    mapping: EdgeMapping,
    places: readonly FieldNode[],
  ): EntryValue {
    const { link, direction, only, types, order, connection } = mapping
    const hop = { link, direction, only }
    const from: From = { kind: 'hop', hop }
    if (!connection) {
      const { key, shape } = builder.neighbour(hop, types)
      return { kind: 'node', slot: key, layout: this.#layout(shape, places) }
    }
    const args = this.#arguments(type, places)
    const conditions = this.#conditions(mapping.filters, args)
    const whole = !fieldOf(type, places).args.some((each) => each.name === 'first')
    const window = whole
      ? { first: null, after: null, mark: listMark(from, types, order) }
      : this.#window(args, mapping.max, from, order, types, places)
    const { key, page } = builder.page({ from, conditions, order, ...window }, types)
    return { kind: 'page', slot: key, entries: this.#page(page, connection.name, connection.edge, places) }
  }

  #page(page: PageBuilder, connection: string, edge: string, places: readonly FieldNode[]): readonly PageEntry[] {
    const type = this.request.schema.getType(connection) as GraphQLObjectType
    return this.#once(page, places, () =>
      [...this.#select(type, places)].map(
        ([as, asked]): PageEntry => ({ as, value: this.#pageValue(page, type, edge, asked) }),
      ),
    )
  }

  #pageValue(
    page: PageBuilder,
    type: GraphQLObjectType,
    edge: string,
    places: readonly FieldNode[],
  ): PageEntry['value'] {
    switch (places[0]?.name.value) {
      case 'nodes':
        page.rows = true
        return { kind: 'nodes', layout: this.#layout(page.shape, places) }
      case 'edges': {
        page.rows = true
        const entries = this.#entries(page.shape, edge, page.asked.from.kind === 'scan' ? 'item' : 'link', places)
        page.cursors ||= entries.some((entry) => entry.value.kind === 'cursor')
        return { kind: 'edges', entries }
      }
      case 'totalCount':
        page.totalCount = true
        return { kind: 'totalCount' }
      case 'pageInfo': {
        const infoType = this.request.schema.getType('PageInfo') as GraphQLObjectType
        const fields = [...this.#select(infoType, places)].map(([as, asked]) => ({
          as,
          name: asked[0]?.name.value as PageInfoField | '__typename',
        }))
        page.pageInfo ||= fields.some(({ name }) => dependsOnRows(name, page.asked))
        return { kind: 'pageInfo', fields }
      }
      default:
        return { kind: 'constant', text: type.name }
    }
  }

  #conditions(filters: ReadonlyMap<string, Filter>, args: Arguments): readonly Condition[] {
    return [...filters].flatMap(([name, { of, column, olderThan }]): readonly Condition[] => {
      const asked = args[name] as string | number | boolean | null | undefined
      if (asked === null || asked === undefined) return []
      return [olderThan === undefined ? { of, column, equals: asked } : { of, column, olderThan, is: asked === true }]
    })
  }

  /** How many rows, and after which. */
  #window(
    args: Arguments,
    max: number,
    from: From,
    order: readonly OrderKey[],
    types: readonly string[],
    places: readonly FieldNode[],
  ) {
    return at(places, () => {
      const first = (args['first'] as number | null | undefined) ?? DEFAULT_FIRST
      if (first < 0 || first > max) {
        throw new RapporteurError(
          'BAD_ARGUMENT',
          `\`first\` is ${first}; it must lie between 0 and ${max}. Ask for the rest with \`after\`.`,
        )
      }
      const after = args['after'] as string | null | undefined
      const mark = listMark(from, types, order)
      const kinds = order.map((key) => this.#keyType(key, types, from))
      return { first, mark, after: after === null || after === undefined ? null : readCursor(after, mark, kinds) }
    })
  }

  #keyType(key: OrderKey, types: readonly string[], from: From): KeyKind {
    if (key.of === 'node' && key.column === 'id') return 'string'
    if (key === VERSION) return 'integer'
    const link = from.kind === 'hop' ? from.hop.link.columns : undefined
    const columns = key.of === 'link' ? link : this.shape.nodes.get(types[0] as string)?.columns
    const kind = columns?.get(key.column)?.kind
    return kind === 'integer' || kind === 'number' || kind === 'boolean' ? kind : 'string'
  }

  /** The fields asked of a type at all of these places, by response name. */
  #select(type: GraphQLObjectType, places: readonly FieldNode[]) {
    return selectFields(
      this.request,
      type,
      places.map((place) => place.selectionSet),
    )
  }

  #arguments(type: GraphQLObjectType, places: readonly FieldNode[]): Arguments {
    return getArgumentValues(fieldOf(type, places), places[0] as FieldNode, this.request.variables)
  }
}

/** Whether a field of `PageInfo` tells of the rows found; the others follow from what was asked. */
const dependsOnRows = (name: PageInfoField | '__typename', { first }: PageAsked): boolean =>
  name === 'startCursor' || name === 'endCursor' || (name === 'hasNextPage' && first !== null)

const columnOf = (of: Of): 'node' | 'link' => (of === 'link' ? 'link' : 'node')

const fieldOf = (type: GraphQLObjectType, places: readonly FieldNode[]): GraphQLField<unknown, unknown> =>
  type.getFields()[(places[0] as FieldNode).name.value] as GraphQLField<unknown, unknown>

const readFind = (mapping: RootMapping & { kind: 'lookup' }, args: Arguments) => {
  const given = [...mapping.columns].filter(([name]) => args[name] !== null && args[name] !== undefined)
  const [only] = given
  if (mapping.columns.size === 0) return { column: 'id', isId: false, value: STATE.id }
  if (!only || given.length > 1) {
    const names = [...mapping.columns.keys()].map((name) => `\`${name}\``).join(' or ')
    throw new RapporteurError('BAD_ARGUMENT', `Give either ${names}, and one of them only.`)
  }
  const [name, column] = only
  const text = args[name] as string
  const isId = column === 'id'
  return { column, isId, value: isId ? readId(text) : normaliseReference(checked(text, name)) }
}

const readIds = (ids: unknown): readonly string[] => {
  const list = ids as readonly string[]
  if (list.length > MAX_IDS)
    throw new RapporteurError(
      'BAD_ARGUMENT',
      `\`ids\` has ${list.length} ids; at most ${MAX_IDS} can be asked at once.`,
    )
  return list.map(readId)
}

const readId = (id: string): string => normaliseId(checked(id, 'id'))

/** A text by which a record is looked up. */
const checked = (text: string, what: string): string => {
  if (text === '')
    throw new RapporteurError(
      'BAD_ID',
      `The ${what} is empty. Give the ${what} of a record, such as ${what === 'id' ? '`ep-vote:139038`' : '`P9_TA(2022)0012`'}.`,
    )
  if ([...text].length > MAX_ID_LENGTH) {
    const sentence = `The ${what} "${text.slice(0, 40)}…" is longer than ${MAX_ID_LENGTH} characters, the most that one can have.`
    throw new RapporteurError('BAD_ID', sentence)
  }
  return text
}

/** A plan is kept and shared by requests: nobody changes it. */
const frozen = <T>(part: T): T => {
  if (typeof part !== 'object' || part === null || Object.isFrozen(part)) return part
  Object.freeze(part)
  for (const each of part instanceof Map ? part.values() : Object.values(part)) frozen(each)
  return part
}
