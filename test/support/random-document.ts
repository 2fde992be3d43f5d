import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
} from 'graphql'
import type { Random } from './random.js'
import { printQuestion, randomQuery } from './random-query.js'

export interface DocumentOptions {
  readonly schema: GraphQLSchema
  readonly random: Random
  readonly ids: readonly string[]
}

type Composite = GraphQLObjectType | GraphQLInterfaceType

/**
 * Makes a valid document that goes up to the limits and a little beyond: single neighbours many levels deep, one field
 * under several names, fragments that are spread again and again, parts of lists; a third are wide questions.
 */
export const randomDocument = (options: DocumentOptions): string => {
  const { schema, random, ids } = options
  if (random.chance(0.34)) {
    const asked = randomQuery({ ...options, maxDepth: 2 + random.below(4), maxLists: 5 + random.below(36) })
    return printQuestion(asked)
  }
  const depth = 2 + random.below(10)
  const width = 1 + random.below(depth > 6 ? 2 : depth > 3 ? 3 : 12)
  const fragments: string[] = []
  let aliases = 30
  let names = 0

  const alias = (): string => {
    if (aliases === 0) return ''
    aliases -= 1
    names += 1
    return `a${names}: `
  }

  /** What is asked of a record of this type: plain fields, and below them neighbours and lists. */
  const selection = (type: Composite, levels: number): string => {
    const fields = Object.values(type.getFields())
    const plain = fields.filter((each) => !isCompositeType(getNamedType(each.type)))
    const parts = plain.filter(() => random.chance(0.3)).map(({ name }) => name)
    if (levels > 0) {
      const singles = fields.filter(isSingle)
      const lists = fields.filter(isList)
      if (singles.length > 0 && (lists.length === 0 || random.chance(0.8)))
        parts.push(...neighbours(random.pick(singles), levels))
      else if (lists.length > 0) parts.push(...list(random.pick(lists), levels))
      if (isInterfaceType(type) && random.chance(0.7)) {
        const on = random.pick(schema.getPossibleTypes(type))
        parts.push(`... on ${on.name} { ${selection(on, levels - 1)} }`)
      }
    }
    return ['__typename', ...parts].join(' ')
  }

  /** One neighbour under several names, with the same selection below each: in a fragment, or written out. */
  const neighbours = (field: GraphQLField<unknown, unknown>, levels: number): readonly string[] => {
    const type = getNamedType(field.type) as Composite
    const below = selection(type, levels - 1)
    let inner = below
    if (random.chance(0.7)) {
      const name = `F${fragments.length}`
      fragments.push(`fragment ${name} on ${type.name} { ${below} }`)
      inner = `...${name}`
    }
    const times = 1 + random.below(width)
    const asked = Array.from({ length: times }, (_, i) => (i === 0 ? '' : alias()))
    // Without a name left, the same field is asked again, which is merged.
    return asked.map((name) => `${name}${field.name} { ${inner} }`)
  }

  const list = (field: GraphQLField<unknown, unknown>, levels: number): readonly string[] => {
    const connection = getNamedType(field.type) as GraphQLObjectType
    const nodes = connection.getFields()['nodes']
    if (!nodes) return []
    const first = field.args.some(({ name }) => name === 'first') ? `(first: ${1 + random.below(3)})` : ''
    const inner = selection(getNamedType(nodes.type) as Composite, Math.min(levels - 1, 3))
    const info = random.chance(0.3) ? ' totalCount pageInfo { hasNextPage endCursor }' : ''
    return [`${alias()}${field.name}${first} { nodes { ${inner} }${info} }`]
  }

  const query = schema.getQueryType() as GraphQLObjectType
  const roots = Object.values(query.getFields()).filter((each) => each.args.some(({ name }) => name === 'id'))
  const root = random.pick(roots)
  const type = getNamedType(root.type) as Composite
  const prefix = isInterfaceType(type) ? random.pick(ids) : random.pick(ofType(ids, type.name))
  const body = selection(type, depth)
  return `{ ${alias()}${root.name}(id: ${JSON.stringify(prefix)}) { ${body} } } ${fragments.join(' ')}`.trim()
}

const ofType = (ids: readonly string[], type: string): readonly string[] => {
  const own = ids.filter((id) => id.startsWith(`synthetic:${type}-`) || (type === 'Source' && id.startsWith('source:')))
  return own.length > 0 ? own : ids
}

const isSingle = ({ type, args }: GraphQLField<unknown, unknown>): boolean => {
  const named = getNamedType(type)
  return args.length === 0 && isCompositeType(named) && 'getFields' in named && 'id' in named.getFields()
}

const isList = ({ type }: GraphQLField<unknown, unknown>): boolean => getNamedType(type).name.endsWith('Connection')
