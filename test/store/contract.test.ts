import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildASTSchema, type FieldNode, type OperationDefinitionNode, parse } from 'graphql'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import type { GraphRecord, LinkRecord, NodeRecord, StoredLink, StoredNode } from '../../src/model/records.js'
import { planQuery } from '../../src/query/plan-query.js'
import { PlanValues } from '../../src/query/plan-values.js'
import {
  type Changes,
  type Edition,
  type GraphStore,
  NO_CHANGES,
  type Stamp,
  type StoreWriter,
} from '../../src/store/graph-store.js'
import { Loader } from '../../src/store/load.js'
import { Neo4jStore } from '../../src/store/neo4j/neo4j-store.js'
import type { Plan } from '../../src/store/plan.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'
import { driverAt, emptyDatabase, engines, NOW, serverAt, shape } from '../support/engines.js'
import { syntheticGraph } from '../support/synthetic-graph.js'
import { code, refusal } from '../support/thrown.js'

const AT: Stamp = { at: '2026-01-01T12:00:00.000Z', version: 1 }

/** A place to keep a graph, which several stores can open one after the other or at once. */
interface Home {
  open(): GraphStore
  clear(): Promise<void>
  /** Takes out what was written, and may leave tables and indexes, which Neo4j needs a while to make. */
  empty(): Promise<void>
}

const homes: readonly { readonly name: string; make(): Home }[] = [
  {
    name: 'SQLite',
    make() {
      const folder = mkdtempSync(join(tmpdir(), 'rapporteur-contract-'))
      let number = 0
      const path = () => join(folder, `${number}.sqlite`)
      const clear = async () => {
        number += 1
        if (existsSync(folder)) rmSync(folder, { recursive: true })
      }
      return { open: () => new SqliteStore(shape, { path: path() }), clear, empty: clear }
    },
  },
  ...[inject('neo4j')].flatMap((uri) => (uri ? [{ name: 'Neo4j', make: () => neo4jHome(uri) }] : [])),
]

const neo4jHome = (uri: string): Home => ({
  open: () => new Neo4jStore(shape, { ...serverAt(uri), slowness: 20 }),
  clear: () => emptyDatabase(uri),
  async empty() {
    const { driver, config } = driverAt(uri)
    await driver.executeQuery('MATCH (n) WHERE NOT (n:Rapporteur AND n.name = "store") DETACH DELETE n', {}, config)
    await driver.close()
  },
})

const schema = buildASTSchema(shape.served)

/** The plan of a question with one root field. */
const planOf = (question: string): Plan => {
  const operation = parse(question).definitions[0] as OperationDefinitionNode
  const field = operation.selectionSet.selections[0] as FieldNode
  const mapping = shape.root.get(field.name.value)
  if (!mapping) throw new Error(`"${field.name.value}" is not a root field.`)
  const request = { schema, fragments: {}, variables: {}, looked: { selections: 0 } }
  return planQuery(request, shape, new PlanValues(), mapping, [field]).plan as Plan
}

const answerText = async (store: GraphStore, question: string): Promise<string> => {
  const { json } = await store.answer(planOf(question))
  return typeof json === 'string' ? json : Buffer.from(json).toString()
}

const answer = async (store: GraphStore, question: string): Promise<unknown> =>
  JSON.parse(await answerText(store, question))

const collect = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** All that a store holds, in an order that does not depend on the engine. */
const contents = async (store: GraphStore) => {
  const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
  const nodes: StoredNode[] = []
  for (const type of shape.nodes.keys()) nodes.push(...(await collect(store.scanNodes(type))))
  const links: StoredLink[] = []
  for (const link of shape.links.keys()) links.push(...(await collect(store.scanLinks(link))))
  const ordered = <T extends StoredNode | StoredLink>(records: readonly T[]) =>
    records
      .map((record) => ({
        ...record,
        values: Object.fromEntries(Object.entries(record.values).sort(([a], [b]) => (a < b ? -1 : 1))),
      }))
      .sort(byText)
  return { nodes: ordered(nodes), links: ordered(links), sets: await store.sourceSets() }
}

const source = (id: string, values: Record<string, unknown> = {}): NodeRecord => ({
  type: 'Source',
  id,
  values: { title: id, kind: 'PUBLICATION', ...values } as NodeRecord['values'],
  citations: [{ source: id }],
})
const place = (
  id: string,
  values: Record<string, unknown> = {},
  sources: readonly string[] = ['source:a'],
): NodeRecord => ({
  type: 'Place',
  id,
  values: { name: id, ...values } as NodeRecord['values'],
  citations: sources.map((each) => ({ source: each })),
})
const link = (name: string, from: string, to: string, more: Partial<LinkRecord> = {}): LinkRecord => ({
  link: name,
  from,
  to,
  values: {},
  citations: [{ source: 'source:a' }],
  ...more,
})
const storedPlace = (id: string, values: StoredNode['values'] = {}, sourceSet = 1): StoredNode => ({
  type: 'Place',
  id,
  values: { name: id, nameFolded: id, names: [], ...values },
  sourceSet,
})
const storedLink = (name: string, from: string, to: string, more: Partial<StoredLink> = {}): StoredLink => ({
  link: name,
  from,
  to,
  key: '',
  values: {},
  sourceSet: 1,
  ...more,
})
/** A source that says itself, and the set of sources with number 1 that it is alone in. */
const FIRST: Changes = {
  ...NO_CHANGES,
  insertNodes: [{ type: 'Source', id: 'source:a', values: { title: 'A', kind: 'PUBLICATION' }, sourceSet: 1 }],
  sourceSets: [{ number: 1, citations: [{ source: 'source:a', locator: null }], voices: [] }],
}

describe('the tests of the store', () => {
  it('run on the same engines as the others', () => {
    expect(homes.map(({ name }) => name)).toEqual(engines.map(({ name }) => name))
  })
})

describe.each(homes)('a store, on $name', ({ name, make }) => {
  const home = make()
  const opened: GraphStore[] = []
  const open = (): GraphStore => {
    const store = home.open()
    opened.push(store)
    return store
  }
  const fresh = async (): Promise<GraphStore> => {
    await home.empty()
    const store = open()
    await store.prepare()
    return store
  }
  const write = async (store: GraphStore, ...batches: readonly Changes[]): Promise<void> => {
    const writer = await store.writer()
    try {
      for (const batch of batches) await writer.write(batch, AT)
    } finally {
      await writer.close()
    }
  }
  const load = async (store: GraphStore, records: readonly GraphRecord[]): Promise<Loader> => {
    const loader = await Loader.open({ store, shape, now: () => NOW })
    try {
      await loader.add(records)
      await loader.finish()
    } finally {
      await loader.close()
    }
    return loader
  }
  const writers: StoreWriter[] = []
  afterEach(async () => {
    // Those of tests that failed half-way.
    for (const writer of writers.splice(0)) await writer.close().catch(() => undefined)
    for (const store of opened.splice(0)) await store.close()
  })
  afterAll(() => home.clear())

  describe('prepares', () => {
    it('as often as asked, tells once that it was new, and lacks nothing then', async () => {
      await home.clear()
      const store = open()
      expect(await store.prepare()).toMatchObject({ created: true })
      expect(await store.prepare()).toMatchObject({ created: false })
      expect(await open().prepare()).toMatchObject({ created: false })
      expect(await store.check()).toEqual([])
      expect(Object.values(await store.count()).every((count) => count === 0)).toBe(true)
      await store.ping()
    })
  })

  describe('keeps what is written', () => {
    it.each([
      ['a quote', '"'],
      ['an apostrophe', "it's; DROP TABLE place; --"],
      ['a backslash', 'a\\u0041\\'],
      ['a dollar and backticks', '$p0 `n` {x}'],
      ['white space', ' a\t\n\r\u00a0\u2028 '],
      ['control characters', '\u0001\u001f\u007f'],
      ['scripts', 'Қазақстан 哈萨克斯坦 كازاخستان'],
      ['astral characters', '😀𝔸\u{10ffff}'],
      ['a joined sequence', '👩‍👩‍👧 e\u0301'],
      ['empty text', ''],
      ['what looks like a number', '00123'],
      ['what looks like JSON', '{"a":[null]}'],
      ['a long text', 'я'.repeat(3_000)],
    ])('%s', async (_what, text) => {
      const store = await fresh()
      const written = storedPlace('place:1', {
        name: text,
        nameFolded: text,
        names: [{ text, language: 'kk' }, { text: 'b' }],
      })
      await write(store, FIRST, { ...NO_CHANGES, insertNodes: [written] })
      expect(await collect(store.scanNodes('Place'))).toEqual([written])
      const asked = await answer(store, '{ place(id: "place:1") { name names { text language } } }')
      expect(asked).toEqual({
        name: text,
        names: [
          { text, language: 'kk' },
          { text: 'b', language: null },
        ],
      })
    })

    it.each([0, 1, -1, 2 ** 31, 2 ** 53 - 1, -(2 ** 53 - 1)])('the whole number %d', async (number) => {
      const store = await fresh()
      const ballot: StoredNode = {
        type: 'VoteEvent',
        id: 'ep-vote:1',
        sourceSet: 1,
        values: {
          titles: [],
          descriptions: [],
          date: '2022-01-20',
          dateMoment: '2022-01-20',
          isMain: true,
          isRollCall: false,
          tallyFor: number,
        },
      }
      const claim: StoredNode = {
        type: 'Claim',
        id: 'claim:1',
        sourceSet: 1,
        values: { property: 'DEATHS', unit: 'people', status: 'OPEN', value: number },
      }
      await write(store, FIRST, { ...NO_CHANGES, insertNodes: [ballot, claim] })
      expect(await collect(store.scanNodes('VoteEvent'))).toEqual([ballot])
      expect(await collect(store.scanNodes('Claim'))).toEqual([claim])
      const ballotText = await answerText(store, '{ voteEvent(id: "ep-vote:1") { tally { for } isMain isRollCall } }')
      expect(ballotText).toBe(`{"tally":{"for":${number}},"isMain":true,"isRollCall":false}`)
      expect(await answerText(store, '{ claim(id: "claim:1") { value } }')).toBe(`{"value":${number}}`)
    })

    it.each([0.5, -2.25, 4578.125, 1e-7, 123456.789])('the fraction %d', async (number) => {
      const store = await fresh()
      const values = { property: 'DEATHS', unit: 'people', status: 'OPEN', value: number }
      await write(store, FIRST, {
        ...NO_CHANGES,
        insertNodes: [{ type: 'Claim', id: 'claim:1', sourceSet: 1, values }],
      })
      expect((await collect(store.scanNodes('Claim')))[0]?.values).toEqual(values)
      expect(await answer(store, '{ claim(id: "claim:1") { value } }')).toEqual({ value: number })
    })

    it('nulls, as what is left out', async () => {
      const store = await fresh()
      await write(store, FIRST, { ...NO_CHANGES, insertNodes: [storedPlace('place:1')] })
      expect((await collect(store.scanNodes('Place')))[0]?.values).toEqual({
        name: 'place:1',
        nameFolded: 'place:1',
        names: [],
      })
      const asked = await answer(
        store,
        '{ place(id: "place:1") { kind isoAlpha2 partOf { id } updatedAt names { text } } }',
      )
      expect(asked).toEqual({ kind: null, isoAlpha2: null, partOf: null, updatedAt: AT.at, names: [] })
    })

    it('links with columns, references, keys and none of them', async () => {
      const store = await fresh()
      const person = (id: string): StoredNode => ({
        type: 'Person',
        id,
        sourceSet: 1,
        values: {
          name: 'P',
          nameFolded: 'p',
          sortName: 'P',
          sortNameFolded: 'p',
          names: [],
          urls: ['https://example.org/ä'],
        },
      })
      const ballot = {
        type: 'VoteEvent',
        id: 'ep-vote:1',
        sourceSet: 1,
        values: { titles: [], descriptions: [], date: '2022-01-20', dateMoment: '2022-01-20', isMain: true },
      }
      const office = { type: 'Office', id: 'office:1', sourceSet: 1, values: { name: 'O', nameFolded: 'o', names: [] } }
      const links = [
        storedLink('Vote', 'p:1', 'ep-vote:1', { values: { option: 'FOR', date: '2022-01-20', country: 'iso:KZ' } }),
        storedLink('Holding', 'p:1', 'office:1', { key: '2019', values: { startDate: '2019-12-01', inferred: false } }),
        storedLink('Holding', 'p:1', 'office:1', { key: '2021/b', values: { inferred: true } }),
        storedLink('Represents', 'p:1', 'iso:KZ'),
      ]
      await write(store, FIRST, {
        ...NO_CHANGES,
        insertNodes: [person('p:1'), ballot, office, storedPlace('iso:KZ')],
        insertLinks: links,
      })
      expect(await collect(store.scanLinks('Vote'))).toEqual([links[0]])
      const holdings = await collect(store.scanLinks('Holding'))
      expect([...holdings].sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([links[1], links[2]])
      expect(await collect(store.scanLinks('Represents'))).toEqual([links[3]])
      const writer = await store.writer()
      expect(
        await writer.links([
          links[2],
          links[3],
          storedLink('Holding', 'p:1', 'office:1', { key: 'none' }),
        ] as StoredLink[]),
      ).toEqual([links[2], links[3], null])
      expect([...(await writer.nodes(['p:1', 'p:none'])).entries()]).toEqual([['p:1', person('p:1')]])
      await writer.close()
    })

    it('gives records and links in the order of their ids, whatever that of their making', async () => {
      const store = await fresh()
      const ids = ['b', 'B', 'ä', 'a', '😀', '\uff5d', 'a/b', '10', '9'].map((id) => `place:${id}`)
      const ends = ['place:b', 'place:9', 'place:ä']
      const links = ids.flatMap((from) =>
        ends.flatMap((to) =>
          ['2', '10', '1'].map((key) => storedLink('Holding', from, to, { key, values: { inferred: false } })),
        ),
      )
      await write(store, FIRST, {
        ...NO_CHANGES,
        insertNodes: ids.map((id) => storedPlace(id)),
        insertLinks: links,
      })
      const byBytes = (all: readonly string[]) =>
        [...all].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      const places = await collect(store.scanNodes('Place', { ordered: true }))
      expect(places.map(({ id }) => id)).toEqual(byBytes(ids))
      const holdings = await collect(store.scanLinks('Holding', { ordered: true }))
      expect(holdings.map(({ from, to, key }) => [from, to, key])).toEqual(
        byBytes(ids).flatMap((from) => byBytes(ends).flatMap((to) => ['1', '10', '2'].map((key) => [from, to, key]))),
      )
    })

    it('tells which sets of sources are used', async () => {
      const store = await fresh()
      const citations = [{ source: 'source:a', locator: 'p 7' }]
      await write(store, FIRST, {
        ...NO_CHANGES,
        sourceSets: [2, 3, 4].map((number) => ({ number, citations, voices: [] })),
        insertNodes: [storedPlace('place:1'), storedPlace('place:2', {}, 4)],
        insertLinks: [storedLink('PlacePart', 'place:1', 'place:2', { sourceSet: 2 })],
      })
      expect(await store.usedSourceSets()).toEqual(new Set([1, 2, 4]))
      expect(new Set((await store.countSourceSets()).keys())).toEqual(new Set([1, 2, 4]))
    })

    it('changes: values that are new, other, and gone', async () => {
      const store = await fresh()
      await write(
        store,
        FIRST,
        {
          ...NO_CHANGES,
          insertNodes: [
            storedPlace('place:1', { kind: 'CITY', isoAlpha2: 'KZ' }),
            storedPlace('place:2'),
            storedPlace('place:3'),
          ],
          insertLinks: [storedLink('PlacePart', 'place:1', 'place:2'), storedLink('PlacePart', 'place:2', 'place:3')],
        },
        {
          ...NO_CHANGES,
          sourceSets: [{ number: 2, citations: [{ source: 'source:a', locator: 'p 7' }], voices: [] }],
          updateNodes: [storedPlace('place:1', { kind: 'REGION', isoAlpha3: 'KAZ' }, 2)],
          updateLinks: [storedLink('PlacePart', 'place:1', 'place:2', { sourceSet: 2 })],
          deleteLinks: [storedLink('PlacePart', 'place:2', 'place:3')],
        },
      )
      const places = await collect(store.scanNodes('Place'))
      expect(places.find(({ id }) => id === 'place:1')).toEqual(
        storedPlace('place:1', { kind: 'REGION', isoAlpha3: 'KAZ' }, 2),
      )
      expect(await collect(store.scanLinks('PlacePart'))).toEqual([
        storedLink('PlacePart', 'place:1', 'place:2', { sourceSet: 2 }),
      ])
      expect(await answer(store, '{ place(id: "place:2") { partOf { id } } }')).toEqual({ partOf: null })
    })

    it('sets of sources with locators, and gives them with records and links', async () => {
      const store = await fresh()
      const sets = [
        ...FIRST.sourceSets,
        {
          number: 2,
          citations: [
            { source: 'source:a', locator: 'row "7"' },
            { source: 'source:b', locator: null },
          ],
          voices: [],
        },
      ]
      await write(store, {
        ...FIRST,
        insertNodes: [
          ...FIRST.insertNodes,
          { type: 'Source', id: 'source:b', values: { title: 'B', kind: 'PUBLICATION' }, sourceSet: 1 },
          storedPlace('place:1', {}, 2),
          storedPlace('place:2'),
        ],
        sourceSets: sets,
        insertLinks: [storedLink('PlacePart', 'place:2', 'place:1', { sourceSet: 2 })],
      })
      expect(await store.sourceSets()).toEqual(sets)
      const both = {
        edges: [
          { locator: 'row "7"', node: { id: 'source:a' } },
          { locator: null, node: { id: 'source:b' } },
        ],
      }
      expect(await answer(store, '{ place(id: "place:1") { sources { edges { locator node { id } } } } }')).toEqual({
        sources: both,
      })
      expect(
        await answer(
          store,
          '{ place(id: "place:1") { parts { edges { node { id } sources { edges { locator node { id } } } } } } }',
        ),
      ).toEqual({
        parts: { edges: [{ node: { id: 'place:2' }, sources: both }] },
      })
    })

    it('editions, each as it was marked last', async () => {
      const store = await fresh()
      const edition: Edition = {
        source: 'b',
        state: 'importing',
        importer: 'x 1',
        contentHash: null,
        importedAt: AT.at,
        date: null,
      }
      const other: Edition = {
        source: 'a',
        state: 'complete',
        importer: 'x 1',
        contentHash: 'abc',
        importedAt: AT.at,
        date: '2026-01-01',
      }
      await write(store, { ...NO_CHANGES, edition }, { ...NO_CHANGES, edition: other })
      expect(await store.editions()).toEqual([other, edition])
      await write(store, { ...NO_CHANGES, edition: { ...edition, state: 'complete', contentHash: 'def' } })
      expect(await store.editions()).toEqual([other, { ...edition, state: 'complete', contentHash: 'def' }])
    })

    it('all of it after closing and opening again', async () => {
      const store = await fresh()
      await load(store, syntheticGraph(shape, 3))
      const before = { ...(await contents(store)), counts: await store.count() }
      await store.close()
      opened.splice(0)
      const again = open()
      expect(await again.prepare()).toMatchObject({ created: false })
      expect({ ...(await contents(again)), counts: await again.count() }).toEqual(before)
      expect(before.counts['Person']).toBe(3)
      // Nothing is deleted, and links do not contradict each other.
      const { Tombstone: _deleted, ConflictWith: _links, ...counts } = before.counts
      expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([])
    })
  })

  describe('refuses a batch as a whole', () => {
    const PLACES: Changes = {
      ...NO_CHANGES,
      insertNodes: [storedPlace('place:1'), storedPlace('place:2'), storedPlace('place:3')],
    }
    const ballot: StoredNode = {
      type: 'VoteEvent',
      id: 'ep-vote:1',
      sourceSet: 1,
      values: { titles: [], descriptions: [], date: '2022-01-20', dateMoment: '2022-01-20', isMain: true },
    }
    const person: StoredNode = {
      type: 'Person',
      id: 'p:1',
      sourceSet: 1,
      values: { name: 'P', nameFolded: 'p', sortName: 'P', sortNameFolded: 'p', names: [], urls: [] },
    }
    const vote = storedLink('Vote', 'p:1', 'ep-vote:1', {
      values: { option: 'FOR', date: '2022-01-20', country: 'iso:XX' },
    })

    it.each<[string, Partial<Changes>, string]>([
      [
        'with a link to nowhere',
        { insertLinks: [storedLink('PlacePart', 'place:4', 'place:none')] },
        'A link leads to "place:none", and there is no such record. The batch was not written; mend the source.',
      ],
      [
        'with a link from nowhere',
        { insertLinks: [storedLink('PlacePart', 'place:none', 'place:4')] },
        'A link leads to "place:none", and there is no such record. The batch was not written; mend the source.',
      ],
      [
        'with a reference to nowhere',
        { insertNodes: [storedPlace('place:4'), ballot, person], insertLinks: [vote] },
        'A link leads to "iso:XX", and there is no such record. The batch was not written; mend the source.',
      ],
      [
        'with a set of sources to nowhere',
        { sourceSets: [{ number: 2, citations: [{ source: 'source:none', locator: null }], voices: [] }] },
        'A link leads to "source:none", and there is no such record. The batch was not written; mend the source.',
      ],
      [
        'with a second link where there can be one',
        { insertLinks: [storedLink('PlacePart', 'place:4', 'place:1'), storedLink('PlacePart', 'place:1', 'place:3')] },
        '"place:1" already has the link PlacePart to "place:2", and can have no second one to "place:3". The batch was not written; mend the source.',
      ],
      [
        'with two links among many where there can be one',
        {
          insertNodes: Array.from({ length: 120 }, (_, i) => storedPlace(`many:${i}`)),
          insertLinks: [
            ...Array.from({ length: 110 }, (_, i) => storedLink('PlacePart', `many:${i}`, 'place:1')),
            storedLink('PlacePart', 'many:7', 'place:2'),
          ],
        },
        '"many:7" already has the link PlacePart to "place:1", and can have no second one to "place:2". The batch was not written; mend the source.',
      ],
      [
        'with two links side by side among many where there can be one',
        {
          insertNodes: Array.from({ length: 60 }, (_, i) => storedPlace(`many:${i}`)),
          insertLinks: Array.from({ length: 60 }, (_, i) =>
            storedLink('PlacePart', `many:${i === 8 ? 7 : i}`, i === 8 ? 'place:2' : 'place:1'),
          ),
        },
        '"many:7" already has the link PlacePart to "place:1", and can have no second one to "place:2". The batch was not written; mend the source.',
      ],
      [
        'with two links at once where there can be one',
        { insertLinks: [storedLink('PlacePart', 'place:4', 'place:1'), storedLink('PlacePart', 'place:4', 'place:2')] },
        '"place:4" already has the link PlacePart to "place:1", and can have no second one to "place:2". The batch was not written; mend the source.',
      ],
    ])('%s', async (_what, changes, sentence) => {
      const store = await fresh()
      await write(store, FIRST, PLACES, { ...NO_CHANGES, insertLinks: [storedLink('PlacePart', 'place:1', 'place:2')] })
      const before = await contents(store)
      const writer = await store.writer()
      writers.push(writer)
      const edition: Edition = {
        source: 'a',
        state: 'complete',
        importer: 'x',
        contentHash: null,
        importedAt: AT.at,
        date: null,
      }
      const error = await refusal(
        writer.write({ ...NO_CHANGES, insertNodes: [storedPlace('place:4')], edition, ...changes }, AT),
      )
      expect(code(error)).toBe('BAD_INPUT')
      expect((error as Error).message).toBe(sentence)
      expect(await contents(store)).toEqual(before)
      expect(await store.editions()).toEqual([])
      // The writer goes on.
      await writer.write({ ...NO_CHANGES, insertNodes: [storedPlace('place:4')] }, AT)
      await writer.close()
      expect((await store.count())['Place']).toBe(4)
    })
  })

  describe('has one writer', () => {
    it('and tells a second one, in a sentence; the first goes on', async () => {
      const store = await fresh()
      const first = await store.writer()
      const other = open()
      for (const each of [store, other]) {
        const error = await refusal(each.writer())
        expect(code(error)).toBe('STORE_LOCKED')
        expect((error as Error).message).toBe(
          `Another process is writing to ${name === 'SQLite' ? `"${store.location}"` : store.location}. Nothing was changed; wait until it is done and run again.`,
        )
      }
      await first.write(FIRST, AT)
      await first.close()
      const second = await other.writer()
      await second.write({ ...NO_CHANGES, insertNodes: [storedPlace('place:1')] }, AT)
      await second.close()
      expect((await store.count())['Place']).toBe(1)
    })

    it('and readers beside it, who see whole batches only', async () => {
      const store = await fresh()
      await write(store, FIRST)
      const reader = open()
      const seen: number[] = []
      let writing = true
      const reading = (async () => {
        while (writing) {
          seen.push(((await answer(reader, '{ places { totalCount } }')) as { totalCount: number }).totalCount)
        }
      })()
      const writer = await store.writer()
      for (let batch = 0; batch < 10; batch += 1) {
        const insertNodes = Array.from({ length: 200 }, (_, i) => storedPlace(`place:${batch}-${i}`))
        await writer.write({ ...NO_CHANGES, insertNodes }, AT)
        expect((await answer(reader, '{ places { totalCount } }')) as unknown).toEqual({
          totalCount: (batch + 1) * 200,
        })
      }
      writing = false
      await reading
      await writer.close()
      expect(seen.length).toBeGreaterThan(5)
      expect(seen.filter((count) => count % 200 !== 0)).toEqual([])
    })
  })

  describe('loads', () => {
    it('a record that is given twice once, and gives back in scans what was loaded', async () => {
      const store = await fresh()
      const loader = await load(store, [source('source:a'), place('place:1'), place('place:1', { kind: 'CITY' })])
      expect(loader.counts).toMatchObject({ inserted: 2, updated: 0 })
      expect(await collect(store.scanNodes('Place'))).toEqual([storedPlace('place:1', { kind: 'CITY' })])
      expect(await store.count()).toMatchObject({ Place: 1, Source: 1, PlacePart: 0 })
    })

    it('nothing anew where all is as it was', async () => {
      const store = await fresh()
      const records = syntheticGraph(shape, 4)
      await load(store, records)
      const before = await contents(store)
      const { counts } = await load(store, records)
      expect(counts).toMatchObject({ inserted: 0, updated: 0, unchanged: records.length })
      expect(await contents(store)).toEqual(before)
    })

    const official = [
      source('source:ep-x'),
      place('place:1', { name: 'Official', isoAlpha2: 'KZ' }, ['source:ep-x']),
      place('place:2', {}, ['source:ep-x']),
      link('PlacePart', 'place:1', 'place:2', { citations: [{ source: 'source:ep-x', locator: 'art. 1' }] }),
    ]
    const report = [
      source('source:report'),
      place('place:1', { name: 'Reported', kind: 'CITY' }, ['source:report']),
      place('place:2', {}, ['source:report']),
      link('PlacePart', 'place:1', 'place:2', { citations: [{ source: 'source:report' }] }),
    ]

    it.each([
      ['the trusted one first', [official, report]],
      ['the trusted one last', [report, official]],
    ])('two sources into the same records, %s: the trusted one is shown, both are named', async (_order, editions) => {
      const store = await fresh()
      for (const edition of editions) await load(store, edition)
      const question = '{ place(id: "place:1") { name kind isoAlpha2 sources { nodes { id } } } }'
      expect(await answer(store, question)).toEqual({
        name: 'Official',
        kind: 'CITY',
        isoAlpha2: 'KZ',
        sources: { nodes: [{ id: 'source:ep-x' }, { id: 'source:report' }] },
      })
      const parts = '{ place(id: "place:2") { parts { edges { sources { edges { locator node { id } } } } } } }'
      expect(await answer(store, parts)).toEqual({
        parts: {
          edges: [
            {
              sources: {
                edges: [
                  { locator: 'art. 1', node: { id: 'source:ep-x' } },
                  { locator: null, node: { id: 'source:report' } },
                ],
              },
            },
          ],
        },
      })
      for (const edition of editions) {
        expect((await load(store, edition)).counts).toMatchObject({ inserted: 0, updated: 0, unchanged: 4 })
      }
    })

    it('no record as something else than it is', async () => {
      const store = await fresh()
      await load(store, [source('source:a'), place('x:1')])
      const error = await refusal(
        load(store, [place('place:2'), { ...source('x:1'), citations: [{ source: 'source:a' }] }]),
      )
      expect(code(error)).toBe('BAD_INPUT')
      expect((error as Error).message).toBe(
        'import: The record "x:1" cannot be loaded: the store has "x:1" as a Place, and this says that it is a Source. Nothing was loaded; mend the file and run again.',
      )
      expect((await store.count())['Place']).toBe(1)
    })
  })

  describe('follows the rules at load', () => {
    const text = (type: string, id: string, values: NodeRecord['values'] = {}): NodeRecord => ({
      type,
      id,
      values: type === 'Motion' ? { kind: 'MOTION', ...values } : values,
      citations: [{ source: 'source:a' }],
    })
    const base = [
      source('source:a'),
      source('source:b'),
      text('Resolution', 'ta:1', { adoptedOn: '2022-01-20' }),
      text('Motion', 'motion:joint'),
      text('Motion', 'motion:a'),
      link('AdoptedFrom', 'ta:1', 'motion:joint'),
    ]
    const motions = async (store: GraphStore) =>
      answer(
        store,
        '{ resolution(id: "ta:1") { motions { edges { inferred via { id } node { id } sources { nodes { id } } } } } }',
      )
    const edge = (id: string, sources: readonly string[], inferred = true) => ({
      inferred,
      via: inferred ? { id: 'motion:joint' } : null,
      node: { id },
      sources: { nodes: sources.map((each) => ({ id: each })) },
    })

    it('writes what follows, rewrites it when its sources change, and takes it away with what it followed from', async () => {
      const store = await fresh()
      const replacement = link('Replacement', 'motion:joint', 'motion:a')
      expect((await load(store, [...base, replacement])).counts.inferred).toBe(2)
      expect(await motions(store)).toEqual({
        motions: { edges: [edge('motion:a', ['source:a']), edge('motion:joint', ['source:a'])] },
      })

      await load(store, [{ ...replacement, citations: [{ source: 'source:b' }] }])
      expect(await motions(store)).toEqual({
        motions: { edges: [edge('motion:a', ['source:a', 'source:b']), edge('motion:joint', ['source:a'])] },
      })

      await write(store, { ...NO_CHANGES, deleteLinks: [storedLink('Replacement', 'motion:joint', 'motion:a')] })
      await load(store, [])
      expect(await motions(store)).toEqual({ motions: { edges: [edge('motion:joint', ['source:a'])] } })
    })

    it.each([
      ['before', true],
      ['after', false],
    ])('leaves a link that a source states, stated %s the rule makes it', async (_when, before) => {
      const store = await fresh()
      const stated = link('ResolutionMotion', 'ta:1', 'motion:a', {
        values: { inferred: false },
        citations: [{ source: 'source:b' }],
      })
      const replacement = link('Replacement', 'motion:joint', 'motion:a')
      await load(store, before ? [...base, stated] : [...base, replacement])
      await load(store, before ? [replacement] : [stated])
      const expected = {
        motions: { edges: [edge('motion:a', ['source:b'], false), edge('motion:joint', ['source:a'])] },
      }
      expect(await motions(store)).toEqual(expected)
      await load(store, [])
      expect(await motions(store)).toEqual(expected)
    })
  })

  describe('ends a question', () => {
    // Every motion replaces every other, so that each list of the question is full, and each of 5,000 rows has 1,200 links to count and to order.
    const heavy = planOf(
      '{ motions(first: 50) { nodes { replaces(first: 100) { nodes { replaces(first: 1) { totalCount nodes { id } } replacedBy(first: 1) { totalCount nodes { id } } } } } } }',
    )
    let store: GraphStore
    beforeAll(async () => {
      await home.clear()
      const own = home.open()
      await own.prepare()
      const ids = Array.from({ length: 600 }, (_, i) => `motion:${i}`)
      const nodes = ids.map((id) => ({ type: 'Motion', id, sourceSet: 1, values: { kind: 'MOTION', titles: [] } }))
      const links = ids.flatMap((from) => ids.map((to) => storedLink('Replacement', from, to)))
      await write(own, FIRST, { ...NO_CHANGES, insertNodes: nodes })
      for (let i = 0; i < links.length; i += 10_000) {
        await write(own, { ...NO_CHANGES, insertLinks: links.slice(i, i + 10_000) })
      }
      await own.close()
    }, 120_000)

    const ended = async (ending: Promise<unknown>) => {
      const start = performance.now()
      const error = await refusal(ending)
      return { code: code(error), message: (error as Error).message, ms: performance.now() - start }
    }
    const usable = async () =>
      expect(await answer(store, '{ motion(id: "motion:1") { id } }')).toEqual({ id: 'motion:1' })

    it('when whoever asked it gives it up', async () => {
      store = open()
      const controller = new AbortController()
      setTimeout(() => controller.abort(), 100)
      const { code: found, message, ms } = await ended(store.answer(heavy, { signal: controller.signal }))
      expect([found, message]).toEqual(['CANCELLED', 'The client gave up the request.'])
      // It would take minutes.
      expect(ms).toBeLessThan(5000)
      await usable()
    })

    it('that was given up before it was asked', async () => {
      store = open()
      expect((await ended(store.answer(heavy, { signal: AbortSignal.abort() }))).code).toBe('CANCELLED')
      await usable()
    })

    it('that takes too long, soon after the limit', async () => {
      store = open()
      const { code: found, message, ms } = await ended(store.answer(heavy, { timeout: 200 }))
      expect(found).toBe('TIMEOUT')
      expect(message).toMatch(
        /^The question took (longer than 200 ms|too long) and was ended\. Ask for less at once\.$/,
      )
      expect(ms).toBeGreaterThan(150)
      expect(ms).toBeLessThan(5000)
      await usable()
    })

    it('when the time of the whole question is over, and not once it is', async () => {
      store = open()
      const deadline = { at: performance.now() + 200, milliseconds: 900 }
      const sentence = 'The question took longer than 900 ms and was ended. Ask for less at once.'
      const { code: found, message, ms } = await ended(store.answer(heavy, { timeout: 60_000, deadline }))
      expect([found, message]).toEqual(['TIMEOUT', sentence])
      expect(ms).toBeGreaterThan(150)
      expect(ms).toBeLessThan(5000)
      const late = await ended(store.answer(heavy, { timeout: 60_000, deadline }))
      expect([late.code, late.message]).toEqual(['TIMEOUT', sentence])
      expect(late.ms).toBeLessThan(100)
      await usable()
    })

    it('and no other: those asked beside it are answered meanwhile', async () => {
      store = open()
      const controller = new AbortController()
      const doomed = refusal(store.answer(heavy, { signal: controller.signal }))
      // libsql 0.5.29 reads on as many threads as there are processors.
      const kept = Array.from({ length: 20 }, (_, i) => answer(store, `{ motion(id: "motion:${i}") { id } }`))
      expect(await Promise.all(kept)).toEqual(Array.from({ length: 20 }, (_, i) => ({ id: `motion:${i}` })))
      controller.abort()
      expect(code(await doomed)).toBe('CANCELLED')
      await usable()
    })
  })
})
