import { type Column, type GraphShape, MERGE, type OrderKey, TOMBSTONE } from '../../model/graph-shape.js'
import type { Figures } from '../figures.js'
import { isFoundOnce, type Page, type Plan, type Shape, type Slot } from '../plan.js'
import { ALL, type Predicate } from '../predicate.js'
import { constant, type Printed, type Value } from '../values.js'
import { NODE_LABEL, quoted, relationshipType, TYPE_PROPERTY } from './names.js'
import { printFigures } from './print-figures.js'
import { printMatches } from './print-matches.js'
import { arrow, hopLabels, PredicatePrinter, type Row, whereAll } from './print-predicate.js'

/**
 * Prints a plan as one Cypher statement that gives one row with one value, `answer`.
 *
 * Rows come as lists in the order of their slots, without names: the driver decodes lists twice as fast as maps, and
 * the names a client gives are no part of the text, so that the database plans a shape once. `answer-writer.ts` reads
 * what is printed here:
 *
 *     row  = [type, where several are possible] + one value for each slot + [order keys, where cursors are asked]
 *     page = [rows, total count or null, undecided count or null, one list of [id, row] for each column that refers to nodes]
 */
export const printCypher = (plan: Plan, graph: GraphShape): Printed => {
  const printer = new CypherPrinter(graph)
  return { text: printer.plan(plan), parameters: printer.parameters }
}

/** Whether the id in a referring column is all that is asked, so that no node has to be looked up. */
export const isIdAlone = ({ types, slots }: Shape): boolean =>
  types.length === 1 && slots.every((slot) => slot.kind === 'id')

/** The slots of a page's rows whose nodes are looked up once for the page. */
export const lookedUp = (shape: Shape): readonly (Slot & { kind: 'reference' })[] =>
  shape.slots.filter(
    (slot): slot is Slot & { kind: 'reference' } => slot.kind === 'reference' && !isIdAlone(slot.shape),
  )

type Cypher = string

interface RowsOf {
  readonly from: Page['from'] | Figures['from']
  readonly shape: { readonly types: readonly string[] }
}

class CypherPrinter {
  readonly parameters: Value[] = []
  readonly #predicates: PredicatePrinter
  #names = 0

  constructor(readonly graph: GraphShape) {
    const parameter = (value: Value) => this.#parameter(value)
    this.#predicates = new PredicatePrinter({ parameter, name: (prefix) => this.#name(prefix) })
  }

  plan(plan: Plan): Cypher {
    if (plan.kind === 'page') {
      const { calls, value } = this.#page(plan.page, null)
      return lines(...calls, `RETURN ${value} AS answer`)
    }
    if (plan.kind === 'figures') {
      const { call, value } = this.#figures(plan.figures, null)
      return lines(call, `RETURN ${value} AS answer`)
    }
    const node = this.#name('n')
    const row = { node, link: '' }
    const labels = this.#labels(plan.shape.types)
    if (plan.kind === 'one') {
      const { column, isId } = plan.find
      const value = this.#parameter(plan.find.value)
      const inner = this.#row(plan.shape, row, [])
      // The constraint on ids is the common label's; a column of a type's own has an index of that type.
      const match = isId
        ? [
            this.#follow(value),
            `WITH coalesce(used.id, ${value}) AS id`,
            `MATCH (${node}:${NODE_LABEL} {id: id})${labels ? ` WHERE ${node}${labels}` : ''}`,
          ]
        : [
            `MATCH (${node}${labels} {${quoted(column)}: ${value}})`,
            // Several records may have the same reference.
            ...(column === 'id' ? [] : [`WITH ${node} ORDER BY ${node}.id LIMIT 1`]),
          ]
      return lines(...match, ...inner.steps, `RETURN ${inner.value} AS answer`)
    }
    const i = this.#name('i')
    const ids = this.#parameter(plan.ids)
    const inner = this.#row(plan.shape, row, [])
    return lines(
      `UNWIND range(0, size(${ids}) - 1) AS ${i}`,
      this.#follow(`${ids}[${i}]`),
      `OPTIONAL MATCH (${node}:${NODE_LABEL} {id: coalesce(used.id, ${ids}[${i}])})`,
      ...inner.steps,
      `WITH ${i}, CASE WHEN ${node} IS NULL THEN null ELSE ${inner.value} END AS value ORDER BY ${i}`,
      'WITH collect([value]) AS answers',
      'RETURN [each IN answers | each[0]] AS answer',
    )
  }

  /** Finds what is used in the place of an id that was merged. */
  #follow(id: Cypher): Cypher {
    const type = quoted(relationshipType(MERGE.link))
    return `OPTIONAL MATCH (:${NODE_LABEL} {id: '${MERGE.prefix}' + ${id}})-[:${type}]->(used)`
  }

  /** The calls that compute a page, and the expression that is its value then. */
  #page(page: Page, parent: Row | null): { readonly calls: readonly Cypher[]; readonly value: Cypher } {
    const calls: Cypher[] = []
    let value = 'null'
    const references = page.rows ? lookedUp(page.shape) : []
    const dictionaries: string[] = []
    const found = this.#foundOnce(page, calls)
    if (page.rows || page.pageInfo) {
      value = this.#name('rows')
      calls.push(this.#rows(page, parent, references, value, dictionaries, found))
    }
    const counted = () => (found ? `size(${found})` : this.#count(page, page.where, parent))
    const total = page.totalCount ? counted() : 'null'
    const undecided = page.undecided ? this.#count(page, page.undecided, parent) : 'null'
    return { calls, value: `[${[value, total, undecided, ...dictionaries].join(', ')}]` }
  }

  /** The rows that are found once, in a list. */
  #foundOnce(page: Page, calls: Cypher[]): string | null {
    if (!isFoundOnce(page)) return null
    const [found, node] = [this.#name('found'), this.#name('n')]
    const matches = this.#matches(page, { node, link: '' }, null, page.where)
    calls.push(`CALL () {\n${indent(lines(...matches, `RETURN collect(${node}) AS ${found}`))}\n}`)
    return found
  }

  #rows(
    page: Page,
    parent: Row | null,
    references: readonly (Slot & { kind: 'reference' })[],
    rows: string,
    dictionaries: string[],
    known: string | null,
  ): Cypher {
    const row = { node: this.#name('n'), link: this.#name('e') }
    const keys = page.order.map((key) => this.#orderKey(key, row))
    const after = page.after ? [this.#after(page, row, page.after)] : []
    const asked: Predicate = { kind: 'all', of: [page.where, page.bounds] }
    const order = page.order.map((key, i) => `${keys[i]}${key.descending ? ' DESC' : ''}`).join(', ')
    const limit = page.first === null ? '' : ` LIMIT ${this.#parameter(constant(page.first + (page.pageInfo ? 1 : 0)))}`
    const { steps, value } = this.#row(page.shape, row, page.cursors || page.pageInfo ? keys : [])
    const ids = references.map(() => this.#name('ids'))
    const found = references.map(() => this.#name('found'))
    dictionaries.push(...found)
    const collected = references.map(
      (slot, i) => `collect(DISTINCT ${row.link}.${quoted(slot.column.name)}) AS ${ids[i]}`,
    )
    const body = [
      ...(known
        ? [`UNWIND ${known} AS ${row.node}`, ...(after.length > 0 ? [`WITH ${row.node}${whereAll(after)}`] : [])]
        : this.#matches(page, row, parent, asked, [...this.#indexed(page, row), ...after])),
      `WITH ${keptOf(page, row).join(', ')} ORDER BY ${order}${limit}`,
      ...steps,
      // Nothing promises that the order outlasts a match or a call.
      ...(steps.length > 0 ? [`WITH * ORDER BY ${order}`] : []),
      `WITH ${[`collect(${value}) AS ${rows}`, ...collected].join(', ')}`,
      ...references.map((slot, i) => this.#dictionary(slot, ids[i] as string, found[i] as string)),
      `RETURN ${[rows, ...found].join(', ')}`,
    ]
    return `CALL (${known ?? variables(page, parent)}) {\n${indent(lines(...body))}\n}`
  }

  /** Looks up each distinct id once, and gives it with its row. */
  #dictionary(slot: Slot & { kind: 'reference' }, ids: string, found: string): Cypher {
    const node = this.#name('n')
    const id = this.#name('id')
    const { steps, value } = this.#row(slot.shape, { node, link: '' }, [])
    const labels = this.#labels(slot.shape.types)
    const body = lines(
      `UNWIND ${ids} AS ${id}`,
      `MATCH (${node}:${NODE_LABEL} {id: ${id}})${labels ? ` WHERE ${node}${labels}` : ''}`,
      ...steps,
      `RETURN collect([${id}, ${value}]) AS ${found}`,
    )
    return `CALL (${ids}) {\n${indent(body)}\n}`
  }

  /** The call that counts, and the expression that is its value then. */
  #figures(figures: Figures, parent: Row | null): { readonly call: Cypher; readonly value: Cypher } {
    const { from, types } = figures
    const [name, node, link] = [this.#name('figures'), this.#name('n'), this.#name('e')]
    const ends = from.kind === 'links' ? { from: this.#name('a'), to: node } : this.#endsOf(from, parent, node)
    const row = { node, link, ...ends }
    const match = (asked: Predicate) => this.#matches({ from, shape: { types } }, row, parent, asked)
    const names = { parameter: (value: Value) => this.#parameter(value), name: (prefix: string) => this.#name(prefix) }
    const body = printFigures(figures, match(figures.where), row, name, this.#predicates, names)
    const undecided = figures.undecided ? this.#counted(match(figures.undecided), node) : 'null'
    const taken = parent && from.kind === 'hop' ? parent.node : ''
    return { call: `CALL (${taken}) {\n${indent(lines(...body))}\n}`, value: `[${name}, ${undecided}]` }
  }

  #endsOf(from: Figures['from'], parent: Row | null, node: string) {
    if (from.kind !== 'hop' || !parent) return {}
    return from.hop.direction === 'out' ? { from: parent.node, to: node } : { from: node, to: parent.node }
  }

  #count(page: Page, asked: Predicate, parent: Row | null): Cypher {
    const row = { node: this.#name('n'), link: this.#name('e') }
    return this.#counted(this.#matches(page, row, parent, asked), row.node)
  }

  #counted(matches: readonly Cypher[], node: string): Cypher {
    return `COUNT { ${matches.join(' ')}${matches.length > 1 ? ` RETURN ${node}` : ''} }`
  }

  /** The clauses that find the rows of a list, or of figures; in no order where none is asked. */
  #matches(
    rows: RowsOf,
    row: Row,
    parent: Row | null,
    asked: Predicate,
    ordered?: readonly Cypher[],
  ): readonly Cypher[] {
    const { from, shape } = rows
    const only = from.kind === 'hop' ? from.hop.only : ALL
    const found = {
      row,
      kept: keptOf(rows, row),
      asked: { kind: 'all' as const, of: [only, asked] },
      ...(ordered && { more: ordered }),
    }
    if (from.kind === 'links') {
      const type = quoted(relationshipType(from.link.name))
      const pattern = `(${row.from})-[${row.link}:${type}]->(${row.to})`
      return printMatches({ ...found, pattern, counted: { type: null } }, this.#predicates, this.graph)
    }
    const pattern = this.#pattern({ from, shape }, row, parent)
    const isCounted = !ordered && from.kind === 'scan' && from.types.length === 1
    return printMatches(
      { ...found, pattern, ...(isCounted && { counted: { type: from.types[0] as string } }) },
      this.#predicates,
      this.graph,
    )
  }

  #pattern(
    { from, shape: { types } }: Pick<Page, 'from'> & { readonly shape: { readonly types: readonly string[] } },
    row: Row,
    parent: Row | null,
  ): Cypher {
    if (from.kind === 'scan')
      return `(${row.node}:${quoted(from.types.length === 1 ? (from.types[0] as string) : NODE_LABEL)})`
    if (!parent) throw new Error(`A list of ${types.join(', ')} belongs to no row.`)
    return this.#predicates.pattern(from, parent, row)
  }

  /** An index gives the order only where every key of it is asked to be there. What may be missing is in no index's order. */
  #indexed({ from, order }: Page, row: Row): readonly Cypher[] {
    if (from.kind !== 'scan' || order.some((key) => key.missing || key.absent !== undefined)) return []
    return order.map((key) => `${this.#orderKey(key, row)} IS NOT NULL`)
  }

  /** The rows after a cursor, written so that an index can begin there. */
  #after(page: Page, row: Row, after: NonNullable<Page['after']>): Cypher {
    const print = (i: number): Cypher => {
      const { descending } = page.order[i] as OrderKey
      const key = this.#orderKey(page.order[i] as OrderKey, row)
      const value = this.#parameter(after[i] as Value)
      if (i === page.order.length - 1) return `${key} ${descending ? '<' : '>'} ${value}`
      return `${key} ${descending ? '<=' : '>='} ${value} AND NOT (${key} = ${value} AND NOT (${print(i + 1)}))`
    }
    return print(0)
  }

  /** The steps that reach what a row's slots ask, and the list that is its value then. */
  #row(
    shape: Shape,
    row: Row,
    orderKeys: readonly Cypher[],
  ): { readonly steps: readonly Cypher[]; readonly value: Cypher } {
    const steps: Cypher[] = []
    const values = shape.slots.map((slot) => this.#slot(slot, row, steps))
    const type = shape.types.length > 1 ? [`${row.node}.${TYPE_PROPERTY}`] : []
    return { steps, value: `[${[...type, ...values, ...orderKeys].join(', ')}]` }
  }

  #slot(slot: Slot, row: Row, steps: Cypher[]): Cypher {
    switch (slot.kind) {
      case 'id':
      case 'updatedAt':
      case 'version':
        return `${row.node}.${slot.kind}`
      case 'changeKind': {
        const since = this.#parameter(constant(slot.since))
        const created = `WHEN ${row.node}.createdIn > ${since} THEN 'CREATED'`
        return `CASE WHEN ${row.node}.${TYPE_PROPERTY} = '${TOMBSTONE}' THEN 'DELETED' ${created} ELSE 'CHANGED' END`
      }
      case 'column':
        return property(slot.of === 'link' ? row.link : row.node, slot.column)
      case 'reference':
        return property(row.link, slot.column)
      case 'neighbour': {
        const inner = { node: this.#name('n'), link: this.#name('e') }
        const only = this.#predicates.conditions(slot.hop.only, inner)
        steps.push(
          `OPTIONAL MATCH (${row.node})${arrow(slot.hop, inner.link)}(${inner.node}${hopLabels(slot.hop, slot.shape.types)})${whereAll(only)}`,
        )
        const { steps: further, value } = this.#row(slot.shape, inner, [])
        steps.push(...further)
        return `CASE WHEN ${inner.node} IS NULL THEN null ELSE ${value} END`
      }
      case 'figures': {
        const { call, value } = this.#figures(slot.figures, row)
        steps.push(call)
        return value
      }
      case 'page': {
        const { calls, value } = this.#page(slot.page, row)
        steps.push(...calls)
        return value
      }
    }
  }

  #orderKey({ of, column, missing, absent }: OrderKey, row: Row): Cypher {
    const property = `${of === 'link' ? row.link : row.node}.${quoted(column)}`
    if (missing) return `CASE WHEN ${property} ${missing === 'null' ? 'IS NULL' : "= ''"} THEN 1 ELSE 0 END`
    return absent === undefined ? property : `coalesce(${property}, ${absent === '' ? "''" : absent})`
  }

  /** Empty where every type of node is possible. */
  #labels(types: readonly string[]): Cypher {
    return types.length === this.graph.nodes.size ? '' : `:${types.map(quoted).join('|')}`
  }

  #parameter(value: Value): Cypher {
    const known = this.parameters.indexOf(value)
    return `$p${known < 0 ? this.parameters.push(value) - 1 : known}`
  }

  #name(prefix: string): string {
    this.#names += 1
    return `${prefix}${this.#names}`
  }
}

const property = (variable: string, column: Column): Cypher => `${variable}.${quoted(column.name)}`

/** What a call takes over from the row that it belongs to. */
const variables = ({ from }: Page, parent: Row | null): string => {
  if (!parent || from.kind === 'scan') return ''
  return from.kind === 'citations' && from.of === 'link' ? parent.link : parent.node
}

/** The variables of a row that are used after its match. */
const keptOf = ({ from }: RowsOf, { node, link, from: start, to }: Row): readonly string[] => [
  ...new Set([node, ...(from.kind === 'scan' ? [] : [link]), ...(start ? [start] : []), ...(to ? [to] : [])]),
]

const lines = (...parts: readonly Cypher[]): Cypher => parts.join('\n')

const indent = (text: Cypher): Cypher => text.replaceAll(/^/gm, '  ')
