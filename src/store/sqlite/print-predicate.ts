import { type ColumnOf, type Hop, isById, isOnlyOne, isWhole, type Predicate, type Related } from '../predicate.js'
import type { Value } from '../values.js'
import { columnName, quoted } from './names.js'
import { type Sql, text } from './sql-rows.js'

/** The aliases of a row's tables: its node's, and that of the link that led to it. */
export interface Scope {
  readonly node: string
  readonly link: string | null
  /** The node types possible. */
  readonly types: readonly string[]
  /** Whether it is a row of a condition, found from the row above, so that there are few. */
  readonly isInner?: boolean
  /** Whether all rows of a table are counted, in whatever order. */
  readonly isCounted?: boolean
}

/** What printing a statement gives out: a place for a value, and names that are used once. */
export interface Names {
  readonly parameter: (value: Value) => Sql
  readonly alias: (prefix: string) => string
}

/** Prints what is asked of a row as an SQL condition. */
export class PredicatePrinter {
  constructor(readonly names: Names) {}

  /** The conditions that all have to hold; none where nothing is asked. */
  conditions(predicate: Predicate, scope: Scope): readonly Sql[] {
    if (predicate.kind === 'all') return predicate.of.flatMap((each) => this.conditions(each, scope))
    return [this.print(predicate, scope)]
  }

  print(predicate: Predicate, scope: Scope): Sql {
    switch (predicate.kind) {
      case 'all':
        return joined(
          predicate.of.map((each) => this.print(each, scope)),
          ' AND ',
          'TRUE',
        )
      case 'any':
        return joined(
          predicate.of.map((each) => this.print(each, scope)),
          ' OR ',
          'FALSE',
        )
      case 'exists':
        return this.#exists(predicate, scope)
      case 'count':
        return `(SELECT count(*) ${this.#related(predicate.from, predicate.where, scope)}) ${predicate.is} ${this.names.parameter(predicate.to)}`
      default:
        return this.#ofColumn(predicate, scope)
    }
  }

  /** The table where a page's or a condition's rows come from, and what leads to it from the row above. */
  tables(
    from: Related,
    scope: { readonly node: string; readonly link: string },
    types: readonly string[],
    isJoined: boolean,
  ): Sql {
    if (from.kind === 'citations') {
      return `source_set ${scope.link}${isJoined ? ` CROSS JOIN ${target(types)} ${scope.node} ON ${scope.node}.key = ${scope.link}.source_key` : ''}`
    }
    if (from.kind === 'reference' || from.kind === 'end') return `${target(types)} ${scope.node}`
    // A link comes before the nodes it leads to: CROSS JOIN is SQLite's word for keeping the order of tables.
    const link = `${quoted(from.hop.link.name)} ${scope.link}`
    const node = ` CROSS JOIN ${target(types)} ${scope.node} ON ${scope.node}.key = ${scope.link}.${far(from.hop)}${restriction(from.hop, types, scope.node)}`
    return isJoined ? link + node : link
  }

  #exists({ from, where, negated }: Predicate & { kind: 'exists' }, scope: Scope): Sql {
    const not = negated ? 'NOT ' : ''
    if (from.kind === 'end' && scope.isCounted) {
      const inner = this.#innerScope(from)
      const found = `SELECT ${inner.node}.key FROM ${target(inner.types)} ${inner.node} WHERE ${this.print(where, inner)}`
      return `${scope.link}.${from.end}_key ${not}IN (${found})`
    }
    // From a record that is known by its id there are few ways back, and from all that are of a kind no more than there
    // are rows to count: these are found once for all rows. The one neighbour of a few rows is quickly looked at.
    const isFoundOnce = isOnlyOne(from) ? scope.isCounted || (isById(where) && !scope.isInner) : isById(where)
    if (from.kind !== 'hop' || !isFoundOnce) return `${not}EXISTS (SELECT 1 ${this.#related(from, where, scope)})`
    const inner = this.#innerScope(from)
    const link = inner.link as string
    const only = this.conditions(from.hop.only, inner)
    const conditions = [...this.conditions(where, inner), ...only]
    const tables = `${target(inner.types)} ${inner.node} CROSS JOIN ${quoted(from.hop.link.name)} ${link} ON ${link}.${far(from.hop)} = ${inner.node}.key`
    const found = `SELECT ${link}.${near(from.hop)} FROM ${tables}${conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''}`
    return `${scope.node}.key ${not}IN (${found})`
  }

  /** FROM and WHERE of the rows that belong to a row. */
  #related(from: Related, where: Predicate, scope: Scope): Sql {
    const inner = this.#innerScope(from)
    const conditions = this.conditions(where, inner)
    const types = inner.types
    const isJoined =
      from.kind === 'reference' ||
      from.kind === 'end' ||
      usesNode(where) ||
      (from.kind === 'hop' && !isWhole(from.hop, types))
    const tables = this.tables(from, { node: inner.node, link: inner.link ?? '' }, types, isJoined)
    const linked = [
      this.#linked(from, inner, scope),
      ...(from.kind === 'hop' ? this.conditions(from.hop.only, inner) : []),
    ]
    return `FROM ${tables} WHERE ${[...linked, ...conditions].join(' AND ')}`
  }

  #innerScope(from: Related): Scope {
    const types = from.kind === 'citations' ? ['Source'] : from.types
    return {
      node: this.names.alias('x'),
      link: from.kind === 'reference' || from.kind === 'end' ? null : this.names.alias('y'),
      types,
      isInner: true,
    }
  }

  /** What ties the rows that belong to a row to it. */
  #linked(from: Related, inner: Scope, scope: Scope): Sql {
    switch (from.kind) {
      case 'hop':
        return `${inner.link}.${near(from.hop)} = ${scope.node}.key`
      case 'reference':
        return `${inner.node}.key = ${scope.link}.${columnName(from.column)}`
      case 'end':
        return `${inner.node}.key = ${scope.link}.${from.end}_key`
      case 'citations':
        return `${inner.link}.number = ${from.of === 'node' ? record(scope, 'source_set') : `${scope.link}.source_set`}`
    }
  }

  #ofColumn(predicate: Predicate & { readonly column: ColumnOf }, scope: Scope): Sql {
    const { column } = predicate
    if (column.of === 'link') return this.#condition(predicate, `${scope.link}.${columnName(column)}`)
    if (column.of === 'record') return this.#condition(predicate, record(scope, column.name))
    const [type, ...others] = scope.types
    if (others.length === 0) return this.#condition(predicate, `${scope.node}.${columnName(column)}`)
    // The columns of several types are in several tables.
    const each = [type as string, ...others].map((type) => {
      const alias = this.names.alias('x')
      const condition = this.#condition(predicate, `${alias}.${columnName(column)}`)
      return `EXISTS (SELECT 1 FROM ${quoted(type)} ${alias} WHERE ${alias}.key = ${scope.node}.key AND ${condition})`
    })
    return `(${each.join(' OR ')})`
  }

  #condition(predicate: Predicate & { readonly column: ColumnOf }, column: Sql): Sql {
    switch (predicate.kind) {
      case 'compare':
        return `${column} ${predicate.is} ${this.names.parameter(predicate.to)}`
      case 'among':
        return `${column} ${predicate.negated ? 'NOT ' : ''}IN (SELECT value FROM json_each(${this.names.parameter(predicate.values)}))`
      case 'known':
        return `${column} IS ${predicate.is ? 'NOT ' : ''}NULL`
      case 'begins': {
        const prefix = this.names.parameter(predicate.with)
        return `substr(${column}, 1, length(${prefix})) ${predicate.negated ? '<>' : '='} ${prefix}`
      }
      case 'words': {
        const longest = this.names.parameter(predicate.longest)
        const others = this.names.parameter(predicate.others)
        const all = `instr(${column}, ${longest}) > 0 AND (${others} = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(${others}) w WHERE instr(${column}, w.value) = 0))`
        return predicate.negated ? `(${column} IS NOT NULL AND NOT (${all}))` : `(${all})`
      }
    }
    throw new Error(`"${predicate.kind}" asks nothing of a column.`)
  }
}

/** A column of the table `node`. */
export const record = ({ node, types }: Pick<Scope, 'node' | 'types'>, name: string): Sql => {
  if (name === 'id' || types.length > 1) return `${node}.${quoted(name)}`
  return `(SELECT n.${quoted(name)} FROM node n WHERE n.key = ${node}.key)`
}

/** Whether anything is asked of the node, and not of the link alone. */
export const usesNode = (predicate: Predicate): boolean => {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return predicate.of.some(usesNode)
    case 'exists':
    case 'count':
      return true
    default:
      return predicate.column.of !== 'link'
  }
}

const joined = (parts: readonly Sql[], by: string, none: Sql): Sql => {
  if (parts.length === 0) return none
  return parts.length === 1 ? (parts[0] as Sql) : `(${parts.join(by)})`
}

export const target = (types: readonly string[]): Sql => (types.length === 1 ? quoted(types[0] as string) : 'node')

export const near = (hop: Hop): Sql => (hop.direction === 'out' ? 'from_key' : 'to_key')

export const far = (hop: Hop): Sql => (hop.direction === 'out' ? 'to_key' : 'from_key')

/** A link may lead to more types than the field gives; a join with a type's own table says so by itself. */
export const restriction = (hop: Hop, types: readonly string[], alias: string): Sql =>
  types.length > 1 && !isWhole(hop, types) ? ` AND ${alias}.type IN (${types.map(text).join(', ')})` : ''
