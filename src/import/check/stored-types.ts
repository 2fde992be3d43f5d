import { type GraphShape, MERGE, mergedIdOf, mergeIdOf } from '../../model/graph-shape.js'
import type { GraphStore, StoreWriter } from '../../store/graph-store.js'

/**
 * Tells the types of nodes while editions are checked: of those that earlier editions of the same run give, and of those
 * that are stored. Nobody else writes from the first look-up until it is closed.
 */
export class StoredTypes {
  readonly #given = new Map<string, string>()
  #writer: StoreWriter | null = null
  #hasMerges = false

  constructor(
    readonly store: GraphStore,
    readonly shape: GraphShape,
  ) {}

  /** Takes note of what an edition gives that the editions after it may need. */
  add(nodes: Iterable<readonly [id: string, type: string]>): void {
    for (const [id, type] of nodes) if (!this.#given.has(id)) this.#given.set(id, type)
  }

  /** The types of the nodes that are given or stored under these ids, or in the place of those that were merged. */
  async find(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const given = new Map(ids.flatMap((id) => (this.#given.has(id) ? [[id, this.#given.get(id) as string]] : [])))
    const stored = await this.#stored(ids.filter((id) => !given.has(id)))
    return new Map([...given, ...stored])
  }

  async #stored(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map()
    if (!this.#writer) {
      this.#writer = await this.store.writer()
      this.#hasMerges = await hasMerges(this.store, this.shape)
    }
    return typesOf(this.shape, this.#writer, ids, this.#hasMerges)
  }

  async close(): Promise<void> {
    await this.#writer?.close()
    this.#writer = null
  }
}

/** The types of what is stored under these ids, or in the place of those that were merged; what the store makes itself is none of it. */
export const typesOf = async (
  shape: GraphShape,
  writer: StoreWriter,
  ids: readonly string[],
  mayBeMerged = shape.links.has(MERGE.link),
): Promise<ReadonlyMap<string, string>> => {
  const used = mayBeMerged ? await usedIds(writer, ids) : new Map<string, string>()
  const stored = await writer.types(ids.map((id) => used.get(id) ?? id))
  const types = new Map<string, string>()
  for (const id of ids) {
    const type = stored.get(used.get(id) ?? id)
    if (type !== undefined && !shape.nodes.get(type)?.own) types.set(id, type)
  }
  return types
}

/** By each id that the store has merged, the one that is used in its place. */
const usedIds = async (writer: StoreWriter, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const merges = await writer.types(ids.map(mergeIdOf))
  const into = await writer.links([...merges.keys()].map((from) => ({ link: MERGE.link, from, to: '', key: '' })))
  return new Map(into.flatMap((link) => (link ? [[mergedIdOf(link.from), link.to]] : [])))
}

const hasMerges = async (store: GraphStore, shape: GraphShape): Promise<boolean> => {
  if (!shape.links.has(MERGE.link)) return false
  for await (const _ of store.scanNodes(MERGE.type)) return true
  return false
}
