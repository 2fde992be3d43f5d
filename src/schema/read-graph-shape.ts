import { buildASTSchema, type ConstDirectiveNode, type DocumentNode, validateSchema } from 'graphql'
import {
  CITATIONS,
  type FieldMapping,
  type GraphShape,
  type LinkShape,
  type NodeShape,
  type RootMapping,
} from '../model/graph-shape.js'
import { hasColumnRule } from '../model/infer-columns.js'
import { ColumnReader } from './read-columns.js'
import { FieldReader } from './read-fields.js'
import { readOrder } from './read-order.js'
import {
  argument,
  checkSchema,
  type Definition,
  directive,
  fail,
  parseSchema,
  unwrap,
  withoutMapping,
} from './schema-document.js'
import { SchemaTypes } from './schema-types.js'
import { spellFilters } from './spell-filters.js'
import { spellLists } from './spell-lists.js'
import { spellVotes } from './spell-votes.js'

/**
 * Reads what the graph is from the text of `schema.graphql`.
 * @throws RapporteurError `BAD_SCHEMA`, naming the type and field, where schema and mapping disagree.
 */
export const readGraphShape = (schemaText: string): GraphShape => {
  const shape = new ShapeReader(checkSchema(spellLists(spellVotes(parseSchema(schemaText))))).read()
  const problems = validateSchema(buildASTSchema(shape.served, { assumeValidSDL: true }))
  if (problems.length > 0) fail(problems.map((problem) => problem.message.replace(/\.$/, '')).join('; '))
  return shape
}

class ShapeReader {
  readonly types: SchemaTypes
  readonly #nodes = new Map<string, NodeShape>()
  readonly #links = new Map<string, LinkShape>()
  readonly #columns: ColumnReader
  readonly #fields: FieldReader

  constructor(readonly document: DocumentNode) {
    this.types = new SchemaTypes(document)
    this.#columns = new ColumnReader(this.types)
    this.#fields = new FieldReader(this.types, this.#columns, this.#nodes, this.#links)
  }

  read(): GraphShape {
    const nodes = this.types.with('node')
    for (const definition of nodes) this.#nodes.set(definition.name.value, this.#readNode(definition))
    for (const definition of this.types.with('link')) {
      const link = directive(definition, 'link') as ConstDirectiveNode
      this.#links.set(definition.name.value, this.#readLink(definition, link))
    }
    this.#checkRules()
    const fields = new Map(
      [...nodes, ...this.types.with('graph')].map((definition) => [
        definition.name.value,
        this.#fields.read(definition),
      ]),
    )
    for (const [type, mappings] of [...fields]) this.#readEdgeTypes(type, mappings, fields)
    const root = this.#readRoot(fields)
    const read = { nodes: this.#nodes, links: this.#links, possibleTypes: this.types.possibleTypes, fields }
    return { ...read, root, ...spellFilters(withoutMapping(this.document), this.types, read, root) }
  }

  #readNode(definition: Definition): NodeShape {
    const name = definition.name.value
    const columns = this.#columns.read(definition)
    const order = argument<readonly string[]>(directive(definition, 'node'), 'order') ?? []
    const own = argument<boolean>(directive(definition, 'node'), 'own') ?? false
    const indexes = (definition.directives ?? [])
      .filter((each) => each.name.value === 'index')
      .map((each) => argument<readonly string[]>(each, 'columns') ?? [])
    for (const column of indexes.flat())
      if (!columns.has(column)) fail(`@index of type "${name}" names the column "${column}", which it has not`)
    return { name, columns, order: readOrder(`@node of type "${name}"`, order, columns, undefined), indexes, own }
  }

  #readLink(definition: Definition, link: ConstDirectiveNode): LinkShape {
    const name = definition.name.value
    const ends = (end: 'from' | 'to') =>
      [
        ...new Set(
          (argument<readonly string[]>(link, end) ?? []).flatMap((type) =>
            this.types.possible(type, `@link of "${name}"`),
          ),
        ),
      ].sort()
    if (this.#nodes.has(name)) fail(`"${name}" is both a node type and a link type; a table can be only one of them`)
    const [one, repeats] = [argument<boolean>(link, 'one') ?? false, argument<boolean>(link, 'repeats') ?? false]
    const says = argument<string>(link, 'says') ?? ''
    return { name, from: ends('from'), to: ends('to'), says, one, repeats, columns: this.#columns.read(definition) }
  }

  /** Columns that follow from other records follow by a rule, or from links that there are. */
  #checkRules(): void {
    for (const { name, columns } of [...this.#nodes.values(), ...this.#links.values()]) {
      for (const { name: column, derived } of columns.values()) {
        const where = `field "${name}.${column}"`
        if (derived?.how === 'inferred' && !hasColumnRule(name, column))
          fail(`${where} says @inferred, and there is no rule for it`)
        if (derived?.how === 'counted' && !this.#links.get(derived.link)?.from.includes(name))
          fail(`${where} says @counted, and no link "${derived.link}" goes out from "${name}"`)
      }
    }
  }

  /** Reads how the own fields of the edges of a type's lists are answered, and checks them against the link. */
  #readEdgeTypes(
    type: string,
    mappings: ReadonlyMap<string, FieldMapping>,
    fields: Map<string, ReadonlyMap<string, FieldMapping>>,
  ): void {
    for (const [name, mapping] of mappings) {
      if (mapping.kind === 'scan')
        this.#readEdgeType(`field "${type}.${name}"`, mapping.connection.edge, undefined, fields)
      const link = mapping.kind === 'edge' ? mapping.link : CITATIONS
      if ((mapping.kind !== 'edge' && mapping.kind !== 'citations') || !mapping.connection) continue
      this.#readEdgeType(`field "${type}.${name}"`, mapping.connection.edge, link, fields)
    }
  }

  #readEdgeType(
    where: string,
    edgeType: string,
    link: LinkShape | undefined,
    fields: Map<string, ReadonlyMap<string, FieldMapping>>,
  ): void {
    const definition = this.types.definitions.get(edgeType) ?? fail(`${where}: there is no type "${edgeType}"`)
    const own = (definition.fields ?? []).filter((field) => !['cursor', 'node'].includes(field.name.value))
    const mappings = new Map(own.map((field) => [field.name.value, this.#fields.field(definition, field)]))
    for (const [name, mapping] of mappings) {
      if (mapping.kind !== 'column' && mapping.kind !== 'reference') continue
      const column = link?.columns.get(name)
      if (column?.type !== mapping.column.type || column.required !== mapping.column.required) {
        fail(
          `${where} has edges of type "${edgeType}", whose field "${name}" is not a column of the link "${link?.name ?? 'none'}" with the same type`,
        )
      }
    }
    fields.set(edgeType, mappings)
  }

  #readRoot(fields: Map<string, ReadonlyMap<string, FieldMapping>>): ReadonlyMap<string, RootMapping> {
    const root = new Map<string, RootMapping>()
    for (const field of this.types.definitions.get('Query')?.fields ?? []) {
      const name = field.name.value
      const where = `field "Query.${name}"`
      const { type, list } = unwrap(field.type)
      const composed = directive(field, 'composed')
      if (composed) {
        root.set(name, { kind: 'composed', by: argument<string>(composed, 'by') ?? '' })
      } else if (directive(field, 'named')) {
        root.set(name, { kind: 'named', types: this.types.possible('Node', where) })
      } else if (directive(field, 'lookup')) {
        const types = this.types.possible(type, where)
        const columns = new Map(
          (field.arguments ?? []).map(
            (each) => [each.name.value, argument<string>(directive(each, 'filter'), 'column') ?? 'id'] as const,
          ),
        )
        for (const column of columns.values()) {
          if (column !== 'id' && !this.#nodes.get(type)?.columns.has(column))
            fail(`${where}: "${type}" has no column "${column}"`)
        }
        root.set(name, { kind: 'lookup', types, list, columns })
      } else if (directive(field, 'figures') && !directive(field, 'scan')) {
        root.set(name, this.#fields.figures(where, this.types.definitions.get('Query') as Definition, field))
      } else if (directive(field, 'scan')) {
        const mapping = this.#fields.scan(where, field)
        this.#readEdgeType(where, mapping.connection.edge, undefined, fields)
        root.set(name, mapping)
      } else {
        fail(`${where} says neither @lookup nor @scan, so nothing would answer it`)
      }
    }
    return root
  }
}
