import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, type Graph } from '../../support/engines.js'

describe.each(engines)('the way from one record to another, on $name', ({ seeded, empty }) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await seeded()
  }, 120_000)
  afterAll(() => graph.close())

  const path = async (args: string) => {
    const { data, errors } = await graph.ask(
      `{ path(${args}) { isComplete skipped { node { id } link isForward } paths { length steps { from { id } to { id } link isForward date sentence sources { id } } } } }`,
    )
    expect(errors).toBeUndefined()
    return (data as { path: Answer | null }).path
  }

  it('says each step in a sentence, with who says so', async () => {
    const answer = await path('from: "person:josep-borrell", to: "iso:KZ"')
    expect(answer?.isComplete).toBe(true)
    expect(answer?.paths[0]).toEqual({
      length: 3,
      steps: [
        {
          from: { id: 'person:josep-borrell' },
          to: { id: 'ta:P9_TA(2022)0012#demand-4' },
          link: 'Concern',
          isForward: false,
          date: null,
          sentence: expect.stringMatching(/ concerns Josep Borrell$/),
          sources: [{ id: 'source:kaztag-2022-01-21' }],
        },
        {
          from: { id: 'ta:P9_TA(2022)0012#demand-4' },
          to: { id: 'ta:P9_TA(2022)0012' },
          link: 'DemandIn',
          isForward: true,
          date: null,
          sentence: expect.stringMatching(/ stands in Situation in Kazakhstan$/),
          sources: [{ id: 'source:kaztag-2022-01-21' }],
        },
        {
          from: { id: 'ta:P9_TA(2022)0012' },
          to: { id: 'iso:KZ' },
          link: 'About',
          isForward: true,
          date: null,
          sentence: 'Situation in Kazakhstan is about Kazakhstan',
          sources: [{ id: 'source:ep-procedure-2022-2505' }],
        },
      ],
    })
  })

  it('is the same back, and none where it has no links, or more than are asked', async () => {
    const back = await path('from: "iso:KZ", to: "person:josep-borrell", first: 1')
    expect(back?.paths[0]?.steps.map(({ link, isForward }) => [link, isForward])).toEqual([
      ['About', false],
      ['DemandIn', false],
      ['Concern', true],
    ])
    expect(await path('from: "iso:KZ", to: "iso:KZ"')).toEqual({
      isComplete: true,
      skipped: [],
      paths: [{ length: 0, steps: [] }],
    })
    expect((await path('from: "iso:KZ", to: "person:josep-borrell", maxLength: 2'))?.paths).toEqual([])
    expect((await path('from: "iso:KZ", to: "person:josep-borrell", through: [About]'))?.paths).toEqual([])
    expect(await path('from: "iso:KZ", to: "person:nobody"')).toBeNull()
  })

  it.each(['maxLength: 100', 'maxLength: 0', 'first: 21'])('is refused with %s', async (args) => {
    const { errors } = await graph.ask(`{ path(from: "iso:KZ", to: "iso:KZ", ${args}) { isComplete } }`)
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'BAD_ARGUMENT' })
  })

  it('gives a part of the graph around a record, and says where it is cut', async () => {
    const around = async (args: string) => {
      const { data } = await graph.ask(
        `{ neighbourhood(of: "iso:KZ", ${args}) { truncated nodes { id } links { from to link sentence date } } }`,
      )
      return (data as { neighbourhood: Around }).neighbourhood
    }
    const near = await around('depth: 1')
    expect(near.truncated).toBe(false)
    expect(near.nodes[0]).toEqual({ id: 'iso:KZ' })
    expect(near.links).toContainEqual({
      from: 'ta:P9_TA(2022)0012',
      to: 'iso:KZ',
      link: 'About',
      sentence: 'Situation in Kazakhstan is about Kazakhstan',
      date: null,
    })
    expect(near.links.every(({ from, to }) => [from, to].includes('iso:KZ'))).toBe(true)
    const cut = await around('depth: 3, first: 5')
    expect([cut.nodes.length, cut.truncated]).toEqual([5, true])
    expect((await around('depth: 2, first: 500')).nodes.length).toBeGreaterThan(near.nodes.length)
  })

  it('is not taken through a record with more than 500 links of a type, which is said', async () => {
    const hub = await empty()
    const citations = [{ source: 'source:list' }]
    const ids = Array.from({ length: 501 }, (_, i) => `person:${i}`)
    await hub.load([
      { type: 'Source', id: 'source:list', values: { kind: 'PUBLICATION', title: 'List' }, citations },
      { type: 'Place', id: 'place:big', values: { name: 'Big' }, citations },
      { type: 'Place', id: 'place:wide', values: { name: 'Wide' }, citations },
      { link: 'PlacePart', from: 'place:big', to: 'place:wide', values: {}, citations },
      ...ids.map((id) => ({ type: 'Person', id, values: { name: id, sortName: id }, citations })),
      ...ids.map((from) => ({ link: 'Represents', from, to: 'place:big', values: {}, citations })),
    ])
    const ask = async (to: string) => {
      const { data } = await hub.ask(
        `{ path(from: "person:0", to: "${to}") { isComplete skipped { node { id } link isForward } paths { length } } }`,
      )
      return (data as { path: unknown }).path
    }
    const skipped = [{ node: { id: 'place:big' }, link: 'Represents', isForward: false }]
    // Both reach the place, where they meet.
    expect(await ask('person:7')).toEqual({ isComplete: false, skipped, paths: [{ length: 2 }] })
    expect(await ask('place:wide')).toMatchObject({ paths: [{ length: 2 }] })
    // From the hub itself, the way is found from its other end.
    const from = await hub.ask('{ path(from: "place:big", to: "person:3") { isComplete paths { length } } }')
    expect(from.data).toEqual({ path: { isComplete: false, paths: [{ length: 1 }] } })
    const { data } = await hub.ask('{ neighbourhood(of: "place:big") { truncated nodes { id } skipped { link } } }')
    expect(data).toEqual({
      neighbourhood: {
        truncated: true,
        nodes: [{ id: 'place:big' }, { id: 'place:wide' }],
        skipped: [{ link: 'Represents' }],
      },
    })
    await hub.close()
  })
})

interface Answer {
  readonly isComplete: boolean
  readonly skipped: readonly unknown[]
  readonly paths: readonly {
    readonly length: number
    readonly steps: readonly { readonly link: string; readonly isForward: boolean }[]
  }[]
}

interface Around {
  readonly truncated: boolean
  readonly nodes: readonly { readonly id: string }[]
  readonly links: readonly { readonly from: string; readonly to: string }[]
}
