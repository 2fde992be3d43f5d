import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLObjectType,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
  Kind,
  valueFromAST,
} from 'graphql'
import { RapporteurError } from '../errors.js'
import {
  type ConnectionShape,
  type EdgeMapping,
  type FieldMapping,
  type FiguresMapping,
  type Filter,
  type GraphShape,
  type RootMapping,
  type ScanMapping,
  STATE,
  totalOrder,
  VERSION,
} from '../model/graph-shape.js'
import type { FiguresFrom } from '../store/figures.js'
import type { Entry, EntryValue, From, Layout, PageEntry, PageInfoField } from '../store/plan.js'
import { ALL, type Predicate } from '../store/predicate.js'
import { constant, type Value } from '../store/values.js'
import { answererOf, type RootPlan } from './answerers.js'
import { type Arguments, askedOfList, DEFAULT_FIRST, filterOf, type List } from './asked-of-list.js'
import { type Costs, checkLimits } from './check-limits.js'
import { type AskedIds, type ComposedEntry, type ComposedPlan, RECORDS } from './composed/composed-plan.js'
import { composerOf } from './composed/composers.js'
import { wholeNumber } from './composed/whole-number.js'
import { ABSENT, type Hole } from './holes.js'
import { knownTrue, undecided } from './known.js'
import { planFigures } from './plan-figures.js'
import type { PlanValues } from './plan-values.js'
import { readFilter } from './read-filter.js'
import { at } from './refused-at.js'
import { hopOf } from './related.js'
import { type Request, selectFields } from './select-fields.js'
import { type PageAsked, PageBuilder, ShapeBuilder } from './shape-builder.js'
import { SharedParts } from './shared-parts.js'
import { scanPlan } from './voting/scan-plan.js'

/** A plan within the limits, and what it costs. */
export interface CheckedPlan {
  readonly plan: RootPlan
  readonly costs: Costs
}

/**
 * Plans one root field.
 * @param request with holes in its variables
 * @param values collects the values that the plan takes
 * @param places where the field is asked; their selections are merged
 * @throws GraphQLError with the code of the `RapporteurError` that refuses it
 */
export const planQuery = (
  request: Request,
  shape: GraphShape,
  values: PlanValues,
  mapping: RootMapping,
  places: readonly FieldNode[],
): CheckedPlan => {
  return at(places, () => {
    const plan = frozen(new Planner(request, shape, values).plan(mapping, places))
    return { plan, costs: answererOf(plan).costs(plan) }
  })
}

interface Written {
  readonly written: unknown
  /** The name of the argument's type. */
  readonly type: string
}

/** Arguments that are given, those of input objects by the names of both: `voters.group`; filters as they are. */
const flatArguments = (
  known: readonly GraphQLArgument[] | readonly GraphQLInputField[],
  args: Arguments,
  prefix = '',
): ReadonlyMap<string, Written> =>
  new Map(
    known.flatMap(({ name, type }): readonly (readonly [string, Written])[] => {
      const written = args[name]
      if (written === null || written === undefined || written === ABSENT) return []
      const named = getNamedType(type)
      const isObject = isInputObjectType(named) && !isListType(getNullableType(type))
      if (isObject && !named.name.endsWith('Where'))
        return [...flatArguments(Object.values(named.getFields()), written as Arguments, `${prefix}${name}.`)]
      return [[`${prefix}${name}`, { written, type: named.name }]]
    }),
  )

/** Whose fields are asked: a node's, those of the link that led to it, or those of its place in a list of all records. */
type Of = 'node' | 'link' | 'item'

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
    readonly values: PlanValues,
  ) {}

  plan(mapping: RootMapping, places: readonly FieldNode[]): RootPlan {
    const query = this.request.schema.getQueryType() as GraphQLObjectType
    const args = this.#arguments(query, places)
    if (mapping.kind === 'figures') return { kind: 'figures', ...this.#figures(mapping, args, places, query) }
    if (mapping.kind === 'composed') return this.#composed(mapping.by, args, places, query)
    if (mapping.kind === 'scan') {
      const { page, entries } = this.#scan(new ShapeBuilder([]), mapping, args, places)
      return { kind: 'page', page: page.build(), entries }
    }
    const builder = new ShapeBuilder(mapping.types)
    const layout = this.#layout(builder, places)
    if (mapping.kind === 'named')
      return { kind: 'one', find: this.#named(args, places), shape: builder.build(), layout }
    if (mapping.list) {
      const ids = args['ids'] as Hole | readonly unknown[]
      const value = this.values.value(ids, { how: 'ids' }, 'ids', places)
      return { kind: 'many', ids: value, length: ids.length ?? 0, shape: builder.build(), layout }
    }
    return { kind: 'one', find: at(places, () => this.#find(mapping, args, places)), shape: builder.build(), layout }
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
    const fixed: Predicate[] =
      since === null
        ? []
        : [
            {
              kind: 'compare',
              column: { of: 'record', name: VERSION.column, kind: 'integer' },
              is: '>',
              to: constant(since),
            },
          ]
    const list: List = {
      from: { kind: 'scan', types },
      types,
      order,
      max: 100,
      filters: mapping.filters,
      asOf: null,
      connection,
      fixed,
    }
    return this.#list(builder, list, args, places)
  }

  /** What is given to a composer, and what is asked of its answer: of records by plans of their own. */
  #composed(by: string, args: Arguments, places: readonly FieldNode[], query: GraphQLObjectType): ComposedPlan {
    const composer = composerOf(by)
    const field = fieldOf(query, places)
    const written = flatArguments(field.args, args)
    const atMost = at(places, () => composer.atMost((name) => written.get(name)?.written))
    const given = new Map<string, Value>()
    const lists = new Map<string, AskedIds>()
    for (const [name, { written: value, type }] of written) {
      const filtered = composer.filters?.[name]
      if (filtered) lists.set(name, this.#askedIds(filtered, value, type, name, places))
      else given.set(name, this.values.value(value, composer.readings[name] ?? { how: 'asIs' }, name, places))
    }
    const type = getNamedType(field.type) as GraphQLObjectType
    return {
      kind: 'composed',
      by,
      given,
      lists,
      atMost,
      entries: this.#composedEntries(type, places, atMost),
    }
  }

  /** The plans of the ids that a filter asks for. */
  #askedIds(type: string, written: unknown, where: string, name: string, places: readonly FieldNode[]): AskedIds {
    const asked = readFilter({ shape: this.shape, values: this.values, nodes: places }, written, where, name)
    const plan = (predicate: Predicate) =>
      scanPlan(this.shape, { type, columns: {}, neighbours: {}, where: predicate, first: null, after: null })
    const plans = { known: plan(knownTrue(asked)), undecided: plan(undecided(asked)) }
    at(places, () => checkLimits(plans.known))
    return plans
  }

  #composedEntries(type: GraphQLObjectType, places: readonly FieldNode[], atMost: number): readonly ComposedEntry[] {
    return [...this.#select(type, places)].map(([as, asked]): ComposedEntry => {
      const name = (asked[0] as FieldNode).name.value
      if (name === '__typename') return { as, name, value: { kind: 'type', text: type.name } }
      const inner = getNamedType(fieldOf(type, asked).type)
      if (isLeafType(inner)) return { as, name, value: { kind: 'fact' } }
      const types = this.shape.possibleTypes.get(inner.name)
      if (!types) {
        const entries = this.#composedEntries(inner as GraphQLObjectType, asked, atMost)
        return { as, name, value: { kind: 'object', entries } }
      }
      const builder = new ShapeBuilder(types)
      const layout = this.#layout(builder, asked)
      const args = Object.entries(this.#arguments(type, asked)).filter(([, written]) => written !== null)
      const given = args.map(
        ([arg, written]) => [arg, this.values.value(written, { how: 'asIs' }, arg, asked)] as const,
      )
      const length = atMost * this.#atMostOf(args, asked)
      const plan = { kind: 'many' as const, ids: RECORDS, length, shape: builder.build(), layout }
      return { as, name, value: { kind: 'records', plan, given: new Map(given) } }
    })
  }

  /** How many records a list of a composed answer has at most. */
  #atMostOf(args: readonly (readonly [string, unknown])[], places: readonly FieldNode[]): number {
    const first = args.find(([name]) => name === 'first')?.[1]
    return first === undefined ? 1 : at(places, () => wholeNumber('first', first, DEFAULT_FIRST, [0, 100]))
  }

  /** A record by what is made into its id. */
  #named(args: Arguments, places: readonly FieldNode[]) {
    const [[name, written]] = Object.entries(args['by'] as Readonly<Record<string, unknown>>) as [[string, unknown]]
    const prefix = PREFIXES.get(name) ?? ''
    return { column: 'id', isId: true, value: this.values.value(written, { how: 'id', prefix }, name, places) }
  }

  /** A list, or a page of it. */
  #list(builder: ShapeBuilder, list: List, args: Arguments, places: readonly FieldNode[]) {
    const { types, connection } = list
    const { key, page } = builder.page(askedOfList(this, list, args, places), types)
    return { key, entries: this.#page(page, connection.name, connection.edge, places), page }
  }

  /** What is counted, and under which names. */
  #figures(mapping: FiguresMapping, args: Arguments, places: readonly FieldNode[], owner: GraphQLObjectType) {
    const { rows, where } = mapping
    const asked = filterOf(this, args, where, places)
    const types = rows.kind === 'links' ? [] : rows.types
    const from: FiguresFrom =
      rows.kind === 'edge'
        ? { kind: 'hop', hop: hopOf(rows), types }
        : rows.kind === 'scan'
          ? { kind: 'scan', types }
          : { kind: 'links', link: rows.link }
    const counted = { from, types, where: asked ? knownTrue(asked) : ALL, undecided: asked && undecided(asked) }
    const type = getNamedType(fieldOf(owner, places).type) as GraphQLObjectType
    return planFigures(this, counted, type, where, args, places)
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
      case 'figures': {
        const { figures, entries } = this.#figures(mapping, this.#arguments(type, places), places, type)
        return { kind: 'figures', slot: builder.figures(figures), entries }
      }
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
    const args = this.#arguments(type, places)
    // The edges of a list of all records are no links: who says so is who says the record.
    const from: From = { kind: 'citations', of: of === 'link' ? 'link' : 'node' }
    const list: List = {
      from,
      types: ['Source'],
      order: totalOrder([], undefined),
      max: 100,
      filters: NO_FILTERS,
      asOf: null,
      connection,
      fixed: [],
    }
    const { key, entries } = this.#list(builder, list, args, places)
    return { kind: 'page', slot: key, entries }
  }

  #edge(
    builder: ShapeBuilder,
    type: GraphQLObjectType,
    mapping: EdgeMapping,
    places: readonly FieldNode[],
  ): EntryValue {
    const { types, order, connection, max, filters, asOf } = mapping
    const hop = hopOf(mapping)
    if (!connection) {
      const { key, shape } = builder.neighbour(hop, types)
      return { kind: 'node', slot: key, layout: this.#layout(shape, places) }
    }
    const from: From = { kind: 'hop', hop, types }
    const list: List = { from, types, order, max, filters, asOf, connection, fixed: [] }
    const { key, entries } = this.#list(builder, list, this.#arguments(type, places), places)
    return { kind: 'page', slot: key, entries }
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
      case 'undecidedCount':
        page.undecidedCount = true
        return page.asked.undecided ? { kind: 'undecidedCount' } : { kind: 'number', number: 0 }
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

  #find(mapping: RootMapping & { kind: 'lookup' }, args: Arguments, places: readonly FieldNode[]) {
    const given = [...mapping.columns].filter(([name]) => args[name] !== null && args[name] !== undefined)
    const [only] = given
    if (mapping.columns.size === 0) return { column: 'id', isId: false, value: constant(STATE.id) }
    if (!only || given.length > 1) {
      const names = [...mapping.columns.keys()].map((name) => `\`${name}\``).join(' or ')
      throw new RapporteurError('BAD_ARGUMENT', `Give either ${names}, and one of them only.`)
    }
    const [name, column] = only
    const isId = column === 'id'
    return { column, isId, value: this.values.value(args[name], { how: isId ? 'id' : 'reference' }, name, places) }
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
    const field = fieldOf(type, places)
    const [place] = places as readonly [FieldNode]
    const args = getArgumentValues(field, place, this.request.variables)
    const objects = (place.arguments ?? []).flatMap(({ name, value }) => {
      const type = field.args.find((arg) => arg.name === name.value)?.type
      const named = type && getNamedType(type)
      if (!type || value.kind !== Kind.OBJECT || !isInputObjectType(named) || named.isOneOf) return []
      return [[name.value, valueFromAST(value, type, this.request.inFilters ?? this.request.variables)] as const]
    })
    return { ...args, ...Object.fromEntries(objects) }
  }
}

/** Whether a field of `PageInfo` tells of the rows found; the others follow from what was asked. */
const dependsOnRows = (name: PageInfoField | '__typename', { first }: PageAsked): boolean =>
  name === 'startCursor' || name === 'endCursor' || (name === 'hasNextPage' && first !== null)

const columnOf = (of: Of): 'node' | 'link' => (of === 'link' ? 'link' : 'node')

const fieldOf = (type: GraphQLObjectType, places: readonly FieldNode[]): GraphQLField<unknown, unknown> =>
  type.getFields()[(places[0] as FieldNode).name.value] as GraphQLField<unknown, unknown>

/** What an id begins with that is named so. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['iso', 'iso:'],
  ['mep', 'ep-mep:'],
  ['eurovoc', 'eurovoc:'],
])

const NO_FILTERS: ReadonlyMap<string, Filter> = new Map()

/** A plan is kept and shared by requests: nobody changes it. */
const frozen = <T>(part: T): T => {
  if (typeof part !== 'object' || part === null || Object.isFrozen(part)) return part
  Object.freeze(part)
  for (const each of part instanceof Map ? part.values() : Object.values(part)) frozen(each)
  return part
}
