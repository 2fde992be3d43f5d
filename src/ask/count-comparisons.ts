import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** Two fragments at one place cost validation as much as so many pairs of fields. */
const FRAGMENT_PAIR = 4
/** Selections that are looked at for the count; where fragments open out further, it says that it is without end. */
const MAX_SELECTIONS = 20_000

/**
 * How many pairs of fields validation has to compare to tell whether those of one name can be merged: all that a place
 * of the answer is asked for under that name, each with each. The rule goes through them one by one; this multiplies.
 */
export const countComparisons = ({ definitions }: DocumentNode): number => {
  const fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION)
  const count = new Count(new Map(fragments.map((each) => [each.name.value, each])))
  for (const each of definitions) if ('selectionSet' in each) count.add([each.selectionSet])
  return count.comparisons
}

class Count {
  comparisons = 0
  #selections = 0
  readonly #numbers = new Map<SelectionSetNode, number>()
  readonly #counted = new Set<string>()

  constructor(readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>) {}

  /** Counts a place at which all these are asked, and those below it; once, however it is reached. */
  add(sets: readonly SelectionSetNode[]): void {
    const key = sets.map((set) => this.#numberOf(set)).join(' ')
    if (this.#counted.has(key) || this.comparisons === Number.POSITIVE_INFINITY) return
    this.#counted.add(key)
    const fields = new Map<string, FieldNode[]>()
    const spread = new Set<string>()
    for (const set of sets) this.#collect(set.selections, fields, spread)
    this.comparisons += pairs(spread.size) * FRAGMENT_PAIR
    for (const places of fields.values()) {
      this.comparisons += pairs(places.length)
      const below = places.flatMap(({ selectionSet }) => selectionSet ?? [])
      if (below.length > 0) this.add(below)
    }
  }

  #collect(selections: readonly SelectionNode[], fields: Map<string, FieldNode[]>, spread: Set<string>): void {
    this.#selections += selections.length
    if (this.#selections > MAX_SELECTIONS) this.comparisons = Number.POSITIVE_INFINITY
    if (this.comparisons === Number.POSITIVE_INFINITY) return
    for (const each of selections) {
      if (each.kind === Kind.FIELD) {
        const name = each.alias?.value ?? each.name.value
        const places = fields.get(name)
        if (places) places.push(each)
        else fields.set(name, [each])
      } else if (each.kind === Kind.INLINE_FRAGMENT) {
        this.#collect(each.selectionSet.selections, fields, spread)
      } else if (!spread.has(each.name.value)) {
        spread.add(each.name.value)
        this.#collect(this.fragments.get(each.name.value)?.selectionSet.selections ?? [], fields, spread)
      }
    }
  }

  #numberOf(set: SelectionSetNode): number {
    const number = this.#numbers.get(set) ?? this.#numbers.size
    this.#numbers.set(set, number)
    return number
  }
}

const pairs = (count: number): number => (count * (count - 1)) / 2
