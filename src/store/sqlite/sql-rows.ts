import type { Column } from '../../model/graph-shape.js'
import type { PageEntry, Shape } from '../plan.js'
import { columnName, quoted } from './names.js'

export type Sql = string

/** A name of the schema as an SQL text; values from clients and sources are always parameters. */
export const text = (name: string): Sql => `'${name.replaceAll("'", "''")}'`

/**
 * The FROM of one list or look-up: the rows with the columns of their own tables (`t`, and `e` for the link that led
 * to them), their single neighbours joined, and, where lists hang on the rows, a layer above for the aggregate.
 */
export class Layer {
  /** A row's place in its page, from 1, and how many rows were found; where page information is asked. */
  readonly place: Sql
  readonly rowCount: Sql
  readonly #rows: string
  readonly #outer: string | null
  readonly #selected = new Map<Sql, string>()
  readonly #joins: Sql[] = []
  readonly #given = new Map<Sql, string>()
  /**
   * Whether a list is used in several places. SQLite (3.45) puts the expressions of a sub-query where they are used, and
   * plans a list again in each of them, and in each what hangs on its rows: preparing took up to 1.2 s. A LIMIT in the
   * sub-query and one around it, or an aggregate, prevents that.
   */
  #isFenced = false

  constructor(
    readonly alias: (prefix: string) => string,
    shape: Shape,
  ) {
    this.#rows = alias('p')
    this.#outer = hasLists(shape) ? alias('r') : null
    this.place = `${this.#rows}.place`
    this.rowCount = `${this.#rows}.found`
    this.select('t.key')
  }

  /** The rows themselves; `optional` where some of what was asked may be missing. */
  rows(shape: Shape, optional: boolean): Row {
    const base = (column: Sql) => this.select(`t.${column}`)
    return new Row(this, null, shape, base, (column) => this.select(`e.${column}`), optional)
  }

  /** A column of the tables `t` and `e`, for the layers above. */
  select(column: Sql): Sql {
    const name = this.#selected.get(column) ?? `k${this.#selected.size}`
    this.#selected.set(column, name)
    return `${this.#rows}.${name}`
  }

  /** What the innermost SELECT has to give; complete once everything above is printed. */
  selected(): Sql {
    return [...this.#selected].map(([column, name]) => `${column} AS ${name}`).join(', ')
  }

  joinTable(joined: Sql): void {
    this.#joins.push(`LEFT JOIN ${joined}`)
  }

  /** Joins the node with this key to a row: at the other end of a link, or the one that a column refers to. */
  join(parent: Row, shape: Shape, table: Sql, key: Sql, restriction: (alias: string) => Sql = () => ''): Row {
    const alias = this.alias('t')
    this.joinTable(`${table} ${alias} ON ${alias}.key = ${key}${restriction(alias)}`)
    const noLink = (column: Sql) => {
      throw new Error(`A single neighbour gives no column "${column}" of its link.`)
    }
    return new Row(this, parent, shape, (column) => `${alias}.${column}`, noLink, true)
  }

  /** An expression over the joined tables, as the outermost SELECT may use it. */
  expose(expression: Sql): Sql {
    if (!this.#outer) return expression
    const known = this.#given.get(expression)
    if (known && expression.includes('SELECT')) this.#isFenced = true
    const name = known ?? `c${this.#given.size}`
    this.#given.set(expression, name)
    return `${this.#outer}.${name}`
  }

  from(rows: Sql): Sql {
    const joined = [`(${rows}) ${this.#rows}`, ...this.#joins].join(' ')
    if (!this.#outer) return joined
    const given = [...this.#given].map(([expression, name]) => `${expression} AS ${name}`)
    return `(SELECT ${given.length > 0 ? given.join(', ') : '1'} FROM ${joined}${this.#isFenced ? ' LIMIT -1' : ''}) ${this.#outer}`
  }

  /** What ends a statement that gives a single row; complete once everything above is printed. */
  get end(): Sql {
    return this.#isFenced ? ' LIMIT 1' : ''
  }
}

/** One row of a layer: a node, and the link that led to it. */
export class Row {
  readonly key: Sql
  readonly #neighbours = new Map<string, Row>()
  readonly #lists = new Map<readonly PageEntry[], Sql>()
  readonly #typeTables = new Map<string, string>()
  #recordTable: string | null = null

  constructor(
    readonly layer: Layer,
    /** The row whose neighbour it is. */
    readonly parent: Row | null,
    readonly shape: Shape,
    readonly base: (column: Sql) => Sql,
    /** A column of the link that led here. */
    readonly link: (column: Sql) => Sql,
    /** Whether there may be none. */
    readonly optional: boolean,
  ) {
    this.key = base('key')
  }

  /** The type, where only one is possible. */
  get type(): string {
    return this.shape.types[0] as string
  }

  /** A column of the table `node`. */
  record(column: 'id' | 'type' | 'source_set' | 'updated_at' | 'version' | 'created_in'): Sql {
    if (this.shape.types.length > 1 || column === 'id') return this.base(column)
    if (this.#recordTable === null) {
      this.#recordTable = this.layer.alias('n')
      this.layer.joinTable(`node ${this.#recordTable} ON ${this.#recordTable}.key = ${this.key}`)
    }
    return `${this.#recordTable}.${column}`
  }

  /** A column of the table of the node's type. */
  column(column: Column, type: string): Sql {
    if (this.shape.types.length === 1) return this.base(columnName(column))
    let table = this.#typeTables.get(type)
    if (table === undefined) {
      table = this.layer.alias('t')
      this.#typeTables.set(type, table)
      this.layer.joinTable(`${quoted(type)} ${table} ON ${table}.key = ${this.key}`)
    }
    return `${table}.${columnName(column)}`
  }

  neighbour(key: string, join: () => Row): Row {
    const joined = this.#neighbours.get(key) ?? join()
    this.#neighbours.set(key, joined)
    return joined
  }

  /** A list that hangs on the row, printed once for all types and names under which it is asked alike. */
  list(entries: readonly PageEntry[], print: () => Sql): Sql {
    const printed = this.#lists.get(entries) ?? print()
    this.#lists.set(entries, printed)
    return printed
  }
}

/** Whether sub-selects hang on the rows: for lists, and for the items of short ones. */
const hasLists = (shape: Shape): boolean =>
  shape.slots.some(
    (slot) =>
      slot.kind === 'page' ||
      slot.kind === 'figures' ||
      (slot.kind === 'column' && slot.column.kind === 'values') ||
      ((slot.kind === 'neighbour' || slot.kind === 'reference') && hasLists(slot.shape)),
  )
