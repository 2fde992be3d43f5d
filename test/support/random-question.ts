import type { GraphQLSchema } from 'graphql'
import type { GraphShape, RootMapping } from '../../src/model/graph-shape.js'
import type { StoredGraph } from './filter-evaluator.js'
import type { Random } from './random.js'
import { randomDocument } from './random-document.js'
import { randomFigures } from './random-figures.js'
import { asArgument, randomFilter } from './random-filter.js'

export interface QuestionOptions {
  readonly schema: GraphQLSchema
  readonly shape: GraphShape
  readonly random: Random
  readonly graph: StoredGraph
  readonly ids: readonly string[]
}

/** A document with the values of its variables. */
export interface RandomQuestion {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/**
 * Makes a valid question up to the limits and a little beyond: half of them documents that are deep or wide, the others
 * lists and figures of whatever a filter says, with variables and with parts that are left out by one.
 */
export const randomQuestion = (options: QuestionOptions): RandomQuestion => {
  const { random, shape } = options
  if (random.chance(0.5)) return { query: randomDocument(options), variables: {} }
  const isOfLists = random.chance(0.6)
  const [name, mapping] = random.pick(
    [...shape.root].filter(([, { kind }]) => kind === (isOfLists ? 'scan' : 'figures')),
  )
  if (mapping.kind === 'scan') return listQuestion(options, name, mapping)
  if (mapping.kind === 'figures') return figuresQuestion(options, name, mapping.where)
  throw new Error(`"${name}" is neither a list nor figures.`)
}

const listQuestion = (
  { schema, shape, random, graph }: QuestionOptions,
  name: string,
  { connection }: Extract<RootMapping, { readonly kind: 'scan' }>,
): RandomQuestion => {
  const limits = { maxConditions: 1 + random.below(36), maxDepth: 1 + random.below(6) }
  const filter = randomFilter({ shape, random, graph, ...limits }, connection.where)
  const { declared, where, variables } = asArgument(random, schema, filter, connection.where)
  const first = random.pick([1, 4, 20, 100, 100, 101])
  const query = `query ($with: Boolean!, $after: String${declared}) {
    ${name}(where: ${where}, first: ${first}, after: $after) {
      nodes { id ...part @include(if: $with) } totalCount undecidedCount pageInfo @skip(if: $with) { hasNextPage }
    }
  } fragment part on Node { __typename sources(first: 2) { edges { locator node { id } } } }`
  return { query, variables: { ...variables, with: random.chance(0.5) } }
}

const figuresQuestion = (
  { schema, shape, random, graph }: QuestionOptions,
  name: string,
  type: string,
): RandomQuestion => {
  const figures = randomFigures({ shape, random, graph, maxDepth: 5 }, type)
  const { declared, where, variables } = asArgument(random, schema, figures.where, type)
  const order = figures.order.length > 0 ? `, orderBy: [${figures.order.join(', ')}]` : ''
  const atLeast = figures.atLeast === null ? '' : `, atLeast: ${figures.atLeast}`
  const query = `query ${declared && `(${declared.slice(2)}) `}{
    ${name}(where: ${where}${atLeast}${order}, first: ${random.pick([1, 7, 1000])}) {
      rows { ${figures.fields} } kindCount suppressed totalCount undecidedCount
    }
  }`
  return { query, variables }
}
