import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
} from 'graphql'
import { refuse } from '../ask/refuse.js'
import { nearest } from '../search/nearest.js'

export type Field = GraphQLField<unknown, unknown>

/** What an address asks for. */
export type Route =
  /** One record; `of` is null where it is looked up by arguments. */
  | { readonly kind: 'record'; readonly field: Field; readonly id: string | null }
  /** A list or figures: of the whole graph, or of a record. */
  | { readonly kind: 'rows'; readonly field: Field; readonly of: { readonly field: Field; readonly id: string } | null }

/** What an address is called by what a field is: `voteEvents` is at `vote-events`. */
const pathOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Whether a field gives a page of a list, or figures; a record has these at addresses of their own. */
export const isPaged = (field: Field): boolean =>
  fieldsOf(getNamedType(field.type))['pageInfo'] !== undefined || isWorkedOut(field)

/** Whether a field gives rows that are worked out together, such as figures of votes. */
export const isWorkedOut = ({ type }: Field): boolean => fieldsOf(getNamedType(type))['rowCount'] !== undefined

/** Whether a field of the whole graph gives rows: a list that is paged or not, or figures. */
const givesRows = (field: Field): boolean => {
  const named = getNamedType(field.type)
  const hasRecords = isInterfaceType(named) || 'node' in fieldsOf(named)
  return isPaged(field) || (isListType(getNullableType(field.type)) && hasRecords)
}

/** The addresses of a schema, each with its field. */
export class Routes {
  readonly #fields: Map<string, Field>
  /** Of a list of records of one type, the field that gives one of them. */
  readonly #records = new Map<string, Field>()

  constructor(readonly schema: GraphQLSchema) {
    const fields = Object.values((schema.getQueryType() as GraphQLObjectType).getFields())
    this.#fields = new Map(fields.map((field) => [pathOf(field.name), field]))
    const byId = fields.filter(
      (field) =>
        isObjectType(getNullableType(field.type)) && !givesRows(field) && field.args.some(({ name }) => name === 'id'),
    )
    const ofType = new Map(byId.map((field) => [getNamedType(field.type).name, field]))
    for (const field of fields) {
      const record = ofType.get(rowTypeOf(field)?.name ?? '')
      if (record && givesRows(field)) this.#records.set(field.name, record)
    }
    // A record is found at its list.
    for (const { name } of this.#records.values()) this.#fields.delete(pathOf(name))
  }

  /** The addresses that give rows, and of which of them single records can be had. */
  get lists(): readonly { readonly path: string; readonly field: Field; readonly record: Field | null }[] {
    return [...this.#fields]
      .filter(([, field]) => givesRows(field))
      .map(([path, field]) => ({ path, field, record: this.#records.get(field.name) ?? null }))
  }

  /** The addresses that give one thing by what is asked in parameters. */
  get singles(): readonly { readonly path: string; readonly field: Field }[] {
    return [...this.#fields].filter(([, field]) => !givesRows(field)).map(([path, field]) => ({ path, field }))
  }

  /** The lists and figures of a record, by their addresses. */
  listsOf(record: Field): ReadonlyMap<string, Field> {
    const fields = Object.values(fieldsOf(getNamedType(record.type)))
    return new Map(fields.filter(isPaged).map((field) => [pathOf(field.name), field]))
  }

  /**
   * @param segments of the path after `/api`, decoded
   * @throws GraphQLError 404 for an address where nothing is
   */
  find(segments: readonly string[]): Route {
    const [name = '', ...rest] = segments
    const field = this.#fields.get(name)
    if (!field) throw notThere(`There is nothing at /api/${name}.${nearest(name, [...this.#fields.keys()])}`)
    if (rest.length === 0)
      return givesRows(field) ? { kind: 'rows', field, of: null } : { kind: 'record', field, id: null }
    const record = this.#records.get(field.name)
    if (!record) throw notThere(`/api/${name} has no records of its own; ask for /api/${name}.`)
    return this.#within(name, record, rest)
  }

  /** An id may have slashes in it, so that what follows it is told by what there is. */
  #within(name: string, record: Field, rest: readonly string[]): Route {
    const lists = this.listsOf(record)
    const last = rest.at(-1) ?? ''
    const list = rest.length > 1 ? lists.get(last) : undefined
    if (list) return { kind: 'rows', field: list, of: { field: record, id: rest.slice(0, -1).join('/') } }
    const id = rest.join('/')
    if (/^[a-z-]+$/.test(last) && rest.length > 1)
      throw notThere(`A record at /api/${name} has no list "${last}".${nearest(last, [...lists.keys()])}`)
    return { kind: 'record', field: record, id }
  }
}

export const fieldsOf = (type: GraphQLNamedType): Readonly<Record<string, Field>> =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields() : {}

/** The type of a list's records. */
const rowTypeOf = ({ type }: Field): GraphQLNamedType | undefined => {
  const nodes = fieldsOf(getNamedType(type))['nodes']
  return nodes && getNamedType(nodes.type)
}

const notThere = (sentence: string) => refuse('NOT_FOUND', 404, sentence)
