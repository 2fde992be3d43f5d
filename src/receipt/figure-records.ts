import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  separateOperations,
  visit,
} from 'graphql'
import { fragmentsOf } from '../query/planned-documents.js'
import { type Request, selectFields } from '../query/select-fields.js'
import type { TableList } from '../table/read-table.js'

/** A key of figures: its column there, that of the records, and how many characters of a day it has. */
interface FigureKey {
  readonly figure: string
  readonly record: string
  readonly length: number | null
}

/** A number of figures: its column there, and the column of the records that it is of. */
interface FigureNumber {
  readonly figure: string
  readonly record: string | null
  readonly how: 'count' | 'share' | 'sum' | 'min' | 'max' | 'mean'
}

/** The records that figures are made of, as a question, and how they are. */
export interface FigureRecords {
  readonly query: string
  readonly keys: readonly FigureKey[]
  readonly numbers: readonly FigureNumber[]
}

const LENGTHS: ReadonlyMap<unknown, number> = new Map([
  ['YEAR', 4],
  ['MONTH', 7],
  ['DAY', 10],
])
const HOW: readonly string[] = ['sum', 'min', 'max', 'mean']

/**
 * The records that a document's figures count: the list beside them, asked as they are.
 * @param variables coerced
 * @returns null where no list gives them one by one
 */
export const figureRecords = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  list: TableList,
  variables: Readonly<Record<string, unknown>>,
): FigureRecords | null => {
  const request: Request = { schema, fragments: fragmentsOf(document), variables, looked: { selections: 0 } }
  const [place] = list.places
  const rowType = schema.getType(list.type)
  const owner = place && ownerOf(schema, document, place)
  if (!place || !owner || !isObjectType(rowType)) return null
  const records = owner.getFields()[`${place.name.value.replace(/Stats$/, '')}s`]
  const page = records && getNamedType(records.type)
  if (!records || !isObjectType(page)) return null
  // Votes are asked otherwise in figures than in a list of members.
  const whereOf = (field: GraphQLField<unknown, unknown> | undefined) =>
    field?.args.find(({ name }) => name === 'where')?.type
  const isAsked = place.arguments?.some(({ name }) => name.value === 'where')
  if (isAsked && whereOf(records) !== whereOf(owner.getFields()[place.name.value])) return null
  const { edges, nodes } = page.getFields()
  const edge = edges && getNamedType(edges.type)
  const record = nodes && getNamedType(nodes.type)
  if (!isObjectType(edge) || !record) return null
  const reader = new KeyReader(request, edge, record)
  const asked = selectFields(
    request,
    rowType,
    rowPlaces(request, getNamedType(fieldType(owner, place)) as GraphQLObjectType, list),
  )
  if (!reader.read(asked, rowType)) return null
  const selection = `{ edges { ${reader.selection('edge')} node { id ${reader.selection('node')} } } }`
  return {
    query: recordsDocument(document, operation, list, records.name, selection),
    keys: reader.keys,
    numbers: reader.numbers,
  }
}

const fieldType = (owner: GraphQLObjectType, place: FieldNode) => owner.getFields()[place.name.value]?.type

/** The type whose field the figures are. */
const ownerOf = (schema: GraphQLSchema, document: DocumentNode, place: FieldNode): GraphQLObjectType | null => {
  // Figures stand at the root, or on a record that is looked up by a root field.
  const query = schema.getQueryType() as GraphQLObjectType
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    for (const root of definition.selectionSet.selections) {
      if (root === place) return query
      if (root.kind !== Kind.FIELD || !root.selectionSet?.selections.includes(place)) continue
      const type = getNamedType(query.getFields()[root.name.value]?.type)
      if (isObjectType(type)) return type
    }
  }
  return null
}

/** The selections of the rows of figures. */
const rowPlaces = (request: Request, type: GraphQLObjectType, { places, page }: TableList) => {
  const fields = selectFields(
    request,
    type,
    places.map(({ selectionSet }) => selectionSet),
  )
  return (fields.get(page?.key ?? '') ?? []).map(({ selectionSet }) => selectionSet)
}

type Asked = ReadonlyMap<string, readonly FieldNode[]>

/** Where a key's fields stand in a record's row: on the link, or on the record. */
interface Standing {
  readonly of: 'edge' | 'node'
  readonly type: GraphQLNamedType
  readonly path: readonly string[]
}

/** Reads the keys and numbers of figures as columns of the records. */
class KeyReader {
  readonly keys: FigureKey[] = []
  readonly numbers: FigureNumber[] = []
  readonly #chosen = { edge: new Set<string>(), node: new Set<string>() }

  constructor(
    readonly request: Request,
    readonly edge: GraphQLObjectType,
    readonly record: GraphQLNamedType,
  ) {}

  /** @returns whether all of them are columns of the records */
  read(asked: Asked, type: GraphQLObjectType): boolean {
    return [...asked].every(([as, places]) => {
      const [{ name }] = places as readonly [FieldNode]
      if (name.value === 'count' || name.value === 'share') {
        this.numbers.push({ figure: as, record: null, how: name.value })
        return true
      }
      const inner = getNamedType(type.getFields()[name.value]?.type)
      if (name.value === '__typename' || !isObjectType(inner)) return name.value === '__typename'
      const fields = this.#select(inner, places)
      if (name.value === 'by') return [...fields].every(([key, each]) => this.#key([as, key], inner, each, []))
      return this.#number([as], [name.value], fields, inner)
    })
  }

  /** What has to be asked of the records. */
  selection(of: 'edge' | 'node'): string {
    return [...this.#chosen[of]].map((path) => nested(path.split('.'))).join(' ')
  }

  #select(type: GraphQLNamedType, places: readonly FieldNode[]): Asked {
    const sets = places.map(({ selectionSet }) => selectionSet)
    return selectFields(this.request, type as GraphQLObjectType, sets)
  }

  #key(
    name: readonly string[],
    keys: GraphQLObjectType,
    places: readonly FieldNode[],
    path: readonly string[],
  ): boolean {
    const [place] = places as readonly [FieldNode]
    const field = keys.getFields()[place.name.value]
    if (!field) return false
    const within = [...path, place.name.value]
    if (isLeafType(getNamedType(field.type))) {
      const record = this.#column(within)
      const unit = place.arguments?.find((each) => each.name.value === 'unit')?.value
      const written =
        unit?.kind === Kind.ENUM
          ? unit.value
          : unit?.kind === Kind.VARIABLE
            ? this.request.variables[unit.name.value]
            : 'DAY'
      const isDay = field.args.some((each) => each.name === 'unit')
      if (record === null) return false
      this.keys.push({ figure: name.join('.'), record, length: isDay ? (LENGTHS.get(written) ?? null) : null })
      return true
    }
    const inner = getNamedType(field.type) as GraphQLObjectType
    return [...this.#select(inner, places)].every(([key, each]) => this.#key([...name, key], inner, each, within))
  }

  #number(name: readonly string[], path: readonly string[], asked: Asked, type: GraphQLObjectType): boolean {
    return [...asked].every(([as, places]) => {
      const [{ name: field }] = places as readonly [FieldNode]
      if (HOW.includes(field.value)) {
        const record = this.#column(path)
        if (record === null) return false
        this.numbers.push({ figure: [...name, as].join('.'), record, how: field.value as FigureNumber['how'] })
        return true
      }
      const inner = getNamedType(type.getFields()[field.value]?.type)
      return (
        isObjectType(inner) && this.#number([...name, as], [...path, field.value], this.#select(inner, places), inner)
      )
    })
  }

  /** The column of the records that a path of fields leads to; null where they have none. */
  #column(path: readonly string[]): string | null {
    const standing = this.#standing(path)
    if (!standing) return null
    let { type } = standing
    const names = standing.path.map((name, i) => {
      // Keys call the type of a record `type`.
      const isLast = i === standing.path.length - 1
      const found = fieldsOf(type)[name]
      if (!found) return name === 'type' && isLast ? '__typename' : null
      type = getNamedType(found.type)
      return name
    })
    if (names.includes(null) || (names.at(-1) !== '__typename' && !isLeafType(type))) return null
    this.#chosen[standing.of].add(names.join('.'))
    const isTaken = standing.of === 'node' && (names[0] as string) in this.edge.getFields()
    return isTaken ? `node.${names.join('.')}` : names.join('.')
  }

  /** On the link, on the record, or on the record by the name of its type: the person of a vote. */
  #standing(path: readonly string[]): Standing | null {
    const [first = '', ...rest] = path
    const own = this.edge.getFields()[first]
    if (own && first !== 'node' && first !== 'cursor') return { of: 'edge', type: this.edge, path }
    if (fieldsOf(this.record)[first]) return { of: 'node', type: this.record, path }
    const name = this.record.name
    if (first === `${name[0]?.toLowerCase()}${name.slice(1)}` && rest.length > 0)
      return { of: 'node', type: this.record, path: rest }
    return first === 'type' ? { of: 'node', type: this.record, path } : null
  }
}

const fieldsOf = (type: GraphQLNamedType) => (isObjectType(type) || isInterfaceType(type) ? type.getFields() : {})

const nested = ([first = '', ...rest]: readonly string[]): string =>
  rest.length === 0 ? first : `${first} { ${nested(rest)} }`

/** The document that asks for the records in the place of the figures, with the same filter. */
const recordsDocument = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { places }: TableList,
  name: string,
  selection: string,
): string => {
  const own = separateOperations(document)[operation.name?.value ?? ''] ?? document
  const [place] = places
  const asked = visit(own, {
    Field: (node) => {
      if (node !== place) return undefined
      const where = node.arguments?.filter((each) => each.name.value === 'where') ?? []
      const { selectionSet } = parse(selection).definitions[0] as OperationDefinitionNode
      return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name }, arguments: where, selectionSet } as FieldNode
    },
  })
  const used = new Set<string>()
  visit(asked, { VariableDefinition: () => false, Variable: (node) => void used.add(node.name.value) })
  const needed = visit(asked, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
    FragmentDefinition: () => null,
  })
  return print(needed)
}
