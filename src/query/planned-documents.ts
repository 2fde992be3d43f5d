import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import type { GraphShape, RootMapping } from '../model/graph-shape.js'
import type { GraphSizes } from '../store/graph-store.js'
import type { Plan } from '../store/plan.js'
import { answererOf, type RootPlan } from './answerers.js'
import { type Costs, checkCosts, sumOf } from './check-limits.js'
import { countNeighbours } from './narrowing.js'
import { planQuery } from './plan-query.js'
import { PlanValues } from './plan-values.js'
import { isWithin, priceOf } from './price.js'
import { at } from './refused-at.js'
import { type Request, selectFields } from './select-fields.js'

export interface RootField {
  readonly key: string
  readonly name: string
  readonly places: readonly FieldNode[]
  readonly mapping: RootMapping | undefined
}

/** A root field with its plan; without one it is graphql-js's to answer. */
export interface PlannedField extends RootField {
  readonly plan: RootPlan | undefined
}

export interface Planned {
  readonly fields: readonly PlannedField[]
  readonly errors: readonly GraphQLError[]
  readonly price: RequestPrice
  readonly values: PlanValues
  readonly costs: Costs
}

/** What a request costs in a graph of some size; reckoned anew when that is another. */
export class RequestPrice {
  readonly #plans: readonly RootPlan[]
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

  /**
   * What the request costs where all that its figures count belongs to few neighbours.
   * @param count tells how many records a plan counts
   */
  async narrowedIn(sizes: GraphSizes, count: (plan: Plan) => Promise<number>): Promise<number> {
    let price = 0
    for (const plan of this.#plans) {
      const answerer = answererOf(plan)
      const by = answerer.narrowing(plan)
      const counting = by && countNeighbours(by)
      const isCheap = counting && isWithin(priceOf(counting, sizes, this.shape))
      const narrowed = isCheap ? { by, found: await count(counting) } : undefined
      price += answerer.price(plan, sizes, this.shape, narrowed)
    }
    return price
  }

  in(sizes: GraphSizes): number {
    if (this.#sizes !== sizes) {
      this.#price = this.#plans.reduce((sum, plan) => sum + answererOf(plan).price(plan, sizes, this.shape), 0)
      this.#sizes = sizes
    }
    return this.#price
  }
}

/** Plans kept, and about how many bytes they take with their documents and statements. */
const KEPT = { max: 2_000, maxSize: 40_000_000 }
/** A parsed document takes some 50 bytes for each of its characters, and a plan with its statement 300 for each field that it prints. */
const BYTES = { character: 50, field: 300 }

/** Plans by document, and by what they depend on of a request's variables; the server keeps the documents it has parsed. */
export class PlannedDocuments {
  readonly #numbers = new WeakMap<DocumentNode, number>()
  readonly #plans = new LRUCache<string, Planned>(KEPT)
  #last = 0

  /** The plan that is kept, at once, or one that is made in its turn. */
  get(
    document: DocumentNode,
    { name }: OperationDefinitionNode,
    skeleton: string,
    plan: () => Planned,
    inTurn: <T>(work: () => T) => Promise<T>,
  ): Planned | Promise<Planned> {
    const key = `${this.#numberOf(document)} ${name?.value ?? ''} ${skeleton}`
    const known = this.#plans.get(key)
    if (known) return known
    return inTurn(plan).then((made) => {
      const size = key.length + BYTES.character * (document.loc?.end ?? 0) + BYTES.field * made.costs.printed
      this.#plans.set(key, made, { size })
      return made
    })
  }

  #numberOf(document: DocumentNode): number {
    const known = this.#numbers.get(document)
    if (known !== undefined) return known
    this.#last += 1
    this.#numbers.set(document, this.#last)
    return this.#last
  }
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

/** Plans the root fields of an operation; what is refused is an error of the question, and not of the program. */
export const planOperation = (request: Request, shape: GraphShape, operation: OperationDefinitionNode): Planned => {
  const errors: GraphQLError[] = []
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
  const costs: Costs[] = []
  const values = new PlanValues()
  const planned = fields.map((field) => {
    const { mapping, places } = field
    const checked = mapping && attempt(() => planQuery(request, shape, values, mapping, places))
    if (checked) costs.push(checked.costs)
    return { ...field, plan: checked?.plan }
  })
  const whole = sumOf(costs)
  attempt(() => at([operation], () => checkCosts(whole)))
  return { fields: planned, errors, price: new RequestPrice(shape, planned), values, costs: whole }
}

export const fragmentsOf = (document: DocumentNode): Request['fragments'] =>
  Object.fromEntries(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  )
