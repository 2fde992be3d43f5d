import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RapporteurError } from '../../src/errors.js'
import { engines, type Graph } from '../support/engines.js'
import { addRealRecords, hasRealFiles } from '../support/real-graph.js'
import { featuresOf, ReconciliationClient } from '../support/reconciliation.js'
import { faultsOf } from '../support/reconciliation-schemas.js'
import { HOSTILE, SYNTHETIC } from './synthetic-persons.js'

describe.each(engines)('a batch of queries on $name', ({ seeded }) => {
  let graph: Graph
  let client: ReconciliationClient

  beforeAll(async () => {
    graph = await seeded()
    await graph.load(SYNTHETIC)
    client = new ReconciliationClient(graph.store)
  })
  afterAll(() => graph.close())

  /** The best candidate of one query. */
  const one = async (query: unknown) => {
    const answered = (await client.reconcile({ q0: query }))['q0']
    if (!answered) throw new Error('The query has no answer.')
    return { ...answered, best: answered.result[0], features: featuresOf(answered) }
  }

  it('is answered as the API asks, each query under its key', async () => {
    const answer = await client.reconcile({
      q0: { query: 'Josep Borrell', type: 'Person', type_strict: 'should', limit: 3 },
      q1: { query: 'Kasachstan', type: ['Place', 'Organization'] },
      '': { query: 'nobody at all is called so' },
      __proto__x: { query: 'OSCE' },
    })
    expect(faultsOf('results', answer)).toEqual([])
    expect(Object.entries(answer).map(([key, { result }]) => [key, result[0]?.id])).toEqual([
      ['q0', 'person:josep-borrell'],
      ['q1', 'iso:KZ'],
      ['', undefined],
      ['__proto__x', 'org:osce'],
    ])
    expect(answer['q0']?.result[0]).toMatchObject({
      name: 'Josep Borrell',
      description: 'Person',
      type: [{ id: 'Person', name: 'Person' }],
      match: true,
    })
  })

  it('explains each candidate by its features', async () => {
    expect((await one({ query: 'Josep Borrell', type: 'Person' })).features).toEqual({
      'how.NAME': true,
      'field.name': true,
      searchScore: 930,
      alike: 0,
      'rule.onlyName': true,
    })
    expect((await one({ query: 'Josef Borrell' })).features).toMatchObject({
      'how.ONE_ERROR': true,
      'field.name': true,
    })
    expect((await one({ query: 'P9 TA(2022)0012' })).features).toMatchObject({ 'how.REFERENCE': true })
  })

  it('takes an id, a reference and an only name for a match, and nothing else', async () => {
    const rules = async (query: unknown) => {
      const { best, features } = await one(query)
      return [best?.id, best?.match, Object.keys(features).find((id) => id.startsWith('rule.'))]
    }
    expect(await rules({ query: 'iso:kz' })).toEqual(['iso:KZ', true, 'rule.id'])
    expect(await rules({ query: 'RC-B9-0065/2022' })).toEqual(['ep-doc:RC-B9-0065/2022', true, 'rule.id'])
    expect(await rules({ query: 'KAZ', type: 'Place' })).toEqual(['iso:KZ', true, 'rule.reference'])
    expect(await rules({ query: 'KAZ' })).toEqual(['iso:KZ', false, undefined])
    expect(await rules({ query: 'European Union' })).toEqual(['org:european-union', true, 'rule.onlyName'])
    // One word may mean anything, unless the type is known, or something else of it.
    expect(await rules({ query: 'Kazakhstan' })).toEqual(['iso:KZ', false, undefined])
    expect(await rules({ query: 'Kazakhstan', type: 'Place' })).toEqual(['iso:KZ', true, 'rule.onlyName'])
    expect(await rules({ query: 'Kazakhstan', properties: [{ pid: 'isoAlpha2', v: 'kz' }] })).toEqual([
      'iso:KZ',
      true,
      'rule.onlyName',
    ])
    expect(await rules({ query: 'OSCE', type: 'Organization' })).toEqual(['org:osce', true, 'rule.onlyName'])
    expect(await rules({ query: 'OSCE' })).toEqual(['org:osce', false, undefined])
    expect((await one({ query: 'GK', type: 'Organization' })).features).toHaveProperty(['how.INITIALS'])
    expect(await rules({ query: 'GK', type: 'Organization' })).toEqual([
      'org:government-of-kazakhstan',
      false,
      undefined,
    ])
    expect(await rules({ query: 'Borell', type: 'Person' })).toEqual(['person:josep-borrell', false, undefined])
    expect(await rules({ query: 'iso:KZ', properties: [{ pid: 'kind', v: 'city' }] })).toEqual([
      'iso:KZ',
      false,
      undefined,
    ])
  })

  it('never takes one of several of a name for a match, unless properties leave one', async () => {
    const anna = { query: 'Anna Synthetic-Berg', type: 'Person' }
    const matches = async (properties: readonly unknown[]) => {
      const { result } = await one({ ...anna, properties })
      return result.map(({ id, match }) => `${id.slice('person:synthetic-'.length)} ${match}`)
    }
    expect(await matches([])).toEqual(['anna-1 false', 'anna-2 false'])
    expect(await matches([{ pid: 'birthDate', v: '1971-12-31' }])).toEqual(['anna-2 true', 'anna-1 false'])
    expect(await matches([{ pid: 'birthDate', v: '1971-12-31T00:00:00Z' }])).toEqual(['anna-2 true', 'anna-1 false'])
    expect(await matches([{ pid: 'birthDate', v: '1971' }])).toEqual(['anna-2 true', 'anna-1 false'])
    expect(await matches([{ pid: 'birthDate', v: '1985' }])).toEqual(['anna-1 false', 'anna-2 false'])
    expect(await matches([{ pid: 'country', v: 'Казахстан' }])).toEqual(['anna-1 true', 'anna-2 false'])
    expect(await matches([{ pid: 'country', v: { id: 'place:synthetic-land', name: 'x' } }])).toEqual([
      'anna-2 true',
      'anna-1 false',
    ])
    // A country that is not known says nothing of either.
    expect(await matches([{ pid: 'country', v: 'Ruritania' }])).toEqual(['anna-1 false', 'anna-2 false'])
    expect(
      await matches([
        { pid: 'country', v: 'KZ' },
        { pid: 'birthDate', v: 1971 },
      ]),
    ).toEqual(['anna-1 false', 'anna-2 false'])

    // Of one Bert the birth is not known: he may be the one who is meant.
    const { result } = await one({
      query: 'Bert Synthetic',
      limit: 2,
      properties: [{ pid: 'birthDate', v: '1960-05-01' }],
    })
    expect(result.map(({ match }) => match)).toEqual([false, false])
    expect(result.map(({ features }) => features.find(({ id }) => id === 'property.birthDate')?.value)).toEqual([
      true,
      undefined,
    ])
    expect(result.map(({ features }) => features.find(({ id }) => id === 'alike')?.value)).toEqual([1, 1])
  })

  it('keeps to the types asked, also those that stand for several', async () => {
    const types = async (type: unknown, strictness?: string) => {
      const { result } = await one({
        query: 'Kazakhstan',
        type,
        ...(strictness && { type_strict: strictness }),
        limit: 50,
      })
      return [...new Set(result.map(({ id }) => id.split(':')[0]))].sort()
    }
    expect(await types('Place')).toEqual(['iso'])
    expect(await types('Document')).toEqual(['ep-doc', 'ta'])
    expect(await types(['Document', 'Resolution'], 'all')).toEqual(['ta'])
    expect(await types(['Place', 'Resolution'], 'all')).toEqual([])
    expect((await one({ query: 'iso:KZ', type: 'Person' })).result.filter(({ id }) => id === 'iso:KZ')).toEqual([])
  })

  it('finds by a name among the properties where there is no query', async () => {
    expect((await one({ type: 'Person', properties: [{ pid: 'name', v: 'Josep Borrell' }] })).best).toMatchObject({
      id: 'person:josep-borrell',
      match: true,
    })
    expect((await one({ properties: [{ pid: 'birthDate', v: '1960' }] })).error?.code).toBe('BAD_ARGUMENT')
  })

  it('says of a query that is wrong what is wrong, and answers the others', async () => {
    const wrong: Readonly<Record<string, unknown>> = {
      empty: { query: '  ' },
      long: { query: 'x'.repeat(301) },
      type: { query: 'x', type: 'Persn' },
      unsearched: { query: 'x', type: 'Claim' },
      strict: { query: 'x', type_strict: 'most' },
      limit: { query: 'x', limit: 0 },
      limits: { query: 'x', limit: '5' },
      property: { query: 'x', properties: [{ pid: 'contry', v: 'x' }] },
      value: { query: 'x', properties: [{ pid: 'country' }] },
      nested: { query: 'x', properties: [{ pid: 'country', v: [['x']] }] },
      properties: { query: 'x', properties: Array.from({ length: 11 }, () => ({ pid: 'name', v: 'x' })) },
      parameter: { query: 'x', typ: 'Person' },
      number: 5,
      nothing: null,
      query: { query: 5 },
    }
    const answer = await client.reconcile({ ...wrong, right: { query: 'Kazakhstan' } })
    expect(faultsOf('results', answer)).toEqual([])
    for (const key of Object.keys(wrong)) {
      expect([key, answer[key]]).toEqual([
        key,
        { result: [], error: { code: 'BAD_ARGUMENT', message: expect.stringMatching(/^.{20,500}[.?]$/s) } },
      ])
    }
    expect(answer['type']?.error?.message).toContain('Did you mean `Person`?')
    expect(answer['property']?.error?.message).toContain('Did you mean `country`?')
    expect(answer['right']?.result[0]?.id).toBe('iso:KZ')
  })

  it('asks the same documents of each batch, with other variables', async () => {
    const batch = (names: readonly string[]) =>
      client.reconcile(
        Object.fromEntries(
          names.map((query, i) => [`q${i}`, { query, type: 'Person', properties: [{ pid: 'country', v: query }] }]),
        ),
      )
    await batch(['Josep Borrell'])
    client.asked.length = 0
    await batch(['Anna Synthetic-Berg', 'Bert Synthetic'])
    const first = new Set(client.asked)
    await batch(['Synthetic', 'Josep'])
    expect(first.size).toBe(3)
    expect(new Set(client.asked)).toEqual(first)
  })

  it('says of each candidate what tells it from others of its name', async () => {
    const descriptions = async (query: string, type?: string) =>
      (await one({ query, ...(type && { type }), limit: 3 })).result.map(({ description }) => description)
    expect(await descriptions('Anna Synthetic-Berg')).toEqual([
      'Person, 1960-05-01, Kazakhstan',
      'Person, 1971-12-31, Synthetic Land',
    ])
    expect(await descriptions('Situation in Kazakhstan', 'VoteEvent')).toEqual([
      'Vote event, 2022-01-20, § 26 - Am 2',
      'Vote event, 2022-01-20, Considérant G - Am 1',
      'Vote event, 2022-01-20, § 18/1',
    ])
    expect(await descriptions('Казахстан', 'Place')).toEqual(['Place, country'])
    expect(await descriptions('OSCE', 'Organization')).toEqual(['Organization, intergovernmental; found as “OSCE”'])
  })

  it('is refused where there is no store, and says of a query that took too long that it did', async () => {
    const failing = (code: 'UNAVAILABLE' | 'TIMEOUT') =>
      new ReconciliationClient(
        new Proxy(graph.store, {
          get(store, name) {
            if (name === 'searchCandidates')
              return async () => {
                throw new RapporteurError(code, 'The store was asked in vain.')
              }
            const value: unknown = Reflect.get(store, name)
            return typeof value === 'function' ? value.bind(store) : value
          },
        }),
      )
    const queries = { q0: { query: 'Kazakhstan' }, q1: { query: '' } }
    const unavailable = await failing('UNAVAILABLE').post({ queries })
    expect([unavailable.status, unavailable.headers.get('retry-after')]).toEqual([503, '2'])
    expect(unavailable.body).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] })
    expect(await failing('TIMEOUT').reconcile(queries)).toMatchObject({
      q0: { result: [], error: { code: 'TIMEOUT', message: 'The store was asked in vain.' } },
      q1: { result: [], error: { code: 'BAD_ARGUMENT' } },
    })
  })

  it('gives hostile names as they are, in JSON', async () => {
    const { best } = await one({ query: HOSTILE.replace('\u0007', ''), type: 'Person' })
    expect(best).toMatchObject({ id: 'person:synthetic-hostile', name: HOSTILE })
  })
})

/** Names as tables have them, and the members that are meant: without accents, in Cyrillic, with errors. */
const NAMES: readonly (readonly [written: string, id: string])[] = [
  ['Nils Usakovs', 'ep-mep:197810'],
  ['ZILE, Roberts', 'ep-mep:28615'],
  ['niyazi kizilyurek', 'ep-mep:197415'],
  ['Juri Ratas', 'ep-mep:188096'],
  ['Martins Stakis', 'ep-mep:256916'],
  ['Роберта Мецола', 'ep-mep:118859'],
  ['Марина Кальюранд', 'ep-mep:197491'],
  ['Яна Тоом', 'ep-mep:124700'],
  ['Андрус Ансип', 'ep-mep:124696'],
  ['Sandra Kalnite', 'ep-mep:96934'],
  ['Chrsitophe Hansen', 'ep-mep:193419'],
  ['Lefteris Christophorou', 'ep-mep:26837'],
  ['Dace Melbarde', 'ep-mep:130256'],
]

describe.skipIf(!hasRealFiles).each(engines)('names in a table on $name', ({ seeded }) => {
  let graph: Graph
  let client: ReconciliationClient

  beforeAll(async () => {
    graph = await seeded()
    await addRealRecords(graph)
    client = new ReconciliationClient(graph.store)
  })
  afterAll(() => graph.close())

  it('find the members that are meant first', async () => {
    const queries = NAMES.map(([query], i) => [`q${i}`, { query, type: 'Person' }] as const)
    const answer = await client.reconcile(Object.fromEntries(queries))
    expect(faultsOf('results', answer)).toEqual([])
    expect(NAMES.map(([written], i) => [written, answer[`q${i}`]?.result[0]?.id])).toEqual(NAMES)
  })

  it('are matched where they are whole, and with those alone who are called so', async () => {
    const { data } = await graph.ask('{ persons(first: 100) { nodes { id name sortName } } }')
    const { nodes } = (data as { persons: { nodes: readonly { id: string; name: string; sortName: string }[] } })
      .persons
    expect(nodes.length).toBeGreaterThan(50)
    for (const called of ['name', 'sortName'] as const) {
      for (let at = 0; at < nodes.length; at += 50) {
        const some = nodes.slice(at, at + 50)
        const queries = some.map((person, i) => [i, { query: person[called], type: 'Person', limit: 1 }] as const)
        const answer = await client.reconcile(Object.fromEntries(queries))
        const matched = some.map((_, i) => answer[i]?.result.flatMap(({ id, match }) => (match ? [id] : [])))
        expect(matched).toEqual(some.map(({ id }) => [id]))
      }
    }
  })
})
