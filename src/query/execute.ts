import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  isNonNullType,
  type OperationDefinitionNode,
} from 'graphql'
import { RapporteurError } from '../errors.js'
import type { Gone } from '../gone.js'
import type { GraphShape } from '../model/graph-shape.js'
import type { AnswerOptions, GraphStore, Statement } from '../store/graph-store.js'
import type { Plan } from '../store/plan.js'
import type { Bound } from '../store/values.js'
import { answererOf } from './answerers.js'
import { COST_LIMITS, type Cost, costOf, REQUEST_POINTS } from './cost.js'
import { Explained } from './explained.js'
import { skeletonOf } from './holes.js'
import { Introspected } from './introspected.js'
import { sizesOf } from './known-sizes.js'
import type { PlanValues } from './plan-values.js'
import {
  fragmentsOf,
  PlannedDocuments,
  type PlannedField,
  planOperation,
  type RequestPrice,
} from './planned-documents.js'
import { isWithin, refuseAbove } from './price.js'
import { at } from './refused-at.js'
import type { Request } from './select-fields.js'
import type { StepWatch } from './step-watch.js'
import { VoteTables } from './voting/vote-tables.js'
import { type RootAnswer, readJson, type WrittenResult, writeResult } from './written-result.js'

export interface ExecutorOptions {
  /** The schema that is served, made from the same document as the shape. */
  readonly schema: GraphQLSchema
  readonly shape: GraphShape
  readonly store: GraphStore
  /** Milliseconds after which a statement is ended. */
  readonly timeout?: number
  /** Milliseconds in which a question has to be answered, however many statements it takes. */
  readonly questionTimeout?: number
  /** The votes of members, for figures; where none are given, they are read when they are asked for. */
  readonly votes?: VoteTables
  /** Told of each statement, as it was sent, of the milliseconds that it took, and of the root field that asked it. */
  readonly onStatement?: (statement: Statement, milliseconds: number, field: string) => void
}

interface ExecutorArgs extends ExecutionArgs {
  /** Ends the statements. */
  readonly signal?: Gone | undefined
  /** That the answer says how it was made, and how many milliseconds reading the document took. */
  readonly explain?: { readonly read: number | undefined } | undefined
  /** That the answer says what it costs. */
  readonly tellCost?: boolean | undefined
  /** Told of the steps. */
  readonly watch?: StepWatch | undefined
  /** Takes what the question costs from whoever asks it. @throws RapporteurError `RATE_LIMIT` */
  readonly spend?: ((cost: Cost) => Spending | Promise<Spending>) | undefined
  /** Does what a question costs that was not asked before, when it may be done; at once where none is given. */
  readonly inTurn?: InTurn | undefined
}

/** What was taken from whoever asks. */
export interface Spending {
  /** Points that are left; null where there is no end of them. */
  readonly left: number | null
  /** Gives back what was taken too much, or takes what was too little. */
  settle(points: number): void
}

/** Does a piece of work when it may be done, and gives what comes of it. */
export type InTurn = <T>(work: () => T) => Promise<T>

const atOnce: InTurn = async (work) => work()

export type Executor = (args: ExecutorArgs) => Promise<ExecutionResult | WrittenResult>

/**
 * Makes what answers a validated document, in four steps: select the root fields, plan each, have each plan answered,
 * and write the answers one after the other. Introspection is graphql-js's.
 */
export const createExecutor = (options: ExecutorOptions): Executor => {
  const planned = new PlannedDocuments()
  const votes = options.votes ?? new VoteTables(options.store, options.shape)
  const answering: Answering = { ...options, votes, introspected: new Introspected() }
  // Whoever asks first need not wait for the whole of the count.
  sizesOf(options.store).catch(() => undefined)
  return async (args) => {
    const operation = getOperationAST(args.document, args.operationName)
    if (operation?.operation !== 'query') return execute(args)
    const explained = args.explain && new Explained(args.explain.read)
    args.watch?.step('read')
    const step = (name: string): void => {
      explained?.step(name)
      args.watch?.step(name)
    }
    const { schema, shape } = options
    const { inTurn = atOnce } = args
    const definitions = operation.variableDefinitions ?? []
    const variables = getVariableValues(schema, definitions, args.variableValues ?? {}, { maxErrors: 10 })
    if (variables.errors) return { errors: variables.errors }

    const skeleton = skeletonOf(schema, operation, variables.coerced)
    const plan = () => {
      const fragments = fragmentsOf(args.document)
      const { variables, inFilters } = skeleton
      const request: Request = { schema, fragments, variables, inFilters, looked: { selections: 0 } }
      return planOperation(request, shape, operation)
    }
    const found = planned.get(args.document, operation, skeleton.key, plan, inTurn)
    const isNew = found instanceof Promise
    const { fields, errors, price, values, costs } = isNew ? await found : found
    if (errors.length > 0) return { errors }
    const { bound, refused } = bind(values, variables.coerced)
    if (refused) return { errors: [refused] }
    step('plan')
    const { questionTimeout } = options
    const deadline = questionTimeout
      ? { at: performance.now() + questionTimeout, milliseconds: questionTimeout }
      : undefined
    const work = new Work()
    const asking = {
      signal: args.signal,
      request: args,
      timeout: options.timeout,
      deadline,
      bound,
      onWork: work.onWork,
    }
    const priced = await checkPrice(price, operation, options, asking)
    if (priced.refused) return { errors: [priced.refused] }
    step('price')
    const cost = costOf(costs, priced.looked)
    let spending: Spending | undefined
    try {
      const taken = args.spend?.(cost)
      spending = taken instanceof Promise ? await taken : taken
    } catch (error) {
      if (!(error instanceof RapporteurError)) throw error
      return { errors: [new GraphQLError(error.message, { nodes: [operation], originalError: error })] }
    }
    const asked = { coerced: variables.coerced, failed: priced.failed, explained, asking, work }
    try {
      const send = () => fields.map((field) => answerField(field, asked, answering, args))
      // The statements of a new plan are printed as they are sent.
      const answers = await Promise.all(isNew ? await inTurn(send) : send())
      step('answer')
      const isLasting = fields.every(({ plan }) => !plan || answererOf(plan).isLasting(plan))
      return writeResult(answers, { isLasting, extensions: extensionsOf(args, explained, cost, spending) })
    } finally {
      spending?.settle(work.pointsOf(cost))
    }
  }
}

/** What has been done for a question. */
class Work {
  #statements = 0
  #threads = 0

  readonly onStatement = (milliseconds: number): void => {
    this.#statements += milliseconds
  }

  readonly onWork = (milliseconds: number): void => {
    this.#threads += milliseconds
  }

  /** What the question has cost in the end: not more than its price, whatever its statements waited for, and what threads did. */
  pointsOf({ points }: Cost): number {
    return Math.min(points, REQUEST_POINTS + this.#statements) + this.#threads
  }
}

const extensionsOf = (
  { tellCost }: ExecutorArgs,
  explained: Explained | undefined,
  cost: Cost,
  spending: Spending | undefined,
): Readonly<Record<string, unknown>> | undefined => {
  if (!explained && !tellCost) return undefined
  const told = {
    ...cost,
    points: Math.ceil(cost.points * 100) / 100,
    left: spending?.left ?? null,
    limits: COST_LIMITS,
  }
  return { ...explained?.extensions(), ...(tellCost && { cost: told }) }
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
  { store }: ExecutorOptions,
  asking: AnswerOptions,
): Promise<{ readonly looked: number; readonly refused?: GraphQLError; readonly failed?: unknown }> => {
  if (price.isFree) return { looked: 0 }
  try {
    const sizes = await sizesOf(store)
    const looked = price.in(sizes)
    if (isWithin(looked)) return { looked }
    const count = async (plan: Plan): Promise<number> => {
      const { json } = await store.answer(plan, asking)
      return (readJson(json) as { readonly found: number }).found
    }
    const narrowed = await price.narrowedIn(sizes, count)
    at([operation], () => refuseAbove(narrowed))
    return { looked: narrowed }
  } catch (error) {
    return error instanceof GraphQLError ? { looked: 0, refused: error } : { looked: 0, failed: error }
  }
}

/** Where fields are answered. */
interface Answering extends ExecutorOptions {
  readonly votes: VoteTables
  readonly introspected: Introspected
}

/** What is asked with a request's plans. */
interface Asked {
  /** The values of variables. */
  readonly coerced: Readonly<Record<string, unknown>>
  /** Why nothing can be answered now, if so. */
  readonly failed: unknown
  readonly explained: Explained | undefined
  /** What goes with each statement. */
  readonly asking: AnswerOptions & { readonly bound: Bound }
  readonly work: Work
}

const answerField = async (
  { plan, ...field }: PlannedField,
  { coerced, failed, explained, asking, work }: Asked,
  options: Answering,
  args: ExecutorArgs,
): Promise<RootAnswer> => {
  const { key } = field
  if (!plan) {
    const { document, operationName, variableValues: variables } = args
    const { schema } = options
    const request = () => ({
      schema,
      fragments: fragmentsOf(document),
      variables: coerced,
      looked: { selections: 0 },
    })
    const executeJs = (asked: DocumentNode) => execute({ ...args, document: asked })
    return options.introspected.answer(field, { document, operationName, variables, request, execute: executeJs })
  }
  const { store, shape, votes } = options
  try {
    if (failed) throw failed
    const explainedField = explained?.field(key, () => answererOf(plan).words(plan, key, asking.bound))
    const onStatement = (statement: Statement, milliseconds: number) => {
      options.onStatement?.(statement, milliseconds, field.name)
      work.onStatement(milliseconds)
      args.watch?.statement(store.engine, field.name, statement, milliseconds)
      explainedField?.statement(statement, milliseconds)
    }
    const json = await answererOf(plan).answer(plan, {
      store,
      shape,
      votes,
      options: { ...asking, onStatement },
    })
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
