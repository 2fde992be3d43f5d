import type { AskGraph } from './ask-graph.js'
import type { Catalogue, Property } from './catalogue.js'
import { escapeHtml, isolate, page } from './html.js'
import { findRecords, type PropertyValue, type ReadRecord, readRecords } from './record-rows.js'

const LONGEST_ID = 200
/** Values of a property that has several, and sources, that a preview names. */
const SHOWN = 5
/** The property that every record has. */
const SOURCES = 'sources'

/** A page about a record, with its sources; null where there is none. */
export const previewRecord = async (id: string, ask: AskGraph, catalogue: Catalogue): Promise<string | null> => {
  const record = await readForPreview(id, ask, catalogue)
  if (!record) return null
  const type = catalogue.types.get(record.type)
  const rows = [...record.values].flatMap(([property, values]) => {
    const name = catalogue.properties.get(property)?.name ?? property
    return values.length > 0 && property !== SOURCES
      ? [`<tr><th scope="row">${escapeHtml(name)}</th><td>${values.map(asHtml).join('<br>')}</td></tr>`]
      : []
  })
  const sources = (record.values.get(SOURCES) ?? []).map((source) => `<li>${asHtml(source)}</li>`)
  const body = [
    `<h1>${isolate(record.name)}</h1>`,
    `<p>${escapeHtml(type?.name ?? record.type)} <code>${isolate(record.id)}</code></p>`,
    rows.length > 0 ? `<table>${rows.join('')}</table>` : '',
    sources.length > 0 ? `<h2>Sources</h2><ul>${sources.join('')}</ul>` : '<p>No source is known.</p>',
  ]
  return page(record.name, body.join('\n'))
}

/** A few words about a record, for the pointer that rests on it; null where there is none. */
export const flyoutOfRecord = async (id: string, ask: AskGraph, catalogue: Catalogue): Promise<string | null> => {
  const record = await readForPreview(id, ask, catalogue)
  if (!record) return null
  const facts = [...record.values].flatMap(([property, values]) => {
    const name = catalogue.properties.get(property)?.name ?? property
    return values.length > 0 && property !== SOURCES ? [`${escapeHtml(name)}: ${values.map(asHtml).join(', ')}`] : []
  })
  const type = escapeHtml(catalogue.types.get(record.type)?.name ?? record.type)
  return `<p><strong>${isolate(record.name)}</strong> (${type})</p>${facts
    .slice(0, SHOWN)
    .map((fact) => `<p>${fact}</p>`)
    .join('')}`
}

const readForPreview = async (id: string, ask: AskGraph, catalogue: Catalogue): Promise<ReadRecord | undefined> => {
  if (id.trim() === '' || id.length > LONGEST_ID) return undefined
  const [found] = await findRecords(ask, [id])
  if (!found) return undefined
  const called = catalogue.labelColumns(found.type)[0]
  const shown = [...catalogue.properties.values()].filter(({ id: property, ofTypes }: Property) => {
    const of = ofTypes.get(found.type)
    return of && property !== called && (of.list === null || property === SOURCES)
  })
  const asked = shown.map((property) => ({ property, limit: SHOWN }))
  return (await readRecords(ask, catalogue, [found], asked)).get(found.id)
}

const asHtml = (value: PropertyValue): string => {
  switch (value.kind) {
    case 'number':
    case 'integer':
      return String(value.number)
    case 'boolean':
      return value.is ? 'yes' : 'no'
    case 'record':
      return `${isolate(value.name)} <code>${isolate(value.id)}</code>`
    default:
      return /^https?:\/\/\S+$/i.test(value.text)
        ? `<a href="${escapeHtml(value.text)}" target="_blank" rel="noopener noreferrer nofollow">${isolate(value.text)}</a>`
        : isolate(value.text)
  }
}
