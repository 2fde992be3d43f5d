import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KeptQuestions } from '../../src/serve/kept-questions.js'
import { type Listening, listen } from '../../src/serve/listen.js'
import { createServer } from '../../src/serve/server.js'
import { documentFolder } from '../support/document-folder.js'
import { engines, type Graph, shape } from '../support/engines.js'
import { askOf } from '../support/serve-graph.js'

const BALLOT = 'query Ballot($id: ID!) { voteEvent(id: $id) { tally { for } } }'
const PLACES = '{ places(where: { id: { eq: "iso:KZ" } }) { nodes { id } } }'
const OTHER = '{ graph { version } }'
const variables = { id: 'ep-vote:139038' }
const ANSWER = { data: { voteEvent: { tally: { for: 589 } } } }

describe('a server of named documents and nothing else', () => {
  const links = mkdtempSync(join(tmpdir(), 'links-'))
  const removals: (() => void)[] = [() => rmSync(links, { recursive: true })]
  let graph: Graph
  let listening: Listening
  let hash: string
  beforeAll(async () => {
    graph = await (engines[0] as (typeof engines)[number]).seeded()
    const folder = documentFolder({ 'ballot.graphql': BALLOT, 'places.graphql': PLACES }, (each) => removals.push(each))
    const kept = new KeptQuestions(links)
    hash = await kept.keep({ query: OTHER })
    const readiness = async () => ({ ready: true, sentence: '' })
    const ask = askOf(graph, { folder, only: true })
    const { listener } = createServer({ ask, shape, readiness, log: () => undefined, kept })
    listening = await listen(listener, '127.0.0.1', 0)
  }, 60_000)
  afterAll(async () => {
    await listening.stop(0)
    await graph.close()
    for (const remove of removals) remove()
  })

  const get = (path: string, headers = {}) => fetch(`${listening.url}${path}`, { headers, redirect: 'manual' })
  const post = (path: string, body: object, headers = {}) =>
    fetch(`${listening.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const encoded = encodeURIComponent(OTHER)
  const refusals: readonly (readonly [string, () => Promise<Response>])[] = [
    ['POST /graphql', () => post('/graphql', { query: OTHER })],
    ['POST /graphql, accepting JSON first', () => post('/graphql', { query: OTHER }, { accept: 'application/json' })],
    ['GET /graphql', () => get(`/graphql?query=${encoded}`)],
    ['a mutation', () => post('/graphql', { query: 'mutation { a }' })],
    ['introspection', () => post('/graphql', { query: '{ __schema { types { name } } }' })],
    ['a hash', () => post('/graphql', { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } })],
    ['a table in an address', () => get(`/graphql?query=${encoded}&format=csv`)],
    ['a table by its media type', () => post('/graphql', { query: OTHER }, { accept: 'text/csv' })],
    ['a short link to be made', () => post('/q', { query: OTHER })],
    ['a short link that was made before', () => get(`/q/${hash}`)],
    ['a short link in a browser', () => get(`/q/${hash}`, { accept: 'text/html' })],
    ['a table of a short link', () => get(`/q/${hash}?format=csv`)],
    ['a receipt', () => post('/receipt', { query: OTHER })],
    ['a citation of an answer', () => get(`/cite?query=${encoded}`)],
    ['/api', () => get('/api/places')],
    ['a table under /api', () => get('/api/places.csv')],
  ]
  // Twice, since what was read once is answered on another way.
  it.each([...refusals, ...refusals])('refuses %s', async (_, ask) => {
    const response = await ask()
    expect([response.status, await response.json()]).toMatchObject([
      403,
      { errors: [{ extensions: { code: 'DOCUMENT_NOT_LISTED' } }] },
    ])
  })

  it('answers the documents on each of these ways', async () => {
    for (let i = 0; i < 2; i += 1)
      expect(await (await post('/graphql', { query: BALLOT, variables })).json()).toEqual(ANSWER)
    expect(await (await get(`/q/ballot?id=${variables.id}`)).json()).toEqual(ANSWER)
    const { link } = (await (await post('/q', { query: BALLOT, variables })).json()) as { link: string }
    expect(await (await fetch(link)).json()).toEqual(ANSWER)
    expect(await (await get('/q/places?format=csv')).text()).toBe('id\r\niso:KZ\r\n')
    const table = await post('/graphql', { query: PLACES }, { accept: 'text/csv' })
    expect(await table.text()).toBe('id\r\niso:KZ\r\n')
    const receipt = await post('/receipt', { query: PLACES })
    expect([receipt.status, receipt.headers.get('content-type')]).toEqual([200, 'application/zip'])
  })

  it('answers what it asks itself: citations of records, names in tables, the schema', async () => {
    expect((await get(`/cite?id=${variables.id}`)).status).toBe(200)
    expect((await get('/schema.graphql')).status).toBe(200)
    const queries = encodeURIComponent(JSON.stringify({ q: { query: 'Kazakhstan', type: 'Place' } }))
    expect(await (await get(`/reconcile?queries=${queries}`)).json()).toMatchObject({
      q: { result: [{ id: 'iso:KZ' }] },
    })
  })

  it('has no GraphiQL, and sends home to the list', async () => {
    expect((await get('/', { accept: 'text/html' })).headers.get('location')).toBe('/q')
    expect((await get('/graphql', { accept: 'text/html' })).headers.get('content-type')).not.toMatch(/html/)
  })

  it('has agents ask by the stored tools, and gives no address of what may not be asked', async () => {
    const call = async (method: string, params: object) => {
      const accept = 'application/json, text/event-stream'
      const response = await post('/mcp', { jsonrpc: '2.0', id: 1, method, params }, { accept })
      return (await response.json()) as { result?: Record<string, unknown>; error?: { message: string } }
    }
    const { result } = await call('tools/list', {})
    expect(JSON.stringify(result)).not.toContain('"name":"graphql"')
    expect((await call('tools/call', { name: 'graphql', arguments: { query: OTHER } })).error?.message).toMatch(
      /no tool/,
    )
    const found = await call('tools/call', { name: 'find', arguments: { text: 'Kazakhstan' } })
    expect(found.result).toMatchObject({ structuredContent: { link: null, reason: null } })
  })
})
