import { type Column, type GraphShape, STATE } from '../../model/graph-shape.js'
import { searchColumns } from '../../model/search/search-fields.js'
import { searchFingerprint } from '../../model/search/search-keys.js'
import type { BulkFile, BulkFiles } from '../bulk-files.js'
import type { Edition, GraphStore } from '../graph-store.js'
import { STORE_VERSION } from './constraints.js'
import { NODE_LABEL, relationshipType, TYPE_PROPERTY } from './names.js'
import { linkProperties, nodeProperties } from './stored-values.js'

type Columns = ReadonlyMap<string, Column>

const HEADER_TYPES: Readonly<Record<Column['kind'], string>> = {
  text: 'string',
  integer: 'long',
  // The driver sends every other number as a floating-point one.
  number: 'double',
  boolean: 'boolean',
  values: 'string',
  reference: 'string',
}

/** Every field of an edition is a text; one more in the interface is one more to name here. */
const EDITION_FIELDS = Object.keys({
  source: 'string',
  state: 'string',
  importer: 'string',
  contentHash: 'string',
  importedAt: 'string',
  date: 'string',
} satisfies Record<keyof Edition, 'string'>) as readonly (keyof Edition)[]

/** The tables of `neo4j-admin database import` that give just the database that the writer would have made. */
export const bulkFiles: BulkFiles = (store, shape) => [
  ...[...shape.nodes.values()].map(({ name, columns }) => nodeFile(store, shape, name, columns)),
  searchWordFile(store),
  sourceSetFile(store),
  editionFile(store),
  stateFile(store),
  storeFile(store, shape),
  ...[...shape.links.values()].map(({ name, columns, repeats }) => linkFile(store, name, columns, repeats)),
  includesFile(store),
]

const nodeFile = (store: GraphStore, shape: GraphShape, name: string, columns: Columns): BulkFile => ({
  kind: 'nodes',
  name,
  target: `${NODE_LABEL}:${name}`,
  header: [
    `id:ID(${NODE_LABEL})`,
    TYPE_PROPERTY,
    'sourceSet:long',
    'updatedAt',
    'version:long',
    'createdIn:long',
    ...typedNames(columns),
    ...(searchColumns(shape).has(name) ? ['searchKeys', 'searchRank:long'] : []),
  ],
  async *rows() {
    const names = ['id', TYPE_PROPERTY, 'sourceSet', 'updatedAt', 'version', 'createdIn', ...columns.keys()]
    if (searchColumns(shape).has(name)) names.push('searchKeys', 'searchRank')
    for await (const node of store.scanNodes(name, { changes: true })) {
      const properties: Readonly<Record<string, unknown>> = { ...nodeProperties(shape, node), ...node.change }
      yield names.map((each) => cell(properties[each]))
    }
  },
})

const linkFile = (store: GraphStore, name: string, columns: Columns, repeats: boolean): BulkFile => {
  const key = repeats ? ['key'] : []
  return {
    kind: 'links',
    name,
    target: relationshipType(name),
    header: [`:START_ID(${NODE_LABEL})`, `:END_ID(${NODE_LABEL})`, 'sourceSet:long', ...key, ...typedNames(columns)],
    async *rows() {
      const names = ['sourceSet', ...key, ...columns.keys()]
      for await (const link of store.scanLinks(name)) {
        const properties = linkProperties(columns, repeats, link)
        yield [link.from, link.to, ...names.map((each) => cell(properties[each]))]
      }
    },
  }
}

const sourceSetFile = (store: GraphStore): BulkFile => ({
  kind: 'nodes',
  name: 'SourceSet',
  target: 'SourceSet',
  header: [':ID(SourceSet)', 'number:long', 'voices'],
  async *rows() {
    for (const { number, voices } of await store.sourceSets())
      yield [String(number), String(number), JSON.stringify(voices)]
  },
})

const includesFile = (store: GraphStore): BulkFile => ({
  kind: 'links',
  name: 'SourceSetIncludes',
  target: 'INCLUDES',
  header: [':START_ID(SourceSet)', `:END_ID(${NODE_LABEL})`, 'locator'],
  async *rows() {
    for (const { number, citations } of await store.sourceSets()) {
      for (const { source, locator } of citations) yield [String(number), source, locator]
    }
  },
})

const editionFile = (store: GraphStore): BulkFile => ({
  kind: 'nodes',
  name: 'Edition',
  target: 'Edition',
  header: [':ID(Edition)', ...EDITION_FIELDS],
  async *rows() {
    for (const edition of await store.editions()) {
      yield [edition.source, ...EDITION_FIELDS.map((field) => edition[field])]
    }
  },
})

const stateFile = (store: GraphStore): BulkFile => ({
  kind: 'nodes',
  name: STATE.type,
  target: STATE.type,
  header: [`:ID(${STATE.type})`, 'id', 'version:long', 'changedAt'],
  async *rows() {
    const { version, changedAt } = await store.state()
    yield [STATE.id, STATE.id, String(version), changedAt]
  },
})

/** Without a fingerprint, so that the next start makes the constraints and indexes, which a bulk import has none of. */
const storeFile = (store: GraphStore, shape: GraphShape): BulkFile => ({
  kind: 'nodes',
  name: 'Rapporteur',
  target: 'Rapporteur',
  header: [':ID(Rapporteur)', 'name', 'version:long', 'searchKeys', 'derivedBy'],
  async *rows() {
    yield ['store', 'store', String(STORE_VERSION), searchFingerprint(shape), await store.derivedBy()]
  },
})

const searchWordFile = (store: GraphStore): BulkFile => ({
  kind: 'nodes',
  name: 'SearchWord',
  target: 'SearchWord',
  header: [':ID(SearchWord)', 'word'],
  async *rows() {
    for (const word of (await store.searchWords()).split(' ')) if (word !== '') yield [word, word]
  },
})

const typedNames = (columns: Columns): readonly string[] =>
  [...columns.values()].map(({ name, kind }) => `${name}:${HEADER_TYPES[kind]}`)

const cell = (value: unknown): string | null => (value === undefined ? null : String(value))
