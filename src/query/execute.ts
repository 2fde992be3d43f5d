import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import type { GraphShape } from '../model/graph-shape.js'
import type { AnswerOptions, GraphStore, Statement } from '../store/graph-store.js'
import type { Plan } from '../store/plan.js'
import type { Bound } from '../store/values.js'
import { answererOf } from './answerers.js'
import { Explained } from './explained.js'
import { skeletonOf } from './holes.js'
import { sizesOf } from './known-sizes.js'
import type { PlanValues } from './plan-values.js'
import {
  fragmentsOf,
  PlannedDocuments,
  type PlannedField,
  planOperation,
  type RequestPrice,
  type RootField,
} from './planned-documents.js'
import { isWithin, refuseAbove } from './price.js'
import { at } from './refused-at.js'
import type { Request } from './select-fields.js'
import { VoteTables } from './voting/vote-tables.js'
import { type RootAnswer, readJson, type WrittenResult, writeResult } from './written-result.js'

export interface ExecutorOptions {
  /** The schema that is served, made from the same document as the shape. */
  readonly schema: GraphQLSchema
  readonly shape: GraphShape
  readonly store: GraphStore
  /** Milliseconds after which a statement is ended. */
  readonly timeout?: number
  /** The votes of members, for figures; where none are given, they are read when they are asked for. */
  readonly votes?: VoteTables
  /** Told of each statement, as it was sent, of the milliseconds that it took, and of the root field that asked it. */
  readonly onStatement?: (statement: Statement, milliseconds: number, field: string) => void
}

interface ExecutorArgs extends ExecutionArgs {
  /** Ends the statements. */
  readonly signal?: AbortSignal
  /** That the answer says how it was made, and how many milliseconds reading the document took. */
  readonly explain?: { readonly read: number | undefined }
}

export type Executor = (args: ExecutorArgs) => Promise<ExecutionResult | WrittenResult>

/**
 * Makes what answers a validated document, in four steps: select the root fields, plan each, have each plan answered,
 * and write the answers one after the other. Introspection is graphql-js's.
 */
export const createExecutor = (options: ExecutorOptions): Executor => {
  const planned = new PlannedDocuments()
  const votes = options.votes ?? new VoteTables(options.store, options.shape)
  // Whoever asks first need not wait for the whole of the count.
  sizesOf(options.store).catch(() => undefined)
  return async (args) => {
    const operation = getOperationAST(args.document, args.operationName)
    if (operation?.operation !== 'query') return execute(args)
    const explained = args.explain && new Explained(args.explain.read)
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
    explained?.step('plan')
    const priced = await checkPrice(price, operation, options, { bound, request: args, signal: args.signal })
    if (priced.refused) return { errors: [priced.refused] }
    explained?.step('price')
    const asked = { bound, failed: priced.failed, explained }
    const answers = await Promise.all(fields.map((field) => answerField(field, asked, { ...options, votes }, args)))
    explained?.step('answer')
    const isLasting = fields.every(({ plan }) => !plan || answererOf(plan).isLasting(plan))
    return writeResult(answers, { isLasting, extensions: explained?.extensions() })
  }
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
  { store, timeout }: ExecutorOptions,
  asking: AnswerOptions,
): Promise<{ readonly refused?: GraphQLError; readonly failed?: unknown }> => {
  if (price.isFree) return {}
  try {
    const sizes = await sizesOf(store)
    if (isWithin(price.in(sizes))) return {}
    const count = async (plan: Plan): Promise<number> => {
      const { json } = await store.answer(plan, { ...asking, ...(timeout ? { timeout } : {}) })
      return (readJson(json) as { readonly found: number }).found
    }
    const narrowed = await price.narrowedIn(sizes, count)
    at([operation], () => refuseAbove(narrowed))
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
  readonly explained: Explained | undefined
}

const answerField = async (
  { plan, ...field }: PlannedField,
  { bound, failed, explained }: Asked,
  options: ExecutorOptions & { readonly votes: VoteTables },
  args: ExecutorArgs,
): Promise<RootAnswer> => {
  const { key } = field
  if (!plan) return delegate(field, args)
  const { store, shape, votes, timeout } = options
  try {
    if (failed) throw failed
    const explainedField = explained?.field(key, () => answererOf(plan).words(plan, key, bound))
    const onStatement = (statement: Statement, milliseconds: number) => {
      options.onStatement?.(statement, milliseconds, field.name)
      explainedField?.statement(statement, milliseconds)
    }
    const asking = { bound, signal: args.signal, request: args, onStatement, ...(timeout ? { timeout } : {}) }
    const json = await answererOf(plan).answer(plan, { store, shape, votes, options: asking })
    explainedField?.answered(json)
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
const delegate = async ({ key, places }: RootField, args: ExecutorArgs): Promise<RootAnswer> => {
  const definitions = args.document.definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? { ...definition, selectionSet: { kind: Kind.SELECTION_SET as const, selections: places } }
      : definition,
  )
  const { data, errors = [] } = await execute({ ...args, document: { ...args.document, definitions } })
  return { key, json: JSON.stringify(data?.[key] ?? null), errors, fatal: !data }
}
