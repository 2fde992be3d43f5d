import type { GraphShape } from '../model/graph-shape.js'
import type { AnswerOptions, GraphSizes, GraphStore } from '../store/graph-store.js'
import type { Plan } from '../store/plan.js'
import type { Bound } from '../store/values.js'
import { type Costs, checkCosts, checkLimits, sumOf } from './check-limits.js'
import {
  type AskedIds,
  type ComposedEntry,
  type ComposedPlan,
  fillRecords,
  givenIn,
  isAskedOf,
  RECORDS,
  recordPlans,
} from './composed/composed-plan.js'
import type { Ids } from './composed/composer.js'
import { composerOf } from './composed/composers.js'
import { describePlan, type PlanStep } from './describe-plan.js'
import { type Narrowing, narrowingOf } from './narrowing.js'
import { type Narrowed, priceOf } from './price.js'
import type { VoteTables } from './voting/vote-tables.js'
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
  /** Whether the answer is the same as long as the graph is. */
  isLasting(plan: P): boolean
  /** What it does, in words, under this key of the answer. */
  words(plan: P, key: string, bound: Bound): readonly PlanStep[]
}

/** Where a plan is answered, and what goes with each statement. */
interface AskedStore {
  readonly store: GraphStore
  readonly shape: GraphShape
  readonly votes: VoteTables
  readonly options: AnswerOptions & { readonly bound: Bound }
}

const byStatement: Answerer<Plan> = {
  costs: checkLimits,
  price: priceOf,
  narrowing: narrowingOf,
  answer: async (plan, { store, options }) => (await store.answer(plan, options)).json,
  isLasting: () => true,
  words: describePlan,
}

const byComposer: Answerer<ComposedPlan> = {
  costs({ entries, lists, atMost }) {
    const all = recordPlans(entries).map(({ plan }) => checkLimits(plan))
    const { fields, printed, rows, statements } = sumOf(all)
    const facts = factsIn(entries)
    const costs = {
      fields: fields + facts * atMost,
      printed: printed + facts,
      rows: rows + atMost,
      statements: statements + 2 * lists.size + 1,
    }
    checkCosts(costs)
    return costs
  },
  price({ by, entries, lists }, sizes, shape) {
    const ofLists = [...lists.values()].flatMap(({ known, undecided }) => [known, undecided])
    const plans = [...recordPlans(entries).map(({ plan }) => plan), ...ofLists]
    const prices = plans.map((plan) => priceOf(plan, sizes, shape))
    return prices.reduce((sum, each) => sum + each, composerOf(by).price(sizes, shape))
  },
  narrowing: () => null,
  async answer({ by, given, entries, lists }, asked) {
    const { store, shape, votes, options } = asked
    const facts = await composerOf(by).compose(givenIn(given, options.bound), {
      store,
      shape,
      votes,
      options,
      ids: async (name) => {
        const list = lists.get(name)
        return list ? readIds(list, asked) : null
      },
      hasFilter: (name) => lists.has(name),
      asks: (...path) => isAskedOf(entries, path),
    })
    const filled = await fillRecords(entries, facts, options.bound, async (plan, ids) => {
      const { json } = await store.answer(plan, { ...options, bound: new Map([...options.bound, [RECORDS, ids]]) })
      return readJson(json) as readonly unknown[]
    })
    return JSON.stringify(filled)
  },
  isLasting: ({ by }) => !composerOf(by).isOfMemory,
  words({ by, given, entries }, key, bound) {
    const ofRecords = recordPlans(entries).flatMap(({ path, plan }) => describePlan(plan, `${key}${path}`, bound))
    return [{ path: key, does: composerOf(by).words(givenIn(given, bound)) }, ...ofRecords]
  },
}

/** The ids that the two plans of a filter give. */
const readIds = async ({ known, undecided }: AskedIds, { store, options }: AskedStore): Promise<Ids> => {
  const [some, open] = await Promise.all(
    [known, undecided].map(async (plan) => {
      const { nodes } = readJson((await store.answer(plan, options)).json) as {
        readonly nodes: readonly { readonly id: string }[]
      }
      return nodes.map(({ id }) => id)
    }),
  )
  return { known: some ?? [], undecided: open ?? [] }
}

/** How many facts stand in one thing of the answer. */
const factsIn = (entries: readonly ComposedEntry[]): number =>
  entries.reduce((sum, { value }) => sum + (value.kind === 'object' ? factsIn(value.entries) : 1), 0)

/** What answers a plan. */
export const answererOf = <P extends RootPlan>(plan: P): Answerer<P> =>
  (plan.kind === 'composed' ? byComposer : byStatement) as unknown as Answerer<P>
