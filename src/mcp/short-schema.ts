import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'

const HEAD = `The schema in short. The whole of it, with a sentence for each field and all filters, is at /schema.graphql.

[T] is a list: it takes where, orderBy: [FIELD_ASC | FIELD_DESC], first and after, and has totalCount, undecidedCount, nodes, edges { node } and pageInfo { hasNextPage endCursor }; +{…} are fields of its edges. person(id: ID) gives a Person, and so on. xs +stats: beside it stands xStats(where, orderBy: [COUNT_DESC | KEY_ASC …], first), with totalCount, undecidedCount, kindCount and rows { by { keys } count share }, whose numbers give { sum min max mean }; a day as a key takes unit: DAY, MONTH or YEAR.
where names fields of T: { date: { within: "2023" } }; by kind: eq, in, known (all), lt lte gt gte (numbers, days), within (days), contains, startsWith (texts). One neighbour: its own where. A list: { some, none, every: where, count }; fields of its edges stand under link. and, or: lists; not: one.
Fields that give VotingFigures, TurnedBallots or PositionsFound take of these besides what is shown: where (of VoteEvent), from, to (days), body (an id), voters: { group, country, memberOf (ids), where (of Person) }, every: YEAR | MONTH | SITTING, atLeast, order: HIGHEST_FIRST | LOWEST_FIRST, first, skip.
Every record has id, sources { edges { locator node { id title url license } } }, issues and updatedAt, which are left out below.
`

/** What every record has, which the head says once. */
const COMMON = new Set(['id', 'sources', 'issues', 'updatedAt'])
const PAGING = new Set(['where', 'orderBy', 'first', 'after'])
/** What figures of votes take, whatever the measure. */
const OF_FIGURES = new Set(['where', 'from', 'to', 'body', 'voters', 'every', 'atLeast', 'order', 'first', 'skip'])
const VOTING = new Set(['VotingFigures', 'TurnedBallots', 'PositionsFound'])
const SPELT = /(Connection|Edge|Stats|StatRow|Keys|Numbers)$/

/** Writes the types, fields and arguments of a served schema without descriptions and filters, for whoever has little room. */
export const writeShortSchema = (schema: GraphQLSchema): string => {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))
  const query = schema.getQueryType()
  const composite = types.filter((type) => isObjectType(type) || isInterfaceType(type))
  const shown = composite.filter((type) => type !== query && !SPELT.test(type.name) && type.name !== 'PageInfo')
  const interfaces = new Map(composite.filter(isInterfaceType).map((type) => [type.name, fieldNames(type)]))
  const enums = types.filter(isEnumType).filter(({ name }) => !/Order$/.test(name))
  return [
    HEAD,
    ...(query ? [`Query: ${fieldsOf(query, new Set())}`] : []),
    '',
    ...shown.map((type) => `${headOf(type)}: ${fieldsOf(type, inheritedBy(type, interfaces))}`),
    '',
    ...enums.map(
      (type) =>
        `${type.name} = ${type
          .getValues()
          .map(({ name }) => name)
          .join(' | ')}`,
    ),
    '',
  ].join('\n')
}

type Composite = GraphQLObjectType | GraphQLInterfaceType

const fieldNames = (type: Composite): ReadonlySet<string> => new Set(Object.keys(type.getFields()))

const headOf = (type: Composite): string => {
  const above = type.getInterfaces().filter(({ name }) => name !== 'Node')
  return `${isInterfaceType(type) ? 'interface ' : ''}${type.name}${above.length > 0 ? ` (${above.map(({ name }) => name).join(', ')})` : ''}`
}

/** The fields that an interface shows already. */
const inheritedBy = (type: Composite, interfaces: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> =>
  new Set([...COMMON, ...type.getInterfaces().flatMap(({ name }) => [...(interfaces.get(name) ?? [])])])

const fieldsOf = (type: Composite, inherited: ReadonlySet<string>): string => {
  const fields = type.getFields()
  return Object.values(fields)
    .filter(({ name }) => !inherited.has(name) && !isStats(name, fields))
    .map((field) => fieldOf(field, fields))
    .join(', ')
}

type Fields = Composite extends { getFields(): infer F } ? F : never

const statsOf = (name: string): string => `${name.replace(/ies$/, 'y').replace(/s$/, '')}Stats`

const isStats = (name: string, fields: Fields): boolean =>
  name.endsWith('Stats') && Object.keys(fields).some((each) => statsOf(each) === name)

const fieldOf = ({ name, args, type }: GraphQLField<unknown, unknown>, fields: Fields): string => {
  const named = getNamedType(type)
  const asked = args
    .filter((arg) => !SPELT.test(named.name) || !PAGING.has(arg.name))
    .filter((arg) => !VOTING.has(named.name) || !OF_FIGURES.has(arg.name))
    .map((arg) => `${arg.name}${isRequiredArgument(arg) ? '' : '?'}: ${inputOf(arg.type)}`)
  const taken = asked.length > 0 ? `(${asked.join(', ')})` : ''
  const stats = fields[statsOf(name)] ? ' +stats' : ''
  if (isObjectType(named) && named.name.endsWith('Connection')) return `${name}${taken}: ${listOf(named)}${stats}`
  if (isObjectType(named) && named.name.endsWith('Stats')) return `${name}: stats`
  // Look-ups are named after the type that they give.
  if (taken && named.name === `${name.charAt(0).toUpperCase()}${name.slice(1)}`) return `${name}${taken}`
  return `${name}${taken}: ${String(type).startsWith('[') ? `plain list of ${named.name}` : named.name}`
}

const inputOf = (type: GraphQLInputType): string => {
  const named = getNamedType(type)
  if (isInputObjectType(named)) return `{ ${Object.keys(named.getFields()).join(' | ')} }`
  return String(type).replaceAll('!', '')
}

const listOf = (connection: GraphQLObjectType): string => {
  const { nodes, edges } = connection.getFields()
  const edge = edges && getNamedType(edges.type)
  const own = isObjectType(edge)
    ? Object.keys(edge.getFields()).filter((name) => !['cursor', 'node', 'sources'].includes(name))
    : []
  const columns = own.length > 0 ? ` +{${own.join(' ')}}` : ''
  return `[${nodes ? getNamedType(nodes.type).name : ''}]${columns}`
}
