import type { AskGraph, Row } from './ask-graph.js'
import type { Catalogue } from './catalogue.js'
import { escapeHtml, isolate, page } from './html.js'
import { findRecords, type PropertyValue, type ReadRecord, readRecords, valueInWords } from './record-rows.js'

const LONGEST_ID = 200
/** Values of a property that has several that a page names. */
const SHOWN = 5
/** Facts of a flyout. */
const FEW = 5

const SOURCES = `query ($id: ID!) {
  node(id: $id) { sources(first: 10) { totalCount edges { locator node { id title url } } } }
}`

/** A page about a record, with its sources; null where there is none. */
export const previewRecord = async (id: string, ask: AskGraph, catalogue: Catalogue): Promise<string | null> => {
  const record = await readForPreview(id, ask, catalogue)
  if (!record) return null
  const { node } = await ask(SOURCES, { id: record.id })
  const rows = factsOf(record, catalogue, linked).map(
    ([name, values]) => `<tr><th scope="row">${name}</th><td>${values.join('<br>')}</td></tr>`,
  )
  const body = [
    `<h1>${isolate(record.name)}</h1>`,
    `<p>${isolate(record.description)} <code>${isolate(record.id)}</code></p>`,
    rows.length > 0 ? `<table>${rows.join('')}</table>` : '',
    node ? listSources((node as Row)['sources'] as Sources) : '',
  ]
  return page(record.name, body.join('\n'))
}

interface Sources {
  readonly totalCount: number
  readonly edges: readonly {
    readonly locator: string | null
    readonly node: { readonly id: string; readonly title: string; readonly url: string | null }
  }[]
}

const listSources = ({ totalCount, edges }: Sources): string => {
  if (edges.length === 0) return '<p>No source is known.</p>'
  const items = edges.map(({ locator, node: { id, title, url } }) => {
    const place = [locator, url].flatMap((text) => (text ? [textAsHtml(text)] : [])).join(', ')
    return `<li>${linked(title, id)}${place && `: ${place}`}</li>`
  })
  const more = totalCount > edges.length ? `<p>${totalCount - edges.length} more.</p>` : ''
  return `<h2>Sources</h2><ul>${items.join('')}</ul>${more}`
}

/** A few words about a record, for the pointer that rests on it; null where there is none. */
export const flyoutOfRecord = async (id: string, ask: AskGraph, catalogue: Catalogue): Promise<string | null> => {
  const record = await readForPreview(id, ask, catalogue)
  if (!record) return null
  // It stands in a page of another site, where nothing can be linked from here.
  const facts = factsOf(record, catalogue, (name) => isolate(name)).slice(0, FEW)
  const lines = facts.map(([name, values]) => `<p>${name}: ${values.join(', ')}</p>`)
  return `<p><strong>${isolate(record.name)}</strong></p><p>${isolate(record.description)}</p>${lines.join('')}`
}

const readForPreview = async (id: string, ask: AskGraph, catalogue: Catalogue): Promise<ReadRecord | undefined> => {
  if (id.trim() === '' || id.length > LONGEST_ID) return undefined
  const [found] = await findRecords(ask, [id])
  if (!found) return undefined
  const called = catalogue.labelColumns(found.type)[0]
  const shown = [...catalogue.properties.values()].filter(({ id: property, ofTypes }) => {
    const of = ofTypes.get(found.type)
    return of && of.list === null && property !== called
  })
  const asked = shown.map((property) => ({ property, limit: SHOWN }))
  return (await readRecords(ask, catalogue, [found], asked)).get(found.id)
}

/** The names of properties and their values, in the order of the schema. */
const factsOf = (
  { values }: ReadRecord,
  { properties }: Catalogue,
  linkRecord: (name: string, id: string) => string,
): readonly (readonly [string, readonly string[]])[] =>
  [...properties.values()].flatMap(({ id, name }) => {
    const known = values.get(id) ?? []
    const asHtml = (value: PropertyValue): string =>
      value.kind === 'record' ? linkRecord(value.name, value.id) : textAsHtml(valueInWords(value))
    return known.length > 0 ? [[escapeHtml(name), known.map(asHtml)] as const] : []
  })

/** A link to the preview of another record. */
const linked = (name: string, id: string): string =>
  `<a href="preview?id=${escapeHtml(encodeURIComponent(id))}">${isolate(name)}</a>`

const textAsHtml = (text: string): string =>
  /^https?:\/\/\S+$/i.test(text)
    ? `<a href="${escapeHtml(text)}" target="_blank" rel="noopener noreferrer nofollow">${isolate(text)}</a>`
    : isolate(text)
