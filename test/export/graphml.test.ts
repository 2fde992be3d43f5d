import { SaxesParser } from '@rubensworks/saxes'
import { describe, expect, it } from 'vitest'
import { engines } from '../support/engines.js'
import { HOSTILE } from '../support/hostile-graph.js'
import { exportedFrom } from './exported.js'

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly data: Record<string, string>
}

/** The nodes and edges of a document, with their data by the names of the keys. */
const parseGraph = (text: string) => {
  const names = new Map<string, { readonly name: string; readonly type: string }>()
  const elements: Element[] = []
  let key: string | null = null
  const parser = new SaxesParser()
  parser.on('opentag', (tag) => {
    const attributes = tag.attributes as Record<string, string>
    if (tag.name === 'key')
      names.set(attributes['id'] ?? '', { name: attributes['attr.name'] ?? '', type: attributes['attr.type'] ?? '' })
    if (tag.name === 'node' || tag.name === 'edge') elements.push({ name: tag.name, attributes, data: {} })
    if (tag.name === 'data') {
      key = names.get(attributes['key'] ?? '')?.name ?? 'a key that is not declared'
      const { data } = elements.at(-1) as Element
      data[key] = ''
    }
  })
  parser.on('text', (part) => {
    const data = elements.at(-1)?.data
    if (key !== null && data) data[key] += part
  })
  parser.on('closetag', () => {
    key = null
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(text).close()
  const of = (name: string) => elements.filter((element) => element.name === name)
  return { names: [...names.values()], nodes: of('node'), edges: of('edge') }
}

const unescaped = (text: string | undefined): string =>
  (text ?? '').replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

describe.each(engines)('an export as GraphML, on $name', (engine) => {
  const { made, read } = exportedFrom(engine)
  const graph = async () => parseGraph(await read('graphml', 'graph.graphml'))

  it('gives the ballot on the resolution on Kazakhstan, with keys of their types and its sources', async () => {
    const { nodes, edges, names } = await graph()
    const ballot = nodes.find(({ attributes }) => attributes['id'] === 'ep-vote:139038')
    expect(ballot?.data).toMatchObject({
      nodeType: 'VoteEvent',
      date: '2022-01-20',
      tallyFor: '589',
      isMain: 'true',
      result: 'ADOPTED',
    })
    expect(JSON.parse(ballot?.data['sources'] ?? '')).toContainEqual(
      expect.arrayContaining([expect.stringMatching(/^source:/)]),
    )
    expect(names).toEqual(
      expect.arrayContaining([
        { name: 'tallyFor', type: 'long' },
        { name: 'isMain', type: 'boolean' },
        { name: 'value', type: 'double' },
        { name: 'Statement.value', type: 'string' },
      ]),
    )
    const adoption = edges.find(
      ({ attributes, data }) => data['linkType'] === 'AdoptedBy' && attributes['source']?.startsWith('ta:'),
    )
    expect(adoption?.attributes).toEqual({ source: 'ta:P9_TA(2022)0012', target: 'org:european-parliament' })
  })

  it('gives back every hostile name, also what XML has no place for', async () => {
    const { nodes, edges } = await graph()
    const persons = nodes.filter(({ attributes }) => attributes['id']?.startsWith('hostile:"'))
    expect(persons.map(({ data }) => unescaped(data['name'])).sort()).toEqual([...HOSTILE].sort())
    const keys = edges.filter(({ attributes }) => attributes['source']?.startsWith('hostile:"'))
    expect(keys.map(({ data }) => unescaped(data['key'])).sort()).toEqual([...HOSTILE].sort())
    expect(persons.find(({ data }) => data['name']?.includes('_x005F_x0041_'))?.data['label']).toBe('_x005F_x0041_')
  })

  it('has each record and link once, and no edge to nowhere', async () => {
    const { nodes, edges } = await graph()
    const counts = await made.graph.store.count()
    expect(nodes.length + edges.length).toBe(Object.values(counts).reduce((sum, each) => sum + each, 0))
    const ids = new Set(nodes.map(({ attributes }) => attributes['id']))
    expect(ids.size).toBe(nodes.length)
    const ends = edges.flatMap(({ attributes }) => [attributes['source'], attributes['target']])
    expect(ends.filter((end) => !ids.has(end))).toEqual([])
  })
})
