import { prepareStore } from '../src/import/prepare-store.js'
import type { GraphShape } from '../src/model/graph-shape.js'
import type { GraphStore } from '../src/store/graph-store.js'
import { Loader } from '../src/store/load.js'
import { syntheticGraph } from '../test/support/synthetic-graph.js'

const PER_TYPE = 40
/** The moment of all changes, so that stores filled one after the other are alike. */
const now = () => new Date('2026-01-01T12:00:00Z')

/** Puts the seed and synthetic records of every type into a store, where it is new. @returns ids to ask for */
export const fillWithSynthetic = async (
  store: GraphStore,
  shape: GraphShape,
  { isNew }: { readonly isNew: boolean },
): Promise<readonly string[]> => {
  await prepareStore(store, shape, { seed: true, now })
  if (isNew) {
    const loader = await Loader.open({ store, shape, now })
    await loader.add(syntheticGraph(shape, PER_TYPE))
    await loader.finish()
    await loader.close()
  }
  const ids: string[] = []
  for (const type of shape.nodes.keys()) {
    let taken = 0
    for await (const { id } of store.scanNodes(type)) {
      if (taken < PER_TYPE) ids.push(id)
      taken += 1
    }
  }
  return ids
}
