import { type DocumentNode, type ExecutionResult, type GraphQLError, getOperationAST, getVariableValues } from 'graphql'
import type { Ask, Asking } from '../ask/ask.js'
import { refusalOfVariables } from '../ask/check-variables.js'
import type { GraphState } from '../ask/kept-answers.js'
import { refuse } from '../ask/refuse.js'
import { RapporteurError } from '../errors.js'
import { type Cell, cellOf } from './cells.js'
import { PAGE_VARIABLES, pageDocument, SOURCES_KEY } from './page-document.js'
import { ROW_COUNT, readTable, type TableColumn, type TableList, type TableShape } from './read-table.js'

/** Who says a row, and where. */
export interface RowSource {
  readonly id: string
  readonly locator: string | null
}

export interface TableRow {
  readonly cells: readonly Cell[]
  /** Who says it, as far as it was asked; of figures nobody says them row by row. */
  readonly sources: readonly RowSource[]
}

/** The rows of a list, from its first to its last, all of one state of the graph. */
export interface Table {
  /** What the list is called in the question. */
  readonly name: string
  readonly columns: readonly TableColumn[]
  readonly state: GraphState
  /** How many rows the list has, and of how many more it is not known; null where the list does not tell. */
  readonly totalCount: number | null
  readonly undecidedCount: number | null
  /** Who says the record above the list, where there is one. */
  readonly isFigures: boolean
  /**
   * The rows, some at a time; to be gone through once.
   * @throws RapporteurError `CHANGED` where the graph changes meanwhile, and what the store throws
   */
  pages(): AsyncGenerator<readonly TableRow[], void, undefined>
}

export interface TableAsking extends Asking {
  /** Whether each row tells who says it. */
  readonly sources?: boolean
}

/** Rows asked at once: as many as the list gives, else fewer, as the limits allow. */
const PAGE_SIZES = [1000, 100, 50, 20, 10, 1]
/** Rows that are worked out together are so anew for each page; so many are given at most. */
const MAX_WORKED_OUT = 50_000
/** How often a table is begun anew where the graph changes before anything of it was given. */
const ATTEMPTS = 3

/**
 * Opens the table that a document asks for. Each page of it is a question of its own within the limits, and the graph's
 * version is looked at before the first and after each, so that no table is of two states.
 * @returns the table, or the errors of the question
 * @throws GraphQLError `NOT_A_TABLE`, `COST_LIMIT`; RapporteurError `UNAVAILABLE`
 */
export const openTable = async (
  ask: Ask,
  document: DocumentNode,
  asking: TableAsking,
): Promise<Table | { readonly errors: readonly GraphQLError[] }> => {
  const { schema } = ask.options
  const operation = getOperationAST(document, asking.operationName || undefined)
  // What is wrong with the question is told in the same words as to everybody.
  if (operation?.operation !== 'query' || refusalOfVariables(asking.variables))
    return errorsOf(await ask.answer(document, asking))
  const variables = getVariableValues(schema, operation.variableDefinitions ?? [], asking.variables ?? {})
  if (variables.errors) return errorsOf(await ask.answer(document, asking))
  const shape = readTable(schema, document, operation, variables.coerced)
  const text = (counts: boolean) =>
    pageDocument(schema, document, operation, shape.list, { counts, sources: asking.sources ?? false })
  const pager = new Pager(ask, asking, shape, text(true), text(false))
  for (let attempt = 1; ; attempt += 1) {
    const state = await pager.state()
    const first = await pager.first()
    if ('errors' in first) return first
    refuseLong(shape.list, first)
    if (attempt < ATTEMPTS && !isSame(state, await pager.state())) continue
    return tableOf(shape, pager, state, first)
  }
}

/** Rows that are worked out are as many as the question makes them, and not as many as the graph has. */
const refuseLong = ({ page, first, skip }: TableList, { list }: Page): void => {
  const rows = (numberIn(list, ROW_COUNT) ?? 0) - skip
  if (page?.by !== 'place' || Math.min(rows, first ?? rows) <= MAX_WORKED_OUT) return
  throw refuse(
    'COST_LIMIT',
    400,
    `The table would have ${rows} rows, and at most ${MAX_WORKED_OUT} are given of what is worked out anew for each page. Ask for fewer, as with \`of\` or longer periods, or say with \`first\` how many.`,
  )
}

const tableOf = ({ columns, list }: TableShape, pager: Pager, state: GraphState, first: Page): Table => ({
  name: list.path.join('.'),
  columns,
  state,
  totalCount:
    numberIn(first.list, list.page?.by === 'place' ? ROW_COUNT : 'totalCount') ??
    (list.page ? null : first.rows.length),
  // Of rows that are worked out, it is ballots that are not decided.
  undecidedCount: list.page?.by === 'place' ? null : numberIn(first.list, 'undecidedCount'),
  isFigures: list.isFigures,
  async *pages() {
    const above = columns.map((column) => (column.of === 'answer' ? cellOf(first.answer, column) : null))
    for (let page: Page | null = first; page; page = await pager.next(page)) {
      if (!isSame(state, await pager.state())) {
        const sentence =
          'The graph changed while the table was made, and a table is of one state of the graph. What was given of it is not the whole; ask again.'
        throw new RapporteurError('CHANGED', sentence)
      }
      yield page.rows.map((row) => ({
        cells: columns.map((column, i) => (column.of === 'row' ? cellOf(row, column) : (above[i] as Cell))),
        sources: sourcesOf(row),
      }))
    }
  },
})

type Json = Readonly<Record<string, unknown>>

interface Page {
  readonly answer: unknown
  readonly list: Json | null
  readonly rows: readonly unknown[]
  /** How many rows there are up to its end. */
  readonly end: number
  readonly size: number
}

/** Asks for page after page. */
class Pager {
  constructor(
    readonly ask: Ask,
    readonly asking: TableAsking,
    readonly shape: TableShape,
    readonly firstText: string,
    readonly nextText: string,
  ) {}

  /** The first page, as large as the limits allow. */
  async first(): Promise<Page | { readonly errors: readonly GraphQLError[] }> {
    const { list } = this.shape
    const sizes = list.page ? PAGE_SIZES : [1]
    let refused: readonly GraphQLError[] = []
    for (const size of sizes) {
      const result = await this.#question(
        this.firstText,
        this.#rowsAfter(0, size),
        list.page?.by === 'place' ? list.skip : list.after,
      )
      if (!result.errors) return this.#page(result, 0, size)
      refused = result.errors
      if (
        !refused.every(({ originalError, extensions }) => IS_TOO_LARGE.has(codeOf(originalError) ?? extensions['code']))
      )
        break
    }
    return { errors: refused }
  }

  /** The page after another; null where there is none. */
  async next({ list, rows, end, size }: Page): Promise<Page | null> {
    const info = list?.['pageInfo'] as { hasNextPage: boolean; endCursor: string | null } | undefined
    const { page, skip } = this.shape.list
    const asked = this.#rowsAfter(end, size)
    if (!page || asked === 0) return null
    if (page.by === 'cursor' ? !info?.hasNextPage : rows.length < size) return null
    const result = await this.#question(
      this.nextText,
      asked,
      page.by === 'cursor' ? (info?.endCursor ?? null) : skip + end,
      'inTime',
    )
    const [error] = result.errors ?? []
    if (error) throw error.originalError ?? error
    return this.#page(result, end, size)
  }

  state(): Promise<GraphState> {
    return this.ask.state(this.asking.signal)
  }

  /**
   * @param from the cursor, or how many rows are passed over
   * @param pays `inTime` for all but the first page: what has begun is not cut off for want of points
   */
  #question(
    text: string,
    first: number,
    from: string | number | null,
    pays: 'now' | 'inTime' = 'now',
  ): Promise<ExecutionResult> {
    const { variables } = this.asking
    const { page: paged } = this.shape.list
    const name = paged?.by === 'place' ? PAGE_VARIABLES.skip : PAGE_VARIABLES.after
    const page = paged ? { [PAGE_VARIABLES.first]: first, [name]: from } : {}
    return this.ask.question(text, { own: true, pays, ...this.#signal(), variables: { ...variables, ...page } })
  }

  /** How many rows are asked next: not more than the document asks in all. */
  #rowsAfter(end: number, size: number): number {
    const { first } = this.shape.list
    return first === null ? size : Math.min(size, first - end)
  }

  #page({ data }: ExecutionResult, before: number, size: number): Page {
    const found = at(data, this.shape.list)
    const { page } = this.shape.list
    const list = page ? (found as Json | null) : null
    const rows = ((page ? list?.[page.key] : found) ?? []) as readonly unknown[]
    return { answer: data, list, rows, end: before + rows.length, size }
  }

  #signal() {
    return this.asking.signal ? { signal: this.asking.signal } : {}
  }
}

const IS_TOO_LARGE: ReadonlySet<unknown> = new Set(['COST_LIMIT', 'BAD_ARGUMENT'])

const codeOf = (error: unknown) => (error instanceof RapporteurError ? error.code : undefined)

const errorsOf = ({ errors }: ExecutionResult) => ({ errors: errors ?? [] })

const isSame = (a: GraphState, b: GraphState) => a.version === b.version && a.changedAt === b.changedAt

const at = (data: unknown, { path }: TableList): unknown =>
  path.reduce<unknown>((value, key) => (value as Json | null | undefined)?.[key], data)

const numberIn = (list: Json | null, key: string): number | null => {
  const value = list?.[key]
  return typeof value === 'number' ? value : null
}

interface Sourced {
  readonly [SOURCES_KEY]?:
    | { readonly edges: readonly { readonly locator: string | null; readonly node: { readonly id: string } }[] }
    | readonly { readonly id: string }[]
  readonly node?: Sourced
}

/** Who says a row: its link and its record; each source and place once. */
const sourcesOf = (row: unknown): readonly RowSource[] => {
  const { node, ...link } = (row ?? {}) as Sourced
  const sources = [link, node ?? {}].flatMap((part): readonly RowSource[] => {
    const said = (part as Sourced)[SOURCES_KEY] ?? []
    if (!('edges' in said)) return said.map(({ id }) => ({ id, locator: null }))
    return said.edges.map(({ locator, node: { id } }) => ({ id, locator }))
  })
  const said = new Map(sources.map((source) => [`${source.id} ${source.locator}`, source]))
  return [...said.values()]
}
