import { TO } from '../model/contradictions.js'
import { type GraphShape, type LinkShape, MERGE, mergedIdOf } from '../model/graph-shape.js'
import { type GraphRecord, isNode, type NamedAs, type Value, type Values } from '../model/records.js'
import type { Voice } from '../model/voices.js'
import type { GraphStore } from './graph-store.js'
import type { SourceSets } from './source-sets.js'

/** Which ids are no longer used, and what has taken the place of each. */
export class Merges {
  /** By an id that is no longer used, the one that is in the end. */
  readonly #into: ReadonlyMap<string, string>
  /** The columns of each type of link that refer to nodes. */
  readonly #references: ReadonlyMap<string, readonly string[]>

  /** @param said by an id that is no longer used, what a source gives for it, which may have been merged itself */
  constructor(
    shape: GraphShape,
    readonly said: ReadonlyMap<string, { readonly into: string; readonly edition: string }>,
  ) {
    this.#into = new Map([...said.keys()].map((id) => [id, lastOf(said, id)]))
    const references = ({ columns }: LinkShape) =>
      [...columns.values()].filter(({ kind }) => kind === 'reference').map(({ name }) => name)
    this.#references = new Map([...shape.links.values()].map((link) => [link.name, references(link)]))
  }

  /** The merges that a store holds, as their most trusted sources say. */
  static async read(
    store: GraphStore,
    shape: GraphShape,
    sets: SourceSets,
    compare: (a: Voice, b: Voice) => number,
  ): Promise<Merges> {
    const said = new Map<string, { readonly into: string; readonly edition: string }>()
    if (shape.links.has(MERGE.link)) {
      for await (const { from, to, sourceSet } of store.scanLinks(MERGE.link)) {
        // They name one record, by whatever id; what is said in passing comes last.
        const agreeing = sets.voices(sourceSet).filter(({ differs }) => !differs.includes(TO.name))
        const isWeak = ({ weak }: Voice) => Number(weak.includes(TO.name))
        const [shown] = [...agreeing].sort((a, b) => isWeak(a) - isWeak(b) || compare(b, a))
        const into = shown?.as?.['to'] ?? to
        said.set(mergedIdOf(from), { into, edition: shown?.edition ?? '' })
      }
    }
    return new Merges(shape, said)
  }

  get isEmpty(): boolean {
    return this.#into.size === 0
  }

  /** Whether the same ids are in use as by other merges. */
  equals(other: Merges): boolean {
    const ids = [...this.#into.keys(), ...other.#into.keys()]
    return ids.every((id) => this.resolve(id) === other.resolve(id))
  }

  /** The ids that are no longer used. */
  get ids(): readonly string[] {
    return [...this.#into].flatMap(([id, into]) => (id === into ? [] : [id]))
  }

  /** The edition that says that an id is no longer used. */
  saidBy(id: string): string {
    return this.said.get(id)?.edition ?? ''
  }

  /** The id that is used in the place of this one; itself where it was not merged. */
  resolve(id: string): string {
    return this.#into.get(id) ?? id
  }

  /** A record with the ids that are used, next to those by which its source names them. */
  rename<R extends GraphRecord>(record: R): R {
    const as: Record<string, string> = {}
    const used = (name: string, id: string): string => {
      const into = this.resolve(id)
      if (into !== id) as[name] = id
      return into
    }
    if (isNode(record)) {
      const id = used('id', record.id)
      return id === record.id ? record : { ...record, id, as }
    }
    const [from, to] = [used('from', record.from), used('to', record.to)]
    const values: Record<string, Value | null | undefined> = { ...record.values }
    for (const column of this.#references.get(record.link) ?? [])
      if (typeof values[column] === 'string') values[column] = used(column, values[column])
    return Object.keys(as).length === 0 ? record : { ...record, from, to, values: values as Values, as: sorted(as) }
  }
}

/** Follows an id to the end; of ids that are merged into one another in a ring, the first takes the place of all. */
const lastOf = (said: Merges['said'], id: string): string => {
  const seen = [id]
  for (let next = said.get(id)?.into; next !== undefined; next = said.get(next)?.into) {
    const at = seen.indexOf(next)
    if (at >= 0) return seen.slice(at).sort()[0] as string
    seen.push(next)
  }
  return seen.at(-1) as string
}

const sorted = (as: NamedAs): NamedAs => Object.fromEntries(Object.entries(as).sort(([a], [b]) => (a < b ? -1 : 1)))
