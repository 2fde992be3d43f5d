import { createHash } from 'node:crypto'
import type { Column, GraphShape } from '../model/graph-shape.js'
import { type ColumnFollower, type ColumnRule, columnRules } from '../model/infer-columns.js'
import { completed, type StoredLink, type StoredRecord, sameValues, type Value } from '../model/records.js'
import { inBatches } from './batches.js'
import type { Changes, GraphStore } from './graph-store.js'
import { storeOwn } from './reconciled.js'

/** To be raised where a rule says something else than before: stores are then filled anew. */
const RULES_VERSION = 1

/** What tells whether the columns of a store that follow from others follow by the rules of this program. */
export const derivationOf = ({ nodes, links }: GraphShape): string => {
  const columns = [...nodes.values(), ...links.values()].flatMap(({ name, columns }) =>
    derivedOf(columns).map((column) => [name, column.name, column.derived]),
  )
  return createHash('sha256')
    .update(JSON.stringify([RULES_VERSION, columns]))
    .digest('hex')
}

type Refresh = Pick<Changes, 'refreshNodes'> | Pick<Changes, 'refreshLinks'>

/** Keeps columns as they follow from other records: it sees what a session writes, and works out anew what that affects. */
export class InferredColumns {
  #followed: readonly { readonly rule: ColumnRule; readonly follower: ColumnFollower }[]

  constructor(readonly shape: GraphShape) {
    this.#followed = follow(columnRules(shape))
  }

  /** Notes what a batch is about to write, and puts the values that are known already into its new links. */
  see({ deleteLinks, updateNodes, updateLinks, insertNodes, insertLinks }: Changes): void {
    for (const { rule, follower } of this.#followed) {
      for (const link of deleteLinks) follower.delete(link)
      for (const record of [...updateNodes, ...updateLinks]) follower.update(record)
      for (const node of insertNodes) follower.insert(node)
      for (const link of insertLinks) if (link.link !== rule.of) follower.insert(link)
      for (const link of insertLinks) {
        if (link.link !== rule.of) continue
        const value = follower.insert(link)
        // They were made for this batch, and nobody else has them: copies of millions of votes would cost a twentieth of the time.
        if (value !== null) (link.values as Record<string, Value>)[rule.column] = value
      }
    }
  }

  /** What has to be written for all columns to be as they follow now; where it is not known what has changed, all are looked at. */
  async *refresh(store: GraphStore, isAll: boolean): AsyncIterable<Refresh> {
    const followed = this.#followed
    this.#followed = follow(followed.map(({ rule }) => rule))
    for (const { rule, follower } of followed) {
      const ids = isAll ? await idsOf(store, rule.around) : [...follower.affected]
      if (ids.length === 0) continue
      for await (const batch of inBatches(changed(rule, rule.infer(store, ids)))) yield refreshed(batch)
    }
  }

  /** What has to be written for the columns that follow from others of their record to be as this program has them. */
  async *rederive(store: GraphStore): AsyncIterable<Refresh> {
    for (const { name, columns, own } of this.shape.nodes.values()) {
      if (own || derivedOf(columns).length === 0) continue
      const list = [...columns.values()]
      const differing = async function* (): AsyncIterable<StoredRecord> {
        for await (const node of store.scanNodes(name)) {
          const values = { ...completed(columns, node.values), ...storeOwn(list, node.values) }
          if (!sameValues(values, node.values)) yield { ...node, values }
        }
      }
      for await (const batch of inBatches(differing())) yield refreshed(batch)
    }
  }
}

const follow = (rules: readonly ColumnRule[]) => rules.map((rule) => ({ rule, follower: rule.follow() }))

const derivedOf = (columns: ReadonlyMap<string, Column>): readonly Column[] =>
  [...columns.values()].filter(({ derived }) => derived !== undefined)

const idsOf = async (store: GraphStore, type: string): Promise<readonly string[]> => {
  const ids: string[] = []
  for await (const { id } of store.scanNodes(type)) ids.push(id)
  return ids
}

/** The records in which a column has another value than it should. */
async function* changed(
  { column }: ColumnRule,
  inferred: AsyncIterable<{ readonly record: StoredRecord; readonly value: Value | null }>,
): AsyncIterable<StoredRecord> {
  for await (const { record, value } of inferred) {
    const { [column]: before = null, ...others } = record.values
    if (before !== value) yield { ...record, values: value === null ? others : { ...others, [column]: value } }
  }
}

const refreshed = (records: readonly StoredRecord[]): Refresh => {
  const links = records.filter((record): record is StoredLink => 'link' in record)
  return links.length > 0
    ? { refreshLinks: links }
    : { refreshNodes: records.flatMap((record) => ('link' in record ? [] : [record])) }
}
