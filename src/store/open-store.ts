import type { GraphShape } from '../model/graph-shape.js'
import type { StoreSettings } from '../settings.js'
import type { GraphStore } from './graph-store.js'

export interface OpenOptions {
  /** Whether an embedded store is only looked at: nothing is written or made, not even beside it. */
  readonly readOnly?: boolean
}

/** Opens the store that the settings name, with the driver of its engine alone; connects to nothing yet. */
export const openStore = async (
  settings: StoreSettings,
  shape: GraphShape,
  { readOnly }: OpenOptions = {},
): Promise<GraphStore> => {
  if (settings.engine === 'Neo4j') {
    const { Neo4jStore } = await import('./neo4j/neo4j-store.js')
    return new Neo4jStore(shape, settings)
  }
  const { SqliteStore } = await import('./sqlite/sqlite-store.js')
  return new SqliteStore(shape, { path: settings.path, ...(readOnly && { readOnly }) })
}
