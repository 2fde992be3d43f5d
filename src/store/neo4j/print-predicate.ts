import { type ColumnOf, type Hop, isWhole, type Predicate, type Related } from '../predicate.js'
import type { Value } from '../values.js'
import { NODE_LABEL, quoted, relationshipType, TYPE_PROPERTY } from './names.js'

type Cypher = string

/** The variables of a row: its node, and the link that led to it. */
export interface Row {
  readonly node: string
  readonly link: string
  /** The nodes at the ends of the link, where they have names. */
  readonly from?: string
  readonly to?: string
}

/** What printing a statement gives out: a place for a value, and names that are used once. */
export interface Names {
  readonly parameter: (value: Value) => Cypher
  readonly name: (prefix: string) => string
}

/** Prints what is asked of a row as a condition in Cypher. */
export class PredicatePrinter {
  constructor(readonly names: Names) {}

  /** The conditions that all have to hold; none where nothing is asked. */
  conditions(predicate: Predicate, row: Row): readonly Cypher[] {
    if (predicate.kind === 'all') return predicate.of.flatMap((each) => this.conditions(each, row))
    return [this.print(predicate, row)]
  }

  print(predicate: Predicate, row: Row): Cypher {
    switch (predicate.kind) {
      case 'all':
        return joined(
          predicate.of.map((each) => this.print(each, row)),
          ' AND ',
          'true',
        )
      case 'any':
        return joined(
          predicate.of.map((each) => this.print(each, row)),
          ' OR ',
          'false',
        )
      case 'exists':
        if (predicate.from.kind === 'end') {
          const there = this.print(predicate.where, { node: endOf(row, predicate.from.end), link: '' })
          return predicate.negated ? `NOT coalesce(${there}, false)` : there
        }
        return `${predicate.negated ? 'NOT ' : ''}EXISTS { ${this.#related(predicate.from, predicate.where, row)} }`
      case 'count':
        return `COUNT { ${this.#related(predicate.from, predicate.where, row)} } ${predicate.is} ${this.names.parameter(predicate.to)}`
      default:
        return this.#ofColumn(predicate, row)
    }
  }

  /** The pattern that leads from a row to those that belong to it. */
  pattern(from: Related, row: Row, inner: Row): Cypher {
    switch (from.kind) {
      case 'hop':
        return `(${row.node})${arrow(from.hop, inner.link)}(${inner.node}${hopLabels(from.hop, from.types)})`
      case 'end':
        return `(${inner.node})`
      case 'reference':
        return `(${inner.node}:${NODE_LABEL} {id: ${row.link}.${quoted(from.column.name)}})`
      case 'citations':
        return `(:SourceSet {number: ${from.of === 'node' ? row.node : row.link}.sourceSet})-[${inner.link}:INCLUDES]->(${inner.node})`
    }
  }

  /** Names for a row that belongs to another. */
  innerRow(): Row {
    return { node: this.names.name('x'), link: this.names.name('y') }
  }

  #related(from: Related, where: Predicate, row: Row): Cypher {
    if (from.kind === 'end') throw new Error('An end of a link is there.')
    const inner = this.innerRow()
    const only = from.kind === 'hop' ? this.conditions(from.hop.only, inner) : []
    return `MATCH ${this.pattern(from, row, inner)}${whereAll([...only, ...this.conditions(where, inner)])}`
  }

  #ofColumn(predicate: Predicate & { readonly column: ColumnOf }, row: Row): Cypher {
    const { of, name } = predicate.column
    const property = of === 'record' && name === 'type' ? TYPE_PROPERTY : name
    const column = `${of === 'link' ? row.link : row.node}.${quoted(property)}`
    switch (predicate.kind) {
      case 'compare':
        return `${column} ${predicate.is} ${this.names.parameter(predicate.to)}`
      case 'among': {
        const among = `${column} IN ${this.names.parameter(predicate.values)}`
        return predicate.negated ? `NOT ${among}` : among
      }
      case 'known':
        return `${column} IS ${predicate.is ? 'NOT ' : ''}NULL`
      case 'begins': {
        const begins = `${column} STARTS WITH ${this.names.parameter(predicate.with)}`
        return predicate.negated ? `NOT ${begins}` : begins
      }
      case 'words': {
        const longest = this.names.parameter(predicate.longest)
        const word = this.names.name('w')
        const all = `${column} CONTAINS ${longest} AND all(${word} IN ${this.names.parameter(predicate.others)} WHERE ${column} CONTAINS ${word})`
        return predicate.negated ? `(${column} IS NOT NULL AND NOT (${all}))` : `(${all})`
      }
    }
    throw new Error(`"${predicate.kind}" asks nothing of a column.`)
  }
}

/** The node at an end of the row's link. */
export const endOf = ({ from, to }: Row, end: 'from' | 'to'): string => {
  const node = end === 'from' ? from : to
  if (node === undefined) throw new Error('The ends of this row have no names.')
  return node
}

export const arrow = ({ link, direction }: Hop, variable: string): Cypher => {
  const type = `[${variable}:${quoted(relationshipType(link.name))}]`
  return direction === 'out' ? `-${type}->` : `<-${type}-`
}

/** A link may lead to more types than the field gives. */
export const hopLabels = (hop: Hop, types: readonly string[]): Cypher =>
  isWhole(hop, types) ? '' : `:${types.map(quoted).join('|')}`

export const whereAll = (conditions: readonly Cypher[]): Cypher =>
  conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''

const joined = (parts: readonly Cypher[], by: string, none: Cypher): Cypher => {
  if (parts.length === 0) return none
  return parts.length === 1 ? (parts[0] as Cypher) : `(${parts.join(by)})`
}
