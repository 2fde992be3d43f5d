import type { GraphShape } from '../model/graph-shape.js'
import type { StoreSettings } from '../settings.js'
import type { GraphStore } from './graph-store.js'
import { Neo4jStore } from './neo4j/neo4j-store.js'
import { SqliteStore } from './sqlite/sqlite-store.js'

/** Opens the store that the settings name; connects to nothing yet. */
export const openStore = (settings: StoreSettings, shape: GraphShape): GraphStore =>
  settings.engine === 'Neo4j' ? new Neo4jStore(shape, settings) : new SqliteStore(shape, settings)
