import {
  type GraphQLArgument,
  type GraphQLEnumType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isNonNullType,
} from 'graphql'
import { nearest } from '../search/nearest.js'
import { allFields, chosenFields } from './choose-fields.js'
import { bad, MAX_PARAMETERS, readFilterParameters, readValue } from './read-filter-parameters.js'
import { type Field, fieldsOf, isPaged, isWorkedOut, type Route } from './routes.js'

/** A question as GraphQL asks it, and where in its answer what was asked stands. */
export interface ApiQuestion {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  /** The keys that lead to the record or list. */
  readonly path: readonly string[]
  /** The key under which the rows of a page stand: `nodes`, `edges`, `rows`; null where the field is its rows itself, or a record. */
  readonly rows: string | null
}

export interface ApiRequest {
  readonly route: Route
  readonly parameters: URLSearchParams
  /** Whether the rows are given as a table, which has all of them unless it is said how many. */
  readonly isTable: boolean
  /** The type of the record, where the field may give several; without it, only the type is asked. */
  readonly as?: string
}

/** What is no argument of a field, and what it does. */
export const OWN_PARAMETERS: Readonly<Record<string, string>> = {
  fields: 'The fields wanted, with commas between: `id,title,organization.name`.',
  order: 'The order: names with commas between, with `-` before those that go down: `-date,title`.',
  by: 'Of figures, the keys with commas between: `voteEvent.date:YEAR,organization`.',
  format: '`json`, `csv` or `xlsx`, as the end of the address also says.',
  bom: '`true` begins a CSV with a byte order mark.',
}
const IN_RESPONSE = new Set(['format', 'bom'])

/**
 * Reads an address as a question of GraphQL.
 * @throws GraphQLError 400 for a parameter that is not known, with the nearest that is, and for a value that cannot be read
 */
export const readRequest = (schema: GraphQLSchema, { route, parameters, isTable, as }: ApiRequest): ApiQuestion => {
  const given = [...parameters].filter(([name]) => !IN_RESPONSE.has(name))
  if (given.length > MAX_PARAMETERS)
    throw bad(`The address has ${given.length} parameters; at most ${MAX_PARAMETERS} are read.`)
  const reader = new RequestReader(schema, given)
  if (route.kind === 'record') return reader.record(route, as)
  return reader.rows(route.field, route.of, isTable)
}

interface Argument {
  readonly name: string
  readonly type: string
  readonly value: unknown
}

class RequestReader {
  readonly #used = new Set<string>()

  constructor(
    readonly schema: GraphQLSchema,
    readonly given: readonly (readonly [string, string])[],
  ) {}

  record({ field, id }: Route & { readonly kind: 'record' }, as: string | undefined): ApiQuestion {
    const args = id === null ? this.#arguments(field, ['fields']) : [{ name: 'id', type: 'ID!', value: id }]
    const type = this.schema.getType(as ?? getNamedType(field.type).name) as GraphQLNamedType
    const fields = isAbstractType(type) ? '__typename' : this.#selection(type)
    this.#used.add('fields')
    this.#checkUsed(field, ['fields'])
    return question([{ field, args }], as ? `{ __typename ... on ${as} { ${fields} } }` : `{ ${fields} }`, null)
  }

  rows(field: Field, of: (Route & { readonly kind: 'rows' })['of'], isTable: boolean): ApiQuestion {
    const type = getNamedType(field.type)
    const { edges, nodes, rows } = fieldsOf(type)
    const isFigures = rows !== undefined && areFigures(rows)
    const own = isFigures ? ['fields', 'order', 'by'] : isWorkedOut(field) ? ['fields'] : ['fields', 'order']
    const args = this.#arguments(field, own)
    const rowField = rows ?? rowsOf(edges, nodes)
    const rowType = rowField ? getNamedType(rowField.type) : type
    const chosen = isFigures ? this.#figureFields(rowType) : this.#selection(rowType)
    this.#checkUsed(field, own)
    const counts = ['totalCount', 'undecidedCount', 'kindCount', 'suppressed'].filter((name) => name in fieldsOf(type))
    const facts = isWorkedOut(field)
      ? allFields(type, rowField)
      : `${counts.join(' ')} pageInfo { hasNextPage endCursor }`
    const page = isTable ? '' : `${facts} `
    const selection = rowField ? `{ ${page}${rowField.name} { ${chosen} } }` : `{ ${chosen} }`
    const asked = { field, args }
    const path = of ? [{ field: of.field, args: [{ name: 'id', type: 'ID!', value: of.id }] }, asked] : [asked]
    return question(path, selection, rowField?.name ?? null)
  }

  #selection(type: GraphQLNamedType): string {
    const fields = this.#take('fields')
    return fields ? chosenFields(type, 'fields', fields) : allFields(type)
  }

  /** Of figures: their keys, how many there are of each kind, and the sums of their numbers. */
  #figureFields(type: GraphQLNamedType): string {
    const { by, ...figures } = fieldsOf(type)
    const keys = this.#take('by')
    if (!by || !keys) {
      const known = by ? Object.keys(fieldsOf(getNamedType(by.type))) : []
      throw bad(
        `Figures need to know what they are by, with \`by\`, as in \`by=${known.slice(0, 2).join(',')}\`.${nearest('', known)}`,
      )
    }
    const keyFields = `by { ${chosenFields(getNamedType(by.type), 'by', keys)} }`
    const fields = this.#take('fields')
    if (fields) return `${keyFields} ${chosenFields(type, 'fields', fields)}`
    return `${keyFields} ${Object.values(figures).map(sums).join(' ')}`
  }

  /** The values of a field's arguments: `where` from all parameters that are not another's. */
  #arguments(field: Field, own: readonly string[]): readonly Argument[] {
    const args: Argument[] = []
    const where = field.args.find(({ name }) => name === 'where')
    for (const arg of field.args) {
      if (arg.name === 'where') continue
      const value = arg.name === 'orderBy' ? this.#order(arg) : this.#argument(arg)
      if (value !== undefined) args.push({ name: arg.name, type: arg.type.toString(), value })
    }
    const filters = this.given.filter(([name]) => !this.#used.has(name) && !own.includes(name))
    const type = where && getNamedType(where.type)
    if (where && isInputObjectType(type) && filters.length > 0) {
      for (const [name] of filters) this.#used.add(name)
      this.#checkNames(filters, field, own, Object.keys(type.getFields()))
      args.push({ name: 'where', type: where.type.toString(), value: readFilterParameters(type, filters) })
    }
    return args
  }

  #argument({ name, type }: GraphQLArgument): unknown {
    const named = getNamedType(type)
    if (isInputObjectType(named)) {
      // Its fields are parameters by themselves, or after its own name: `group=…`, `voters.group=…`.
      const isPart = (given: string) => given in named.getFields() || given.startsWith(`${name}.`)
      const parts = this.given.filter(([given]) => isPart(given))
      for (const [part] of parts) this.#used.add(part)
      const inner = parts.map(([given, value]) => [given.replace(`${name}.`, ''), value] as const)
      return parts.length > 0 || type.toString().endsWith('!') ? readFilterParameters(named, inner) : undefined
    }
    const value = this.#take(name)
    return value === undefined ? undefined : readValue(type, { name, value })
  }

  #order({ type }: GraphQLArgument): readonly string[] | undefined {
    const order = this.#take('order')
    if (order === undefined) return undefined
    const words = (getNamedType(type) as GraphQLEnumType).getValues().map(({ name }) => name)
    return order.split(',').map((part) => {
      const name = part.trim().replace(/^[-+]/, '')
      const word = `${name
        .replace(/[A-Z]/g, (letter) => `_${letter}`)
        .replaceAll('.', '_')
        .toUpperCase()}_${part.trim().startsWith('-') ? 'DESC' : 'ASC'}`
      if (words.includes(word)) return word
      const known = [...new Set(words.map((each) => camelCase(each.replace(/_(ASC|DESC)$/, ''))))]
      throw bad(`\`order\` names \`${name}\`, by which this list cannot be ordered.${nearest(name, known)}`)
    })
  }

  /** A parameter that may be given once. */
  #take(name: string): string | undefined {
    const values = this.given.filter(([given]) => given === name)
    if (values.length > 1) throw bad(`\`${name}\` is given ${values.length} times; give it once.`)
    this.#used.add(name)
    return values[0]?.[1]
  }

  #checkNames(
    filters: readonly (readonly [string, string])[],
    field: Field,
    own: readonly string[],
    inWhere: readonly string[],
  ) {
    for (const [name] of filters) {
      const first = name.split('.')[0] ?? ''
      if (!inWhere.includes(first)) throw unknown(first, [...inWhere, ...parametersOf(field, own)])
    }
  }

  #checkUsed(field: Field, own: readonly string[]): void {
    for (const [name] of this.given) if (!this.#used.has(name)) throw unknown(name, parametersOf(field, own))
  }
}

/** What stands before the parts of an argument: its name and a dot, unless it has to be given. */
export const beforePart = ({ name, type }: Pick<GraphQLArgument, 'name' | 'type'>): string =>
  isNonNullType(type) ? '' : `${name}.`

const unknown = (name: string, known: readonly string[]) =>
  bad(`There is no parameter \`${name.slice(0, 60)}\` here.${nearest(name, known)}`)

/** What an address of this field takes besides filters. */
const parametersOf = (field: Field, own: readonly string[]): readonly string[] => [
  ...field.args.flatMap(({ name, type }) => {
    const named = getNamedType(type)
    if (name === 'where' || name === 'orderBy') return []
    return isInputObjectType(named)
      ? Object.keys(named.getFields()).map((part) => beforePart({ name, type }) + part)
      : [name]
  }),
  ...own,
  ...IN_RESPONSE,
]

/** What gives a list's rows: its edges where they tell more than the records, else the records. */
export const rowsOf = (edges: Field | undefined, nodes: Field | undefined): Field | undefined => {
  const told = edges && Object.values(fieldsOf(getNamedType(edges.type))).filter((field) => !isPaged(field))
  return told?.some(({ name }) => name !== 'cursor' && name !== 'node') ? edges : (nodes ?? edges)
}

/** Whether a field's rows are figures, which have keys. */
export const areFigures = (rows: Field): boolean => fieldsOf(getNamedType(rows.type))['by'] !== undefined

/** A figure, or the sums of what lies within. */
const sums = (field: Field): string => {
  const inner = fieldsOf(getNamedType(field.type))
  if (Object.keys(inner).length === 0) return field.name
  return `${field.name} { ${inner['sum'] ? 'sum' : Object.values(inner).map(sums).join(' ')} }`
}

const camelCase = (word: string): string =>
  word.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const question = (
  path: readonly { readonly field: Field; readonly args: readonly Argument[] }[],
  selection: string,
  rows: string | null,
): ApiQuestion => {
  const all = path.flatMap(({ args }) => args)
  const names = all.map(({ name }, i) => (all.findIndex((each) => each.name === name) === i ? name : `${name}${i}`))
  const declared = all.map(({ type }, i) => `$${names[i]}: ${type}`)
  let number = 0
  const asked = path.map(({ field, args }) => {
    const written = args.map(({ name }) => `${name}: $${names[number++]}`)
    return `${field.name}${written.length > 0 ? `(${written.join(', ')})` : ''}`
  })
  const body = asked.reduceRight((inner, each) => `{ ${each} ${inner} }`, selection)
  return {
    query: `query Api${declared.length > 0 ? `(${declared.join(', ')})` : ''} ${body}`,
    variables: Object.fromEntries(all.map(({ value }, i) => [names[i], value])),
    path: path.map(({ field }) => field.name),
    rows,
  }
}
