import type { GraphShape } from '../model/graph-shape.js'
import { INFERENCE_RULES, type InferredLink } from '../model/infer-links.js'
import {
  badRecord,
  type CheckedValues,
  checkRecord,
  type GraphRecord,
  isNode,
  type LinkName,
  type LinkRecord,
  type NodeRecord,
  type StoredLink,
  type StoredNode,
  sameValue,
} from '../model/records.js'
import type { Changes, Edition, GraphStore, StoreWriter } from './graph-store.js'
import { SourceSets } from './source-sets.js'

/** What loading did, in records. */
export interface LoadCounts {
  inserted: number
  updated: number
  unchanged: number
  /** Links that follow from others by a rule. */
  inferred: number
}

export interface LoaderOptions {
  readonly store: GraphStore
  readonly shape: GraphShape
  /** The moment that changed records carry as `updatedAt`. */
  readonly now: () => Date
}

/** Loads records into a store: merges each batch with what is there and writes what is new, all of it or nothing. */
export class Loader {
  readonly counts: LoadCounts = { inserted: 0, updated: 0, unchanged: 0, inferred: 0 }

  private constructor(
    readonly options: LoaderOptions,
    readonly writer: StoreWriter,
    readonly sets: SourceSets,
  ) {}

  /** @throws RapporteurError `STORE_LOCKED` where somebody else is writing */
  static async open(options: LoaderOptions): Promise<Loader> {
    const writer = await options.store.writer()
    return new Loader(options, writer, new SourceSets(await options.store.sourceSets()))
  }

  /** Notes how far the loading of a source has come. */
  async mark(edition: Edition): Promise<void> {
    await this.#write({ ...NOTHING, edition })
  }

  /**
   * Merges a batch with what is stored and writes it; on return it is on disk.
   * @throws RapporteurError `BAD_INPUT` for a record that does not fit the schema; nothing of the batch is written then
   */
  async add(batch: readonly GraphRecord[]): Promise<void> {
    const nodes = batch.filter(isNode)
    const links = batch.filter((record): record is LinkRecord => !isNode(record))
    const [insertNodes, updateNodes] = await this.#mergeNodes(nodes)
    const [insertLinks, updateLinks] = await this.#mergeLinks(links)
    this.counts.inserted += insertNodes.length + insertLinks.length
    this.counts.updated += updateNodes.length + updateLinks.length
    this.counts.unchanged +=
      batch.length - insertNodes.length - insertLinks.length - updateNodes.length - updateLinks.length
    await this.#write({ ...NOTHING, insertNodes, updateNodes, insertLinks, updateLinks })
  }

  /** Writes the links that follow from others, where something was changed; a link that a source states is left as it is. */
  async finish(): Promise<void> {
    for (const rule of INFERENCE_RULES) {
      const stated = new Set<string>()
      const stale = new Map<string, StoredLink>()
      for await (const link of this.options.store.scanLinks(rule.link)) {
        if (link.values['inferred'] === true) stale.set(nameOf(link), link)
        else stated.add(nameOf(link))
      }
      const insertLinks: StoredLink[] = []
      const updateLinks: StoredLink[] = []
      for (const link of this.#united(await rule.infer(this.options.store))) {
        if (stated.has(nameOf(link))) continue
        const known = stale.get(nameOf(link))
        stale.delete(nameOf(link))
        if (!known) insertLinks.push(link)
        else if (!sameRecord(known, link)) updateLinks.push(link)
        this.counts.inferred += 1
      }
      await this.#write({ ...NOTHING, insertLinks, updateLinks, deleteLinks: [...stale.values()] })
    }
  }

  /** Each link once, with the sources of every way in which it follows. */
  #united(links: readonly InferredLink[]): readonly StoredLink[] {
    const united = new Map<string, StoredLink>()
    for (const { sourceSets, ...link } of links) {
      const known = united.get(nameOf(link))
      const sourceSet = this.sets.uniteAll(known ? [known.sourceSet, ...sourceSets] : sourceSets)
      united.set(nameOf(link), { ...(known ?? link), sourceSet })
    }
    return [...united.values()]
  }

  async close(): Promise<void> {
    await this.writer.close()
  }

  async #mergeNodes(records: readonly NodeRecord[]): Promise<readonly [StoredNode[], StoredNode[]]> {
    const stored =
      records.length > 0
        ? await this.writer.nodes([...new Set(records.map((record) => record.id))])
        : new Map<string, StoredNode>()
    const merge = new Merge<StoredNode>()
    for (const record of records) {
      const known = merge.known(record.id) ?? stored.get(record.id)
      if (known && known.type !== record.type)
        throw badRecord(
          record,
          `the store has "${record.id}" as a ${known.type}, and this says that it is a ${record.type}`,
          'import',
        )
      const { values, sourceSet } = this.#merged(record, known)
      merge.put(record.id, { type: record.type, id: record.id, values, sourceSet }, stored.get(record.id))
    }
    return merge.changes()
  }

  async #mergeLinks(records: readonly LinkRecord[]): Promise<readonly [StoredLink[], StoredLink[]]> {
    if (records.length === 0) return [[], []]
    const names = records.map(({ link, from, to, key = '' }): LinkName => ({ link, from, to, key }))
    const stored = await this.writer.links(names)
    const merge = new Merge<StoredLink>()
    records.forEach((record, i) => {
      const name = names[i] as LinkName
      const id = nameOf(name)
      const { values, sourceSet } = this.#merged(record, merge.known(id) ?? stored[i] ?? undefined)
      merge.put(id, { ...name, values, sourceSet }, stored[i] ?? undefined)
    })
    return merge.changes()
  }

  /** The value of the source trusted more is shown, and of one source the newer value; what only one of them says is kept. */
  #merged(record: GraphRecord, known: Stored | undefined): Stored {
    const checked = checkRecord(this.options.shape, record)
    if (typeof checked === 'string') throw badRecord(record, checked, 'import')
    // What a source states takes the place of what followed from other links.
    const stated = known?.values['inferred'] === true && checked['inferred'] !== true
    if (!known || stated) return { values: checked, sourceSet: this.sets.of(record.citations) }
    const [below, above] = this.sets.goesBefore(record.citations, known.sourceSet)
      ? [known.values, checked]
      : [checked, known.values]
    return { values: overlay(below, above), sourceSet: this.sets.unite(known.sourceSet, record.citations) }
  }

  async #write(changes: Omit<Changes, 'sourceSets'>): Promise<void> {
    const sourceSets = this.sets.takeNew()
    const empty = sourceSets.length === 0 && !changes.edition && LISTS.every((list) => changes[list].length === 0)
    if (!empty) await this.writer.write({ ...changes, sourceSets }, this.options.now().toISOString())
  }
}

const LISTS = ['insertNodes', 'updateNodes', 'insertLinks', 'updateLinks', 'deleteLinks'] as const
const NOTHING = { insertNodes: [], updateNodes: [], insertLinks: [], updateLinks: [], deleteLinks: [] } as const

/** The records of a batch as they will be stored, each once. */
class Merge<T extends { readonly values: CheckedValues; readonly sourceSet: number }> {
  readonly #merged = new Map<string, { readonly record: T; readonly stored: T | undefined }>()

  known(id: string): T | undefined {
    return this.#merged.get(id)?.record
  }

  put(id: string, record: T, stored: T | undefined): void {
    this.#merged.set(id, { record, stored })
  }

  /** What is new, and what differs from what is stored. */
  changes(): readonly [T[], T[]] {
    const [inserted, updated]: [T[], T[]] = [[], []]
    for (const { record, stored } of this.#merged.values()) {
      if (!stored) inserted.push(record)
      else if (!sameRecord(stored, record)) updated.push(record)
    }
    return [inserted, updated]
  }
}

const overlay = (below: CheckedValues, above: CheckedValues): CheckedValues => {
  const values = { ...below }
  for (const [name, value] of Object.entries(above)) {
    // An empty list says nothing.
    if (!(Array.isArray(value) && value.length === 0 && values[name] !== undefined)) values[name] = value
  }
  return values
}

type Stored = Pick<StoredNode, 'values' | 'sourceSet'>

const sameRecord = (a: Stored, b: Stored): boolean => a.sourceSet === b.sourceSet && sameValues(a.values, b.values)

const sameValues = (a: CheckedValues, b: CheckedValues): boolean => {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => sameValue(a[name], b[name]))
}

const nameOf = ({ link, from, to, key }: LinkName): string => `${link}\n${from}\n${to}\n${key}`
