import type { Column } from '../model/graph-shape.js'
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
  if ('link' in next) putLink(stored as StoredLink | undefined, next, isDisputed, reconciled)
  else putNode(stored as StoredNode | undefined, next, isDisputed, columns, reconciled)
}

const putLink = (
  before: StoredLink | undefined,
  next: StoredLink,
  isDisputed: boolean,
  reconciled: Reconciled,
): void => {
  if (!before) reconciled.insertLinks.push(next)
  else if (before.to !== next.to) {
    reconciled.deleteLinks.push(before)
    reconciled.insertLinks.push(next)
  } else if (isDisputed || !sameRecord(before, next)) reconciled.updateLinks.push(next)
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
  const kept = { ...next, values: { ...next.values, ...storeOwn(columns, before.values) } }
  if (!isDisputed && sameRecord(before, kept)) return
  const said = columns.filter(({ edition }) => edition !== undefined).map(({ name }) => name)
  const isRefresh =
    !isDisputed &&
    before.sourceSet === kept.sourceSet &&
    sameValues(without(before.values, said), without(kept.values, said))
  ;(isRefresh ? reconciled.refreshNodes : reconciled.updateNodes).push(kept)
}

/** The columns that the store writes itself, which no source touches. */
export const storeOwn = (columns: readonly Column[], values: CheckedValues): CheckedValues => {
  const own = columns.filter(({ name, edition }) => edition === 'own' && values[name] !== undefined)
  return own.length === 0 ? {} : Object.fromEntries(own.map(({ name }) => [name, values[name] as Value]))
}

const without = (values: CheckedValues, names: readonly string[]): CheckedValues =>
  names.length === 0 ? values : Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))
