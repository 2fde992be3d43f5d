import { afterEach, describe, expect, it } from 'vitest'
import { type Listening, listen } from '../../src/serve/listen.js'
import { sendRaw } from './raw-requests.js'
import { smallServer } from './small-server.js'

let listening: Listening | undefined
afterEach(() => listening?.stop(0))

/** The first line of the answer of a server that is told to listen there, to a question with this Host. */
const ask = async (bound: string, hosts: readonly string[], host: string, target = '/graphql?query={hello}') => {
  const { server } = smallServer(undefined, { host: bound, front: { hosts, inFlight: 64, waitingBytes: 32_000_000 } })
  listening = await listen(server.listener, '127.0.0.1', 0)
  return sendRaw(listening.port, [`GET ${target} HTTP/1.1`, ...(host ? [`Host: ${host}`] : [])])
}

describe('the name by which a server is called', () => {
  it.each(['localhost', 'LOCALHOST:4000', 'localhost.', '127.0.0.1:99', '127.9.9.9', '[::1]:4000', '[::1]'])(
    'may be %s where it listens on this machine alone',
    async (host) => {
      expect(await ask('127.0.0.1', [], host)).toMatch(/^HTTP\/1\.1 200 /)
    },
  )

  it.each([
    'evil.example',
    'evil.example:4000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    '[::2]',
  ])('may not be %s there, whatever the page of that name asks', async (host) => {
    const answer = await ask('127.0.0.1', [], host)
    expect(answer).toMatch(/^HTTP\/1\.1 421 Misdirected Request\r\n/)
    expect(answer).toContain('"code":"WRONG_HOST"')
    expect(answer).toMatch(/This server is not called "[^"]*"|This server is not called \\"[^"]*\\"/)
    expect(answer).toContain('name it in RAPPORTEUR_HOSTS')
    expect(answer).not.toContain('world')
  })

  it.each(['::1', 'localhost'])('is looked at where it listens on %s, too', async (bound) => {
    expect(await ask(bound, [], 'evil.example')).toMatch(/^HTTP\/1\.1 421 /)
  })

  it('may be one that it was told', async () => {
    expect(await ask('127.0.0.1', ['graph.example'], 'Graph.example:443')).toMatch(/^HTTP\/1\.1 200 /)
    await listening?.stop(0)
    expect(await ask('127.0.0.1', ['graph.example'], 'other.example')).toMatch(/^HTTP\/1\.1 421 /)
  })

  it('is any where it listens on more than this machine, unless it was told some', async () => {
    expect(await ask('0.0.0.0', [], 'any.example')).toMatch(/^HTTP\/1\.1 200 /)
    await listening?.stop(0)
    expect(await ask('0.0.0.0', ['graph.example'], 'any.example')).toMatch(/^HTTP\/1\.1 421 /)
    await listening?.stop(0)
    expect(await ask('0.0.0.0', ['graph.example'], 'localhost')).toMatch(/^HTTP\/1\.1 200 /)
  })

  it.each(['/livez', '/readyz'])(
    'is not looked at by %s, which is asked by addresses of the moment',
    async (target) => {
      expect(await ask('127.0.0.1', [], 'pod-7.cluster.example', target)).toMatch(/^HTTP\/1\.1 200 /)
    },
  )
})
