import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { smallServer } from './small-server.js'

const query = 'query Hello($n: Int) { echo(text: "x", times: $n) }'
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const extensionsOf = (sha256Hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash } })
const extensions = extensionsOf(hashOf(query))
const NOT_FOUND = { errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] }

const serve = () => {
  const { server } = smallServer({ echo: ({ text, times }) => `${text}${times}`, hello: () => 'world' })
  return (body: unknown, accept = 'application/graphql-response+json') =>
    server.fetch('http://server/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify(body),
    })
}

describe('the hash of a document in its place', () => {
  it.each(['application/json', 'application/graphql-response+json', '*/*'])(
    'is not known at first, in the words that clients wait for, to one that accepts %s',
    async (accept) => {
      const response = await serve()({ variables: {}, extensions }, accept)
      expect([response.status, await response.json()]).toEqual([200, NOT_FOUND])
    },
  )

  it('is answered once the document came with it, in an address too', async () => {
    const { server } = smallServer({ echo: ({ text, times }) => `${text}${times}` })
    const encoded = (value: unknown) => encodeURIComponent(JSON.stringify(value))
    const get = async (more: string) => {
      const address = `http://server/graphql?extensions=${encoded(extensions)}&variables=${encoded({ n: 7 })}${more}`
      return (await server.fetch(address, { headers: { accept: 'application/json' } })).json()
    }
    expect(await get('')).toEqual(NOT_FOUND)
    expect(await get(`&query=${encodeURIComponent(query)}`)).toEqual({ data: { echo: 'x7' } })
    expect(await get('')).toEqual({ data: { echo: 'x7' } })
  })

  it('is refused beside another document', async () => {
    const post = serve()
    const response = await post({ query: '{ hello }', extensions })
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'PERSISTED_QUERY_MISMATCH' } }] },
    ])
    expect(await (await post({ extensions })).json()).toEqual(NOT_FOUND)
  })

  it.each([extensionsOf('x'), extensionsOf(hashOf(query), 2), extensionsOf(7), { persistedQuery: 'x' }])(
    'is refused as %j',
    async (broken) => {
      const response = await serve()({ query: '{ hello }', extensions: broken })
      expect([response.status, await response.json()]).toMatchObject([
        400,
        { errors: [{ message: expect.stringContaining('sha256Hash'), extensions: { code: 'BAD_REQUEST' } }] },
      ])
    },
  )

  it('is missed in a request that has neither', async () => {
    const response = await serve()({ extensions: { trace: 1 } })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
  })

  it('does not keep more than a thousand', async () => {
    const post = serve()
    const texts = Array.from({ length: 1001 }, (_, i) => `query Q${i} { hello }`)
    for (const text of texts) await post({ query: text, extensions: extensionsOf(hashOf(text)) })
    const ask = async (text: string) => (await post({ extensions: extensionsOf(hashOf(text)) })).json()
    expect(await ask(texts[0] as string)).toEqual(NOT_FOUND)
    expect(await ask(texts[1000] as string)).toEqual({ data: { hello: 'world' } })
  })
})
