import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { KeptQuestions } from '../../src/serve/kept-questions.js'
import { createServer, type Server } from '../../src/serve/server.js'
import { engines, type Graph } from '../support/engines.js'
import { askOf } from '../support/serve-graph.js'

const QUERY = 'query Ballot($id: ID!) { voteEvent(id: $id) { tally { for } } }'

describe.each(engines)('a short link, on $name', ({ seeded }) => {
  const folder = mkdtempSync(join(tmpdir(), 'links-'))
  let graph: Graph
  let server: Server
  beforeAll(async () => {
    graph = await seeded()
    const ask = askOf(graph)
    const readiness = async () => ({ ready: true, sentence: '' })
    server = createServer({ ask, readiness, log: () => undefined, kept: new KeptQuestions(join(folder, 'kept')) })
  }, 120_000)
  afterEach(() => rmSync(join(folder, 'kept'), { recursive: true, force: true }))
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await graph.close()
  })

  const keep = (question: object) =>
    server.fetch('http://server/q', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
    })
  const link = async (question: object) => ((await (await keep(question)).json()) as { link: string }).link
  const get = (address: string, headers = {}) => server.fetch(address, { headers })

  it('is the same for the same question, and asks it', async () => {
    const variables = { id: 'ep-vote:139038' }
    const first = await link({ query: QUERY, variables })
    expect(first).toMatch(/^http:\/\/server\/q\/[\w-]{22}$/)
    expect(await link({ query: QUERY, variables, operationName: '' })).toBe(first)
    expect(readdirSync(join(folder, 'kept'))).toHaveLength(1)
    expect(await (await get(first)).json()).toEqual({ data: { voteEvent: { tally: { for: 589 } } } })
    expect(await (await get(`${first}?format=question`)).json()).toMatchObject({ query: QUERY, variables })
    const other = await get(`${first}?variables=${encodeURIComponent('{"id":"ep-vote:139007"}')}`)
    expect(await other.json()).toEqual({ data: { voteEvent: { tally: { for: 296 } } } })
  })

  it('gives a table, and GraphiQL to a browser', async () => {
    const list = await link({ query: '{ places(where: { id: { eq: "iso:KZ" } }) { nodes { id } } }' })
    expect(await (await get(`${list}?format=csv`)).text()).toBe('id\r\niso:KZ\r\n')
    const page = await get(list, { accept: 'text/html' })
    expect(page.headers.get('content-type')).toMatch(/^text\/html/)
  })

  it.each([
    [{ query: '{ nothing }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [{ query: '{' }, 400, 'GRAPHQL_PARSE_FAILED'],
    [{}, 400, 'BAD_REQUEST'],
    [{ query: QUERY, operationName: 'Nope' }, 400, 'OPERATION_RESOLUTION_FAILURE'],
    [{ query: QUERY, variables: [] }, 400, 'BAD_REQUEST'],
    [{ query: QUERY, variables: { id: 'x'.repeat(20_000) } }, 413, 'LINK_LIMIT'],
  ])('is not made of %j', async (question, status, code) => {
    const response = await keep(question)
    expect([response.status, await response.json()]).toMatchObject([status, { errors: [{ extensions: { code } }] }])
    expect(() => readdirSync(join(folder, 'kept'))).toThrow()
  })

  it.each(['abc', 'x'.repeat(22), '..%2F..%2Fetc', `${'x'.repeat(21)}%00`])(
    'is none of %s, which nobody asked',
    async (hash) => {
      const response = await get(`http://server/q/${hash}`)
      expect([response.status, await response.json()]).toMatchObject([
        404,
        { errors: [{ extensions: { code: 'NOT_FOUND' } }] },
      ])
    },
  )

  it('is not made where as many are kept as may be; those that were made stay', async () => {
    const known = await link({ query: '{ graph { version } }' })
    for (let i = 1; i < 10_000; i += 1) writeFileSync(join(folder, 'kept', `${i}.json`), '{}')
    const ask = askOf(graph)
    const readiness = async () => ({ ready: true, sentence: '' })
    const kept = new KeptQuestions(join(folder, 'kept'))
    const full = createServer({ ask, readiness, log: () => undefined, kept })
    const response = await full.fetch('http://server/q', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ graph { changedAt } }' }),
    })
    expect([response.status, await response.json()]).toMatchObject([
      503,
      { errors: [{ extensions: { code: 'LINK_LIMIT' } }] },
    ])
    expect((await full.fetch(known)).status).toBe(200)
  })
})
