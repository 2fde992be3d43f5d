import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withCountryNames } from '../../src/import/country-names.js'
import { europarlMembers } from '../../src/import/europarl/europarl-members.js'
import { howtheyvote } from '../../src/import/howtheyvote/howtheyvote.js'
import type { Importer } from '../../src/import/importer.js'
import { loadImporter } from '../../src/import/registry.js'
import { removeSource } from '../../src/import/remove-source.js'
import { runImports } from '../../src/import/run-import.js'
import { graphHash } from '../../src/store/graph-hash.js'
import { engines, type Graph, NOW, shape } from '../support/engines.js'
import { fixture } from '../support/read-europarl.js'

const SOURCE = `source:cldr-${process.versions['cldr']}`
const EXPORT: readonly [Importer, string] = [withCountryNames(howtheyvote), fixture('howtheyvote')]
const DIRECTORY: readonly [Importer, string] = [
  withCountryNames(europarlMembers),
  fixture('europarl-directory/directory.xml'),
]

let hash = ''

describe.each(engines)('names of countries, on $name', (engine) => {
  let graph: Graph
  const read = ([importer, path]: typeof EXPORT) =>
    runImports({ store: graph.store, shape, importer, path, now: () => NOW })
  beforeAll(async () => {
    graph = await engine.empty()
    for (const each of engine.name === 'SQLite' ? [EXPORT, DIRECTORY] : [DIRECTORY, EXPORT]) await read(each)
  }, 120_000)
  afterAll(() => graph.close())

  it('are there in the languages of the Union, Russian and Kazakh, with CLDR as their source', async () => {
    const { data } = await graph.ask(`{ places(first: 100) { nodes { id name names { text language } } } }`)
    const { nodes } = (
      data as { places: { nodes: readonly { id: string; names: readonly { text: string; language: string }[] }[] } }
    ).places
    const countries = nodes.filter(({ id }) => id.startsWith('iso:'))
    expect(countries.length).toBeGreaterThan(2)
    expect(countries.filter(({ names }) => names.length < 26)).toEqual([])
    const belgium = countries.find(({ id }) => id === 'iso:BE')?.names
    expect(belgium).toContainEqual({ text: 'Бельгия', language: 'ru' })
    expect(belgium).toContainEqual({ text: 'Belgien', language: 'de' })
    const sources = await graph.ask(
      `{ source(id: "${SOURCE}") { license } place(id: "iso:BE") { sources { nodes { id } } } conflicts { totalCount } }`,
    )
    expect(sources.data).toMatchObject({ source: { license: 'Unicode-3.0' }, conflicts: { totalCount: 0 } })
    expect((sources.data as { place: { sources: { nodes: readonly unknown[] } } }).place.sources.nodes).toContainEqual({
      id: SOURCE,
    })
  })

  it('leave one hash, in either order', async () => {
    const found = await graphHash(graph.store, shape)
    hash ||= found
    expect(found).toBe(hash)
  })

  it('change nothing in a second import', async () => {
    expect((await read(EXPORT)).map(({ outcome }) => outcome)).toEqual(['unchanged'])
  })

  it('go with the sources that brought the countries', async () => {
    for (const { source } of await graph.store.editions())
      await removeSource({ store: graph.store, shape, source, now: () => NOW })
    const { data } = await graph.ask('{ places { totalCount } sources { totalCount } }')
    expect(data).toEqual({ places: { totalCount: 0 }, sources: { totalCount: 0 } })
  })
})

it('come with every importer but that of records, which say what their desk says', async () => {
  expect((await loadImporter('howtheyvote', shape))?.version).toContain(`+cldr-${process.versions['cldr']}`)
  expect((await loadImporter('records', shape))?.version).not.toContain('cldr')
})
