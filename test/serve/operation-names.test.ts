import { describe, expect, it } from 'vitest'
import { smallServer } from './small-server.js'

const { server } = smallServer()
const post = async (body: unknown) => {
  const response = await server.fetch('http://server/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify(body),
  })
  return [response.status, await response.json()]
}

describe('the name of an operation', () => {
  it('is none where it is empty', async () => {
    expect(await post({ query: 'query A { hello }', operationName: '' })).toEqual([200, { data: { hello: 'world' } }])
  })

  it.each([
    ['query A { hello } query B { hello }', /no operation "Nope"\. It has "A", "B"/],
    ['{ hello }', /no operation "Nope"\. Its operation has no name/],
  ])('is told where %s has none of it', async (query, sentence) => {
    expect(await post({ query, operationName: 'Nope' })).toMatchObject([
      400,
      { errors: [{ message: expect.stringMatching(sentence), extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }] },
    ])
  })
})
