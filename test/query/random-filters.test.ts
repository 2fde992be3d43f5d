import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionShape, FieldMapping, OrderKey } from '../../src/model/graph-shape.js'
import { totalOrder } from '../../src/model/graph-shape.js'
import { engines, type Graph, schema, shape } from '../support/engines.js'
import { FilterEvaluator, type Row, StoredGraph, sorted, type Written } from '../support/filter-evaluator.js'
import { type Random, randomFrom } from '../support/random.js'
import { asArgument, randomFilter } from '../support/random-filter.js'
import { syntheticGraph, withVagueDates } from '../support/synthetic-graph.js'

/** Neo4j takes long to plan each: how many are asked there may be given. */
const FILTERS = { SQLite: 2000, Neo4j: Number(process.env['RAPPORTEUR_TEST_FILTERS'] ?? 150) }
const records = withVagueDates(shape, syntheticGraph(shape, 10))

const roots = [...shape.root].flatMap(([name, mapping]) => (mapping.kind === 'scan' ? [{ name, mapping }] : []))

type List = FieldMapping & { readonly kind: 'edge' | 'citations' }
/** The lists that belong to a record of a type of which all can be listed. */
const inner = roots.flatMap(({ name: root, mapping: { types } }) =>
  [...(types.length === 1 ? (shape.fields.get(types[0] as string) ?? []) : [])].flatMap(([field, list]) =>
    (list.kind === 'edge' && list.connection) || list.kind === 'citations'
      ? [{ root, types, field, list: list as List & { readonly connection: ConnectionShape } }]
      : [],
  ),
)

interface Found {
  readonly ids: readonly string[]
  readonly totalCount: number
  readonly undecidedCount: number
}

interface Page {
  readonly nodes: readonly { readonly id: string }[]
  readonly totalCount: number
  readonly undecidedCount: number
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

/** What the first engine found for each seed: the others are asked the same. */
const answers = new Map<number, readonly Found[]>()

describe.each(engines)('random filters on $name', (engine) => {
  let graph: Graph
  let stored: StoredGraph
  let evaluator: FilterEvaluator

  beforeAll(async () => {
    graph = await engine.empty()
    await graph.load(records)
    stored = await StoredGraph.read(shape, graph.store)
    evaluator = new FilterEvaluator(shape, stored)
  })
  afterAll(() => graph.close())

  const expected = (rows: readonly Row[], where: Written, type: string, order: readonly OrderKey[]): Found => {
    const truths = rows.map((row) => evaluator.holds(row, where, type))
    const held = sorted(
      rows.filter((_, i) => truths[i] === true),
      order,
    )
    return {
      ids: held.map(({ node }) => node.id),
      totalCount: held.length,
      undecidedCount: truths.filter((truth) => truth === null).length,
    }
  }

  const filterFor = (random: Random, type: string, deepest: number) =>
    randomFilter(
      { shape, random, graph: stored, maxConditions: 1 + random.below(30), maxDepth: 1 + random.below(deepest) },
      type,
    )

  const askRoot = async (random: Random, { name, mapping }: (typeof roots)[number]) => {
    const { connection, types, since } = mapping
    const where = filterFor(random, connection.where, 5)
    const { words, keys } = orderOf(random, connection, mapping.order)
    const asked = asArgument(random, schema, where, connection.where)
    const first = random.pick([100, 100, 4])
    const query = `query ($after: String${asked.declared}) {
      list: ${name}(where: ${asked.where}${words}, first: ${first}, after: $after) {
        nodes { id } totalCount undecidedCount pageInfo { hasNextPage endCursor }
      }
    }`
    // What the store makes of other records has no version, and is no change.
    const rows = stored.ofTypes(types).filter(({ node }) => since === null || (node.change?.version ?? 0) > 0)
    const ids: string[] = []
    let [after, page]: [string | null, Page | null] = [null, null]
    do {
      const { data, errors } = await graph.ask(query, { ...asked.variables, after })
      expect(errors, `${query}\n${JSON.stringify(where)}`).toBeUndefined()
      page = (data as { list: Page }).list
      ids.push(...page.nodes.map(({ id }) => id))
      after = page.pageInfo.endCursor
    } while (page.pageInfo.hasNextPage)
    const { totalCount, undecidedCount } = page
    const found = { ids, totalCount, undecidedCount }
    expect(found, `${query}\n${JSON.stringify(where)}`).toEqual(expected(rows, where, connection.where, keys))
    return [found]
  }

  const askInner = async (random: Random, { root, types, field, list }: (typeof inner)[number]) => {
    const { connection } = list
    const where = filterFor(random, connection.where, 4)
    const link = list.kind === 'edge' ? list.link : undefined
    const { words, keys } = orderOf(
      random,
      connection,
      list.kind === 'edge' ? list.order : totalOrder([], undefined),
      link,
    )
    const asked = asArgument(random, schema, where, connection.where)
    const query = `query (${asked.declared || '$none: Int'}) {
      records: ${root}(first: 100) {
        nodes { id list: ${field}(where: ${asked.where}${words}, first: 100) { nodes { id } totalCount undecidedCount } }
      }
    }`
      .replace('(, ', '(')
      .replace(' ($none: Int)', '')
    const { data, errors } = await graph.ask(query, asked.variables)
    expect(errors, `${query}\n${JSON.stringify(where)}`).toBeUndefined()
    const { nodes } = (data as { records: { nodes: readonly { id: string; list: Omit<Page, 'pageInfo'> }[] } }).records
    expect(nodes.length).toBe(Math.min(100, stored.ofTypes(types).length))
    return nodes.map(({ id, list: { nodes: those, totalCount, undecidedCount } }) => {
      const found = { ids: those.map((each) => each.id), totalCount, undecidedCount }
      const row = stored.ofTypes(types).find(({ node }) => node.id === id) as Row
      const rows = stored.related(row, list.kind === 'edge' ? list : 'citations')
      expect(found, `${query}\n${JSON.stringify(where)}\nof ${id}`).toEqual(
        expected(rows, where, connection.where, keys),
      )
      return found
    })
  }

  it(`${FILTERS[engine.name]} find what the definition says, in order, and count what is undecided`, async () => {
    let [some, all, undecided] = [0, 0, 0]
    for (let seed = 1; seed <= FILTERS[engine.name]; seed += 1) {
      const random = randomFrom(seed)
      const lists =
        seed % 4 === 0
          ? await askInner(random, random.pick(inner))
          : await askRoot(random, roots[seed % roots.length] as (typeof roots)[number])
      expect(answers.get(seed) ?? lists, `what the engines find for seed ${seed}`).toEqual(lists)
      answers.set(seed, lists)
      all += 1
      if (lists.some(({ totalCount }) => totalCount > 0)) some += 1
      if (lists.some(({ undecidedCount }) => undecidedCount > 0)) undecided += 1
    }
    // They have to ask for something, and of something that is not always known.
    expect(some / all).toBeGreaterThan(0.3)
    expect(undecided / all).toBeGreaterThan(0.1)
  }, 1_200_000)
})

/** A random order of a list, as its argument and as its keys; or the list's own. */
const orderOf = (
  random: Random,
  { order }: ConnectionShape,
  own: readonly OrderKey[],
  link?: Parameters<typeof totalOrder>[1],
): { readonly words: string; readonly keys: readonly OrderKey[] } => {
  if (random.chance(0.3)) return { words: '', keys: own }
  const known = shape.orders.get(order) as ReadonlyMap<string, readonly OrderKey[]>
  const words = Array.from({ length: 1 + random.below(2) }, () => random.pick([...known.keys()]))
  const keys = words.flatMap((word) => known.get(word) ?? [])
  return { words: `, orderBy: [${words.join(', ')}]`, keys: totalOrder(keys, link) }
}
