import { RapporteurError } from '../errors.js'
import type { Column, GraphShape } from '../model/graph-shape.js'
import type { StoredLink, StoredNode } from '../model/records.js'
import type { Citations } from '../model/voices.js'
import type { Edition, GraphStore } from '../store/graph-store.js'

/** What is read of a graph that is written into files; the same on every engine, in the same order. */
export class ExportedGraph {
  readonly #sets: ReadonlyMap<number, number>
  readonly #written = new Map<string, number>()
  readonly #leftOut = new Map<string, number>()

  private constructor(
    readonly store: GraphStore,
    readonly shape: GraphShape,
    readonly state: { readonly version: number; readonly changedAt: string | null },
    readonly editions: readonly Edition[],
    /** How many records and links of each type there are. */
    readonly counts: Readonly<Record<string, number>>,
    /** The records of type `Source`. */
    readonly sources: readonly StoredNode[],
    /** Who says so, with where in each source: what records and links refer to by number, from 1. */
    readonly citations: readonly Citations[],
    numbers: ReadonlyMap<number, number>,
  ) {
    this.#sets = numbers
  }

  /**
   * Opens what a store says for an export.
   * @throws RapporteurError `STORE_LOCKED` where an import was cut off or is under way
   */
  static async open(store: GraphStore, shape: GraphShape): Promise<ExportedGraph> {
    const editions = await completeEditions(store)
    const { citations, numbers } = await numberSets(store)
    const sources: StoredNode[] = []
    for await (const source of store.scanNodes('Source', { ordered: true })) sources.push(source)
    const [state, counts] = [await store.state(), await store.count()]
    return new ExportedGraph(store, shape, state, editions, counts, sources, citations, numbers)
  }

  /** The records of a type in the order of their ids; `sourceSet` is a number of `citations`, and 0 where nobody says it. */
  async *nodes(type: string): AsyncGenerator<StoredNode> {
    let rows = 0
    for await (const node of this.store.scanNodes(type, { ordered: true })) {
      rows += 1
      yield { ...node, sourceSet: this.#sets.get(node.sourceSet) ?? 0 }
    }
    this.wrote(type, rows)
  }

  /** The links of a type in the order of where they go out from, where they lead, and their keys. */
  async *links(type: string): AsyncGenerator<StoredLink> {
    let rows = 0
    for await (const link of this.store.scanLinks(type, { ordered: true })) {
      rows += 1
      yield { ...link, sourceSet: this.#sets.get(link.sourceSet) ?? 0 }
    }
    this.wrote(type, rows)
  }

  /** Tells how many records or links of a type were written, those left out among them. */
  wrote(type: string, rows: number): void {
    this.#written.set(type, rows)
  }

  /** Tells that the format has no place for a record or link of a type. */
  leaveOut(type: string, rows = 1): void {
    this.#leftOut.set(type, (this.#leftOut.get(type) ?? 0) + rows)
  }

  /**
   * How many of each type were written, and how many not, since the format has no place for them.
   * @throws RapporteurError `STORE_LOCKED` where that is not all there is, or an import began meanwhile
   */
  async outcome(): Promise<Outcome> {
    const editions = await completeEditions(this.store)
    const written: Record<string, number> = {}
    const leftOut: Record<string, number> = {}
    for (const type of [...this.shape.nodes.keys(), ...this.shape.links.keys()]) {
      const [all, read] = [this.counts[type] ?? 0, this.#written.get(type)]
      const without = read === undefined ? all : (this.#leftOut.get(type) ?? 0)
      if (JSON.stringify(editions) !== JSON.stringify(this.editions) || (read !== undefined && read !== all)) {
        throw new RapporteurError(
          'STORE_LOCKED',
          `An import changed ${this.store.location} while it was exported. Nothing was kept; run the export again.`,
        )
      }
      if (all > without) written[type] = all - without
      if (without > 0) leftOut[type] = without
    }
    return { written, leftOut }
  }
}

/** All columns but those by which lists are sorted and compared. */
export const exportedColumns = (columns: ReadonlyMap<string, Column>): readonly Column[] =>
  [...columns.values()].filter(({ derived }) => derived?.how !== 'folded' && derived?.how !== 'moment')

export interface Outcome {
  readonly written: Readonly<Record<string, number>>
  readonly leftOut: Readonly<Record<string, number>>
}

const completeEditions = async (store: GraphStore): Promise<readonly Edition[]> => {
  const editions = await store.editions()
  const unfinished = editions.find(({ state }) => state !== 'complete')
  if (unfinished) {
    throw new RapporteurError(
      'STORE_LOCKED',
      `The ${unfinished.state === 'removing' ? 'removal' : 'import'} of "${unfinished.source}" was cut off, or is under way. Nothing was exported; run it to its end, then export.`,
    )
  }
  return editions
}

/** Numbers what is cited by what it says, since a store numbers sets as they come, and keeps those that nothing refers to any longer. */
const numberSets = async (store: GraphStore) => {
  const used = await store.usedSourceSets()
  const texts = new Map<number, string>()
  for (const { number, citations } of await store.sourceSets())
    if (used.has(number) && citations.length > 0)
      texts.set(number, JSON.stringify(citations.map(({ source, locator }) => [source, locator])))
  const sorted = [...new Set(texts.values())].sort()
  const places = new Map(sorted.map((text, i) => [text, i + 1]))
  return {
    citations: sorted.map((text) =>
      (JSON.parse(text) as [string, string | null][]).map(([source, locator]) => ({ source, locator })),
    ),
    numbers: new Map([...texts].map(([number, text]) => [number, places.get(text) as number])),
  }
}
