import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'

/** Of how many types one is within another: less than half, since what is within is not mostly so again. */
const WITHIN = 0.4

/** How many items the lists of introspection have, each the most that a type of the schema has or the usual number. */
export interface IntrospectionLists {
  /** Of a type that is named. */
  readonly most: ReadonlyMap<string, number>
  /** Of the types of a list, one with another. */
  readonly usual: ReadonlyMap<string, number>
}

/** Counts what introspection can list. */
export const introspectionLists = (schema: GraphQLSchema): IntrospectionLists => {
  const types = Object.values(schema.getTypeMap())
  const fields = types.map((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  )
  const counts = new Map<string, readonly number[]>([
    ['fields', fields.map((each) => each.length)],
    ['args', fields.flat().map(({ args }) => args.length)],
    ['inputFields', types.map((type) => (isInputObjectType(type) ? Object.keys(type.getFields()).length : 0))],
    ['enumValues', types.map((type) => (isEnumType(type) ? type.getValues().length : 0))],
    ['interfaces', types.map((type) => ('getInterfaces' in type ? type.getInterfaces().length : 0))],
    ['possibleTypes', types.map((type) => (isInterfaceType(type) ? schema.getPossibleTypes(type).length : 0))],
    ['types', [types.length]],
    ['directives', [schema.getDirectives().length]],
  ])
  const map = (of: (all: readonly number[]) => number) => new Map([...counts].map(([name, all]) => [name, of(all)]))
  const average = (all: readonly number[]) => all.reduce((sum, each) => sum + each, 0) / Math.max(1, all.length)
  return { most: map((all) => Math.max(1, ...all)), usual: map(average).set('ofType', WITHIN) }
}

/** About how many fields the answer to a document has about the schema itself; each fragment is gone through once. */
export const introspectionSize = ({ definitions }: DocumentNode, lists: IntrospectionLists): number => {
  const fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION)
  const size = new Size(new Map(fragments.map((each) => [each.name.value, each])), lists)
  const operations = definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION)
  return Math.max(0, ...operations.map(({ selectionSet }) => size.ofRoot(selectionSet)))
}

class Size {
  readonly #known = new Map<string, number>()

  constructor(
    readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    readonly lists: IntrospectionLists,
  ) {}

  ofRoot(selection: SelectionSetNode): number {
    return this.#sum(selection, 'root')
  }

  #sum({ selections }: SelectionSetNode, at: 'root' | 'most' | 'usual'): number {
    let sum = 0
    for (const each of selections) {
      if (each.kind === Kind.FRAGMENT_SPREAD) sum += this.#fragment(each.name.value, at)
      else if (each.kind === Kind.INLINE_FRAGMENT) sum += this.#sum(each.selectionSet, at)
      else {
        const name = each.name.value
        if (at === 'root') {
          if (each.selectionSet && (name === '__schema' || name === '__type'))
            sum += 1 + this.#sum(each.selectionSet, name === '__type' ? 'most' : 'usual')
          continue
        }
        const items = this.lists[at].get(name) ?? 1
        // What a named type lists are types like all others.
        const below = this.lists[at].has(name) ? 'usual' : at
        sum += 1 + (each.selectionSet ? items * this.#sum(each.selectionSet, below) : 0)
      }
    }
    return sum
  }

  #fragment(name: string, at: 'root' | 'most' | 'usual'): number {
    const key = `${at} ${name}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.#known.set(key, 0)
    const fragment = this.fragments.get(name)
    const size = fragment ? this.#sum(fragment.selectionSet, at) : 0
    this.#known.set(key, size)
    return size
  }
}
