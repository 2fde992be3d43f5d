import type { FilterField, FilterShape, GraphShape } from '../../src/model/graph-shape.js'
import type { Value } from '../../src/model/records.js'
import { FilterEvaluator, inOrder, type Row, type StoredGraph, shownOf, type Written } from './filter-evaluator.js'

/** A key: over which single neighbours to which column, as the filters name them, and under which name it is given. */
export interface AskedKey {
  readonly path: readonly string[]
  readonly as: string
  /** How many characters of a day are kept. */
  readonly length: number | null
}

export type NumberWord = 'sum' | 'min' | 'max' | 'mean' | 'known'

/** What is asked of a number. */
export interface AskedNumber {
  readonly path: readonly string[]
  readonly words: readonly NumberWord[]
}

export interface AskedFigures {
  readonly where: Written
  /** Null where no kinds are told apart. */
  readonly keys: readonly AskedKey[] | null
  readonly numbers: readonly AskedNumber[]
  readonly atLeast: number | null
  readonly order: readonly ('COUNT_ASC' | 'COUNT_DESC' | 'KEY_ASC' | 'KEY_DESC')[]
}

type Given = { readonly [name: string]: Given | Value | null }

/** All that figures give, on one page. */
export interface FiguresAnswer {
  readonly rows: readonly Given[]
  readonly kindCount: number
  readonly suppressed: number
  readonly totalCount: number
  readonly undecidedCount: number
}

interface Kind {
  readonly keys: readonly (Value | null)[]
  readonly rows: readonly Row[]
}

/** Works out figures in the plainest way there is. */
export class FigureEvaluator {
  readonly #filters: FilterEvaluator

  constructor(
    readonly shape: GraphShape,
    readonly graph: StoredGraph,
  ) {
    this.#filters = new FilterEvaluator(shape, graph)
  }

  /**
   * @param rows the rows of the list
   * @param type the input type by which they are asked
   */
  figures(rows: readonly Row[], asked: AskedFigures, type: string): FiguresAnswer {
    const truths = rows.map((row) => this.#filters.holds(row, asked.where, type))
    const held = rows.filter((_, i) => truths[i] === true)
    const kinds = this.#kinds(held, asked, type)
    const shown = kinds.filter(({ rows: those }) => those.length >= (asked.atLeast ?? 0))
    return {
      rows: inAskedOrder(shown, asked).map((kind) => this.#given(kind, asked, type, held.length)),
      kindCount: kinds.length,
      suppressed: kinds.length - shown.length,
      totalCount: held.length,
      undecidedCount: truths.filter((truth) => truth === null).length,
    }
  }

  #kinds(rows: readonly Row[], { keys }: AskedFigures, type: string): readonly Kind[] {
    if (!keys) return [{ keys: [], rows }]
    const kinds = new Map<string, { keys: readonly (Value | null)[]; rows: Row[] }>()
    for (const row of rows) {
      const values = keys.map((key) => this.#key(row, key, type))
      const name = JSON.stringify(values)
      const kind = kinds.get(name) ?? { keys: values, rows: [] }
      kind.rows.push(row)
      kinds.set(name, kind)
    }
    return [...kinds.values()]
  }

  #key(row: Row, { path, length }: AskedKey, type: string): Value | null {
    const value = this.#valueAt(row, path, this.shape.filters.get(type) as FilterShape)
    return length !== null && typeof value === 'string' ? value.slice(0, length) : value
  }

  /** The value of a column that single neighbours lead to; null where it, or one of them, is not known. */
  #valueAt(row: Row, [name = '', ...further]: readonly string[], shape: FilterShape): Value | null {
    const field = shape.get(name) as FilterField
    if (field.kind === 'column') return shownOf(row, field.of, field.column) ?? null
    if (field.kind === 'fields') return this.#valueAt(row, further, field.fields)
    if (field.kind !== 'one') throw new Error(`${name} can be no key.`)
    const [neighbour] = this.graph.related(row, field.over)
    return neighbour ? this.#valueAt(neighbour, further, this.shape.filters.get(field.where) as FilterShape) : null
  }

  #given(kind: Kind, { keys, numbers }: AskedFigures, type: string, total: number): Given {
    const given: Record<string, unknown> = { count: kind.rows.length, share: ratio(kind.rows.length, total) }
    keys?.forEach(({ path, as }, i) => {
      put(given, ['by', ...path.slice(0, -1), as], kind.keys[i] ?? null)
    })
    for (const { path, words } of numbers) {
      const values = kind.rows.flatMap((row) => {
        const value = this.#valueAt(row, path, this.shape.filters.get(type) as FilterShape)
        return typeof value === 'number' ? [value] : []
      })
      for (const word of words) put(given, [...path, word], numberOf(values, word))
    }
    return given as Given
  }
}

const numberOf = (values: readonly number[], word: NumberWord): number | null => {
  if (word === 'known') return values.length
  if (values.length === 0) return null
  const sum = values.reduce((one, other) => one + other, 0)
  if (word === 'sum') return sum
  if (word === 'mean') return ratio(sum, values.length)
  return word === 'min' ? Math.min(...values) : Math.max(...values)
}

/** To six places; null where there is nothing to divide by. */
const ratio = (of: number, to: number): number | null => (to === 0 ? null : Math.round((of / to) * 1e6) / 1e6)

/** What is not known comes last, whatever the direction; at the end the keys decide. */
const inAskedOrder = (kinds: readonly Kind[], { order }: AskedFigures): readonly Kind[] => {
  const byKeys = (one: Kind, other: Kind, sign: number): number => {
    for (const [i, a] of one.keys.entries()) {
      const b = other.keys[i] ?? null
      const is = a === null || b === null ? Number(a === null) - Number(b === null) : sign * inOrder(a, b)
      if (is !== 0) return is
    }
    return 0
  }
  const words = [...(order.length > 0 ? order : (['COUNT_DESC'] as const)), 'KEY_ASC'] as const
  return [...kinds].sort((one, other) => {
    for (const word of words) {
      const sign = word.endsWith('DESC') ? -1 : 1
      const is = word.startsWith('COUNT') ? sign * (one.rows.length - other.rows.length) : byKeys(one, other, sign)
      if (is !== 0) return is
    }
    return 0
  })
}

const put = (object: Record<string, unknown>, [name = '', ...further]: readonly string[], value: unknown): void => {
  if (further.length === 0) {
    object[name] = value
    return
  }
  const inner = (object[name] ?? {}) as Record<string, unknown>
  object[name] = inner
  put(inner, further, value)
}
