import type { ASTNode } from 'graphql'
import { RapporteurError } from '../errors.js'
import { type Bound, type BoundValue, boundValue, constant, type Reading, type Value } from '../store/values.js'
import { Hole, valueAt } from './holes.js'
import { readValue } from './read-value.js'
import { at } from './refused-at.js'

/** A hole of a plan, and where its value is written: in the document and, for whoever reads the message, in its arguments. */
interface Place {
  readonly value: Value & { readonly from: 'variable' }
  readonly where: string
  readonly nodes: readonly ASTNode[]
}

/** Two values of which the first must not be above the second. */
/** The bounds of a range. */
interface Bounds {
  readonly low: Value
  readonly high: Value
  /** Whether one of them is no part of it. */
  readonly isOpen: boolean
}

interface Range extends Bounds {
  readonly where: string
  readonly nodes: readonly ASTNode[]
}

/** Collects the values of a plan while it is made, and reads them for each request. */
export class PlanValues {
  readonly #holes: Place[] = []
  readonly #ranges: Range[] = []

  /**
   * What an argument gives: read at once where the document says it, a hole where a variable does.
   * @throws GraphQLError where it cannot be read
   */
  value(written: unknown, reading: Reading, where: string, nodes: readonly ASTNode[]): Value {
    if (written instanceof Hole) {
      const value = { from: 'variable' as const, path: written.path, read: reading }
      this.#holes.push({ value, where, nodes })
      return value
    }
    if (Array.isArray(written) && written.some((each) => each instanceof Hole))
      return { from: 'list', of: written.map((each) => this.value(each, itemOf(reading), where, nodes)) }
    return constant(at(nodes, () => readValue(written, reading, where)))
  }

  range({ low, high, isOpen }: Bounds, where: string, nodes: readonly ASTNode[]): void {
    const range = { low, high, isOpen, where, nodes }
    if (low.from === 'constant' && high.from === 'constant') checkRange(range, new Map())
    else this.#ranges.push(range)
  }

  /** @throws GraphQLError where a value cannot be read */
  bind(variables: Readonly<Record<string, unknown>>): Bound {
    const bound = new Map<Value, BoundValue>()
    for (const { value, where, nodes } of this.#holes)
      bound.set(
        value,
        at(nodes, () => readValue(valueAt(variables, value.path), value.read, where)),
      )
    for (const range of this.#ranges) checkRange(range, bound)
    return bound
  }
}

/** How one value of a list is read. */
const itemOf = ({ how }: Reading): Reading => {
  if (how === 'ids' || how === 'idList') return { how: 'id' }
  return { how: how === 'foldedList' ? 'folded' : 'asIs' }
}

const checkRange = ({ low, high, isOpen, where, nodes }: Range, bound: Bound): void => {
  const [from, to] = [boundValue(low, bound), boundValue(high, bound)]
  if (from === null || to === null || from < to || (from === to && !isOpen)) return
  at(nodes, () => {
    throw new RapporteurError(
      'BAD_ARGUMENT',
      `\`${where}\` asks for what is above ${JSON.stringify(from)} and below ${JSON.stringify(to)}, which nothing is. Give the lower bound first.`,
    )
  })
}
