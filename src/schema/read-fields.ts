import type { ConstDirectiveNode, FieldDefinitionNode } from 'graphql'
import {
  type Column,
  type EdgeMapping,
  type FieldMapping,
  type FiguresMapping,
  type Filter,
  type LinkShape,
  type NodeShape,
  type ScanMapping,
  totalOrder,
  VERSION,
} from '../model/graph-shape.js'
import type { ColumnReader } from './read-columns.js'
import { readOrder } from './read-order.js'
import { argument, type Definition, directive, fail, isEdgeType, unwrap } from './schema-document.js'
import type { SchemaTypes } from './schema-types.js'

/** The arguments that every list has. */
const OF_LISTS = new Set(['where', 'orderBy', 'first', 'after'])

/** Reads how the fields of a type are answered from the graph. */
export class FieldReader {
  constructor(
    readonly types: SchemaTypes,
    readonly columns: ColumnReader,
    readonly nodes: ReadonlyMap<string, NodeShape>,
    readonly links: ReadonlyMap<string, LinkShape>,
  ) {}

  /** Of all fields of a type. */
  read(definition: Definition): ReadonlyMap<string, FieldMapping> {
    return new Map((definition.fields ?? []).map((field) => [field.name.value, this.field(definition, field)]))
  }

  field(definition: Definition, field: FieldDefinitionNode): FieldMapping {
    const edge = directive(field, 'edge')
    if (edge) return this.#readEdge(definition, field, edge)
    const where = `field "${definition.name.value}.${field.name.value}"`
    if (directive(field, 'scan')) return this.scan(where, field)
    const figures = directive(field, 'figures')
    const of = argument<string>(figures, 'of')
    if (of) return this.figures(where, definition, field)
    const change = directive(field, 'change')
    if (change) return { kind: 'change', gives: argument<string>(change, 'gives') === 'KIND' ? 'kind' : 'version' }
    if (directive(field, 'citations')) {
      const connection =
        this.types.connectionOf(unwrap(field.type).type) ??
        fail(`field "${definition.name.value}.${field.name.value}" says @citations and gives no list`)
      return { kind: 'citations', connection }
    }
    const column = this.columns.columnOf(field)
    if (column?.kind === 'reference') {
      if (!directive(definition, 'link') && !isEdgeType(definition)) {
        fail(`field "${definition.name.value}.${field.name.value}" gives a node and needs @edge`)
      }
      return { kind: 'reference', column, types: this.types.possible(column.type, field.name.value) }
    }
    if (column) return { kind: 'column', column }
    const fields = this.columns.embedded(definition, field)
    const first = [...fields.values()][0] as Column
    return { kind: 'embedded', type: unwrap(field.type).type, fields, first }
  }

  /** Of the figures of a list, which another field of the type gives, or of all links of a type. */
  figures(where: string, definition: Definition, field: FieldDefinitionNode): FiguresMapping {
    const type = unwrap(field.type).type
    const named = type.replace(/Stats$/, 'Where')
    const asked = directive(field, 'figures')
    const linkName = argument<string>(asked, 'link')
    if (linkName) {
      const link =
        this.links.get(linkName) ?? fail(`${where} gives figures of the link "${linkName}", which is declared nowhere`)
      return { kind: 'figures', rows: { kind: 'links', link }, type, where: named }
    }
    const of = argument<string>(asked, 'of')
    const list = definition.fields?.find((each) => each.name.value === of) as FieldDefinitionNode
    const rows = this.field(definition, list)
    if (rows.kind !== 'edge' && rows.kind !== 'scan')
      fail(`field "${definition.name.value}.${of}" says @figures and is not a list`)
    return { kind: 'figures', rows, type, where: named }
  }

  /** Of a list of all records. */
  scan(where: string, field: FieldDefinitionNode): ScanMapping {
    const connection = this.types.connectionOf(unwrap(field.type).type) ?? fail(`${where} says @scan and gives no list`)
    const types = this.types.possible(connection.node, where)
    const node = types.length === 1 ? this.nodes.get(types[0] as string) : undefined
    const since = field.arguments?.find((each) => directive(each, 'since'))?.name.value ?? null
    if (since !== null && node) fail(`${where} says @since, and lists the records of one type only`)
    return {
      kind: 'scan',
      types,
      order: node?.order ?? [VERSION, { of: 'node', column: 'id', descending: false }],
      filters: this.#readFilters(where, field, node?.columns, undefined),
      since,
      connection,
    }
  }

  #readEdge(definition: Definition, field: FieldDefinitionNode, edge: ConstDirectiveNode): EdgeMapping {
    const where = `field "${definition.name.value}.${field.name.value}"`
    const linkName = argument<string>(edge, 'link') ?? ''
    const link = this.links.get(linkName) ?? fail(`${where} maps to the link "${linkName}", which is declared nowhere`)
    const direction = argument<string>(edge, 'direction') === 'IN' ? 'in' : 'out'
    const [near, far] = direction === 'out' ? [link.from, link.to] : [link.to, link.from]
    if (!near.includes(definition.name.value))
      fail(`${where} maps to the link "${linkName}", which has no end at "${definition.name.value}"`)

    const connection = this.types.connectionOf(unwrap(field.type).type)
    const target = connection?.node ?? unwrap(field.type).type
    const types = this.types.possible(target, where).filter((type) => far.includes(type))
    if (types.length === 0) fail(`${where} gives "${target}", and the link "${linkName}" never leads there`)

    const nodeColumns = types.length === 1 ? this.nodes.get(types[0] as string)?.columns : undefined
    const only = (argument<readonly { column: string; equals?: string; is?: boolean }[]>(edge, 'only') ?? []).map(
      (each) => {
        const equals =
          each.equals ?? each.is ?? fail(`${where} has an "only" on the column "${each.column}" without a value`)
        const column =
          link.columns.get(each.column) ??
          fail(`${where} has an "only" on the column "${each.column}", which the link "${linkName}" has not`)
        return { of: 'link' as const, column, equals }
      },
    )
    if (!connection && !only.length && (direction === 'in' || !link.one)) {
      fail(`${where} gives one neighbour, and the link "${linkName}" may have several`)
    }
    const ownOrder = argument<readonly string[]>(edge, 'order')
    const typeOrder = types.length === 1 && !ownOrder ? (this.nodes.get(types[0] as string)?.order ?? []) : null
    const order = connection ? totalOrder(typeOrder ?? readOrder(where, ownOrder ?? [], nodeColumns, link), link) : []
    const max = argument<number>(edge, 'max') ?? 100
    return {
      kind: 'edge',
      link,
      direction,
      types,
      only,
      order,
      filters: this.#readFilters(where, field, nodeColumns, link),
      asOf: this.#readAsOf(where, field, link),
      max,
      wholeOrNone: argument<boolean>(edge, 'wholeOrNone') ?? false,
      required: argument<boolean>(edge, 'required') ?? false,
      partialWhere: this.#readPartial(where, argument<string>(edge, 'partialWhere')),
      connection,
    }
  }

  /** The link and column by which the gate says that it found a rule broken. */
  #readPartial(where: string, is: string | undefined): EdgeMapping['partialWhere'] {
    if (is === undefined) return null
    const link = this.links.get('IssueAbout')
    const rule = this.nodes.get('Issue')?.columns.get('rule')
    if (!link || !rule?.words?.includes(is)) fail(`${where}: there is no rule "${is}" of the gate`)
    return { link, rule, is }
  }

  /** The argument that asks for links that hold on a day. */
  #readAsOf(where: string, field: FieldDefinitionNode, link: LinkShape): EdgeMapping['asOf'] {
    const argument_ = field.arguments?.find((each) => directive(each, 'asOf'))
    if (!argument_) return null
    const columnOf = (side: 'start' | 'end') => {
      const name = argument<string>(directive(argument_, 'asOf'), side) ?? ''
      return (
        link.columns.get(name) ?? fail(`${where} names the column "${name}", which the link "${link.name}" has not`)
      )
    }
    return { argument: argument_.name.value, start: columnOf('start'), end: columnOf('end') }
  }

  #readFilters(
    where: string,
    field: FieldDefinitionNode,
    nodeColumns: ReadonlyMap<string, Column> | undefined,
    link: LinkShape | undefined,
  ) {
    const filters = new Map<string, Filter>()
    for (const each of field.arguments ?? []) {
      if (directive(each, 'since') || directive(each, 'asOf')) continue
      if (OF_LISTS.has(each.name.value)) continue
      const filter = directive(each, 'filter')
      if (!filter) fail(`${where}, argument "${each.name.value}" says no @filter, so it would ask for nothing`)
      const name = argument<string>(filter, 'column') ?? ''
      const of = argument<string>(filter, 'of') === 'LINK' ? 'link' : 'node'
      const column =
        (of === 'link' ? link?.columns : nodeColumns)?.get(name) ??
        fail(`${where}, argument "${each.name.value}": there is no column "${name}" of the ${of}`)
      const { type } = unwrap(each.type)
      if (column.type !== type)
        fail(
          `${where}, argument "${each.name.value}" is of type "${type}", and the column "${name}" of type "${column.type}"`,
        )
      filters.set(each.name.value, { of, column })
    }
    return filters
  }
}
