import { type IncomingMessage, request } from 'node:http'
import zlib, { brotliDecompressSync, constants, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Listening } from '../../src/serve/listen.js'
import { engines, type Graph } from '../support/engines.js'
import { serveGraph } from '../support/serve-graph.js'

const SHORT = '{ graph { version } }'
const LONG = '{ demands { nodes { id text document { title } } } }'

/** Asks over a socket, without a client that unpacks by itself. */
const ask = (
  url: string,
  options: { readonly headers?: Record<string, string>; readonly body?: string; readonly method?: string },
) =>
  new Promise<{ response: IncomingMessage; body: Buffer }>((resolve, reject) => {
    const { headers = {}, body, method = body ? 'POST' : 'GET' } = options
    const sent = request(
      url,
      {
        method,
        headers: {
          ...(body && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.once('end', () => resolve({ response, body: Buffer.concat(chunks) }))
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })

/** Node 20 has no zstd. */
const { zstdDecompressSync } = zlib as { readonly zstdDecompressSync?: (packed: Buffer) => Buffer }
const UNPACK: Readonly<Record<string, (packed: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  ...(zstdDecompressSync && { zstd: zstdDecompressSync }),
}

describe.each(engines)('a compressed answer, on $name', ({ seeded }) => {
  let graph: Graph
  let listening: Listening
  beforeAll(async () => {
    graph = await seeded()
    listening = await serveGraph(graph)
  }, 120_000)
  afterAll(async () => {
    await listening.stop(1000)
    await graph.close()
  })

  const post = (query: string, encoding?: string) =>
    ask(`${listening.url}/graphql`, {
      body: JSON.stringify({ query }),
      headers: { accept: 'application/json', ...(encoding && { 'accept-encoding': encoding }) },
    })

  it.each(
    Object.keys(UNPACK).filter((each) => each !== 'zstd' || 'zstdDecompressSync' in zlib) as (keyof typeof UNPACK)[],
  )('in %s has the same bytes in it, the first time and when it is known', async (encoding) => {
    const plain = await post(LONG)
    expect(plain.response.headers['content-encoding']).toBeUndefined()
    expect(plain.body.length).toBeGreaterThan(1024)
    for (let time = 0; time < 3; time += 1) {
      const { response, body } = await post(LONG, encoding)
      expect(response.headers).toMatchObject({ 'content-encoding': encoding, 'content-length': String(body.length) })
      expect(response.headers['vary']).toContain('accept-encoding')
      expect(UNPACK[encoding]?.(body).equals(plain.body)).toBe(true)
      expect(body.length).toBeLessThan(plain.body.length / 2)
    }
  })

  it('is plain where it is short, or where the client wants it plain', async () => {
    expect((await post(SHORT, 'gzip')).response.headers['content-encoding']).toBeUndefined()
    expect((await post(LONG, 'identity')).response.headers['content-encoding']).toBeUndefined()
    expect((await post(LONG, 'gzip;q=0, identity')).response.headers['content-encoding']).toBeUndefined()
    expect((await post(LONG, 'compress, deflate')).response.headers['content-encoding']).toBeUndefined()
  })

  it('takes what the client prefers', async () => {
    expect((await post(LONG, 'gzip;q=0.5, br;q=0.9')).response.headers['content-encoding']).toBe('br')
    expect((await post(LONG, 'br, gzip')).response.headers['content-encoding']).toBe('gzip')
    expect((await post(LONG, '*')).response.headers['content-encoding']).toBe(zstdDecompressSync ? 'zstd' : 'gzip')
  })

  it('is also a table, which is compressed as it is made, and never a workbook, which is', async () => {
    const csv = await ask(`${listening.url}/api/demands.csv`, { headers: { 'accept-encoding': 'gzip' } })
    const plain = await ask(`${listening.url}/api/demands.csv`, {})
    expect(csv.response.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(csv.body, { finishFlush: constants.Z_FINISH }).equals(plain.body)).toBe(true)
    const workbook = await ask(`${listening.url}/api/demands.xlsx`, { headers: { 'accept-encoding': 'gzip' } })
    expect(workbook.response.headers['content-encoding']).toBeUndefined()
    expect(workbook.body.subarray(0, 2).toString()).toBe('PK')
  })
})
