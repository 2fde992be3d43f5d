import { afterEach, describe, expect, it } from 'vitest'
import { recordsImporter } from '../../src/import/records/records.js'
import { removeSource } from '../../src/import/remove-source.js'
import { runImports } from '../../src/import/run-import.js'
import { graphHash } from '../../src/store/graph-hash.js'
import { engines, type Graph, NOW, shape } from '../support/engines.js'
import { failing } from '../support/failing-store.js'
import { recordsFolder } from '../support/records-folder.js'

/** What each synthetic source says; `one` and `two` have a person each, whom `three` knows to be the same. */
const SAID = {
  one: `
sources: [source:one]
Source: [{ id: source:one, title: Synthetic source one, kind: DATA_SET }]
Organization: [{ id: "org:club", name: The Club, kind: NGO }]
Person: [{ id: "one:7", name: Ada Example, memberships: [{ to: "org:club", role: member }] }]
`,
  two: `
sources: [source:two]
Source: [{ id: source:two, title: Synthetic source two, kind: DATA_SET }]
Organization: [{ id: "org:town", name: The Town, kind: GOVERNMENT }]
Person: [{ id: "two:ada", name: Eda B. Example, birthDate: "1970", memberships: [{ to: "org:town", role: mayor }] }]
Demand:
  - id: demand:two
    text: that the mayor resign
    position: 1
    status: CONFIRMED
    addressees: [{ to: "two:ada" }]
    document: motion:two
Motion: [{ id: "motion:two", kind: MOTION, title: A motion }]
`,
  three: `
sources: [source:three]
Source: [{ id: source:three, title: Synthetic source three, kind: DATA_SET }]
Merge: [{ id: "merge:two:ada", merged: "two:ada", into: "one:7", reason: "Both were born in the same year." }]
`,
} as const

type Name = keyof typeof SAID

/** A source that only links to an id of another. */
const FOUR = `
sources: [source:four]
Source: [{ id: source:four, title: Synthetic source four, kind: DATA_SET }]
Motion: [{ id: "motion:four", kind: MOTION, title: Another motion, tabledBy: ["two:ada"] }]
`

/** A vote of a group that two ids stand for. */
const VOTES = `
sources: [source:votes]
Source: [{ id: source:votes, title: Synthetic votes, kind: DATA_SET }]
Organization:
  - { id: "group:old", name: The Group, kind: POLITICAL_GROUP }
  - { id: "group:new", name: The Group, kind: POLITICAL_GROUP }
Person:
  - id: person:a
    name: Ada Example
    memberships: [{ to: "group:old", role: MEMBER }]
    votes: [{ to: "vote:1", option: FOR, date: 2026-01-01, group: "group:old" }]
VoteEvent: [{ id: "vote:1", title: A synthetic ballot, date: 2026-01-01, isMain: true }]
VoteCount: [{ id: "vote:1/old", tally: { for: 1, against: 0, abstention: 0 }, by: GROUP, voteEvent: "vote:1", organization: "group:old" }]
`
/** What else is said of that vote, of other groups. */
const MORE_GROUPS = `
sources: [source:zzz]
Source: [{ id: source:zzz, title: More synthetic votes, kind: DATA_SET }]
Organization:
  - { id: "group:other", name: Other Group, kind: POLITICAL_GROUP }
  - { id: "group:third", name: Third Group, kind: POLITICAL_GROUP }
VoteCount: [{ id: "vote:1/old", tally: { for: 1, against: 0, abstention: 0 }, by: GROUP, organization: "group:third" }]
`
const GROUPS = `
sources: [source:three]
Source: [{ id: source:three, title: Synthetic source three, kind: DATA_SET }]
Merge: [{ id: "merge:group:old", merged: "group:old", into: "group:new" }]
`

const ADA = `{
  node(id: "two:ada") { __typename id }
  nodes(ids: ["two:ada", "one:7", "three:x"]) { id }
  person(id: "two:ada") {
    id name birthDate { edtf }
    memberships { edges { role sources { nodes { id } } node { id } } }
    demands { nodes { id } }
    sources { nodes { id } }
  }
  people: persons { nodes { id } }
  conflicts(where: { field: { eq: "name" } }) { nodes { field record { id } statements { nodes { value isShown sources { nodes { id } } } } } }
}`

const ONE_PERSON = {
  node: { __typename: 'Person', id: 'one:7' },
  nodes: [{ id: 'one:7' }, { id: 'one:7' }, null],
  person: {
    id: 'one:7',
    name: 'Ada Example',
    birthDate: { edtf: '1970' },
    memberships: {
      edges: [
        { role: 'member', sources: { nodes: [{ id: 'source:one' }] }, node: { id: 'org:club' } },
        { role: 'mayor', sources: { nodes: [{ id: 'source:two' }] }, node: { id: 'org:town' } },
      ],
    },
    demands: { nodes: [{ id: 'demand:two' }] },
    sources: { nodes: [{ id: 'source:one' }, { id: 'source:two' }] },
  },
  people: { nodes: [{ id: 'one:7' }] },
  conflicts: {
    nodes: [
      {
        field: 'name',
        record: { id: 'one:7' },
        statements: {
          nodes: [
            { value: 'Ada Example', isShown: true, sources: { nodes: [{ id: 'source:one' }] } },
            { value: 'Eda B. Example', isShown: false, sources: { nodes: [{ id: 'source:two' }] } },
          ],
        },
      },
    ],
  },
}

describe.each(engines)('ids that are one, on $name', ({ empty }) => {
  let graph: Graph
  const load = (name: string, text: string) =>
    runImports({
      store: graph.store,
      shape,
      importer: recordsImporter(shape),
      path: recordsFolder(name, text),
      now: () => NOW,
      maxProblems: { rows: 0 },
    })
  const said = async (names: readonly Name[]) => {
    for (const name of names) await load(name, SAID[name])
  }
  const ask = async (query: string, variables = {}) => (await graph.ask(query, variables)).data
  afterEach(() => graph.close())

  it.each<[string, readonly Name[]]>([
    ['after both', ['one', 'two', 'three']],
    ['before one of them', ['one', 'three', 'two']],
    ['after what has taken the place', ['two', 'one', 'three']],
  ])('answer as one record, merged %s', async (_, order) => {
    graph = await empty()
    await said(order)
    const found = await ask(ADA)
    const [conflict] = (found as typeof ONE_PERSON).conflicts.nodes
    conflict?.statements.nodes.sort((a, b) => Number(b.isShown) - Number(a.isShown))
    expect(found).toEqual(ONE_PERSON)
    const hash = await graphHash(graph.store, shape)
    await graph.close()
    graph = await empty()
    await said(['one', 'two', 'three'])
    expect(await graphHash(graph.store, shape)).toBe(hash)
  })

  it('are told as a merge with its sources, and as a change with a tombstone', async () => {
    graph = await empty()
    await said(['one', 'two'])
    const before = ((await ask('{ graph { version } }')) as { graph: { version: number } }).graph.version
    await said(['three'])
    expect(await ask('{ merges { nodes { id merged into { id } reason sources { nodes { id } } } } }')).toEqual({
      merges: {
        nodes: [
          {
            id: 'merge:two:ada',
            merged: 'two:ada',
            into: { id: 'one:7' },
            reason: 'Both were born in the same year.',
            sources: { nodes: [{ id: 'source:three' }] },
          },
        ],
      },
    })
    const { changes } = (await ask(
      'query ($since: Int) { changes(since: $since) { edges { kind node { id ... on Tombstone { reason edition } } } } }',
      { since: before },
    )) as { changes: { edges: { kind: string; node: { id: string } }[] } }
    const told = changes.edges.map(({ kind, node }) => [kind, node] as const)
    expect(
      told
        .filter(([, { id }]) => id !== 'source:three')
        .map(([kind, { id }]) => `${kind} ${id}`)
        .sort(),
    ).toEqual(['CHANGED demand:two', 'CHANGED one:7', 'CREATED merge:two:ada', 'DELETED two:ada'])
    expect(told.find(([kind]) => kind === 'DELETED')?.[1]).toEqual({
      id: 'two:ada',
      reason: 'It was merged into "one:7".',
      edition: 'records:three',
    })
  })

  it('come apart again when nobody says it any longer', async () => {
    graph = await empty()
    await said(['one', 'two'])
    const hash = await graphHash(graph.store, shape)
    await said(['three'])
    expect(await graphHash(graph.store, shape)).not.toBe(hash)
    await removeSource({ store: graph.store, shape, source: 'records:three', now: () => NOW })
    expect(await graphHash(graph.store, shape)).toBe(hash)
    expect(
      await ask('{ person(id: "two:ada") { id name memberships { nodes { id } } } conflicts { totalCount } }'),
    ).toEqual({
      person: { id: 'two:ada', name: 'Eda B. Example', memberships: { nodes: [{ id: 'org:town' }] } },
      conflicts: { totalCount: 0 },
    })
  })

  it('are found by editions that still use the old id, and by newer ones', async () => {
    graph = await empty()
    await said(['one', 'two', 'three'])
    const again = await runImports({
      store: graph.store,
      shape,
      importer: recordsImporter(shape),
      path: recordsFolder('two', SAID.two),
      now: () => NOW,
      again: true,
    })
    expect(again[0]?.counts).toMatchObject({ inserted: 0, updated: 0, deleted: 0, changed: 0, moved: 0 })
    await load('two', SAID.two.replace('role: mayor', 'role: deputy').replace('Eda B. Example', 'Eda C. Example'))
    expect(
      await ask(
        '{ person(id: "one:7") { memberships { edges { role } } } conflicts(where: { field: { eq: "name" } }) { nodes { statements { nodes { value } } } } }',
      ),
    ).toEqual({
      person: { memberships: { edges: [{ role: 'member' }, { role: 'deputy' }] } },
      conflicts: { nodes: [{ statements: { nodes: expect.arrayContaining([{ value: 'Eda C. Example' }]) } }] },
    })
    // A third source that only links to the old id.
    await load('four', FOUR)
    expect(await ask('{ motion(id: "motion:four") { tabledBy { nodes { ... on Person { id } } } } }')).toEqual({
      motion: { tabledBy: { nodes: [{ id: 'one:7' }] } },
    })
    await removeSource({ store: graph.store, shape, source: 'records:two', now: () => NOW })
    expect(await ask('{ person(id: "one:7") { sources { nodes { id } } memberships { nodes { id } } } }')).toEqual({
      person: { sources: { nodes: [{ id: 'source:one' }] }, memberships: { nodes: [{ id: 'org:club' }] } },
    })
  })

  it('follow one another to the last, and in a ring to the first', async () => {
    graph = await empty()
    await said(['one', 'two', 'three'])
    const more = (merged: string, into: string) => `
sources: [source:five]
Source: [{ id: source:five, title: Synthetic source five, kind: DATA_SET }]
Person: [{ id: "five:ada", name: Ada Example }]
Merge: [{ id: "merge:${merged}", merged: "${merged}", into: "${into}" }]
`
    await load('five', more('one:7', 'five:ada'))
    const asked =
      '{ a: person(id: "two:ada") { id } b: person(id: "one:7") { id } c: person(id: "five:ada") { id memberships { totalCount } } }'
    const all = (id: string) => ({ a: { id }, b: { id }, c: { id, memberships: { totalCount: 2 } } })
    expect(await ask(asked)).toEqual(all('five:ada'))
    await removeSource({ store: graph.store, shape, source: 'records:five', now: () => NOW })
    const hash = await graphHash(graph.store, shape)
    await graph.close()
    graph = await empty()
    await said(['one', 'two', 'three'])
    expect(await graphHash(graph.store, shape)).toBe(hash)
    // One says that two is one, another that one is two.
    await load('five', more('one:7', 'two:ada').replace(/^Person.*\n/m, ''))
    expect(
      await ask('{ a: person(id: "two:ada") { id } b: person(id: "one:7") { id memberships { totalCount } } }'),
    ).toEqual({
      a: { id: 'one:7' },
      b: { id: 'one:7', memberships: { totalCount: 2 } },
    })
  })

  it('are one where links refer to them, too, and where a link can lead to one record only', async () => {
    graph = await empty()
    await load('votes', VOTES)
    const asked = `{
      voteEvent(id: "vote:1") {
        counts { nodes { id organization { id } tally { for } } }
        votes { edges { group { id } node { id } } }
      }
      organization(id: "group:old") { id members { nodes { id } } }
    }`
    const apart = await ask(asked)
    expect(apart).toMatchObject({ voteEvent: { votes: { edges: [{ group: { id: 'group:old' } }] } } })
    const hash = await graphHash(graph.store, shape)
    await load('three', GROUPS)
    expect(await ask(asked)).toEqual({
      voteEvent: {
        counts: { nodes: [{ id: 'vote:1/old', organization: { id: 'group:new' }, tally: { for: 1 } }] },
        votes: { edges: [{ group: { id: 'group:new' }, node: { id: 'person:a' } }] },
      },
      organization: { id: 'group:new', members: { nodes: [{ id: 'person:a' }] } },
    })
    expect(await ask('{ conflicts { totalCount } node(id: "group:old") { sources { nodes { id } } } }')).toEqual({
      conflicts: { totalCount: 0 },
      node: { sources: { nodes: [{ id: 'source:votes' }] } },
    })
    await removeSource({ store: graph.store, shape, source: 'records:three', now: () => NOW })
    expect(await ask(asked)).toEqual(apart)
    expect(await graphHash(graph.store, shape)).toBe(hash)
  })

  it('can be said anew, of another record, and all that was said under the old id goes along', async () => {
    graph = await empty()
    await load('votes', VOTES)
    await load('more', MORE_GROUPS)
    const merge = (into: string) => GROUPS.replace('"group:new"', `"${into}"`)
    await load('three', merge('group:new'))
    await load('three', merge('group:other'))
    const asked = `{
      voteEvent(id: "vote:1") { counts { nodes { organization { id } } } votes { edges { group { id } node { id } } } }
      organization(id: "group:old") { id counts { totalCount } members { nodes { id } } }
      organizations { nodes { id } }
      conflicts(where: { field: { eq: "to" } }) { nodes { statements { nodes { value isShown } } } }
    }`
    const found = await ask(asked)
    expect(found).toEqual({
      voteEvent: {
        counts: { nodes: [{ organization: { id: 'group:other' } }] },
        votes: { edges: [{ group: { id: 'group:other' }, node: { id: 'person:a' } }] },
      },
      organization: { id: 'group:other', counts: { totalCount: 1 }, members: { nodes: [{ id: 'person:a' }] } },
      organizations: { nodes: [{ id: 'group:new' }, { id: 'group:other' }, { id: 'group:third' }] },
      // The tally that another source gives to a third group: where the first one leads was merged, too, and is not shown.
      conflicts: {
        nodes: [
          {
            statements: {
              nodes: expect.arrayContaining([
                { value: 'group:other', isShown: true },
                { value: 'group:third', isShown: false },
              ]),
            },
          },
        ],
      },
    })
  })

  it('come to the same wherever the writing is cut off', async () => {
    graph = await empty()
    await said(['one', 'two', 'three'])
    const hash = await graphHash(graph.store, shape)
    await graph.close()
    const path = recordsFolder('three', SAID.three)
    let cut = true
    for (let writes = 1; cut; writes += 1) {
      graph = await empty()
      await said(['one', 'two'])
      const options = { shape, importer: recordsImporter(shape), path, now: () => NOW }
      cut = await runImports({ ...options, store: failing(graph.store, writes) }).then(
        () => false,
        () => true,
      )
      await runImports({ ...options, store: graph.store })
      expect(await graphHash(graph.store, shape), `cut off at the write ${writes}`).toBe(hash)
      expect(writes).toBeLessThan(30)
      if (cut) await graph.close()
    }
  })

  it('are removed to the same wherever the writing is cut off', async () => {
    graph = await empty()
    await said(['one', 'two'])
    const hash = await graphHash(graph.store, shape)
    await graph.close()
    const source = 'records:three'
    let cut = true
    for (let writes = 1; cut; writes += 1) {
      graph = await empty()
      await said(['one', 'two', 'three'])
      cut = await removeSource({ store: failing(graph.store, writes), shape, source, now: () => NOW }).then(
        () => false,
        () => true,
      )
      if (cut) await removeSource({ store: graph.store, shape, source, now: () => NOW })
      expect(await graphHash(graph.store, shape), `cut off at the write ${writes}`).toBe(hash)
      expect(writes).toBeLessThan(30)
      if (cut) await graph.close()
    }
  })

  it('stay with the record that is left, until the other one is given again', async () => {
    graph = await empty()
    await said(['one', 'two', 'three'])
    await load('four', FOUR)
    const remove = (source: string) => removeSource({ store: graph.store, shape, source, now: () => NOW })
    const tabledBy = async () =>
      (await ask('{ motion(id: "motion:four") { tabledBy { nodes { ... on Person { id name } } } } }')) as unknown
    await remove('records:two')
    await remove('records:three')
    expect(await tabledBy()).toEqual({ motion: { tabledBy: { nodes: [{ id: 'one:7', name: 'Ada Example' }] } } })
    await said(['two'])
    expect(await tabledBy()).toEqual({ motion: { tabledBy: { nodes: [{ id: 'two:ada', name: 'Eda B. Example' }] } } })
    const hash = await graphHash(graph.store, shape)
    await graph.close()
    graph = await empty()
    await said(['one', 'two'])
    await load('four', FOUR)
    expect(await graphHash(graph.store, shape)).toBe(hash)
  })

  it('follow the most trusted source, whatever else leads to the same record meanwhile', async () => {
    const merge = (name: string, merged: string, into: string) => `
sources: [source:${name}]
Source: [{ id: source:${name}, title: Synthetic source ${name}, kind: DATA_SET }]
Person: [{ id: "p:b", name: B }, { id: "p:c", name: C }]
Merge: [{ id: "merge:${merged}", merged: "${merged}", into: "${into}" }]
`
    const person = `
sources: [source:person]
Source: [{ id: source:person, title: A synthetic person, kind: DATA_SET }]
Person: [{ id: "p:a", name: Ada Example }]
`
    const loadAll = async (last: boolean) => {
      graph = await empty()
      await load('person', person)
      await load('x', merge('x', 'p:a', 'p:c'))
      await load('a', merge('a', 'p:a', 'p:b'))
      if (last) await load('y', merge('y', 'p:b', 'p:c'))
    }
    await loadAll(false)
    const hash = await graphHash(graph.store, shape)
    await graph.close()
    await loadAll(true)
    expect(await ask('{ person(id: "p:a") { id } }')).toEqual({ person: { id: 'p:c' } })
    await removeSource({ store: graph.store, shape, source: 'records:y', now: () => NOW })
    expect(await ask('{ person(id: "p:a") { id } }')).toEqual({ person: { id: 'p:b' } })
    expect(await graphHash(graph.store, shape)).toBe(hash)
  })

  it.each([
    ['into itself', '{ id: "merge:one:7", merged: "one:7", into: "one:7" }', /cannot be merged into itself/],
    [
      'of two types',
      '{ id: "merge:one:7", merged: "one:7", into: "org:club" }',
      /"one:7" is a Person and cannot be merged into "org:club", which is a Organization/,
    ],
    [
      'under an id of its own',
      '{ id: "merge:a", merged: "one:7", into: "two:ada" }',
      /the id of the merge of "one:7" is "merge:one:7"/,
    ],
    [
      'into nothing',
      '{ id: "merge:one:7", merged: "one:7", into: "two:nobody" }',
      /"two:nobody" is neither among the records nor in the store/,
    ],
    [
      'of a source',
      '{ id: "merge:source:one", merged: "source:one", into: "source:six" }',
      /"into" leads to "source:six", which is of type Source/,
    ],
  ])('are refused %s', async (_, merge, reason) => {
    graph = await empty()
    await said(['one', 'two'])
    const hash = await graphHash(graph.store, shape)
    const text = `
sources: [source:six]
Source: [{ id: source:six, title: Synthetic source six, kind: DATA_SET }]
Merge: [${merge}]
`
    const importing = runImports({
      store: graph.store,
      shape,
      importer: recordsImporter(shape),
      path: recordsFolder('six', text),
      now: () => NOW,
      maxProblems: { rows: 0 },
    })
    await expect(importing).rejects.toThrow(reason)
    expect(await graphHash(graph.store, shape)).toBe(hash)
  })
})
