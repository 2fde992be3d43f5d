import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, type Graph } from '../support/engines.js'

describe.each(engines)('searching in a question, on $name', ({ seeded }) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await seeded()
  }, 120_000)
  afterAll(() => graph.close())

  it('gives the hits with why they are ones, and whatever is asked of their records', async () => {
    const { data, errors } = await graph.ask(
      `query ($text: String!) {
        search(text: $text, first: 2) {
          __typename score how field text language
          node { __typename id ... on Person { name offices { nodes { id } } } }
          again: node { sources(first: 1) { totalCount } }
        }
      }`,
      { text: 'Josep Borrel' },
    )
    expect(errors).toBeUndefined()
    expect((data as { search: readonly unknown[] }).search[0]).toEqual({
      __typename: 'SearchHit',
      score: expect.any(Number),
      how: 'BEGINNING',
      field: 'name',
      text: 'Josep Borrell',
      language: null,
      node: {
        __typename: 'Person',
        id: 'person:josep-borrell',
        name: 'Josep Borrell',
        offices: { nodes: [{ id: 'office:vp-hr' }] },
      },
      again: { sources: { totalCount: expect.any(Number) } },
    })
  })

  it('finds records of the types that are asked only, and none where nothing is alike', async () => {
    const { data } = await graph.ask(
      `{ all: search(text: "Kazakhstan") { node { id } } places: search(text: "Kazakhstan", types: [Place]) { node { id } }
         none: search(text: "qqxxzz wwvv") { score } reference: search(text: "RC-B9-0065/2022", first: 1) { how node { id } } }`,
    )
    const { all, places, none, reference } = data as Record<string, readonly { node: { id: string } }[]>
    expect(all?.length).toBeGreaterThan(1)
    expect(places).toEqual([{ node: { id: 'iso:KZ' } }])
    expect(none).toEqual([])
    expect(reference).toEqual([{ how: 'REFERENCE', node: { id: 'ep-doc:RC-B9-0065/2022' } }])
  })

  it.each([
    ['an empty text', '""', 'BAD_ARGUMENT'],
    ['a text that is too long', `"${'x '.repeat(5000)}"`, 'BAD_ARGUMENT'],
    ['more hits than there are given', '"Kazakhstan", first: 101', 'BAD_ARGUMENT'],
  ])('refuses %s', async (_, text, code) => {
    const { errors } = await graph.ask(`{ search(text: ${text}) { score } }`)
    expect(errors?.[0]?.originalError).toMatchObject({ code })
  })

  it('takes the operators of full-text languages for words', async () => {
    for (const text of [
      'Kazakhstan AND (OSCE OR NOT *)',
      'name:"Kazakhstan"~2',
      "'; DROP TABLE node --",
      '^ + - / [ ] { }',
    ]) {
      const { errors } = await graph.ask('query ($text: String!) { search(text: $text) { node { id } } }', { text })
      for (const error of errors ?? []) expect(error.originalError).toMatchObject({ code: 'BAD_ARGUMENT' })
    }
  })

  it('names one record by an official number or reference', async () => {
    const { data } = await graph.ask(
      `query ($iso: String) { iso: entity(by: { iso: $iso }) { id } mep: entity(by: { mep: 0 }) { id }
        reference: entity(by: { reference: "TA-9-2022-0012" }) { __typename id } id: entity(by: { id: "org:osce" }) { ... on Organization { shortName } } }`,
      { iso: 'KZ' },
    )
    expect(data).toMatchObject({
      iso: { id: 'iso:KZ' },
      mep: null,
      reference: { __typename: 'Resolution', id: 'ta:P9_TA(2022)0012' },
    })
    await expect(graph.ask('{ entity(by: { iso: "KZ", mep: 1 }) { id } }')).rejects.toThrow(/exactly one key/)
  })
})
