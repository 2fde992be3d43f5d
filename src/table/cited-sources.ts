import type { Ask } from '../ask/ask.js'
import { inOrderOfTrust, type SourceFacts } from '../cite/source-facts.js'
import type { Cell } from './cells.js'
import type { RowSource, TableRow } from './open-table.js'

/** A source of some rows. */
export interface CitedSource extends SourceFacts {
  /** How many rows it says; null where that is not told row by row. */
  readonly rows: number | null
  /** Where in it they stand, as far as there is room. */
  readonly locators: readonly string[]
}

/** The most places in one source that are named. */
const MAX_LOCATORS = 20
/** The most sources that are named. */
const MAX_SOURCES = 1000
const FACTS = '{ id kind title publisher { name } url published retrieved license contentHash importer }'
const QUESTION = `query SourcesById($ids: [ID!]!) { nodes(ids: $ids) { ... on Source ${FACTS} } }`
const ALL = `{ sources(first: 100) { nodes ${FACTS} } }`

/** Collects who says rows, and where. */
export class CitedSources {
  readonly #rows = new Map<string, { rows: number; readonly locators: Set<string> }>()

  add(rows: readonly TableRow[]): void {
    for (const { sources } of rows) {
      for (const id of new Set(sources.map((source) => source.id))) this.#of(id).rows += 1
      for (const source of sources) this.#place(source)
    }
  }

  /**
   * What is known of each, the most trusted first.
   * @throws RapporteurError what the store throws
   */
  async describe(ask: Ask): Promise<readonly CitedSource[]> {
    const ids = [...this.#rows.keys()].sort()
    const facts: SourceFacts[] = []
    for (let from = 0; from < Math.min(ids.length, MAX_SOURCES); from += 100)
      facts.push(...(await sourcesById(ask, ids.slice(from, from + 100))))
    return inOrderOfTrust(facts).map((source) => {
      const { rows, locators } = this.#of(source.id)
      return { ...source, rows, locators: [...locators] }
    })
  }

  #of(id: string) {
    const known = this.#rows.get(id) ?? { rows: 0, locators: new Set<string>() }
    this.#rows.set(id, known)
    return known
  }

  #place({ id, locator }: RowSource): void {
    const { locators } = this.#of(id)
    if (locator !== null && locators.size < MAX_LOCATORS) locators.add(locator)
  }
}

/** What is known of the sources with these ids; of 100 at most. */
const sourcesById = async (ask: Ask, ids: readonly string[]): Promise<readonly SourceFacts[]> => {
  const { nodes } = await answered<{ nodes: readonly (SourceFacts | null)[] }>(ask, QUESTION, { ids })
  return nodes.flatMap((source) => source ?? [])
}

/** The sources of the whole graph, a hundred at most: whose data figures are made of. */
export const sourcesOfGraph = async (ask: Ask): Promise<readonly CitedSource[]> => {
  const { sources } = await answered<{ sources: { nodes: readonly SourceFacts[] } }>(ask, ALL, {})
  return inOrderOfTrust(sources.nodes).map((source) => ({ ...source, rows: null, locators: [] }))
}

const answered = async <T>(ask: Ask, text: string, variables: Readonly<Record<string, unknown>>): Promise<T> => {
  const { data, errors } = await ask.question(text, { variables, own: true, pays: 'inTime' })
  const [error] = errors ?? []
  if (error) throw error.originalError ?? error
  return data as T
}

/** What is told of a source in a table, by the name of its column. */
const SOURCE_CELLS: Readonly<Record<string, (source: CitedSource) => Cell>> = {
  id: ({ id }) => id,
  title: ({ title }) => title,
  publisher: ({ publisher }) => publisher?.name ?? null,
  license: ({ license }) => license,
  url: ({ url }) => url,
  published: ({ published }) => published,
  retrieved: ({ retrieved }) => retrieved,
  sha256: ({ contentHash }) => contentHash,
  importer: ({ importer }) => importer,
  rows: ({ rows }) => rows,
  locators: ({ locators }) => (locators.length > 0 ? locators.join('; ') : null),
}

/** Sources as a table: the names of its columns, then a row for each. */
export const sourceRows = (
  sources: readonly CitedSource[],
  columns = Object.keys(SOURCE_CELLS),
): readonly (readonly Cell[])[] => [
  columns,
  ...sources.map((source) => columns.map((name) => SOURCE_CELLS[name]?.(source) ?? null)),
]
