import { type GraphShape, MERGE, type OrderKey, TOMBSTONE } from '../../model/graph-shape.js'
import type { Figures, FiguresEntry } from '../figures.js'
import {
  type Entry,
  type EntryValue,
  isFoundOnce,
  type Layout,
  type Page,
  type PageEntry,
  type Plan,
  type Slot,
  slotOf,
} from '../plan.js'
import { isWhole, type Predicate } from '../predicate.js'
import { constant, type Printed, type Value } from '../values.js'
import { asJson, JsonText } from './json-text.js'
import { columnName, quoted } from './names.js'
import { printFigures } from './print-figures.js'
import {
  far,
  type Names,
  near,
  PredicatePrinter,
  restriction,
  type Scope,
  target,
  usesNode,
} from './print-predicate.js'
import { Layer, type Row, type Sql, text } from './sql-rows.js'

/**
 * Prints a plan as one SQL statement that gives one row with one column: the answer's JSON text, as bytes.
 *
 * A list is printed in layers: its rows with the columns of the tables that order them, cut to the page; then their
 * single neighbours joined and their own lists hung on; then the aggregate. SQLite (3.45) keeps the order of a
 * sub-query that has a LIMIT through the joins to its right and into the aggregate, and orders a page for half of what
 * ordering inside an aggregate costs.
 */
export const printSql = (plan: Plan, graph: GraphShape): Printed => {
  const printer = new SqlPrinter(graph)
  return { text: printer.plan(plan), parameters: printer.parameters }
}

class SqlPrinter {
  readonly parameters: Value[] = []
  readonly #names: Names
  readonly #predicates: PredicatePrinter
  /** How many rows each page has at most. */
  readonly #firsts = new Map<Page, Value>()
  /** The tables with the keys of rows that are found once. */
  readonly #found = new Map<Page, string>()
  #aliases = 0

  constructor(readonly graph: GraphShape) {
    const parameter = (value: Value) => this.#parameter(value)
    this.#names = { parameter, alias: (prefix) => this.#alias(prefix) }
    this.#predicates = new PredicatePrinter(this.#names)
  }

  plan(plan: Plan): Sql {
    if (plan.kind === 'page') return `SELECT ${answer(this.#page(plan.page, plan.entries, null))}`
    if (plan.kind === 'figures') return `SELECT ${answer(this.#figures(plan.figures, plan.entries, null))}`
    const layer = new Layer(this.#alias, plan.shape)
    const json = new JsonText()
    this.#node(json, layer.rows(plan.shape, plan.kind === 'many'), plan.layout)
    const table = target(plan.shape.types)
    if (plan.kind === 'one') {
      const asked = this.#parameter(plan.find.value)
      const value = plan.find.isId ? this.#used(asked) : asked
      // Several records may have the same reference.
      const first = plan.find.column === 'id' ? '' : ' ORDER BY t.id LIMIT 1'
      const rows = `SELECT ${layer.selected()} FROM ${table} t WHERE t.${quoted(plan.find.column)} = ${value}${first}`
      return `SELECT ${answer(json.print())} FROM ${layer.from(rows)}${layer.end}`
    }
    const ids = this.#parameter(plan.ids)
    const rows = `SELECT ${layer.selected()} FROM json_each(${ids}) j LEFT JOIN ${table} t ON t.id = ${this.#used('j.value')} ORDER BY j.key LIMIT -1`
    return `SELECT ${answer(`concat('[', group_concat(${json.print()}), ']')`)} FROM ${layer.from(rows)}`
  }

  /** The id that is used in the place of one: another, where it was merged. */
  #used(id: Sql): Sql {
    if (!this.graph.links.has(MERGE.link)) return id
    const link = `${quoted(MERGE.type)} m CROSS JOIN ${quoted(MERGE.link)} i ON i.from_key = m.key CROSS JOIN node n ON n.key = i.to_key`
    return `coalesce((SELECT n.id FROM ${link} WHERE m.id = concat(${text(MERGE.prefix)}, ${id})), ${id})`
  }

  /** A list as an expression: its rows, count and page information as one JSON object. */
  #page(page: Page, entries: readonly PageEntry[], parent: Row | null): Sql {
    const found = this.#foundOnce(page)
    const json = new JsonText()
    const layer = new Layer(this.#alias, page.shape)
    const row = layer.rows(page.shape, false)
    json.object(entries.map(({ as, value }) => [as, () => this.#pageValue(json, value, page, row, parent)]))
    if (!page.rows && !page.pageInfo) return json.print()
    return `(${found}SELECT ${json.print()} FROM ${layer.from(this.#rows(page, layer, parent))})`
  }

  /** The keys of rows that are found once, in a table. */
  #foundOnce(page: Page): Sql {
    if (!isFoundOnce(page)) return ''
    const found = this.#alias('m')
    const rows = `SELECT t.key FROM ${this.#tables(page, true)}${where(this.#conditions(page, page.where, null, true))}`
    this.#found.set(page, found)
    return `WITH ${found} AS MATERIALIZED (${rows}) `
  }

  #pageValue(json: JsonText, value: PageEntry['value'], page: Page, row: Row, parent: Row | null): void {
    switch (value.kind) {
      case 'constant':
        json.constant(JSON.stringify(value.text))
        return
      case 'number':
        json.constant(String(value.number))
        return
      case 'totalCount':
        json.json(this.#count(page, page.where, parent))
        return
      case 'undecidedCount':
        if (page.undecided) json.json(this.#count(page, page.undecided, parent))
        return
      case 'nodes':
        this.#list(json, page, row, (item) => this.#node(item, row, value.layout))
        return
      case 'edges':
        this.#list(json, page, row, (item) => this.#object(item, row, value.entries, row.type, page))
        return
      case 'pageInfo':
        json.object(value.fields.map(({ as, name }) => [as, () => this.#pageInfo(json, name, page, row)]))
    }
  }

  /** The rows of the page in a list; one more than asked may be there, to tell that more follows. */
  #list(json: JsonText, page: Page, { layer }: Row, write: (item: JsonText) => void): void {
    const item = new JsonText()
    write(item)
    const cut = page.pageInfo && page.first !== null
    const within = cut ? ` FILTER (WHERE ${layer.expose(layer.place)} <= ${this.#first(page)})` : ''
    json.constant('[').json(`group_concat(${item.print()})${within}`).constant(']')
  }

  #pageInfo(json: JsonText, name: string, page: Page, { layer }: Row): void {
    const place = () => layer.expose(layer.place)
    const found = () => layer.expose(layer.rowCount)
    // A list that is never cut has as many rows as were found.
    const first = () => (page.first === null ? found() : this.#first(page))
    const cursor = () => `max(${this.#cursor(page, layer)})`
    switch (name) {
      case 'hasNextPage':
        if (page.first === null) json.constant('false')
        else json.json(`CASE WHEN max(${found()}) > ${first()} THEN 'true' ELSE 'false' END`)
        return
      case 'hasPreviousPage':
        json.constant(String(page.after !== null))
        return
      case 'startCursor':
        json.json(`json_quote(${cursor()} FILTER (WHERE ${place()} = 1 AND ${place()} <= ${first()}))`)
        return
      case 'endCursor':
        json.json(`json_quote(${cursor()} FILTER (WHERE ${place()} = min(${found()}, ${first()})))`)
        return
      default:
        json.constant('"PageInfo"')
    }
  }

  #cursor(page: Page, layer: Layer): Sql {
    const keys = page.order.map((key) => layer.select(orderColumn(key)))
    return layer.expose(`hex(json_array(${[text(page.mark), ...keys].join(', ')}))`)
  }

  /** The rows of a page, in order, with whatever columns of the tables at hand the layers above ask for. */
  #rows(page: Page, layer: Layer, parent: Row | null): Sql {
    const after = page.after ? [this.#after(page.order, page.after)] : []
    const order = page.order.map((key) => `${orderColumn(key)}${key.descending ? ' DESC' : ''}`).join(', ')
    const limit = page.first === null ? '-1' : `${this.#first(page)}${page.pageInfo ? ' + 1' : ''}`
    const known = this.#found.get(page)
    const asked: Predicate = { kind: 'all', of: [page.where, page.bounds] }
    const found = known ? [`t.key IN ${known}`] : this.#conditions(page, asked, parent)
    const conditions = where([...found, ...after])
    const rows = `SELECT ${layer.selected()} FROM ${this.#tables(page, true)}${conditions} ORDER BY ${order} LIMIT ${limit}`
    return page.pageInfo ? `SELECT *, row_number() OVER () AS place, count(*) OVER () AS found FROM (${rows})` : rows
  }

  #count(page: Page, asked: Predicate, parent: Row | null): Sql {
    const { from, shape } = page
    const known = asked === page.where ? this.#found.get(page) : undefined
    if (known) return `(SELECT count(*) FROM ${known})`
    const restricted = from.kind === 'hop' && !isWhole(from.hop, shape.types)
    const joined = restricted || usesNode(asked)
    return `(SELECT count(*) FROM ${this.#tables(page, joined)}${where(this.#conditions(page, asked, parent, true))})`
  }

  /** Figures as an expression: one JSON object. */
  #figures(figures: Figures, entries: readonly FiguresEntry[], parent: Row | null): Sql {
    const { from, types, where: asked, undecided } = figures
    const isOfLinks = from.kind === 'links'
    const tables = isOfLinks ? `${quoted(from.link.name)} e` : this.#tables({ from, shape: { types } }, true)
    const conditions = (predicate: Predicate): readonly Sql[] =>
      isOfLinks
        ? this.#predicates.conditions(predicate, { ...TABLES, types, isCounted: true })
        : this.#conditions({ from, shape: { types } }, predicate, parent, true)
    const count = undecided && `(SELECT count(*) FROM ${tables}${where(conditions(undecided))})`
    const rows = { tables, conditions: conditions(asked), scope: { ...TABLES, types }, undecided: count }
    return printFigures(figures, entries, rows, this.#predicates, this.#names)
  }

  #tables({ from, shape: { types } }: RowsOf, joined: boolean): Sql {
    return from.kind === 'scan' ? `${target(types)} t` : this.#predicates.tables(from, TABLES, types, joined)
  }

  /** @param isCounted whether the rows are counted, in whatever order */
  #conditions(
    { from, shape: { types } }: RowsOf,
    asked: Predicate,
    parent: Row | null,
    isCounted = false,
  ): readonly Sql[] {
    const scope: Scope = { ...TABLES, types, isCounted: isCounted && from.kind === 'scan' }
    const conditions = this.#predicates.conditions(asked, scope)
    if (from.kind === 'scan' || !parent) return conditions
    if (from.kind === 'citations') {
      return [
        `e.number = ${from.of === 'node' ? parent.record('source_set') : parent.link('source_set')}`,
        ...conditions,
      ]
    }
    return [`e.${near(from.hop)} = ${parent.key}`, ...this.#predicates.conditions(from.hop.only, scope), ...conditions]
  }

  /** The rows after a cursor. The first key's bound is said again on its own, so that an index can begin there. */
  #after(order: readonly OrderKey[], after: readonly Value[]): Sql {
    const value = (i: number) => this.#parameter(after[i] as Value)
    const print = (i: number): Sql => {
      const { descending } = order[i] as OrderKey
      const column = orderColumn(order[i] as OrderKey)
      const beyond = `${column} ${descending ? '<' : '>'} ${value(i)}`
      if (i === order.length - 1) return beyond
      return `(${beyond} OR (${column} = ${value(i)} AND ${print(i + 1)}))`
    }
    if (order.length === 1) return print(0)
    const [first] = order as readonly [OrderKey]
    return `${orderColumn(first)} ${first.descending ? '<=' : '>='} ${value(0)} AND ${print(0)}`
  }

  /** A node as an object; null where it is missing. */
  #node(json: JsonText, row: Row, layout: Layout): void {
    const write = (to: JsonText, type: string) => this.#object(to, row, layout.get(type) ?? [], type, null)
    if (row.shape.types.length > 1) {
      const texts = row.shape.types.map((type): [Sql, JsonText] => {
        const each = new JsonText()
        write(each, type)
        return [text(type), each]
      })
      json.choice(row.layer.expose(row.record('type')), texts, row.optional ? text('null') : null)
      return
    }
    if (!row.optional) {
      write(json, row.type)
      return
    }
    const isThere = ({ layer, key }: Row) => `${layer.expose(key)} IS NOT NULL`
    // Where a neighbour is, so is the node whose neighbour it is.
    const implied = row.parent?.optional ? isThere(row.parent) : undefined
    json.when(isThere(row), () => write(json, row.type), implied)
    json.when(`${row.layer.expose(row.key)} IS NULL`, () => json.constant('null'))
  }

  #object(json: JsonText, row: Row, entries: readonly Entry[], type: string, page: Page | null): void {
    if (entries.every(({ value }) => isPlain(row, value))) {
      json.plainObject(entries.map(({ as, value }) => [as, this.#plain(row, value, type)]))
      return
    }
    json.object(entries.map(({ as, value }) => [as, () => this.#value(json, row, value, type, page)]))
  }

  #plain(row: Row, value: EntryValue, type: string): Sql {
    return value.kind === 'value' ? this.#column(row, value.slot, type) : text((value as { text: string }).text)
  }

  #value(json: JsonText, row: Row, value: EntryValue, type: string, page: Page | null): void {
    switch (value.kind) {
      case 'constant':
        json.constant(JSON.stringify(value.text))
        return
      case 'cursor':
        json
          .constant('"')
          .json(this.#cursor(page as Page, row.layer))
          .constant('"')
        return
      case 'self':
        this.#node(json, row, value.layout)
        return
      case 'value': {
        const [slot, sql] = [slotOf(row.shape, value.slot), this.#column(row, value.slot, type)]
        if (isWord(slot)) json.constant('"').json(sql).constant('"')
        else json.json(asJson(slot.kind === 'column' ? slot.column.kind : 'text', sql))
        return
      }
      case 'items': {
        const item = new JsonText()
        const write = (name: string, constant?: string) => () =>
          constant ? item.constant(JSON.stringify(constant)) : item.json(`json_quote(j.value ->> ${text(name)})`)
        item.object(value.fields.map(({ as, name, constant }) => [as, write(name, constant)]))
        const list = `json_each(${this.#columnOf(row, value.slot, type)})`
        json.json(row.layer.expose(`(SELECT concat('[', group_concat(${item.print()}), ']') FROM ${list} j)`))
        return
      }
      case 'object': {
        const presence = this.#column(row, value.presence, type)
        json.when(`${presence} IS NOT NULL`, () => this.#object(json, row, value.entries, type, page))
        json.when(`${presence} IS NULL`, () => json.constant('null'))
        return
      }
      case 'node':
        this.#node(json, this.#neighbour(row, value.slot), value.layout)
        return
      case 'figures': {
        const slot = slotOf(row.shape, value.slot) as Slot & { kind: 'figures' }
        json.json(row.layer.expose(this.#figures(slot.figures, value.entries, row)))
        return
      }
      case 'page': {
        const slot = slotOf(row.shape, value.slot) as Slot & { kind: 'page' }
        json.json(row.layer.expose(row.list(value.entries, () => this.#page(slot.page, value.entries, row))))
      }
    }
  }

  #column(row: Row, key: string, type: string): Sql {
    return row.layer.expose(this.#columnOf(row, key, type))
  }

  /** A slot's column, as the joined tables have it. */
  #columnOf(row: Row, key: string, type: string): Sql {
    const slot = slotOf(row.shape, key)
    if (slot.kind === 'id') return row.record('id')
    if (slot.kind === 'updatedAt') return row.record('updated_at')
    if (slot.kind === 'version') return row.record('version')
    if (slot.kind === 'changeKind') {
      const since = this.#parameter(constant(slot.since))
      const created = `WHEN ${row.record('created_in')} > ${since} THEN 'CREATED'`
      return `CASE WHEN ${row.record('type')} = ${text(TOMBSTONE)} THEN 'DELETED' ${created} ELSE 'CHANGED' END`
    }
    if (slot.kind !== 'column') throw new Error(`Slot "${key}" holds no value.`)
    return slot.of === 'link' ? row.link(columnName(slot.column)) : row.column(slot.column, type)
  }

  /** The row of a single neighbour, joined once. */
  #neighbour(row: Row, key: string): Row {
    return row.neighbour(key, () => {
      const slot = slotOf(row.shape, key)
      if (slot.kind === 'reference') {
        return row.layer.join(row, slot.shape, target(slot.shape.types), row.link(columnName(slot.column)))
      }
      if (slot.kind !== 'neighbour') throw new Error(`Slot "${key}" holds no node.`)
      const { hop, shape } = slot
      const link = this.#alias('l')
      const scope = { node: link, link, types: [] }
      const only = this.#predicates
        .conditions(hop.only, scope)
        .map((each) => ` AND ${each}`)
        .join('')
      row.layer.joinTable(`${quoted(hop.link.name)} ${link} ON ${link}.${near(hop)} = ${row.key}${only}`)
      const restricted = (alias: string) => restriction(hop, shape.types, alias)
      return row.layer.join(row, shape, target(shape.types), `${link}.${far(hop)}`, restricted)
    })
  }

  #first(page: Page): Sql {
    const first = this.#firsts.get(page) ?? constant(page.first)
    this.#firsts.set(page, first)
    return this.#parameter(first)
  }

  /** A value that stands in several places is bound once. Two that happen to be alike are not, since they need not be in the next request. */
  #parameter(value: Value): Sql {
    const known = this.parameters.indexOf(value)
    return `?${known < 0 ? this.parameters.push(value) : known + 1}`
  }

  readonly #alias = (prefix: string): string => {
    this.#aliases += 1
    return `${prefix}${this.#aliases}`
  }
}

/** As bytes, the text is neither made a string of JavaScript's nor encoded again to be sent. */
const answer = (json: Sql): Sql => `CAST(${json} AS BLOB) AS json`

/** Whether a value goes into an object as it is. */
const isPlain = (row: Row, value: EntryValue): boolean => {
  if (value.kind !== 'value') return value.kind === 'constant'
  const slot = slotOf(row.shape, value.slot)
  return slot.kind !== 'column' || !['boolean', 'values'].includes(slot.column.kind)
}

/** Whether a column always has a text in which nothing needs escaping: a word of an enum, or a day. */
const isWord = (slot: Slot): boolean =>
  slot.kind === 'column' && slot.column.required && (slot.column.words !== undefined || slot.column.type === 'Date')

/** Where rows come from, and their types. */
interface RowsOf {
  readonly from: Page['from']
  readonly shape: { readonly types: readonly string[] }
}

/** The aliases of the tables from which the rows of a page come. */
const TABLES = { node: 't', link: 'e' } as const

const orderColumn = ({ of, column, missing, absent }: OrderKey): Sql => {
  const sql = `${of === 'link' ? 'e' : 't'}.${quoted(column)}`
  if (missing) return missing === 'null' ? `(${sql} IS NULL)` : `(${sql} = '')`
  return absent === undefined ? sql : `coalesce(${sql}, ${absent === '' ? "''" : absent})`
}

const where = (conditions: readonly Sql[]): Sql => (conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '')
