import type { GraphShape } from '../model/graph-shape.js'
import type { GraphStore } from '../store/graph-store.js'

/** A sentence about the store that is served, for whoever started the server. It may be gone again: that is not a failure. */
export const describeStore = async (store: GraphStore, { nodes }: GraphShape): Promise<string> => {
  const where = `The store is ${store.engine} at ${store.location}`
  try {
    const counts = await store.count()
    const records = [...nodes.keys()].reduce((sum, type) => sum + (counts[type] ?? 0), 0)
    return `${where}, with ${records.toLocaleString('en')} records.`
  } catch (error) {
    return `${where}. Its records could not be counted: ${error instanceof Error ? error.message : error}`
  }
}
