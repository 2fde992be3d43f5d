import type { GraphShape } from '../model/graph-shape.js'
import type { AnswerOptions, GraphSizes, GraphStore } from '../store/graph-store.js'
import type { Plan } from '../store/plan.js'
import { type Bound, boundValue } from '../store/values.js'
import { type Costs, checkCosts, checkLimits } from './check-limits.js'
import { describePlan, type PlanStep, valueInWords } from './describe-plan.js'
import { type Narrowing, narrowingOf } from './narrowing.js'
import { type Narrowed, priceOf } from './price.js'
import { answerSearch, SEARCH_PRICE, type SearchPlan } from './search-plan.js'
import type { Json } from './written-result.js'

/** The plan of a root field, whoever answers it. */
export type RootPlan = Plan | SearchPlan

/** What answers the root fields of a kind. Its plans are held to limits before and explained afterwards as all others. */
interface Answerer<P> {
  /** @throws RapporteurError `DEPTH_LIMIT`, `COST_LIMIT` */
  costs(plan: P): Costs
  /** How many records and links it has to look at, at most. */
  price(plan: P, sizes: GraphSizes, shape: GraphShape, narrowed?: Narrowed): number
  /** What all that it counts belongs to, which can be counted before; null where there is none. */
  narrowing(plan: P): Narrowing | null
  /** @throws RapporteurError what the store throws */
  answer(plan: P, asked: AskedStore): Promise<Json>
  /** What it does, in words, under this key of the answer. */
  words(plan: P, key: string, bound: Bound): readonly PlanStep[]
}

/** Where a plan is answered, and what goes with each statement. */
interface AskedStore {
  readonly store: GraphStore
  readonly shape: GraphShape
  readonly options: AnswerOptions & { readonly bound: Bound }
}

const byStatement: Answerer<Plan> = {
  costs: checkLimits,
  price: priceOf,
  narrowing: narrowingOf,
  answer: async (plan, { store, options }) => (await store.answer(plan, options)).json,
  words: describePlan,
}

const bySearch: Answerer<SearchPlan> = {
  costs({ entries, first }) {
    const all = entries.map((entry) => ('nodes' in entry ? checkLimits(entry.nodes) : { fields: first, printed: 1 }))
    const sumOf = (name: keyof Costs) => all.reduce((sum, each) => sum + each[name], 0)
    const costs = { fields: sumOf('fields'), printed: sumOf('printed') }
    checkCosts(costs)
    return costs
  },
  price({ entries }, sizes, shape) {
    const ofHits = entries.map((entry) => ('nodes' in entry ? priceOf(entry.nodes, sizes, shape) : 0))
    return ofHits.reduce((sum, each) => sum + each, SEARCH_PRICE)
  },
  narrowing: () => null,
  answer: (plan, { store, shape, options }) => answerSearch(plan, store, shape, options.bound, options),
  words({ text, types, first, entries }, key, bound) {
    const does = `searches ${types?.join(', ') ?? 'records of every type'} for ${valueInWords(boundValue(text, bound))}; gives the best ${first}`
    const ofHits = entries.flatMap((entry) =>
      'nodes' in entry ? describePlan(entry.nodes, `${key}/${entry.as}`, bound) : [],
    )
    return [{ path: key, does }, ...ofHits]
  },
}

/** What answers a plan. */
export const answererOf = <P extends RootPlan>(plan: P): Answerer<P> =>
  (plan.kind === 'search' ? bySearch : byStatement) as unknown as Answerer<P>
