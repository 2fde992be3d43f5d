import { MAX_ID_LENGTH } from '../../model/records.js'
import { digestOf as digestOfWords } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import { isObject, type Json, type JsonObject, shown } from '../read/read-json-lines.js'
import { checkDate } from './dates.js'
import { DATES } from './schemata.js'

/** A value of a property, with its language as a BCP 47 tag where the file tells it. */
export interface FtmValue {
  readonly text: string
  readonly language?: string
}

/** What one data set, or several that cannot be told apart, say about an entity. */
export interface Said {
  /** The line on which it begins. */
  readonly line: number
  /** None where the file names no data set. */
  readonly datasets: readonly string[]
  readonly values: ReadonlyMap<string, readonly FtmValue[]>
}

/** An entity of FollowTheMoney. */
export interface FtmEntity {
  readonly id: string
  readonly schema: string
  /** The name that the file shows, in the form that has one. */
  readonly caption: string | null
  /** Ids of records that were merged into it. */
  readonly referents: readonly string[]
  readonly said: readonly Said[]
  /** Its number among the entities that are nested in its line; 0 for the one that the line is. */
  readonly nested: number
  /** The lines that it takes. */
  readonly lines: number
}

/** One value, as the form of statements has it. */
export interface FtmStatement {
  readonly line: number
  readonly id: string
  /** The id of the data set's own record. */
  readonly entityId: string
  readonly schema: string
  readonly property: string
  readonly value: FtmValue
  readonly dataset: string
  /** Whether it is a candidate of another data set, which nobody has confirmed. */
  readonly external: boolean
}

/** A number that stands for what an entity says; 0 where several say it, each on a line of its own. */
export const digestOf = ({ schema, caption, referents, said: [said, ...others] }: FtmEntity): number =>
  said && others.length === 0
    ? digestOfWords(JSON.stringify([schema, caption, referents, said.datasets, [...said.values]]))
    : 0

/** The keys of each form; others are told in a note. */
export const ENTITY_KEYS: ReadonlySet<string> = new Set(
  'id schema caption properties statements datasets referents first_seen last_seen last_change target'.split(' '),
)
export const STATEMENT_KEYS: ReadonlySet<string> = new Set(
  'id entity_id canonical_id prop prop_type schema value dataset lang original_value external first_seen last_seen origin'.split(
    ' ',
  ),
)

export const nodeId = (id: string): string => `ftm:${id}`
export const sourceId = (dataset: string): string => `source:ftm-${dataset}`

/** Reads what is said of an entity besides its values. @throws BadCell */
export const readHead = (value: JsonObject): Omit<FtmEntity, 'said' | 'nested'> => {
  const caption = optionalText(value, 'caption')
  return {
    id: idOf(textOf(value, 'id'), 'id'),
    schema: textOf(value, 'schema'),
    caption: caption?.trim() || null,
    referents: value['referents'] == null ? [] : textsOf(value['referents'], 'referents'),
    lines: 1,
  }
}

/** Reads an entity that has its values by property. @throws BadCell */
export const readEntity = (value: JsonObject, line: number): FtmEntity => {
  const head = readHead(value)
  const { properties } = value
  if (!isObject(properties)) throw new BadCell(`"properties" is ${shown(properties)}, which is not an object.`)
  const values = new Map(
    Object.entries(properties).map(([name, list]) => [name, textsOf(list, name).map((text) => ({ text }))]),
  )
  return { ...head, nested: 0, said: [{ line, datasets: datasetsOf(value['datasets']), values }] }
}

/** Reads a line of the form of statements. @throws BadCell */
export const readStatement = (value: JsonObject, line: number): FtmStatement => {
  const canonicalId = optionalText(value, 'canonical_id')
  const entityId = canonicalId === null ? textOf(value, 'entity_id') : optionalText(value, 'entity_id')
  const property = textOf(value, 'prop')
  const text = textOf(value, 'value')
  if (DATES.has(property)) checkDate(property, text)
  const language = languageOf(optionalText(value, 'lang'))
  const [dataset] = datasetsOf([textOf(value, 'dataset')])
  return {
    line,
    id: idOf(canonicalId ?? (entityId as string), 'canonical_id'),
    entityId: entityId ?? (canonicalId as string),
    schema: textOf(value, 'schema'),
    property,
    value: { text, ...(language && { language }) },
    dataset: dataset as string,
    external: isTrue(value['external']),
  }
}

/** Checks the days of an entity. @throws BadCell for one that does not exist */
export const checkDates = ({ said }: FtmEntity): void => {
  for (const { values } of said) {
    for (const property of DATES) for (const { text } of values.get(property) ?? []) checkDate(property, text)
  }
}

const textOf = (value: JsonObject, key: string): string => {
  const text = value[key]
  if (text === undefined || text === null || text === '') throw new BadCell(`"${key}" is missing.`)
  if (typeof text !== 'string') throw new BadCell(`"${key}" is ${shown(text)}, which is not text.`)
  return text
}

const optionalText = (value: JsonObject, key: string): string | null =>
  value[key] === undefined || value[key] === null || value[key] === '' ? null : textOf(value, key)

const textsOf = (list: Json | undefined, name: string): readonly string[] => {
  if (!Array.isArray(list)) throw new BadCell(`"${name}" is ${shown(list)}, which is not a list.`)
  const wrong = (list as readonly Json[]).find((item) => typeof item !== 'string')
  if (wrong !== undefined) throw new BadCell(`"${name}" has ${shown(wrong)}, which is not text.`)
  return list as readonly string[]
}

const idOf = (id: string, key: string): string => {
  const problem =
    nodeId(id).length > MAX_ID_LENGTH
      ? `is longer than ${MAX_ID_LENGTH - nodeId('').length} characters`
      : // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
        /[\s\u0000-\u001f\u007f]/.test(id) || !id.isWellFormed()
        ? 'has a space, a control character or half of a surrogate pair'
        : null
  if (problem) throw new BadCell(`"${key}" is ${shown(id)}, which ${problem}.`)
  return id
}

const datasetsOf = (list: Json | undefined): readonly string[] => {
  if (list === undefined || list === null) return []
  const datasets = [...new Set(textsOf(list, 'datasets'))]
  const wrong = datasets.find((name) => !/^[\p{L}\p{N}_.-]{1,150}$/u.test(name))
  if (wrong !== undefined)
    throw new BadCell(`The data set is ${shown(wrong)}, which is not a name of letters, digits, "_", "-" and ".".`)
  return datasets
}

const isTrue = (value: Json | undefined): boolean =>
  value === true || (typeof value === 'string' && /^(t|true|1)$/i.test(value))

/** A language as BCP 47 has it: FollowTheMoney writes `rus`. */
const languageOf = (written: string | null): string | null => {
  try {
    return (written && Intl.getCanonicalLocales(written)[0]) || null
  } catch {
    return null
  }
}
