import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { Callers } from '../../src/serve/front/callers.js'
import { type Listening, listen } from '../../src/serve/listen.js'
import { sendRaw } from './raw-requests.js'
import { smallServer } from './small-server.js'

let listening: Listening | undefined
const open: Socket[] = []
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy()
  await listening?.stop(0)
})

const logged: string[] = []
let asked = 0
const serving = async (connections: number, proxies: readonly string[] = []): Promise<Listening> => {
  logged.length = 0
  const callers = new Callers(proxies)
  asked = 0
  const hello = () => {
    asked += 1
    return new Promise(() => undefined)
  }
  const { server } = smallServer({ hello })
  listening = await listen(server.listener, '127.0.0.1', 0, { connections, callers, log: (line) => logged.push(line) })
  return listening
}

/** Opens connections from an address, one after the other, on which this is sent; they are closed after the test. */
const connectAll = async ({ port }: Listening, count: number, from: string, sent = ''): Promise<Socket[]> => {
  const sockets: Socket[] = []
  for (let each = 0; each < count; each += 1) {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from })
    socket.on('error', () => undefined)
    sockets.push(socket)
    await once(socket, 'connect')
    if (sent) socket.write(sent)
  }
  open.push(...sockets)
  return sockets
}
const stillOpen = (sockets: readonly Socket[]): number => sockets.filter(({ destroyed }) => !destroyed).length
const livez = ({ port }: Listening, from: string) => sendRaw(port, ['GET /livez HTTP/1.1', 'Host: x'], { from })

const QUESTION = '{"query":"{ hello }"}'
const WORK = `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${QUESTION.length}\r\n\r\n${QUESTION}`

describe('more connections than there may be', () => {
  it('close no connection on which something is asked, also where more was sent ahead', async () => {
    const server = await serving(8)
    const [ahead] = await connectAll(server, 1, '127.0.0.2', `GET /livez HTTP/1.1\r\nHost: x\r\n\r\n${WORK}`)
    await expect.poll(() => asked).toBe(1)
    const idle = await connectAll(server, 2, '127.0.0.2')
    await expect.poll(() => stillOpen(idle)).toBe(1)
    expect(ahead?.destroyed).toBe(false)
  })

  it('close those of the same client that were idle longest, beyond its quarter', async () => {
    const server = await serving(16)
    const idle = await connectAll(server, 10, '127.0.0.2')
    await expect.poll(() => stillOpen(idle)).toBe(4)
    expect(idle.slice(-4).every(({ destroyed }) => !destroyed)).toBe(true)
    expect(await livez(server, '127.0.0.2')).toMatch(/^HTTP\/1\.1 200 /)
    expect(await livez(server, '127.0.0.3')).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('close the one that was idle longest of all where the clients are many, and say so once', async () => {
    const server = await serving(16)
    const idle: Socket[] = []
    for (let client = 10; client < 20; client += 1) idle.push(...(await connectAll(server, 3, `127.0.0.${client}`)))
    await expect.poll(() => stillOpen(idle)).toBe(16)
    expect(await livez(server, '127.0.0.9')).toMatch(/^HTTP\/1\.1 200 /)
    expect(logged).toEqual([
      expect.stringMatching(/^Connections have reached their limit, 16 in all .* 1 idle ones were closed/),
    ])
  })

  it('are refused only where all are at work, and there are again as many as may be when work has ended', async () => {
    const server = await serving(8)
    const working = await connectAll(server, 2, '127.0.0.2', WORK)
    await expect.poll(() => asked).toBe(2)
    const refused = await connectAll(server, 1, '127.0.0.2', WORK)
    await expect.poll(() => stillOpen(refused)).toBe(0)
    expect(stillOpen(working)).toBe(2)
    expect(logged).toEqual([expect.stringContaining('and 1 new ones refused')])
    for (const socket of working) socket.destroy()
    await expect.poll(() => livez(server, '127.0.0.2')).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('count as those of one client behind a trusted proxy no more', async () => {
    const server = await serving(16, ['127.0.0.2/32'])
    const idle = await connectAll(server, 16, '127.0.0.2')
    expect(await livez(server, '127.0.0.3')).toMatch(/^HTTP\/1\.1 200 /)
    expect(stillOpen(idle)).toBe(15)
  })
})

describe('what cannot be read as HTTP', () => {
  it.each([
    ['garbage', '\u0000\u0001\u0002garbage\r\n\r\n', /^HTTP\/1\.1 400 [\s\S]*"code":"BAD_REQUEST"/],
    ['the hello of TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003', /^HTTP\/1\.1 400 /],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'a length and chunks',
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    [
      'two lengths',
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde',
      /^HTTP\/1\.1 400 /,
    ],
    [
      'chunks that are not the last coding',
      'POST /graphql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    [
      'a size of a chunk that is no number',
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZ\r\nabc\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    [
      'a size of a chunk beyond counting',
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nabc\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    ['a header in several lines', 'GET /livez HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\u0000\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a space before a colon', 'GET /livez HTTP/1.1\r\nHost : x\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['lines that end with half an end', 'GET /livez HTTP/1.1\nHost: x\rX: y\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'a huge header',
      `GET /livez HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431 [\s\S]*Ask by POST/,
    ],
    [
      'very many headers',
      `GET /livez HTTP/1.1\r\nHost: x\r\n${'X-Many: abcdef\r\n'.repeat(2000)}\r\n`,
      /^HTTP\/1\.1 431 /,
    ],
    ['a huge address', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, /^HTTP\/1\.1 431 /],
    ['another version', 'GET /livez HTTP/3.9\r\nHost: x\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['no Host', 'GET /livez HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a tunnel', 'CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n', /^$/],
    [
      'an expectation that nobody knows',
      'GET /livez HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nConnection: close\r\n\r\n',
      /^HTTP\/1\.1 417 /,
    ],
    [
      'another protocol',
      'GET /livez HTTP/1.1\r\nHost: x\r\nConnection: upgrade, close\r\nUpgrade: websocket\r\n\r\n',
      /^HTTP\/1\.1 (200|4)/,
    ],
    ['a method that nobody knows', 'BREW /graphql HTTP/1.1\r\nHost: x\r\n\r\n', /^HTTP\/1\.1 400 /],
  ])('is answered and its connection closed: %s', async (_, sent, answer) => {
    const server = await serving(16)
    const socket = connect(server.port, '127.0.0.1')
    open.push(socket)
    socket.write(Buffer.from(sent, 'latin1'))
    expect(await text(socket)).toMatch(answer)
    expect(await livez(server, '127.0.0.1')).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('says nothing in the middle of an answer', async () => {
    const { server } = smallServer()
    listening = await listen(server.listener, '127.0.0.1', 0)
    const socket = connect(listening.port, '127.0.0.1')
    open.push(socket)
    socket.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n\u0000garbage')
    expect((await text(socket)).match(/HTTP\/1\.1 \d+/g)?.length).toBeLessThanOrEqual(2)
  })
})
