import type { Column, GraphShape } from '../model/graph-shape.js'
import {
  badRecord,
  type CheckedValues,
  type Citation,
  checkRecord,
  completed,
  type GraphRecord,
  isNode,
  type LinkName,
  type LinkRecord,
  type NodeRecord,
  type StoredLink,
  type StoredNode,
  type StoredRecord,
  sameValue,
  type Value,
} from '../model/records.js'
import {
  readStatement,
  type Said,
  saidValues,
  showVoices,
  splitVoices,
  statementId,
  TO,
  type Voice,
  voiceKey,
} from '../model/voices.js'
import { Disputes, disputeIds, nameOfRecord } from './disputes.js'
import type { StoreWriter } from './graph-store.js'
import { type Merged, nothingMerged } from './merged.js'
import { cited, type SourceSets } from './source-sets.js'

/** Whose records are loaded, and what earlier editions have to do with it. */
export interface Speaker {
  /** The source whose edition speaks. */
  readonly edition: string
  /** Notes that it speaks of a record; tells whether what it said before, in an earlier edition, is to be forgotten. */
  readonly notes: (record: string, citations: readonly Citation[]) => boolean
  /** Voices of a record in the order of trust. */
  readonly inOrder: (voices: readonly Said[]) => readonly Said[]
}

/** A record of the batch, next to what is stored of it. */
interface Item {
  readonly type: string
  readonly columns: readonly Column[]
  readonly stored: StoredRecord | undefined
  /** What is stored and is more than a link that only followed from others. */
  readonly stated: StoredRecord | undefined
  /** What it becomes where one edition speaks of it, once. */
  alone: StoredRecord | undefined
  readonly pending: GraphRecord[]
}

/** Merges records with what a store has of them; what several sources say of one record stays apart. */
export class BatchMerge {
  readonly #links = new Map<string, readonly Column[]>()

  constructor(
    readonly shape: GraphShape,
    readonly writer: StoreWriter,
    readonly sets: SourceSets,
  ) {}

  /** @throws RapporteurError `BAD_INPUT` for a record that does not fit the schema or what is stored */
  async add(records: readonly GraphRecord[], speaker: Speaker): Promise<Merged> {
    const merged = nothingMerged()
    const nodes = records.filter(isNode)
    const links = records.filter((record): record is LinkRecord => !isNode(record))
    if (nodes.length > 0) await this.#add(await this.#nodeItems(nodes, speaker), speaker, merged)
    if (links.length > 0) await this.#add(await this.#linkItems(links, speaker), speaker, merged)
    return merged
  }

  /** Takes voices out of records; those that lose the last one are given to `lost`. */
  async withdraw(
    records: readonly StoredRecord[],
    isGone: (record: StoredRecord, voice: Voice) => boolean,
    inOrder: Speaker['inOrder'],
    merged: Merged,
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
        disputes.replace(stored, stored, columns, [], merged)
        lost.push(stored)
      } else this.#put(stored, this.#show(stored, columns, kept, inOrder, disputes, stored, merged), merged)
    }
    return lost
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

  async #nodeItems(records: readonly NodeRecord[], speaker: Speaker): Promise<ReadonlyMap<string, Item>> {
    const stored = await this.writer.nodes([...new Set(records.map((record) => record.id))])
    const items = new Map<string, Item>()
    for (const record of records) {
      const checked = this.#checked(record)
      const there = items.get(record.id)
      if (there) {
        if (there.type !== record.type) throw otherType(record, there.type)
        there.pending.push(record)
        continue
      }
      const known = stored.get(record.id)
      const live = known && this.shape.nodes.get(known.type)?.own ? undefined : known
      if (live && live.type !== record.type) throw otherType(record, live.type)
      const { type } = record
      const columns = this.columnsOf(record)
      const item: Item = { type, columns, stored: known, stated: live, alone: undefined, pending: [] }
      items.set(record.id, item)
      this.#first(
        item,
        record,
        record.id,
        speaker,
        (weak) => ({
          type: record.type,
          id: record.id,
          values: checked,
          sourceSet: this.sets.single(speaker.edition, record.citations, weak),
        }),
        checked,
      )
    }
    return items
  }

  async #linkItems(records: readonly LinkRecord[], speaker: Speaker): Promise<ReadonlyMap<string, Item>> {
    const names = records.map(({ link, from, to, key = '' }): LinkName => ({ link, from, to, key }))
    const stored = await this.writer.links(names)
    const items = new Map<string, Item>()
    records.forEach((record, i) => {
      const checked = this.#checked(record)
      const name = names[i] as LinkName
      const id = this.#identity(name)
      const there = items.get(id)
      if (there) {
        there.pending.push(record)
        return
      }
      const known = stored[i] ?? undefined
      // What a source states takes the place of what followed from other links.
      const stated = known?.values['inferred'] === true && checked['inferred'] !== true ? undefined : known
      const columns = this.columnsOf(record)
      const item: Item = { type: record.link, columns, stored: known, stated, alone: undefined, pending: [] }
      items.set(id, item)
      this.#first(
        item,
        record,
        id,
        speaker,
        (weak) => ({
          ...name,
          values: checked,
          sourceSet: this.sets.single(speaker.edition, record.citations, weak),
        }),
        checked,
      )
    })
    return items
  }

  /** The first mention of a record in this batch: most records are new, and one edition alone speaks of them, once. */
  #first(
    item: Item,
    record: GraphRecord,
    name: string,
    speaker: Speaker,
    make: (weak: readonly string[]) => StoredRecord,
    checked: CheckedValues,
  ): void {
    const { stated } = item
    const alone =
      stated === undefined || (this.#isOnlyVoice(stated, record, speaker) && speaker.notes(name, record.citations))
    if (!alone) {
      item.pending.push(record)
      return
    }
    if (stated === undefined) speaker.notes(name, record.citations)
    const { weak } = record
    item.alone = make(
      weak ? weak.filter((column) => column === TO.name || checked[column] !== undefined).sort() : NO_WEAK,
    )
  }

  /** Whether nobody else speaks of a stored record, so that what is said anew takes its place as a whole. */
  #isOnlyVoice(stored: StoredRecord, record: GraphRecord, { edition }: Speaker): boolean {
    const voices = this.sets.voices(stored.sourceSet)
    const [voice] = voices
    return voices.length === 1 && voice !== undefined && keyOf(voice) === voiceKey(edition, cited(record.citations))
  }

  async #add(items: ReadonlyMap<string, Item>, speaker: Speaker, merged: Merged): Promise<void> {
    const several = [...items.values()].filter(({ pending, alone, stated }) => pending.length > 0 && !alone && stated)
    const disputes = await this.#disputesOf(several.map(({ stated }) => stated as StoredRecord))
    for (const [name, item] of items) {
      const next =
        item.pending.length === 0 ? (item.alone as StoredRecord) : this.#speak(name, item, speaker, disputes, merged)
      this.#put(item.stored, next, merged)
    }
  }

  #speak(name: string, item: Item, speaker: Speaker, disputes: Disputes, merged: Merged): StoredRecord {
    const { columns, stated, alone, pending } = item
    const first = pending[0] as GraphRecord
    const before = alone ?? stated
    const said = before ? [...this.#split(before, columns, disputes)] : []
    for (const record of pending) {
      const voice = this.#said(record, columns, speaker)
      const key = keyOf(voice)
      const at = said.findIndex((each) => keyOf(each) === key)
      const replaces = speaker.notes(name, record.citations)
      if (at < 0) said.push(voice)
      else said[at] = replaces && !alone ? voice : overlay(record, said[at] as Said, voice)
    }
    const shape = before ?? storedName(first)
    return this.#show(shape, columns, said, speaker.inOrder, disputes, stated, merged)
  }

  #said(record: GraphRecord, columns: readonly Column[], { edition }: Speaker): Said {
    const checked = this.#checked(record)
    const values = { ...saidValues(columns, checked), ...(columns.includes(TO) && { to: (record as LinkRecord).to }) }
    const weak = (record.weak ?? NO_WEAK).filter((column) => values[column as keyof typeof values] !== undefined)
    return { edition, citations: cited(record.citations), values, weak: [...weak].sort() }
  }

  #split(stored: StoredRecord, columns: readonly Column[], disputes: Disputes): readonly Said[] {
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
    said: readonly Said[],
    inOrder: Speaker['inOrder'],
    disputes: Disputes,
    stored: StoredRecord | undefined,
    merged: Merged,
  ): StoredRecord {
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
    disputes.replace(next, stored, columns, disputed, merged)
    return next
  }

  #put(stored: StoredRecord | undefined, next: StoredRecord, merged: Merged): void {
    if ('link' in next) {
      const before = stored as StoredLink | undefined
      if (!before) merged.insertLinks.push(next)
      else if (before.to !== next.to) {
        merged.deleteLinks.push(before)
        merged.insertLinks.push(next)
      } else if (!sameRecord(before, next)) merged.updateLinks.push(next)
      return
    }
    const before = stored as StoredNode | undefined
    if (!before) {
      merged.insertNodes.push(next)
      return
    }
    if (before.type !== next.type) {
      merged.deleteNodes.push(before)
      merged.insertNodes.push(next)
      return
    }
    const columns = this.columnsOf(next)
    const kept = { ...next, values: { ...next.values, ...storeOwn(columns, before.values) } }
    if (sameRecord(before, kept)) return
    const said = columns.filter(({ edition }) => edition !== undefined).map(({ name }) => name)
    const isRefresh =
      before.sourceSet === kept.sourceSet && sameValues(without(before.values, said), without(kept.values, said))
    ;(isRefresh ? merged.refreshNodes : merged.updateNodes).push(kept)
  }

  /** What tells a link from all others; of a type of which a node has at most one, where it comes from. */
  #identity({ link, from, to, key }: LinkName): string {
    return this.shape.links.get(link)?.one ? `${link}\n${from}` : `${link}\n${from}\n${to}\n${key}`
  }

  identityOf(record: StoredRecord): string {
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

const keyOf = ({ edition, citations }: Pick<Said, 'edition' | 'citations'>): string => voiceKey(edition, citations)

/** The name of a record that is not stored yet. */
const storedName = (record: GraphRecord): StoredRecord =>
  isNode(record)
    ? { type: record.type, id: record.id, values: {}, sourceSet: 0 }
    : { link: record.link, from: record.from, to: record.to, key: record.key ?? '', values: {}, sourceSet: 0 }

/** One edition speaks of a record twice: the later word counts, and what only the earlier one said is kept. */
const overlay = (record: GraphRecord, earlier: Said, later: Said): Said => {
  if (earlier.values['to'] !== undefined && earlier.values['to'] !== later.values['to']) {
    throw badRecord(record, `it already leads to "${earlier.values['to']}", and can lead to one record only`, 'import')
  }
  const firm = (name: string) => earlier.values[name] !== undefined && !earlier.weak.includes(name)
  const said = Object.entries(later.values).filter(([name]) => !(later.weak.includes(name) && firm(name)))
  const names = new Set(said.map(([name]) => name))
  return {
    edition: later.edition,
    citations: cited(
      [...earlier.citations, ...later.citations].map(({ source, locator }) => ({
        source,
        ...(locator !== null && { locator }),
      })),
    ),
    values: { ...earlier.values, ...Object.fromEntries(said) },
    weak: [...earlier.weak.filter((name) => !names.has(name)), ...later.weak.filter((name) => names.has(name))].sort(),
  }
}

const otherType = (record: NodeRecord, type: string) =>
  badRecord(record, `the store has "${record.id}" as a ${type}, and this says that it is a ${record.type}`, 'import')

/** The columns that the store writes itself, which no source touches. */
const storeOwn = (columns: readonly Column[], values: CheckedValues): CheckedValues => {
  const own = columns.filter(({ name, edition }) => edition === 'own' && values[name] !== undefined)
  return own.length === 0 ? {} : Object.fromEntries(own.map(({ name }) => [name, values[name] as Value]))
}

const without = (values: CheckedValues, names: readonly string[]): CheckedValues =>
  names.length === 0 ? values : Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))

const sameRecord = (a: StoredRecord, b: StoredRecord): boolean =>
  a.sourceSet === b.sourceSet && sameValues(a.values, b.values)

const sameValues = (a: CheckedValues, b: CheckedValues): boolean => {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => sameValue(a[name], b[name]))
}
