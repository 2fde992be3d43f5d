import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Ask } from '../../src/ask/ask.js'
import { type CallOptions, callTool } from '../../src/mcp/call-tool.js'
import { wholeOrNoneLists } from '../../src/mcp/mark-unknown.js'
import { makeTools, type Tool } from '../../src/mcp/tool.js'
import { writeText } from '../../src/mcp/write-text.js'
import type { NodeRecord } from '../../src/model/records.js'
import { createExecutor, type Executor } from '../../src/query/execute.js'
import { createErrorMask } from '../../src/serve/mask-errors.js'
import { engines, type Graph, schema, shape } from '../support/engines.js'

const tools = new Map(makeTools(schema, true).map((tool) => [tool.name, tool]))
const citations = [{ source: 'source:synthetic' }]
const source: NodeRecord = {
  type: 'Source',
  id: 'source:synthetic',
  values: { kind: 'DATA_SET', title: 'Synthetic' },
  citations,
}
const person = (id: string): NodeRecord => ({ type: 'Person', id, values: { name: 'Synthetic Person' }, citations })

describe.each(engines)('a call of a tool, on $name', (engine) => {
  let graph: Graph
  let executor: Executor
  beforeAll(async () => {
    graph = await engine.seeded()
    executor = createExecutor({ schema, shape, store: graph.store, timeout: 20_000 })
  })
  afterAll(() => graph.close())

  const call = (name: string, args: object, answer: Executor = executor) => {
    const options: CallOptions = {
      ask: new Ask({ schema, executor: () => answer }),
      mask: createErrorMask(() => undefined),
      linkTo: async ({ query }) => query,
      wholeOrNone: wholeOrNoneLists(shape),
    }
    return callTool(tools.get(name) as Tool, args as Readonly<Record<string, unknown>>, options)
  }

  it('is answered of one version of the graph, however it moves meanwhile', async () => {
    let moved = false
    const moving: Executor = async (args) => {
      const answered = await executor(args)
      if (args.variableValues?.['id'] === 'person:synthetic-new' && !moved) {
        moved = true
        await graph.load([source, person('person:synthetic-new')])
      }
      return answered
    }
    const before = await call('person', { id: 'person:josep-borrell' })
    const { result } = await call('person', { id: 'person:synthetic-new' }, moving)
    expect(result).toMatchObject({ data: { person: { name: 'Synthetic Person' } }, reason: null })
    expect(result.dataVersion).toBeGreaterThan(before.result.dataVersion ?? 0)
  })

  it('takes what is null for what is not given, and refuses what it does not know', async () => {
    const { result } = await call('votes_where', { about: 'iso:KZ', title: null, isMain: null })
    expect(result.total).toBe(5)
    expect(await call('votes_where', { abuot: 'iso:KZ' })).toMatchObject({
      isError: true,
      result: {
        data: null,
        reason: { code: 'UNKNOWN_PARAMETER', sentence: expect.stringContaining('Did you mean `about`?') },
      },
    })
  })

  it('asks for nothing by a parameter that is not given, in the document of its link, too', async () => {
    const { result } = await call('votes_where', { about: 'iso:KZ' })
    expect(result.link).toContain('about: {some: {id: {eq: $about}}}')
    expect(result.link).not.toMatch(/counts:|\$title|\$group/)
  })

  it('names each source once, with where in it the records stand', async () => {
    const { result } = await call('demands', { document: 'ta:P9_TA(2022)0012' })
    expect(result.sources).toMatchObject([{ number: 1, id: 'source:kaztag-2022-01-21' }])
    expect(result.sources[0]?.locators).toContain('paragraph 4')
    expect(result.data).toMatchObject({
      demands: {
        nodes: expect.arrayContaining([expect.objectContaining({ sources: [{ source: 1, locator: 'paragraph 4' }] })]),
      },
    })
  })

  it('is not taken for complete where the document does not ask how many there are', async () => {
    const { result } = await call('graphql', { query: '{ demands(first: 2) { nodes { id } } }' })
    expect(result).toMatchObject({ complete: null, total: null, sources: [] })
    const counted = await call('graphql', { query: '{ demands(first: 2) { totalCount nodes { id } } }' })
    expect(counted.result).toMatchObject({ complete: false, total: 9 })
  })

  it('says how many figures of votes there are, and why one has no value', async () => {
    const figures = 'rowCount rows { of { name } value why }'
    const { result } = await call('graphql', { query: `{ cohesion(first: 3) { ${figures} } }` })
    expect(result).toMatchObject({ complete: false, total: 8 })
    expect(writeText(result)).toMatch(/value 1\n.*… 5 more of cohesion/s)
    expect(writeText(result)).not.toContain('why not known')
    const none = await call('graphql', { query: `{ cohesion(atLeast: 2) { ${figures} } }` })
    expect(none.result).toMatchObject({ complete: true, total: 8 })
    expect(writeText(none.result)).toContain('value not known; why Only 1 count')
  })

  it('tells a list that nobody knows from one that is empty', async () => {
    const { result } = await call('vote', { id: 'ep-vote:139038' })
    expect(result.data).toMatchObject({ voteEvent: { votesOnRecord: { totalCount: null, isKnown: false } } })
    expect(result.data).toMatchObject({ voteEvent: { corrections: { totalCount: 0 } } })
    expect([result.complete, result.reason]).toEqual([false, null])
  })

  it('does not say that there is no way where not all could be gone through', async () => {
    const hubs = ['place:one', 'place:two']
    const ballots = Array.from({ length: 501 }, (_, i) => `vote:synthetic-${i}`)
    await graph.load([
      source,
      ...hubs.map((id) => ({ type: 'Place', id, values: { name: id }, citations })),
      ...ballots.map((id) => ({ type: 'VoteEvent', id, values: {}, citations })),
      ...hubs.flatMap((to) => ballots.map((from) => ({ link: 'About', from, to, values: {}, citations }))),
    ])
    const { result } = await call('path', { from: 'place:one', to: 'place:two' })
    expect(result).toMatchObject({ complete: false, reason: { code: 'UNDECIDABLE' } })
    expect(result.reason?.sentence).toMatch(/not gone through/)
  }, 60_000)

  it('says that the graph cannot be asked where it cannot', async () => {
    const broken: Executor = async () => {
      throw new Error('bolt://secret does not answer')
    }
    const { result, isError } = await call('find', { text: 'Borrell' }, broken)
    expect([isError, result.reason?.code]).toEqual([true, 'INTERNAL'])
    expect(result.reason?.sentence).not.toContain('secret')
  })
})
