import { execute, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createExecutor } from '../../src/query/execute.js'
import type { GraphStore } from '../../src/store/graph-store.js'
import { engines, type Graph, schema, shape } from '../support/engines.js'

const TA = 'ta:P9_TA(2022)0012'

/** Everything that the questions below ask of one resolution, under the names of the schema. */
const WHOLE = `{ resolution(id: "${TA}") {
  __typename id reference title updatedAt titles { __typename text language } url
  adoptedFrom { __typename id reference kind replaces { __typename nodes { __typename id } } }
  finalVote { __typename id isMain tally { __typename for against voting didNotVote } }
  about { __typename totalCount
    edges { __typename cursor node { ...entity } }
    nodes { ...entity }
    pageInfo { __typename hasNextPage hasPreviousPage startCursor endCursor } }
  voteEvents { __typename totalCount
    edges { __typename isMain isFinal via { __typename id reference } node { __typename id date tally { __typename for } } } }
} } fragment entity on Entity { __typename id name ... on Event { type date { __typename edtf earliest latest } } ... on Place { isoAlpha2 } }`

/** Questions about the same data without arguments but the first: graphql-js can answer them from the whole. */
const QUESTIONS: readonly (readonly [rule: string, question: string, variables?: Record<string, unknown>])[] = [
  ['fields come in the order asked', `{ resolution(id: "${TA}") { title id reference __typename } }`],
  ['aliases name fields, the same one twice', `{ a: resolution(id: "${TA}") { b: id c: id id title: reference } }`],
  [
    'fields asked at several places are merged, at the place of the first',
    `{ resolution(id: "${TA}") { finalVote { id } title finalVote { tally { for } } id finalVote { isMain tally { against } } } }`,
  ],
  [
    'the root is merged too',
    `{ resolution(id: "${TA}") { id } __typename resolution(id: "${TA}") { title ...f } } fragment f on Resolution { reference id }`,
  ],
  [
    'fragments: named, inline, without a type, within each other, on interfaces',
    `{ resolution(id: "${TA}") { ...a ... on Document { title ... { url } ... on Node { id } } ... on Document { procedure: reference } } }
     fragment a on Resolution { ...b reference ... on Document { ...c } }
     fragment b on Node { __typename id }
     fragment c on Document { titles { ...d text } }
     fragment d on Name { language text }`,
  ],
  [
    'fragments on types give only what a record of that type has',
    `{ resolution(id: "${TA}") { about { nodes { __typename ... on Event { type id date { edtf } } ... on Place { isoAlpha2 name } ... on Person { email } ... on Node { id } } } } }`,
  ],
  [
    '`__typename` is everywhere: lists, edges, pages, objects',
    `{ __typename resolution(id: "${TA}") { __typename about { t: __typename edges { t: __typename node { __typename } } pageInfo { t: __typename } } finalVote { tally { t: __typename } } titles { __typename } } }`,
  ],
  [
    'nodes and edges of one list stand beside each other',
    `{ resolution(id: "${TA}") { about { pageInfo { hasNextPage endCursor } nodes { name } totalCount edges { node { id } cursor } nodes { id } } } }`,
  ],
  [
    '`@skip` and `@include` leave out fields and fragments, by constants and variables',
    `query ($yes: Boolean!, $no: Boolean = false) { resolution(id: "${TA}") {
      id @skip(if: $no) title @skip(if: true) reference @include(if: $yes) url @include(if: $no)
      ... @include(if: $no) { updatedAt } ...f @skip(if: $yes) ... on Document @include(if: $yes) { __typename }
      both: id @include(if: true) @skip(if: $yes)
      finalVote { id tally @include(if: $no) { for } }
    } } fragment f on Resolution { updatedAt }`,
    { yes: true },
  ],
  [
    'a default stands where a variable is not given, and not where it is',
    `query ($no: Boolean = true) { resolution(id: "${TA}") { id title @skip(if: $no) } }`,
    { no: false },
  ],
  [
    'a field that is skipped at one place is given at another',
    `{ resolution(id: "${TA}") { id @skip(if: true) title id } }`,
  ],
  [
    'an object of which all is skipped is empty',
    `{ resolution(id: "${TA}") { finalVote { id @skip(if: true) } about { nodes { id @include(if: false) } } } }`,
  ],
  [
    'objects that are not there are null',
    `{ resolution(id: "${TA}") { finalVote { tally { didNotVote } } url voteEvents { edges { via { id reference } node { tally { for } } } } } }`,
  ],
]

describe.each(engines)('the rules of GraphQL, on $name', (engine) => {
  let graph: Graph
  let whole: Record<string, unknown>
  beforeAll(async () => {
    graph = await engine.seeded()
    const { data, errors } = await graph.ask(WHOLE)
    expect(errors).toBeUndefined()
    whole = data as Record<string, unknown>
    expect(JSON.stringify(whole).length).toBeGreaterThan(2000)
  }, 60_000)
  afterAll(() => graph.close())

  const ask = async (question: string, variables?: Record<string, unknown>): Promise<unknown> => {
    const { data, errors } = await graph.ask(question, variables)
    expect(errors).toBeUndefined()
    return data
  }

  it.each(QUESTIONS.map(([rule, question, variables = {}]) => ({ rule, question, variables })))(
    '$rule, as graphql-js has it',
    async ({ question, variables }) => {
      const { text, statements } = await graph.ask(question, variables)
      const expected = await execute({ schema, document: parse(question), rootValue: whole, variableValues: variables })
      expect(expected.errors).toBeUndefined()
      // As text, for the order counts.
      expect(text).toBe(JSON.stringify(expected))
      expect(statements).toHaveLength(1)
    },
  )

  it('one field with different arguments, under names of its own', async () => {
    expect(
      await ask(
        `{ resolution(id: "${TA}") { main: voteEvents(isMain: true) { totalCount } others: voteEvents(isMain: false) { totalCount } all: voteEvents { totalCount } one: voteEvents(first: 1) { nodes { id } totalCount } } }`,
      ),
    ).toEqual({
      resolution: {
        main: { totalCount: 1 },
        others: { totalCount: 4 },
        all: { totalCount: 5 },
        one: { nodes: [{ id: 'ep-vote:139007' }], totalCount: 5 },
      },
    })
  })

  describe.each([
    ['that is cut', 'persons(first: 1)', ''],
    ['that is empty', 'issues(where: { rule: { eq: BAD_ROW } })', ''],
    ['of a record that is empty', 'person(id: "person:josep-borrell") { votes(first: 1)', ' }'],
    ['of a record that is cut', `resolution(id: "${TA}") { voteEvents(first: 1)`, ' }'],
    ['of a record that is never cut', 'voteEvent(id: "ep-vote:139038") { counts', ' }'],
    ['of a record that is never cut and empty', 'voteEvent(id: "ep-vote:139007") { counts', ' }'],
  ])('a list %s', (_, open, close) => {
    const PARTS = ['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor', '__typename'] as const
    const list = async (fields: string) => {
      const found = (await ask(`{ a: ${open} ${fields}${close} }`)) as { a: Record<string, unknown> }
      return (close === '' ? found.a : Object.values(found.a)[0]) as Record<string, Record<string, unknown>>
    }

    it.each(['', 'totalCount ', 'nodes { id } '])(
      'tells each part of its page by itself, beside "%s"',
      async (beside) => {
        const { pageInfo } = await list(`{ nodes { id } pageInfo { ${PARTS.join(' ')} } }`)
        for (const part of PARTS) {
          const alone = await list(`{ ${beside}pageInfo { ${part} } }`)
          expect(alone['pageInfo']).toEqual({ [part]: pageInfo?.[part] })
        }
        expect((await list(`{ ${beside}pageInfo { hasNextPage @skip(if: true) } }`))['pageInfo']).toEqual({})
      },
    )
  })

  it('one root field with different arguments takes a statement each', async () => {
    const { data, statements } = await graph.ask(
      '{ a: place(id: "iso:KZ") { id } b: place(id: "none:1") { id } c: place(id: "iso:KZ") { name } }',
    )
    expect(data).toEqual({ a: { id: 'iso:KZ' }, b: null, c: { name: 'Kazakhstan' } })
    expect(statements).toHaveLength(3)
  })

  describe('arguments and variables', () => {
    it('that are null or left out ask for nothing', async () => {
      const count = { voteEvents: { totalCount: 5 } }
      expect(await ask('{ voteEvents(where: null, orderBy: null, first: null, after: null) { totalCount } }')).toEqual(
        count,
      )
      expect(
        await ask(
          'query ($a: Boolean, $b: Int, $c: String) { voteEvents(where: { isMain: { eq: $a } }, first: $b, after: $c) { totalCount } }',
        ),
      ).toEqual(count)
      expect(
        await ask('query ($a: Boolean = true) { voteEvents(where: { isMain: { eq: $a } }) { totalCount } }'),
      ).toEqual({ voteEvents: { totalCount: 1 } })
    })

    it('of a filter that are null are refused', async () => {
      const question = 'query ($a: Boolean) { voteEvents(where: { isMain: { eq: $a } }) { totalCount } }'
      const { data, errors } = await graph.ask(question, { a: null })
      expect(data).toBeUndefined()
      expect(errors?.[0]?.originalError).toMatchObject({ code: 'NULL_IN_FILTER' })
    })

    it('of every kind: ids, lists, enums, numbers, yes and no, texts', async () => {
      expect(
        await ask(
          `query ($id: ID!, $ids: [ID!]!, $kind: PlaceKind, $first: Int, $main: Boolean, $reference: String) {
            place(id: $id) { id } nodes(ids: $ids) { id } places(where: { kind: { eq: $kind } }) { nodes { id } }
            voteEvents(where: { isMain: { eq: $main } }, first: $first) { nodes { id } } resolution(reference: $reference) { id }
          }`,
          { id: 'iso:KZ', ids: 'iso:KZ', kind: 'COUNTRY', first: 1, main: false, reference: 'P9_TA(2022)0012' },
        ),
      ).toEqual({
        place: { id: 'iso:KZ' },
        nodes: [{ id: 'iso:KZ' }],
        places: { nodes: [{ id: 'iso:KZ' }] },
        voteEvents: { nodes: [{ id: 'ep-vote:139007' }] },
        resolution: { id: TA },
      })
    })

    it('an id may be a number, as the specification says', async () => {
      expect(await ask('{ node(id: 5) { id } }')).toEqual({ node: null })
      expect(await ask('query ($id: ID!) { node(id: $id) { id } }', { id: 5 })).toEqual({ node: null })
    })

    it('that do not fit are refused before anything is asked', async () => {
      for (const [question, variables] of [
        ['query ($id: ID!) { place(id: $id) { id } }', {}],
        ['query ($id: ID!) { place(id: $id) { id } }', { id: null }],
        ['query ($first: Int) { places(first: $first) { totalCount } }', { first: '3' }],
        ['query ($kind: PlaceKind) { places(where: { kind: { eq: $kind } }) { totalCount } }', { kind: 'PLANET' }],
      ] as const) {
        const { data, errors, statements } = await graph.ask(question, variables)
        expect(data).toBeUndefined()
        expect(errors?.[0]?.message).toMatch(/^Variable "\$/)
        expect(statements).toEqual([])
      }
    })
  })

  it('questions about the schema stand beside others, in their order', async () => {
    const { text } = await graph.ask(
      '{ a: place(id: "iso:KZ") { id } __type(name: "Place") { name kind } __schema { queryType { ...q } } b: __typename c: place(id: "iso:KZ") { name } } fragment q on __Type { name }',
    )
    expect(text).toBe(
      '{"data":{"a":{"id":"iso:KZ"},"__type":{"name":"Place","kind":"OBJECT"},"__schema":{"queryType":{"name":"Query"}},"b":"Query","c":{"name":"Kazakhstan"}}}',
    )
  })

  it('of several operations the one that is named is answered', async () => {
    const document = parse('query a { place(id: "iso:KZ") { id } } query b { place(id: "iso:KZ") { name } }')
    const executor = createExecutor({ schema, shape, store: graph.store })
    expect((await executor({ schema, document, operationName: 'b' })).data).toEqual({ place: { name: 'Kazakhstan' } })
    expect((await executor({ schema, document })).errors?.[0]?.message).toMatch(/operation name/)
  })

  describe('an error of a root field', () => {
    /** The store, but for one type of record that it cannot read. */
    const failing = (type: string): GraphStore =>
      new Proxy(graph.store, {
        get: (store, name) => {
          const value = Reflect.get(store, name)
          return name === 'answer'
            ? async (...[plan, options]: Parameters<GraphStore['answer']>) => {
                const { types } =
                  plan.kind === 'page' ? plan.page.shape : plan.kind === 'figures' ? plan.figures : plan.shape
                if (types.includes(type)) throw new Error('The disk is on fire.')
                return store.answer(plan, options)
              }
            : typeof value === 'function'
              ? value.bind(store)
              : value
        },
      })
    const askFailing = async (question: string) => {
      const result = await createExecutor({ schema, shape, store: failing('Claim') })({
        schema,
        document: parse(question),
      })
      return 'stringify' in result ? JSON.parse(result.stringify(result).toString()) : result
    }

    it('leaves the others, where it may be null', async () => {
      expect(
        await askFailing(
          '{ a: place(id: "iso:KZ") { id } b: claim(id: "x:1") { id } c: place(id: "iso:KZ") { name } }',
        ),
      ).toEqual({
        errors: [{ message: 'The disk is on fire.', locations: [{ line: 1, column: 33 }], path: ['b'] }],
        data: { a: { id: 'iso:KZ' }, b: null, c: { name: 'Kazakhstan' } },
      })
    })

    it('takes all of the answer away, where it may not', async () => {
      expect(await askFailing('{ a: place(id: "iso:KZ") { id } claims { totalCount } }')).toEqual({
        errors: [{ message: 'The disk is on fire.', locations: [{ line: 1, column: 33 }], path: ['claims'] }],
        data: null,
      })
    })
  })
})
