import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, type Graph } from '../../support/engines.js'

describe.each(engines)('how a record is cited, on $name', ({ seeded, empty }) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await seeded()
  }, 120_000)
  afterAll(() => graph.close())

  it('names who says it first, then this graph with its version', async () => {
    const { data } = await graph.ask(
      '{ graph { version } citation(of: "claim:kazakhstan-protests-2022-deaths-1") { sentence sources { id } } }',
    )
    const { graph: state, citation } = data as {
      graph: { version: number }
      citation: { sentence: string; sources: unknown }
    }
    expect(citation).toEqual({
      sentence: expect.stringMatching(
        new RegExp(
          `^KazTAG, “[^”]+”, 2022-01-21\\. As given by Rapporteur under “[^”]+”, data version ${state.version} of 2026-01-01\\.$`,
        ),
      ),
      sources: [{ id: 'source:kaztag-2022-01-21' }],
    })
  })

  it('is none of what is not there', async () => {
    expect((await graph.ask('{ citation(of: "person:nobody") { sentence } }')).data).toEqual({ citation: null })
  })

  it('keeps hostile names from being commands', async () => {
    const hostile = await empty()
    const citations = [{ source: 'source:bad' }]
    await hostile.load([
      {
        type: 'Source',
        id: 'source:bad',
        values: {
          kind: 'PUBLICATION',
          title: '\\input{x} 50% & #1_{a}~^\nER  - \n@misc{y',
          url: 'https://a.example/{b}',
        },
        citations,
      },
      { type: 'Place', id: 'place:bad', values: { name: '$x$\u0007' }, citations },
    ])
    const { data } = await hostile.ask('{ citation(of: "place:bad") { bibtex ris cslJson } }')
    const { bibtex, ris, cslJson } = (data as { citation: { bibtex: string; ris: string; cslJson: string } }).citation
    expect(bibtex).toContain(
      'title = {{\\textbackslash{}input\\{x\\} 50\\% \\& \\#1\\_\\{a\\}\\textasciitilde{}\\textasciicircum{} ER - @misc\\{y}}',
    )
    expect(bibtex).toContain('url = {https://a.example/%7Bb%7D}')
    expect(bibtex).toContain('title = {{\\$x\\$ (place:bad)}}')
    expect(ris.split('\r\n').filter((line) => line.startsWith('ER'))).toHaveLength(2)
    expect((JSON.parse(cslJson) as unknown[]).length).toBe(2)
    await hostile.close()
  })
})
