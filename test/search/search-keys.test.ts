import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import neo4j from 'neo4j-driver'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { prepareStore } from '../../src/import/prepare-store.js'
import type { NodeRecord } from '../../src/model/records.js'
import { type SearchOptions, search } from '../../src/search/search.js'
import { NO_CHANGES } from '../../src/store/graph-store.js'
import { Neo4jStore } from '../../src/store/neo4j/neo4j-store.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'
import { engines, type Graph, shape } from '../support/engines.js'

const citations = [{ source: 'source:synthetic' }]
const source: NodeRecord = {
  type: 'Source',
  id: 'source:synthetic',
  values: { kind: 'DATA_SET', title: 'Synthetic' },
  citations,
}
const person = (name: string, id = 'person:synthetic'): NodeRecord => ({
  type: 'Person',
  id,
  values: { name },
  citations,
})

describe.each(engines)('a record of $name', (engine) => {
  let graph: Graph
  const found = async (text: string, options: Partial<SearchOptions> = {}) =>
    (await search(graph.store, shape, { text, ...options })).map(({ id }) => id)
  beforeAll(async () => {
    graph = await engine.empty()
    await graph.load([source, person('Ada Quorum'), person('Ada Quorate', 'person:other')])
  })
  afterAll(() => graph.close())

  it('is found by its name, by each word, and by the beginning of the last', async () => {
    for (const text of ['Ada Quorum', 'QUORUM', 'ada quor', 'quo'])
      expect(await found(text), text).toContain('person:synthetic')
    expect(await found('quorum ada')).toEqual(['person:synthetic'])
    expect(await found('qu')).toEqual([])
  })

  it('is found by its new name once it is changed, and no longer by the old one', async () => {
    await graph.load([person('Bea Plenum')])
    expect(await found('Plenum')).toEqual(['person:synthetic'])
    expect(await found('Ada Quorum')).toEqual([])
  })

  it('is not found once it is deleted', async () => {
    const writer = await graph.store.writer()
    const deleteNodes = [{ type: 'Person', id: 'person:synthetic' }]
    await writer.write({ ...NO_CHANGES, deleteNodes }, { at: '2026-01-02T00:00:00Z', version: 9 })
    await writer.close()
    expect(await found('Plenum')).toEqual([])
  })

  it('gives an error for a text that is empty, or too long, and for more hits than there can be', async () => {
    const search = (text: string, first = 20) => found(text, { first })
    await expect(search('  ')).rejects.toMatchObject({ code: 'BAD_ARGUMENT' })
    await expect(search('x'.repeat(10_000))).rejects.toThrow(
      'The text to search has 10000 characters; the limit is 300. Search for a part of it, such as its beginning.',
    )
    for (const first of [0, -1, 101, 1.5]) await expect(search('x', first)).rejects.toThrow('"first" is')
  })

  it.each([
    '"ada',
    'ada*',
    'ada AND NOT quorate',
    'keys:ada',
    '^ada',
    'NEAR(ada quorate, 2)',
    '+ada -quorate',
    'ada~2',
    '[a TO z]',
    '/ada.*/',
    "'; DROP TABLE node; --",
    "readfile('/etc/passwd')",
    '\\',
    '$keys',
    '\u0000ada',
    'ada\ud800',
  ])('takes %j for words, and no operator', async (text) => {
    expect(Array.isArray(await found(text))).toBe(true)
    expect(await found('Ada Quorate')).toEqual(['person:other'])
  })
})

describe('a store that was made without keys', () => {
  it('has them after the next start, on SQLite', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'search-keys-'))
    const path = join(folder, 'graph.sqlite')
    const store = new SqliteStore(shape, { path })
    await prepareStore(store, shape, { seed: true })
    await store.close()
    const database = new Database(path)
    for (const table of ['search_key', 'search_entry', 'search_word']) database.exec(`DROP TABLE ${table}`)
    database.exec("DELETE FROM rapporteur WHERE name IN ('fingerprint', 'search keys')")
    database.close()
    const later = new SqliteStore(shape, { path })
    await later.prepare()
    expect((await search(later, shape, { text: 'Borrell' })).map(({ id }) => id)).toEqual(['person:josep-borrell'])
    expect((await later.searchWords()).split(' ')).toContain('borrell')
    expect(await later.check()).toEqual([])
    await later.close()
    rmSync(folder, { recursive: true })
  })

  it.skipIf(!inject('neo4j'))('has them after the next start, on Neo4j', async () => {
    const uri = inject('neo4j') as string
    const [, engine] = engines
    await (await engine?.seeded())?.close()
    const driver = neo4j.driver(uri)
    for (const text of [
      'MATCH (n) REMOVE n.searchKeys, n.searchRank',
      'MATCH (n:SearchWord) DELETE n',
      'DROP INDEX search_key',
      'DROP CONSTRAINT search_word',
    ])
      await driver.executeQuery(text)
    await driver.close()
    const store = new Neo4jStore(shape, { uri, slowness: 20 })
    expect(await store.check()).toHaveLength(2)
    await store.prepare()
    expect((await search(store, shape, { text: 'Borrell' })).map(({ id }) => id)).toEqual(['person:josep-borrell'])
    expect((await store.searchWords()).split(' ')).toContain('borrell')
    expect(await store.check()).toEqual([])
    await store.close()
  })
})
