import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isNonNullType,
} from 'graphql'
import type { Random } from './random.js'

/** A field of a question, with what is asked below it. */
export interface Asked {
  readonly alias: string
  readonly name: string
  readonly args: Record<string, string>
  readonly isList: boolean
  /** Fields, or fragments on a type. */
  readonly children: readonly (Asked | { readonly on: string; readonly children: readonly Asked[] })[]
}

export interface QueryOptions {
  readonly schema: GraphQLSchema
  readonly random: Random
  /** Ids that exist, to look up. */
  readonly ids: readonly string[]
  /** Lists within lists, and lists in all. */
  readonly maxDepth: number
  readonly maxLists: number
}

/** Makes a random question that the schema allows and the limits let through. */
export const randomQuery = (options: QueryOptions): Asked => {
  const { schema, random, ids } = options
  const query = schema.getQueryType() as GraphQLObjectType
  const field = random.pick(Object.values(query.getFields()).filter((each) => each.name !== 'nodes'))
  let lists = 0
  const fieldOf = (
    type: GraphQLObjectType | GraphQLInterfaceType,
    each: GraphQLField<unknown, unknown>,
    depth: number,
  ): Asked | null => {
    const named = getNamedType(each.type)
    const isList = named.name.endsWith('Connection')
    if (isList) {
      if (depth >= options.maxDepth || lists >= options.maxLists) return null
      lists += 1
    }
    const args = argumentsOf(each, random, ids, type === query)
    const children = isCompositeType(named)
      ? selectionOf(named as GraphQLObjectType | GraphQLInterfaceType, isList ? depth + 1 : depth)
      : []
    if (isCompositeType(named) && children.length === 0) return null
    return { alias: `${each.name}_${random.below(1000)}`, name: each.name, args, isList, children }
  }
  const selectionOf = (type: GraphQLObjectType | GraphQLInterfaceType, depth: number): Asked['children'] => {
    const fields = Object.values(type.getFields())
    const isConnection = type.name.endsWith('Connection')
    // Half of the lists are asked for all there is to know of them.
    const wanted =
      isConnection && random.chance(0.5)
        ? fields
        : fields.filter(() => random.chance(isConnection ? 0.5 : 2.5 / fields.length + 0.05))
    const children: (Asked | { on: string; children: Asked[] })[] = wanted.flatMap(
      (each) => fieldOf(type, each, depth) ?? [],
    )
    if (isInterfaceType(type) && random.chance(0.6)) {
      const on = random.pick(schema.getPossibleTypes(type))
      const inner = Object.values(on.getFields())
        .filter(() => random.chance(0.1))
        .flatMap((each) => fieldOf(on, each, depth) ?? [])
      if (inner.length > 0) children.push({ on: on.name, children: inner })
    }
    children.push({ alias: 't', name: '__typename', args: {}, isList: false, children: [] })
    return children
  }
  for (let attempt = 0; attempt < 50; attempt += 1) {
    lists = 0
    const asked = fieldOf(query, field, 0)
    if (asked) return asked
  }
  throw new Error(`Nothing could be asked of "${field.name}".`)
}

/** The question's text. */
export const printQuestion = (asked: Asked): string => `{ ${printField(asked)} }`

const printField = ({ alias, name, args, children }: Asked): string => {
  const list = Object.entries(args).map(([key, value]) => `${key}: ${value}`)
  const below = children.map((child) =>
    'on' in child ? `... on ${child.on} { ${child.children.map(printField).join(' ')} }` : printField(child),
  )
  return `${alias}: ${name}${list.length > 0 ? `(${list.join(', ')})` : ''}${below.length > 0 ? ` { ${below.join(' ')} }` : ''}`
}

const argumentsOf = (
  field: GraphQLField<unknown, unknown>,
  random: Random,
  ids: readonly string[],
  isRoot: boolean,
): Record<string, string> => {
  const args: Record<string, string> = {}
  for (const arg of field.args) {
    const value = argumentOf(arg, random, ids, isRoot)
    if (value !== null) args[arg.name] = value
  }
  if ('reference' in args && 'id' in args) delete args['reference']
  return args
}

const argumentOf = (arg: GraphQLArgument, random: Random, ids: readonly string[], isRoot: boolean): string | null => {
  if (arg.name === 'first') return String(1 + random.below(4))
  if (arg.name === 'since') return String(random.below(3))
  const named = getNamedType(arg.type).name
  if (arg.name === 'after' || arg.name === 'reference') return null
  if (named === 'ID' || arg.name === 'text') return JSON.stringify(random.pick(ids))
  if (named === 'Date') return random.chance(0.3) ? JSON.stringify(`20${10 + random.below(20)}-06-15`) : null
  if (named === 'EntityBy') return `{ id: ${JSON.stringify(random.pick(ids))} }`
  const type = isNonNullType(arg.type) ? arg.type.ofType : arg.type
  if (isRoot || random.chance(0.3)) {
    if (isEnumType(type)) return random.pick(type.getValues()).name
    if (getNamedType(type).name === 'Boolean') return String(random.chance(0.5))
  }
  return null
}

/** The lists of an answer that go on, with the cursor at which each does. */
export const openLists = (
  asked: Asked,
  data: unknown,
): readonly { readonly list: Asked; readonly cursor: string }[] => {
  const found: { list: Asked; cursor: string }[] = []
  const walk = (field: Asked, value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) walk(field, item)
      return
    }
    if (value === null || typeof value !== 'object') return
    const object = value as Record<string, unknown>
    // The tallies of a ballot are never cut, so they have no next page.
    if (field.isList && field.name !== 'counts') {
      const info = field.children.find((child): child is Asked => 'name' in child && child.name === 'pageInfo')
      const end = info?.children.find((child): child is Asked => 'name' in child && child.name === 'endCursor')
      const cursor = info && end && (object[info.alias] as Record<string, unknown> | undefined)?.[end.alias]
      if (typeof cursor === 'string') found.push({ list: field, cursor })
    }
    const below = (children: Asked['children']) => {
      for (const child of children) 'on' in child ? below(child.children) : walk(child, object[child.alias])
    }
    below(field.children)
  }
  walk(asked, (data as Record<string, unknown>)[asked.alias])
  return found
}
