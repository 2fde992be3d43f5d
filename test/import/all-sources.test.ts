import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadImporter } from '../../src/import/registry.js'
import { removeSource } from '../../src/import/remove-source.js'
import { runImports } from '../../src/import/run-import.js'
import { graphHash } from '../../src/store/graph-hash.js'
import { differences, questions } from '../support/contract.js'
import { engines, type Graph, NOW, shape } from '../support/engines.js'

const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url))
const isThere = existsSync(DATA)
if (!isThere && process.env.CI) throw new Error(`The published data is not at ${DATA}; CI needs it.`)
if (!isThere) console.warn(`NOT TESTED: the published data is not at ${DATA}.`)

/** Every published file that an importer reads. */
const FILES = [
  ['howtheyvote', 'howtheyvote'],
  ['europarl-rollcalls', 'europarl/rollcalls'],
  ['europarl-results', 'europarl/results'],
  ['europarl-members', 'europarl/meps_term8_en.csv.gz'],
  ['europarl-members', 'europarl/meps_term9_en.csv.gz'],
  ['europarl-opendata', 'europarl/opendata'],
  ['europarl-opendata', 'europarl/meetings_2022.ttl.gz'],
  ['europarl-texts', 'europarl/texts'],
] as const

const importAll = async (graph: Graph, files: typeof FILES | readonly (typeof FILES)[number][]): Promise<void> => {
  for (const [name, path] of files) {
    const importer = await loadImporter(name, shape)
    if (!importer) throw new Error(`There is no importer "${name}".`)
    await runImports({ store: graph.store, shape, importer, path: join(DATA, path), now: () => NOW })
  }
}

/** The hash of all of it, which must be the same whatever came first, on either engine. */
let hash = ''

describe.skipIf(!isThere).each(engines)('all published files together, on $name', (engine) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await engine.seeded()
    // Neo4j gets them in another order.
    await importAll(graph, engine.name === 'SQLite' ? FILES : FILES.toReversed())
  }, 900_000)
  afterAll(() => graph.close())

  it('give one hash, in whatever order', async () => {
    const found = await graphHash(graph.store, shape)
    hash ||= found
    expect(found).toBe(hash)
  }, 300_000)

  it.each(questions)('leave the answer to $name as it was', async ({ query, answer }) => {
    const { data, errors } = await graph.ask(query)
    expect(errors).toBeUndefined()
    expect(differences(answer, data)).toEqual([])
  })

  it('disagree about the four ballots of the shortened lists, and show the whole tally', async () => {
    const { data } = await graph.ask(`{ conflicts(where: { field: { eq: "tally" } }) { nodes { record { id }
      statements { nodes { value isShown sources { nodes { id } } } } } } }`)
    const { nodes } = (data as { conflicts: { nodes: readonly TallyConflict[] } }).conflicts
    expect(nodes.map(({ record }) => record.id)).toEqual([
      'ep-vote:108425',
      'ep-vote:157699',
      'ep-vote:168834',
      'ep-vote:168864',
    ])
    for (const { statements } of nodes) {
      const shown = statements.nodes.filter(({ isShown }) => isShown)
      expect(shown.map(({ sources }) => sources.nodes)).toEqual([[{ id: 'source:howtheyvote' }]])
      expect(statements.nodes).toHaveLength(2)
    }
  })

  it('draft demands in just those paragraphs of the joint motion that call on somebody', async () => {
    const { data } = await graph.ask(`{ motion(id: "ep-doc:RC-B10-0249/2025") { paragraphs(first: 100) { totalCount }
      demands { nodes { id status } } } }`)
    expect(data).toEqual({
      motion: {
        paragraphs: { totalCount: 12 },
        demands: {
          nodes: [2, 3, 4, 6, 8].map((n) => ({ id: `ep-doc:RC-B10-0249/2025#draft-p${n}`, status: 'DRAFT' })),
        },
      },
    })
  })
})

describe.skipIf(!isThere).each(engines)('published files, on $name', (engine) => {
  it('can all be removed, and leave the seed', async () => {
    const graph = await engine.seeded()
    const seed = await graphHash(graph.store, shape)
    await importAll(graph, FILES.slice(1))
    for (const { source } of await graph.store.editions()) {
      if (source !== 'records:kazakhstan-2022')
        await removeSource({ store: graph.store, shape, source, now: () => NOW })
    }
    expect(await graphHash(graph.store, shape)).toBe(seed)
    await graph.close()
  }, 300_000)
})

describe.skipIf(!isThere)('published files, in other orders', () => {
  it.each([
    ['the export last', [...FILES.slice(1), FILES[0]]],
    ['the export in the middle', [...FILES.slice(3, 6), FILES[0], ...FILES.slice(1, 3), ...FILES.slice(6)]],
  ] as const)(
    'give the same hash: %s',
    async (_order, files) => {
      const graph = await (engines[0] as (typeof engines)[number]).seeded()
      await importAll(graph, files)
      expect(await graphHash(graph.store, shape)).toBe(hash)
      await graph.close()
    },
    300_000,
  )
})

interface TallyConflict {
  readonly record: { readonly id: string }
  readonly statements: {
    readonly nodes: readonly {
      readonly isShown: boolean
      readonly sources: { readonly nodes: readonly { readonly id: string }[] }
    }[]
  }
}
