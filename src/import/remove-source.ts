import { RapporteurError } from '../errors.js'
import type { GraphShape } from '../model/graph-shape.js'
import type { GraphStore } from '../store/graph-store.js'
import { type LoadCounts, Loader } from '../store/load.js'

export interface RemoveOptions {
  readonly store: GraphStore
  readonly shape: GraphShape
  /** The source whose edition is taken back: `source:howtheyvote`, or `records:…`. */
  readonly source: string
  readonly now?: () => Date
}

/**
 * Takes back all that an edition of a source said, as if it had never been imported; what others say stays.
 * @throws RapporteurError `BAD_INPUT` for a source of which there is no edition in the store; what the store throws
 */
export const removeSource = async ({
  store,
  shape,
  source,
  now = () => new Date(),
}: RemoveOptions): Promise<{ readonly counts: LoadCounts }> => {
  const editions = await store.editions()
  const edition = editions.find((each) => each.source === source)
  if (!edition) {
    const known = editions.map((each) => `  ${each.source}`)
    throw new RapporteurError(
      'BAD_INPUT',
      `The store has no edition of "${source}". Nothing was removed. It has:\n${known.join('\n') || '  none'}`,
    )
  }
  const loader = await Loader.open({ store, shape, now })
  try {
    await loader.remove(edition)
    return { counts: { ...loader.counts } }
  } finally {
    await loader.close()
  }
}
