import { sizesOf } from '../query/known-sizes.js'
import type { GraphStore } from '../store/graph-store.js'

/** A sentence about the store that is served, for whoever started the server. It may be gone again: that is not a failure. */
export const describeStore = async (store: GraphStore): Promise<string> => {
  const where = `The store is ${store.engine} at ${store.location}`
  try {
    // Counting holds up the embedded engine's caller; the sizes are known already, or counted on a thread of their own.
    const { nodes } = await sizesOf(store)
    const records = [...nodes.values()].reduce((sum, all) => sum + all, 0)
    return `${where}, with ${records.toLocaleString('en')} records.`
  } catch (error) {
    return `${where}. Its records could not be counted: ${error instanceof Error ? error.message : error}`
  }
}
