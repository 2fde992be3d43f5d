import { afterEach, describe, expect, it, vi } from 'vitest'
import { RapporteurError } from '../../src/errors.js'
import { StoreKeeper } from '../../src/serve/store-keeper.js'
import { type FakeStoreOptions, fakeStore } from './fake-store.js'
import { smallServer } from './small-server.js'

const asked = async (path: string, options: FakeStoreOptions = {}, method = 'GET') => {
  const keeper = new StoreKeeper({ open: async () => fakeStore(options), log: () => undefined })
  await keeper.start()
  const { server } = smallServer({}, { readiness: () => keeper.readiness() })
  const response = await server.fetch(`http://server${path}`, { method })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

const dead = async () => {
  throw new RapporteurError('UNAVAILABLE', 'The Neo4j at bolt://10.0.0.7 does not answer.')
}

afterEach(() => vi.useRealTimers())

describe('health', () => {
  it('is alive while the process runs, whatever the store does', async () => {
    expect(await asked('/livez', { ping: dead })).toMatchObject({ status: 200, text: 'The server is running.\n' })
  })

  it('is ready while the store answers', async () => {
    const { status, text, headers } = await asked('/readyz')
    expect({ status, text }).toEqual({ status: 200, text: 'The server answers questions.\n' })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
  })

  it('is not ready while the store does not answer, and does not tell where it is', async () => {
    const { status, text } = await asked('/readyz', { ping: dead })
    expect({ status, text }).toEqual({ status: 503, text: 'The store does not answer at the moment.\n' })
  })

  it('is not ready while the store is none that can be used', async () => {
    const ping = async () => {
      throw new RapporteurError('STORE_FOREIGN', '"/srv/graph.sqlite" is an SQLite file of another program.')
    }
    const { status, text } = await asked('/readyz', { ping })
    const sentence = 'The store cannot be used as it is; the log of the server says why.\n'
    expect({ status, text }).toEqual({ status: 503, text: sentence })
  })

  it('is not ready after 3 s of silence', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let status: number | undefined
    const asking = asked('/readyz', { ping: () => new Promise(() => undefined) }).then((answer) => {
      status = answer.status
    })
    await vi.advanceTimersByTimeAsync(2990)
    expect(status).toBeUndefined()
    await vi.advanceTimersByTimeAsync(10)
    vi.useRealTimers()
    await asking
    expect(status).toBe(503)
  })

  it('names an edition whose import was cut off', async () => {
    const edition = {
      source: 'source:howtheyvote',
      state: 'importing',
      importer: '1',
      contentHash: null,
      importedAt: '2026-01-01T00:00:00Z',
      date: null,
    } as const
    const { status, text } = await asked('/readyz', { editions: [edition] })
    expect(status).toBe(200)
    expect(text).toContain('"source:howtheyvote"')
  })

  it.each(['POST', 'DELETE'])('is not told to a %s', async (method) => {
    const { status, text, headers } = await asked('/livez', {}, method)
    expect({ status, text }).toEqual({ status: 405, text: 'Ask for /livez with GET.\n' })
    expect(headers.get('allow')).toBe('GET, HEAD')
  })

  it('has no other address that looks like one', async () => {
    expect((await asked('/x/livez')).status).toBe(404)
    expect((await asked('/livez/')).status).toBe(404)
  })
})
