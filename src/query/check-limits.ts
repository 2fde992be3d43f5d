import { RapporteurError } from '../errors.js'
import type { FiguresEntry, KindEntry } from '../store/figures.js'
import type { Page, PageEntry, Plan, Shape } from '../store/plan.js'
import type { Predicate } from '../store/predicate.js'
import { AnswerSizes, WHOLE_LIST } from './answer-size.js'
import { type Asked, askedOfPage, collect } from './asked-of-row.js'

/** Lists within lists: SQLite's parser ends a little above five, so both engines end there. */
const MAX_DEPTH = 5
/** Lists within lists, and conditions within the filter of the innermost: SQLite's parser has no room for more. */
const MAX_DEPTH_OF_CONDITIONS = 5
/** Tables that one row joins: SQLite joins at most 64, and the row's own take up to three. */
const MAX_TABLES = 60
/** Lists and counts in one statement: each costs Neo4j 15 to 19 ms of planning. */
const MAX_SUBQUERIES = 40
/** Rows that a statement may have to give, were every list full. */
export const MAX_ROWS = 25_000
/** Fields that the statements of a request write by themselves: printing and preparing as many takes some 10 ms. */
const MAX_PRINTED = 1_000
/** Fields and items of a request's answer, were every list full. */
export const MAX_FIELDS = 60_000

/**
 * Counts a plan, in time linear in its parts, and refuses it where it is beyond the limits, which are the same on every
 * engine.
 * @returns what counts for the request as a whole
 * @throws RapporteurError `DEPTH_LIMIT`, `COST_LIMIT`
 */
export const checkLimits = (plan: Plan): Costs => {
  const { fields, printed, rows, ...counted } = countPlan(plan)
  if (counted.depth > MAX_DEPTH) {
    throw new RapporteurError(
      'DEPTH_LIMIT',
      `Lists stand ${counted.depth} deep within each other; at most ${MAX_DEPTH} are answered. Ask for the inner ones in a query of their own.`,
      { details: { limit: MAX_DEPTH, asked: counted.depth } },
    )
  }
  if (counted.deepest > MAX_DEPTH_OF_CONDITIONS) {
    throw new RapporteurError(
      'DEPTH_LIMIT',
      `Lists within each other and the conditions in their filters stand ${counted.deepest} deep; at most ${MAX_DEPTH_OF_CONDITIONS} are answered. Ask for the inner list in a query of its own, or for less in its filter.`,
      { details: { limit: MAX_DEPTH_OF_CONDITIONS, asked: counted.deepest } },
    )
  }
  if (counted.subqueries > MAX_SUBQUERIES) {
    throw new RapporteurError(
      'COST_LIMIT',
      `The field asks for ${counted.subqueries} lists and counts; at most ${MAX_SUBQUERIES} are answered at once. Ask for some of them in a query of their own.`,
      { details: { limit: MAX_SUBQUERIES, asked: counted.subqueries } },
    )
  }
  const tables = Math.max(counted.tables, counted.innerTables)
  if (tables > MAX_TABLES) {
    throw new RapporteurError(
      'COST_LIMIT',
      `The single neighbours that a row asks for take ${tables} tables; at most ${MAX_TABLES} are joined at once. Ask for some of them in a query of their own.`,
      { details: { limit: MAX_TABLES, asked: tables } },
    )
  }
  if (rows > MAX_ROWS) {
    throw new RapporteurError(
      'COST_LIMIT',
      `The field asks for up to ${rows} rows; at most ${MAX_ROWS} are given at once. Ask for fewer with \`first\`, and for the rest with \`after\`.`,
      { details: { limit: MAX_ROWS, asked: rows } },
    )
  }
  const costs = { fields, printed, rows, statements: 1 }
  checkCosts(costs)
  return costs
}

/** What counts for a request as a whole, and not for each of its root fields. */
export interface Costs {
  /** Records that it gives, were every list full. */
  readonly rows: number
  readonly statements: number
  /** Fields and items of the answer, were every list full. */
  readonly fields: number
  /** Fields that the statements write by themselves. */
  readonly printed: number
}

/** What several cost together. */
export const sumOf = (all: readonly Costs[]): Costs =>
  all.reduce(
    (sum, each) => ({
      fields: sum.fields + each.fields,
      printed: sum.printed + each.printed,
      rows: sum.rows + each.rows,
      statements: sum.statements + each.statements,
    }),
    { fields: 0, printed: 0, rows: 0, statements: 0 },
  )

/** @throws RapporteurError `COST_LIMIT` */
export const checkCosts = ({ fields, printed }: Pick<Costs, 'fields' | 'printed'>): void => {
  if (printed > MAX_PRINTED) {
    throw new RapporteurError(
      'COST_LIMIT',
      `The query asks for ${printed} fields, counting those of each neighbour under each of its names and types; at most ${MAX_PRINTED} are answered at once. Ask for some of them in a query of their own.`,
      { details: { limit: MAX_PRINTED, asked: printed } },
    )
  }
  if (fields > MAX_FIELDS) {
    throw new RapporteurError(
      'COST_LIMIT',
      `The answer could have up to ${fields} fields; at most ${MAX_FIELDS} are given at once. Ask for fewer rows with \`first\`, for fewer fields, or for less under several names.`,
      { details: { limit: MAX_FIELDS, asked: fields } },
    )
  }
}

interface Counted {
  /** Lists within lists. */
  readonly depth: number
  /** Lists within lists, with the conditions that stand within each other in their filters. */
  readonly deepest: number
  /** Lists and counts. */
  readonly subqueries: number
  /** Tables that the row joins, and the most that a row of a list within it does. */
  readonly tables: number
  readonly innerTables: number
  /** Rows, were every list full. */
  readonly rows: number
  /** Fields that lists within write by themselves. */
  readonly printed: number
}

const countPlan = (plan: Plan): Counted & { readonly fields: number } => {
  const sizes = new AnswerSizes()
  const count = new Count(sizes)
  if (plan.kind === 'figures')
    return { ...figuresCount(plan.entries), fields: sizes.figures(plan.entries, plan.figures) }
  if (plan.kind === 'page') {
    const counted = count.page(plan.page, plan.entries)
    // The filter of a list that stands in no other has all the room.
    const { deepest } = count.row(plan.page.shape, askedOfPage(plan.entries))
    return { ...counted, deepest: deepest + 1, fields: sizes.page(plan.entries, plan.page).fields }
  }
  const counted = count.row(plan.shape, new Set(plan.layout.values()))
  const { fields, printed } = sizes.layout(plan.layout, plan.shape)
  const times = plan.kind === 'many' ? plan.length : 1
  return {
    ...counted,
    depth: counted.depth + (plan.kind === 'many' ? 1 : 0),
    rows: counted.rows * times,
    fields: (1 + fields) * times,
    printed: counted.printed + printed,
  }
}

class Count {
  readonly #pages = new Map<readonly PageEntry[], Counted>()

  constructor(readonly sizes: AnswerSizes) {}

  /** Counts a list, once for all rows that have it. */
  page(page: Page, entries: readonly PageEntry[]): Counted {
    const known = this.#pages.get(entries) ?? this.#page(page, entries)
    this.#pages.set(entries, known)
    return known
  }

  #page(page: Page, entries: readonly PageEntry[]): Counted {
    const inner = this.row(page.shape, askedOfPage(entries))
    return {
      depth: inner.depth + 1,
      deepest: 1 + Math.max(inner.deepest, depthOf(page.where)),
      tables: 0,
      innerTables: Math.max(inner.tables, inner.innerTables),
      subqueries: inner.subqueries + 1 + (page.totalCount ? 1 : 0),
      rows: page.rows ? (page.first ?? WHOLE_LIST) * inner.rows : 1,
      printed: inner.printed + this.sizes.page(entries, page).printed,
    }
  }

  /** Counts what is asked of a row; a list asked under two names with unlike fields is two lists. */
  row(shape: Shape, asked: Asked): Counted {
    const { lists, neighbours, figures } = collect(asked)
    let counted: Counted = {
      depth: 0,
      deepest: 0,
      subqueries: 0,
      tables: ownTables(shape),
      innerTables: 0,
      rows: 1,
      printed: 0,
    }
    const add = (inner: Counted, tables: number, rows: number): void => {
      counted = {
        depth: Math.max(counted.depth, inner.depth),
        deepest: Math.max(counted.deepest, inner.deepest),
        subqueries: counted.subqueries + inner.subqueries,
        tables: counted.tables + tables,
        innerTables: Math.max(counted.innerTables, inner.innerTables),
        rows: counted.rows + rows,
        printed: counted.printed + inner.printed,
      }
    }
    for (const slot of shape.slots) {
      if (slot.kind === 'figures') {
        add(figuresCount(figures.get(slot.key) ?? []), 0, slot.figures.first)
      } else if (slot.kind === 'page') {
        for (const entries of lists.get(slot.key) ?? []) {
          const inner = this.page(slot.page, entries)
          add(inner, 0, inner.rows)
        }
      } else if (slot.kind === 'neighbour' || slot.kind === 'reference') {
        const asked = neighbours.get(slot.key)
        if (!asked) continue
        const inner = this.row(slot.shape, asked)
        // A neighbour is joined over its link.
        add(inner, inner.tables + (slot.kind === 'neighbour' ? 2 : 1), inner.rows - 1)
      }
    }
    return counted
  }
}

/** Figures are two counts within each other, and the rows that they give. */
const figuresCount = (entries: readonly FiguresEntry[]): Counted => ({
  depth: 1,
  // As deep as three lists.
  deepest: 3,
  subqueries: 2,
  tables: 0,
  innerTables: 0,
  rows: 1,
  printed: countEntries(entries),
})

/** How deep conditions stand within each other. */
const depthOf = (predicate: Predicate): number => {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return Math.max(0, ...predicate.of.map(depthOf))
    case 'exists':
    case 'count':
      return 1 + depthOf(predicate.where)
    default:
      return 0
  }
}

const countEntries = (entries: readonly (FiguresEntry | KindEntry)[]): number =>
  entries.reduce((sum, { value }) => sum + 1 + ('entries' in value ? countEntries(value.entries) : 0), 0)

/** What a row joins for itself: the table of each type possible, or the one that all nodes have in common. */
const ownTables = ({ types, slots }: Shape): number => {
  if (types.length > 1) return types.length
  const common = slots.some(
    (slot) =>
      slot.kind === 'updatedAt' ||
      (slot.kind === 'page' && slot.page.from.kind === 'citations' && slot.page.from.of === 'node'),
  )
  return common ? 1 : 0
}
