import type { GraphShape } from '../model/graph-shape.js'
import type { AnswerOptions, GraphSizes, GraphStore } from '../store/graph-store.js'
import type { Plan } from '../store/plan.js'
import { type Bound, boundValue } from '../store/values.js'
import { type Costs, checkCosts, checkLimits } from './check-limits.js'
import { type ComposedEntry, type ComposedPlan, fillRecords, RECORDS, recordPlans } from './composed/composed-plan.js'
import type { Given } from './composed/composer.js'
import { composerOf } from './composed/composers.js'
import { describePlan, type PlanStep } from './describe-plan.js'
import { type Narrowing, narrowingOf } from './narrowing.js'
import { type Narrowed, priceOf } from './price.js'
import { type Json, readJson } from './written-result.js'

/** The plan of a root field, whoever answers it. */
export type RootPlan = Plan | ComposedPlan

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

const byComposer: Answerer<ComposedPlan> = {
  costs({ entries, atMost }) {
    const all = recordPlans(entries).map(({ plan }) => checkLimits(plan))
    const sumOf = (name: keyof Costs) => all.reduce((sum, each) => sum + each[name], 0)
    const facts = factsIn(entries)
    const costs = { fields: sumOf('fields') + facts * atMost, printed: sumOf('printed') + facts }
    checkCosts(costs)
    return costs
  },
  price({ by, entries }, sizes, shape) {
    const ofRecords = recordPlans(entries).map(({ plan }) => priceOf(plan, sizes, shape))
    return ofRecords.reduce((sum, each) => sum + each, composerOf(by).price(sizes, shape))
  },
  narrowing: () => null,
  async answer({ by, given, entries }, { store, shape, options }) {
    const facts = await composerOf(by).compose(givenIn(given, options.bound), { store, shape, options })
    const filled = await fillRecords(entries, facts, async (plan, ids) => {
      const { json } = await store.answer(plan, { ...options, bound: new Map([...options.bound, [RECORDS, ids]]) })
      return readJson(json) as readonly unknown[]
    })
    return JSON.stringify(filled)
  },
  words({ by, given, entries }, key, bound) {
    const ofRecords = recordPlans(entries).flatMap(({ path, plan }) => describePlan(plan, `${key}${path}`, bound))
    return [{ path: key, does: composerOf(by).words(givenIn(given, bound)) }, ...ofRecords]
  },
}

const givenIn = (given: ComposedPlan['given'], bound: Bound): Given =>
  new Map([...given].map(([name, value]) => [name, boundValue(value, bound)]))

/** How many facts stand in one thing of the answer. */
const factsIn = (entries: readonly ComposedEntry[]): number =>
  entries.reduce((sum, { value }) => sum + (value.kind === 'object' ? factsIn(value.entries) : 1), 0)

/** What answers a plan. */
export const answererOf = <P extends RootPlan>(plan: P): Answerer<P> =>
  (plan.kind === 'composed' ? byComposer : byStatement) as unknown as Answerer<P>
