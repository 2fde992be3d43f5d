import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import type { GraphShape } from '../model/graph-shape.js'
import { isObject, type Json, type JsonObject } from './json.js'

/** The lists that are published whole or not at all, such as `VoteEvent.votes`: where one is empty, nothing is known of it. */
export const wholeOrNoneLists = ({ fields }: GraphShape): ReadonlySet<string> =>
  new Set(
    [...fields].flatMap(([type, mappings]) =>
      [...mappings].flatMap(([name, mapping]) =>
        mapping.kind === 'edge' && mapping.wholeOrNone ? [`${type}.${name}`] : [],
      ),
    ),
  )

/** What a condition left of a list: of none it may be known that there are none, or not. */
type Left = 'some' | 'none' | 'undecided' | 'unknown'

/** An answer in which a list that is not known says so, by `isKnown: false` and a count that is null. */
export interface Marked {
  readonly answer: JsonObject
  /** The lists of records that were narrowed down by a condition, and what was left of them. */
  readonly narrowed: readonly { readonly name: string; readonly left: Left }[]
}

/** Tells the lists of an answer that are empty since nobody knows them from those that are empty. */
export const markUnknown = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  answer: JsonObject,
  wholeOrNone: ReadonlySet<string>,
): Marked => {
  const operation = getOperationAST(document, operationName)
  const query = schema.getQueryType()
  if (!operation || !query) return { answer, narrowed: [] }
  const walk = new Walk(schema, document, wholeOrNone)
  const marked = walk.object(answer, [[query, operation.selectionSet]], 0)
  return { answer: marked, narrowed: walk.narrowed }
}

/** Selections together with the types that they are made on. */
type Selected = readonly (readonly [GraphQLNamedType, SelectionSetNode])[]

interface Place {
  readonly type: GraphQLNamedType
  readonly field: FieldNode
}

class Walk {
  readonly narrowed: Marked['narrowed'][number][] = []
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>

  constructor(
    readonly schema: GraphQLSchema,
    document: DocumentNode,
    readonly wholeOrNone: ReadonlySet<string>,
  ) {
    const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION)
    this.#fragments = new Map(fragments.map((each) => [each.name.value, each]))
  }

  object(value: JsonObject, selected: Selected, depth: number): JsonObject {
    const places = new Map<string, Place[]>()
    for (const [type, set] of selected) this.#collect(type, set, places)
    const unknown = new Set(
      [...places].flatMap(([key, [place]]) =>
        place && this.#isUnknown(place, value[key]) ? [place.field.name.value] : [],
      ),
    )
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        const found = places.get(key) ?? []
        const [place] = found
        const isUnknown = place !== undefined && unknown.has(place.field.name.value) && isEmptyList(inner)
        if (place && depth > 0 && isNarrowed(place.field) && isObject(inner) && 'totalCount' in inner) {
          const left = isUnknown ? 'unknown' : leftOf(inner)
          this.narrowed.push({ name: place.field.name.value, left })
        }
        if (isUnknown) return [key, { ...(inner as JsonObject), totalCount: null, isKnown: false }]
        return [key, this.#value(inner, found, depth + 1)]
      }),
    )
  }

  #value(value: Json, places: readonly Place[], depth: number): Json {
    if (Array.isArray(value)) return value.map((each) => this.#value(each, places, depth))
    if (!isObject(value)) return value
    const selected = places.flatMap(({ type, field }) => {
      const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {}
      const inner = fields[field.name.value]?.type
      return inner && field.selectionSet ? [[getNamedType(inner), field.selectionSet] as const] : []
    })
    return this.object(value, selected, depth)
  }

  #isUnknown({ type, field }: Place, value: Json | undefined): boolean {
    return this.wholeOrNone.has(`${type.name}.${field.name.value}`) && !isNarrowed(field) && isEmptyList(value)
  }

  #collect(type: GraphQLNamedType, { selections }: SelectionSetNode, places: Map<string, Place[]>): void {
    for (const each of selections) {
      if (each.kind === Kind.FIELD) {
        const key = each.alias?.value ?? each.name.value
        places.set(key, [...(places.get(key) ?? []), { type, field: each }])
        continue
      }
      const inner = each.kind === Kind.INLINE_FRAGMENT ? each : this.#fragments.get(each.name.value)
      const on = inner?.typeCondition ? this.schema.getType(inner.typeCondition.name.value) : type
      if (inner && on) this.#collect(on, inner.selectionSet, places)
    }
  }
}

const leftOf = (list: JsonObject): Left => {
  if (!isEmptyList(list)) return 'some'
  const undecided = list['undecidedCount']
  return typeof undecided === 'number' && undecided > 0 ? 'undecided' : 'none'
}

const isEmptyList = (value: Json | undefined): boolean => isObject(value) && value['totalCount'] === 0

const PAGING = new Set(['first', 'after', 'orderBy'])

/** Whether the caller asked for some of a list only; what the document itself always asks, such as `by: GROUP`, is no such condition. */
const isNarrowed = ({ arguments: written = [] }: FieldNode): boolean =>
  written.some(({ name, value }) => name.value === 'where' || (!PAGING.has(name.value) && value.kind === Kind.VARIABLE))
