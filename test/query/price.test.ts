import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Ask } from '../../src/ask/ask.js'
import type { GraphRecord } from '../../src/model/records.js'
import { createExecutor } from '../../src/query/execute.js'
import { engines, type Graph, schema, shape } from '../support/engines.js'
import { syntheticGraph } from '../support/synthetic-graph.js'

const PARTS = 1600

/** A place with many parts. */
const parts = (): readonly GraphRecord[] => {
  const citations = [{ source: 'source:synthetic-0' }]
  const place = (id: string): GraphRecord => ({ type: 'Place', id, values: { name: id, kind: 'REGION' }, citations })
  const ids = Array.from({ length: PARTS }, (_, i) => `synthetic:part-${i}`)
  return [
    { type: 'Source', id: 'source:synthetic-0', values: { title: 'Synthetic', kind: 'PUBLICATION' }, citations },
    place('synthetic:whole'),
    ...ids.map(place),
    ...ids.map((from): GraphRecord => ({ link: 'PlacePart', from, to: 'synthetic:whole', values: {}, citations })),
  ]
}

/** Of the first parts, the whole's first parts, and of each of them the whole's first part. */
const question = (first: number, root = 'place(id: "synthetic:whole")'): string =>
  `${root} { parts(first: 100) { nodes { partOf { parts(first: ${first}) { nodes { partOf { parts(first: 1) { nodes { id } } } } } } } } }`

describe.each(engines)('what a list has to go through, on $name', (engine) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await engine.empty()
    await graph.load(parts())
  }, 120_000)
  afterAll(() => graph.close())

  const ask = async (query: string) => {
    const { data, errors, statements } = await graph.ask(query)
    const [error] = errors ?? []
    return { data, statements, code: (error?.originalError as { code?: string })?.code, message: error?.message }
  }

  it('is counted in the graph as it is, and refused above three million', async () => {
    const { statements, code, message } = await ask(`{ ${question(24)} }`)
    expect(statements).toEqual([])
    expect(code).toBe('COST_LIMIT')
    // 1,600 parts; for 101 of them the whole, and its 1,600 parts again; for 25 of each once more.
    const looked = PARTS + 101 + 101 * PARTS + 101 * 25 + 101 * 25 * PARTS
    expect(message).toContain(`at ${looked} records and links of this graph; at most 3000000 are`)
  })

  it('is answered below that', async () => {
    const { statements, data } = await ask(`{ ${question(2)} }`)
    expect(statements).toHaveLength(1)
    expect(JSON.stringify(data).match(/"id"/g)).toHaveLength(200)
  }, 30_000)

  it('is counted for all root fields of a request together', async () => {
    const root = (name: string) => question(17, `${name}: place(id: "synthetic:whole")`)
    expect((await ask(`{ ${root('a')} ${root('b')} }`)).code).toBe('COST_LIMIT')
  })
})

describe.each(engines)('figures of many links, on $name', ({ seeded }) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await seeded()
  }, 120_000)
  afterAll(() => graph.close())

  /** Asks the seed as if it had fifteen million votes. */
  const ask = async (query: string) => {
    const sizes = async () => {
      const { nodes, links } = await graph.store.sizes()
      return { nodes, links: new Map([...links, ['Vote', { all: 15_000_000, out: 20_000, in: 700 }]]) }
    }
    const store = new Proxy(graph.store, {
      get: (of, name) => {
        const value = name === 'sizes' ? sizes : (of as unknown as Record<string | symbol, unknown>)[name]
        return typeof value === 'function' ? value.bind(of) : value
      },
    })
    const result = await new Ask({ schema, executor: () => createExecutor({ schema, shape, store }) }).question(query)
    const text = ('stringify' in result ? result.stringify(result) : JSON.stringify(result)).toString()
    return JSON.parse(text) as { data?: unknown; errors?: readonly { readonly message: string }[] }
  }

  it.each(['', '(where: { option: { eq: FOR } })'])('are refused where all have to be looked at: %s', async (where) => {
    const { errors } = await ask(`{ voteStats${where} { totalCount } }`)
    expect(errors?.[0]?.message).toMatch(/^The query might have to look at 15000000 records and links/)
  })

  it('are answered where few neighbours have them, which are counted first', async () => {
    expect(await ask('{ voteStats(where: { voteEvent: { date: { within: "2022" } } }) { totalCount } }')).toEqual({
      data: { voteStats: { totalCount: expect.any(Number) } },
    })
  })
})

describe.each(engines)('the sizes of a graph, on $name', (engine) => {
  it('are those of its records and links', async () => {
    const graph = await engine.empty()
    await graph.load(syntheticGraph(shape, 5))
    const { nodes, links } = await graph.store.sizes()
    const counts = await graph.store.count()
    expect([...nodes.keys()]).toEqual([...shape.nodes.keys()])
    for (const [type, all] of nodes) expect([type, all]).toEqual([type, counts[type]])
    for (const { name } of shape.links.values()) {
      const [out, into] = [new Map<string, number>(), new Map<string, number>()]
      for await (const { from, to } of graph.store.scanLinks(name)) {
        out.set(from, (out.get(from) ?? 0) + 1)
        into.set(to, (into.get(to) ?? 0) + 1)
      }
      const most = (counted: ReadonlyMap<string, number>) => Math.max(0, ...counted.values())
      expect([name, links.get(name)]).toEqual([name, { all: counts[name], out: most(out), in: most(into) }])
    }
    const cited = (await graph.store.sourceSets()).map(({ citations }) => citations.length)
    expect(links.get('Citations')).toMatchObject({ out: Math.max(...cited) })
    await graph.close()
  }, 60_000)
})
