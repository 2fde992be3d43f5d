import { afterEach, describe, expect, it } from 'vitest'
import { GAUGES, type Seen } from '../../src/serve/metrics/gauges.js'
import type { Serving } from '../../src/serve/serve.js'
import type { AnswerOptions } from '../../src/store/graph-store.js'
import { fakeStore, serveOnFreePort } from './fake-store.js'
import { readPrometheusText } from './prometheus-text.js'

let serving: Serving | undefined
afterEach(async () => {
  await serving?.stop(0)
  serving = undefined
})

const serveMeasured = async (options: Parameters<typeof fakeStore>[0] = {}) => {
  serving = await serveOnFreePort({ open: async () => fakeStore(options), metrics: { host: '127.0.0.1', port: 0 } })
  const { url, metricsUrl } = serving
  const ask = async (query: string): Promise<void> => {
    const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })
    await response.text()
  }
  const read = async () => {
    const response = await fetch(metricsUrl ?? '')
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    return readPrometheusText(await response.text())
  }
  /** The value of one sample; undefined where there is none. */
  const value = async (name: string, labels: Readonly<Record<string, string>> = {}): Promise<number | undefined> =>
    [...(await read()).values()]
      .flatMap(({ samples }) => samples)
      .find((each) => each.name === name && JSON.stringify(each.labels) === JSON.stringify(labels))?.value
  return { url, metricsUrl: metricsUrl ?? '', ask, read, value }
}

const BALLOT = '{ voteEvent(id: "ep-vote:139038") { id } }'

describe('the metrics', () => {
  it('count requests and statements by what is bounded, in the format of Prometheus', async () => {
    const answer = async ({ onStatement }: AnswerOptions): Promise<string> => {
      onStatement?.({ text: '', parameters: [] }, 20)
      return '{"id":"ep-vote:139038"}'
    }
    const { ask, read, value } = await serveMeasured({ answer })
    for (let i = 0; i < 3; i += 1) await ask(BALLOT)
    await ask('{ nothing }')
    const answered = { front: 'graphql', status: '200', code: '' }
    await expect.poll(() => value('rapporteur_requests_total', answered)).toBe(3)
    expect(
      await value('rapporteur_requests_total', { front: 'graphql', status: '400', code: 'GRAPHQL_VALIDATION_FAILED' }),
    ).toBe(1)
    expect(await value('rapporteur_request_seconds_count', { front: 'graphql' })).toBe(4)
    const statement = { engine: 'SQLite', field: 'voteEvent' }
    expect(await value('rapporteur_statement_seconds_count', statement)).toBe(3)
    expect(await value('rapporteur_statement_seconds_sum', statement)).toBeCloseTo(0.06)
    expect(await value('rapporteur_sent_bytes_total', { front: 'graphql' })).toBeGreaterThan(1000)
    const families = await read()
    for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds', 'rapporteur_info'])
      expect([...families.keys()]).toContain(name)
  })

  it('stay as few as they are, whatever clients send', async () => {
    const { url, ask, read } = await serveMeasured()
    // What the process tells of itself has more, such as kinds of garbage collection, as they come.
    const series = async () =>
      [...(await read())].flatMap(([name, { samples }]) => (name.startsWith('rapporteur_') ? samples : [])).length
    await ask('{ nothing }')
    await ask(BALLOT)
    await (await fetch(new URL('/', url))).text()
    await (await fetch(new URL('/nowhere', url))).text()
    const before = await series()
    for (let i = 0; i < 50; i += 1) {
      await ask(`query Name${i} { alias${i}: voteEvent(id: "ep-vote:${i}") { id } }`)
      await ask(`{ nothing${i} }`)
      await (await fetch(new URL(`/nowhere/${i}`, url))).text()
    }
    expect(await series()).toBe(before)
  })

  it('tell of the store, and leave out what is not known', async () => {
    let isThere = true
    const ping = async (): Promise<void> => {
      if (!isThere) throw new Error('It is gone.')
    }
    const { url, value, read } = await serveMeasured({ ping })
    expect(await value('rapporteur_store_ready')).toBe(1)
    expect(await value('rapporteur_graph_version')).toBe(0)
    expect(await value('rapporteur_editions', { state: 'complete' })).toBe(0)
    expect(await value('rapporteur_statements', { is: 'waiting' })).toBe(0)
    expect((await read()).get('rapporteur_votes')?.samples).toEqual([])
    isThere = false
    expect((await fetch(new URL('/readyz', url))).status).toBe(503)
    expect(await value('rapporteur_store_ready')).toBe(0)
    expect(await value('rapporteur_graph_version')).toBeUndefined()
  })

  it('tell of what is under way', async () => {
    let open: () => void = () => undefined
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    const answer = async (): Promise<string> => {
      await opened
      return '{"id":"ep-vote:139038"}'
    }
    const { ask, value } = await serveMeasured({ answer })
    const asking = ask(BALLOT)
    await expect.poll(() => value('rapporteur_requests_in_flight')).toBe(1)
    expect(await value('rapporteur_connections')).toBeGreaterThanOrEqual(1)
    open()
    await asking
    await expect.poll(() => value('rapporteur_requests_in_flight')).toBe(0)
  })

  it('tell of a follower how old its copy is', () => {
    const age = GAUGES.find(({ name }) => name === 'rapporteur_replica_age_seconds')
    const seen: Seen = { ready: true, connections: 0, inFlight: 0, waitingBytes: 0 }
    expect(age?.read(seen)).toBeUndefined()
    expect(age?.read({ ...seen, asOf: new Date(Date.now() - 5000) })).toBeCloseTo(5, 0)
  })

  it('are at an address of their own, and at no other', async () => {
    const { url, metricsUrl } = await serveMeasured()
    expect((await fetch(new URL('/metrics', url))).status).toBe(404)
    expect((await fetch(new URL('/', metricsUrl))).status).toBe(404)
    expect((await fetch(metricsUrl, { method: 'POST' })).status).toBe(405)
  })

  it('stop the start with a sentence where their port is in use', async () => {
    const { metricsUrl } = await serveMeasured()
    const metrics = { host: '127.0.0.1', port: Number(new URL(metricsUrl).port) }
    await expect(serveOnFreePort({ open: async () => fakeStore(), metrics })).rejects.toMatchObject({
      code: 'BAD_SETTING',
      message: expect.stringContaining(`cannot be served on port ${metrics.port} of "127.0.0.1"`),
    })
  })
})
