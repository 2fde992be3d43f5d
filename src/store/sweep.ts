import { type GraphShape, isOwnLink, type LinkShape, TOMBSTONE } from '../model/graph-shape.js'
import type { StoredNode, StoredRecord } from '../model/records.js'
import type { Voice } from '../model/voices.js'
import { inBatches } from './batches.js'
import type { Changes, GraphStore, StoreWriter } from './graph-store.js'
import type { BatchReconciler, SourceContext } from './reconcile-batch.js'
import { nothingReconciled, type Reconciled } from './reconciled.js'
import type { SourceSets } from './source-sets.js'

/** What taking back did, in records. */
export interface SweepCounts {
  deleted: number
  /** Records that others still say. */
  changed: number
  /** Records that nobody says any longer, and that stay because others link to them. */
  orphaned: number
}

export interface Sweep {
  readonly store: GraphStore
  readonly shape: GraphShape
  readonly writer: StoreWriter
  readonly sets: SourceSets
  readonly reconciler: BatchReconciler
  readonly edition: string
  /** Whether the new edition says nothing of this record with this voice. */
  readonly isGone: (record: StoredRecord, voice: Voice) => boolean
  readonly inOrder: SourceContext['inOrder']
  readonly reason: string
  /** Whether nothing is written: then links stand that would be gone, and what they hold up counts as deleted. */
  readonly dryRun: boolean
  readonly at: () => string
  readonly write: (changes: Partial<Omit<Changes, 'sourceSets' | 'touched'>>) => Promise<void>
}

/**
 * Takes back what an edition no longer says: links first, then the nodes; of each, what others say stays. A node that
 * nobody says any longer leaves a tombstone; one to which others still link stays, without a source, until they do not.
 */
export const sweep = async (options: Sweep): Promise<SweepCounts> => {
  const counts = nothingSwept()
  const sourceSets = [...options.sets.speaking(options.edition).keys()]
  for (const link of options.shape.links.keys()) {
    for await (const batch of inBatches(options.store.scanLinks(link, { sourceSets }))) {
      const [reconciled, lost] = await withdraw(options, batch, counts)
      for (const record of lost) if ('link' in record) reconciled.deleteLinks.push(record)
      counts.deleted += lost.length
      await options.write(reconciled)
    }
  }
  await sweepNodes(options, sourceSets, counts)
  return counts
}

/** Deletes the nodes that nobody says and to which nobody links any longer. */
export const sweepOrphans = async (options: Omit<Sweep, 'isGone'>): Promise<SweepCounts> => {
  const counts = nothingSwept()
  await sweepNodes({ ...options, isGone: () => false }, [], counts)
  return counts
}

/** Counts of a sweep that has not begun. */
export const nothingSwept = (): SweepCounts => ({ deleted: 0, changed: 0, orphaned: 0 })

const sweepNodes = async (options: Sweep, sourceSets: readonly number[], counts: SweepCounts): Promise<void> => {
  const silent = options.sets.of([])
  // Sources last: what cites them is gone by then.
  const types = [...options.shape.nodes.values()].filter(({ own }) => !own).map(({ name }) => name)
  for (const type of types.sort((a, b) => Number(a === 'Source') - Number(b === 'Source'))) {
    const cited = type === 'Source' ? await citedSources(options, sourceSets) : new Set<string>()
    for await (const batch of inBatches(options.store.scanNodes(type, { sourceSets: [...sourceSets, silent] }))) {
      const [reconciled, withdrawn] = await withdraw(options, batch, counts)
      const silenced = options.dryRun ? [] : batch.filter((record) => record.sourceSet === silent)
      const told = () => ({ reason: options.reason, edition: options.edition })
      await bury({ ...options, told, cited }, [...withdrawn, ...silenced] as StoredNode[], reconciled, counts)
      await options.write(reconciled)
    }
  }
}

const withdraw = async (
  { shape, reconciler, isGone, inOrder, edition }: Sweep,
  batch: readonly StoredRecord[],
  counts: SweepCounts,
): Promise<readonly [Reconciled, readonly StoredRecord[]]> => {
  const reconciled = nothingReconciled()
  const gone = (record: StoredRecord, voice: Voice) => voice.edition === edition && isGone(record, voice)
  const lost = await reconciler.withdraw(batch, gone, inOrder, reconciled)
  // A link of which a node has one only, and which leads elsewhere now, is another one in the store.
  const moved = reconciled.insertLinks.filter(({ link }) => !isOwnLink(shape, shape.links.get(link) as LinkShape))
  counts.changed += reconciled.updateLinks.length + reconciled.updateNodes.length + moved.length
  return [reconciled, lost]
}

export interface Burial extends Pick<Sweep, 'writer' | 'sets' | 'dryRun' | 'at'> {
  /** Why a node is deleted, and by which edition. */
  readonly told: (node: StoredNode) => { readonly reason: string; readonly edition: string }
  /** Sources that something still cites. */
  readonly cited: ReadonlySet<string>
}

/** Deletes nodes that nobody says any longer, but for those to which others link. */
export const bury = async (
  { writer, sets, dryRun, at, told, cited }: Burial,
  nodes: readonly StoredNode[],
  reconciled: Reconciled,
  counts: SweepCounts,
): Promise<void> => {
  if (nodes.length === 0) return
  const silent = sets.of([])
  const linked = dryRun ? new Set<string>() : await writer.linked(nodes.map(({ id }) => id))
  const names = nodes.some(({ sourceSet }) => sourceSet === silent) ? sets.names() : null
  for (const node of nodes) {
    // What is linked to under another id, because it was reconciled, is linked to again when it is not; who gives it then?
    const isNamed = node.sourceSet === silent && names?.ofEnds.has(node.id) && !names.ofRecords.has(node.id)
    if (isNamed || linked.has(node.id) || cited.has(node.id)) {
      if (node.sourceSet === silent) continue
      counts.orphaned += 1
      reconciled.updateNodes.push({ ...node, sourceSet: silent })
      continue
    }
    counts.deleted += 1
    reconciled.deleteNodes.push(node)
    const values = { was: node.type, deletedAt: at(), ...told(node) }
    reconciled.insertNodes.push({ type: TOMBSTONE, id: node.id, values, sourceSet: silent })
  }
}

/** The sources that anything in the store will still cite when those with one of these sets have lost what is taken back. */
const citedSources = async (
  { store, sets, isGone, edition }: Sweep,
  sourceSets: readonly number[],
): Promise<ReadonlySet<string>> => {
  const uses = new Map(await store.countSourceSets())
  const said: Voice[] = []
  for await (const source of store.scanNodes('Source', { sourceSets })) {
    uses.set(source.sourceSet, (uses.get(source.sourceSet) ?? 0) - 1)
    said.push(...sets.voices(source.sourceSet).filter((voice) => voice.edition !== edition || !isGone(source, voice)))
  }
  for (const [number, count] of uses) if (count > 0) said.push(...sets.voices(number))
  // What follows from other records, such as a statement about one of these, cites what those cite.
  const stated = said.filter((voice) => voice.edition !== '')
  return new Set(stated.flatMap(({ citations }) => citations.map(({ source }) => source)))
}
