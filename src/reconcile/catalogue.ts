import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { type FieldMapping, type GraphShape, MERGE } from '../model/graph-shape.js'
import { searchColumns } from '../model/search/search-fields.js'
import { labelColumns } from './labels.js'

/** A type of records, or one that stands for several: `Entity` is broader than `Person`. */
export interface ServiceType {
  readonly id: string
  readonly name: string
  readonly description: string
  /** The types of records that it stands for: itself alone, or several. */
  readonly records: readonly string[]
  /** The types that are directly broader. */
  readonly broader: readonly string[]
}

/** What a property's values are. */
export type ValueKind = 'text' | 'word' | 'number' | 'integer' | 'boolean' | 'day' | 'moment' | 'fuzzyDate' | 'record'

/** A property as the records of one type have it. */
export interface PropertyOfType {
  readonly kind: ValueKind
  readonly description: string
  /** The field, and the one within it: `tally` and `for` of `tally.for`; `names` and `text`. */
  readonly field: string
  readonly within: string | null
  /** Set on a list of records: how many it gives at most, and whether that can be asked. */
  readonly list: { readonly max: number; readonly takesFirst: boolean } | null
  /** Whether a record may have several values. */
  readonly isMany: boolean
  /** The types of the records that it gives. */
  readonly types: readonly string[]
}

/** A property: what records of one or more types tell under one name. */
export interface Property {
  readonly id: string
  readonly name: string
  readonly ofTypes: ReadonlyMap<string, PropertyOfType>
}

/** The types and properties of the service, read from the graph's shape and the schema that is served. */
export class Catalogue {
  /** Those of records first, the ones that are meant most often before others; then those that are broader. */
  readonly types: ReadonlyMap<string, ServiceType>
  readonly properties: ReadonlyMap<string, Property>
  /** The types of records, whether or not they can be found by what they are called. */
  readonly records: readonly string[]
  /** The types whose records can be found by what they are called. */
  readonly searched: readonly string[]

  constructor(
    readonly shape: GraphShape,
    readonly schema: GraphQLSchema,
  ) {
    this.searched = [...searchColumns(shape).keys()]
    const others = [...shape.nodes.values()].filter(({ name, own }) => !own && name !== MERGE.type)
    const records = [...new Set([...this.searched, ...others.map(({ name }) => name)])]
    this.records = records
    this.types = new Map([...this.#recordTypes(records), ...this.#broaderTypes(records)].map((type) => [type.id, type]))
    const properties = new Map<string, Map<string, PropertyOfType>>()
    for (const type of records) {
      for (const [id, property] of this.#propertiesOf(type)) {
        properties.set(id, (properties.get(id) ?? new Map<string, PropertyOfType>()).set(type, property))
      }
    }
    this.properties = new Map(
      [...properties].map(([id, ofTypes]) => [id, { id, name: inWords(id.replaceAll('.', ' ')), ofTypes }]),
    )
  }

  labelColumns(type: string): readonly string[] {
    return labelColumns(this.shape, type)
  }

  /** The properties by which records of the same name are told apart: a date, a description or a neighbour, a word of an enum. */
  tellingProperties(type: string): readonly Property[] {
    const single = this.#propertiesOf(type).filter(([, { isMany }]) => !isMany)
    const firstOf = (...kinds: readonly ValueKind[]) => single.find(([, { kind }]) => kinds.includes(kind))
    const described = single.find(([id]) => id === 'description')
    const found = [firstOf('day', 'fuzzyDate'), described ?? firstOf('record'), firstOf('word')]
    return found.flatMap((each) => this.properties.get(each?.[0] ?? '') ?? [])
  }

  /** Whether records of a type always have a value in a column. */
  isAlwaysThere(type: string, column: string): boolean {
    return isNonNullType(this.#objectType(type).getFields()[column]?.type)
  }

  #objectType(type: string): GraphQLObjectType {
    const found = this.schema.getType(type)
    if (!isObjectType(found)) throw new Error(`The served schema has no type "${type}".`)
    return found
  }

  #recordTypes(records: readonly string[]): readonly ServiceType[] {
    return records.map((id) => ({
      ...describe(this.#objectType(id)),
      records: [id],
      broader: this.#objectType(id)
        .getInterfaces()
        .map(({ name }) => name)
        .filter((name) => name !== 'Node'),
    }))
  }

  #broaderTypes(records: readonly string[]): readonly ServiceType[] {
    return Object.values(this.schema.getTypeMap()).flatMap((type) => {
      if (!isInterfaceType(type) || type.name === 'Node') return []
      const possible = this.schema.getPossibleTypes(type).map(({ name }) => name)
      const narrower = records.filter((record) => possible.includes(record))
      return narrower.length > 0 ? [{ ...describe(type), records: narrower, broader: [] }] : []
    })
  }

  #propertiesOf(type: string): readonly (readonly [string, PropertyOfType])[] {
    const fields = this.#objectType(type).getFields()
    return [...(this.shape.fields.get(type) ?? [])].flatMap(([field, mapping]) => {
      const definition = fields[field]
      if (!definition || field === 'id') return []
      const description = definition.description ?? ''
      const takesFirst = definition.args.some(({ name }) => name === 'first')
      return this.#read(field, mapping, takesFirst).map(
        ([id, read]) => [id, { description, field, within: null, list: null, types: [], ...read }] as const,
      )
    })
  }

  #read(field: string, mapping: FieldMapping, takesFirst: boolean): readonly (readonly [string, ReadProperty])[] {
    switch (mapping.kind) {
      case 'column': {
        const { kind, type } = mapping.column
        const isMany = kind === 'values'
        return [[field, { kind: this.#kindOf(kind, type), isMany, ...(type === 'Name' && { within: 'text' }) }]]
      }
      case 'embedded':
        if (mapping.type === 'FuzzyDate') return [[field, { kind: 'fuzzyDate', isMany: false }]]
        return [...mapping.fields].map(([within, { kind, type }]) => [
          `${field}.${within}`,
          { kind: this.#kindOf(kind, type), isMany: false, within },
        ])
      case 'edge': {
        const { types, connection, max } = mapping
        const list = connection && { max, takesFirst }
        return [[field, { kind: 'record', isMany: list !== null, list, types }]]
      }
      case 'citations':
        return [[field, { kind: 'record', isMany: true, list: { max: 100, takesFirst }, types: ['Source'] }]]
      default:
        return []
    }
  }

  #kindOf(kind: string, type: string): ValueKind {
    if (kind === 'integer' || kind === 'number' || kind === 'boolean') return kind
    if (type === 'Date') return 'day'
    if (type === 'DateTime') return 'moment'
    return isEnumType(this.schema.getType(type)) ? 'word' : 'text'
  }
}

type ReadProperty = Pick<PropertyOfType, 'kind' | 'isMany'> & Partial<PropertyOfType>

const describe = ({ name, description }: GraphQLNamedType) => ({
  id: name,
  name: inWords(name),
  description: description ?? '',
})

/** A name of the schema as words: `VoteEvent` is a vote event. */
const inWords = (name: string): string => {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return /^[A-Z]/.test(name) ? words.charAt(0).toUpperCase() + words.slice(1) : words
}
