import { afterEach, describe, expect, it } from 'vitest'
import { type Log, openLog } from '../../src/serve/log.js'
import { logRequests, shortened } from '../../src/serve/log-requests.js'
import type { Serving } from '../../src/serve/serve.js'
import { type LogSettings, readSettings } from '../../src/settings.js'
import { askVote, fakeStore, serveOnFreePort } from './fake-store.js'

type Line = Readonly<Record<string, unknown>>

let serving: Serving | undefined
afterEach(async () => {
  await serving?.stop(0)
  serving = undefined
})

/** A log as a server has it where no terminal is, and the lines that it wrote. */
const jsonLog = (settings: Partial<LogSettings> = {}): { readonly log: Log; readonly lines: () => Line[] } => {
  const written: string[] = []
  const { log } = openLog({ ...readSettings({}, {}).log, ...settings }, false, { write: (line) => written.push(line) })
  return { log, lines: () => written.map((line) => JSON.parse(line) as Line) }
}

const serveLogged = async (answer: () => Promise<string>, settings: Partial<LogSettings> = {}) => {
  const { log, lines } = jsonLog(settings)
  const all = { ...readSettings({}, {}).log, ...settings }
  serving = await serveOnFreePort({
    open: async () => fakeStore({ answer }),
    log,
    onRequest: [logRequests(log, { ...all, requests: all.requests === 'auto' ? 'on' : all.requests })],
  })
  const { url } = serving
  const ask = (body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  return { url, ask, lines, requests: () => lines().filter(({ method }) => method !== undefined) }
}

const answered = async () => '{"id":"ep-vote:139038"}'

describe('the log', () => {
  it('has a line for each request, with what it was in numbers and names', async () => {
    const { ask, requests } = await serveLogged(answered)
    const query = 'query Ballot($id: ID!) { voteEvent(id: $id) { id } }'
    for (let i = 0; i < 2; i += 1) {
      const response = await ask({ query, variables: { id: 'ep-vote:139038' } }, { 'x-request-id': `ours-${i}` })
      await response.text()
    }
    await expect.poll(requests).toHaveLength(2)
    for (const [i, line] of requests().entries()) {
      expect(line).toEqual({
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        msg: expect.stringMatching(/^POST \/graphql 200 after [\d.]+ ms$/),
        request: `ours-${i}`,
        method: 'POST',
        path: '/graphql',
        front: 'graphql',
        status: 200,
        ms: expect.any(Number),
        bytes: expect.any(Number),
        client: '127.0.0.0',
        operation: 'Ballot',
        document: expect.stringMatching(/^[0-9a-f]{16}$/),
        cost: expect.any(Number),
      })
      expect(line['bytes']).toBeGreaterThan(100)
      expect(line['bytes']).toBeLessThan(1000)
    }
  })

  it('has nothing of what was asked or of who may ask, at any address and also where it is refused', async () => {
    const { url, ask, lines, requests } = await serveLogged(answered)
    const secret = 'Zanzibar'
    const headers = { authorization: `Bearer ${secret}`, cookie: `session=${secret}`, 'x-api-key': secret }
    const at = (path: string): string => new URL(path, url).href
    const query = (text: string): string => `{ search(text: ${JSON.stringify(text)}) { totalCount } }`
    const responses = [
      await ask({ query: query(secret) }, headers),
      await ask({ query: 'query($t: String!) { search(text: $t) { totalCount } }', variables: { t: secret } }, headers),
      await ask({ query: `{ voteEvent(id: "${secret}") { id } }` }, headers),
      await ask({ query: `{ ${secret} }` }, headers),
      await ask({ query: `{ ${secret}` }, headers),
      await ask({ query: '{ voteEvent(id: $id) { id } }', variables: { id: secret } }, headers),
      await fetch(`${url}?query=${encodeURIComponent(query(secret))}`, { headers }),
      await fetch(at(`/api/search?text=${secret}`), { headers }),
      await fetch(at(`/api/search?${secret}=1`), { headers }),
      await fetch(at(`/cite?query=${encodeURIComponent(query(secret))}`), { headers }),
      await fetch(at('/mcp'), {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: secret } }),
      }),
      await fetch(at(`/reconcile?queries=${secret}`), { headers }),
    ]
    for (const response of responses) await response.text()
    await expect.poll(requests).toHaveLength(responses.length)
    expect(JSON.stringify(lines())).not.toContain(secret)
    expect(new Set(requests().map(({ front }) => front))).toEqual(
      new Set(['graphql', 'api', 'cite', 'mcp', 'reconcile']),
    )
  })

  it('tells of a refusal by its code, and of a fault by its number and the request that it belongs to', async () => {
    const { ask, lines, requests } = await serveLogged(async () => {
      throw new Error('The disk has eaten it.')
    })
    await (await ask({ query: '{ nothing }' })).text()
    const failed = await ask({ query: '{ voteEvent(id: "ep-vote:139038") { id } }' })
    const told = JSON.stringify(await failed.json())
    await expect.poll(requests).toHaveLength(2)
    expect(requests().map(({ code }) => code)).toEqual(['GRAPHQL_VALIDATION_FAILED', 'INTERNAL'])
    const fault = lines().find(({ level }) => level === 'error')
    expect(fault).toMatchObject({ code: 'INTERNAL', request: failed.headers.get('x-request-id') })
    expect(fault?.['msg']).toMatch(/^INTERNAL [0-9a-f]{8}: Error: The disk has eaten it\. \| at [^\n]*$/)
    expect(told).toContain(fault?.['fault'])
  })

  it('tells of failed requests alone where that is asked, and of no address', async () => {
    const { ask, requests } = await serveLogged(answered, { requests: 'failed', addresses: 'off' })
    await (await ask({ query: '{ voteEvent(id: "ep-vote:139038") { id } }' })).text()
    await (await ask({ query: '{ nothing }' })).text()
    await expect.poll(requests).toHaveLength(1)
    expect(requests()[0]).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' })
    expect(requests()[0]).not.toHaveProperty('client')
  })

  it('says that a client went away', async () => {
    const { url, requests } = await serveLogged(() => new Promise(() => undefined))
    const gone = new AbortController()
    const asking = askVote(url, gone.signal)
    setTimeout(() => gone.abort(), 50)
    await expect(asking).rejects.toThrow()
    await expect.poll(requests).toHaveLength(1)
    expect(requests()[0]).toMatchObject({ cut: true, msg: expect.stringContaining('was given up') })
  })

  it('leaves out what is below its level', () => {
    const { log, lines } = jsonLog({ level: 'warn' })
    log('Nothing happened.')
    log('Something happened.', { level: 'warn', code: 'UNAVAILABLE' })
    expect(lines()).toEqual([
      expect.objectContaining({ level: 'warn', msg: 'Something happened.', code: 'UNAVAILABLE' }),
    ])
  })

  it('shows sentences in a terminal and lines of JSON elsewhere, where requests have one each', () => {
    const { log } = readSettings({}, {})
    const requestsIn = (settings: Partial<LogSettings>, isTerminal: boolean) =>
      openLog({ ...log, ...settings }, isTerminal, { write: () => undefined }).requests
    expect(requestsIn({}, true)).toBe('off')
    expect(requestsIn({}, false)).toBe('on')
    expect(requestsIn({ format: 'json' }, true)).toBe('on')
    expect(requestsIn({ format: 'text' }, false)).toBe('off')
    expect(requestsIn({ format: 'text', requests: 'failed' }, false)).toBe('failed')
  })

  it.each([
    ['192.0.2.77', '192.0.2.0'],
    ['::ffff:192.0.2.77', '192.0.2.0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
    ['2001:db8::6', '2001:db8:0::'],
    ['fe80::1%eth0', 'fe80:0:0::'],
    ['2001:db8:1:2::/64', '2001:db8:1::'],
    ['', ''],
  ])('shortens %s to %s', (address, short) => {
    expect(shortened(address)).toBe(short)
  })
})
