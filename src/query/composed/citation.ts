import { bibtex, citationSentence, ris } from '../../cite/citation-texts.js'
import { cslItems } from '../../cite/csl.js'
import { inOrderOfTrust, type SourceFacts } from '../../cite/source-facts.js'
import { CITATIONS, type Column, type GraphShape, type LinkShape, totalOrder } from '../../model/graph-shape.js'
import type { Entry, Layout, Plan } from '../../store/plan.js'
import { ALL } from '../../store/predicate.js'
import { constant } from '../../store/values.js'
import { ShapeBuilder } from '../shape-builder.js'
import { readJson } from '../written-result.js'
import { type Composer, textIn } from './composer.js'
import { labelColumns, labelOf } from './sentences.js'
import { typeOf } from './type-of.js'

/** Sources that a citation names at most. */
const MAX_SOURCES = 100

/** How to cite a record. */
export const composeCitation: Composer = {
  readings: { of: { how: 'id' } },
  atMost: () => MAX_SOURCES,
  price: () => 2 * MAX_SOURCES,
  async compose(given, composing) {
    const of = textIn(given, 'of') ?? ''
    const type = await typeOf(of, composing)
    if (type === null) return null
    const { store, shape, options } = composing
    const [{ json }, { version, changedAt }] = await Promise.all([
      store.answer(citedPlan(shape, type, of), options),
      store.state(),
    ])
    const record = readJson(json) as (Cited & Readonly<Record<string, unknown>>) | null
    if (!record) return null
    const sources = inOrderOfTrust(record.sources.nodes)
    const items = cslItems(sources, {
      title: labelOf(record, record.id),
      id: record.id,
      version,
      changedAt,
      address: null,
      accessed: null,
    })
    return {
      sentence: citationSentence(items),
      bibtex: bibtex(items),
      ris: ris(items),
      cslJson: JSON.stringify(items, null, 2),
      sources: sources.map(({ id }) => id),
    }
  },
  words: (given) => `says how to cite ${JSON.stringify(textIn(given, 'of'))}`,
}

interface Cited {
  readonly id: string
  readonly sources: { readonly nodes: readonly SourceFacts[] }
}

const FACTS = ['kind', 'title', 'url', 'published', 'retrieved', 'license', 'contentHash', 'importer']

/** The plan that gives a record's label, and what is known of its sources. */
const citedPlan = (shape: GraphShape, type: string, id: string): Plan => {
  const builder = new ShapeBuilder([type])
  const columnEntry = (of: string, from: ShapeBuilder, name: string): Entry => {
    const column = shape.nodes.get(of)?.columns.get(name) as Column
    return { as: name, value: { kind: 'value', slot: from.column('node', column) } }
  }
  const asked = {
    from: { kind: 'citations' as const, of: 'node' as const },
    where: ALL,
    bounds: ALL,
    undecided: null,
    order: totalOrder([], CITATIONS),
    first: MAX_SOURCES,
    after: null,
    mark: '',
  }
  const { key, page } = builder.page(asked, ['Source'])
  page.rows = true
  const link = shape.links.get('Publisher') as LinkShape
  const publisher = page.shape.neighbour({ link, direction: 'out', only: ALL }, ['Organization'])
  const source: Layout = new Map([
    [
      'Source',
      [
        { as: 'id', value: { kind: 'value', slot: page.shape.id() } },
        ...FACTS.map((name) => columnEntry('Source', page.shape, name)),
        {
          as: 'publisher',
          value: {
            kind: 'node',
            slot: publisher.key,
            layout: new Map([['Organization', [columnEntry('Organization', publisher.shape, 'name')]]]),
          },
        },
      ],
    ],
  ])
  const layout: Layout = new Map([
    [
      type,
      [
        { as: 'id', value: { kind: 'value', slot: builder.id() } },
        ...labelColumns(shape, type).map((name) => columnEntry(type, builder, name)),
        {
          as: 'sources',
          value: { kind: 'page', slot: key, entries: [{ as: 'nodes', value: { kind: 'nodes', layout: source } }] },
        },
      ],
    ],
  ])
  return { kind: 'one', find: { column: 'id', isId: true, value: constant(id) }, shape: builder.build(), layout }
}
