import type { StoredLink, StoredNode } from '../model/records.js'
import type { ExportedGraph } from './exported-graph.js'

/** A record with the links that go out from it, by their type. */
export interface NodeWithLinks {
  readonly node: StoredNode
  readonly links: Readonly<Record<string, readonly StoredLink[]>>
}

/**
 * The records of a type with their links of some types, which have no other records at their start. Both are read in the
 * order of ids, so that no more is held than the links of one record.
 */
export async function* nodesWithLinks(
  graph: ExportedGraph,
  type: string,
  names: readonly string[],
): AsyncGenerator<NodeWithLinks> {
  const readers = names.map((name) => new LinkReader(name, graph.links(name)))
  for await (const node of graph.nodes(type)) {
    const links: Record<string, readonly StoredLink[]> = {}
    for (const reader of readers) links[reader.name] = await reader.of(node.id)
    yield { node, links }
  }
  for (const reader of readers) await reader.of(null)
}

class LinkReader {
  #next: StoredLink | null | undefined

  constructor(
    readonly name: string,
    readonly all: AsyncGenerator<StoredLink>,
  ) {}

  /** The links that go out from a record; asked of one after the other, and of none at the end, which no link may outlast. */
  async of(id: string | null): Promise<readonly StoredLink[]> {
    if (this.#next === undefined) await this.#read()
    const found: StoredLink[] = []
    while (this.#next && this.#next.from === id) {
      found.push(this.#next)
      await this.#read()
    }
    if (id === null && this.#next)
      throw new Error(`A link "${this.name}" goes out from "${this.#next.from}", which is not where it may.`)
    return found
  }

  async #read(): Promise<void> {
    const { value, done } = await this.all.next()
    this.#next = done ? null : value
  }
}
