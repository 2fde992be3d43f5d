import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Serving } from '../../src/serve/serve.js'
import type { AnswerOptions } from '../../src/store/graph-store.js'
import { fakeStore, serveOnFreePort } from './fake-store.js'

/** A span as OTLP has it in JSON. */
interface Span {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
  readonly status: { readonly code?: number }
}

interface Told {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Span['attributes'] }
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[]
  }[]
}

let serving: Serving | undefined
let collector: Server | undefined
afterEach(async () => {
  await serving?.stop(0)
  collector?.close()
})

/** Takes what is sent by OTLP over HTTP. */
const collect = async () => {
  const told: Told[] = []
  const paths: string[] = []
  collector = createServer(async (request, response) => {
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += part
    paths.push(request.url ?? '')
    told.push(JSON.parse(body) as Told)
    response.setHeader('content-type', 'application/json').end('{}')
  }).listen(0, '127.0.0.1')
  await once(collector, 'listening')
  const { port } = collector.address() as AddressInfo
  const spans = (): readonly Span[] =>
    told.flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((s) => s.spans)))
  return { endpoint: `http://127.0.0.1:${port}`, told, paths, spans }
}

const attributeOf = ({ attributes }: Pick<Span, 'attributes'>, key: string): unknown =>
  Object.values(attributes.find((each) => each.key === key)?.value ?? {})[0]

const answer = async ({ onStatement }: AnswerOptions): Promise<string> => {
  onStatement?.({ text: 'SELECT ? FROM vote_event', parameters: ['Zanzibar'] }, 5)
  return '{"id":"ep-vote:139038"}'
}

const TRACE = '0af7651916cd43dd8448eb211c80319c'

describe('traces', () => {
  it('have a span for a request in the trace of its client, and one for each step and statement, without values', async () => {
    const { endpoint, told, paths, spans } = await collect()
    serving = await serveOnFreePort({ open: async () => fakeStore({ answer }), traces: endpoint })
    const response = await fetch(serving.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        traceparent: `00-${TRACE}-b7ad6b7169203331-01`,
        authorization: 'Bearer Zanzibar',
      },
      body: JSON.stringify({
        query: 'query Ballot($id: ID!) { voteEvent(id: $id) { id } }',
        variables: { id: 'Zanzibar' },
      }),
    })
    await response.text()
    await serving.stop(0)
    expect(paths).toContain('/v1/traces')
    const [request] = spans().filter(({ name }) => name === 'POST /graphql')
    expect(request).toMatchObject({ traceId: TRACE, parentSpanId: 'b7ad6b7169203331' })
    const within = spans().filter(({ parentSpanId }) => parentSpanId === request?.spanId)
    expect(within.map(({ name }) => name).sort()).toEqual(['answer', 'plan', 'price', 'read', 'statement voteEvent'])
    expect(within.every(({ traceId }) => traceId === TRACE)).toBe(true)
    const statement = within.find(({ name }) => name === 'statement voteEvent') as Span
    expect(attributeOf(statement, 'db.system.name')).toBe('sqlite')
    expect(attributeOf(statement, 'rapporteur.shape')).toMatch(/^[0-9a-f]{16}$/)
    const took = BigInt(statement.endTimeUnixNano) - BigInt(statement.startTimeUnixNano)
    expect(Number(took) / 1e6).toBeCloseTo(5, 1)
    expect(attributeOf(request as Span, 'rapporteur.request')).toBe(response.headers.get('x-request-id'))
    expect(attributeOf(request as Span, 'graphql.operation.name')).toBe('Ballot')
    expect(attributeOf(told[0]?.resourceSpans[0]?.resource ?? { attributes: [] }, 'service.name')).toBe('rapporteur')
    expect(JSON.stringify(told)).not.toContain('Zanzibar')
  })

  it('begin where a client says nothing of one, or nothing that can be read, and say how a request failed', async () => {
    const { endpoint, spans } = await collect()
    const failing = async (): Promise<string> => {
      throw new Error('It is gone.')
    }
    serving = await serveOnFreePort({ open: async () => fakeStore({ answer: failing }), traces: endpoint })
    for (const traceparent of [`ff-${TRACE}-b7ad6b7169203331-01`, '00-0-0-0']) {
      const response = await fetch(serving.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', traceparent },
        body: '{"query":"{ voteEvent(id: \\"ep-vote:139038\\") { id } }"}',
      })
      expect(response.status).toBe(500)
    }
    await serving.stop(0)
    const requests = spans().filter(({ name }) => name === 'POST /graphql')
    expect(requests).toHaveLength(2)
    for (const request of requests) {
      expect(request.traceId).not.toBe(TRACE)
      expect(request.parentSpanId ?? '').toBe('')
      expect(attributeOf(request, 'error.type')).toBe('INTERNAL')
      expect(request.status.code).toBe(2)
    }
  })

  it('keep nobody from stopping where no collector answers', async () => {
    serving = await serveOnFreePort({ open: async () => fakeStore({ answer }), traces: 'http://127.0.0.1:1' })
    await (await fetch(`${serving.url}?query=%7Bgraph%7Bversion%7D%7D`)).text()
    const begun = performance.now()
    await serving.stop(0)
    expect(performance.now() - begun).toBeLessThan(4000)
  })
})
