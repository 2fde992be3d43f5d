import { type GraphShape, isOwnLink, MERGE } from '../model/graph-shape.js'
import { type GraphRecord, isNode, type NamedAs, type StoredRecord } from '../model/records.js'
import { voiceKey } from '../model/voices.js'
import type { GraphStore } from './graph-store.js'
import { NameSet } from './name-set.js'
import { cited, type SourceSets } from './source-sets.js'

/** What an edition would take back of what the one in the store says, in records and links. */
export interface TakenBack {
  /** What the edition in the store says. */
  readonly said: number
  readonly gone: number
  /** What is gone by type of record and link, the most first. */
  readonly byType: Readonly<Record<string, number>>
}

/** What the program finds is nothing that a source says. */
const FOUND: ReadonlySet<string> = new Set(['Issue', 'IssueAbout'])

/** What an edition speaks of, under the names that its source uses: eight bytes for each record and its sources. */
export class EditionNames {
  readonly #names = new NameSet()
  /** Ids that it says are used no longer. */
  readonly #merged = new Set<string>()

  constructor(
    readonly shape: GraphShape,
    readonly edition: string,
  ) {}

  add(record: GraphRecord): void {
    if (isNode(record) && record.type === MERGE.type) this.#merged.add(String(record.values['merged']))
    this.#names.add(this.#name(record, undefined, { edition: this.edition, citations: cited(record.citations) }))
  }

  /** Looks through what the store has of the edition's source for what is not among these. */
  async missing(store: GraphStore, sets: SourceSets): Promise<TakenBack> {
    const sourceSets = [...sets.speaking(this.edition).keys()]
    const byType = new Map<string, number>()
    let said = 0
    const look = (kind: string, stored: StoredRecord): void => {
      for (const voice of sets.voices(stored.sourceSet)) {
        if (voice.edition !== this.edition) continue
        said += 1
        if ('id' in stored && this.#merged.has(voice.as?.['id'] ?? stored.id)) continue
        if (!this.#names.has(this.#name(stored, voice.as, voice))) byType.set(kind, (byType.get(kind) ?? 0) + 1)
      }
    }
    if (sourceSets.length > 0) {
      for (const { name, own } of this.shape.nodes.values())
        if (!own && !FOUND.has(name)) for await (const node of store.scanNodes(name, { sourceSets })) look(name, node)
      for (const link of this.shape.links.values())
        if (!isOwnLink(this.shape, link) && !FOUND.has(link.name))
          for await (const each of store.scanLinks(link.name, { sourceSets })) look(link.name, each)
    }
    const sorted = [...byType].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    return { said, gone: sorted.reduce((sum, [, many]) => sum + many, 0), byType: Object.fromEntries(sorted) }
  }

  #name(record: GraphRecord | StoredRecord, as: NamedAs | undefined, voice: Parameters<typeof voiceKey>[0]): string {
    const said = voiceKey({ edition: voice.edition, citations: voice.citations })
    if (!('link' in record)) return `${as?.['id'] ?? record.id}\n${said}`
    const from = as?.['from'] ?? record.from
    if (this.shape.links.get(record.link)?.one) return `${record.link}\n${from}\n${said}`
    return `${record.link}\n${from}\n${as?.['to'] ?? record.to}\n${record.key ?? ''}\n${said}`
  }
}
