import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createServer, type Server } from '../../src/serve/server.js'
import { documentFolder } from '../support/document-folder.js'
import { engines, type Graph } from '../support/engines.js'
import { askOf } from '../support/serve-graph.js'

const BALLOT = `"How many voted for it."
query Ballot("The ballot." $id: ID!, $title: Boolean = false) {
  voteEvent(id: $id) { title @include(if: $title) tally { for } }
}
`
const PLACES =
  'query Places($first: Int, $ids: [ID!]) { places(first: $first, where: { id: { in: $ids } }) { nodes { id } } }'
const FILTERED = 'query Filtered($where: PlaceWhere) { places(where: $where) { totalCount } }'
const KNOWN = 'ep-vote:139038'

describe.each(engines)('a named document, on $name', ({ seeded }) => {
  let graph: Graph
  let server: Server
  const removals: (() => void)[] = []
  beforeAll(async () => {
    graph = await seeded()
    const folder = documentFolder(
      { 'ballot.graphql': BALLOT, 'places.graphql': PLACES, 'filtered.graphql': FILTERED },
      (remove) => removals.push(remove),
    )
    const readiness = async () => ({ ready: true, sentence: '' })
    server = createServer({ ask: askOf(graph, { folder, only: false }), readiness, log: () => undefined })
  }, 120_000)
  afterAll(async () => {
    for (const remove of removals) remove()
    await graph.close()
  })

  const get = (path: string, headers = {}) => server.fetch(`http://server/q${path}`, { headers })
  const json = async (path: string) => (await get(path)).json()

  it('is answered at its name, its variables read by their types', async () => {
    const answer = { data: { voteEvent: { tally: { for: 589 } } } }
    expect(await json(`/ballot?id=${KNOWN}`)).toEqual(answer)
    expect(await json(`/ballot?variables=${encodeURIComponent(JSON.stringify({ id: KNOWN }))}`)).toEqual(answer)
    expect(await json(`/ballot?id=${KNOWN}&title=true`)).toEqual({
      data: { voteEvent: { title: 'Situation in Kazakhstan', tally: { for: 589 } } },
    })
    expect(await json('/places?ids=iso:KZ&ids=iso:RU&first=1')).toEqual({
      data: { places: { nodes: [{ id: 'iso:KZ' }] } },
    })
    const where = encodeURIComponent(JSON.stringify({ where: { id: { eq: 'iso:KZ' } } }))
    expect(await json(`/filtered?variables=${where}`)).toEqual({ data: { places: { totalCount: 1 } } })
  })

  it('is a table with `format`, and JSON in a browser', async () => {
    const table = await get('/places?ids=iso:KZ&format=csv')
    expect([table.headers.get('etag'), await table.text()]).toEqual([expect.any(String), 'id\r\niso:KZ\r\n'])
    expect((await get('/places?format=xlsx')).headers.get('content-type')).toMatch(/spreadsheet/)
    expect(await json('/ballot?format=question')).toEqual({ query: BALLOT })
    const page = await get(`/ballot?id=${KNOWN}`, { accept: 'text/html' })
    expect(page.headers.get('content-type')).toMatch(/^application\/json/)
  })

  it.each([
    ['/ballot', 400, /Variable "\$id" of required type "ID!" was not provided/],
    [`/ballot?id=${KNOWN}&title=1`, 400, /Boolean cannot represent a non boolean value: "1"/],
    ['/places?first=many', 400, /Int cannot represent non-integer value: "many"/],
    ['/ballot?ids=1', 400, /no variable `ids`\. Did you mean `id`/],
    ['/ballot?id=1&id=2', 400, /`id` is given 2 times/],
    ['/ballot?id=1&variables={"id":"2"}', 400, /`id` is given twice, once in `variables`/],
    ['/ballot?variables={"id":"2","x":1}', 400, /no variable `x`/],
    ['/ballot?variables=[]', 400, /has to be an object/],
    ['/ballot?variables={', 400, /`variables` is not JSON/],
    ['/filtered?where=x', 400, /of the type PlaceWhere, which has no plain text/],
    [`/ballot?id=${KNOWN}&format=pdf`, 400, /`format` is one of/],
    ['/balot', 404, /no document "balot" here\. Did you mean `ballot`/],
  ])('is refused as %s, and that is for nobody to keep', async (path, status, sentence) => {
    const response = await get(encodeURI(path))
    const { errors } = (await response.json()) as { errors: readonly { message: string }[] }
    expect([response.status, errors[0]?.message]).toEqual([status, expect.stringMatching(sentence)])
    expect([response.headers.get('etag'), response.headers.get('cache-control')]).toEqual([null, 'no-store'])
  })

  it('may be kept by everybody, and is unchanged until the graph moves', async () => {
    const first = await get(`/ballot?id=${KNOWN}`)
    const tag = first.headers.get('etag') ?? ''
    expect(first.headers.get('cache-control')).toBe('public, max-age=5, stale-while-revalidate=5')
    const again = await get(`/ballot?id=${KNOWN}`, { 'if-none-match': tag })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag])
    // Another text under the same name is another answer.
    expect((await get('/places')).headers.get('etag')).not.toBe(tag)
    const citations = [{ source: 'source:ep-procedure-2022-2505' }]
    await graph.load([{ type: 'Place', id: 'place:new', values: { name: 'New' }, citations }])
    const moved = await get(`/ballot?id=${KNOWN}`, { 'if-none-match': tag })
    expect([moved.status, moved.headers.get('etag') === tag]).toEqual([200, false])
  })

  it('is listed with its variables', async () => {
    const { documents } = (await json('')) as { documents: readonly unknown[] }
    expect(documents).toHaveLength(3)
    expect(documents[0]).toEqual({
      name: 'ballot',
      address: 'http://server/q/ballot',
      description: 'How many voted for it.',
      variables: [
        { name: 'id', type: 'ID!', required: true, description: 'The ballot.' },
        { name: 'title', type: 'Boolean', required: false, default: 'false' },
      ],
      sha256: createHash('sha256').update(BALLOT).digest('hex'),
    })
  })

  it('is asked by its hash from the start, as persisted queries and documents are, and by its name', async () => {
    const sha256Hash = createHash('sha256').update(BALLOT).digest('hex')
    const post = async (body: object) => {
      const headers = { 'content-type': 'application/json' }
      const response = await server.fetch('http://server/graphql', {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      return response.json()
    }
    const variables = { id: KNOWN }
    const answer = { data: { voteEvent: { tally: { for: 589 } } } }
    expect(await post({ variables, extensions: { persistedQuery: { version: 1, sha256Hash } } })).toEqual(answer)
    expect(await post({ variables, documentId: `sha256:${sha256Hash}` })).toEqual(answer)
    expect(await post({ variables, documentId: 'ballot' })).toEqual(answer)
    const address = `http://server/graphql?documentId=ballot&variables=${encodeURIComponent(JSON.stringify(variables))}`
    expect(await (await server.fetch(address, { headers: { accept: 'application/json' } })).json()).toEqual(answer)
    const code = (of: unknown) => ({ errors: [{ extensions: { code: of } }] })
    expect(await post({ documentId: 'ballots' })).toMatchObject(code('PERSISTED_QUERY_NOT_FOUND'))
    expect(await post({ documentId: 7 })).toMatchObject(code('PERSISTED_QUERY_NOT_FOUND'))
    expect(await post({ documentId: 'ballot', query: '{ graph { version } }' })).toMatchObject(code('BAD_REQUEST'))
  })
})
