import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOMBSTONE } from '../../src/model/graph-shape.js'
import { engines, type Graph, shape } from '../support/engines.js'
import { syntheticGraph } from '../support/synthetic-graph.js'

const records = syntheticGraph(shape, 10, 7)
const typeOf = new Map(records.flatMap((record) => ('type' in record ? [[record.id, record.type]] : [])))
/** The types of the few records that an issue is about. */
const withIssues = new Set(
  records.flatMap((record) => ('link' in record && record.link === 'IssueAbout' ? [typeOf.get(record.to)] : [])),
)

/** Every list there is: those of all records, and those of each type. */
const rootLists = [...shape.root].flatMap(([field, mapping]) => (mapping.kind === 'scan' ? [field] : []))
const typeLists = [...shape.nodes.keys()]
  .filter((type) => type !== TOMBSTONE)
  .flatMap((type) =>
    [...(shape.fields.get(type) ?? [])].flatMap(([field, mapping]) => {
      const cut = mapping.kind === 'citations' || (mapping.kind === 'edge' && mapping.connection && field !== 'counts')
      return cut && (field !== 'issues' || withIssues.has(type)) ? [[type, field] as const] : []
    }),
  )

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  readonly totalCount: number
}

const PAGE =
  '{ totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }'

describe.each(engines)('cursors, on $name', (engine) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await engine.empty()
    await graph.load(records)
  }, 120_000)
  afterAll(() => graph.close())

  /** Pages through a list three at a time, and checks it against the list as a whole. */
  const pageThrough = async (ask: (args: string) => Promise<Page>): Promise<number> => {
    const whole = await ask('(first: 100)')
    const paged: Page['edges'][number][] = []
    let after: string | null = null
    do {
      const page: Page = await ask(after === null ? '(first: 3)' : `(first: 3, after: ${JSON.stringify(after)})`)
      expect(page.totalCount).toBe(whole.totalCount)
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null)
      expect(page.pageInfo.startCursor).toBe(page.edges[0]?.cursor ?? null)
      expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor ?? null)
      paged.push(...page.edges)
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    } while (after !== null)
    expect(paged.slice(0, 100)).toEqual(whole.edges)
    expect(paged).toHaveLength(whole.totalCount)
    expect(new Set(paged.map((edge) => edge.cursor)).size).toBe(paged.length)
    return whole.totalCount
  }

  it.each(rootLists)('page through %s without loss or repeat', async (field) => {
    const count = await pageThrough(async (args) => {
      const { data, errors } = await graph.ask(`{ ${field}${args} ${PAGE} }`)
      expect(errors).toBeUndefined()
      return (data as Record<string, Page>)[field] as Page
    })
    // What follows from the records is as much as it is.
    if (['changes', 'conflicts', 'statements'].includes(field)) expect(count).toBeGreaterThan(10)
    else expect(count).toBe(10)
  })

  it.each(typeLists)('page through %s.%s without loss or repeat', async (type, field) => {
    let most = 0
    const ids: string[] = []
    for await (const { id } of graph.store.scanNodes(type)) if (ids.push(id) === 10) break
    for (const id of ids) {
      const count = await pageThrough(async (args) => {
        const { data, errors } = await graph.ask(
          `{ node(id: ${JSON.stringify(id)}) { ... on ${type} { list: ${field}${args} ${PAGE} } } }`,
        )
        expect(errors).toBeUndefined()
        return (data as { node: { list: Page } }).node.list
      })
      most = Math.max(most, count)
    }
    expect(most).toBeGreaterThan(0)
  })
})
