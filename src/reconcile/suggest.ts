import { foldText } from '../model/fold.js'
import type { AskGraph, Row } from './ask-graph.js'
import type { Catalogue, ServiceType } from './catalogue.js'
import { bad, quote, recordTypes } from './read-query.js'
import { findRecords, type Named, readRecords } from './record-rows.js'

/** Suggestions of an answer, and those that can be had at all. */
const PAGE = 20
const MOST = 100
const LONGEST_ID = 200
const LONGEST_PREFIX = 300

/** What is typed, how many suggestions are known already, and of which type they are to be. */
export interface SuggestQuery {
  readonly prefix: string
  readonly cursor: number
  readonly type: string | null
}

/** Reads what is typed. @throws RapporteurError `BAD_ARGUMENT` */
export const readSuggestQuery = (parameters: URLSearchParams): SuggestQuery => {
  const prefix = parameters.get('prefix')
  if (prefix === null) throw bad('The address has no `prefix`, which is what was typed so far.')
  if (prefix.length > LONGEST_PREFIX)
    throw bad(`\`prefix\` has ${prefix.length} characters; the limit is ${LONGEST_PREFIX}.`)
  const cursor = parameters.get('cursor') || '0'
  if (!/^\d{1,4}$/.test(cursor)) throw bad(`\`cursor\` is "${quote(cursor)}"; it must be a whole number.`)
  return { prefix: prefix.trim(), cursor: Number(cursor), type: parameters.get('type') || null }
}

const SEARCH = `query ($text: String!, $types: [RecordType!], $first: Int!) {
  search(text: $text, types: $types, first: $first) { node { __typename id } }
}`

/** Records whose names begin so, or that have this id. */
export const suggestEntities = async ({ prefix, cursor, type }: SuggestQuery, ask: AskGraph, catalogue: Catalogue) => {
  const types = type === null ? null : recordTypes(type, catalogue)
  const first = Math.min(MOST, cursor + PAGE)
  if (prefix === '' || cursor >= MOST) return { result: [] }
  const isId = prefix.length <= LONGEST_ID && !/\s/.test(prefix)
  const byId = (isId ? await findRecords(ask, [prefix]) : []).filter((each) => each !== null)
  const { search } = await ask(SEARCH, { text: prefix, ...(types && { types }), first })
  const bySearch = (search as readonly Row[]).map(({ node }): Named => {
    const { __typename, id } = node as Row
    return { type: String(__typename), id: String(id) }
  })
  const all = [...byId.filter((each) => types?.includes(each.type) ?? true), ...bySearch]
  const page = [...new Map(all.map((each) => [each.id, each])).values()].slice(cursor, cursor + PAGE)
  const records = await readRecords(ask, catalogue, page, [])
  const result = page.flatMap((named) => {
    const record = records.get(named.id)
    if (!record) return []
    const notable = [{ id: record.type, name: catalogue.types.get(record.type)?.name ?? record.type }]
    return [{ id: record.id, name: record.name, description: record.description, notable }]
  })
  return { result }
}

/** Types by the beginning of a word of theirs. */
export const suggestTypes = ({ prefix, cursor }: SuggestQuery, { types }: Catalogue) => ({
  result: pageOf([...types.values()], prefix, cursor).map((type) => describeType(type, types)),
})

const describeType = ({ id, name, description, broader }: ServiceType, types: Catalogue['types']) => ({
  id,
  name,
  description,
  ...(broader.length > 0 && { broader: broader.map((each) => ({ id: each, name: types.get(each)?.name ?? each })) }),
})

/** Properties by the beginning of a word of theirs. */
export const suggestProperties = ({ prefix, cursor, type }: SuggestQuery, catalogue: Catalogue) => {
  const properties = type === null ? [...catalogue.properties.values()] : propertiesOf(type, catalogue)
  const result = pageOf(properties, prefix, cursor).map(({ id, name, ofTypes }) => ({
    id,
    name,
    description: [...ofTypes.values()][0]?.description ?? '',
  }))
  return { result }
}

/** The properties that can be asked of a type. @throws RapporteurError `BAD_ARGUMENT` */
export const proposeProperties = (parameters: URLSearchParams, catalogue: Catalogue) => {
  const type = parameters.get('type') || null
  const limit = parameters.get('limit') || null
  if (limit !== null && !/^[1-9]\d{0,3}$/.test(limit))
    throw bad(`\`limit\` is "${quote(limit)}"; it must be a whole number from 1.`)
  const all = type === null ? [...catalogue.properties.values()] : propertiesOf(type, catalogue)
  const properties = all.slice(0, limit === null ? all.length : Number(limit)).map(({ id, name }) => ({ id, name }))
  return { ...(type !== null && { type }), ...(limit !== null && { limit: Number(limit) }), properties }
}

const propertiesOf = (type: string, catalogue: Catalogue) => {
  const types = recordTypes(type, catalogue)
  return [...catalogue.properties.values()].filter(({ ofTypes }) => types.some((each) => ofTypes.has(each)))
}

/** Those of which a word begins so, the whole name first. */
const pageOf = <T extends { readonly id: string; readonly name: string }>(
  all: readonly T[],
  prefix: string,
  cursor: number,
): readonly T[] => {
  const folded = foldText(prefix)
  const wordsOf = ({ id, name }: T) => [foldText(id), foldText(name), ...foldText(name).split(' ')]
  const found = all.filter((each) => wordsOf(each).some((word) => word.startsWith(folded)))
  const isWhole = ({ id, name }: T) => foldText(id) === folded || foldText(name) === folded
  return [...found.filter(isWhole), ...found.filter((each) => !isWhole(each))].slice(cursor, cursor + PAGE)
}
