import { describe, expect, it } from 'vitest'
import { smallServer } from './small-server.js'

const { server } = smallServer()
const extensions = {
  persistedQuery: { version: 1, sha256Hash: 'ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38' },
}
const post = (body: unknown, accept = 'application/graphql-response+json') =>
  server.fetch('http://server/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(body),
  })

describe('the hash of a document in its place', () => {
  const declined = {
    errors: [{ message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }],
  }

  it.each(['application/json', 'application/graphql-response+json', '*/*'])(
    'is declined in the words that clients wait for, to one that accepts %s',
    async (accept) => {
      const response = await post({ operationName: 'Hello', variables: {}, extensions }, accept)
      expect([response.status, await response.json()]).toEqual([200, declined])
    },
  )

  it('is declined in an address, too', async () => {
    const address = `http://server/graphql?operationName=Hello&extensions=${encodeURIComponent(JSON.stringify(extensions))}`
    const response = await server.fetch(address, { headers: { accept: 'application/json' } })
    expect([response.status, await response.json()]).toEqual([200, declined])
  })

  it('is passed over beside the document', async () => {
    const response = await post({ query: '{ hello }', extensions })
    expect([response.status, await response.json()]).toEqual([200, { data: { hello: 'world' } }])
  })

  it('is missed in a request that has neither', async () => {
    const response = await post({ extensions: { trace: 1 } })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
  })
})
