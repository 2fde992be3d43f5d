import type { LinkName, StoredLink, StoredNode } from '../model/records.js'

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
