import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'libsql'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { prepareStore } from '../../src/import/prepare-store.js'
import { type GivingCopies, type Serving, serve } from '../../src/serve/serve.js'
import type { GraphStore } from '../../src/store/graph-store.js'
import { Loader } from '../../src/store/load.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'
import { NOW, shape } from '../support/engines.js'

const folder = mkdtempSync(join(tmpdir(), 'rapporteur-replica-'))
afterAll(() => rmSync(folder, { recursive: true }))
const serving = new Set<Serving>()
const between = new Set<Server>()
afterEach(async () => {
  for (const each of serving) await each.stop(1000)
  for (const each of between) {
    each.closeAllConnections()
    each.close()
  }
  serving.clear()
  between.clear()
})

let names = 0
const newPath = (): string => {
  names += 1
  return join(folder, `${names}.sqlite`)
}
const LIMIT = { timeout: 20_000, interval: 30 }
const openCopy = async (path: string): Promise<GraphStore> => {
  const store = new SqliteStore(shape, { path, readOnly: true })
  await store.prepare({ make: false, exact: true })
  return store
}

/** A server, where it answers, and what it wrote to its log. */
interface Started {
  readonly url: string
  readonly log: string[]
  readonly serving: Serving
}

const start = async (options: Partial<Parameters<typeof serve>[0]>, isReady = true): Promise<Started> => {
  const log: string[] = []
  const started = await serve({
    shape,
    open: () => Promise.reject(new Error('There is no store to be opened.')),
    host: '127.0.0.1',
    port: 0,
    statementTimeout: 20_000,
    bodyLimit: 262_144,
    agents: { graphql: true, origins: [] },
    front: { proxies: [], hosts: [], connections: null, inFlight: 64, waitingBytes: 32_000_000 },
    log: (line) => log.push(line),
    ...options,
  })
  serving.add(started)
  if (isReady) await started.started
  return { url: new URL(started.url).origin, log, serving: started }
}

/** A server of the seed that gives copies. */
const startOrigin = async (path = newPath(), giving: Partial<GivingCopies> = {}): Promise<Started> => {
  const open = async () => {
    const store = new SqliteStore(shape, { path })
    await prepareStore(store, shape, { seed: true, now: () => NOW })
    return store
  }
  return start({ open, giving: { folder: `${path}.copies`, key: null, open: openCopy, pause: 0, ...giving } })
}

const startFollower = (origin: string, path = newPath(), key: string | null = null, isReady = true) =>
  start({ following: { origin: new URL(origin), key, every: 50, folder: `${path}.followed`, open: openCopy } }, isReady)

/** Adds a place to a store, and moves the version of its graph. */
const addPlace = async ({ serving: { store } }: Started, name: string): Promise<void> => {
  const loader = await Loader.open({ store: store as GraphStore, shape, now: () => new Date() })
  const source = 'source:synthetic'
  const citations = [{ source }]
  await loader.add([
    { type: 'Source', id: source, values: { title: 'Synthetic', kind: 'PUBLICATION' }, citations },
    { type: 'Place', id: `place:${name}`, values: { name, kind: 'CITY' }, citations },
  ])
  await loader.finish()
  await loader.close()
}

const ask = async (url: string, query: string): Promise<unknown> => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })
  const body = (await response.json()) as { readonly data?: unknown; readonly errors?: readonly unknown[] }
  if (response.status !== 200 || body.errors) throw new Error(`${response.status} ${JSON.stringify(body.errors)}`)
  return body.data
}
const versionAt = async (url: string): Promise<number> =>
  ((await ask(url, '{ graph { version } }')) as { graph: { version: number } }).graph.version
const ALL =
  '{ places(first: 100) { totalCount nodes { id name sources { nodes { id } } } } graph { version changedAt } }'
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const copiesOf = (path: string): readonly string[] => readdirSync(path).filter((name) => name.endsWith('.sqlite'))

/** Stands before a server, and does something about what passes. */
const standBefore = async (
  url: string,
  pass: (request: IncomingMessage, answer: IncomingMessage, response: ServerResponse) => void,
): Promise<string> => {
  const server = createServer((asked, response) => {
    const onward = request(`${url}${asked.url}`, { headers: asked.headers, method: asked.method }, (answer) =>
      pass(asked, answer, response),
    )
    onward.on('error', () => response.destroy())
    onward.end()
  })
  between.add(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('/replica', () => {
  it('gives a whole copy with its hash, version and date, and says when that is known', async () => {
    const { url } = await startOrigin()
    const response = await fetch(`${url}/replica`)
    const bytes = new Uint8Array(await response.arrayBuffer())
    const hash = sha256(bytes)
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/vnd.sqlite3',
      'content-length': String(bytes.length),
      'accept-ranges': 'bytes',
      etag: `"${hash}"`,
      'repr-digest': `sha-256=:${Buffer.from(hash, 'hex').toString('base64')}:`,
      'rapporteur-data-version': String(await versionAt(url)),
      'last-modified': expect.stringMatching(/ GMT$/),
    })
    const path = newPath()
    writeFileSync(path, bytes)
    const store = await openCopy(path)
    expect((await store.state()).version).toBe(await versionAt(url))
    expect(await store.check()).toEqual([])
    await store.close()

    const known = await fetch(`${url}/replica`, { headers: { 'if-none-match': `"0", "${hash}"` } })
    expect([known.status, known.headers.get('etag'), (await known.arrayBuffer()).byteLength]).toEqual([
      304,
      `"${hash}"`,
      0,
    ])
    const head = await fetch(`${url}/replica`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)])
    const ranged = async (range: string, ifRange: string) => {
      const part = await fetch(`${url}/replica`, { headers: { range, 'if-range': ifRange } })
      return [part.status, new Uint8Array(await part.arrayBuffer()).length]
    }
    expect(await ranged('bytes=100-', `"${hash}"`)).toEqual([206, bytes.length - 100])
    expect(await ranged('bytes=100-', `"${'0'.repeat(64)}"`)).toEqual([200, bytes.length])
    expect((await fetch(`${url}/replica`, { headers: { range: `bytes=${bytes.length}-` } })).status).toBe(416)
    expect((await fetch(`${url}/replica`, { method: 'POST' })).status).toBe(405)
  })

  it('is given to those who have the key, and the key is in no log', async () => {
    const key = 'a-synthetic-key-of-a-test'
    const { url, log } = await startOrigin(newPath(), { key })
    const status = async (authorization?: string) =>
      (await fetch(`${url}/replica`, { method: 'HEAD', headers: authorization ? { authorization } : {} })).status
    expect(await status()).toBe(401)
    expect(await status(`Bearer ${key}x`)).toBe(401)
    expect(await status(key)).toBe(401)
    expect(await status(`Bearer ${key}`)).toBe(200)
    expect(log.join('\n')).not.toContain(key)
    const follower = await startFollower(url, newPath(), key)
    expect(await ask(follower.url, ALL)).toEqual(await ask(url, ALL))
    expect(follower.log.join('\n')).not.toContain(key)
    const other = await startFollower(url, newPath(), 'another-synthetic-key', false)
    await expect.poll(() => other.log.join('\n'), LIMIT).toContain('It asks for another key')
  })

  it('is one copy for all who ask, made again when the graph has changed, and not before the pause is over', async () => {
    const path = newPath()
    const origin = await startOrigin(path, { pause: 1500 })
    const etag = async () => (await fetch(`${origin.url}/replica`, { method: 'HEAD' })).headers.get('etag')
    const begun = performance.now()
    const first = new Set(await Promise.all(Array.from({ length: 8 }, etag)))
    expect(first.size).toBe(1)
    expect(origin.log.filter((line) => line.startsWith('Made a copy'))).toHaveLength(1)
    await addPlace(origin, 'new')
    const second = await etag()
    if (performance.now() - begun < 1500) expect(first).toContain(second)
    await expect.poll(async () => first.has(await etag()), LIMIT).toBe(false)
    expect(performance.now() - begun).toBeGreaterThan(1500)
    await expect.poll(() => copiesOf(`${path}.copies`), LIMIT).toHaveLength(1)
    // A server that starts again has the copy still.
    await origin.serving.stop(1000)
    const [kept] = copiesOf(`${path}.copies`)
    const again = await startOrigin(path)
    expect((await fetch(`${again.url}/replica`, { method: 'HEAD' })).headers.get('etag')).toBe(
      `"${kept?.slice(0, 64)}"`,
    )
    expect(again.log.join()).not.toContain('Made a copy')
  })

  it('lets a client download once at a time, and keeps what it downloads', async () => {
    const path = newPath()
    const origin = await startOrigin(path)
    const slow = await fetch(`${origin.url}/replica`)
    const second = await fetch(`${origin.url}/replica`)
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '10'])
    expect((await fetch(`${origin.url}/replica`, { method: 'HEAD' })).status).toBe(200)
    await addPlace(origin, 'new')
    const etag = async () => (await fetch(`${origin.url}/replica`, { method: 'HEAD' })).headers.get('etag')
    await expect.poll(etag, LIMIT).not.toBe(slow.headers.get('etag'))
    expect(`"${sha256(new Uint8Array(await slow.arrayBuffer()))}"`).toBe(slow.headers.get('etag'))
    await expect.poll(() => copiesOf(`${path}.copies`).length, LIMIT).toBe(1)
    expect((await fetch(`${origin.url}/replica`)).status).toBe(200)
  })

  it('says that there is none where none is given, and that none can be made, without a path', async () => {
    const { url } = await start({ open: async () => new SqliteStore(shape, { path: ':memory:' }) })
    const off = await fetch(`${url}/replica`)
    expect([off.status, await off.text()]).toEqual([
      404,
      expect.stringContaining('This server gives no copies of its store.'),
    ])
    const path = newPath()
    writeFileSync(`${path}.copies`, 'no folder')
    const origin = await startOrigin(path)
    const response = await fetch(`${origin.url}/replica`)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30'])
    expect(await response.text()).not.toContain(folder)
    expect(origin.log.join('\n')).toContain(folder)
    expect(await versionAt(origin.url)).toBeGreaterThan(0)
  })
})

describe('a follower', () => {
  it('changes over to what its origin has while it is asked, without a failed answer', async () => {
    const origin = await startOrigin()
    const path = newPath()
    const follower = await startFollower(origin.url, path)
    expect(await ask(follower.url, ALL)).toEqual(await ask(origin.url, ALL))
    let asking = true
    const failed: unknown[] = []
    const seen = new Set<number>()
    const askers = Array.from({ length: 4 }, async () => {
      while (asking) {
        await versionAt(follower.url).then(
          (version) => seen.add(version),
          (error) => failed.push(error),
        )
        // Rows with the version: all of one state.
        const answer = (await ask(follower.url, ALL).catch((error) => failed.push(error))) as
          | { places: { totalCount: number }; graph: { version: number } }
          | undefined
        if (answer)
          totals.set(
            answer.graph.version,
            (totals.get(answer.graph.version) ?? new Set()).add(answer.places.totalCount),
          )
      }
    })
    const totals = new Map<number, Set<number>>()
    for (const name of ['a', 'b', 'c', 'd']) {
      await addPlace(origin, name)
      const version = await versionAt(origin.url)
      await expect.poll(() => versionAt(follower.url), LIMIT).toBe(version)
    }
    asking = false
    await Promise.all(askers)
    expect(failed).toEqual([])
    expect(seen.size).toBeGreaterThanOrEqual(5)
    expect([...totals.values()].every((each) => each.size === 1)).toBe(true)
    expect(await ask(follower.url, ALL)).toEqual(await ask(origin.url, ALL))
    await expect.poll(() => copiesOf(`${path}.followed`).length, LIMIT).toBe(1)
    expect(await follower.serving.store?.writer().catch((error) => error.code)).toBe('STORE_ACCESS')
  })

  it('goes on when its origin is gone, says so, and starts again with the copy it has', async () => {
    const origin = await startOrigin()
    const path = newPath()
    const follower = await startFollower(origin.url, path)
    const before = await ask(follower.url, ALL)
    await origin.serving.stop(0)
    const silent = async () => (await fetch(`${follower.url}/livez`)).headers.get('rapporteur-origin-silent-since')
    await expect.poll(silent, LIMIT).toMatch(/^\d{4}-/)
    expect(await ask(follower.url, ALL)).toEqual(before)
    const ready = await fetch(`${follower.url}/readyz`)
    expect([ready.status, await ready.text()]).toEqual([
      200,
      expect.stringMatching(/ as of \S+Z\. Since \S+Z no newer copy could be had\./),
    ])
    await follower.serving.stop(1000)

    const again = await startFollower(origin.url, path)
    expect(await ask(again.url, ALL)).toEqual(before)
    await again.serving.stop(1000)

    const [name = ''] = copiesOf(`${path}.followed`)
    const copy = join(`${path}.followed`, name)
    const bytes = readFileSync(copy)
    bytes.writeUInt8((bytes[bytes.length - 10] ?? 0) ^ 1, bytes.length - 10)
    writeFileSync(copy, bytes)
    const damaged = await startFollower(origin.url, path, null, false)
    await expect.poll(() => damaged.log.join('\n'), LIMIT).toContain('It is not as it was when it was fetched.')
    expect((await fetch(`${damaged.url}/readyz`)).status).toBe(503)
    expect(copiesOf(`${path}.followed`)).toEqual([])
  })

  it('goes on with a download that was cut, from where it was cut', async () => {
    const origin = await startOrigin()
    const asked: string[] = []
    let cuts = 0
    const url = await standBefore(origin.url, (request, answer, response) => {
      if (request.url === '/replica') asked.push(`${request.headers.range ?? 'all'} ${answer.statusCode}`)
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      let sent = 0
      answer.on('data', (chunk: Buffer) => {
        response.write(chunk)
        sent += chunk.length
        if (cuts < 2 && sent > 200_000) {
          cuts += 1
          // What was written has to go first.
          setTimeout(() => response.destroy(), 50)
          answer.destroy()
        }
      })
      answer.on('end', () => response.end())
    })
    const follower = await startFollower(url, newPath(), null, false)
    await expect.poll(async () => (await fetch(`${follower.url}/readyz`)).status, LIMIT).toBe(200)
    expect(await ask(follower.url, ALL)).toEqual(await ask(origin.url, ALL))
    expect(asked.slice(0, 3)).toEqual([
      'all 200',
      expect.stringMatching(/^bytes=[2-9]\d{5}- 206$/),
      expect.stringMatching(/^bytes=[4-9]\d{5}- 206$/),
    ])
  })

  it('refuses a copy that is damaged, foreign, older or no file of a store, and goes on with its own', async () => {
    const origin = await startOrigin()
    let instead: ((answer: IncomingMessage, response: ServerResponse) => void) | null = null
    const url = await standBefore(origin.url, (_request, answer, response) => {
      if (instead) return instead(answer, response)
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    const path = newPath()
    const follower = await startFollower(url, path)
    const before = await ask(follower.url, ALL)
    const said = () => follower.log.join('\n')

    const give = (bytes: Uint8Array, version: number) => (answer: IncomingMessage, response: ServerResponse) => {
      answer.resume()
      const headers = { etag: `"${sha256(bytes)}"`, 'rapporteur-data-version': version, 'content-length': bytes.length }
      response.writeHead(200, headers).end(bytes)
    }
    const other = new Database(newPath())
    other.exec('CREATE TABLE bookmark (url TEXT)')
    other.close()
    const bytes = readFileSync(join(folder, `${names}.sqlite`))
    instead = give(bytes, 999)
    await expect.poll(said, LIMIT).toContain('is an SQLite file of another program')
    const empty = new SqliteStore(shape, { path: newPath() })
    await empty.prepare()
    const copy = newPath()
    await empty.copyTo(copy)
    await empty.close()
    instead = give(readFileSync(copy), 999)
    await expect.poll(said, LIMIT).toContain('It says that it is of version 999, and is of version 0.')
    // What is served already is not taken again, whatever is said of it.
    instead = give(readFileSync(join(`${path}.followed`, copiesOf(`${path}.followed`)[0] ?? '')), 999)
    await sleep(300)
    expect(copiesOf(`${path}.followed`)).toHaveLength(1)
    instead = give(Buffer.from('older'), 0)
    await expect.poll(said, LIMIT).toContain('It is of version 0 of the graph')
    instead = (answer, response) => {
      answer.resume()
      response.end('<p>It works!</p>')
    }
    await expect.poll(said, LIMIT).toContain('is this the address of a server of Rapporteur?')
    await addPlace(origin, 'new')
    instead = (answer, response) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.on('data', (chunk: Buffer) => response.write(chunk.fill(0, 0, 1)))
      answer.on('end', () => response.end())
    }
    await expect.poll(said, LIMIT).toContain('so that it was not sent as it is')
    expect(await ask(follower.url, ALL)).toEqual(before)
    instead = null
    await expect.poll(async () => (await versionAt(follower.url)) === (await versionAt(origin.url)), LIMIT).toBe(true)
    expect(await ask(follower.url, ALL)).toEqual(await ask(origin.url, ALL))
  })

  it('may itself be followed', async () => {
    const origin = await startOrigin()
    const path = newPath()
    const following = { origin: new URL(origin.url), key: null, every: 50, folder: `${path}.followed`, open: openCopy }
    const middle = await start({ following, giving: { folder: `${path}.copies`, key: null, open: openCopy, pause: 0 } })
    const last = await startFollower(middle.url)
    await addPlace(origin, 'new')
    const version = await versionAt(origin.url)
    await expect.poll(() => versionAt(last.url), LIMIT).toBe(version)
    expect(await ask(last.url, ALL)).toEqual(await ask(origin.url, ALL))
  })
})
