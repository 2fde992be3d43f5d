import { type FigureKey, type Figures, type FiguresEntry, type KindEntry, nameOfWay } from '../figures.js'
import type { ColumnOf, Related } from '../predicate.js'
import { constant } from '../values.js'
import { asJson, JsonText } from './json-text.js'
import { columnName, quoted } from './names.js'
import { far, type Names, near, type PredicatePrinter, record, type Scope, target } from './print-predicate.js'
import { type Sql, text } from './sql-rows.js'

/** Where the rows come from, and what is asked of them. */
export interface FigureRows {
  readonly tables: Sql
  readonly conditions: readonly Sql[]
  readonly scope: Scope
  /** Counts the rows of which something is not known; null where nobody asks. */
  readonly undecided: Sql | null
}

/**
 * Prints figures as an expression: one JSON object. Rows are counted first by what stands in their own tables, which is
 * keys and not names; what those lead to is joined to the few kinds that are left, and these are counted once more.
 */
export const printFigures = (
  figures: Figures,
  entries: readonly FiguresEntry[],
  rows: FigureRows,
  predicates: PredicatePrinter,
  names: Names,
): Sql => {
  const kinds = new KindPrinter(figures, rows, predicates, names).print()
  const g = names.alias('g')
  const atLeast = figures.atLeast === null ? '' : ` WHERE n >= ${names.parameter(constant(figures.atLeast))}`
  const first = names.parameter(constant(figures.first))
  const offset = figures.after ? names.parameter(figures.after) : '0'
  const total = `(SELECT sum(n) FROM ${g})`
  const shown = `(SELECT count(*) FROM ${g}${atLeast})`
  const json = new JsonText()
  const write = (value: FiguresEntry['value']): void => {
    switch (value.kind) {
      case 'constant':
        json.constant(JSON.stringify(value.text))
        return
      case 'number':
        json.constant(String(value.number))
        return
      case 'rows': {
        const row = new JsonText()
        writeKind(row, value.entries, figures, total)
        const page = `SELECT * FROM ${g}${atLeast} ORDER BY ${orderOf(figures)} LIMIT ${first} OFFSET ${offset}`
        json.constant('[').json(`coalesce((SELECT group_concat(${row.print()}) FROM (${page}) r), '')`).constant(']')
        return
      }
      case 'kindCount':
        json.json(`(SELECT count(*) FROM ${g})`)
        return
      case 'suppressed':
        json.json(`(SELECT count(*) FROM ${g}) - ${shown}`)
        return
      case 'totalCount':
        json.json(`coalesce(${total}, 0)`)
        return
      case 'undecidedCount':
        json.json(rows.undecided ?? '0')
        return
      case 'pageInfo':
        json.object(
          value.fields.map(({ as, name }) => [as, () => writePageInfo(json, name, figures, { shown, first, offset })]),
        )
    }
  }
  json.object(entries.map(({ as, value }) => [as, () => write(value)]))
  return `(WITH ${g} AS MATERIALIZED (${kinds}) SELECT ${json.print()})`
}

class KindPrinter {
  /** What rows are counted by first, and its names. */
  readonly #base = new Map<Sql, string>()
  readonly #innerJoins = new Map<string, string>()
  readonly #innerTables: Sql[] = []
  readonly #outerJoins = new Map<string, string>()
  readonly #outerTables: Sql[] = []

  constructor(
    readonly figures: Figures,
    readonly rows: FigureRows,
    readonly predicates: PredicatePrinter,
    readonly names: Names,
  ) {}

  print(): Sql {
    const { keys, measures } = this.figures
    const found = keys.map((key, i) => `${this.#key(key)} AS k${i}`)
    const sums = measures.map(({ is, column }, i) => `${is === 'known' ? 'count' : is}(${this.#own(column)}) AS s${i}`)
    const base = [...this.#base].map(([sql, name]) => `${sql} AS ${name}`)
    const grouped = (by: readonly string[]) => (by.length > 0 ? ` GROUP BY ${by.join(', ')}` : '')
    const where = this.rows.conditions.length > 0 ? ` WHERE ${this.rows.conditions.join(' AND ')}` : ''
    const inner = `SELECT ${[...base, 'count(*) AS n', ...sums].join(', ')} FROM ${[this.rows.tables, ...this.#innerTables].join(' ')}${where}${grouped([...this.#base.values()])}`
    const again = measures.map(({ is }, i) => `${is === 'known' ? 'sum' : is}(b.s${i}) AS s${i}`)
    const outer = [...found, 'sum(b.n) AS n', ...again].join(', ')
    return `SELECT ${outer} FROM ${[`(${inner}) b`, ...this.#outerTables].join(' ')}${grouped(keys.map((_, i) => `k${i}`))}`
  }

  #key({ over, column, length }: FigureKey): Sql {
    const [first, ...further] = over
    const cut = (sql: Sql): Sql => (length === 4 || length === 7 ? `substr(${sql}, 1, ${length})` : sql)
    if (!first) return `b.${this.#baseName(cut(this.#own(column)))}`
    let scope = this.#reached([first], `b.${this.#baseName(this.#leadsTo(first))}`, first)
    further.forEach((each, i) => {
      scope = this.#further(over.slice(0, i + 2), scope, each)
    })
    return cut(columnIn(scope, column))
  }

  #baseName(sql: Sql): string {
    const name = this.#base.get(sql) ?? `b${this.#base.size}`
    this.#base.set(sql, name)
    return name
  }

  /** The column of the rows' own tables. */
  #own(column: ColumnOf): Sql {
    const { scope } = this.rows
    return column.of === 'link' ? `${scope.link}.${columnName(column)}` : columnIn(scope, column)
  }

  /** The key of the node that a row leads to. */
  #leadsTo(first: Related): Sql {
    const { scope } = this.rows
    if (first.kind === 'reference') return `${scope.link}.${columnName(first.column)}`
    if (first.kind === 'end') return `${scope.link}.${first.end}_key`
    if (first.kind !== 'hop') throw new Error('A key leads over single neighbours only.')
    const known = this.#innerJoins.get(nameOfWay([first]))
    const alias = known ?? this.names.alias('l')
    if (!known) {
      this.#innerJoins.set(nameOfWay([first]), alias)
      this.#innerTables.push(this.#linkJoin(first, alias, `${scope.node}.key`))
    }
    return `${alias}.${far(first.hop)}`
  }

  #linkJoin({ hop }: Related & { kind: 'hop' }, alias: string, key: Sql): Sql {
    const only = this.predicates.conditions(hop.only, { node: alias, link: alias, types: [] })
    return `LEFT JOIN ${quoted(hop.link.name)} ${alias} ON ${[`${alias}.${near(hop)} = ${key}`, ...only].join(' AND ')}`
  }

  /** The node at the end of a way, joined once. */
  #reached(way: readonly Related[], key: Sql, last: Related): Scope {
    const types = last.kind === 'citations' ? ['Source'] : last.types
    const known = this.#outerJoins.get(nameOfWay(way))
    if (known) return { node: known, link: null, types }
    const alias = this.names.alias('x')
    this.#outerJoins.set(nameOfWay(way), alias)
    this.#outerTables.push(`LEFT JOIN ${target(types)} ${alias} ON ${alias}.key = ${key}`)
    return { node: alias, link: null, types }
  }

  #further(way: readonly Related[], scope: Scope, next: Related): Scope {
    if (next.kind !== 'hop') throw new Error('A key leads over single neighbours only.')
    const name = `${nameOfWay(way)} link`
    const known = this.#outerJoins.get(name)
    const alias = known ?? this.names.alias('l')
    if (!known) {
      this.#outerJoins.set(name, alias)
      this.#outerTables.push(this.#linkJoin(next, alias, `${scope.node}.key`))
    }
    return this.#reached(way, `${alias}.${far(next.hop)}`, next)
  }
}

/** A column of a node; where its type is one of several, of whichever it is. */
const columnIn = ({ node, types }: Scope, column: ColumnOf): Sql => {
  if (column.of === 'record') return record({ node, types }, column.name)
  if (types.length === 1) return `${node}.${columnName(column)}`
  const each = types.map((type) => `(SELECT v.${columnName(column)} FROM ${quoted(type)} v WHERE v.key = ${node}.key)`)
  return `coalesce(${each.join(', ')})`
}

const orderOf = ({ order, keys }: Figures): Sql => {
  const byKeys = (descending: boolean) => keys.flatMap((_, i) => [`k${i} IS NULL`, `k${i}${descending ? ' DESC' : ''}`])
  const asked = order.flatMap(({ by, descending }) =>
    by === 'count' ? [`n${descending ? ' DESC' : ''}`] : byKeys(descending),
  )
  // Where nothing is a key, there is one kind.
  return [...asked, ...byKeys(false)].join(', ') || 'n'
}

const writeKind = (json: JsonText, entries: readonly KindEntry[], figures: Figures, total: Sql): void => {
  const write = (value: KindEntry['value']): void => {
    switch (value.kind) {
      case 'constant':
        json.constant(JSON.stringify(value.text))
        return
      case 'object':
        writeKind(json, value.entries, figures, total)
        return
      case 'key':
        json.json(asJson(figures.keys[value.key]?.column.kind ?? 'text', `r.k${value.key}`))
        return
      case 'count':
        json.json('r.n')
        return
      case 'share':
        json.json(ratio('r.n', total))
        return
      case 'measure':
        json.json(`json_quote(r.s${value.measure})`)
        return
      case 'mean':
        json.json(ratio(`r.s${value.sum}`, `r.s${value.known}`))
    }
  }
  json.object(entries.map(({ as, value }) => [as, () => write(value)]))
}

/** Two whole numbers divided, to six places, as `ratioOf` does; both engines have to give the same. */
const ratio = (of: Sql, to: Sql): Sql => {
  const millionths = `((${of} * 2000000 + ${to}) / nullif(2 * ${to}, 0))`
  // A fraction that is a whole number would end with ".0".
  return `json_quote(CASE WHEN ${millionths} % 1000000 = 0 THEN ${millionths} / 1000000 ELSE ${millionths} / 1000000.0 END)`
}

const writePageInfo = (
  json: JsonText,
  name: string,
  { mark }: Figures,
  { shown, first, offset }: { readonly shown: Sql; readonly first: Sql; readonly offset: Sql },
): void => {
  const cursor = (at: Sql) =>
    `CASE WHEN ${shown} > ${offset} AND ${first} > 0 THEN json_quote(hex(json_array(${text(mark)}, CAST(${at} AS INTEGER)))) ELSE 'null' END`
  switch (name) {
    case 'hasNextPage':
      json.json(`CASE WHEN ${shown} > ${offset} + ${first} THEN 'true' ELSE 'false' END`)
      return
    case 'hasPreviousPage':
      json.json(`CASE WHEN ${offset} > 0 THEN 'true' ELSE 'false' END`)
      return
    case 'startCursor':
      json.json(cursor(`${offset} + 1`))
      return
    case 'endCursor':
      json.json(cursor(`min(${shown}, ${offset} + ${first})`))
      return
    default:
      json.constant(JSON.stringify('PageInfo'))
  }
}
