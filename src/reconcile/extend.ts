import { refuse } from '../ask/refuse.js'
import type { AskGraph } from './ask-graph.js'
import type { Catalogue, Property } from './catalogue.js'
import { bad, isObject, propertyOf, quote, shown } from './read-query.js'
import { type AskedOfRecords, findRecords, type PropertyValue, readRecords } from './record-rows.js'

/** Values of a property that has several, unless a setting asks for more or fewer. */
export const DEFAULT_VALUES = 20
const MAX_VALUES = 100
/** Records and properties of a request, and what a client may write for an id. */
const MAX_IDS = 100
const MAX_PROPERTIES = 20
const LONGEST_ID = 200

/** A value as the API has it; it has no booleans, so that these are texts. */
type ExtendedValue =
  | { readonly str: string }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly date: string }
  | { readonly id: string; readonly name: string }

/** The values of properties of records; of an id that leads nowhere there are none. @throws RapporteurError, GraphQLError */
export const extendRecords = async (written: unknown, ask: AskGraph, catalogue: Catalogue) => {
  const { ids, asked } = readExtension(written, catalogue)
  const known = ids.filter((id) => id.trim() !== '' && id.length <= LONGEST_ID)
  const found = await findRecords(ask, known)
  const records = await readRecords(
    ask,
    catalogue,
    found.filter((each) => each !== null),
    asked,
  )
  const byAskedId = new Map(known.map((id, i) => [id, records.get(found[i]?.id ?? '')]))
  const valuesOf = (id: string, property: Property) =>
    (byAskedId.get(id)?.values.get(property.id) ?? []).map(asExtended)
  return {
    meta: asked.map(({ property }) => ({ id: property.id, name: property.name, ...metaType(property, catalogue) })),
    rows: Object.fromEntries(
      ids.map((id) => [id, Object.fromEntries(asked.map(({ property }) => [property.id, valuesOf(id, property)]))]),
    ),
  }
}

const readExtension = (
  written: unknown,
  catalogue: Catalogue,
): { readonly ids: readonly string[]; readonly asked: readonly AskedOfRecords[] } => {
  const { ids, properties } = isObject(written) ? written : {}
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string') || !Array.isArray(properties))
    throw bad(
      '`extend` is no JSON object with ids and properties, such as {"ids": ["iso:KZ"], "properties": [{"id": "kind"}]}.',
    )
  const different = [...new Set(ids as readonly string[])]
  checkCount(different.length, MAX_IDS, 'ids')
  checkCount(properties.length, MAX_PROPERTIES, 'properties')
  const asked = properties.map((each: unknown) => {
    if (!isObject(each) || typeof each['id'] !== 'string')
      throw bad('A property has no "id". Write it as {"id": "country"}.')
    return { property: propertyOf(each['id'], catalogue), limit: readLimit(each['settings']) }
  })
  return { ids: different, asked: [...new Map(asked.map((each) => [each.property.id, each])).values()] }
}

const checkCount = (count: number, most: number, what: string): void => {
  if (count <= most) return
  const sentence = `The request has ${count} ${what}; the limit is ${most}. Ask for the others in further requests.`
  throw refuse('BATCH_LIMIT', 413, sentence)
}

/** How many values a setting asks for; a form may give the number as a text. */
const readLimit = (settings: unknown): number => {
  const { limit: written, ...others } = isObject(settings) ? settings : {}
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined)
    throw bad(`There is no setting "${quote(unknown)}". The one setting is "limit", how many values are given.`)
  if (written === undefined || written === null || written === '') return DEFAULT_VALUES
  const limit = typeof written === 'string' ? Number(written) : written
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1) return Math.min(limit, MAX_VALUES)
  throw bad(`The setting "limit" is ${shown(written)}; it must be a whole number from 1 to ${MAX_VALUES}.`)
}

/** The one type of the records that a property gives, if it gives any and they are of one. */
const metaType = ({ ofTypes }: Property, { types }: Catalogue) => {
  const given = [...new Set([...ofTypes.values()].flatMap((of) => of.types))]
  const type = given.length === 1 ? types.get(given[0] as string) : undefined
  return type && [...ofTypes.values()].every(({ kind }) => kind === 'record')
    ? { type: { id: type.id, name: type.name } }
    : {}
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

const asExtended = (value: PropertyValue): ExtendedValue => {
  switch (value.kind) {
    case 'integer':
      return { int: value.number }
    case 'number':
      return { float: value.number }
    case 'boolean':
      return { str: String(value.is) }
    // A date of the API has a time: a day is its first moment; a month or a year is none, and stays a text.
    case 'date':
      return DAY.test(value.text) ? { date: `${value.text}T00:00:00Z` } : { str: value.text }
    case 'moment':
      return { date: value.text }
    case 'record':
      return { id: value.id, name: value.name }
    default:
      return { str: value.text }
  }
}
