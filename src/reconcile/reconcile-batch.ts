import { GraphQLError } from 'graphql'
import { refuse } from '../ask/refuse.js'
import { RapporteurError } from '../errors.js'
import type { AskGraph, Row } from './ask-graph.js'
import { type Candidate, type Found, rankCandidates, type Weighed } from './candidates.js'
import type { Catalogue } from './catalogue.js'
import { compareValues, type NamedRecords } from './compare-values.js'
import { type AskedProperty, type AskedQuery, isObject, readQuery } from './read-query.js'
import { type Named, namedOf, readRecords } from './record-rows.js'

/** Queries of a batch. */
export const BATCH_SIZE = 50
/** Queries of a batch that are asked at the same time, so that others have their turn. */
const AT_ONCE = 2
/** Hits that a search gives at least, so that a tie shows; with properties more, which may tell namesakes apart. */
const HITS = { least: 20, withProperties: 50 }
/** Values of a list that a property is compared with. */
const COMPARED = 50
/** Characters of an id. */
const LONGEST_ID = 200

/** What is answered to one query; a query that could not be answered says why and has no candidates. */
interface QueryResult {
  readonly result: readonly Candidate[]
  readonly error?: { readonly code: string; readonly message: string }
}

/** Answers a batch of queries, each by itself: one that is wrong or takes too long leaves the others as they are. */
export const reconcileBatch = async (
  written: unknown,
  ask: AskGraph,
  catalogue: Catalogue,
): Promise<Readonly<Record<string, QueryResult>>> => {
  if (!isObject(written))
    throw refuse('BAD_REQUEST', 400, '`queries` is no JSON object of queries, such as {"q0": {"query": "Estonia"}}.')
  const keys = Object.keys(written)
  if (keys.length > BATCH_SIZE)
    throw refuse(
      'BATCH_LIMIT',
      413,
      `The batch has ${keys.length} queries; the limit is ${BATCH_SIZE}, which the manifest gives as \`batchSize\`. Send several batches.`,
    )
  const texts = new NamesOfRecords(ask)
  const answered = new Map<string, QueryResult>()
  const left = keys.values()
  const lane = async (): Promise<void> => {
    for (const key of left) answered.set(key, await answerOne(written[key], ask, catalogue, texts))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return Object.fromEntries(keys.map((key) => [key, answered.get(key) ?? { result: [] }]))
}

const answerOne = async (
  written: unknown,
  ask: AskGraph,
  catalogue: Catalogue,
  texts: NamesOfRecords,
): Promise<QueryResult> => {
  try {
    return { result: await findCandidates(readQuery(written, catalogue), ask, catalogue, texts) }
  } catch (error) {
    const code = error instanceof RapporteurError ? error.code : codeOf(error)
    // Without a store there is nothing to be said of any query; and of a fault nothing but its number.
    if (code === undefined || code === 'UNAVAILABLE' || code === 'CANCELLED') throw error
    return { result: [], error: { code, message: (error as Error).message } }
  }
}

const codeOf = (error: unknown): string | undefined => {
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined
  return typeof code === 'string' ? code : undefined
}

const SEARCH = `query ($text: String!, $types: [RecordType!], $first: Int!, $ids: [ID!]!) {
  search(text: $text, types: $types, first: $first) { score how field text node { __typename id } }
  nodes(ids: $ids) { __typename id }
}`

const findCandidates = async (
  asked: AskedQuery,
  ask: AskGraph,
  catalogue: Catalogue,
  texts: NamesOfRecords,
): Promise<readonly Candidate[]> => {
  const { text, types, limit, properties } = asked
  if (types?.length === 0) return []
  const first = Math.max(limit, properties.length > 0 ? HITS.withProperties : HITS.least)
  const id = text.trim()
  const ids = id.length <= LONGEST_ID && !/\s/.test(id) ? [id] : []
  const answer = await ask(SEARCH, { text, ...(types && { types }), first, ids })
  const byId = namedOf(answer['nodes']).filter((named) => named !== null)
  const found = [
    ...byId.filter(({ type }) => (types ?? catalogue.records).includes(type)).map((named) => foundById(named, id)),
    ...(answer['search'] as readonly Row[]).map(foundBySearch),
  ]
  const once = [...new Map(found.toReversed().map((each) => [each.id, each])).values()].toReversed()
  const records = await readRecords(
    ask,
    catalogue,
    once,
    properties.map(({ property }) => ({ property, limit: COMPARED })),
  )
  const named: NamedRecords[] = []
  for (const each of properties) named.push(await texts.of(each, once))
  const weighed = once.flatMap((found): Weighed[] => {
    const record = records.get(found.id)
    if (!record) return []
    const compared = properties.flatMap(({ property, values }, i) => {
      const isMany = property.ofTypes.get(found.type)?.isMany ?? false
      const agrees = compareValues(values, record.values.get(property.id) ?? [], isMany, named[i] as NamedRecords)
      return agrees === null ? [] : [[property.id, agrees] as const]
    })
    return [{ found, record, agrees: new Map(compared) }]
  })
  const isAll = (answer['search'] as readonly Row[]).length < first
  return rankCandidates(asked, weighed, { isAll, typeName: (type) => catalogue.types.get(type)?.name ?? type })
}

const foundById = ({ type, id }: Named, text: string): Found => ({
  type,
  id,
  how: 'ID',
  field: 'id',
  text,
  searchScore: null,
})

const foundBySearch = (hit: Row): Found => {
  const { __typename: type, id } = hit['node'] as Row
  return {
    type: String(type),
    id: String(id),
    how: String(hit['how']),
    field: String(hit['field']),
    text: String(hit['text']),
    searchScore: Number(hit['score']),
  }
}

const NAMED = `query ($text: String!, $types: [RecordType!]) {
  search(text: $text, types: $types, first: 20) { how node { id } }
}`
/** The matches by which a text names a record. */
const NAMING = ['REFERENCE', 'NAME', 'INITIALS']

/** Looks up the records that texts name, each once in a batch: `Germany`, `DE` and `DEU` are one country. */
class NamesOfRecords {
  readonly #known = new Map<string, Promise<ReadonlySet<string>>>()

  constructor(readonly ask: AskGraph) {}

  /** Of the values of a property, those that name records of the types that it gives. */
  async of({ property, values }: AskedProperty, found: readonly Named[]): Promise<NamedRecords> {
    const ofTypes = [...new Set(found.map(({ type }) => type))].flatMap((type) => property.ofTypes.get(type) ?? [])
    const types = [...new Set(ofTypes.flatMap(({ types }) => types))].sort()
    if (types.length === 0) return new Map()
    const texts = values.flatMap(({ id, text }) => (id === null ? [text] : []))
    const named = new Map<string, ReadonlySet<string>>()
    // One after the other: a batch that asks much of its own must not keep others from asking.
    for (const text of texts) named.set(text, await this.#named(text, types))
    return named
  }

  #named(text: string, types: readonly string[]): Promise<ReadonlySet<string>> {
    const key = JSON.stringify([text, types])
    const known = this.#known.get(key) ?? this.#ask(text, types)
    this.#known.set(key, known)
    return known
  }

  async #ask(text: string, types: readonly string[]): Promise<ReadonlySet<string>> {
    const { search } = await this.ask(NAMED, { text, types })
    const naming = (search as readonly Row[]).filter(({ how }) => NAMING.includes(String(how)))
    return new Set(naming.map(({ node }) => String((node as Row)['id'])))
  }
}
