import { describe, expect, it } from 'vitest'
import { smallServer } from './small-server.js'

const { server } = smallServer()
const post = (headers: Readonly<Record<string, string>>, body: BodyInit) =>
  server.fetch('http://server/graphql', {
    method: 'POST',
    headers: { origin: 'https://elsewhere.example', ...headers },
    body,
  })

describe('pages of other sites', () => {
  it('may ask anything, without credentials', async () => {
    const response = await post({ 'content-type': 'application/json' }, '{"query":"{ hello }"}')
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-credentials')).not.toBe('true')
  })

  it('are told so before they ask', async () => {
    const response = await server.fetch('http://server/graphql', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://elsewhere.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-methods')).toBe('GET, POST')
    expect(response.headers.get('access-control-allow-headers')).toBe('*, authorization')
    expect(response.headers.get('access-control-allow-credentials')).not.toBe('true')
  })

  it.each([
    ['application/x-www-form-urlencoded', 'query={hello}', 415],
    [
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{hello}"}\r\n--x--',
      415,
    ],
    ['text/plain', '{"query":"{ hello }"}', 415],
    ['TEXT/PLAIN; charset=utf-8', '{"query":"{ hello }"}', 415],
  ])('cannot have a browser send %s unasked', async (type, body, status) => {
    const response = await post({ 'content-type': type }, body)
    expect(response.status).toBe(status)
    const answer = (await response.json()) as { readonly data?: unknown; readonly errors: readonly unknown[] }
    expect(answer.data).toBeUndefined()
    expect(answer.errors).toMatchObject([{ extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }])
  })

  it('cannot have a browser send a body without a type', async () => {
    const response = await post({}, new Blob(['{"query":"{ hello }"}']))
    expect(response.status).toBe(400)
  })
})
