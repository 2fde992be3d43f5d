import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import type { GraphShape, RootMapping } from '../model/graph-shape.js'
import type { Answer, GraphSizes, GraphStore, Statement } from '../store/graph-store.js'
import type { Plan } from '../store/plan.js'
import type { Bound } from '../store/values.js'
import { checkCosts } from './check-limits.js'
import { skeletonOf } from './holes.js'
import { sizesOf } from './known-sizes.js'
import { planQuery } from './plan-query.js'
import { PlanValues } from './plan-values.js'
import { priceOf, refuseAbove } from './price.js'
import { at } from './refused-at.js'
import { answerSearch, SEARCH_PRICE, type SearchPlan } from './search-plan.js'
import { type Request, selectFields } from './select-fields.js'

export interface ExecutorOptions {
  /** The schema that is served, made from the same document as the shape. */
  readonly schema: GraphQLSchema
  readonly shape: GraphShape
  readonly store: GraphStore
  /** Milliseconds after which a statement is ended. */
  readonly timeout?: number
  /** Told of each statement, as it was sent. */
  readonly onStatement?: (statement: Statement) => void
}

type Json = Answer['json']

/** An answer whose text is already written; `data` is read from it only where somebody asks. */
export interface WrittenResult extends ExecutionResult {
  /** The response in JSON, with the errors that the result has by then; Yoga puts text and bytes into a response alike. */
  readonly stringify: (result: ExecutionResult) => string | Buffer
}

export type Executor = (
  args: ExecutionArgs & { readonly signal?: AbortSignal },
) => Promise<ExecutionResult | WrittenResult>

/**
 * Makes what answers a validated document, in four steps: select the root fields, plan each, have the store answer
 * each plan with one statement, and write the answers one after the other. Introspection is graphql-js's.
 */
export const createExecutor = (options: ExecutorOptions): Executor => {
  const planned = new PlannedDocuments()
  // Whoever asks first need not wait for the whole of the count.
  sizesOf(options.store).catch(() => undefined)
  return async (args) => {
    const operation = getOperationAST(args.document, args.operationName)
    if (operation?.operation !== 'query') return execute(args)
    const { schema, shape } = options
    const definitions = operation.variableDefinitions ?? []
    const variables = getVariableValues(schema, definitions, args.variableValues ?? {}, { maxErrors: 50 })
    if (variables.errors) return { errors: variables.errors }

    const skeleton = skeletonOf(schema, operation, variables.coerced)
    const plan = () => {
      const fragments = fragmentsOf(args.document)
      const { variables, inFilters } = skeleton
      const request: Request = { schema, fragments, variables, inFilters, looked: { selections: 0 } }
      return planOperation(request, shape, operation)
    }
    const { fields, errors, price, values } = planned.get(args.document, operation, skeleton.key, plan)
    if (errors.length > 0) return { errors }
    const { bound, refused } = bind(values, variables.coerced)
    if (refused) return { errors: [refused] }
    const priced = await checkPrice(price, operation, options.store)
    if (priced.refused) return { errors: [priced.refused] }
    const asked = { bound, failed: priced.failed }
    return writeResult(await Promise.all(fields.map((field) => answerField(field, asked, options, args))))
  }
}

interface RootField {
  readonly key: string
  readonly name: string
  readonly places: readonly FieldNode[]
  readonly mapping: RootMapping | undefined
}

/** A root field with its plan; without one it is graphql-js's to answer. */
interface PlannedField extends RootField {
  readonly plan: Plan | SearchPlan | undefined
}

interface Planned {
  readonly fields: readonly PlannedField[]
  readonly errors: readonly GraphQLError[]
  readonly price: RequestPrice
  readonly values: PlanValues
  /** Fields that its statements write by themselves. */
  readonly printed: number
}

/** What a request costs in a graph of some size; reckoned anew when that is another. */
class RequestPrice {
  readonly #plans: readonly (Plan | SearchPlan)[]
  #sizes: GraphSizes | null = null
  #price = 0

  constructor(
    readonly shape: GraphShape,
    fields: readonly PlannedField[],
  ) {
    this.#plans = fields.flatMap(({ plan }) => plan ?? [])
  }

  get isFree(): boolean {
    return this.#plans.length === 0
  }

  in(sizes: GraphSizes): number {
    if (this.#sizes !== sizes) {
      this.#price = this.#plans.reduce((sum, plan) => sum + priceIn(plan, sizes, this.shape), 0)
      this.#sizes = sizes
    }
    return this.#price
  }
}

/** A search has one price, and what is asked of its hits another. */
const priceIn = (plan: Plan | SearchPlan, sizes: GraphSizes, shape: GraphShape): number => {
  if (plan.kind !== 'search') return priceOf(plan, sizes, shape)
  const ofHits = plan.entries.map((entry) => ('nodes' in entry ? priceOf(entry.nodes, sizes, shape) : 0))
  return ofHits.reduce((sum, each) => sum + each, SEARCH_PRICE)
}

/** Plans kept, and about how many bytes they take with their documents and statements. */
const KEPT = { max: 2_000, maxSize: 40_000_000 }
/** A parsed document takes some 50 bytes for each of its characters, and a plan with its statement 300 for each field that it prints. */
const BYTES = { character: 50, field: 300 }

/** Plans by document, and by what they depend on of a request's variables; the server keeps the documents it has parsed. */
class PlannedDocuments {
  readonly #numbers = new WeakMap<DocumentNode, number>()
  readonly #plans = new LRUCache<string, Planned>(KEPT)
  #last = 0

  get(document: DocumentNode, { name }: OperationDefinitionNode, skeleton: string, plan: () => Planned): Planned {
    const key = `${this.#numberOf(document)} ${name?.value ?? ''} ${skeleton}`
    const known = this.#plans.get(key)
    if (known) return known
    const made = plan()
    const size = key.length + BYTES.character * (document.loc?.end ?? 0) + BYTES.field * made.printed
    this.#plans.set(key, made, { size })
    return made
  }

  #numberOf(document: DocumentNode): number {
    const known = this.#numbers.get(document)
    if (known !== undefined) return known
    this.#last += 1
    this.#numbers.set(document, this.#last)
    return this.#last
  }
}

interface RootAnswer {
  readonly key: string
  readonly json: Json
  readonly errors: readonly GraphQLError[]
  /** Whether the whole answer is null, because a field that cannot be null has failed. */
  readonly fatal: boolean
}

const selectRootFields = (
  request: Request,
  shape: GraphShape,
  operation: OperationDefinitionNode,
): readonly RootField[] => {
  const query = request.schema.getQueryType() as GraphQLObjectType
  return [...selectFields(request, query, [operation.selectionSet])].map(([key, places]) => {
    const name = (places[0] as FieldNode).name.value
    return { key, name, places, mapping: shape.root.get(name) }
  })
}

const planOperation = (request: Request, shape: GraphShape, operation: OperationDefinitionNode): Planned => {
  const errors: GraphQLError[] = []
  /** What is refused is an error of the question, and not of the program. */
  const attempt = <T>(step: () => T): T | undefined => {
    try {
      return step()
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
      errors.push(error)
      return undefined
    }
  }
  const fields = attempt(() => selectRootFields(request, shape, operation)) ?? []
  const costs = { fields: 0, printed: 0 }
  const values = new PlanValues()
  const planned = fields.map((field) => {
    const { mapping, places } = field
    const checked = mapping && attempt(() => planQuery(request, shape, values, mapping, places))
    costs.fields += checked?.costs.fields ?? 0
    costs.printed += checked?.costs.printed ?? 0
    return { ...field, plan: checked?.plan }
  })
  attempt(() => at([operation], () => checkCosts(costs)))
  return { fields: planned, errors, price: new RequestPrice(shape, planned), values, printed: costs.printed }
}

/** Reads a request's values into the holes of its plans. */
const bind = (
  values: PlanValues,
  variables: Readonly<Record<string, unknown>>,
): { readonly bound: Bound; readonly refused?: GraphQLError } => {
  try {
    return { bound: values.bind(variables) }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return { bound: new Map(), refused: error }
  }
}

/** Whether the request has to look at too much of the graph, or why that cannot be told. */
const checkPrice = async (
  price: RequestPrice,
  operation: OperationDefinitionNode,
  store: GraphStore,
): Promise<{ readonly refused?: GraphQLError; readonly failed?: unknown }> => {
  if (price.isFree) return {}
  try {
    const sizes = await sizesOf(store)
    at([operation], () => refuseAbove(price.in(sizes)))
    return {}
  } catch (error) {
    return error instanceof GraphQLError ? { refused: error } : { failed: error }
  }
}

/** What is asked with a request's plans. */
interface Asked {
  readonly bound: Bound
  /** Why nothing can be answered now, if so. */
  readonly failed: unknown
}

const answerField = async (
  { plan, ...field }: PlannedField,
  { bound, failed }: Asked,
  options: ExecutorOptions,
  args: Parameters<Executor>[0],
): Promise<RootAnswer> => {
  const { key } = field
  if (!plan) return delegate(field, args)
  try {
    if (failed) throw failed
    const asking = {
      bound,
      signal: args.signal,
      request: args,
      ...(options.timeout ? { timeout: options.timeout } : {}),
    }
    if (plan.kind === 'search') {
      const json = await answerSearch(plan, options.store, options.shape, bound, asking)
      return { key, json, errors: [], fatal: false }
    }
    const { json, statement } = await options.store.answer(plan, asking)
    options.onStatement?.(statement)
    return { key, json, errors: [], fatal: false }
  } catch (error) {
    const originalError = error instanceof Error ? error : new Error(String(error))
    const failed = new GraphQLError(originalError.message, {
      nodes: field.places.slice(0, 1),
      path: [key],
      originalError,
    })
    const type = (options.schema.getQueryType() as GraphQLObjectType).getFields()[field.name]?.type
    return { key, json: 'null', errors: [failed], fatal: isNonNullType(type) }
  }
}

/** Has graphql-js answer a field that the graph does not: introspection. */
const delegate = async ({ key, places }: RootField, args: Parameters<Executor>[0]): Promise<RootAnswer> => {
  const definitions = args.document.definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? { ...definition, selectionSet: { kind: Kind.SELECTION_SET as const, selections: places } }
      : definition,
  )
  const { data, errors = [] } = await execute({ ...args, document: { ...args.document, definitions } })
  return { key, json: JSON.stringify(data?.[key] ?? null), errors, fatal: !data }
}

/** Writes the answers as one JSON object, in the order asked. */
const writeResult = (answers: readonly RootAnswer[]): WrittenResult => {
  const errors = answers.flatMap((answer) => answer.errors)
  const data = answers.some((answer) => answer.fatal)
    ? ['null']
    : ['{', ...answers.flatMap(({ key, json }, i) => [`${i === 0 ? '' : ','}${JSON.stringify(key)}:`, json]), '}']
  return {
    ...(errors.length > 0 ? { errors } : {}),
    get data() {
      return JSON.parse(joined(data).toString())
    },
    stringify: ({ errors: shown }) => {
      const told = shown && shown.length > 0 ? `"errors":${JSON.stringify(shown)},` : ''
      return joined([`{${told}"data":`, ...data, '}'])
    },
  }
}

/** One text where all are text; bytes are never decoded. */
const joined = (parts: readonly Json[]): string | Buffer =>
  parts.every((part) => typeof part === 'string')
    ? parts.join('')
    : Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))

const fragmentsOf = (document: DocumentNode): Request['fragments'] =>
  Object.fromEntries(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  )
