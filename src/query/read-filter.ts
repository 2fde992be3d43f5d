import type { ASTNode } from 'graphql'
import { RapporteurError } from '../errors.js'
import type { Column, EdgeMapping, FilterField, FilterShape, GraphShape } from '../model/graph-shape.js'
import { ALL, type ColumnOf, type Comparison, type Predicate, type Related } from '../store/predicate.js'
import { constant, type Reading, type Value } from '../store/values.js'
import { ABSENT, Hole } from './holes.js'
import type { Filter } from './known.js'
import type { PlanValues } from './plan-values.js'
import { at } from './refused-at.js'
import { relatedOf } from './related.js'

/** The most conditions of a filter, and how deep they may stand within each other. */
const MAX_CONDITIONS = 30
const MAX_DEPTH = 5

/** What reading a filter needs to know. */
export interface FilterContext {
  readonly shape: Pick<GraphShape, 'filters'>
  readonly values: PlanValues
  /** Where the filter is written in the document. */
  readonly nodes: readonly ASTNode[]
}

/**
 * Reads what a client asks of the rows of a list.
 * @param written the argument `where`, coerced, with holes
 * @param type the input type it is of
 * @param name the argument's name
 * @throws GraphQLError `NULL_IN_FILTER`, `EMPTY_FILTER`, `BAD_ARGUMENT`, `COST_LIMIT`, `DEPTH_LIMIT`
 */
export const readFilter = (context: FilterContext, written: unknown, type: string, name = 'where'): Filter =>
  at(context.nodes, () => new FilterReader(context).record(written, type, name, 1))

type Written = Readonly<Record<string, unknown>>

class FilterReader {
  #conditions = 0

  constructor(readonly context: FilterContext) {}

  /** What is asked of a record. */
  record(written: unknown, type: string, path: string, depth: number): Filter {
    if (depth > MAX_DEPTH)
      throw new RapporteurError(
        'DEPTH_LIMIT',
        `\`${path}\` stands ${depth} deep in the filter; at most ${MAX_DEPTH} are read. Ask for less, or in several queries.`,
      )
    const shape = this.context.shape.filters.get(type) as FilterShape
    return this.#fields(written, shape, type, path, depth)
  }

  #fields(written: unknown, shape: FilterShape, type: string, path: string, depth: number): Filter {
    const parts = entriesOf(written, path).map(([name, value]) =>
      this.#field(shape.get(name) as FilterField, value, type, `${path}.${name}`, depth),
    )
    return all(parts)
  }

  #field(field: FilterField, written: unknown, type: string, path: string, depth: number): Filter {
    this.#count(path)
    switch (field.kind) {
      case 'and':
      case 'or': {
        const parts = listOf(written, path).map((each, i) => this.record(each, type, `${path}.${i}`, depth + 1))
        return { kind: field.kind === 'and' ? 'all' : 'any', of: parts }
      }
      case 'not':
        return { kind: 'not', of: this.record(written, type, path, depth + 1) }
      case 'column':
        return this.#column(field, written, path)
      case 'fuzzyDate':
        return this.#fuzzyDate(field, written, path)
      case 'fields':
        return this.#fields(written, field.fields, type, path, depth)
      case 'known':
        if (field.column) return known(columnOf(field.of ?? 'node', field.column), written === true)
        throw new RapporteurError(
          'BAD_ARGUMENT',
          `\`${path}\` asks whether there is a record, and each item of a list is one. Leave it out, or ask it of a field that gives one.`,
        )
      case 'one':
        return this.#one(field, written, path, depth)
      case 'many':
        return this.#many(field, written, path, depth)
    }
  }

  #one({ over, where }: FilterField & { kind: 'one' }, written: unknown, path: string, depth: number): Filter {
    const from = relatedOf(over)
    const { known: isThere, ...asked } = Object.fromEntries(entriesOf(written, path)) as Written
    const parts: Filter[] = []
    if (isThere !== undefined) {
      this.#count(path)
      parts.push({
        kind: 'is',
        predicate: { kind: 'exists', from, where: ALL, negated: isThere === false },
      })
    }
    if (Object.keys(asked).length > 0 || isThere === undefined)
      parts.push({ kind: 'one', from, where: this.record(asked, where, path, depth + 1) })
    return all(parts)
  }

  #many({ over, where }: FilterField & { kind: 'many' }, written: unknown, path: string, depth: number): Filter {
    const from: Related = over === 'citations' ? { kind: 'citations', of: 'node' } : relatedOf(over)
    const whole = over === 'citations' ? [] : wholeWhere(over)
    const parts = operatorsOf(written, path).map(([name, value]): Filter => {
      if (name === 'count') return this.#number(from, whole, value, `${path}.count`)
      const inner = this.record(value, where, `${path}.${name}`, depth + 1)
      if (name === 'every') return { kind: 'every', from, where: inner, whole }
      const some: Filter = { kind: 'some', from, where: inner, whole }
      return name === 'some' ? some : { kind: 'not', of: some }
    })
    return all(parts)
  }

  #number(from: Related, whole: readonly Predicate[], written: unknown, path: string): Filter {
    const parts = operatorsOf(written, path).map(([name, value]): Filter => {
      this.#count(path)
      const is = COMPARISONS.get(name)
      const number = (is: Comparison, to: unknown): Filter => ({
        kind: 'number',
        from,
        is,
        to: this.#value(to, AS_IS, `${path}.${name}`),
        whole,
      })
      if (is) return number(is, value)
      if (name === 'in') return { kind: 'any', of: listOf(value, `${path}.in`).map((each) => number('=', each)) }
      throw new RapporteurError(
        'BAD_ARGUMENT',
        `\`${path}.known\` cannot be asked of a number of records; ask \`${path}\` for 0, or for more.`,
      )
    })
    return all(parts)
  }

  #column({ of, column, folded }: FilterField & { kind: 'column' }, written: unknown, path: string): Filter {
    const own = columnOf(of, column)
    const compared = folded ? columnOf(of, folded) : own
    const isId = of === 'record' && column.name === 'id'
    const asGiven = column.type === 'DateTime' ? MOMENT : AS_IS
    const operators = operatorsOf(written, path)
    const parts = operators.map(([name, value]): Filter => {
      const where = `${path}.${name}`
      this.#count(where)
      const is = COMPARISONS.get(name)
      if (is) {
        return compare(compared, is, this.#value(value, isId ? ID : folded ? FOLDED : asGiven, where))
      }
      switch (name) {
        case 'known':
          return known(own, value === true)
        case 'in': {
          const reading: Reading = { how: isId ? 'idList' : folded ? 'foldedList' : 'list' }
          const values = this.#value(value, reading, where)
          if (isEmpty(value)) return NEVER
          return { kind: 'is', predicate: { kind: 'among', column: compared, values, negated: false } }
        }
        case 'contains': {
          const [longest, others] = [0, 1].map((part) => this.#value(value, { how: 'words', part }, where)) as [
            Value,
            Value,
          ]
          return { kind: 'is', predicate: { kind: 'words', column: compared, longest, others, negated: false } }
        }
        case 'startsWith': {
          const begins = this.#value(value, { how: 'folded' }, where)
          return { kind: 'is', predicate: { kind: 'begins', column: compared, with: begins, negated: false } }
        }
        default:
          return all([compare(own, '>=', this.#day(value, 0, where)), compare(own, '<=', this.#day(value, 1, where))])
      }
    })
    this.#checkRange(operators, asGiven, path)
    return all(parts)
  }

  #fuzzyDate(
    { of, edtf, earliest, latest }: FilterField & { kind: 'fuzzyDate' },
    written: unknown,
    path: string,
  ): Filter {
    const [first, last, date] = [earliest, latest, edtf].map((column) => columnOf(of, column)) as [
      ColumnOf,
      ColumnOf,
      ColumnOf,
    ]
    // A date that is known and has no bound is open at that end.
    const isOpen = (column: ColumnOf): Filter => all([known(date, true), known(column, false)])
    const parts = operatorsOf(written, path).map(([name, value]): Filter => {
      const where = `${path}.${name}`
      this.#count(where)
      if (name === 'known') return known(date, value === true)
      const [from, to] = [0, 1].map((part) => this.#day(value, part, where)) as [Value, Value]
      if (name === 'within') return all([compare(first, '>=', from), compare(last, '<=', to)])
      const begins: Filter = { kind: 'any', of: [compare(first, '<=', to), isOpen(first)] }
      const ends: Filter = { kind: 'any', of: [compare(last, '>=', from), isOpen(last)] }
      return all([begins, ends])
    })
    return all(parts)
  }

  #day(written: unknown, part: number, where: string): Value {
    return this.#value(written, { how: 'day', part }, where)
  }

  #value(written: unknown, reading: Reading, where: string): Value {
    return this.context.values.value(written, reading, where, this.context.nodes)
  }

  /** A range whose lower bound is above its upper one holds nothing, and is hardly meant. */
  #checkRange(operators: readonly (readonly [string, unknown])[], reading: Reading, path: string): void {
    const given = new Map(operators)
    const low = given.get('gte') ?? given.get('gt')
    const high = given.get('lte') ?? given.get('lt')
    if (low === undefined || high === undefined) return
    const [from, to] = [low, high].map((bound) => this.#value(bound, reading, path)) as [Value, Value]
    const isOpen = given.has('gt') || given.has('lt')
    this.context.values.range({ low: from, high: to, isOpen }, path, this.context.nodes)
  }

  #count(path: string): void {
    this.#conditions += 1
    if (this.#conditions > MAX_CONDITIONS)
      throw new RapporteurError(
        'COST_LIMIT',
        `The filter has more than ${MAX_CONDITIONS} conditions, the most that are read, by \`${path}\`. Ask for several values of one field with \`in\`, or in several queries.`,
      )
  }
}

/** Under which conditions all records of a list are known. */
const wholeWhere = (edge: EdgeMapping): readonly Predicate[] => {
  const { wholeOrNone, partialWhere } = edge
  const some: Predicate = { kind: 'exists', from: relatedOf(edge), where: ALL, negated: false }
  return [...(wholeOrNone ? [some] : []), ...(partialWhere ? [notFoundPartial(partialWhere)] : [])]
}

const notFoundPartial = ({ link, rule, is }: NonNullable<EdgeMapping['partialWhere']>): Predicate => ({
  kind: 'exists',
  from: { kind: 'hop', hop: { link, direction: 'in', only: ALL }, types: ['Issue'] },
  where: { kind: 'compare', column: columnOf('node', rule), is: '=', to: constant(is) },
  negated: true,
})

/** Of no values nothing is one, also where it is not known which it is. */
const NEVER: Filter = { kind: 'any', of: [] }

const isEmpty = (written: unknown): boolean =>
  (Array.isArray(written) || written instanceof Hole) && written.length === 0

const AS_IS: Reading = { how: 'asIs' }
const ID: Reading = { how: 'id' }
const FOLDED: Reading = { how: 'folded' }
const MOMENT: Reading = { how: 'moment' }

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ['eq', '='],
  ['lt', '<'],
  ['lte', '<='],
  ['gt', '>'],
  ['gte', '>='],
])

const all = (parts: readonly Filter[]): Filter =>
  parts.length === 1 ? (parts[0] as Filter) : { kind: 'all', of: parts }

const compare = (column: ColumnOf, is: Comparison, to: Value): Filter => ({
  kind: 'is',
  predicate: { kind: 'compare', column, is, to },
})

const known = (column: ColumnOf, is: boolean): Filter => ({ kind: 'is', predicate: { kind: 'known', column, is } })

const columnOf = (of: 'node' | 'link' | 'record', { name, kind, required }: Column): ColumnOf => ({
  of,
  name,
  kind,
  required,
})

/** What is said under an input object's names; what is not said or not given is left out, and null is refused. */
const entriesOf = (written: unknown, path: string): readonly (readonly [string, unknown])[] => {
  if (written === null) throw nullAt(path)
  return Object.entries(written as Written).flatMap(([name, value]) => {
    if (value === undefined || value === ABSENT) return []
    if (value === null) throw nullAt(`${path}.${name}`)
    return [[name, value] as const]
  })
}

const operatorsOf = (written: unknown, path: string): readonly (readonly [string, unknown])[] => {
  const operators = entriesOf(written, path)
  // Where a request leaves out the variable that would be compared with, nothing is asked.
  if (operators.length > 0 || Object.keys(written as Written).length > 0) return operators
  throw new RapporteurError(
    'EMPTY_FILTER',
    `\`${path}\` says nothing. Leave it out to ask for nothing, or say what is asked, such as \`eq\`.`,
  )
}

const listOf = (written: unknown, path: string): readonly unknown[] => {
  if (!Array.isArray(written))
    throw new RapporteurError(
      'BAD_ARGUMENT',
      `\`${path}\` is a variable of single values; write its values out, or compare with \`lte\` and \`gte\`.`,
    )
  const missing = written.indexOf(null)
  if (missing >= 0) throw nullAt(`${path}.${missing}`)
  return written.filter((each) => each !== ABSENT)
}

const nullAt = (path: string): RapporteurError =>
  new RapporteurError(
    'NULL_IN_FILTER',
    `\`${path}\` is null, which asks for nothing that could be known. Leave it out, or ask for what is not known with \`known: false\`.`,
  )
