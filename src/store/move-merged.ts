import type { GraphShape, LinkShape } from '../model/graph-shape.js'
import {
  type GraphRecord,
  isNode,
  type LinkRecord,
  type StoredLink,
  type StoredNode,
  type StoredRecord,
  type Value,
} from '../model/records.js'
import { type SourceStatement, type Voice, voiceKey } from '../model/voices.js'
import { inBatches } from './batches.js'
import type { GraphStore, StoreWriter } from './graph-store.js'
import { groupedBy } from './grouped-by.js'
import type { Merges } from './merges.js'
import type { BatchReconciler, SourceContext } from './reconcile-batch.js'
import { nothingReconciled } from './reconciled.js'
import type { SourceSets } from './source-sets.js'
import { bury, nothingSwept, type Sweep } from './sweep.js'

export interface MoveMerged extends Pick<Sweep, 'at' | 'write'> {
  readonly store: GraphStore
  readonly shape: GraphShape
  readonly writer: StoreWriter
  readonly sets: SourceSets
  readonly reconciler: BatchReconciler
  readonly merges: Merges
  /** Somebody who says again what an edition says, in the place of what it said before. */
  readonly speakerOf: (edition: string) => SourceContext
}

/** What an edition says of a record under an id that it has not, or no longer. */
interface Misplaced {
  readonly record: StoredRecord
  /** What tells its voice from the others of the record. */
  readonly voice: string
  readonly edition: string
  /** The same, under the ids that are used. */
  readonly moved: GraphRecord
  /** Whether it leads elsewhere, or refers to something else, and is the same voice of the same record. */
  readonly stays: boolean
}

/**
 * Brings everything under the ids that are used: what is said of ids that were merged into others, and back what was
 * under another id because of a merge that nobody says any longer. What each edition says moves by itself. Cut off, it
 * goes on where it is called again: nodes are made first and taken away last.
 * @returns how many voices moved
 */
export const moveMerged = async (options: MoveMerged): Promise<number> => {
  const { shape, writer, sets, merges } = options
  const renamed = sets.renamed()
  const stored = [...(await writer.nodes(merges.ids)).values()]
  const old = stored.filter(({ type }) => !shape.nodes.get(type)?.own)
  if (old.length === 0 && renamed.length === 0) return 0
  const candidates = [...old, ...(await nodesOf(options, renamed))]
  const nodes = await misplaced(options, [...new Map(candidates.map((node) => [node.id, node])).values()])
  await add(options, nodes)
  let count = nodes.length
  for (const link of shape.links.values()) {
    for await (const batch of inBatches(linksOf(options, link, old))) {
      const moving = await misplaced(options, batch)
      await add(options, moving)
      await withdraw(options, moving)
      count += moving.length
    }
  }
  await withdraw(options, nodes)
  return count
}

const nodesOf = async ({ store, shape }: MoveMerged, sourceSets: readonly number[]): Promise<readonly StoredNode[]> => {
  const found: StoredNode[] = []
  if (sourceSets.length === 0) return found
  for (const { name, own } of shape.nodes.values())
    if (!own) for await (const node of store.scanNodes(name, { sourceSets })) found.push(node)
  return found
}

/** The links of a type that may name something by an id that is not the one used. */
async function* linksOf(
  { store, shape, sets }: MoveMerged,
  { name, from, to, columns }: LinkShape,
  old: readonly StoredNode[],
): AsyncIterable<StoredLink> {
  const types = new Set(old.map(({ type }) => type))
  const refers = [...columns.values()].some(
    ({ kind, type }) =>
      kind === 'reference' && (shape.possibleTypes.get(type) ?? [type]).some((each) => types.has(each)),
  )
  // References have no index: whoever merges a group has all votes looked at.
  if (refers) {
    yield* store.scanLinks(name)
    return
  }
  if ([...from, ...to].some((type) => types.has(type))) yield* store.scanLinks(name, { ends: old.map(({ id }) => id) })
  // What moves to a link gives it another set before its turn comes: so that one is looked for, too.
  const scanned = new Set<number>()
  for (;;) {
    const sourceSets = sets.renamed().filter((set) => !scanned.has(set))
    if (sourceSets.length === 0) return
    for (const set of sourceSets) scanned.add(set)
    yield* store.scanLinks(name, { sourceSets })
  }
}

/**
 * What of these records is under another id than the one used; what the store makes itself follows by itself. A link
 * whose own record is gone stays with what had taken that one's place, until somebody gives it again.
 */
const misplaced = async (options: MoveMerged, records: readonly StoredRecord[]): Promise<readonly Misplaced[]> => {
  const { shape, writer, reconciler, merges } = options
  const found: Misplaced[] = []
  for (const [i, voices] of (await reconciler.split(records)).entries()) {
    const record = records[i] as StoredRecord
    for (const said of voices) {
      if (said.edition === '') continue
      const moved = merges.rename(asNamed(record, said))
      if (isPlaced(record, said, moved)) continue
      const { edition, citations } = said
      const voice = voiceKey(said)
      const stays =
        reconciler.identityOf(moved) === reconciler.identityOf(record) &&
        voiceKey({ edition, citations, ...(moved.as && { as: moved.as }) }) === voice
      found.push({ record, voice, edition, moved, stays })
    }
  }
  const needed = [...new Set(found.flatMap(({ moved }) => (isNode(moved) ? [] : endsOf(shape, moved))))]
  const types = await writer.types(needed)
  const isThere = (id: string) => !(shape.nodes.get(types.get(id) ?? '')?.own ?? true)
  return found.filter(({ moved }) => isNode(moved) || endsOf(shape, moved).every(isThere))
}

/** The records without which a link cannot be. */
const endsOf = ({ links }: GraphShape, { link, from, to, values }: LinkRecord): readonly string[] => {
  const references = [...(links.get(link)?.columns.values() ?? [])].filter(({ kind }) => kind === 'reference')
  const ids = references.map(({ name }) => values[name])
  return [from, to, ...ids.filter((id) => typeof id === 'string')]
}

/** What a voice says, with the ids by which its source names things. */
const asNamed = (
  record: StoredRecord,
  { values: said, citations, weak, languages, as = {} }: SourceStatement,
): GraphRecord => {
  const { to, ...own } = said as Readonly<Record<string, Value>>
  const cited = citations.map(({ source, locator }) => ({ source, ...(locator !== null && { locator }) }))
  const common = { citations: cited, ...(weak.length > 0 && { weak }), ...(languages && { languages }) }
  if (!('link' in record)) return { type: record.type, id: as['id'] ?? record.id, values: said, ...common }
  const { from: usedFrom, to: usedTo, ...references } = as
  return {
    link: record.link,
    from: usedFrom ?? record.from,
    to: usedTo ?? (to as string | undefined) ?? record.to,
    ...(record.key && { key: record.key }),
    values: { ...own, ...references },
    ...common,
  }
}

const isPlaced = (record: StoredRecord, { values, as }: SourceStatement, moved: GraphRecord): boolean => {
  if (isNode(moved)) return moved.id === (record as StoredNode).id
  const { from, to } = record as StoredLink
  const references = Object.keys({ ...as, ...moved.as }).filter((name) => name !== 'from' && name !== 'to')
  return (
    moved.from === from &&
    moved.to === (values['to'] ?? to) &&
    references.every((name) => moved.values[name] === values[name])
  )
}

const add = async ({ reconciler, speakerOf, write }: MoveMerged, moving: readonly Misplaced[]): Promise<void> => {
  const editions = groupedBy(moving, ({ edition }) => edition)
  for (const [edition, said] of editions) {
    const records = said.map(({ moved }) => moved)
    await write(await reconciler.add(records, speakerOf(edition)))
  }
}

/** Takes voices out of the records that they were moved from; as these are stored by now. */
const withdraw = async (options: MoveMerged, moving: readonly Misplaced[]): Promise<void> => {
  const { writer, sets, reconciler, merges, speakerOf, at, write } = options
  const leaving = moving.filter(({ stays }) => !stays)
  if (leaving.length === 0) return
  const gone = groupedBy(leaving, ({ record }) => reconciler.identityOf(record))
  const records = leaving.map(({ record }) => record)
  const nodes = await writer.nodes(records.flatMap((record) => ('link' in record ? [] : [record.id])))
  const links = await writer.links(records.filter((record): record is StoredLink => 'link' in record))
  const stored = [...nodes.values(), ...links.filter((link) => link !== null)]
  const once = new Map(stored.map((record) => [reconciler.identityOf(record), record]))
  const reconciled = nothingReconciled()
  const isGone = (record: StoredRecord, voice: Voice) =>
    gone.get(reconciler.identityOf(record))?.some((each) => each.voice === voiceKey(voice)) ?? false
  const lost = await reconciler.withdraw([...once.values()], isGone, speakerOf('').inOrder, reconciled)
  reconciled.deleteLinks.push(...lost.filter((record): record is StoredLink => 'link' in record))
  const lostNodes = lost.filter((record): record is StoredNode => !('link' in record))
  const told = ({ id }: StoredNode) => {
    const into = merges.resolve(id)
    const edition = gone.get(id)?.[0]?.edition ?? ''
    return into === id
      ? { reason: 'What was said of it belongs to other records again.', edition }
      : { reason: `It was merged into "${into}".`, edition: merges.saidBy(id) }
  }
  await bury({ writer, sets, dryRun: false, at, told, cited: new Set() }, lostNodes, reconciled, nothingSwept())
  await write(reconciled)
}
