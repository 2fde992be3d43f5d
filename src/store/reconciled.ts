import { type Column, isStoreOwn } from '../model/graph-shape.js'
import {
  type CheckedValues,
  type LinkName,
  type StoredLink,
  type StoredNode,
  type StoredRecord,
  sameRecord,
  sameValues,
  type Value,
} from '../model/records.js'

/** What reconciling makes of records: what is new, and what differs from what is stored. */
export interface Reconciled {
  readonly insertNodes: StoredNode[]
  readonly updateNodes: StoredNode[]
  /** Nodes of which only what tells of the edition differs. */
  readonly refreshNodes: StoredNode[]
  readonly insertLinks: StoredLink[]
  readonly updateLinks: StoredLink[]
  readonly deleteLinks: LinkName[]
  readonly deleteNodes: StoredNode[]
}

export const nothingReconciled = (): Reconciled => ({
  insertNodes: [],
  updateNodes: [],
  refreshNodes: [],
  insertLinks: [],
  updateLinks: [],
  deleteLinks: [],
  deleteNodes: [],
})

/** What a record becomes, and whether what any source says of it besides what is shown has changed: then it did. */
export interface Next {
  readonly next: StoredRecord
  readonly isDisputed: boolean
}

/** Notes what has to be written for a record to become another, or to be there at all. */
export const putNext = (
  stored: StoredRecord | undefined,
  { next, isDisputed }: Next,
  columns: readonly Column[],
  reconciled: Reconciled,
): void => {
  if ('link' in next) putLink(stored as StoredLink | undefined, next, isDisputed, columns, reconciled)
  else putNode(stored as StoredNode | undefined, next, isDisputed, columns, reconciled)
}

const putLink = (
  before: StoredLink | undefined,
  next: StoredLink,
  isDisputed: boolean,
  columns: readonly Column[],
  reconciled: Reconciled,
): void => {
  if (!before) reconciled.insertLinks.push(next)
  else if (before.to !== next.to) {
    reconciled.deleteLinks.push(before)
    reconciled.insertLinks.push(next)
  } else {
    const kept = withOwn(next, before, columns)
    if (isDisputed || !sameRecord(before, kept)) reconciled.updateLinks.push(kept)
  }
}

const putNode = (
  before: StoredNode | undefined,
  next: StoredNode,
  isDisputed: boolean,
  columns: readonly Column[],
  reconciled: Reconciled,
): void => {
  if (before?.type !== next.type) {
    if (before) reconciled.deleteNodes.push(before)
    reconciled.insertNodes.push(next)
    return
  }
  const kept = withOwn(next, before, columns)
  if (!isDisputed && sameRecord(before, kept)) return
  const said = columns.filter(({ edition }) => edition !== undefined).map(({ name }) => name)
  const isRefresh =
    !isDisputed &&
    before.sourceSet === kept.sourceSet &&
    sameValues(without(before.values, said), without(kept.values, said))
  ;(isRefresh ? reconciled.refreshNodes : reconciled.updateNodes).push(kept)
}

/** A record that takes the place of another, with what the store itself wrote of that one. */
const withOwn = <Of extends StoredRecord>(next: Of, before: Of, columns: readonly Column[]): Of =>
  ownOf(columns).length === 0 ? next : { ...next, values: { ...next.values, ...storeOwn(columns, before.values) } }

/** The columns that the store writes itself, which no source touches. */
export const storeOwn = (columns: readonly Column[], values: CheckedValues): CheckedValues => {
  const own: Record<string, Value> = {}
  for (const { name } of ownOf(columns)) if (values[name] !== undefined) own[name] = values[name]
  return own
}

const owns = new WeakMap<readonly Column[], readonly Column[]>()

/** Millions of links are asked, of a few types. */
const ownOf = (columns: readonly Column[]): readonly Column[] => {
  const own = owns.get(columns) ?? columns.filter(isStoreOwn)
  owns.set(columns, own)
  return own
}

const without = (values: CheckedValues, names: readonly string[]): CheckedValues =>
  names.length === 0 ? values : Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))
