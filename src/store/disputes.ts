import type { Column, GraphShape } from '../model/graph-shape.js'
import type { StoredLink, StoredNode, StoredRecord } from '../model/records.js'
import { conflictId, type Disputed, statementId, type Voice, writeStatement } from '../model/voices.js'
import type { Reconciled } from './reconciled.js'
import type { SourceSets } from './source-sets.js'

/** What a record is called in the ids of its statements: its id; of a link, its type and ends. */
export const nameOfRecord = (shape: GraphShape, record: StoredRecord): string => {
  if (!('link' in record)) return record.id
  const { link, from, to, key } = record
  return [link, from, ...(shape.links.get(link)?.one ? [] : [to]), ...(key ? [key] : [])].join(':')
}

/** The ids that the statements and conflicts about a record can have in the store. */
export const disputeIds = (shape: GraphShape, record: StoredRecord, voices: readonly Voice[]): readonly string[] => {
  const fields = new Set(voices.flatMap(({ differs }) => differs))
  if (fields.size === 0) return []
  const name = nameOfRecord(shape, record)
  return [...fields].flatMap((field) => [
    conflictId(name, field),
    ...voices.map((voice) => statementId(name, field, voice)),
  ])
}

/** The statements and conflicts of records in the store; they are written anew where what sources say differs. */
export class Disputes {
  constructor(
    readonly shape: GraphShape,
    readonly sets: SourceSets,
    readonly stored: ReadonlyMap<string, StoredNode>,
  ) {}

  /** What a stored statement says. */
  value(id: string): string | undefined {
    return this.stored.get(id)?.values['value'] as string | undefined
  }

  /** Puts what is disputed of a record in the place of what was; tells whether that was something else. */
  replace(
    record: StoredRecord,
    before: StoredRecord | undefined,
    columns: readonly Column[],
    disputed: readonly Disputed[],
    reconciled: Pick<Reconciled, 'insertNodes' | 'deleteNodes' | 'insertLinks'>,
  ): boolean {
    const ids = before ? disputeIds(this.shape, before, this.sets.voices(before.sourceSet)) : []
    const old = new Map(ids.flatMap((id) => (this.stored.has(id) ? [[id, this.stored.get(id) as StoredNode]] : [])))
    if (old.size === 0 && disputed.length === 0) return false
    const made = this.#nodes(record, columns, disputed)
    const isSame = made.nodes.length === old.size && made.nodes.every((node) => sameNode(node, old.get(node.id)))
    if (isSame) return false
    reconciled.deleteNodes.push(...old.values())
    reconciled.insertNodes.push(...made.nodes)
    reconciled.insertLinks.push(...made.links)
    return true
  }

  #nodes(record: StoredRecord, columns: readonly Column[], disputed: readonly Disputed[]) {
    const nodes = new Map<string, StoredNode>()
    const links: StoredLink[] = []
    const name = nameOfRecord(this.shape, record)
    const isLink = 'link' in record
    const from = isLink ? record.from : record.id
    for (const { field, said, values, isShown, isInPassing, inConflict } of disputed) {
      const sourceSet = this.sets.following(said.citations)
      const id = statementId(name, field, said)
      const value = writeStatement(columns, field, values)
      nodes.set(id, { type: 'Statement', id, values: { field, value, isShown, isInPassing }, sourceSet })
      links.push({ link: 'StatementAbout', from: id, to: from, key: '', values: {}, sourceSet })
      if (!inConflict) continue
      const conflict = conflictId(name, field)
      links.push({ link: 'StatementOf', from: id, to: conflict, key: '', values: {}, sourceSet })
      if (nodes.has(conflict)) continue
      const all = this.sets.following(
        disputed.filter((each) => each.field === field && each.inConflict).flatMap((each) => each.said.citations),
      )
      const about = { ...(isLink && { link: record.link }), field }
      nodes.set(conflict, { type: 'Conflict', id: conflict, values: about, sourceSet: all })
      links.push({ link: 'ConflictAbout', from: conflict, to: from, key: '', values: {}, sourceSet: all })
      if (isLink && !this.shape.links.get(record.link)?.one)
        links.push({ link: 'ConflictWith', from: conflict, to: record.to, key: '', values: {}, sourceSet: all })
    }
    return { nodes: [...nodes.values()], links }
  }
}

const sameNode = (a: StoredNode, b: StoredNode | undefined): boolean =>
  b !== undefined &&
  a.sourceSet === b.sourceSet &&
  Object.entries(a.values).every(([name, value]) => b.values[name] === value)
