import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, type Graph, shape } from '../support/engines.js'
import { syntheticGraph } from '../support/synthetic-graph.js'

const PAGE_INFO = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }'
const times = (count: number, part: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ')

/** Lists within lists, each with all that a list gives, single neighbours at each level, and this at the bottom. */
const deep = (levels: number, bottom: string): string =>
  levels === 0
    ? bottom
    : `replaces(first: 2) { __typename totalCount ${PAGE_INFO} edges { cursor sources(first: 1) { totalCount } node {
        id titles { text language } updatedAt dossier { id title updatedAt } ${deep(levels - 1, bottom)} } } }`

const chain = (levels: number): string => (levels === 0 ? 'id' : `id partOf { ${chain(levels - 1)} }`)
const chainWithTimes = (levels: number): string =>
  levels === 0 ? 'id updatedAt' : `id updatedAt partOf { ${chainWithTimes(levels - 1)} }`

/** Fields of every type of a list that gives several: names, short lists, embedded objects and numbers. */
const EVERY_ENTITY = `about(first: 2) { totalCount ${PAGE_INFO} edges { cursor node {
  __typename id updatedAt name names { text language }
  ... on Person { givenName familyName email urls birthDate { edtf earliest latest } country { id name } }
  ... on Organization { organizationKind: kind whole: partOf { id updatedAt } jurisdiction { id names { text } } }
  ... on Office { organization { id name partOf { id } } }
  ... on Place { kind isoAlpha2 partOf { id partOf { id names { text } } } }
  ... on Event { type date { edtf }}
} } nodes { id ${times(12, (i) => `n${i}: names { t${i}: text }`)} } }`

describe.each(engines)('limits, on $name', (engine) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await engine.empty()
    await graph.load(syntheticGraph(shape, 6))
  }, 60_000)
  afterAll(() => graph.close())

  const answered = async (question: string) => {
    const { data, errors, statements } = await graph.ask(question)
    expect(errors).toBeUndefined()
    expect(statements).toHaveLength(1)
    return data
  }
  const refused = async (question: string) => {
    const { errors, statements } = await graph.ask(question)
    expect(statements).toEqual([])
    expect(errors).toHaveLength(1)
    return [(errors?.[0]?.originalError as { code?: string } | undefined)?.code, errors?.[0]?.message]
  }

  it.each([
    ['below a record', `{ motion(id: "synthetic:Motion-1") { ${deep(4, EVERY_ENTITY)} } }`],
    ['below a record of any type', `{ node(id: "synthetic:Motion-1") { ... on Motion { ${deep(4, EVERY_ENTITY)} } } }`],
    [
      'below a list of all records',
      `{ motions(first: 2) { totalCount ${PAGE_INFO} nodes { ${deep(3, EVERY_ENTITY)} } } }`,
    ],
    ['below several records', `{ nodes(ids: ["synthetic:Motion-1"]) { ... on Motion { ${deep(3, EVERY_ENTITY)} } } }`],
    [
      'below neighbours of several types',
      `{ issues(first: 2) { nodes { record { __typename ... on Motion { ${deep(3, EVERY_ENTITY)} } } } } }`,
    ],
  ])('answers lists five deep with single neighbours at each level, %s', async (_where, question) => {
    expect(JSON.stringify(await answered(question)).length).toBeGreaterThan(50)
  })

  it.each([
    ['below a record', `{ motion(id: "synthetic:Motion-1") { ${deep(6, 'id')} } }`],
    ['below a list of all records', `{ motions(first: 1) { nodes { ${deep(5, 'id')} } } }`],
    ['below several records', `{ nodes(ids: ["synthetic:Motion-1"]) { ... on Motion { ${deep(5, 'id')} } } }`],
  ])('refuses lists six deep, %s', async (_where, question) => {
    expect(await refused(question.replaceAll(/sources\(first: 1\) { totalCount }/g, ''))).toEqual([
      'DEPTH_LIMIT',
      'Lists stand 6 deep within each other; at most 5 are answered. Ask for the inner ones in a query of their own.',
    ])
  })

  it('answers 40 lists and counts, and refuses 41', async () => {
    const question = (count: number) =>
      `{ place(id: "synthetic:Place-1") { ${times(count, (i) => `a${i}: parts(first: ${i + 1}) { nodes { id } }`)} } }`
    await answered(question(40))
    expect(await refused(question(41))).toEqual([
      'COST_LIMIT',
      'The field asks for 41 lists and counts; at most 40 are answered at once. Ask for some of them in a query of their own.',
    ])
  })

  it('counts a list that is asked twice with unlike fields twice, and once where it is asked alike', async () => {
    const unlike = (count: number) =>
      `{ place(id: "synthetic:Place-1") { ${times(count, (i) => `a${i}: parts { nodes { n${i}: id } }`)} } }`
    await answered(unlike(40))
    expect((await refused(unlike(41)))[0]).toBe('COST_LIMIT')
    await answered(`{ place(id: "synthetic:Place-1") { ${times(60, (i) => `a${i}: parts { nodes { id } }`)} } }`)
  })

  it('refuses aliases that multiply from level to level', async () => {
    const fragments = times(
      4,
      (i) =>
        `fragment f${i} on Motion { ${times(6, (n) => `a${n}: replaces(first: 1) { nodes { k${n}: id ...f${i + 1} } }`)} }`,
    )
    const question = `{ motion(id: "synthetic:Motion-1") { ...f0 } } ${fragments} fragment f4 on Motion { id }`
    expect((await refused(question))[0]).toBe('COST_LIMIT')
  })

  /** Fragments each of which asks for a neighbour under several names, and of it the same again. */
  const repeated = (names: readonly string[], levels: number, root: string): string =>
    `{ ${root} { ...F0 } } ${times(levels, (i) => {
      const below = i === levels - 1 ? 'id isoAlpha2' : `...F${i + 1}`
      return `fragment F${i} on Place { ${names.map((name) => `${name}partOf { ${below} }`).join(' ')} }`
    })}`

  it.each([
    [['', 'a: '], 1],
    [['', 'a: '], 6],
    [['', 'a: '], 7],
    [['', 'a: ', 'b: '], 4],
    [Array.from({ length: 12 }, (_, i) => `n${i}: `), 2],
  ])('writes a neighbour alike under each of its names, %j at %i levels', async (names, levels) => {
    for (const root of ['place(id: "synthetic:Place-1")', 'node(id: "synthetic:Place-1")']) {
      const [data] = Object.values((await answered(repeated(names, levels, root))) as object)
      const parts = ([each]: readonly unknown[]): unknown[] => {
        const { name: _, ...below } = (each ?? {}) as Record<string, unknown>
        return Object.values(below)
      }
      let row: unknown[] = [data]
      for (let level = 0; level < levels && row[0]; level += 1) {
        row = parts(row)
        expect(row).toHaveLength(names.length)
        for (const each of row) expect(each).toEqual(row[0])
      }
    }
  })

  it('refuses names that multiply from level to level, before anything is printed', async () => {
    expect(await refused(repeated(['', 'a: ', 'b: '], 10, 'place(id: "synthetic:Place-1")'))).toEqual([
      'COST_LIMIT',
      'The query asks for 206670 fields, counting those of each neighbour under each of its names and types; at most 1000 are answered at once. Ask for some of them in a query of their own.',
    ])
  })

  it('refuses fragments that open out into unlike fields at each level', async () => {
    const question = `{ place(id: "synthetic:Place-1") { ...F0a ...F0b } } ${times(10, (i) =>
      [0, 1]
        .map((n) => {
          const spread = (m: number) => (i === 9 ? `t${m}: id` : `...F${i + 1}${'ab'[m]}`)
          return `fragment F${i}${'ab'[n]} on Place { x: partOf { ${spread(0)} ${spread(1)} } y: partOf { ${spread(n)} } }`
        })
        .join(' '),
    )}`
    expect((await refused(question))[0]).toBe('COST_LIMIT')
  })

  it('counts the fields of an answer, those of all root fields together', async () => {
    const rows = (first: number) => `places(first: 100) { nodes { parts(first: ${first}) { nodes { id name kind } } } }`
    expect(await refused(`{ ${times(8, (i) => `a${i}: ${rows(99)}`)} }`)).toEqual([
      'COST_LIMIT',
      'The answer could have up to 319208 fields; at most 60000 are given at once. Ask for fewer rows with `first`, for fewer fields, or for less under several names.',
    ])
  })

  it('answers a list of an interface by one sub-query, not by one for each type', async () => {
    const { statements } = await graph.ask('{ node(id: "synthetic:Motion-1") { sources { nodes { id } } } }')
    expect(statements[0]?.text.match(/source_set e |:SourceSet /g)).toHaveLength(1)
  })

  it.each([
    ['a chain of neighbours', (n: number) => `{ place(id: "synthetic:Place-1") { ${chain(n)} } }`, 30, 62],
    [
      'a chain of neighbours with what lies apart',
      (n: number) => `{ place(id: "synthetic:Place-1") { ${chainWithTimes(n)} } }`,
      19,
      61,
    ],
    [
      'neighbours in the rows of a list',
      (n: number) =>
        `{ places(first: 1) { ${PAGE_INFO} nodes { parts(first: 1) { ${PAGE_INFO} nodes { ${chain(n)} } } } } }`,
      30,
      62,
    ],
    [
      'neighbours of a record of any type',
      (n: number) =>
        `{ issue(id: "synthetic:Issue-1") { record { ... on Person { email } ... on Place { ${chain(n)} } } } }`,
      18,
      62,
    ],
  ])('answers %s up to the limit, and refuses one more', async (_what, question, most, tables) => {
    await answered(question(most))
    expect(await refused(question(most + 1))).toEqual([
      'COST_LIMIT',
      `The single neighbours that a row asks for take ${tables} tables; at most 60 are joined at once. Ask for some of them in a query of their own.`,
    ])
  })

  it('refuses more than 25,000 rows, were every list full', async () => {
    const question = (first: number) => `{ places(first: 100) { nodes { parts(first: ${first}) { nodes { id } } } } }`
    await answered(question(100))
    expect(
      await refused(
        `{ places(first: 100) { nodes { parts(first: 100) { nodes { parts(first: 2) { nodes { id } } } } } } }`,
      ),
    ).toEqual([
      'COST_LIMIT',
      'The field asks for up to 30100 rows; at most 25000 are given at once. Ask for fewer with `first`, and for the rest with `after`.',
    ])
  })
})
