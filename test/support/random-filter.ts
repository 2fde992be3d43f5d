import { astFromValue, type GraphQLInputType, type GraphQLSchema, print } from 'graphql'
import { foldText } from '../../src/model/fold.js'
import type { FilterField, FilterShape, GraphShape } from '../../src/model/graph-shape.js'
import type { StoredGraph, Written } from './filter-evaluator.js'
import type { Random } from './random.js'

export interface FilterOptions {
  readonly shape: GraphShape
  readonly random: Random
  /** Where the values come from that are asked for. */
  readonly graph: StoredGraph
  /** The most conditions, and how deep they may stand within each other. */
  readonly maxConditions: number
  readonly maxDepth: number
}

const DATES = [
  '2020',
  '2021-01',
  '2020-01-02',
  '2020-01-02/2021-01-02',
  '2021-01-02/..',
  '../2021-01-01',
  '2022~',
  '199X',
]
const MOMENTS = [
  '2026-01-01T12:00:00Z',
  '2026-01-01T13:00:00+01:00',
  '2026-01-01T12:30:00+01:00',
  '2026-01-01T11:59:59Z',
  '2027-01-01T00:00:00Z',
]

/** Makes a random filter of an input type, within the limits. */
export const randomFilter = (options: FilterOptions, type: string): Written => new FilterMaker(options).record(type, 1)

/** A filter as an argument: some are written in the document, and some come as a variable. */
export const asArgument = (random: Random, schema: GraphQLSchema, where: Written, type: string) => {
  // The numbers of `count: { in: … }` have to be written out.
  const isWritten = /"count":\{[^}]*"in"/.test(JSON.stringify(where))
  if (!isWritten && random.chance(0.5)) return { declared: `, $where: ${type}`, where: '$where', variables: { where } }
  const literal = astFromValue(where, schema.getType(type) as GraphQLInputType)
  return { declared: '', where: literal ? print(literal) : '{}', variables: {} }
}

class FilterMaker {
  readonly #random: Random
  #left: number

  constructor(readonly options: FilterOptions) {
    this.#random = options.random
    this.#left = options.maxConditions
  }

  record(type: string, depth: number): Written {
    const shape = this.options.shape.filters.get(type) as FilterShape
    return this.#fields(shape, type, depth, depth === 1 ? 3 : 2)
  }

  #fields(shape: FilterShape, type: string, depth: number, most: number): Written {
    const random = this.#random
    const written: Record<string, unknown> = {}
    const names = [...shape].filter(([name, field]) => {
      // Each item of a list is a record: whether there is one is asked of single neighbours alone.
      if (name === 'known' && field.kind === 'known' && !field.column) return false
      return depth < this.options.maxDepth || ['column', 'fuzzyDate', 'fields', 'known'].includes(field.kind)
    })
    // As often a step further as a condition of the record itself.
    const kinds = [...new Set(names.map(([, { kind }]) => kind))]
    const count = random.chance(0.03) ? 0 : 1 + random.below(most)
    for (let i = 0; i < count && this.#left > 0; i += 1) {
      const kind = random.chance(0.3) ? 'column' : random.pick(kinds)
      const those = names.filter(([, field]) => field.kind === kind)
      if (those.length === 0) continue
      const [name, field] = random.pick(those)
      if (name in written) continue
      const left = this.#left
      this.#left -= 1
      const value = this.#field(field, type, depth)
      if (value === null) this.#left = left
      else written[name] = value
    }
    return written
  }

  /** Null where nothing can be asked any more. */
  #field(field: FilterField, type: string, depth: number): unknown {
    switch (field.kind) {
      case 'and':
      case 'or':
        return Array.from({ length: this.#random.below(4) }, () => this.record(type, depth + 1))
      case 'not':
        return this.record(type, depth + 1)
      case 'column':
        return this.#operators((operator) => this.#ofColumn(field, operator), operatorsOf(field))
      case 'fuzzyDate':
        return this.#operators(
          (operator) => (operator === 'known' ? this.#random.chance(0.5) : this.#random.pick(DATES)),
          ['within', 'touches', 'known'],
        )
      case 'fields':
        return this.#fields(field.fields, type, depth, 2)
      case 'known':
        return this.#random.chance(0.5)
      case 'one': {
        const isAsked = this.#random.chance(0.25) && this.#left > 0
        if (isAsked) this.#left -= 1
        const known = isAsked ? { known: this.#random.chance(0.7) } : {}
        return isAsked && this.#random.chance(0.5) ? known : { ...this.record(field.where, depth + 1), ...known }
      }
      case 'many':
        return this.#quantifiers(field.where, depth)
    }
  }

  #quantifiers(where: string, depth: number): unknown {
    const random = this.#random
    const names = ['some', 'none', 'every', 'count'].filter(() => random.chance(0.3))
    const asked: Record<string, unknown> = {}
    for (const name of names.length > 0 ? names : ['some']) {
      if (name !== 'count') asked[name] = this.record(where, depth + 1)
      else {
        const operators = this.#operators(
          (operator) => (operator === 'in' ? this.#list(() => random.below(7)) : random.below(7)),
          ['eq', 'in', 'lt', 'lte', 'gt', 'gte'],
        )
        if (operators) asked[name] = operators
      }
    }
    return Object.keys(asked).length > 0 ? asked : null
  }

  /** One or two operators of a value; null where there is room for none. */
  #operators(make: (operator: string) => unknown, operators: readonly string[]): Written | null {
    const written: Record<string, unknown> = {}
    const count = this.#random.chance(0.8) ? 1 : 2
    for (let i = 0; i < count && this.#left > 0; i += 1) {
      const operator = this.#random.pick(operators)
      const value = operator in written ? undefined : make(operator)
      // Two bounds may lie the wrong way round, which is refused.
      if (value === undefined || (i > 0 && /^[gl]t/.test(operator + Object.keys(written)[0]))) continue
      this.#left -= 1
      written[operator] = value
    }
    return Object.keys(written).length > 0 ? written : null
  }

  #ofColumn(field: FilterField & { kind: 'column' }, operator: string): unknown {
    const random = this.#random
    if (operator === 'known') return random.chance(0.5)
    if (operator === 'within') return random.pick(DATES)
    if (operator === 'in') return this.#list(() => this.#value(field))
    const value = this.#value(field)
    if (operator !== 'contains' && operator !== 'startsWith') return value
    const letters = [...String(value)]
    const start = operator === 'startsWith' ? 0 : random.below(letters.length)
    const part = letters.slice(start, start + 1 + random.below(4)).join('')
    const words = random.chance(0.3) ? `${part} ${this.#value(field)}` : part
    return foldText(words) === '' ? undefined : words
  }

  #value({ of, column, folded }: FilterField & { kind: 'column' }): unknown {
    const { shape, graph } = this.options
    const random = this.#random
    if (of === 'record') {
      if (column.name === 'id') return random.pick([...graph.nodes.keys()])
      return column.name === 'type' ? random.pick([...shape.nodes.keys()]) : random.pick(MOMENTS)
    }
    if (column.type === 'DateTime') return random.pick(MOMENTS)
    if (column.words) return random.pick(column.words)
    const values = graph
      .valuesOf(column.name)
      .filter(
        (each) =>
          typeof each === (column.kind === 'text' ? 'string' : column.kind === 'boolean' ? 'boolean' : 'number'),
      )
    const usable = folded ? values.filter((each) => foldText(each as string) !== '') : values
    if (usable.length > 0) return random.pick(usable)
    if (column.type === 'Date') return '2021-01-02'
    return column.kind === 'text' ? 'b' : column.kind === 'boolean' ? true : 1
  }

  #list<T>(make: () => T): readonly T[] {
    return Array.from({ length: this.#random.below(4) }, make)
  }
}

/** The operators that a column's values have, by the schema. */
const operatorsOf = ({ of, column, folded }: FilterField & { kind: 'column' }): readonly string[] => {
  if (of === 'record' && column.name === 'id') return ['eq', 'in']
  if (folded) return ['eq', 'in', 'contains', 'startsWith', 'known']
  switch (column.words ? 'enum' : column.type) {
    case 'Boolean':
      return ['eq', 'known']
    case 'ID':
      return ['eq', 'in']
    case 'Int':
    case 'Float':
      return ['eq', 'in', 'lt', 'lte', 'gt', 'gte', 'known']
    case 'Date':
      return ['eq', 'in', 'lt', 'lte', 'gt', 'gte', 'within', 'known']
    case 'DateTime':
      return ['lt', 'lte', 'gt', 'gte', 'known']
    default:
      return ['eq', 'in', 'known']
  }
}
