import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ScanMapping } from '../../src/model/graph-shape.js'
import type { GraphRecord } from '../../src/model/records.js'
import { listMark, writeCursor } from '../../src/store/cursor.js'
import { engines, type Graph, shape } from '../support/engines.js'

/** What the cursors of a list of all records begin with. */
const markOf = (field: string): string => {
  const { types, order } = shape.root.get(field) as ScanMapping
  return listMark({ kind: 'scan', types }, types, order)
}

describe.each(engines)('arguments, on $name', (engine) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await engine.seeded()
  }, 60_000)
  afterAll(() => graph.close())

  const refused = async (question: string, variables?: Record<string, unknown>) => {
    const { data, errors, statements } = await graph.ask(question, variables)
    expect(data).toBeUndefined()
    expect(statements).toEqual([])
    expect(errors).toHaveLength(1)
    expect(errors?.[0]?.locations).toHaveLength(1)
    return [(errors?.[0]?.originalError as { code?: string } | undefined)?.code, errors?.[0]?.message]
  }

  describe('`first`', () => {
    it.each([
      ['{ persons(first: 101) { totalCount } }', 101, 100],
      ['{ persons(first: -1) { totalCount } }', -1, 100],
      ['{ place(id: "iso:KZ") { claims(first: 101) { totalCount } } }', 101, 100],
      ['{ voteEvent(id: "ep-vote:139038") { votes(first: 1001) { totalCount } } }', 1001, 1000],
      ['{ voteEvent(id: "ep-vote:139038") { sources(first: 2147483647) { totalCount } } }', 2147483647, 100],
    ])('%s is refused', async (question, first, most) => {
      expect(await refused(question)).toEqual([
        'BAD_ARGUMENT',
        `\`first\` is ${first}; it must lie between 0 and ${most}. Ask for the rest with \`after\`.`,
      ])
    })

    it.each([
      [
        '{ voteEvent(id: "ep-vote:139038") { votes(first: 1000) { nodes { id } } } }',
        { voteEvent: { votes: { nodes: [] } } },
      ],
      [
        '{ claims(first: 0) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }',
        { claims: { totalCount: 2, nodes: [], pageInfo: { hasNextPage: true, endCursor: null } } },
      ],
    ])('%s is answered', async (question, answer) => {
      const { data, errors } = await graph.ask(question)
      expect(errors).toBeUndefined()
      expect(data).toEqual(answer)
    })
  })

  describe('a cursor', () => {
    const sentence = (cursor: string) =>
      `"${cursor.length > 60 ? `${cursor.slice(0, 60)}…` : cursor}" is not a cursor of this list. Take one from its \`endCursor\` or \`cursor\`, or leave \`after\` out to begin at the start.`

    it.each([
      ['empty', ''],
      ['no hexadecimal', 'the next page, please'],
      ['cut off in the middle', writeCursor(markOf('places'), ['b', 'a']).slice(0, -1)],
      ['cut off by a character', writeCursor(markOf('places'), ['b', 'a']).slice(0, -2)],
      ['no JSON', Buffer.from('x').toString('hex')],
      ['no list', Buffer.from('"a"').toString('hex')],
      ['an object', Buffer.from('{"0":"a","1":"b","length":2}').toString('hex')],
      ['too short', writeCursor(markOf('places'), ['a'])],
      ['too long', writeCursor(markOf('places'), ['a', 'b', 'c'])],
      ['of numbers', writeCursor(markOf('places'), [1, 2])],
      ['of nulls', writeCursor(markOf('places'), [null, 'a'])],
      ['of lists', writeCursor(markOf('places'), [['a'], 'b'])],
      ['not UTF-8', 'FF5B2261225D'],
      ['with half of a surrogate pair', Buffer.from(`["${markOf('places')}","\\ud800","a"]`).toString('hex')],
      ['with a null character', Buffer.from(`["${markOf('places')}","\\u0000","a"]`).toString('hex')],
      ['endless', 'AB'.repeat(2001)],
    ])('that is %s is refused', async (_what, after) => {
      const question = 'query ($after: String) { places(after: $after) { totalCount } }'
      expect(await refused(question, { after })).toEqual(['BAD_CURSOR', sentence(after)])
    })

    it('without the mark of a list is refused, and so is one with another', async () => {
      const question = 'query ($after: String) { places(after: $after) { totalCount } }'
      for (const keys of [
        ['a', 'b'],
        [markOf('persons'), 'a', 'b'],
      ]) {
        const after = Buffer.from(JSON.stringify(keys)).toString('hex')
        expect(await refused(question, { after })).toEqual(['BAD_CURSOR', sentence(after)])
      }
    })

    it.each([
      ['persons', 'places'],
      ['organizations', 'persons'],
      ['motions', 'resolutions'],
      ['place(id: "iso:KZ") { voteEvents', 'voteEvents'],
      ['place(id: "iso:KZ") { documents', 'place(id: "iso:KZ") { voteEvents'],
      ['organization(id: "org:osce") { parts', 'organizations'],
      ['source(id: "source:kaztag-2022-01-21") { cites', 'source(id: "source:kaztag-2022-01-21") { citedBy'],
    ])('of %s is refused by %s, though its keys are alike', async (from, to) => {
      const { data } = await graph.ask(
        `{ ${from}(first: 1) { pageInfo { endCursor } } ${'}'.repeat(from.split('{').length)}`,
      )
      const after = /"endCursor":"(\w+)"/.exec(JSON.stringify(data))?.[1] ?? writeCursor('none', [])
      const question = `query ($after: String) { ${to}(after: $after) { totalCount } ${'}'.repeat(to.split('{').length)}`
      expect(await refused(question, { after })).toEqual(['BAD_CURSOR', sentence(after)])
    })

    it('of another list is refused', async () => {
      const { data } = await graph.ask('{ claims(first: 1) { pageInfo { endCursor } } }')
      const { endCursor } = (data as { claims: { pageInfo: { endCursor: string } } }).claims.pageInfo
      expect(
        await refused('query ($after: String) { places(after: $after) { totalCount } }', { after: endCursor }),
      ).toEqual(['BAD_CURSOR', sentence(endCursor)])
    })

    it('of a number that no version can be is refused', async () => {
      for (const after of [
        writeCursor(markOf('changes'), [1.5, 'a']),
        Buffer.from(`["${markOf('changes')}",1e999,"a"]`).toString('hex'),
      ])
        expect(await refused('query ($after: String) { changes(after: $after) { totalCount } }', { after })).toEqual([
          'BAD_CURSOR',
          sentence(after),
        ])
    })

    it('of a row that is gone goes on where the row was, and may be written in small letters', async () => {
      const all = (await graph.ask('{ places { nodes { id } } }')).data as { places: { nodes: { id: string }[] } }
      const after = writeCursor(markOf('places'), ['kazakhstao', '']).toLowerCase()
      const { data } = await graph.ask('query ($after: String) { places(after: $after) { nodes { id } } }', { after })
      const rest = (data as typeof all).places.nodes
      expect(rest.length).toBeLessThan(all.places.nodes.length)
      expect(rest).toEqual(all.places.nodes.slice(all.places.nodes.length - rest.length))
      expect(rest.some(({ id }) => id === 'iso:KZ')).toBe(false)
    })

    it('that is null begins at the start', async () => {
      const { data } = await graph.ask(
        '{ claims(after: null) { totalCount nodes { id } pageInfo { hasPreviousPage } } }',
      )
      expect(data).toMatchObject({ claims: { totalCount: 2, pageInfo: { hasPreviousPage: false } } })
    })
  })

  it('a version that is negative is refused', async () => {
    const sentence = '`since` is -1; the versions of the graph begin with 0.'
    expect(await refused('{ changes(since: -1) { totalCount } }')).toEqual(['BAD_ARGUMENT', sentence])
  })

  it('a condition that is null is refused, at the root and below', async () => {
    for (const question of [
      'query ($if: Boolean = true) { places @include(if: $if) { totalCount } }',
      'query ($if: Boolean = true) { places { totalCount @include(if: $if) } }',
    ]) {
      const { data, errors } = await graph.ask(question, { if: null })
      expect(data).toBeUndefined()
      expect(errors?.[0]?.message).toMatch(/must not be null|non-null/i)
    }
  })

  describe('an id', () => {
    it.each([
      ['id', '{ node(id: "") { id } }'],
      ['id', '{ person(id: "") { id } }'],
      ['id', '{ nodes(ids: ["iso:KZ", ""]) { id } }'],
      ['reference', '{ resolution(reference: "") { id } }'],
    ])('that is empty is refused, as an %s: %s', async (what, question) => {
      const such = what === 'id' ? 'ep-vote:139038' : 'P9_TA(2022)0012'
      expect(await refused(question)).toEqual([
        'BAD_ID',
        `The ${what} is empty. Give the ${what} of a record, such as \`${such}\`.`,
      ])
    })

    it('of 201 characters is refused, one of 200 is not, whatever planes they are of', async () => {
      const question = 'query ($id: ID!) { node(id: $id) { id } }'
      for (const letter of ['a', '😀']) {
        expect(await refused(question, { id: letter.repeat(201) })).toEqual([
          'BAD_ID',
          `The id "${letter.repeat(201).slice(0, 40)}…" is longer than 200 characters, the most that one can have.`,
        ])
        expect((await graph.ask(question, { id: letter.repeat(200) })).data).toEqual({ node: null })
      }
    })

    it('that no record has is null, and so is one of another type', async () => {
      const { data, errors } = await graph.ask(
        '{ a: node(id: "ep-mep:999999999") { id } b: person(id: "iso:KZ") { id } c: place(id: "iso:KZ") { id } d: nodes(ids: ["x:y", "iso:KZ", "x:y"]) { id } }',
      )
      expect(errors).toBeUndefined()
      expect(data).toEqual({ a: null, b: null, c: { id: 'iso:KZ' }, d: [null, { id: 'iso:KZ' }, null] })
    })

    it.each(['__proto__', "' OR 1=1 --", '\\', '\n', 'a"b', '$p0', '{}', '\u202e'])(
      'such as %j is null',
      async (id) => {
        const { data, errors } = await graph.ask('query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }', {
          id,
        })
        expect(errors).toBeUndefined()
        expect(data).toEqual({ node: null, nodes: [null] })
      },
    )

    it('or a reference, and one of them only', async () => {
      const sentence = ['BAD_ARGUMENT', 'Give either `id` or `reference`, and one of them only.']
      expect(await refused('{ resolution(id: "ta:P9_TA(2022)0012", reference: "P9_TA(2022)0012") { id } }')).toEqual(
        sentence,
      )
      expect(await refused('{ resolution { id } }')).toEqual(sentence)
      expect(await refused('{ resolution(id: null, reference: null) { id } }')).toEqual(sentence)
      const { data } = await graph.ask(
        '{ a: resolution(id: null, reference: "TA-9-2022-0012") { id } b: resolution(id: "P9_TA(2022)0012") { reference } }',
      )
      expect(data).toEqual({ a: { id: 'ta:P9_TA(2022)0012' }, b: { reference: 'P9_TA(2022)0012' } })
    })

    it('is the first of those whose records have the same reference', async () => {
      const motion = (id: string): GraphRecord => ({
        type: 'Motion',
        id,
        values: { kind: 'MOTION', reference: 'Motion 12' },
        citations: [{ source: 'source:kaztag-2022-01-21' }],
      })
      await graph.load([motion('b:m1')])
      await graph.load([motion('a:m1'), motion('c:m1')])
      expect((await graph.ask('{ motion(reference: "Motion 12") { id } }')).data).toEqual({ motion: { id: 'a:m1' } })
    })

    it('is one of at most 100', async () => {
      const question = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
      const ids = (count: number) => ({ ids: Array.from({ length: count }, (_, i) => `x:${i}`) })
      expect((await graph.ask(question, ids(100))).data).toEqual({ nodes: Array.from({ length: 100 }, () => null) })
      expect((await graph.ask(question, ids(0))).data).toEqual({ nodes: [] })
      expect(await refused(question, ids(101))).toEqual([
        'BAD_ARGUMENT',
        '`ids` has 101 values; at most 100 can be asked at once.',
      ])
    })
  })
})
