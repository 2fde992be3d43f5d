import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import type { GraphStore } from '../../src/store/graph-store.js'
import { askVote, fakeStore, listenOnFreePort, serveOnFreePort } from './fake-store.js'

const slowly = (milliseconds: number) => () =>
  new Promise<string>((resolve) => setTimeout(() => resolve('{"id":"ep-vote:139038"}'), milliseconds))

/** Answers when it is told to; `asked` says how many wait. */
const gate = () => {
  const waiting: (() => void)[] = []
  return {
    answer: () => new Promise<string>((resolve) => waiting.push(() => resolve('{"id":"ep-vote:139038"}'))),
    asked: () => waiting.length,
    open: () => {
      for (const answer of waiting.splice(0)) answer()
    },
  }
}

const portOf = (url: string): number => Number(new URL(url).port)

/** Asks on a connection that may have been used before; gives the status, or the code of the error. */
const askOn = (agent: Agent, url: string): Promise<string> =>
  new Promise((resolve) => {
    const headers = { 'content-type': 'application/json' }
    const asking = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(String(response.statusCode)))
    })
    asking.on('error', (error: NodeJS.ErrnoException) => {
      // The kernel may have taken a new connection that the server had not accepted yet: refused, by another name.
      const refused = error.code === 'ECONNRESET' && !asking.reusedSocket
      resolve(refused ? 'ECONNREFUSED' : (error.code ?? error.message))
    })
    asking.end('{"query":"{ voteEvent(id: \\"ep-vote:139038\\") { id } }"}')
  })

describe('a stop', () => {
  it('lets requests under way finish, takes no new ones, and closes the store last', async () => {
    const { answer, asked, open } = gate()
    const store = fakeStore({ answer })
    const { url, stop } = await serveOnFreePort({ open: async () => store })
    const underWay = Array.from({ length: 5 }, () => askVote(url))
    await expect.poll(asked).toBe(5)
    const stopped = stop(20_000)
    await expect(askVote(url)).rejects.toThrow()
    expect(store.closed).toBe(false)
    open()
    expect((await Promise.all(underWay)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(await stopped).toBe(0)
    expect(store.closed).toBe(true)
  })

  it('resets no request of clients that ask one question after the other', async () => {
    const store = fakeStore({ answer: slowly(5) })
    const { url, stop } = await serveOnFreePort({ open: async () => store })
    const outcomes = new Map<string, number>()
    const agent = new Agent({ keepAlive: true })
    const clients = Array.from({ length: 20 }, async () => {
      for (let outcome = ''; outcome !== 'ECONNREFUSED'; ) {
        outcome = await askOn(agent, url)
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      }
    })
    await expect.poll(() => outcomes.get('200') ?? 0).toBeGreaterThan(200)
    expect(await stop(10_000)).toBe(0)
    await Promise.all(clients)
    agent.destroy()
    expect([...outcomes.keys()].sort()).toEqual(['200', 'ECONNREFUSED'])
    expect(outcomes.get('ECONNREFUSED')).toBe(20)
  })

  it('does not wait for clients that keep a connection open and ask nothing', async () => {
    const { url, stop } = await serveOnFreePort({ open: async () => fakeStore() })
    const idle = connect(portOf(url), '127.0.0.1')
    await once(idle, 'connect')
    await (await askVote(url)).text()
    const start = Date.now()
    await stop(20_000)
    expect(Date.now() - start).toBeLessThan(10_000)
    idle.destroy()
  })

  it('cuts off what is still under way when the time is over, and says how much', async () => {
    const { answer, asked } = gate()
    const store = fakeStore({ answer })
    const { url, stop } = await serveOnFreePort({ open: async () => store })
    const asking = askVote(url)
    asking.catch(() => undefined)
    await expect.poll(asked).toBe(1)
    expect(await stop(200)).toBe(1)
    await expect(asking).rejects.toThrow()
    expect(store.closed).toBe(true)
  })

  it('comes while the store is being made, too, and closes the store when that is there', async () => {
    const store = fakeStore()
    let made = (_store: GraphStore): void => undefined
    const open = () =>
      new Promise<GraphStore>((resolve) => {
        made = resolve
      })
    const { url, started, stop } = await listenOnFreePort({ open })
    const begun = Date.now()
    expect(await stop(20_000)).toBe(0)
    expect(Date.now() - begun).toBeLessThan(10_000)
    await expect(fetch(url)).rejects.toThrow()
    made(store)
    expect(await started).toBe(false)
    expect(store.closed).toBe(true)
  })

  it('frees the port, and a port in use stops the start before a store is made', async () => {
    const first = await serveOnFreePort({ open: async () => fakeStore() })
    const port = portOf(first.url)
    const second = vi.fn(async () => fakeStore())
    await expect(serveOnFreePort({ open: second, port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `Port ${port} of 127.0.0.1 is in use by another program. Stop it, or choose another with --port or RAPPORTEUR_PORT.`,
    })
    expect(second).not.toHaveBeenCalled()
    await first.stop(1000)
    const third = await serveOnFreePort({ open: async () => fakeStore(), port })
    await third.stop(1000)
  })

  it.each([
    ['192.0.2.1', 'RAPPORTEUR_HOST is "192.0.2.1", which is not an address of this machine. Choose another.'],
    [
      'fe80::1',
      expect.stringMatching(/^The server cannot listen on port 0 of "fe80::1" \(.*EINVAL.*\)\. Choose another /),
    ],
  ])('has nothing to stop where the server cannot listen: at %s it says so', async (host, message) => {
    await expect(serveOnFreePort({ open: async () => fakeStore(), host })).rejects.toMatchObject({
      code: 'BAD_SETTING',
      message,
    })
  })
})
