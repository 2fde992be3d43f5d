import { serverAudits } from 'graphql-http'
import { describe, expect, it } from 'vitest'
import { listen } from '../../src/serve/listen.js'
import { smallServer } from './small-server.js'

const QUESTION = '/graphql?query=%7Bhello%7D'
const { server, ask } = smallServer()
const audits = serverAudits({ url: 'http://server/graphql', fetchFn: server.fetch })

describe('GraphQL over HTTP', () => {
  it('has 61 audits', () => {
    expect(audits).toHaveLength(61)
  })

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s: %s', async (_id, _name, audit) => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' })
  })

  it('answers a GET from the address bar', async () => {
    const response = await server.fetch('http://server/graphql?query=%7Bhello%7D', { headers: { accept: '*/*' } })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ data: { hello: 'world' } })
  })

  it.each([
    ['text', '{"data":{"hello":"spliced é"}}'],
    ['bytes', Buffer.from('{"data":{"hello":"spliced é"}}')],
  ])('answers with 200 and the JSON that the executor has ready as %s', async (_, json) => {
    const ready = smallServer(
      {},
      {
        executor: () => async () => ({
          get data(): never {
            throw new Error('the JSON is ready')
          },
          stringify: () => json,
        }),
      },
    )
    const { response, body } = await ready.ask('{ hello }')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8')
    expect(response.headers.get('content-length')).toBe('31')
    expect(body).toEqual({ data: { hello: 'spliced é' } })
  })

  it.each([
    ['{ hello', 'GRAPHQL_PARSE_FAILED'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['query A { hello } query B { hello }', 'OPERATION_RESOLUTION_FAILURE'],
    ['query Q($times: Int) { echo(times: $times) }', 'BAD_ARGUMENT'],
  ])('refuses %s with 400 and the code %s', async (query, code) => {
    const response = await server.fetch('http://server/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query, variables: { times: 'many' } }),
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] })
  })

  it.each(['variables', 'extensions'])('refuses an address whose `%s` are no JSON', async (name) => {
    const address = `http://server/graphql?query=%7Bhello%7D&${name}=%7Bx`
    const response = await server.fetch(address, { headers: { accept: 'application/json' } })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringMatching(/not JSON/), extensions: { code: 'BAD_REQUEST' } }],
    })
  })

  it('refuses several questions in one request', async () => {
    const response = await server.fetch('http://server/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '[{"query":"{hello}"},{"query":"{hello}"}]',
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
  })

  it('refuses a body that is not JSON and does not quote the parser', async () => {
    const response = await server.fetch('http://server/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: '{"query":',
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      errors: [{ message: 'POST body sent invalid JSON.', extensions: { code: 'BAD_REQUEST' } }],
    })
  })

  it('sends whoever opens the bare address to the endpoint', async () => {
    const response = await server.fetch('http://server/')
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe('/graphql')
  })

  it.each([
    ['an address where nothing is', 404, 'BAD_REQUEST', '/nothing', {}],
    ['the usual address of a health check', 404, 'BAD_REQUEST', '/health', {}],
    ['an Accept without JSON', 406, 'BAD_REQUEST', QUESTION, { headers: { accept: 'image/png' } }],
    ['an Accept in Latin-1', 406, 'BAD_REQUEST', QUESTION, { headers: { accept: 'application/json;charset=latin1' } }],
    [
      'a type that only begins like a known one',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      '/graphql',
      { method: 'POST', headers: { 'content-type': 'application/graphqls' }, body: '{ hello }' },
    ],
  ])('refuses %s with %i, a sentence and the code %s', async (_what, status, code, path, init) => {
    const response = await server.fetch(`http://server${path}`, init)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.has('accept')).toBe(false)
    expect(await response.json()).toEqual({
      errors: [{ message: expect.stringMatching(/^[A-Z].*\.$/), extensions: { code } }],
    })
  })

  it.each([
    [QUESTION, '*/*'],
    [QUESTION, 'application/graphql-response+json'],
    ['/graphql', 'text/html'],
    ['/livez', '*/*'],
    ['/', '*/*'],
    ['/nothing', '*/*'],
  ])('answers a HEAD of %s (%s) as a GET, without a body', async (path, accept) => {
    const listening = await listen(server.listener, '127.0.0.1', 0)
    const told = async (method: string) => {
      const url = `${listening.url}${path}`
      const response = await fetch(url, { method, headers: { accept }, redirect: 'manual' })
      const ofConnection = ['date', 'x-request-id', 'connection', 'keep-alive', 'transfer-encoding']
      const headers = [...response.headers].filter(([name]) => !ofConnection.includes(name))
      return { status: response.status, headers, text: await response.text() }
    }
    const { text, ...get } = await told('GET')
    expect(await told('HEAD')).toEqual({ ...get, text: '' })
    await listening.stop(0)
  })

  it('keeps the errors of an answer that has data too', async () => {
    const { response, body } = await smallServer({
      hello: () => 'world',
      place: () => {
        throw new Error('x')
      },
    }).ask('{ hello place { name } }')
    expect(response.status).toBe(200)
    expect(body).toMatchObject({ data: { hello: 'world', place: null }, errors: [{ path: ['place'] }] })
  })

  it('is asked with a question', async () => {
    expect((await ask('{ hello }')).body).toEqual({ data: { hello: 'world' } })
  })
})
