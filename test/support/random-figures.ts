import type { FilterField, FilterShape, GraphShape } from '../../src/model/graph-shape.js'
import type { AskedFigures, AskedKey, AskedNumber, NumberWord } from './figure-evaluator.js'
import type { StoredGraph } from './filter-evaluator.js'
import type { Random } from './random.js'
import { randomFilter } from './random-filter.js'

export interface FiguresOptions {
  readonly shape: GraphShape
  readonly random: Random
  readonly graph: StoredGraph
  /** How deep the conditions of the filter may stand within each other. */
  readonly maxDepth: number
}

/** What is asked, and the fields of a row that ask it. */
export interface RandomFigures extends AskedFigures {
  readonly fields: string
}

/** How far keys may lead over single neighbours, and how many keys and numbers there are at most. */
const MAX_STEPS = 3
const MAX_KEYS = 4
const MAX_NUMBERS = 3
const ORDERS = ['COUNT_ASC', 'COUNT_DESC', 'KEY_ASC', 'KEY_DESC'] as const
const UNITS = [
  ['YEAR', 4],
  ['MONTH', 7],
  ['DAY', 10],
] as const

/** Makes random figures of rows that are asked by an input type. */
export const randomFigures = (options: FiguresOptions, type: string): RandomFigures => {
  const { random, shape } = options
  const where = random.chance(0.4)
    ? {}
    : randomFilter(
        { ...options, maxConditions: 1 + random.below(8), maxDepth: 1 + random.below(options.maxDepth) },
        type,
      )
  const tree = random.chance(0.1) ? null : keyTree(options, type)
  const numbers = numbersOf(shape.filters.get(type) as FilterShape)
    .flatMap(({ path, isWhole }): AskedNumber[] => {
      const words: readonly NumberWord[] = isWhole ? ['sum', 'min', 'max', 'mean', 'known'] : ['min', 'max', 'known']
      const asked = random.chance(0.3) ? words.filter(() => random.chance(0.6)) : []
      return asked.length > 0 ? [{ path, words: asked }] : []
    })
    .slice(0, MAX_NUMBERS)
  return {
    where,
    keys: tree && keysOf(tree),
    numbers,
    atLeast: random.chance(0.3) ? random.below(4) : null,
    order: Array.from({ length: random.below(3) }, () => random.pick(ORDERS)),
    fields: `${tree ? `by ${printed(tree)} ` : ''}count share ${numbers.map(numberText).join(' ')}`,
  }
}

/** Keys by the names that lead to them, in the order in which they are asked. */
type Tree = Map<string, Tree | (AskedKey & { readonly text: string })>

const keyTree = ({ random, shape }: FiguresOptions, type: string): Tree => {
  const tree: Tree = new Map()
  const count = 1 + random.below(MAX_KEYS)
  for (let i = 0; i < count; i += 1) addKey(random, shape, type, tree, `k${i}`)
  return tree
}

const addKey = (random: Random, shape: GraphShape, type: string, tree: Tree, as: string): void => {
  let [fields, inner]: [FilterShape, Tree] = [shape.filters.get(type) as FilterShape, tree]
  const path: string[] = []
  for (;;) {
    const isOne = random.chance(0.5) && path.length < MAX_STEPS
    const columns = [...fields].filter(([, field]) => isKeyColumn(field))
    const ones = [...fields].filter(([, { kind }]) => kind === 'one')
    const [name, field] = random.pick(isOne && ones.length > 0 ? ones : columns)
    path.push(name)
    if (field.kind !== 'one') {
      const [unit, length] = isDay(field) && random.chance(0.7) ? random.pick(UNITS) : [null, null]
      inner.set(as, { path, as, length, text: `${as}: ${name}${unit ? `(unit: ${unit})` : ''}` })
      return
    }
    fields = shape.filters.get(field.where) as FilterShape
    const further = inner.get(name) ?? (new Map() as Tree)
    inner.set(name, further)
    inner = further as Tree
  }
}

const isKeyColumn = (field: FilterField): boolean =>
  field.kind === 'column' && field.column.type !== 'DateTime' && field.column.kind !== 'number'

const isDay = (field: FilterField): boolean => field.kind === 'column' && field.column.type === 'Date'

const keysOf = (tree: Tree): readonly AskedKey[] =>
  [...tree.values()].flatMap((each) => (each instanceof Map ? keysOf(each) : [each]))

const printed = (tree: Tree): string =>
  `{ ${[...tree].map(([name, each]) => (each instanceof Map ? `${name} ${printed(each)}` : each.text)).join(' ')} }`

const numbersOf = (fields: FilterShape): readonly { readonly path: readonly string[]; readonly isWhole: boolean }[] =>
  [...fields].flatMap(([name, field]) => {
    if (field.kind === 'fields' && name !== 'link')
      return numbersOf(field.fields).map(({ path, isWhole }) => ({ path: [name, ...path], isWhole }))
    if (field.kind !== 'column' || !['integer', 'number'].includes(field.column.kind)) return []
    return [{ path: [name], isWhole: field.column.kind === 'integer' }]
  })

const numberText = ({ path, words }: AskedNumber): string =>
  `${path.join(' { ')} { ${words.join(' ')} ${'}'.repeat(path.length)}`
