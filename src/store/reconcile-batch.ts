import { TO } from '../model/contradictions.js'
import type { Column, GraphShape } from '../model/graph-shape.js'
import {
  badRecord,
  type CheckedValues,
  checkRecord,
  completed,
  type GraphRecord,
  isNode,
  type LinkRecord,
  type NodeRecord,
  type StoredLink,
  type StoredNode,
  type StoredRecord,
  type Value,
} from '../model/records.js'
import {
  languagesOf,
  readStatement,
  type SourceStatement,
  saidValues,
  showVoices,
  splitVoices,
  statementId,
  type Voice,
  voiceKey,
} from '../model/voices.js'
import { Disputes, disputeIds, nameOfRecord } from './disputes.js'
import type { StoreWriter } from './graph-store.js'
import { overlay } from './overlay.js'
import { type Next, nothingReconciled, putNext, type Reconciled, storeOwn } from './reconciled.js'
import { cited, type SourceSets } from './source-sets.js'

/** Whose records are loaded, and what earlier editions have to do with it. */
export interface SourceContext {
  /** The source whose edition speaks. */
  readonly edition: string
  /** Notes that it speaks of a record; tells whether what it said before, in an earlier edition, is to be forgotten. */
  readonly notes: (record: string, said: Pick<GraphRecord, 'citations' | 'as'>) => boolean
  /** Voices of a record in the order of trust. */
  readonly inOrder: (voices: readonly SourceStatement[]) => readonly SourceStatement[]
}

/** A record of the batch, next to what is stored of it. */
interface Item {
  readonly stored: StoredRecord | undefined
  /** What is stored and is more than a link that only followed from others. */
  readonly stated: StoredRecord | undefined
  /** What it becomes where one edition alone speaks of it, once: most records do. */
  readonly alone: StoredRecord | null
  /** What else is said of it in this batch. */
  pending: readonly GraphRecord[]
}

/** Reconciles records with what a store has of them; what several sources say of one record stays apart. */
export class BatchReconciler {
  readonly #links = new Map<string, readonly Column[]>()

  constructor(
    readonly shape: GraphShape,
    readonly writer: StoreWriter,
    readonly sets: SourceSets,
  ) {}

  /** @throws RapporteurError `BAD_INPUT` for a record that does not fit the schema or what is stored */
  async add(records: readonly GraphRecord[], speaker: SourceContext): Promise<Reconciled> {
    const reconciled = nothingReconciled()
    const nodes = records.filter(isNode)
    const links = records.filter((record): record is LinkRecord => !isNode(record))
    if (nodes.length > 0) await this.#add(await this.#nodeItems(nodes, speaker), speaker, reconciled)
    if (links.length > 0) await this.#add(await this.#linkItems(links, speaker), speaker, reconciled)
    return reconciled
  }

  /** Takes voices out of records; those that lose the last one are given to `lost`. */
  async withdraw(
    records: readonly StoredRecord[],
    isGone: (record: StoredRecord, voice: Voice) => boolean,
    inOrder: SourceContext['inOrder'],
    reconciled: Reconciled,
  ): Promise<readonly StoredRecord[]> {
    const disputes = await this.#disputesOf(records)
    const lost: StoredRecord[] = []
    for (const stored of records) {
      const columns = this.columnsOf(stored)
      const said = this.#split(stored, columns, disputes)
      const voices = this.sets.voices(stored.sourceSet)
      const kept = said.filter((_, i) => !isGone(stored, voices[i] as Voice))
      if (kept.length === said.length) continue
      if (kept.length === 0) {
        disputes.replace(stored, stored, columns, [], reconciled)
        lost.push(stored)
      } else
        putNext(stored, this.#show(stored, columns, kept, inOrder, disputes, stored, reconciled), columns, reconciled)
    }
    return lost
  }

  /** What each voice says of these records. */
  async split(records: readonly StoredRecord[]): Promise<readonly (readonly SourceStatement[])[]> {
    const disputes = await this.#disputesOf(records)
    return records.map((stored) => this.#split(stored, this.columnsOf(stored), disputes))
  }

  /** The columns of a record's type; of a link of which a node has at most one, with where it leads. */
  columnsOf(record: StoredRecord | GraphRecord): readonly Column[] {
    const name = 'link' in record ? record.link : record.type
    const known = this.#links.get(name)
    if (known) return known
    const link = 'link' in record ? this.shape.links.get(record.link) : undefined
    const columns = [...((link ?? this.shape.nodes.get(name))?.columns.values() ?? []), ...(link?.one ? [TO] : [])]
    this.#links.set(name, columns)
    return columns
  }

  async #nodeItems(records: readonly NodeRecord[], speaker: SourceContext): Promise<ReadonlyMap<string, Item>> {
    const stored = await this.writer.nodes([...new Set(records.map((record) => record.id))])
    const items = new Map<string, Item>()
    for (const record of records) {
      const { type, id } = record
      const values = this.#checked(record)
      const known = stored.get(id)
      const stated = known && this.shape.nodes.get(known.type)?.own ? undefined : known
      if (stated && stated.type !== type) throw otherType(record, stated.type)
      const there = items.get(id)
      if (there === undefined) {
        const made = { type, id, values, sourceSet: this.#single(record, values, speaker) }
        items.set(id, this.#item(id, record, made, known, stated, speaker))
        continue
      }
      const first = (there.alone ?? there.pending[0]) as { readonly type: string }
      if (first.type !== type) throw otherType(record, first.type)
      there.pending = [...there.pending, record]
    }
    return items
  }

  async #linkItems(records: readonly LinkRecord[], speaker: SourceContext): Promise<ReadonlyMap<string, Item>> {
    const made = records.map((record): StoredLink => {
      const values = this.#checked(record)
      const { link, from, to, key = '' } = record
      return { link, from, to, key, values, sourceSet: this.#single(record, values, speaker) }
    })
    const stored = await this.writer.links(made)
    const items = new Map<string, Item>()
    for (const [i, link] of made.entries()) {
      const record = records[i] as LinkRecord
      const name = this.#identity(link)
      const there = items.get(name)
      if (there !== undefined) {
        there.pending = [...there.pending, record]
        continue
      }
      const known = stored[i] ?? undefined
      // What a source states takes the place of what followed from other links.
      const stated = known?.values['inferred'] === true && link.values['inferred'] !== true ? undefined : known
      items.set(name, this.#item(name, record, link, known, stated, speaker))
    }
    return items
  }

  /** The first mention of a record in this batch. */
  #item(
    name: string,
    record: GraphRecord,
    made: StoredRecord,
    stored: StoredRecord | undefined,
    stated: StoredRecord | undefined,
    speaker: SourceContext,
  ): Item {
    if (stated === undefined) {
      speaker.notes(name, record)
      return { stored, stated, alone: made, pending: NO_RECORDS }
    }
    const replaces = this.#isOnlyVoice(stated, record, speaker) && speaker.notes(name, record)
    return replaces
      ? { stored, stated, alone: made, pending: NO_RECORDS }
      : { stored, stated, alone: null, pending: [record] }
  }

  /** The set of sources of a record of which this edition alone speaks. */
  #single(record: GraphRecord, values: CheckedValues, { edition }: SourceContext): number {
    const { citations, weak, as } = record
    const names = { as, languages: record.languages ? languagesOf(record, values) : null }
    if (!weak) return this.sets.single(edition, citations, NO_WEAK, names)
    const said = weak.filter((column) => column === TO.name || values[column] !== undefined)
    return this.sets.single(edition, citations, said.sort(), names)
  }

  /** Whether nobody else speaks of a stored record, so that what is said anew takes its place as a whole. */
  #isOnlyVoice(stored: StoredRecord, record: GraphRecord, { edition }: SourceContext): boolean {
    const voices = this.sets.voices(stored.sourceSet)
    const [voice] = voices
    return (
      voices.length === 1 &&
      voice !== undefined &&
      voiceKey(voice) === voiceKey({ edition, citations: cited(record.citations), ...named(record) })
    )
  }

  async #add(items: ReadonlyMap<string, Item>, speaker: SourceContext, reconciled: Reconciled): Promise<void> {
    const disputes = await this.#disputesOf(
      [...items.values()].flatMap(({ alone, stated }) => (alone === null && stated ? [stated] : [])),
    )
    for (const [name, item] of items) {
      const next =
        item.pending.length === 0
          ? { next: item.alone as StoredRecord, isDisputed: false }
          : this.#speak(name, item, speaker, disputes, reconciled)
      putNext(item.stored, next, this.columnsOf(next.next), reconciled)
    }
  }

  #speak(name: string, item: Item, speaker: SourceContext, disputes: Disputes, reconciled: Reconciled): Next {
    const { stated, alone, pending } = item
    const before = (alone ?? stated) as StoredRecord
    const columns = this.columnsOf(before)
    const said = [...this.#split(before, columns, disputes)]
    for (const record of pending) {
      const voice = this.#said(record, columns, speaker)
      const key = voiceKey(voice)
      const at = said.findIndex((each) => voiceKey(each) === key)
      const replaces = speaker.notes(name, record)
      if (at < 0) said.push(voice)
      else said[at] = replaces && !alone ? voice : overlay(record, said[at] as SourceStatement, voice)
    }
    return this.#show(before, columns, said, speaker.inOrder, disputes, stated, reconciled)
  }

  #said(record: GraphRecord, columns: readonly Column[], { edition }: SourceContext): SourceStatement {
    const checked = this.#checked(record)
    const values = { ...saidValues(columns, checked), ...(columns.includes(TO) && { to: (record as LinkRecord).to }) }
    const weak = (record.weak ?? NO_WEAK).filter((column) => values[column as keyof typeof values] !== undefined)
    const languages = languagesOf(record, values)
    return {
      edition,
      citations: cited(record.citations),
      values,
      weak: [...weak].sort(),
      ...named(record),
      ...(languages && { languages }),
    }
  }

  #split(stored: StoredRecord, columns: readonly Column[], disputes: Disputes): readonly SourceStatement[] {
    const record = nameOfRecord(this.shape, stored)
    const values = columns.includes(TO) ? { ...stored.values, to: (stored as StoredLink).to } : stored.values
    return splitVoices(columns, values, this.sets.voices(stored.sourceSet), (voice, field) => {
      const text = disputes.value(statementId(record, field, voice))
      return text === undefined ? undefined : readStatement(columns, field, text)
    })
  }

  /** The record as it is shown after these voices, with its statements and conflicts in the store. */
  #show(
    name: StoredRecord,
    columns: readonly Column[],
    said: readonly SourceStatement[],
    inOrder: SourceContext['inOrder'],
    disputes: Disputes,
    stored: StoredRecord | undefined,
    reconciled: Reconciled,
  ): Next {
    const { values: shown, voices, disputed } = showVoices(columns, inOrder(said))
    const { to, ...own } = shown as Record<string, Value>
    const byName = new Map(columns.filter((column) => column !== TO).map((column) => [column.name, column]))
    const values = { ...completed(byName, own), ...(stored && storeOwn(columns, stored.values)) }
    const next = {
      ...name,
      ...(to !== undefined && columns.includes(TO) && { to: to as string }),
      values,
      sourceSet: this.sets.of(voices),
    }
    return { next, isDisputed: disputes.replace(next, stored, columns, disputed, reconciled) }
  }

  /** What tells a link from all others; of a type of which a node has at most one, where it comes from. */
  #identity({ link, from, to, key = '' }: Omit<LinkRecord, 'values' | 'citations'>): string {
    return this.shape.links.get(link)?.one ? `${link}\n${from}` : `${link}\n${from}\n${to}\n${key}`
  }

  identityOf(record: StoredRecord | GraphRecord): string {
    return 'link' in record ? this.#identity(record) : record.id
  }

  async #disputesOf(records: readonly StoredRecord[]): Promise<Disputes> {
    const ids = records.flatMap((record) => disputeIds(this.shape, record, this.sets.voices(record.sourceSet)))
    const nodes = ids.length > 0 ? await this.writer.nodes(ids) : new Map<string, StoredNode>()
    return new Disputes(this.shape, this.sets, nodes)
  }

  #checked(record: GraphRecord): CheckedValues {
    const checked = checkRecord(this.shape, record)
    if (typeof checked === 'string') throw badRecord(record, checked, 'import')
    return checked
  }
}

const NO_WEAK: readonly string[] = []

const named = ({ as }: GraphRecord) => (as ? { as } : {})
const NO_RECORDS: readonly GraphRecord[] = []

const otherType = (record: NodeRecord, type: string) =>
  badRecord(record, `the store has "${record.id}" as a ${type}, and this says that it is a ${record.type}`, 'import')
