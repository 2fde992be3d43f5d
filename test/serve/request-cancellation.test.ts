import { EventEmitter, once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { RapporteurError } from '../../src/errors.js'
import type { Serving } from '../../src/serve/serve.js'
import type { AnswerOptions } from '../../src/store/graph-store.js'
import { askVote, fakeStore, serveOnFreePort } from './fake-store.js'

let serving: Serving | undefined
afterEach(() => serving?.stop(1000))

describe('a client that goes away', () => {
  it('ends its statement, and leaves nothing in the log', async () => {
    const logged: string[] = []
    const events = new EventEmitter()
    const underWay = once(events, 'started')
    const cancelled = once(events, 'cancelled')
    const answer = ({ signal }: AnswerOptions) =>
      new Promise<string>((_, reject) => {
        signal?.addEventListener('abort', () => {
          events.emit('cancelled')
          reject(new RapporteurError('CANCELLED', 'The client went away.'))
        })
        events.emit('started')
      })
    serving = await serveOnFreePort({ open: async () => fakeStore({ answer }), log: (line) => logged.push(line) })
    const client = new AbortController()
    const asking = askVote(serving.url, client.signal)
    await underWay
    client.abort()
    await expect(asking).rejects.toThrow()
    await cancelled
    expect((await fetch(serving.url.replace('graphql', 'livez'))).status).toBe(200)
    expect(logged).toEqual([])
  })

  it('does not trouble the others', async () => {
    let asked = 0
    const answer = async ({ signal }: AnswerOptions) => {
      asked += 1
      if (asked > 12) return '{"id":"ep-vote:1"}'
      await new Promise<void>((resolve) => signal?.addEventListener('abort', resolve))
      throw new RapporteurError('CANCELLED', 'The client went away.')
    }
    serving = await serveOnFreePort({ open: async () => fakeStore({ answer }) })
    const { url } = serving
    const client = new AbortController()
    const going = Array.from({ length: 12 }, () => askVote(url, client.signal))
    await expect.poll(() => asked).toBe(12)
    client.abort()
    await Promise.allSettled(going)
    expect(await (await askVote(url)).json()).toEqual({ data: { voteEvent: { id: 'ep-vote:1' } } })
  })
})
