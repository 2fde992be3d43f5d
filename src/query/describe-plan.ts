import type { OrderKey } from '../model/graph-shape.js'
import type { Figures } from '../store/figures.js'
import {
  type Entry,
  type From,
  type Layout,
  type Page,
  type PageEntry,
  type Plan,
  type Shape,
  slotOf,
} from '../store/plan.js'
import type { Hop, Predicate, Related } from '../store/predicate.js'
import { type Bound, type BoundValue, boundValue, type Value } from '../store/values.js'

/** A step of a plan, in words. */
export interface PlanStep {
  /** Where its rows stand in the answer: response keys with "/" between. */
  readonly path: string
  readonly does: string
}

/** Steps that are told; a plan may repeat its parts many times. */
const MAX_STEPS = 100
/** Characters of a value that are shown. */
const MAX_SHOWN = 60

/** What answering a plan does, step by step, with the values of a request. */
export const describePlan = (plan: Plan, key: string, bound: Bound): readonly PlanStep[] => {
  const describer = new Describer(bound)
  if (plan.kind === 'page') describer.page(plan.page, plan.entries, key)
  else if (plan.kind === 'figures') describer.figures(plan.figures, key)
  else {
    const types = plan.shape.types.length > 3 ? 'a record of any type' : plan.shape.types.join(' or ')
    const does =
      plan.kind === 'many'
        ? `looks up ${plan.length} records by their ids`
        : `looks up ${types} by ${plan.find.column} ${describer.value(plan.find.value)}`
    describer.step(key, does)
    describer.layout(plan.layout, plan.shape, key)
  }
  return describer.steps
}

const valueInWords = (value: BoundValue): string => {
  const text = JSON.stringify(value)
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}… (${text.length} characters)`
}

class Describer {
  readonly steps: PlanStep[] = []

  constructor(readonly bound: Bound) {}

  step(path: string, does: string): void {
    if (this.steps.length < MAX_STEPS) this.steps.push({ path, does })
  }

  value(value: Value): string {
    return valueInWords(boundValue(value, this.bound))
  }

  page(page: Page, entries: readonly PageEntry[], path: string): void {
    if (this.steps.length >= MAX_STEPS) return
    const rows = entries.filter(({ value }) => value.kind === 'nodes' || value.kind === 'edges')
    const does = [this.#from(page.from), this.#where(page.where)]
    if (rows.length > 0) {
      if (page.order.length > 0) does.push(`, in order of ${orderInWords(page.order)}`)
      does.push(page.after ? `, after ${page.after.map((each) => this.value(each)).join(', ')}` : '')
      does.push(page.first === null ? '; gives all' : `; gives the first ${page.first}`)
    }
    if (page.totalCount) does.push('; counts all')
    if (page.undecided) does.push('; counts those of which it is not known')
    if (rows.length === 0) this.step(path, does.join(''))
    rows.forEach(({ as, value }, i) => {
      const below = `${path}/${as}`
      if (i === 0) this.step(below, does.join(''))
      if (value.kind === 'nodes') this.layout(value.layout, page.shape, below)
      if (value.kind === 'edges') this.#entries(value.entries, page.shape, below)
    })
  }

  figures({ from, types, where, undecided, keys, atLeast, first }: Figures, path: string): void {
    const rows = from.kind === 'links' ? `goes through the links ${from.link.name}` : this.#from(from)
    const by = keys.map(({ over, column, length }) => {
      const way = [...over.map(relatedInWords), column.name].join(', ')
      return length === null || length === 10 ? way : `${length === 4 ? 'year' : 'month'} of ${way}`
    })
    const does = [
      types.length > 0 && from.kind === 'links' ? `${rows} (${types.join(', ')})` : rows,
      this.#where(where),
      by.length > 0 ? `; counts them by ${by.join(' and by ')}` : '; counts them',
      atLeast === null ? '' : `; leaves out kinds of fewer than ${atLeast}`,
      `; gives the first ${first}`,
      undecided ? '; counts those of which it is not known' : '',
    ]
    this.step(`${path}/rows`, does.join(''))
  }

  layout(layout: Layout, shape: Shape, path: string): void {
    for (const entries of new Set(layout.values())) this.#entries(entries, shape, path)
  }

  #entries(entries: readonly Entry[], shape: Shape, path: string): void {
    for (const { as, value } of entries) {
      if (this.steps.length >= MAX_STEPS) return
      const below = `${path}/${as}`
      if (value.kind === 'object') this.#entries(value.entries, shape, below)
      else if (value.kind === 'self') this.layout(value.layout, shape, below)
      else if (value.kind === 'page') {
        const slot = slotOf(shape, value.slot)
        if (slot.kind === 'page') this.page(slot.page, value.entries, below)
      } else if (value.kind === 'figures') {
        const slot = slotOf(shape, value.slot)
        if (slot.kind === 'figures') this.figures(slot.figures, below)
      } else if (value.kind === 'node') {
        const slot = slotOf(shape, value.slot)
        if (slot.kind === 'neighbour') this.step(below, `joins ${hopInWords(slot.hop, slot.shape.types)}`)
        if (slot.kind === 'reference') this.step(below, `joins the record whose id is in ${slot.column.name}`)
        if (slot.kind === 'neighbour' || slot.kind === 'reference') this.layout(value.layout, slot.shape, below)
      }
    }
  }

  #from(from: From): string {
    if (from.kind === 'scan') return `goes through ${typesInWords(from.types)}`
    if (from.kind === 'citations') return `reads the sources of the ${from.of === 'node' ? 'record' : 'link'}`
    return `follows ${hopInWords(from.hop, from.types)}${this.#where(from.hop.only)}`
  }

  #where(predicate: Predicate): string {
    const words = this.#predicate(predicate)
    return words === '' ? '' : ` where ${words}`
  }

  #predicate(predicate: Predicate): string {
    switch (predicate.kind) {
      case 'all':
      case 'any': {
        const parts = predicate.of.map((each) => this.#predicate(each)).filter((each) => each !== '')
        if (parts.length < 2) return parts[0] ?? (predicate.kind === 'any' ? 'nothing is true' : '')
        return `(${parts.join(predicate.kind === 'all' ? ' and ' : ' or ')})`
      }
      case 'compare':
        return `${predicate.column.name} ${predicate.is} ${this.value(predicate.to)}`
      case 'among':
        return `${predicate.column.name} is ${predicate.negated ? 'not ' : ''}among ${this.value(predicate.values)}`
      case 'known':
        return `${predicate.column.name} is ${predicate.is ? '' : 'not '}known`
      case 'words': {
        const words = [boundValue(predicate.longest, this.bound), boundValue(predicate.others, this.bound)].flat()
        return `${predicate.column.name} ${predicate.negated ? 'lacks one of' : 'has'} the words ${valueInWords(words.filter((each) => each !== null))}`
      }
      case 'begins':
        return `${predicate.column.name} ${predicate.negated ? 'does not begin' : 'begins'} with ${this.value(predicate.with)}`
      case 'exists':
        return `there is ${predicate.negated ? 'none' : 'one'} over ${relatedInWords(predicate.from)}${this.#where(predicate.where)}`
      case 'count':
        return `the number over ${relatedInWords(predicate.from)}${this.#where(predicate.where)} ${predicate.is} ${this.value(predicate.to)}`
    }
  }
}

const typesInWords = (types: readonly string[]): string =>
  types.length > 6 ? `records of ${types.length} types` : types.join(', ')

const hopInWords = ({ link, direction }: Hop, types: readonly string[]): string =>
  `the link ${link.name} ${direction === 'out' ? 'to' : 'back to'} ${typesInWords(types)}`

const relatedInWords = (related: Related): string => {
  switch (related.kind) {
    case 'hop':
      return hopInWords(related.hop, related.types)
    case 'reference':
      return `the record whose id is in ${related.column.name}`
    case 'citations':
      return `the sources of the ${related.of === 'node' ? 'record' : 'link'}`
    case 'end':
      return `the ${related.end === 'from' ? 'start' : 'end'} of the link`
  }
}

const orderInWords = (order: readonly OrderKey[]): string =>
  order
    .map(({ column, descending, missing }) => {
      if (missing) return `whether ${column} is known`
      return `${column}${descending ? ' descending' : ''}`
    })
    .join(', ')
