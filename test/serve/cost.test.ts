import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Allowances } from '../../src/ask/allowances.js'
import { Ask } from '../../src/ask/ask.js'
import { createExecutor } from '../../src/query/execute.js'
import { KnownKeys, makeKey } from '../../src/serve/known-keys.js'
import { type Listening, listen } from '../../src/serve/listen.js'
import { createServer } from '../../src/serve/server.js'
import { engines, type Graph, schema, shape } from '../support/engines.js'

const SMALL = '{ voteEvent(id: "ep-vote:139038") { title } }'
const LARGE = '{ voteEvents(first: 100) { nodes { id votes(first: 200) { nodes { id } } } } }'

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[]
  readonly extensions?: { readonly cost?: Readonly<Record<string, unknown>> }
}

describe.each(engines)('the cost of a question, on $name', ({ seeded }) => {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-keys-'))
  const newsroom = makeKey('newsroom')
  const log: string[] = []
  let graph: Graph
  let server: Listening
  let allowance = { perSecond: 0, burst: 0 }
  let allowances = new Allowances(() => allowance)

  const file = join(folder, 'keys')
  let times = 0
  const writeKeys = (text: string): void => {
    writeFileSync(file, text)
    times += 1
    utimesSync(file, 1_000_000 + times, 1_000_000 + times)
  }
  const ask = async (query: string, headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
      body: JSON.stringify({ query }),
    })
    const { data, errors, extensions } = (await response.json()) as Answer
    return { response, data, errors, cost: extensions?.cost }
  }
  const withKey = (key: string) => ({ authorization: `Bearer ${key}` })
  const allow = (perSecond: number, burst: number): void => {
    allowance = { perSecond, burst }
    allowances = new Allowances((client) => (client === 'key newsroom' ? { perSecond: 1, burst: 1000 } : allowance))
  }

  beforeAll(async () => {
    writeKeys(`# Who may ask more.\n\n${newsroom.line} 1 1000\n`)
    graph = await seeded()
    const executor = createExecutor({ schema, shape, store: graph.store, timeout: 20_000 })
    const counting = {
      take: (...given: Parameters<Allowances['take']>) => allowances.take(...given),
      takeInTime: (...given: Parameters<Allowances['takeInTime']>) => allowances.takeInTime(...given),
    } as Allowances
    const made = new Ask({ schema, executor: () => executor, allowances: counting })
    const readiness = async () => ({ ready: true, sentence: 'Ready.' })
    const keys = new KnownKeys(file, (line) => log.push(line))
    const { listener } = createServer({ ask: made, shape, readiness, log: () => undefined, keys })
    server = await listen(listener, '127.0.0.1', 0)
  }, 120_000)
  afterAll(async () => {
    await server.stop(0)
    await graph.close()
    rmSync(folder, { recursive: true })
  })

  it('is told to whoever asks for it, before and after it is known, and to nobody else', async () => {
    allow(0, 0)
    expect((await ask(SMALL)).cost).toBeUndefined()
    const { cost } = await ask(SMALL, { 'rapporteur-cost': 'true' })
    expect(cost).toEqual({
      points: expect.any(Number),
      looked: expect.any(Number),
      rows: 1,
      fields: 2,
      statements: 1,
      left: null,
      limits: { looked: 3_000_000, rows: 25_000, fields: 60_000 },
    })
    expect(cost?.['points']).toBeLessThan(1)
    const large = (await ask(LARGE, { 'rapporteur-cost': 'true' })).cost
    expect(large).toMatchObject({ rows: 20_100, statements: 1 })
    expect(large?.['points']).toBeGreaterThan(30)
  })

  it('is taken from the client, who is refused with 429 where it is more than the client has', async () => {
    allow(0.001, 100)
    const [first, second] = [await ask(SMALL, { 'rapporteur-cost': 'true' }), await ask(SMALL)]
    expect(first.cost?.['left']).toBe(99)
    expect(second.data).toBeDefined()
    allow(0.001, 0.01)
    // A first question as dear as all that can be saved is answered.
    expect((await ask(LARGE)).response.status).toBe(200)
    for (const query of [SMALL, LARGE]) {
      const { response, errors, data } = await ask(query)
      expect([response.status, data]).toEqual([429, undefined])
      const { code, limit, asked, retryAfter } = errors?.[0]?.extensions ?? {}
      expect({ code, limit }).toEqual({ code: 'RATE_LIMIT', limit: 0 })
      expect(asked).toBeGreaterThan(0)
      expect(response.headers.get('retry-after')).toBe(String(retryAfter))
      expect(errors?.[0]?.message).toMatch(/^The question costs up to \d+ points, and you have 0 at the moment\./)
    }
  })

  it('is the same by whichever front it is asked', async () => {
    allow(0.001, 0.01)
    await ask(LARGE)
    for (const path of ['/api/vote-events', '/api/vote-events.csv', `/graphql?query=${encodeURIComponent(SMALL)}`]) {
      const response = await fetch(`${server.url}${path}`, {
        headers: { accept: 'application/graphql-response+json, */*' },
      })
      expect([path, response.status, response.headers.get('retry-after')]).toEqual([path, 429, expect.any(String)])
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMIT' } }] })
    }
  })

  it('is taken from the key that a client has, and a key that is not known is refused', async () => {
    allow(0.001, 0.01)
    await ask(LARGE)
    expect((await ask(SMALL)).response.status).toBe(429)
    const answered = await ask(SMALL, { ...withKey(newsroom.key), 'rapporteur-cost': 'true' })
    expect([answered.response.status, answered.cost?.['left']]).toEqual([200, 999])
    for (const authorization of [
      `Bearer ${newsroom.key}x`,
      'Bearer',
      'Basic bmV3czpyb29t',
      `Bearer ${newsroom.line.split(' ')[1]}`,
    ]) {
      const { response, errors } = await ask(SMALL, { authorization })
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
      expect(errors?.[0]?.extensions['code']).toBe('BAD_KEY')
      expect(JSON.stringify(errors)).not.toContain(newsroom.key)
    }
  })

  it('is no longer paid by a key that was taken out, and a file that cannot be read changes nothing', async () => {
    allow(0, 0)
    const status = async () => (await ask(SMALL, withKey(newsroom.key))).response.status
    writeKeys('newsroom nothing\n')
    await expect
      .poll(
        async () => {
          await status()
          return log.join('\n')
        },
        { timeout: 5000 },
      )
      .toMatch(/^Line 1 of ".*keys" is no key\. .* The keys are as they were\.$/)
    expect(await status()).toBe(200)
    writeKeys('')
    await expect.poll(status, { timeout: 5000 }).toBe(401)
  })
})
