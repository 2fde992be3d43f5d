import { afterEach, describe, expect, it } from 'vitest'
import { nothingNew } from '../../src/import/import-report.js'
import { recordsImporter } from '../../src/import/records/records.js'
import { removeSource } from '../../src/import/remove-source.js'
import { type ImportOptions, runImports } from '../../src/import/run-import.js'
import { graphHash } from '../../src/store/graph-hash.js'
import { engines, type Graph, NOW, shape } from '../support/engines.js'
import { recordsFolder } from '../support/records-folder.js'

const source = (id: string) => `Source:
  - id: source:${id}
    title: Synthetic source ${id}
    kind: DATA_SET
    sources: [{ source: source:${id} }]
`
const places = (id: string, ...names: readonly (readonly [string, string])[]) =>
  `${source(id)}Place:\n${names
    .map(([place, name]) => `  - id: ${place}\n    name: ${name}\n    sources: [{ source: source:${id} }]\n`)
    .join('')}`

const A1 = places('a', ['place:one', 'One'], ['place:two', 'Two'], ['place:three', 'Three'])
/** Two is called otherwise, three is gone, four is new. */
const A2 = places('a', ['place:one', 'One'], ['place:two', 'Zwei'], ['place:four', 'Four'])

describe.each(engines)('editions, on $name', ({ empty, seeded }) => {
  let graph: Graph
  const load = (
    name: string,
    text: string,
    options: Pick<ImportOptions, 'dryRun' | 'maxProblems' | 'allowFewer'> = {},
  ) =>
    runImports({
      store: graph.store,
      shape,
      importer: recordsImporter(shape),
      path: recordsFolder(name, text),
      now: () => NOW,
      ...options,
    })
  const version = async () =>
    ((await graph.ask('{ graph { version } }')).data as { graph: { version: number } }).graph.version
  const changes = async (since: number) => {
    const { data } = await graph.ask(
      'query ($since: Int) { changes(since: $since) { totalCount edges { kind node { __typename id } } } }',
      { since },
    )
    const list = (data as { changes: { edges: { kind: string; node: { __typename: string; id: string } }[] } }).changes
    return list.edges.map(({ kind, node }) => `${kind} ${node.__typename} ${node.id}`).sort()
  }
  afterEach(() => graph.close())

  it('take the place of earlier ones: what is changed, gone and new, and a tombstone', async () => {
    graph = await empty()
    await load('a', A1)
    const before = await version()
    const [report] = await load('a', A2)
    expect(report?.counts).toMatchObject({ inserted: 1, updated: 1, deleted: 1, orphaned: 0 })
    expect(await changes(before)).toEqual([
      'CHANGED Place place:two',
      'CREATED Place place:four',
      'DELETED Tombstone place:three',
    ])
    expect(
      (
        await graph.ask(
          '{ node(id: "place:three") { __typename id ... on Tombstone { was deletedAt reason edition } } }',
        )
      ).data,
    ).toEqual({
      node: {
        __typename: 'Tombstone',
        id: 'place:three',
        was: 'Place',
        deletedAt: NOW.toISOString(),
        reason: 'A newer edition of the source does not say it.',
        edition: 'records:a',
      },
    })
    expect((await graph.ask('{ place(id: "place:three") { id } places { totalCount } }')).data).toEqual({
      place: null,
      places: { totalCount: 3 },
    })
    const hash = await graphHash(graph.store, shape)
    await graph.close()
    graph = await empty()
    await load('a', A2)
    expect(await graphHash(graph.store, shape)).toBe(hash)
  })

  it('are refused before anything is written where they take back much: numbers, in the report too', async () => {
    graph = await empty()
    const many = (count: number) =>
      places('a', ...Array.from({ length: count }, (_, i) => [`place:p${i}`, `Place ${i}`] as const))
    await load('a', many(60))
    const before = { hash: await graphHash(graph.store, shape), version: await version() }
    for (const dryRun of [false, true]) {
      const error = await load('a', many(39), { dryRun }).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({
        code: 'BAD_INPUT',
        message:
          'Of 61 records and links that the store has from records:a this edition would take back 21: 21 of Place. It may be only a part of the whole. Nothing was loaded; import the whole, or allow it with --allow-fewer.',
        report: { outcome: 'refused', takesBack: { said: 61, gone: 21, byType: { Place: 21 } } },
      })
    }
    expect({ hash: await graphHash(graph.store, shape), version: await version() }).toEqual(before)
    expect((await load('a', many(40)))[0]?.counts).toMatchObject({ deleted: 20 })
    await load('a', many(60))
    expect((await load('a', many(20), { allowFewer: true }))[0]?.counts).toMatchObject({ deleted: 40 })
    await load('a', many(400))
    expect((await load('a', many(365)))[0]?.counts).toMatchObject({ deleted: 35 })
  })

  it('are refused where as much is new as is taken back, and told by the ids that the source itself uses', async () => {
    graph = await empty()
    const some = (from: number, count: number) =>
      places('a', ...Array.from({ length: count }, (_, i) => [`place:p${from + i}`, `Place ${i}`] as const))
    await load('a', some(0, 30))
    await load(
      'm',
      `sources: [source:m]\n${source('m')}Merge:\n${Array.from({ length: 25 }, (_, i) => `  - { id: merge:place:p${i}, merged: place:p${i}, into: place:p29 }\n`).join('')}`,
    )
    expect((await load('a', some(0, 31)))[0]?.counts).toMatchObject({ inserted: 1, deleted: 0 })
    await expect(load('a', some(100, 31))).rejects.toThrow('would take back 31: 31 of Place')
  })

  it.each([
    ['its name', '{ id: person:ada, name: Ida, sortName: Example }'],
    [
      'where it stands',
      '{ id: person:ada, name: Eda, sortName: Example, sources: [{ source: source:b, locator: p. 2 }] }',
    ],
    ['its other names', '{ id: person:ada, name: Eda, sortName: Example, names: [{ text: Адо, language: kk }] }'],
    ['less', '{ id: person:ada, name: Ada, sortName: Example }'],
  ])('are news where a source changes what it says beside what is shown: %s', async (_what, changed) => {
    graph = await empty()
    const said = (id: string, person: string) => `sources: [source:${id}]\n${source(id)}Person: [${person}]\n`
    await load('a', said('a', '{ id: person:ada, name: Ada, sortName: Example }'))
    await load('b', said('b', '{ id: person:ada, name: Eda, sortName: Example }'))
    const before = await version()
    const [report] = await load('b', said('b', changed))
    expect(report && nothingNew(report)).toBe(false)
    expect(report?.counts).toMatchObject({ inserted: 0, updated: 1, deleted: 0 })
    expect(await version()).toBeGreaterThan(before)
    expect(await changes(before)).toEqual(['CHANGED Person person:ada'])
    const after = await version()
    const [again] = await load('b', `${said('b', changed)}# The same in another file.\n`)
    expect(again && nothingNew(again)).toBe(true)
    expect(await version()).toBe(after)
  })

  it('have bad rows, which are issues for as long as they are bad', async () => {
    graph = await empty()
    await load('a', A1)
    const hash = await graphHash(graph.store, shape)
    await load('a', `${A1}  - id: place:bad\n    nam: Bad\n    sources: [{ source: source:a }]\n`)
    const asked = '{ issues { nodes { rule message locator sources { nodes { id title } } } } }'
    expect((await graph.ask(asked)).data).toEqual({
      issues: {
        nodes: [
          {
            rule: 'BAD_ROW',
            message:
              'Place "place:bad": The record lacks "name". Line 17: "nam" is not a key of Place; did you mean "name" or "names"?',
            locator: 'records.yaml, line 16',
            sources: { nodes: [{ id: 'source:records-a', title: 'The files of the edition records:a' }] },
          },
        ],
      },
    })
    await load('a', A1)
    expect((await graph.ask('{ issues { totalCount } source(id: "source:records-a") { id } }')).data).toEqual({
      issues: { totalCount: 0 },
      source: null,
    })
    expect(await graphHash(graph.store, shape)).toBe(hash)
  })

  it('bring back a record that was deleted', async () => {
    graph = await empty()
    await load('a', A1)
    const hash = await graphHash(graph.store, shape)
    await load('a', A2)
    await load('a', A1)
    expect(await graphHash(graph.store, shape)).toBe(hash)
    expect((await graph.ask('{ node(id: "place:three") { __typename } }')).data).toEqual({
      node: { __typename: 'Place' },
    })
  })

  it('leave alone what others say, in whatever order they came', async () => {
    const b = places('b', ['place:one', 'Eins'], ['place:three', 'Drei'])
    const hashes: string[] = []
    for (const order of [
      [
        ['a', A1],
        ['b', b],
        ['a', A2],
      ],
      [
        ['b', b],
        ['a', A1],
        ['a', A2],
      ],
      [
        ['a', A2],
        ['b', b],
      ],
    ] as const) {
      graph = await empty()
      for (const [name, text] of order) await load(name, text)
      hashes.push(await graphHash(graph.store, shape))
      expect((await graph.ask('{ place(id: "place:three") { name sources { nodes { id } } } }')).data).toEqual({
        place: { name: 'Drei', sources: { nodes: [{ id: 'source:b' }] } },
      })
      expect((await graph.ask(CONFLICTS)).data).toEqual({
        conflicts: {
          nodes: [
            {
              id: 'conflict:place:one#name',
              record: { id: 'place:one' },
              field: 'name',
              statements: {
                nodes: expect.arrayContaining([
                  { value: 'One', isShown: true, sources: { nodes: [{ id: 'source:a' }] } },
                  { value: 'Eins', isShown: false, sources: { nodes: [{ id: 'source:b' }] } },
                ]),
              },
            },
          ],
        },
      })
      await graph.close()
    }
    expect(new Set(hashes).size).toBe(1)
    graph = await empty()
    await load('b', b)
    const alone = await graphHash(graph.store, shape)
    await load('a', A2)
    await removeSource({ store: graph.store, shape, source: 'records:a', now: () => NOW })
    expect(await graphHash(graph.store, shape)).toBe(alone)
    expect((await graph.ask('{ conflicts { totalCount } statements { totalCount } }')).data).toEqual({
      conflicts: { totalCount: 0 },
      statements: { totalCount: 0 },
    })
  })

  it('can be removed, and leave the seed as it was', async () => {
    graph = await seeded()
    const hash = await graphHash(graph.store, shape)
    await load('a', `${A1}  - id: iso:KZ\n    name: Qazaqstan\n    sources: [{ source: source:a }]\n`)
    expect(await graphHash(graph.store, shape)).not.toBe(hash)
    const { counts } = await removeSource({ store: graph.store, shape, source: 'records:a', now: () => NOW })
    expect(counts).toMatchObject({ deleted: 4, orphaned: 0 })
    expect(await graphHash(graph.store, shape)).toBe(hash)
    expect((await graph.store.editions()).map(({ source: each }) => each)).toEqual(['records:kazakhstan-2022'])
  })

  it('go with their sources, the last that cites one with that one', async () => {
    graph = await empty()
    const hash = await graphHash(graph.store, shape)
    const a = (title: string) =>
      `  - { id: source:a, title: ${title}, kind: DATA_SET, sources: [{ source: source:b }] }\n`
    const b = '  - { id: source:b, title: Synthetic source b, kind: DATA_SET, sources: [{ source: source:a }] }\n'
    const remove = (source: string) => removeSource({ store: graph.store, shape, source, now: () => NOW })
    await load('pair', `Source:\n${a('One title')}${b}`)
    await load('other', `Source:\n${a('Another title')}`)
    expect((await remove('records:pair')).counts).toMatchObject({ deleted: 0, changed: 1, orphaned: 1 })
    expect((await remove('records:other')).counts).toMatchObject({ deleted: 2, orphaned: 0 })
    expect(await graphHash(graph.store, shape)).toBe(hash)
  })

  it('leave a source that another one cites for its own record', async () => {
    graph = await empty()
    await load('b', source('b'))
    await load('c', 'Source:\n  - { id: source:c, title: About b, kind: DATA_SET, sources: [{ source: source:b }] }\n')
    const { counts } = await removeSource({ store: graph.store, shape, source: 'records:b', now: () => NOW })
    expect(counts).toMatchObject({ deleted: 0, orphaned: 1 })
    const cited = '{ source(id: "source:c") { sources { nodes { id sources { totalCount } } } } }'
    expect((await graph.ask(cited)).data).toEqual({
      source: { sources: { nodes: [{ id: 'source:b', sources: { totalCount: 0 } }] } },
    })
  })

  describe('that differ in where a link leads', () => {
    const part = (id: string, of: string) =>
      `  - { id: ${id}, name: A part, partOf: ${of}, sources: [{ source: source:SELF }] }\n`
    const place = (id: string) => `  - { id: ${id}, name: A place, sources: [{ source: source:SELF }] }\n`
    const edition = (name: string, ...given: readonly string[]) =>
      `${source(name)}Place:\n${given.join('').replaceAll('SELF', name)}`
    const partOf = async () =>
      (await graph.ask('{ place(id: "place:part") { partOf { id name } } conflicts { totalCount } }')).data

    it('keep what one of them leads to, though it is not shown', async () => {
      graph = await empty()
      await load('a', edition('a', place('place:one')))
      await load('z', edition('z', part('place:part', 'place:one')))
      const [report] = await load('a', edition('a', place('place:two'), part('place:part', 'place:two')))
      expect(report?.counts).toMatchObject({ deleted: 0, orphaned: 1 })
      expect(await partOf()).toEqual({
        place: { partOf: { id: 'place:two', name: 'A place' } },
        conflicts: { totalCount: 1 },
      })
      await removeSource({ store: graph.store, shape, source: 'records:a', now: () => NOW })
      expect(await partOf()).toEqual({
        place: { partOf: { id: 'place:one', name: 'A place' } },
        conflicts: { totalCount: 0 },
      })
    })

    it('have changed something where another of them is shown', async () => {
      graph = await empty()
      await load('z', edition('z', place('place:one'), part('place:part', 'place:one')))
      await load('a', edition('a', place('place:two'), part('place:part', 'place:two')))
      const [report] = await load('a', edition('a', place('place:two'), place('place:part')))
      expect(report && nothingNew(report)).toBe(false)
      expect(report?.counts).toMatchObject({ changed: 1 })
      expect(await partOf()).toMatchObject({ place: { partOf: { id: 'place:one' } } })
    })
  })

  it.each([
    [
      'a record that is of another type in the store',
      'Organization: [{ id: place:one, name: One, kind: NGO, sources: [{ source: source:b }] }]',
      /The record "place:one" is a Organization here, and a Place in the store/,
    ],
    [
      'a link that is said to follow from others',
      `Person: [{ id: person:a, name: A, offices: [{ to: office:a, inferred: true }], sources: [{ source: source:b }] }]
Office: [{ id: office:a, name: An office, sources: [{ source: source:b }] }]`,
      /"inferred" is true of what follows from other records only/,
    ],
  ])('are refused with %s, before anything is written', async (_, records, reason) => {
    graph = await empty()
    await load('a', A1)
    const hash = await graphHash(graph.store, shape)
    const importing = load('b', `${source('b')}${records}\n`, { maxProblems: { rows: 0 } })
    await expect(importing).rejects.toThrow(reason)
    expect(await graphHash(graph.store, shape)).toBe(hash)
  })

  it('have checked all sources that they give, cited or not', async () => {
    graph = await seeded()
    const { data } = await graph.ask(
      '{ sources { totalCount } checked: sources(where: { checkedAt: { known: true } }) { totalCount } }',
    )
    expect(data).toEqual({ sources: { totalCount: 4 }, checked: { totalCount: 4 } })
  })

  it('are compared by a dry run, which writes nothing', async () => {
    graph = await empty()
    await load('a', A1)
    const hash = await graphHash(graph.store, shape)
    const [report] = await load('a', A2, { dryRun: true })
    expect(report).toMatchObject({ outcome: 'checked', counts: { inserted: 1, updated: 1, deleted: 1 } })
    expect(await graphHash(graph.store, shape)).toBe(hash)
    // Places that a link holds together, which would go with them.
    const parts = '  - { id: place:five, name: Five, partOf: place:six }\n  - { id: place:six, name: Six }\n'
    const own = parts.replaceAll(' }', ', sources: [{ source: source:a }] }')
    await load('a', `${A1}${own}`)
    const [less] = await load('a', A1, { dryRun: true })
    expect(less?.counts).toMatchObject({ deleted: 3, orphaned: 0 })
    expect((await load('a', A1))[0]?.counts).toMatchObject({ deleted: 3, orphaned: 0 })
  })
})

const CONFLICTS = `{ conflicts { nodes { id record { id } field
  statements { nodes { value isShown sources { nodes { id } } } } } } }`
