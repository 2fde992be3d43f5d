import type { AskGraph, Row } from './ask-graph.js'
import type { Catalogue, Property, PropertyOfType } from './catalogue.js'
import { labelOf } from './labels.js'

/** A property that is asked of records, and how many of its values at most. */
export interface AskedOfRecords {
  readonly property: Property
  readonly limit: number
}

/** A record with what was asked of it. */
export interface ReadRecord {
  readonly type: string
  readonly id: string
  readonly name: string
  /** What it is in a few words, to tell it from others of its name: its type, a date, a place. */
  readonly description: string
  /** The values of each property that its type has. */
  readonly values: ReadonlyMap<string, readonly PropertyValue[]>
}

/** A value of a property, as the graph has it. */
export type PropertyValue =
  | { readonly kind: 'text' | 'word' | 'moment'; readonly text: string }
  | { readonly kind: 'number' | 'integer'; readonly number: number }
  | { readonly kind: 'boolean'; readonly is: boolean }
  /** The first and last day that it can mean; null where it is open. */
  | { readonly kind: 'date'; readonly text: string; readonly earliest: string | null; readonly latest: string | null }
  | { readonly kind: 'record'; readonly type: string; readonly id: string; readonly name: string }

/** A value as a sentence has it. */
export const valueInWords = (value: PropertyValue): string => {
  switch (value.kind) {
    case 'number':
    case 'integer':
      return String(value.number)
    case 'boolean':
      return value.is ? 'yes' : 'no'
    case 'record':
      return value.name
    case 'word':
      return value.text.replaceAll('_', ' ').toLowerCase()
    default:
      return value.text
  }
}

/** Characters of a fact in a description. */
const FACT = 120

const factInWords = (value: PropertyValue): string => {
  const text = valueInWords(value)
  return text.length > FACT ? `${text.slice(0, FACT).replace(/[\uD800-\uDBFF]$/, '')}…` : text
}

/** Ids that are asked at once: as many as `nodes` takes, and fewer where each brings lists. */
const AT_ONCE = { plain: 100, withLists: 20 }

/** A record that an id leads to. */
export interface Named {
  readonly type: string
  readonly id: string
}

const OF_IDS = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }'

/** Finds what ids lead to, also those that were merged into others; null for each that leads nowhere. */
export const findRecords = async (ask: AskGraph, ids: readonly string[]): Promise<readonly (Named | null)[]> => {
  const found: (Named | null)[] = []
  for (const some of chunks(ids, AT_ONCE.plain)) found.push(...namedOf((await ask(OF_IDS, { ids: some }))['nodes']))
  return found
}

/** Records as they are asked by type and id. */
export const namedOf = (nodes: unknown): readonly (Named | null)[] =>
  (nodes as readonly (Row | null)[]).map((node) => node && { type: String(node['__typename']), id: String(node['id']) })

/** Reads records with their properties, by id; what was deleted meanwhile is left out. */
export const readRecords = async (
  ask: AskGraph,
  catalogue: Catalogue,
  records: readonly Named[],
  asked: readonly AskedOfRecords[],
): Promise<ReadonlyMap<string, ReadRecord>> => {
  const byType = new Map<string, Set<string>>()
  for (const { type, id } of records) byType.set(type, (byType.get(type) ?? new Set<string>()).add(id))
  const read = new Map<string, ReadRecord>()
  for (const [type, ids] of byType) {
    const question = new RecordQuestion(catalogue, type, asked)
    for (const some of chunks([...ids], question.hasLists ? AT_ONCE.withLists : AT_ONCE.plain)) {
      const { nodes } = await ask(question.text, { ids: some, ...question.variables })
      for (const row of nodes as readonly (Row | null)[])
        if (row?.['id']) read.set(String(row['id']), question.read(row))
    }
  }
  return read
}

/** A question for records of one type. Fields keep their names, so that no two of its fields are at odds. */
class RecordQuestion {
  readonly text: string
  readonly variables: Readonly<Record<string, number>>
  readonly hasLists: boolean
  readonly #telling: readonly string[]
  readonly #asked: readonly (readonly [id: string, ofType: PropertyOfType, limit: number])[]

  constructor(
    readonly catalogue: Catalogue,
    readonly type: string,
    asked: readonly AskedOfRecords[],
  ) {
    this.#telling = catalogue.tellingProperties(type).map(({ id }) => id)
    const telling = catalogue.tellingProperties(type).map((property) => ({ property, limit: 1 }))
    const once = new Map([...telling, ...asked].map((each) => [each.property.id, each]))
    this.#asked = [...once.values()].flatMap(({ property, limit }) => {
      const ofType = property.ofTypes.get(type)
      return ofType ? [[property.id, ofType, Math.min(limit, ofType.list?.max ?? limit)] as const] : []
    })
    // In one order, so that the same properties are the same question.
    const sorted = [...this.#asked].sort(([a], [b]) => (a < b ? -1 : 1))
    const listed = sorted.filter(([, { list }]) => list?.takesFirst)
    this.hasLists = sorted.some(([, { list }]) => list)
    this.variables = Object.fromEntries(listed.map(([id, , limit]) => [`first_${id}`, limit]))
    const declared = ['$ids: [ID!]!', ...listed.map(([id]) => `$first_${id}: Int`)].join(', ')
    const fields = ['id', ...catalogue.labelColumns(type), ...sorted.map(([id, ofType]) => this.#select(id, ofType))]
    this.text = `query (${declared}) { nodes(ids: $ids) { ... on ${type} { ${fields.join(' ')} } } }`
  }

  #select(id: string, { kind, field, within, list, types }: PropertyOfType): string {
    if (kind === 'fuzzyDate') return `${field} { edtf earliest latest }`
    if (kind !== 'record') return within === null ? field : `${field} { ${within} }`
    const record = `{ ${selectLabels(this.catalogue, types)} }`
    if (!list) return `${field} ${record}`
    return `${field}${list.takesFirst ? `(first: $first_${id})` : ''} { nodes ${record} }`
  }

  read(row: Row): ReadRecord {
    const values = this.#asked.map(([id, ofType, limit]) => [id, this.#values(ofType, row).slice(0, limit)] as const)
    const name = labelOf(this.catalogue.labelColumns(this.type), row)
    return {
      type: this.type,
      id: String(row['id']),
      name,
      description: this.#describe(name, new Map(values)),
      values: new Map(values),
    }
  }

  #describe(name: string, values: ReadRecord['values']): string {
    const facts = this.#telling.flatMap((id) => (values.get(id) ?? []).slice(0, 1).map(factInWords))
    const type = this.catalogue.types.get(this.type)?.name ?? this.type
    return [type, ...facts.filter((fact) => fact !== name)].join(', ')
  }

  #values({ kind, field, within, list }: PropertyOfType, row: Row): readonly PropertyValue[] {
    const whole = list ? (row[field] as Row)['nodes'] : row[field]
    const parts = (Array.isArray(whole) ? whole : [whole]).map((part: unknown) =>
      within !== null && part ? (part as Row)[within] : part,
    )
    return parts.flatMap((part) => (part === null || part === undefined ? [] : [this.#value(kind, part)]))
  }

  #value(kind: PropertyOfType['kind'], part: unknown): PropertyValue {
    switch (kind) {
      case 'number':
      case 'integer':
        return { kind, number: Number(part) }
      case 'boolean':
        return { kind, is: part === true }
      case 'day':
        return { kind: 'date', text: String(part), earliest: String(part), latest: String(part) }
      case 'fuzzyDate': {
        const { edtf, earliest, latest } = part as Record<'edtf' | 'earliest' | 'latest', string | null>
        return { kind: 'date', text: String(edtf), earliest, latest }
      }
      case 'record': {
        const row = part as Row
        const type = String(row['__typename'])
        const columns = this.catalogue.labelColumns(type)
        const told = columns.map((column) => [column, row[column] ?? row[givenName(column)]])
        return {
          kind,
          type,
          id: String(row['id']),
          name: labelOf(columns, { id: row['id'], ...Object.fromEntries(told) }),
        }
      }
      default:
        return { kind, text: String(part) }
    }
  }
}

/** Selects what records of several types are called. */
const selectLabels = (catalogue: Catalogue, types: readonly string[]): string => {
  const columns = types.map((type) => [type, catalogue.labelColumns(type)] as const)
  // One name must not stand for what may be null and what may not.
  const isAtOdds = (column: string) =>
    new Set(columns.flatMap(([type, all]) => (all.includes(column) ? [catalogue.isAlwaysThere(type, column)] : [])))
      .size > 1
  const select = (type: string, column: string) =>
    isAtOdds(column) && catalogue.isAlwaysThere(type, column) ? `${givenName(column)}: ${column}` : column
  const fragments = columns.flatMap(([type, all]) =>
    all.length > 0 ? [`... on ${type} { ${all.map((column) => select(type, column)).join(' ')} }`] : [],
  )
  return ['__typename id', ...fragments].join(' ')
}

const givenName = (column: string): string => `given_${column}`

const chunks = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
