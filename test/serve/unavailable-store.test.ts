import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { RapporteurError } from '../../src/errors.js'
import { prepareStore } from '../../src/import/prepare-store.js'
import type { Serving } from '../../src/serve/serve.js'
import { StoreKeeper } from '../../src/serve/store-keeper.js'
import type { GraphStore } from '../../src/store/graph-store.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'
import { askVote, fakeStore, listenOnFreePort, serveOnFreePort, shape } from './fake-store.js'

const down = () => new RapporteurError('UNAVAILABLE', 'The Neo4j at bolt://127.0.0.1:9 does not answer.')
let serving: Serving | undefined
afterEach(() => serving?.stop(1000))

describe('a store that does not answer', () => {
  it('leaves the server up: alive, not ready, and UNAVAILABLE to questions', async () => {
    serving = await serveOnFreePort({
      open: async () => {
        throw down()
      },
    })
    const base = serving.url.replace('/graphql', '')
    expect((await fetch(`${base}/livez`)).status).toBe(200)
    const readyz = await fetch(`${base}/readyz`)
    expect([readyz.status, await readyz.text()]).toEqual([
      503,
      'The store does not answer yet; it is asked again and again.\n',
    ])
    const response = await askVote(serving.url)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await response.json()).toEqual({
      errors: [
        {
          message: 'The store does not answer at the moment. Ask again in a few seconds.',
          extensions: { code: 'UNAVAILABLE' },
        },
      ],
    })
  })

  it('is asked again until it answers, and then everything works', async () => {
    const logged: string[] = []
    let attempts = 0
    serving = await serveOnFreePort({
      open: async () => {
        attempts += 1
        if (attempts < 2) throw down()
        return fakeStore()
      },
      log: (line) => logged.push(line),
    })
    const base = serving.url.replace('/graphql', '')
    await expect.poll(async () => (await fetch(`${base}/readyz`)).status, { timeout: 5000 }).toBe(200)
    expect(await (await askVote(serving.url)).json()).toEqual({ data: { voteEvent: { id: 'ep-vote:139038' } } })
    expect(logged).toEqual([
      'The Neo4j at bolt://127.0.0.1:9 does not answer. Trying again in 1 s.',
      'The store at :memory: answers; questions are answered from now on.',
    ])
  })

  it('is waited for twice as long after each attempt, up to a longest wait', async () => {
    const logged: string[] = []
    const keeper = new StoreKeeper({
      open: async () => {
        throw down()
      },
      log: (line) => logged.push(/again in (.*) s/.exec(line)?.[1] ?? line),
      firstWait: 10,
      longestWait: 40,
    })
    await keeper.start()
    await expect.poll(() => logged.length, { timeout: 5000 }).toBeGreaterThanOrEqual(5)
    await keeper.close()
    expect(logged.slice(0, 5)).toEqual(['0.01', '0.02', '0.04', '0.04', '0.04'])
    const asked = logged.length
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(logged).toHaveLength(asked)
  })

  it('is UNAVAILABLE with 503 also when it goes later', async () => {
    serving = await serveOnFreePort({
      open: async () =>
        fakeStore({
          answer: async () => {
            throw down()
          },
        }),
    })
    const response = await askVote(serving.url)
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] })
  })

  it('is a file that is taken away: not ready, and UNAVAILABLE until it is put back', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rapporteur-serve-'))
    const path = join(folder, 'graph.sqlite')
    const logged: string[] = []
    const open = async () => {
      const store = new SqliteStore(shape, { path })
      await prepareStore(store, shape, { seed: true })
      return store
    }
    serving = await serveOnFreePort({ open, log: (line) => logged.push(line) })
    const { url } = serving
    const statuses = async () => [(await fetch(new URL('/readyz', url))).status, (await askVote(url)).status]
    expect(await statuses()).toEqual([200, 200])
    await rename(path, `${path}.away`)
    await expect.poll(statuses, { timeout: 3500 }).toEqual([503, 503])
    expect((await askVote(url)).headers.get('retry-after')).toBe('2')
    expect(logged).toContain(
      `UNAVAILABLE: "${path}" is gone. Put it back, or start the server with another RAPPORTEUR_STORE; questions are answered again when it is there.`,
    )
    await rename(`${path}.away`, path)
    await expect.poll(statuses, { timeout: 3500 }).toEqual([200, 200])
    await serving.stop(1000)
    await rm(folder, { recursive: true })
  })

  it('stops the start where waiting does not help', async () => {
    const open = async () => {
      throw new RapporteurError('STORE_NEWER', 'The store is newer.')
    }
    const free = await serveOnFreePort({ open: async () => fakeStore() })
    const port = Number(new URL(free.url).port)
    await free.stop(1000)
    await expect(serveOnFreePort({ open, port })).rejects.toMatchObject({ code: 'STORE_NEWER' })
    await expect(fetch(`http://127.0.0.1:${port}/livez`)).rejects.toThrow()
  })

  it('is not ready while it is being made', async () => {
    let made = (_store: GraphStore): void => undefined
    const open = () =>
      new Promise<GraphStore>((resolve) => {
        made = resolve
      })
    serving = await listenOnFreePort({ open })
    const { url, started } = serving
    const status = async (path: string) => (await fetch(new URL(path, url))).status
    expect(await status('/livez')).toBe(200)
    expect(await status('/readyz')).toBe(503)
    made(fakeStore())
    await started
    expect(await status('/readyz')).toBe(200)
  })
})
