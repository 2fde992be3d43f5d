import { RapporteurError } from '../errors.js'
import { nearest } from '../search/nearest.js'
import type { Catalogue, Property } from './catalogue.js'

/** What a query asks. */
export interface AskedQuery {
  readonly text: string
  /** The types of records that are asked; null where any type will do. */
  readonly types: readonly string[] | null
  readonly limit: number
  readonly properties: readonly AskedProperty[]
}

/** What is known of the record that is meant. */
export interface AskedProperty {
  readonly property: Property
  readonly values: readonly AskedValue[]
}

/** A value as the client has it; `id` where it is a record itself. */
export interface AskedValue {
  readonly text: string
  readonly id: string | null
}

const DEFAULT_LIMIT = 10
const MAX_LIMIT = 100
const MAX_PROPERTIES = 10
const MAX_VALUES = 10
const KEYS = ['query', 'type', 'type_strict', 'limit', 'properties']
const STRICTNESS = ['any', 'should', 'all']

/** Reads one query of a batch. @throws RapporteurError `BAD_ARGUMENT` with what is wrong, and what to do */
export const readQuery = (written: unknown, catalogue: Catalogue): AskedQuery => {
  if (!isObject(written)) throw bad('The query is no object. Write it as {"query": "…", "type": "Person"}.')
  const unknown = Object.keys(written).find((key) => !KEYS.includes(key))
  if (unknown !== undefined)
    throw bad(`The query has "${quote(unknown)}", which is no part of one.${nearest(unknown, KEYS)}`)
  const properties = readProperties(written['properties'], catalogue)
  return {
    text: readText(written['query'], properties),
    types: readTypes(written['type'], written['type_strict'], catalogue),
    limit: readLimit(written['limit']),
    properties,
  }
}

/** What is looked for; without a `query`, the name among the properties. */
const readText = (query: unknown, properties: readonly AskedProperty[]): string => {
  if (query !== undefined && typeof query !== 'string')
    throw bad('"query" is no text. Write the name to look for in quotation marks.')
  const named = properties.find(({ property }) => NAMES.includes(property.id))?.values[0]?.text
  const text = query ?? named
  if (text === undefined)
    throw bad(
      `The query has no "query", and no property that it could be taken from (${NAMES.join(', ')}). Records are found by what they are called.`,
    )
  if (text.trim() === '') throw bad('"query" is empty. Give a name, a title, a reference or an id.')
  return text
}

/** The properties that tell what a record is called. */
const NAMES = ['name', 'title', 'reference', 'officialName', 'sortName']

const readLimit = (limit: unknown): number => {
  if (limit === undefined || limit === null) return DEFAULT_LIMIT
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit
  throw bad(`"limit" is ${shown(limit)}; it must be a whole number from 1 to ${MAX_LIMIT}.`)
}

const readTypes = (written: unknown, strictness: unknown, catalogue: Catalogue): readonly string[] | null => {
  if (strictness !== undefined && strictness !== null && !STRICTNESS.includes(strictness as string))
    throw bad(`"type_strict" is ${shown(strictness)}; it must be one of ${STRICTNESS.join(', ')}.`)
  const listed = Array.isArray(written) ? (written as readonly unknown[]) : [written]
  const asked = listed.filter((each) => each !== undefined && each !== null && each !== '')
  if (asked.length === 0) return null
  const of = asked.map((each) => recordTypes(each, catalogue))
  const all = [...new Set(of.flat())]
  const types = strictness === 'all' ? all.filter((type) => of.every((types) => types.includes(type))) : all
  const found = types.filter((type) => catalogue.searched.includes(type))
  if (found.length > 0 || types.length === 0) return found
  throw bad(
    `Records of the type ${types.map((type) => `"${type}"`).join(', ')} are not called by anything that could be looked for. Those of these types are: ${catalogue.searched.join(', ')}.`,
  )
}

/** The types of records that a type's id stands for. @throws RapporteurError `BAD_ARGUMENT` */
export const recordTypes = (written: unknown, catalogue: Catalogue): readonly string[] => {
  const id = isObject(written) ? written['id'] : written
  if (typeof id !== 'string')
    throw bad('"type" is no text. Write the id of a type, such as "Person", or a list of such.')
  const type = catalogue.types.get(id)
  if (type) return type.records
  throw bad(`There is no type "${quote(id)}".${nearest(id, [...catalogue.types.keys()])}`)
}

const readProperties = (written: unknown, catalogue: Catalogue): readonly AskedProperty[] => {
  if (written === undefined || written === null) return []
  if (!Array.isArray(written)) throw bad('"properties" is no list. Write it as [{"pid": "country", "v": "Estonia"}].')
  if (written.length > MAX_PROPERTIES)
    throw bad(`The query has ${written.length} properties; at most ${MAX_PROPERTIES} are compared.`)
  return written.map((each: unknown) => {
    if (!isObject(each) || typeof each['pid'] !== 'string' || each['v'] === undefined)
      throw bad('A property has no "pid" or no "v". Write it as {"pid": "country", "v": "Estonia"}.')
    const values = Array.isArray(each['v']) ? (each['v'] as readonly unknown[]) : [each['v']]
    if (values.length > MAX_VALUES)
      throw bad(`The property "${quote(each['pid'])}" has ${values.length} values; at most ${MAX_VALUES} are compared.`)
    const known = values.filter((value) => value !== null && value !== '')
    return { property: propertyOf(each['pid'], catalogue), values: known.map(readValue) }
  })
}

/** The property with this id. @throws RapporteurError `BAD_ARGUMENT` */
export const propertyOf = (id: string, catalogue: Catalogue): Property => {
  const found = catalogue.properties.get(id)
  if (found) return found
  throw bad(
    `There is no property "${quote(id)}".${nearest(id, [...catalogue.properties.keys()])} /reconcile/properties?type=Person lists those of a type.`,
  )
}

const readValue = (value: unknown): AskedValue => {
  if (isObject(value)) {
    if (typeof value['id'] !== 'string') throw bad('A value of a property is an object without an "id".')
    return { text: typeof value['name'] === 'string' ? value['name'] : value['id'], id: value['id'] }
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return { text: String(value), id: null }
  throw bad('A value of a property is a list within a list; write texts, numbers, true, false or {"id": "…"}.')
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const bad = (sentence: string): RapporteurError => new RapporteurError('BAD_ARGUMENT', sentence)

/** A client's value as a sentence quotes it; what has parts may have very many. */
export const shown = (value: unknown): string =>
  typeof value === 'object' && value !== null ? 'a list or an object' : quote(JSON.stringify(value) ?? 'nothing')

/** A client's text as a sentence quotes it. */
export const quote = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
