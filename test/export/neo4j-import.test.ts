import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'graphql'
import neo4j from 'neo4j-driver'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { importIntoNeo4j, startNeo4j } from '../../scripts/neo4j-server.mjs'
import { type ExportFormat, exportGraph } from '../../src/export/export-format.js'
import { formats } from '../../src/export/formats.js'
import type { NodeRecord } from '../../src/model/records.js'
import { searchFingerprint } from '../../src/model/search/search-keys.js'
import { createExecutor } from '../../src/query/execute.js'
import { graphHash } from '../../src/store/graph-hash.js'
import type { GraphStore } from '../../src/store/graph-store.js'
import { derivationOf } from '../../src/store/inferred-columns.js'
import { Loader } from '../../src/store/load.js'
import { bulkFiles } from '../../src/store/neo4j/import-files.js'
import { Neo4jStore } from '../../src/store/neo4j/neo4j-store.js'
import { differences, questions } from '../support/contract.js'
import { type Engine, engines, type Graph, NOW, schema, shape } from '../support/engines.js'
import { syntheticGraph } from '../support/synthetic-graph.js'
import { code, refusal } from '../support/thrown.js'

const [sqlite, neo4jEngine] = engines as readonly [Engine, Engine | undefined]
const format = formats({ neo4j: bulkFiles }).get('neo4j-import') as ExportFormat
const uri = inject('neo4j')

/** Texts and numbers that a reader of CSV is apt to change. */
const AWKWARD = [
  ...['', ' ', ' leading', 'trailing ', '\ttab', '\u00a0nbsp', '\ufeffmark', '"', '""', '"quoted"', 'a "b" c', '\\"'],
  ...['back\\', 'line\nfeed', 'carriage\rreturn', 'both\r\n', '\n', 'a,b', 'a;b', "it's", '\u2028', '\u0001', '😀'],
  ...['null', 'NULL', 'true', '1', '1e5', '-0', 'Қазақстан', ':ID', '[1,2]', '#', '\u0085', 'long '.repeat(600_000)],
]
const NUMBERS = [0, 225, -0.1, 0.1 + 0.2, 1e21, 1e-7, 5e-324, Number.MAX_VALUE, 2 ** 53 - 1, 123_456_789.125]
const citations = [{ source: 'source:synthetic-1', locator: 'p "1", 2\n3' }]
const awkward: readonly NodeRecord[] = [
  ...AWKWARD.map((text, i) => ({
    type: 'Demand',
    id: `awkward:"${i}",\\;`,
    values: { text, position: i, status: 'CONFIRMED' },
    citations,
  })),
  ...NUMBERS.map((value, i) => ({
    type: 'Claim',
    id: `awkward:number-${i}`,
    values: { property: 'DEATHS', unit: '', value, status: 'OPEN' },
    citations,
  })),
]

let folder: string
let graph: Graph
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapporteur-export-'))
  graph = await sqlite.seeded()
  await graph.load(syntheticGraph(shape, 8))
  await graph.load(awkward)
})
afterAll(async () => {
  await graph.close()
  await rm(folder, { recursive: true, force: true })
})

const textOf = async (...path: readonly string[]): Promise<string> =>
  gunzipSync(await readFile(join(folder, ...path))).toString()

describe('the export for the bulk import of Neo4j', () => {
  it('writes a table a type, the command, and how many there are', async () => {
    const report = await exportGraph(format, graph.store, shape, join(folder, 'whole'))
    const counts = await graph.store.count()
    const sum = (names: Iterable<string>) => [...names].reduce((total, name) => total + (counts[name] ?? 0), 0)
    expect(report).toMatchObject({ records: sum(shape.nodes.keys()), links: sum(shape.links.keys()) })
    expect((await readdir(join(folder, 'whole'))).sort()).toEqual([
      'README.txt',
      'SHA256SUMS',
      'import.args',
      'import.sh',
      'links',
      'manifest.json',
      'nodes',
    ])
    const [header, first] = (await textOf('whole', 'links', 'Vote.csv.gz')).split('\n')
    expect(header).toMatch(/^:START_ID\(Node\),:END_ID\(Node\),sourceSet:long,/)
    expect(first).toMatch(/^synthetic:Person-\d,synthetic:VoteEvent-\d,\d+,/)
    expect(await textOf('whole', 'nodes', 'Rapporteur.csv.gz')).toBe(
      `:ID(Rapporteur),name,version:long,searchKeys,derivedBy\nstore,store,2,${searchFingerprint(shape)},${derivationOf(shape)}\n`,
    )
    const args = await readFile(join(folder, 'whole', 'import.args'), 'utf8')
    expect(args).toContain('--nodes=Node:Person=nodes/Person.csv.gz\n')
    expect(args).toContain('--relationships=VOTE=links/Vote.csv.gz\n')
  })

  it('has no file for a type without records', async () => {
    const small = await sqlite.empty()
    await small.load(syntheticGraph(shape, 1).filter((record) => 'type' in record && record.type === 'Source'))
    const report = await exportGraph(format, small.store, shape, join(folder, 'small'))
    await small.close()
    expect(await readdir(join(folder, 'small', 'nodes'))).toEqual([
      'Graph.csv.gz',
      'Rapporteur.csv.gz',
      'SearchWord.csv.gz',
      'Source.csv.gz',
      'SourceSet.csv.gz',
    ])
    expect(report).toMatchObject({ records: 1, links: 0 })
  })

  it('takes an empty folder, and refuses one that holds something', async () => {
    await mkdir(join(folder, 'empty'))
    await exportGraph(format, graph.store, shape, join(folder, 'empty'))
    expect(await readdir(join(folder, 'empty'))).toHaveLength(7)
    const before = await readdir(join(folder, 'empty', 'nodes'))
    const error = await refusal(exportGraph(format, graph.store, shape, join(folder, 'empty')))
    expect([code(error), String(error)]).toEqual(['BAD_OUTPUT', expect.stringContaining('is not empty')])
    expect(await readdir(join(folder, 'empty', 'nodes'))).toEqual(before)
  })

  it('refuses a file as folder, and what another export is writing', async () => {
    await writeFile(join(folder, 'letter'), 'Dear Sir or Madam')
    expect(code(await refusal(exportGraph(format, graph.store, shape, join(folder, 'letter'))))).toBe('BAD_OUTPUT')
    await mkdir(join(folder, 'busy.part'))
    const error = await refusal(exportGraph(format, graph.store, shape, join(folder, 'busy')))
    expect([code(error), String(error)]).toEqual(['BAD_OUTPUT', expect.stringContaining('busy.part')])
    expect(await readdir(folder)).not.toContain('busy')
  })

  it('keeps nothing when it fails half-way, or the store changes meanwhile', async () => {
    const broken = storeWith(graph.store, {
      async *scanLinks(link) {
        if (link === 'Vote') throw new Error('The disk is on fire.')
        yield* graph.store.scanLinks(link)
      },
    })
    await expect(exportGraph(format, broken, shape, join(folder, 'broken'))).rejects.toThrow('The disk is on fire.')
    let asked = 0
    const changing = storeWith(graph.store, {
      async editions() {
        asked += 1
        return (await graph.store.editions()).map((each) => ({ ...each, importedAt: `2026-01-01T00:00:0${asked}Z` }))
      },
    })
    expect(code(await refusal(exportGraph(format, changing, shape, join(folder, 'changing'))))).toBe('STORE_LOCKED')
    const names = (await readdir(folder)).filter((name) => /broken|changing/.test(name))
    expect(names).toEqual([])
  })

  it('refuses a store in which an import was cut off', async () => {
    const cut = storeWith(graph.store, {
      editions: async () => (await graph.store.editions()).map((each) => ({ ...each, state: 'importing' as const })),
    })
    const error = await refusal(exportGraph(format, cut, shape, join(folder, 'cut')))
    expect([code(error), String(error)]).toEqual(['STORE_LOCKED', expect.stringContaining('was cut off')])
  })
})

/** A store with some of its methods replaced. */
const storeWith = (store: GraphStore, methods: Partial<GraphStore>): GraphStore =>
  new Proxy(store, {
    get: (target, name) => {
      const value = Reflect.get(methods, name) ?? Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })

/**
 * Everything in a database, without the ids that the server gives. Sets of sources stand for their numbers, which depend
 * on the order in which they were made; that the numbers are integers is told.
 */
const contentOf = async (address: string): Promise<readonly string[]> => {
  const driver = neo4j.driver(address)
  const rowsOf = async (query: string): Promise<readonly Record<string, unknown>[]> =>
    (await driver.executeQuery(query)).records.map((record) => record.toObject())
  try {
    const citations = await rowsOf(
      'MATCH (s:SourceSet)-[e:INCLUDES]->(n) WITH s, n, e ORDER BY n.id RETURN s.number AS number, collect([labels(n), n.id, properties(e)]) AS all',
    )
    const sets = new Map(citations.map(({ number, all }) => [`${number} ${neo4j.isInt(number)}`, JSON.stringify(all)]))
    const textOfAll = (properties: object): string =>
      JSON.stringify(
        Object.entries(properties)
          .map(([name, value]) =>
            name === 'sourceSet' || name === 'number' ? [name, sets.get(`${value} true`)] : [name, value],
          )
          .sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1)),
      )
    const nodes = await rowsOf(
      'MATCH (n) WHERE n.name IS NULL OR n.name <> "writer" RETURN labels(n) AS labels, properties(n) AS p',
    )
    const links = await rowsOf(
      'MATCH (a)-[e]->(b) WHERE type(e) <> "INCLUDES" RETURN type(e) AS type, a.id AS from, b.id AS to, properties(e) AS p',
    )
    return [
      ...nodes.map(({ labels, p }) => `${(labels as string[]).sort()} ${textOfAll(p as object)}`),
      ...links.map(({ type, from, to, p }) => `${type} ${from} ${to} ${textOfAll(p as object)}`),
    ].sort()
  } finally {
    await driver.close()
  }
}

describe.skipIf(uri === null)('a Neo4j made from the exported files', () => {
  let imported: Neo4jStore
  let server: Awaited<ReturnType<typeof startNeo4j>>
  let home: string
  let created: boolean

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'rapporteur-neo4j-import-'))
    const files = join(folder, 'for-neo4j')
    await exportGraph(format, graph.store, shape, files)
    await importIntoNeo4j({ home, files })
    server = await startNeo4j({ home })
    imported = new Neo4jStore(shape, { uri: server.uri, slowness: 20 })
    created = (await imported.prepare()).created
  }, 180_000)
  afterAll(async () => {
    await imported?.close()
    await server?.stop()
    await rm(home, { recursive: true, force: true })
  })

  it('is taken for a store of Rapporteur that has its schema after the first start', async () => {
    expect(created).toBe(false)
    expect(await imported.check()).toEqual([])
    expect(await imported.prepare()).toEqual({ created: false })
  })

  it('has the hash of the store that was exported', async () => {
    expect(await graphHash(imported, shape)).toBe(await graphHash(graph.store, shape))
    expect(await imported.editions()).toEqual(await graph.store.editions())
    expect(await imported.sourceSets()).toEqual(await graph.store.sourceSets())
  })

  it('holds just what the writer would have made, to the last property', async () => {
    const written = await (neo4jEngine as Engine).seeded()
    await written.load(syntheticGraph(shape, 8))
    await written.load(awkward)
    const content = await contentOf(uri as string)
    await written.close()
    expect(await contentOf(server.uri)).toEqual(content)
  }, 120_000)

  it('answers the questions of the contract', async () => {
    const execute = createExecutor({ schema, shape, store: imported, timeout: 20_000, onStatement: () => undefined })
    for (const { query, answer } of questions) {
      const result = await execute({ schema, document: parse(query), variableValues: {} })
      const text = ('stringify' in result ? result.stringify(result) : JSON.stringify(result)).toString()
      expect(differences(answer, (JSON.parse(text) as { data: unknown }).data)).toEqual([])
    }
  })

  it('can be exported again, with the same rows', async () => {
    await exportGraph(format, graph.store, shape, join(folder, 'first'))
    await exportGraph(format, imported, shape, join(folder, 'second'))
    const names = await readdir(join(folder, 'first'), { recursive: true })
    expect((await readdir(join(folder, 'second'), { recursive: true })).sort()).toEqual([...names].sort())
    for (const name of names.filter((each) => each.endsWith('.gz'))) {
      const rows = async (from: string) => (await textOf(from, name)).split('\n').sort()
      expect(await rows('second'), name).toEqual(await rows('first'))
    }
  })

  it('can be loaded into further', async () => {
    const loader = await Loader.open({ store: imported, shape, now: () => NOW })
    const [more] = awkward as readonly [NodeRecord]
    const other = [{ source: 'source:synthetic-2', locator: 'new' }]
    await loader.add([more, { ...more, id: 'awkward:more', citations: other }])
    await loader.close()
    expect(loader.counts).toMatchObject({ inserted: 1, updated: 0, unchanged: 1 })
    expect(await imported.sourceSets()).toHaveLength((await graph.store.sourceSets()).length + 1)
  })
})
