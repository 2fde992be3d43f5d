import type { Column, GraphShape } from '../model/graph-shape.js'
import type { CheckedValues, Name, StoredLink, StoredNode, Value } from '../model/records.js'
import type { ExportFormat } from './export-format.js'
import { type ExportedGraph, exportedColumns } from './exported-graph.js'
import { CLASSES, LINK_TERMS, PREFIXES, PROPERTIES } from './jsonld-terms.js'

const CONTEXT = 'context.jsonld'
const RECORD = 'urn:rapporteur:record:'
const LINK = 'urn:rapporteur:link:'
const SETS = 'urn:rapporteur:sources:'

/** A JSON-LD document a type, with one context for all. */
export const jsonld: ExportFormat = {
  name: 'jsonld',
  summary: 'a JSON-LD document a type, in the terms of schema.org, ELI and Popolo, with one context',
  async write(graph, folder) {
    const { shape } = graph
    const types = typesOfTerms(shape)
    const fileOf = (type: string) => `${type}.jsonld`
    await folder.write(CONTEXT, [`${JSON.stringify({ '@context': contextOf(types) }, null, 2)}\n`])
    await folder.write(fileOf('SourceSet'), documentOf(sourceSets(graph)))
    for (const { name, columns } of shape.nodes.values()) {
      const written = writersOf(columns, types)
      await folder.write(
        fileOf(name),
        documentOf(graph.nodes(name), (node) => nodeObject(node, written)),
      )
    }
    for (const { name, columns } of shape.links.values()) {
      const written = writersOf(columns, types)
      await folder.write(
        fileOf(name),
        documentOf(graph.links(name), (link) => linkObject(link, written)),
      )
    }
  },
  next: (folder) =>
    `"rdfpipe -i json-ld -o turtle ${folder}/Resolution.jsonld" shows one; docs/export.md has the terms.`,
}

/** A document whose objects stand on a line each; a reader of a stream wants their types first. */
async function* documentOf<T>(
  items: Iterable<T> | AsyncIterable<T>,
  objectOf: (item: T) => unknown = (item) => item,
): AsyncGenerator<string> {
  let before = `{"@context":"${CONTEXT}","@graph":[\n`
  for await (const item of items) {
    yield before + JSON.stringify(objectOf(item))
    before = ',\n'
  }
  yield before === ',\n' ? '\n]}\n' : `${before}]}\n`
}

const nodeObject = ({ type, id, values, sourceSet }: StoredNode, writers: readonly Writer[]) => ({
  '@type': [type, ...(CLASSES[type] ?? [])],
  '@id': recordIri(id),
  identifier: id,
  ...written(writers, values),
  ...(sourceSet > 0 && { sourceSet: SETS + sourceSet }),
})

/** A link is an object of its own, for its columns and sources; and a statement about the record it goes out from. */
const linkObject = ({ link, from, to, key, values, sourceSet }: StoredLink, writers: readonly Writer[]) => {
  const terms = LINK_TERMS[link]
  return {
    '@type': [link, ...(CLASSES[link] ?? [])],
    '@id': LINK + [link, from, to, ...(key === '' ? [] : [key])].map(encodeURIComponent).join('/'),
    [terms?.from ?? 'from']: { '@id': recordIri(from), [terms?.says ?? sayingOf(link)]: { '@id': recordIri(to) } },
    [terms?.to ?? 'to']: { '@id': recordIri(to) },
    ...(key !== '' && { key }),
    ...written(writers, values),
    ...(sourceSet > 0 && { sourceSet: SETS + sourceSet }),
  }
}

function* sourceSets({ citations }: ExportedGraph) {
  for (const [i, set] of citations.entries())
    yield {
      '@type': ['SourceSet', ...(CLASSES['SourceSet'] ?? [])],
      '@id': SETS + (i + 1),
      citation: set.map(({ source, locator }, place) => ({
        '@id': `${SETS}${i + 1}/${place + 1}`,
        source: { '@id': recordIri(source) },
        ...(locator !== null && { locator }),
      })),
    }
}

/** `AdoptedFrom` → `adoptedFrom`. */
const sayingOf = (link: string): string => link.charAt(0).toLowerCase() + link.slice(1)

/** An id as an IRI: what an IRI does not take, and what would be a relative one, is encoded. */
const recordIri = (id: string): string => RECORD + encodeURIComponent(id).replaceAll('%3A', ':').replaceAll('%2F', '/')

/** The type of a term's values, where all columns of that name have one; null for what JSON tells by itself. */
type Coercion = '@id' | 'xsd:date' | 'xsd:dateTime' | 'xsd:double' | 'xsd:anyURI' | null

const coercionOf = ({ kind, type }: Column): Coercion => {
  if (kind === 'reference') return '@id'
  if (kind === 'number') return 'xsd:double'
  if (type === 'URL') return 'xsd:anyURI'
  return type === 'Date' ? 'xsd:date' : type === 'DateTime' ? 'xsd:dateTime' : null
}

/** What the values of each term are; undefined where columns of one name differ. */
const typesOfTerms = ({ nodes, links }: GraphShape): ReadonlyMap<string, Coercion | undefined> => {
  const types = new Map<string, Coercion | undefined>()
  for (const { columns } of [...nodes.values(), ...links.values()]) {
    for (const column of exportedColumns(columns)) {
      const coercion = coercionOf(column)
      const isOther = types.has(column.name) && types.get(column.name) !== coercion
      types.set(column.name, isOther ? undefined : coercion)
    }
  }
  return types
}

const contextOf = (types: ReadonlyMap<string, Coercion | undefined>) => ({
  '@version': 1.1,
  '@vocab': 'urn:rapporteur:term:',
  ...PREFIXES,
  ...PROPERTIES,
  sourceSet: { '@id': 'dcterms:provenance', '@type': '@id' },
  ...Object.fromEntries(
    [...types].flatMap(([name, type]) =>
      type ? [[name, { '@id': PROPERTIES[name] ?? `urn:rapporteur:term:${name}`, '@type': type }]] : [],
    ),
  ),
})

interface Writer {
  readonly name: string
  write(value: Value): unknown
}

const writersOf = (
  columns: ReadonlyMap<string, Column>,
  types: ReadonlyMap<string, Coercion | undefined>,
): readonly Writer[] =>
  exportedColumns(columns).map((column) => {
    const { name, kind, type } = column
    const coercion = coercionOf(column)
    if (kind === 'values' && type === 'Name')
      return { name, write: (value) => (value as readonly Name[]).map(taggedText) }
    if (types.get(name) === undefined && coercion !== null)
      return { name, write: (value) => ({ '@value': value, '@type': coercion }) }
    return { name, write: (value) => (coercion === '@id' ? recordIri(value as string) : value) }
  })

const written = (writers: readonly Writer[], values: CheckedValues): Readonly<Record<string, unknown>> => {
  const object: Record<string, unknown> = {}
  for (const { name, write } of writers) {
    const value = values[name]
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) object[name] = write(value)
  }
  return object
}

const taggedText = ({ text, language }: Name) =>
  language !== undefined && /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/.test(language)
    ? { '@value': text, '@language': language }
    : text
