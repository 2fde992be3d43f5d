import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Listening, listen } from '../../src/serve/listen.js'
import { smallServer } from './small-server.js'

const { server, logged } = smallServer()
const QUESTION = '{"query":"{ hello }"}'
let listening: Listening

beforeAll(async () => {
  listening = await listen(server.listener, '127.0.0.1', 0)
})
afterAll(() => listening.stop(0))

/** Sends a request as it is written here, as no client would. @returns the whole answer */
const send = async (lines: readonly string[], body = ''): Promise<string> => {
  const socket = connect(listening.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write([...lines, 'Connection: close', '', body].join('\r\n'))
  return text(socket)
}

const POST = ['Content-Type: application/json', `Content-Length: ${QUESTION.length}`]

describe('the address of a request', () => {
  it.each([
    ['GET /livez HTTP/1.1', 'Host: a b c'],
    ['GET /livez HTTP/1.1', 'Host: [::'],
    ['GET /livez HTTP/1.1', 'Host: x:99999'],
    ['GET /livez HTTP/1.1', 'Host: user:word@x'],
    ['GET /livez HTTP/1.1', 'Host: x/graphql?y='],
    ['OPTIONS * HTTP/1.1', 'Host: x'],
    ['GET http://x/livez HTTP/1.1', 'Host: x'],
  ])('is refused with 400 and a sentence where it is malformed: %s, %s', async (...lines) => {
    const answer = await send(lines)
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(answer).toContain('access-control-allow-origin: *')
    expect(answer).toContain('which make no address.')
    expect(answer).toContain('"extensions":{"code":"BAD_REQUEST"}')
    expect(answer).not.toMatch(/ at |\/(src|node_modules)\//)
    expect(logged).toEqual([])
  })

  it('is refused alike on the way of a document that is known', async () => {
    const known = await send(['POST /graphql HTTP/1.1', 'Host: x', ...POST], QUESTION)
    expect(known).toContain('{"data":{"hello":"world"}}')
    const refused = await send(['POST /graphql HTTP/1.1', 'Host: a b c', ...POST], QUESTION)
    expect(refused).toMatch(/^HTTP\/1\.1 400 /)
  })

  it.each([
    ['GET /livez HTTP/1.1', 'Host: example.org:4000'],
    ['GET /livez HTTP/1.1', 'Host: [::1]:4000'],
    ['GET /livez HTTP/1.1', 'Host: name_with_underscore'],
    ['GET /livez?/graphql HTTP/1.1', 'Host: x'],
    ['GET /livez HTTP/1.1', 'Host:'],
    ['GET /livez HTTP/1.0'],
  ])('is taken as it is: %s, %s', async (...lines) => {
    expect(await send(lines)).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*The server is running\./)
  })
})
