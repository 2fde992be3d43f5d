import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, type Graph } from '../support/engines.js'
import { serverOf } from '../support/serve-graph.js'

describe.each(engines)('the tag of an answer, on $name', ({ seeded }) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await seeded()
  }, 120_000)
  afterAll(() => graph.close())

  const get = (query: string, headers: Record<string, string> = {}) =>
    serverOf(graph).fetch(`http://server/graphql?query=${encodeURIComponent(query)}`, {
      headers: { accept: 'application/graphql-response+json', ...headers },
    })

  it('stays while the graph does, and moves with it', async () => {
    const question = '{ places { totalCount } }'
    const tag = (await get(question)).headers.get('etag') ?? ''
    expect(tag).toMatch(/^W\/"\d+-[\w-]{16}"$/)
    const again = await get(question, { 'if-none-match': `"other", ${tag}` })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag])
    await graph.load([
      {
        type: 'Place',
        id: 'place:new',
        values: { name: 'New' },
        citations: [{ source: 'source:ep-procedure-2022-2505' }],
      },
    ])
    const changed = await get(question, { 'if-none-match': tag })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).not.toBe(tag)
  })

  it('is none where there are errors', async () => {
    for (const query of ['{ nothing }', '{ places(first: -1) { totalCount } }']) {
      const response = await get(query)
      expect([response.headers.get('etag'), response.status]).toEqual([null, 400])
    }
  })
})
