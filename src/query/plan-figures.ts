import type { FieldNode, GraphQLField, GraphQLObjectType } from 'graphql'
import { getArgumentValues, getNamedType } from 'graphql'
import { RapporteurError } from '../errors.js'
import type { FilterField, FilterShape, GraphShape } from '../model/graph-shape.js'
import { figuresMark } from '../store/cursor.js'
import type { FigureKey, Figures, FiguresEntry, KindEntry, Measure } from '../store/figures.js'
import type { ColumnOf, Related } from '../store/predicate.js'
import { keyOf } from './key-of.js'
import type { PlanValues } from './plan-values.js'
import { at } from './refused-at.js'
import { relatedOf } from './related.js'
import { type Request, selectFields } from './select-fields.js'

/** How many kinds are given where nothing is said, and at most; and the most keys and numbers of each. */
const DEFAULT_FIRST = 100
const MAX_FIRST = 1000
const MAX_KEYS = 8
const MAX_MEASURES = 16

export interface FiguresContext {
  readonly request: Request
  readonly shape: Pick<GraphShape, 'filters'>
  readonly values: PlanValues
}

/** What the list is whose figures are asked. */
type Rows = Pick<Figures, 'from' | 'types' | 'where' | 'undecided'>

/**
 * Plans figures: each field that is selected under `by` is a key.
 * @param type the type of the field that gives figures, such as `VoteEventStats`
 * @param where the input type by which the rows are asked, which names what can be a key and what can be summed
 */
export const planFigures = (
  context: FiguresContext,
  rows: Rows,
  type: GraphQLObjectType,
  where: string,
  args: Readonly<Record<string, unknown>>,
  places: readonly FieldNode[],
): { readonly figures: Figures; readonly entries: readonly FiguresEntry[] } =>
  at(places, () => new FigurePlanner(context, where).plan(rows, type, args, places))

class FigurePlanner {
  readonly #keys: FigureKey[] = []
  readonly #measures: Measure[] = []
  #undecided = false

  constructor(
    readonly context: FiguresContext,
    readonly where: string,
  ) {}

  plan(rows: Rows, type: GraphQLObjectType, args: Readonly<Record<string, unknown>>, places: readonly FieldNode[]) {
    const entries = this.#select(type, places).map(
      ([as, asked]): FiguresEntry => ({ as, value: this.#value(rows, type, asked) }),
    )
    const first = numberOf(args, 'first', 0, MAX_FIRST) ?? DEFAULT_FIRST
    const atLeast = numberOf(args, 'atLeast', 0, Number.MAX_SAFE_INTEGER)
    const words = [(args['orderBy'] as readonly string[] | string | null | undefined) ?? []].flat()
    const order = words.map((word) => ({
      by: word.startsWith('COUNT') ? ('count' as const) : ('keys' as const),
      descending: word.endsWith('DESC'),
    }))
    const after = args['after']
    const mark = figuresMark(rows.from, type.name, keyOf([this.#keys, order]))
    const figures: Figures = {
      ...rows,
      undecided: this.#undecided ? rows.undecided : null,
      keys: this.#keys,
      measures: this.#measures,
      atLeast,
      order: order.length > 0 ? order : [{ by: 'count', descending: true }],
      first,
      mark,
      after:
        after === null || after === undefined
          ? null
          : this.context.values.value(after, { how: 'cursor', part: 0, mark, keys: ['integer'] }, 'after', places),
    }
    return { figures, entries }
  }

  #value(rows: Rows, type: GraphQLObjectType, places: readonly FieldNode[]): FiguresEntry['value'] {
    const name = places[0]?.name.value ?? ''
    switch (name) {
      case 'rows': {
        const row = namedType(type, name)
        return {
          kind: 'rows',
          entries: this.#select(row, places).map(([as, asked]) => ({ as, value: this.#kind(row, asked) })),
        }
      }
      case 'kindCount':
      case 'suppressed':
      case 'totalCount':
        return { kind: name }
      case 'undecidedCount':
        this.#undecided = true
        return rows.undecided ? { kind: name } : { kind: 'number', number: 0 }
      case 'pageInfo': {
        const fields = this.#select(namedType(type, name), places)
        return { kind: 'pageInfo', fields: fields.map(([as, asked]) => ({ as, name: asked[0]?.name.value ?? '' })) }
      }
      default:
        return { kind: 'constant', text: type.name }
    }
  }

  /** What is given of one kind. */
  #kind(type: GraphQLObjectType, places: readonly FieldNode[]): KindEntry['value'] {
    const name = places[0]?.name.value ?? ''
    const shape = this.context.shape.filters.get(this.where) as FilterShape
    switch (name) {
      case '__typename':
        return { kind: 'constant', text: type.name }
      case 'count':
      case 'share':
        return { kind: name }
      case 'by':
        return this.#keysOf(namedType(type, name), shape, [], places)
      default:
        return this.#numbers(namedType(type, name), shape.get(name) as FilterField, places)
    }
  }

  #keysOf(
    type: GraphQLObjectType,
    shape: FilterShape,
    over: readonly Related[],
    places: readonly FieldNode[],
  ): KindEntry['value'] {
    const entries = this.#select(type, places).map(([as, asked]): KindEntry => {
      const name = asked[0]?.name.value ?? ''
      if (name === '__typename') return { as, value: { kind: 'constant', text: type.name } }
      const field = shape.get(name) as FilterField
      const target = type.getFields()[name] as GraphQLField<unknown, unknown>
      if (field.kind === 'one') {
        const further = this.context.shape.filters.get(field.where) as FilterShape
        const types = getNamedType(target.type) as GraphQLObjectType
        return { as, value: this.#keysOf(types, further, [...over, relatedOf(field.over)], asked) }
      }
      if (field.kind === 'fields') {
        return { as, value: this.#keysOf(getNamedType(target.type) as GraphQLObjectType, field.fields, over, asked) }
      }
      const { of, column } = field as FilterField & { kind: 'column' }
      const args = getArgumentValues(target, asked[0] as FieldNode, this.context.request.variables)
      const length = UNITS.get(args['unit']) ?? null
      return {
        as,
        value: { kind: 'key', key: this.#key({ over, column: { of, name: column.name, kind: column.kind }, length }) },
      }
    })
    return { kind: 'object', entries }
  }

  #numbers(type: GraphQLObjectType, field: FilterField, places: readonly FieldNode[]): KindEntry['value'] {
    const entries = this.#select(type, places).map(([as, asked]): KindEntry => {
      const name = asked[0]?.name.value ?? ''
      if (name === '__typename') return { as, value: { kind: 'constant', text: type.name } }
      if (field.kind === 'fields') {
        const inner = getNamedType((type.getFields()[name] as GraphQLField<unknown, unknown>).type) as GraphQLObjectType
        return { as, value: this.#numbers(inner, field.fields.get(name) as FilterField, asked) }
      }
      const { of, column } = field as FilterField & { kind: 'column' }
      const measure = (is: Measure['is']) => this.#measure({ is, column: { of, name: column.name, kind: column.kind } })
      if (name === 'mean') return { as, value: { kind: 'mean', sum: measure('sum'), known: measure('known') } }
      return { as, value: { kind: 'measure', measure: measure(name as Measure['is']) } }
    })
    return { kind: 'object', entries }
  }

  #key(key: FigureKey): number {
    return placeIn(this.#keys, key, MAX_KEYS, 'keys')
  }

  #measure(measure: Measure): number {
    return placeIn(this.#measures, measure, MAX_MEASURES, 'numbers')
  }

  #select(type: GraphQLObjectType, places: readonly FieldNode[]): readonly [string, readonly FieldNode[]][] {
    return [
      ...selectFields(
        this.context.request,
        type,
        places.map((place) => place.selectionSet),
      ),
    ]
  }
}

const UNITS: ReadonlyMap<unknown, 4 | 7 | 10> = new Map([
  ['YEAR', 4],
  ['MONTH', 7],
  ['DAY', 10],
])

const namedType = (type: GraphQLObjectType, field: string): GraphQLObjectType =>
  getNamedType((type.getFields()[field] as GraphQLField<unknown, unknown>).type) as GraphQLObjectType

/** The place of what is asked among all that is, where it is put unless it is there. */
const placeIn = <T extends { readonly column: ColumnOf }>(all: T[], asked: T, most: number, what: string): number => {
  const text = keyOf(asked)
  const known = all.findIndex((each) => keyOf(each) === text)
  if (known >= 0) return known
  if (all.length === most)
    throw new RapporteurError(
      'COST_LIMIT',
      `Figures have at most ${most} ${what}. Ask for some of them in a query of their own.`,
    )
  return all.push(asked) - 1
}

const numberOf = (
  args: Readonly<Record<string, unknown>>,
  name: string,
  least: number,
  most: number,
): number | null => {
  const number = args[name] as number | null | undefined
  if (number === null || number === undefined) return null
  if (number >= least && number <= most) return number
  throw new RapporteurError('BAD_ARGUMENT', `\`${name}\` is ${number}; it must lie between ${least} and ${most}.`)
}
