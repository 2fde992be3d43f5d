import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FiguresMapping } from '../../src/model/graph-shape.js'
import { engines, type Graph, schema, shape } from '../support/engines.js'
import { FigureEvaluator, type FiguresAnswer } from '../support/figure-evaluator.js'
import { type Row, StoredGraph } from '../support/filter-evaluator.js'
import { type Random, randomFrom } from '../support/random.js'
import { type RandomFigures, randomFigures } from '../support/random-figures.js'
import { asArgument } from '../support/random-filter.js'
import { syntheticGraph, withVagueDates } from '../support/synthetic-graph.js'

const FIGURES = Number(process.env['RAPPORTEUR_TEST_FILTERS'] ?? 100)
const seeds = Array.from({ length: FIGURES }, (_, i) => i + 1)
/** A list has sixty records at most then, and all records and their figures are one page. */
const PER_TYPE = 10
const records = withVagueDates(shape, syntheticGraph(shape, PER_TYPE))

const roots = [...shape.root].flatMap(([name, mapping]) => (mapping.kind === 'figures' ? [{ name, mapping }] : []))
/** The figures of a record's lists, where all records of its type can be listed. */
const inner = [...shape.root].flatMap(([root, mapping]) =>
  mapping.kind === 'scan' && mapping.types.length === 1
    ? [...(shape.fields.get(mapping.types[0] as string) ?? [])].flatMap(([name, each]) =>
        each.kind === 'figures' ? [{ root, name, mapping: each }] : [],
      )
    : [],
)

interface Page extends FiguresAnswer {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly endCursor: string }
}

describe.each(engines)('random figures on $name', (engine) => {
  let graph: Graph
  let stored: StoredGraph
  let evaluator: FigureEvaluator
  /** What was given for each seed. */
  const answers: (readonly FiguresAnswer[])[] = []

  beforeAll(async () => {
    graph = await engine.empty()
    await graph.load(records)
    stored = await StoredGraph.read(shape, graph.store)
    evaluator = new FigureEvaluator(shape, stored)
  }, 120_000)
  afterAll(() => graph.close())

  const check = (answer: FiguresAnswer, rows: readonly Row[], asked: RandomFigures, type: string, query: string) => {
    expect(answer, query).toEqual(evaluator.figures(rows, asked, type))
    return answer
  }

  /** What is asked of figures, and what is given of them but the page. */
  const asking = (random: Random, mapping: FiguresMapping, maxDepth: number) => {
    const figures = randomFigures({ shape, random, graph: stored, maxDepth }, mapping.where)
    const { declared, where, variables } = asArgument(random, schema, figures.where, mapping.where)
    const atLeast = figures.atLeast === null ? '' : `, atLeast: ${figures.atLeast}`
    const order = figures.order.length > 0 ? `, orderBy: [${figures.order.join(', ')}]` : ''
    const given = `rows { ${figures.fields} } kindCount suppressed totalCount undecidedCount`
    return { figures, declared, variables, args: `where: ${where}${atLeast}${order}`, given }
  }

  const askRoot = async (random: Random, { name, mapping }: (typeof roots)[number]) => {
    const { figures, declared, variables, args, given } = asking(random, mapping, 5)
    const first = random.pick([1000, 1000, 7])
    const query = `query ($after: String${declared}) {
      figures: ${name}(${args}, first: ${first}, after: $after) { ${given} pageInfo { hasNextPage hasPreviousPage endCursor } }
    }`
    const told = `${query}\n${JSON.stringify(variables)}`
    const rows: FiguresAnswer['rows'][number][] = []
    let [after, page]: [string | null, Page | null] = [null, null]
    do {
      const { data, errors } = await graph.ask(query, { ...variables, after })
      expect(errors, told).toBeUndefined()
      page = (data as { figures: Page }).figures
      expect(page.pageInfo.hasPreviousPage, told).toBe(after !== null)
      if (page.pageInfo.hasNextPage) expect(page.rows.length, told).toBe(first)
      rows.push(...page.rows)
      after = page.pageInfo.endCursor
    } while (page.pageInfo.hasNextPage)
    const { pageInfo: _, ...answer } = page
    return [check({ ...answer, rows }, rowsOf(mapping), figures, mapping.where, told)]
  }

  const askInner = async (random: Random, { root, name, mapping }: (typeof inner)[number]) => {
    const { figures, declared, variables, args, given } = asking(random, mapping, 3)
    const query = `query ${declared && `(${declared.slice(2)}) `}{
      records: ${root}(first: ${PER_TYPE}) { nodes { id figures: ${name}(${args}, first: 100) { ${given} } } }
    }`
    const told = `${query}\n${JSON.stringify(variables)}`
    const { data, errors } = await graph.ask(query, variables)
    expect(errors, told).toBeUndefined()
    const { nodes } = (data as { records: { nodes: readonly { id: string; figures: FiguresAnswer }[] } }).records
    expect(nodes.length).toBe(PER_TYPE)
    return nodes.map(({ id, figures: answer }) => {
      const { rows } = mapping
      if (rows.kind !== 'edge') throw new Error(`${name} are figures of no list that belongs to a record.`)
      const record = { node: stored.nodes.get(id) as Row['node'] }
      return check(answer, stored.related(record, rows), figures, mapping.where, `${told}\nof ${id}`)
    })
  }

  const rowsOf = ({ rows }: FiguresMapping): readonly Row[] => {
    if (rows.kind === 'scan') return stored.ofTypes(rows.types)
    if (rows.kind === 'links') return stored.ofLink(rows.link.name)
    throw new Error('These are figures of a list that belongs to a record.')
  }

  it.each(seeds)('of seed %i are what a plain computation gives', { timeout: 60_000 }, async (seed) => {
    const random = randomFrom(seed)
    answers.push(
      seed % 4 === 0
        ? await askInner(random, random.pick(inner))
        : await askRoot(random, roots[seed % roots.length] as (typeof roots)[number]),
    )
  })

  it('are of something, of several kinds, and of what is not always known', () => {
    const share = (is: (answer: FiguresAnswer) => boolean) =>
      answers.filter((those) => those.some(is)).length / answers.length
    expect(share(({ totalCount }) => totalCount > 0)).toBeGreaterThan(0.5)
    expect(share(({ kindCount }) => kindCount > 1)).toBeGreaterThan(0.4)
    expect(share(({ undecidedCount }) => undecidedCount > 0)).toBeGreaterThan(0.1)
    expect(share(({ suppressed }) => suppressed > 0)).toBeGreaterThan(0.1)
  })
})
