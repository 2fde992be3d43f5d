import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scopes } from '../../src/ask/scope.js'
import { Callers } from '../../src/serve/front/callers.js'
import { type Listening, listen } from '../../src/serve/listen.js'
import { sendRaw } from './raw-requests.js'
import { smallServer } from './small-server.js'

const QUESTION = '{"query":"{ hello }"}'
const roots = { hello: () => scopes.getStore()?.client ?? 'nobody' }
const serving = (proxies: readonly string[]) =>
  listen(smallServer(roots, { callers: new Callers(proxies) }).server.listener, '127.0.0.1', 0)

let alone: Listening
let behindProxies: Listening
beforeAll(async () => {
  alone = await serving([])
  behindProxies = await serving(['127.0.0.1/32', '10.0.0.0/8', '2001:db8:1::/48'])
})
afterAll(() => Promise.all([alone.stop(0), behindProxies.stop(0)]))

const clientOf = async (
  { port }: Listening,
  headers: readonly string[],
  from?: string,
): Promise<string | undefined> => {
  const post = [
    'POST /graphql HTTP/1.1',
    'Host: x',
    'Content-Type: application/json',
    `Content-Length: ${QUESTION.length}`,
  ]
  const answer = await sendRaw(port, [...post, ...headers], { body: QUESTION, ...(from && { from }) })
  return /"hello":"(.*?)"/.exec(answer)?.[1]
}

describe('whose request it is', () => {
  it('is told by the connection, whatever a client says of itself, where no proxy is trusted', async () => {
    const said = ['X-Forwarded-For: 198.51.100.1', 'Forwarded: for=198.51.100.1']
    expect(await clientOf(alone, said)).toBe('127.0.0.1')
    expect(await clientOf(behindProxies, said, '127.0.0.2')).toBe('127.0.0.2')
  })

  it.each([
    ['the last address where only the last proxy is trusted', '203.0.113.9, 198.51.100.1', '198.51.100.1'],
    ['the first one that is no trusted proxy, from the end', '6.6.6.6, 198.51.100.1, 10.2.3.4', '198.51.100.1'],
    ['a proxy that asks for itself', '10.1.1.1, 10.2.3.4', '10.1.1.1'],
    ['an address with a port', '198.51.100.1:5555', '198.51.100.1'],
    ['an IPv6 address with a port', '[2001:db8:2:3::9]:5555', '2001:db8:2:3::/64'],
    ['the proxy itself where it does not know', 'unknown', '127.0.0.1'],
    ['the proxy itself where what it says is no address', '198.51.100.1, 1.2.3', '127.0.0.1'],
    ['the proxy itself where it says nothing', '', '127.0.0.1'],
  ])('is, behind proxies, %s', async (_, said, client) => {
    expect(await clientOf(behindProxies, said ? [`X-Forwarded-For: ${said}`] : [])).toBe(client)
  })

  it('is told from several headers as from one', async () => {
    const said = ['X-Forwarded-For: 6.6.6.6', 'X-Forwarded-For: 198.51.100.1', 'X-Forwarded-For: 10.9.9.9']
    expect(await clientOf(behindProxies, said)).toBe('198.51.100.1')
  })

  it.each([
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:ffff:1:2:3', '2001:db8:0:0::/64'],
    ['2001:db8:0:1::', '2001:db8:0:1::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:C000:201', '192.0.2.1'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
  ])('is told by the /64 of an IPv6 address: %s is of %s', (address, client) => {
    expect(new Callers().of(address)).toEqual({ client, isProxy: false })
  })

  it('counts an IPv4 address that is written as one of IPv6 to its network', () => {
    expect(new Callers(['192.0.2.0/24']).of('::ffff:192.0.2.1')).toEqual({ client: '192.0.2.1', isProxy: true })
  })
})

describe('the address at which a server is asked', () => {
  const said = ['X-Forwarded-Proto: https', 'X-Forwarded-Host: front.example']
  const originTold = async ({ port }: Listening): Promise<unknown> => {
    const answer = await sendRaw(port, ['GET /api/openapi.json HTTP/1.1', 'Host: graph.example', ...said])
    return /"servers":\[\{"url":"(.*?)"/.exec(answer)?.[1]
  }

  it('is told in its answers as a trusted proxy was asked, and else as the server was', async () => {
    expect(await originTold(behindProxies)).toBe('https://front.example/api')
    expect(await originTold(alone)).toBe('http://graph.example/api')
  })
})
