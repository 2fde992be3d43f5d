import type { LinkName, StoredLink, StoredNode } from '../model/records.js'

/** What merging makes of records: what is new, and what differs from what is stored. */
export interface Merged {
  readonly insertNodes: StoredNode[]
  readonly updateNodes: StoredNode[]
  /** Nodes of which only what tells of the edition differs. */
  readonly refreshNodes: StoredNode[]
  readonly insertLinks: StoredLink[]
  readonly updateLinks: StoredLink[]
  readonly deleteLinks: LinkName[]
  readonly deleteNodes: StoredNode[]
}

export const nothingMerged = (): Merged => ({
  insertNodes: [],
  updateNodes: [],
  refreshNodes: [],
  insertLinks: [],
  updateLinks: [],
  deleteLinks: [],
  deleteNodes: [],
})
