import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GraphRecord, StoredLink } from '../../src/model/records.js'
import type { GraphStore, LinkColumns } from '../../src/store/graph-store.js'
import { readLinkColumns } from '../../src/store/link-columns.js'
import { engines, type Graph, shape } from '../support/engines.js'
import { HOSTILE } from '../support/hostile-graph.js'
import { syntheticGraph } from '../support/synthetic-graph.js'

type Rows = Readonly<Record<string, readonly (readonly unknown[])[]>>

/** Links by node, sorted: which of a node's comes first is not said. */
const sorted = (nodes: Iterable<readonly [string, readonly (readonly unknown[])[]]>): Rows =>
  Object.fromEntries(
    [...nodes].map(([id, links]) => [
      id,
      links
        .map((link) => JSON.stringify(link))
        .sort()
        .map((link) => JSON.parse(link)),
    ]),
  )

/** What the answer says, each text in its place. */
const read = async (store: GraphStore, query: LinkColumns): Promise<Rows> => {
  const { json } = await store.linkColumns(query)
  expect(json).toBeInstanceOf(Uint8Array)
  return sorted(
    readLinkColumns(json).map(([id, others, ...columns]) => {
      expect(columns.map((column) => column.length)).toEqual(query.columns.map(() => others.length))
      return [id, others.map((other, i) => [other, ...columns.map((column) => column[i])])]
    }),
  )
}

/** The same, from all links of the type. */
const scanned = async (store: GraphStore, { link, at, ids, columns, among }: LinkColumns): Promise<Rows> => {
  const nodes = new Map<string, unknown[][]>()
  for await (const stored of store.scanLinks(link)) {
    const [here, there] = at === 'from' ? [stored.from, stored.to] : [stored.to, stored.from]
    if (!ids.includes(here) || (among && !among.includes(there))) continue
    const values = columns.map((name) => stored.values[name as keyof StoredLink['values']] ?? null)
    nodes.set(here, [...(nodes.get(here) ?? []), [there, ...values]])
  }
  return sorted(nodes)
}

const citations = [{ source: 'source:synthetic-0' }]
const hostileId = (i: number): string => `synthetic:"',|${i}\\n,"[]{}\\u0000`

/** Votes of synthetic members whose ids, groups and countries have all that a text could stumble over. */
const hostileVotes: readonly GraphRecord[] = [
  { type: 'VoteEvent', id: 'synthetic:"ballot\\', values: { title: 'A synthetic ballot' }, citations },
  ...HOSTILE.flatMap((name, i): readonly GraphRecord[] => [
    { type: 'Person', id: hostileId(i), values: { name }, citations },
    { type: 'Organization', id: `${hostileId(i)}-group`, values: { name }, citations },
    {
      link: 'Vote',
      from: hostileId(i),
      to: 'synthetic:"ballot\\',
      values: { option: 'FOR', ...(i % 2 ? { group: `${hostileId(i)}-group` } : {}) },
      citations,
    },
  ]),
]

describe.each(engines)('Columns of links on $name', (engine) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await engine.empty()
    await graph.load([...syntheticGraph(shape, 8), ...hostileVotes])
  }, 120_000)
  afterAll(() => graph.close())

  const idsOf = async (types: readonly string[]): Promise<readonly string[]> => {
    const ids: string[] = []
    for (const type of types) for await (const { id } of graph.store.scanNodes(type)) ids.push(id)
    return ids
  }

  it('are those of the links, of each type, at either end, whatever the values', async () => {
    let links = 0
    for (const { name: link, from, to, columns } of shape.links.values()) {
      for (const [at, types] of [
        ['from', from],
        ['to', to],
      ] as const) {
        const query = {
          link,
          at,
          ids: await idsOf([...shape.nodes.keys()].filter((type) => types.includes(type) || types.includes('Entity'))),
          columns: [...columns.keys()],
        }
        const rows = await read(graph.store, query)
        expect(rows, `${link} at ${at}`).toEqual(await scanned(graph.store, query))
        links += Object.values(rows).flat().length
      }
    }
    expect(links).toBeGreaterThan(500)
  }, 120_000)

  it('have ids with quotes, separators and control characters as they are', async () => {
    const query: LinkColumns = { link: 'Vote', at: 'to', ids: ['synthetic:"ballot\\'], columns: ['group', 'option'] }
    const rows = await read(graph.store, query)
    expect(rows['synthetic:"ballot\\']).toHaveLength(HOSTILE.length)
    expect(rows).toEqual(await scanned(graph.store, query))
  })

  it('leave out nodes without such a link, unknown ids, and what leads elsewhere than asked', async () => {
    const ballot = 'synthetic:"ballot\\'
    const ask = (query: Partial<LinkColumns>) =>
      read(graph.store, { link: 'Vote', at: 'to', ids: [ballot], columns: [], ...query })
    expect(await ask({ ids: [] })).toEqual({})
    expect(await ask({ ids: ['synthetic:none', hostileId(0)] })).toEqual({})
    expect(await ask({ among: [] })).toEqual({})
    expect(await ask({ among: ['synthetic:none'] })).toEqual({})
    expect(await ask({ ids: [ballot, ballot, 'synthetic:none'], among: [hostileId(1), hostileId(1)] })).toEqual({
      [ballot]: [[hostileId(1)]],
    })
    expect(await ask({ columns: ['country', 'group'], among: [hostileId(0)] })).toEqual({
      [ballot]: [[hostileId(0), null, null]],
    })
  })

  it('refuse to be asked by who has gone already', async () => {
    const query: LinkColumns = { link: 'Vote', at: 'to', ids: [], columns: [] }
    await expect(graph.store.linkColumns(query, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    })
  })
})
