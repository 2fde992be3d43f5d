import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadImporter } from '../../src/import/registry.js'
import { runImports } from '../../src/import/run-import.js'
import type { NodeRecord } from '../../src/model/records.js'
import { searchColumns } from '../../src/model/search/search-fields.js'
import { type SearchOptions, search } from '../../src/search/search.js'
import type { GraphStore } from '../../src/store/graph-store.js'
import { type Engine, engines, type Graph, NOW, shape } from '../support/engines.js'
import * as searches from './searches.js'

const { NOTHING, ...lists } = searches
const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url))
const isThere = existsSync(DATA)
if (!isThere && process.env['CI']) throw new Error(`The published data is not at ${DATA}; CI needs it.`)
if (!isThere) console.warn(`NOT TESTED: 120 searches, for the published data is not at ${DATA}.`)

const FILES = [
  ['howtheyvote', 'howtheyvote'],
  ['europarl-members', 'europarl/meps_term8_en.csv.gz'],
  ['europarl-members', 'europarl/meps_term9_en.csv.gz'],
  ['europarl-opendata', 'europarl/opendata'],
  ['europarl-texts', 'europarl/texts'],
  ['europarl-results', 'europarl/results'],
] as const

const citations = [{ source: 'source:kaztag-2022-01-21' }]
/** One of them is named in Latin letters only, the other in Cyrillic ones only. */
const PRESIDENTS: readonly NodeRecord[] = [
  { type: 'Person', id: 'person:nursultan-nazarbayev', values: { name: 'Nursultan Nazarbayev' }, citations },
  { type: 'Person', id: 'person:kassym-jomart-tokayev', values: { name: 'Касым-Жомарт Токаев' }, citations },
]

const importAll = async (graph: Graph): Promise<void> => {
  for (const [name, path] of FILES) {
    const importer = await loadImporter(name, shape)
    if (!importer) throw new Error(`There is no importer "${name}".`)
    await runImports({ store: graph.store, shape, importer, path: join(DATA, path), now: () => NOW })
  }
  await graph.load(PRESIDENTS)
}

/** All records that can be found, without what leads from one to another: a search asks for nothing more. */
const copyRecords = async (from: GraphStore, to: Graph): Promise<void> => {
  for (const type of searchColumns(shape).keys()) {
    const records: NodeRecord[] = []
    const columns = shape.nodes.get(type)?.columns ?? new Map()
    for await (const { id, values } of from.scanNodes(type)) {
      const given = Object.entries(values).filter(
        ([name]) => !columns.get(name)?.derived && columns.get(name)?.edition !== 'own',
      )
      records.push({ type, id, values: Object.fromEntries(given), citations })
    }
    await to.load(records)
  }
}

describe.skipIf(!isThere)('120 searches over the seed and what was imported', () => {
  const graphs = new Map<string, Graph>()
  const [first, ...others] = engines as [Engine, ...Engine[]]
  const hitsOf = async (name: string, options: SearchOptions) => {
    const hits = await search((graphs.get(name) as Graph).store, shape, options)
    return hits.map(({ id, score, how, field }) => ({ id, score, how, column: field.column, text: field.text }))
  }

  beforeAll(async () => {
    const graph = await first.seeded()
    graphs.set(first.name, graph)
    await importAll(graph)
    for (const engine of others) {
      const copy = await engine.seeded()
      graphs.set(engine.name, copy)
      await copyRecords(graph.store, copy)
    }
  }, 900_000)
  afterAll(() => Promise.all([...graphs.values()].map((graph) => graph.close())))

  const all = Object.values(lists).flat()
  it('are 110 and more that are to find something, and ten that are not', () => {
    expect(all.length).toBeGreaterThanOrEqual(110)
    expect(new Set(all.map(([text]) => text)).size).toBe(all.length)
    expect(NOTHING).toHaveLength(10)
  })

  it('find what was meant first in 95 %, and among the first five in 99 %', async () => {
    const places = await Promise.all(
      all.map(async ([text, wanted]) => {
        const hits = await hitsOf(first.name, { text, first: 5 })
        return { text, place: hits.findIndex(({ id }) => id === wanted) }
      }),
    )
    const missed = (most: number) => places.filter(({ place }) => place < 0 || place > most).map(({ text }) => text)
    expect(missed(0).length / all.length, missed(0).join(', ')).toBeLessThanOrEqual(0.05)
    expect(missed(4).length / all.length, missed(4).join(', ')).toBeLessThanOrEqual(0.01)
  })

  it.each(NOTHING)('find nothing for %s', async (text) => {
    for (const { name } of engines) expect(await hitsOf(name, { text })).toEqual([])
  })

  it.each(others)(
    'have the same hits in the same order on $name',
    async ({ name }) => {
      for (const [text] of all)
        expect(await hitsOf(name, { text, first: 50 }), text).toEqual(await hitsOf(first.name, { text, first: 50 }))
    },
    300_000,
  )

  it.each(engines)(
    'find a word that is in thousands of titles, and in one name, by the name first, on $name',
    async ({ name }) => {
      const hits = await hitsOf(name, { text: 'European Parliament', first: 100 })
      expect(hits[0]).toMatchObject({ id: 'org:european-parliament', how: 'NAME', column: 'name' })
      expect(hits).toHaveLength(100)
    },
  )

  it.each(engines)('find records of the asked types only, on $name', async ({ name }) => {
    const types = ['VoteEvent', 'Place']
    const store = (graphs.get(name) as Graph).store
    const hits = await search(store, shape, { text: 'Ukraine', types, first: 100 })
    expect(new Set(hits.map(({ type }) => type))).toEqual(new Set(types))
    expect(await search(store, shape, { text: 'Ukraine', types: ['VoteCount'] })).toEqual([])
  })
})
