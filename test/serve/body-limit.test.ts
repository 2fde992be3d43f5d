import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Listening, listen } from '../../src/serve/listen.js'
import { smallServer } from './small-server.js'

const LIMIT = 262_144
const { server } = smallServer()
let listening: Listening

const bodyOf = (bytes: number): string => {
  const empty = JSON.stringify({ query: '{ hello }' })
  return empty.replace('{', `{${' '.repeat(bytes - empty.length)}`)
}

/** Sends a body and gives the status and text of what comes back, also where the server answers before it has all of it. */
const send = (body: string, chunked: boolean): Promise<{ status: number | undefined; text: string }> =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      ...(!chunked && { 'content-length': Buffer.byteLength(body) }),
    }
    const sent = request(`${listening.url}/graphql`, { method: 'POST', headers, agent: false }, async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ status: response.statusCode, text })
    })
    sent.on('error', reject)
    for (let at = 0; at < body.length; at += 65_536) sent.write(body.slice(at, at + 65_536))
    sent.end()
  })

beforeAll(async () => {
  listening = await listen(server.listener, '127.0.0.1', 0)
})
afterAll(() => listening.stop(1000))

describe('the body of a request', () => {
  it.each([false, true])('is read up to 256 KB (chunked: %s)', async (chunked) => {
    expect(await send(bodyOf(LIMIT), chunked)).toEqual({ status: 200, text: '{"data":{"hello":"world"}}' })
  })

  it.each([false, true])('is refused beyond it with 413 and a sentence (chunked: %s)', async (chunked) => {
    const { status, text } = await send(bodyOf(LIMIT + 1), chunked)
    expect(status).toBe(413)
    expect(JSON.parse(text)).toEqual({
      errors: [
        {
          message: "The request's body is larger than 262144 bytes, the most this server reads. Ask for less at once.",
          extensions: { code: 'BODY_LIMIT' },
        },
      ],
    })
  })

  it('is refused by its declared length before any of it is read', async () => {
    const response = await server.fetch('http://server/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': '999999999' },
      body: '{}',
    })
    expect(response.status).toBe(413)
  })
})
