import { type GraphShape, isListedInChanges, isOwnLink } from '../model/graph-shape.js'
import { INFERENCE_RULES } from '../model/infer-links.js'
import type { GraphRecord, StoredLink } from '../model/records.js'
import { voiceKey } from '../model/voices.js'
import { type Changes, type Edition, type GraphStore, NO_CHANGES, type StoreWriter } from './graph-store.js'
import { inferredChanges } from './inferred-changes.js'
import { derivationOf, InferredColumns } from './inferred-columns.js'
import { Merges } from './merges.js'
import { moveMerged } from './move-merged.js'
import { NameSet } from './name-set.js'
import { byEdition, inOrderOfTrust } from './order-of-trust.js'
import { BatchReconciler, type SourceContext } from './reconcile-batch.js'
import { cited, SourceSets } from './source-sets.js'
import { type Sweep, type SweepCounts, sweep, sweepOrphans } from './sweep.js'

/** What loading did, in records. */
export interface LoadCounts extends SweepCounts {
  inserted: number
  updated: number
  unchanged: number
  /** Links that follow from others by a rule. */
  inferred: number
  /** What was brought under another id, because a merge of two ids was said or is said no longer. */
  moved: number
}

export interface LoaderOptions {
  readonly store: GraphStore
  readonly shape: GraphShape
  /** The moment that changed records carry as `updatedAt`. */
  readonly now: () => Date
  /** Compares and counts, and writes nothing. */
  readonly dryRun?: boolean
}

/**
 * Loads editions of sources into a store: `begin`, `add` batches, `end`; when all are in, `finish` and `complete`.
 * Each batch is reconciled with what is there and written as a whole or not at all.
 */
export class Loader {
  readonly counts: LoadCounts = {
    inserted: 0,
    updated: 0,
    unchanged: 0,
    inferred: 0,
    moved: 0,
    deleted: 0,
    changed: 0,
    orphaned: 0,
  }
  readonly #reconciler: BatchReconciler
  /** The types of links that go out from what the store makes itself. */
  readonly #ownLinks: ReadonlySet<string>
  #version: number
  #editions: ReadonlyMap<string, Edition>
  #speaker: SourceContext
  /** What the edition says, where an earlier one of the same source said something: of each record and voice, a hash. */
  #seen: NameSet | null = null
  #merges: Merges
  /** Whether somebody was stopped while writing, so that records may lie under ids that are no longer used. */
  readonly #wasCutOff: boolean
  readonly #columns: InferredColumns
  /** The batch that the store is writing. */
  #writing: Promise<void> = Promise.resolve()

  private constructor(
    readonly options: LoaderOptions,
    readonly writer: StoreWriter,
    readonly sets: SourceSets,
    editions: readonly Edition[],
    merges: Merges,
    version: number,
    /** By which rules the columns of the store that follow from others were worked out. */
    readonly derivedBy: string | null,
  ) {
    this.#version = version
    this.#columns = new InferredColumns(options.shape)
    this.#merges = merges
    this.#wasCutOff = editions.some(({ state }) => state !== 'complete')
    const ownLinks = [...options.shape.links.values()].filter((link) => isOwnLink(options.shape, link))
    this.#ownLinks = new Set(ownLinks.map(({ name }) => name))
    this.#reconciler = new BatchReconciler(options.shape, writer, sets)
    this.#editions = byEdition(editions)
    this.#speaker = this.#speakerOf('')
  }

  /** @throws RapporteurError `STORE_LOCKED` where somebody else is writing */
  static async open(options: LoaderOptions): Promise<Loader> {
    const writer = await options.store.writer()
    try {
      const sets = new SourceSets(await options.store.sourceSets())
      const editions = await options.store.editions()
      const merges = await Merges.read(options.store, options.shape, sets, inOrderOfTrust(byEdition(editions)))
      const { version } = await options.store.state()
      return new Loader(options, writer, sets, editions, merges, version, await options.store.derivedBy())
    } catch (error) {
      await writer.close()
      throw error
    }
  }

  /** Begins an edition: what is added from now on is its word, and it is marked as on its way. */
  async begin(edition: Edition): Promise<void> {
    const { source } = edition
    this.#seen = this.#editions.has(source) && this.sets.speaking(source).size > 0 ? new NameSet() : null
    this.#editions = new Map([...this.#editions, [source, edition]])
    this.#speaker = this.#speakerOf(source)
    await this.#write({ edition: { ...edition, state: 'importing' } })
  }

  /**
   * Merges a batch with what is stored and has it written; while the store does that, the next one may be added. It is on
   * disk, or its error is thrown, when that one's call returns, or that of `end`.
   * @throws RapporteurError `BAD_INPUT` for a record that does not fit the schema; nothing of the batch is written then
   */
  async add(batch: readonly GraphRecord[]): Promise<void> {
    const used = this.#merges.isEmpty ? batch : batch.map((record) => this.#merges.rename(record))
    const reconciled = await this.#reconciler.add(used, this.#speaker)
    const nodes = reconciled.insertNodes.filter(({ type }) => !this.options.shape.nodes.get(type)?.own)
    const inserted = nodes.length + reconciled.insertLinks.filter((link) => !this.#isOwn(link)).length
    const updated = reconciled.updateNodes.length + reconciled.updateLinks.length
    const moved = reconciled.deleteLinks.length
    this.counts.inserted += inserted - moved
    this.counts.updated += updated + moved
    this.counts.unchanged += Math.max(batch.length - inserted - updated, 0)
    await this.#write(reconciled)
  }

  /** Ends an edition: takes back what an earlier one said and this one does not. */
  async end(): Promise<void> {
    await this.#writing
    const seen = this.#seen
    const { edition } = this.#speaker
    if (seen === null) return
    const uses = await this.options.store.countSourceSets()
    const said = [...this.sets.speaking(edition)].reduce((sum, [set, voices]) => sum + voices * (uses.get(set) ?? 0), 0)
    if (said > seen.size || this.options.dryRun)
      await this.#sweep(edition, (name) => !seen.has(name), 'A newer edition of the source does not say it.')
    this.#seen = null
  }

  /** Takes back all that an edition says, as an empty one would, and forgets it; cut off, it is done again. */
  async remove(edition: Edition): Promise<void> {
    const { source } = edition
    this.#speaker = this.#speakerOf(source)
    await this.#writeNow({ edition: { ...edition, state: 'removing' } })
    await this.#sweep(source, () => true, 'The source was removed.')
    await this.finish()
    await this.#writeNow({ removeEdition: source })
  }

  /**
   * Brings records under the ids that are used, where merges of ids have changed, and writes the links and columns that
   * follow from others, where something was changed; a link that a source states is left as it is.
   */
  async finish(): Promise<void> {
    await this.#writing
    await this.#moveMerged()
    for (const rule of INFERENCE_RULES) {
      const { links, ...changes } = await inferredChanges(rule, this.options.store, this.sets)
      this.counts.inferred += links
      await this.#writeNow(changes)
    }
    await this.#finishColumns()
  }

  /** Columns that an older program did not have, or had by other rules, are filled in all records. */
  async #finishColumns(): Promise<void> {
    const { store, shape } = this.options
    const derivedBy = derivationOf(shape)
    const isOutdated = this.derivedBy !== derivedBy
    if (isOutdated) for await (const changes of this.#columns.rederive(store)) await this.#writeNow(changes)
    const isAll = isOutdated || this.#wasCutOff
    for await (const changes of this.#columns.refresh(store, isAll)) await this.#writeNow(changes)
    if (isOutdated) await this.#writeNow({ derivedBy })
  }

  /** Marks an edition as wholly in the store, and its sources as checked now. */
  async complete(edition: Edition, isNew: boolean): Promise<void> {
    await this.#refreshSources(edition.source, isNew)
    await this.#writeNow({ edition: { ...edition, state: 'complete' } })
  }

  /** Notes that the sources of an edition were looked at and had nothing new. */
  async checked(source: string): Promise<void> {
    await this.#refreshSources(source, false)
    await this.#writing
  }

  /** Waits for the last batch and ends the session. */
  async close(): Promise<void> {
    await this.#writing.catch(() => undefined)
    await this.writer.close()
  }

  #speakerOf(edition: string): SourceContext {
    return {
      edition,
      notes: (record, { citations, as }) =>
        this.#seen?.add(`${record}\n${voiceKey({ edition, citations: cited(citations), ...(as && { as }) })}`) ?? false,
      inOrder: (voices) => {
        const compare = inOrderOfTrust(this.#editions)
        return [...voices].sort((a, b) => compare(b, a))
      },
    }
  }

  async #moveMerged(): Promise<void> {
    const { store, shape, now } = this.options
    const merges = await Merges.read(store, shape, this.sets, inOrderOfTrust(this.#editions))
    const isSame = merges.equals(this.#merges)
    this.#merges = merges
    // What could not go back, because its record was gone, may go when that is there again.
    const { ofRecords, ofEnds } = this.sets.names()
    const waits = [...ofRecords, ...ofEnds].some((id) => merges.resolve(id) === id)
    if (isSame && !waits && !this.#wasCutOff) return
    const moved = await moveMerged({
      store,
      shape,
      writer: this.writer,
      sets: this.sets,
      reconciler: this.#reconciler,
      merges,
      speakerOf: (edition) => ({ ...this.#speakerOf(edition), notes: () => true }),
      at: () => now().toISOString(),
      write: (changes) => this.#writeNow(changes),
    })
    this.counts.moved += moved
    if (isSame && moved === 0 && !this.#wasCutOff) return
    // What held up records that nobody says may have moved to others.
    const reason = 'No source says it, and nothing links to it any longer.'
    this.#count(await sweepOrphans(this.#sweeping(this.#speaker.edition, reason)))
  }

  async #writeNow(changes: Partial<Omit<Changes, 'sourceSets' | 'touched'>>): Promise<void> {
    await this.#write(changes)
    await this.#writing
  }

  async #sweep(edition: string, isGone: (name: string) => boolean, reason: string): Promise<void> {
    const isGoneOf: Sweep['isGone'] = (record, voice) =>
      isGone(`${this.#reconciler.identityOf(record)}\n${voiceKey(voice)}`)
    this.#count(await sweep({ ...this.#sweeping(edition, reason), isGone: isGoneOf }))
  }

  #sweeping(edition: string, reason: string): Omit<Sweep, 'isGone'> {
    const { store, shape, now, dryRun = false } = this.options
    return {
      store,
      shape,
      writer: this.writer,
      sets: this.sets,
      reconciler: this.#reconciler,
      edition,
      inOrder: this.#speaker.inOrder,
      reason,
      dryRun,
      at: () => now().toISOString(),
      write: (changes) => this.#writeNow(changes),
    }
  }

  #count({ deleted, changed, orphaned }: SweepCounts): void {
    this.counts.deleted += deleted
    this.counts.changed += changed
    this.counts.orphaned += orphaned
  }

  async #refreshSources(edition: string, isNew: boolean): Promise<void> {
    const sources = new Set<string>()
    const sourceSets = [...this.sets.speaking(edition).keys()]
    // Those that it gives, cited or not.
    for await (const { id } of this.options.store.scanNodes('Source', { sourceSets })) sources.add(id)
    for (const set of sourceSets) {
      for (const voice of this.sets.voices(set))
        if (voice.edition === edition) for (const { source } of voice.citations) sources.add(source)
    }
    const at = this.options.now().toISOString()
    const nodes = [...(await this.writer.nodes([...sources])).values()].filter(({ type }) => type === 'Source')
    const refreshNodes = nodes.map((node) => ({
      ...node,
      values: {
        ...node.values,
        checkedAt: at,
        ...((isNew || node.values['changedAt'] === undefined) && { changedAt: at }),
      },
    }))
    await this.#write({ refreshNodes })
  }

  async #write(changes: Partial<Omit<Changes, 'sourceSets' | 'touched'>>): Promise<void> {
    const sourceSets = this.sets.takeNew()
    const whole: Changes = { ...NO_CHANGES, ...changes, sourceSets, touched: this.#touchedBy(changes) }
    const isEmpty = sourceSets.length === 0 && LISTS.every((list) => whole[list].length === 0)
    if (this.options.dryRun) return
    if (isEmpty && !changes.edition && !changes.removeEdition && !changes.derivedBy) return
    this.#columns.see(whole)
    await this.#writing
    // What follows from records moves nothing: it follows from a change that did.
    const news = whole.insertNodes.some(({ type }) => isListedInChanges(this.options.shape, type))
    if (news || whole.updateNodes.length + whole.touched.length > 0) this.#version += 1
    this.#writing = this.writer.write(whole, { at: this.options.now().toISOString(), version: this.#version })
    // Whoever comes next meets the error; until then nobody else is to be told of it.
    this.#writing.catch(() => undefined)
    for (const { type, id } of whole.deleteNodes) if (type === 'Source') this.sets.forget(id)
  }

  /** The nodes whose links that sources state change, and that do not change themselves. */
  #touchedBy(changes: Partial<Changes>): readonly string[] {
    const touched = new Set<string>()
    for (const link of [...(changes.insertLinks ?? []), ...(changes.updateLinks ?? [])])
      if (!this.#isOwn(link) && link.values['inferred'] !== true) touched.add(link.from)
    for (const link of changes.deleteLinks ?? [])
      if ((link as StoredLink).values?.['inferred'] !== true) touched.add(link.from)
    const nodes = [...(changes.insertNodes ?? []), ...(changes.updateNodes ?? []), ...(changes.deleteNodes ?? [])]
    for (const { id } of nodes) touched.delete(id)
    return [...touched]
  }

  #isOwn({ link }: StoredLink): boolean {
    return this.#ownLinks.has(link)
  }
}

const LISTS = [
  'deleteLinks',
  'deleteNodes',
  'insertNodes',
  'updateNodes',
  'refreshNodes',
  'insertLinks',
  'updateLinks',
  'refreshLinks',
] as const
