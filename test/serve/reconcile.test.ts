import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOSTILE, SYNTHETIC } from '../reconcile/synthetic-persons.js'
import { engines, type Graph } from '../support/engines.js'
import { ReconciliationClient } from '../support/reconciliation.js'
import { faultsOf } from '../support/reconciliation-schemas.js'
import { smallServer } from './small-server.js'

describe.each(engines)('the reconciliation service on $name', ({ seeded }) => {
  let graph: Graph
  let client: ReconciliationClient

  beforeAll(async () => {
    graph = await seeded()
    await graph.load(SYNTHETIC)
    client = new ReconciliationClient(graph.store)
  })
  afterAll(() => graph.close())

  const get = async (path: string) => (await client.request(path)).body as Record<string, unknown>

  it('says of itself what it does and where', async () => {
    const { status, headers, body } = await client.request('')
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(faultsOf('manifest', body)).toEqual([])
    expect(body).toMatchObject({
      versions: ['0.2'],
      batchSize: 50,
      view: { url: 'http://graph.example/reconcile/preview?id={{id}}' },
    })
    const secure = await client.request('/', { headers: { 'x-forwarded-proto': 'https' } })
    expect(secure.body).toMatchObject({ view: { url: 'https://graph.example/reconcile/preview?id={{id}}' } })
  })

  it('answers batches by POST and by GET alike', async () => {
    const queries = { q0: { query: 'Josep Borrell', type: 'Person', limit: 1 } }
    const posted = await client.post({ queries })
    const got = await client.request(`?queries=${encodeURIComponent(JSON.stringify(queries))}`)
    expect(posted.status).toBe(200)
    expect(posted.headers.get('access-control-allow-origin')).toBe('*')
    expect(got.body).toEqual(posted.body)
  })

  it('gives the values of properties', async () => {
    const extend = {
      ids: ['ep-vote:139038', 'person:synthetic-anna-1', 'ISO:kz', 'person:nobody', ''],
      properties: [
        { id: 'date' },
        { id: 'tally.for' },
        { id: 'isMain' },
        { id: 'result' },
        { id: 'on' },
        { id: 'birthDate' },
        { id: 'country' },
        { id: 'voteEvents', settings: { limit: '1' } },
      ],
    }
    const { body } = await client.post({ extend })
    expect(faultsOf('extension', body)).toEqual([])
    const none = {
      date: [],
      'tally.for': [],
      isMain: [],
      result: [],
      on: [],
      birthDate: [],
      country: [],
      voteEvents: [],
    }
    expect(body).toEqual({
      meta: [
        { id: 'date', name: 'date' },
        { id: 'tally.for', name: 'tally for' },
        { id: 'isMain', name: 'is main' },
        { id: 'result', name: 'result' },
        { id: 'on', name: 'on' },
        { id: 'birthDate', name: 'birth date' },
        { id: 'country', name: 'country', type: { id: 'Place', name: 'Place' } },
        { id: 'voteEvents', name: 'vote events', type: { id: 'VoteEvent', name: 'Vote event' } },
      ],
      rows: {
        'ep-vote:139038': {
          ...none,
          date: [{ date: '2022-01-20T00:00:00Z' }],
          'tally.for': [{ int: 589 }],
          isMain: [{ str: 'true' }],
          result: [{ str: 'ADOPTED' }],
          on: [{ id: 'ep-doc:RC-B9-0065/2022', name: 'Situation in Kazakhstan' }],
        },
        'person:synthetic-anna-1': {
          ...none,
          birthDate: [{ date: '1960-05-01T00:00:00Z' }],
          country: [{ id: 'iso:KZ', name: 'Kazakhstan' }],
        },
        'ISO:kz': { ...none, voteEvents: [{ id: 'ep-vote:139007', name: 'Situation in Kazakhstan' }] },
        'person:nobody': none,
        '': none,
      },
    })
    const got = await client.request(`?extend=${encodeURIComponent(JSON.stringify(extend))}`)
    expect(got.body).toEqual(body)
  })

  it('calls a record of whatever type by its name', async () => {
    const extend = { ids: ['issue:synthetic-1', 'issue:synthetic-2'], properties: [{ id: 'record' }] }
    expect((await client.post({ extend })).body).toMatchObject({
      rows: {
        'issue:synthetic-1': {
          record: [
            {
              id: 'source:kaztag-2022-01-21',
              name: 'The European Parliament adopted a resolution on events in Kazakhstan',
            },
          ],
        },
        'issue:synthetic-2': { record: [{ id: 'ep-vote:139038', name: 'Situation in Kazakhstan' }] },
      },
    })
  })

  it('gives every property of every type', async () => {
    const types = ((await get('')) as { defaultTypes: readonly { id: string }[] }).defaultTypes.map(({ id }) => id)
    const ids = ['ep-vote:139038', 'ta:P9_TA(2022)0012', 'ta:P9_TA(2022)0012#demand-1', 'iso:KZ', 'org:osce']
    for (const type of [...types, 'Claim', 'VoteCount', 'Issue', 'Entity', 'Document', 'Topic']) {
      const proposals = (await get(`/properties?type=${type}`)) as { properties: readonly { id: string }[] }
      expect(faultsOf('proposals', proposals)).toEqual([])
      for (let at = 0; at < proposals.properties.length; at += 20) {
        const properties = proposals.properties.slice(at, at + 20).map(({ id }) => ({ id }))
        const { status, text, body } = await client.post({ extend: { ids, properties } })
        expect([type, status === 200 ? '' : text]).toEqual([type, ''])
        expect(faultsOf('extension', body)).toEqual([])
      }
    }
  })

  it('knows of ids that mean something to the language', async () => {
    const queries = '{"__proto__":{"query":"iso:KZ"},"constructor":{"query":"iso:KZ"}}'
    expect(JSON.stringify((await client.post({ queries })).body)).toMatch(
      /^\{"__proto__":\{"result":\[\{"id":"iso:KZ".*"constructor":\{"result":\[\{"id":"iso:KZ"/,
    )
    const extend = '{"ids":["__proto__","iso:KZ"],"properties":[{"id":"isoAlpha2"}]}'
    expect((await client.post({ extend })).text).toContain(
      '"rows":{"__proto__":{"isoAlpha2":[]},"iso:KZ":{"isoAlpha2":[{"str":"KZ"}]}}',
    )
    expect((await client.post({ extend: { ids: [], properties: [{ id: '__proto__' }] } })).status).toBe(400)
  })

  it('never fails of itself, whatever is sent', async () => {
    const anything = fc.jsonValue({ maxDepth: 2, noUnicodeString: false })
    /** Mostly what is asked, and now and then anything at all. */
    const mostly = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ weight: 19, arbitrary }, anything)
    const text = fc.oneof(
      {
        weight: 9,
        arbitrary: fc.constantFrom('Kazakhstan', 'iso:KZ', 'Anna Synthetic-Berg', 'Европа', '2022-01-20', '47'),
      },
      fc.constantFrom('', ' ', '\u0000', '\ud800', '__proto__', 'true', 'x'.repeat(301)),
      fc.string({ unit: 'binary', maxLength: 30 }),
    )
    const property = fc.constantFrom(...(await propertyIds()))
    const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.record({ id: text, name: text }))
    const pairs = fc.array(fc.record({ pid: property, v: mostly(fc.oneof(value, fc.array(value))) }), { maxLength: 3 })
    const type = fc.constantFrom('Person', 'Place', 'Entity', 'VoteEvent', 'Document')
    const query = fc.record(
      {
        query: mostly(text),
        type: mostly(fc.oneof(type, fc.array(type))),
        type_strict: mostly(fc.constantFrom('any', 'should', 'all')),
        limit: mostly(fc.integer({ min: 1, max: 100 })),
        properties: mostly(pairs),
      },
      { requiredKeys: ['query'] },
    )
    const asked = fc.record(
      { id: property, settings: mostly(fc.record({ limit: mostly(fc.integer({ min: 1, max: 100 })) })) },
      { requiredKeys: ['id'] },
    )
    const extension = fc.record({
      ids: mostly(fc.array(text, { maxLength: 5 })),
      properties: mostly(fc.array(asked, { maxLength: 4 })),
    })
    const form = fc.oneof(
      fc.record({ queries: mostly(fc.dictionary(text, query, { maxKeys: 3 })) }),
      fc.record({ extend: mostly(extension) }),
    )
    await fc.assert(
      fc.asyncProperty(form, async (form) => {
        const { status, text, body } = await client.post(form)
        expect([200, 400, 413]).toContain(status)
        expect(text).not.toContain('"INTERNAL"')
        if (status === 200) expect(faultsOf('queries' in form ? 'results' : 'extension', body)).toEqual([])
      }),
      { numRuns: 150 },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          '/suggest/entity',
          '/suggest/type',
          '/suggest/property',
          '/properties',
          '/preview',
          '/feature',
          '/flyout/entity',
        ),
        fc.dictionary(fc.constantFrom('prefix', 'cursor', 'type', 'limit', 'id'), text),
        async (path, parameters) => {
          const { status } = await client.request(`${path}?${new URLSearchParams(parameters)}`)
          expect([200, 400, 404]).toContain(status)
        },
      ),
      { numRuns: 150 },
    )
  })

  const propertyIds = async (): Promise<readonly string[]> =>
    ((await get('/properties')) as { properties: readonly { id: string }[] }).properties.map(({ id }) => id)

  it('suggests records, types and properties by what was typed', async () => {
    const ids = async (path: string, answer: Parameters<typeof faultsOf>[0]) => {
      const body = await get(path)
      expect(faultsOf(answer, body)).toEqual([])
      return (body as { result: readonly { id: string }[] }).result.map(({ id }) => id)
    }
    expect(await ids('/suggest/entity?prefix=Borr', 'suggestedEntities')).toEqual(['person:josep-borrell'])
    expect((await ids('/suggest/entity?prefix=iso%3AKZ', 'suggestedEntities'))[0]).toBe('iso:KZ')
    const all = await ids('/suggest/entity?prefix=Kazakhstan', 'suggestedEntities')
    expect(await ids('/suggest/entity?prefix=Kazakhstan&cursor=1', 'suggestedEntities')).toEqual(
      expect.arrayContaining(all.slice(1)),
    )
    expect(await ids('/suggest/entity?prefix=Kazakhstan&type=Place', 'suggestedEntities')).toEqual(['iso:KZ'])
    expect(await ids('/suggest/entity?prefix=', 'suggestedEntities')).toEqual([])
    expect(await ids('/suggest/type?prefix=vote', 'suggestedTypes')).toEqual(['VoteEvent', 'VoteCount'])
    expect(await ids('/suggest/type?prefix=Entity', 'suggestedTypes')).toEqual(['Entity'])
    expect(await ids('/suggest/property?prefix=birth', 'suggestedProperties')).toEqual(['birthDate'])
    expect(await ids('/suggest/property?prefix=tally.against', 'suggestedProperties')).toEqual(['tally.against'])
    expect(await ids('/suggest/property?prefix=country&type=Person', 'suggestedProperties')).toEqual(['country'])
  })

  it('explains what is suggested, and each feature of a candidate', async () => {
    for (const path of ['/flyout/entity?id=iso:KZ', '/flyout/type?id=Person', '/flyout/property?id=tally.for']) {
      const body = await get(path)
      expect(faultsOf('flyout', body)).toEqual([])
      expect(body['html']).not.toMatch(/<(script|img|a)\b/)
    }
    const queries = {
      q0: { query: 'Kazakhstan', type: 'Place', properties: [{ pid: 'isoAlpha2', v: 'KZ' }] },
      q1: { query: 'iso:KZ' },
      q2: { query: 'P9-TA(2022)0012' },
      q3: { query: 'Anna Synthetic-Berg', properties: [{ pid: 'birthDate', v: '1960' }] },
    }
    const answer = (await client.reconcile(queries)) as Awaited<ReturnType<typeof client.reconcile>>
    const features = Object.values(answer).flatMap(({ result }) => result.flatMap((each) => each.features))
    for (const id of new Set(features.map((feature) => feature.id))) {
      const { status, text } = await client.request(`/feature?id=${encodeURIComponent(id)}`)
      expect([id, status, /<p>[A-Z`][^<]{10,}\.<\/p>/.test(text)]).toEqual([id, 200, true])
    }
    for (const id of ['how.MAGIC', 'how.toString', 'rule.constructor', 'field.nothing', 'alike.x', '']) {
      expect([id, (await client.request(`/feature?id=${id}`)).status]).toEqual([id, 404])
    }
    expect((await client.request('/flyout/type?id=toString')).status).toBe(404)
  })

  it('previews a record with its sources, and nothing in it is more than text', async () => {
    const { status, headers, text } = await client.request('/preview?id=ep-vote%3A139038')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).not.toMatch(/script|frame-ancestors/)
    expect(text).toContain('<h1><bdi>Situation in Kazakhstan</bdi></h1>')
    expect(text).toContain(
      '<a href="preview?id=source%3Aep-procedure-2022-2505"><bdi>Records of procedure 2022/2505(RSP) of the European Parliament</bdi></a>',
    )
    expect(text).toContain('<th scope="row">tally for</th><td><bdi>589</bdi></td>')
    expect(text).not.toMatch(/<script|javascript:/)

    const hostile = await client.request('/preview?id=person:synthetic-hostile')
    const name = '=1+1 &lt;img src=x onerror=&quot;alert(1)&quot;&gt; \u202Egnp.\ufffd {{id}}'
    expect(hostile.text).toContain(`<h1><bdi>${name}</bdi></h1>`)
    expect(hostile.text).not.toContain('<img')
    expect((await get('/flyout/entity?id=person:synthetic-hostile'))['html']).toContain(`<bdi>${name}</bdi>`)
    expect((await get('/flyout/entity?id=person:synthetic-hostile'))['html']).not.toContain('<img')
    expect(await get('/suggest/entity?prefix=person:synthetic-hostile')).toMatchObject({ result: [{ name: HOSTILE }] })

    const unknown = await client.request('/preview?id=%3Cscript%3E')
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8'])
  })

  it('refuses what is too much before anything is asked', async () => {
    client.asked.length = 0
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [i, {}]))
    const batch = await client.post({ queries: many })
    expect(batch.status).toBe(413)
    expect(batch.body).toEqual({
      errors: [
        {
          message:
            'The batch has 10000 queries; the limit is 50, which the manifest gives as `batchSize`. Send several batches.',
          extensions: { code: 'BATCH_LIMIT' },
        },
      ],
    })
    const codes = async (form: Readonly<Record<string, unknown>>) => {
      const { status, body } = await client.post(form)
      return [status, (body as { errors: readonly { extensions: { code: string } }[] }).errors[0]?.extensions.code]
    }
    const ids = Array.from({ length: 101 }, (_, i) => `person:${i}`)
    const properties = Array.from({ length: 21 }, () => ({ id: 'name' }))
    expect(await codes({ extend: { ids, properties: [] } })).toEqual([413, 'BATCH_LIMIT'])
    expect(await codes({ extend: { ids: [], properties } })).toEqual([413, 'BATCH_LIMIT'])
    expect(await codes({ queries: 'x'.repeat(300_000) })).toEqual([413, 'BODY_LIMIT'])
    expect(await codes({ queries: '['.repeat(80_000) })).toEqual([400, 'BAD_REQUEST'])
    expect(await codes({ queries: '{"q0":' })).toEqual([400, 'BAD_REQUEST'])
    const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`
    const ofDeep = (await client.post({ queries: `{"q0":{"query":"x","limit":${deep}}}` })).body
    expect(ofDeep).toMatchObject({ q0: { result: [], error: { code: 'BAD_ARGUMENT' } } })
    expect(await codes({ queries: [] })).toEqual([400, 'BAD_REQUEST'])
    expect(await codes({ queries: {}, extend: {} })).toEqual([400, 'BAD_REQUEST'])
    expect(await codes({ query: 'x' })).toEqual([400, 'BAD_REQUEST'])
    expect(await codes({ extend: { ids: ['iso:KZ'], properties: [{ id: 'contry' }] } })).toEqual([400, 'BAD_ARGUMENT'])
    expect(
      await codes({ extend: { ids: ['iso:KZ'], properties: [{ id: 'names', settings: { limit: 'all' } }] } }),
    ).toEqual([400, 'BAD_ARGUMENT'])
    expect(client.asked).toEqual([])
  })

  it('tells by its status what it does not do', async () => {
    const statuses = async (path: string, init: RequestInit = {}) => (await client.request(path, init)).status
    expect(await statuses('?callback=f')).toBe(400)
    expect(await statuses('?query=x')).toBe(400)
    expect(await statuses('/nothing')).toBe(404)
    expect(await statuses('/suggest/entity')).toBe(400)
    expect(await statuses('/suggest/entity?prefix=x&cursor=-1')).toBe(400)
    expect(await statuses('/properties?type=Persn')).toBe(400)
    expect(await statuses('/properties?type=Person&limit=0')).toBe(400)
    expect(await statuses('', { method: 'PUT' })).toBe(405)
    expect(await statuses('/preview', { method: 'POST' })).toBe(405)
    const json = { 'content-type': 'application/json' }
    expect(await statuses('', { method: 'POST', headers: json, body: '{"queries":{}}' })).toBe(415)
  })
})

describe('a form', () => {
  it('is still refused where questions are asked', async () => {
    const response = await smallServer().server.fetch('http://server/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'queries=%7B%7D',
    })
    expect(response.status).toBe(415)
  })
})
