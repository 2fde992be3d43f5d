import { fileURLToPath } from 'node:url'
import { RapporteurError } from '../errors.js'
import type { GraphShape } from '../model/graph-shape.js'
import type { GraphStore } from '../store/graph-store.js'
import { derivationOf } from '../store/inferred-columns.js'
import type { ImportReport } from './import-report.js'

/** What preparing a store did. */
export interface Prepared {
  /** Whether the store was new. */
  readonly created: boolean
  /** The report of loading the seed; null where that was not needed or not wanted. */
  readonly seed: ImportReport | null
  /** What whoever runs the program should know of the store's server. */
  readonly notice?: string
}

export interface PrepareOptions {
  /** Whether an empty store gets the seed. */
  readonly seed: boolean
  /** Whether a store is made, or an empty one filled, where there is none; so it is unless told otherwise. */
  readonly make?: boolean
  readonly now?: () => Date
}

/** The records that come with the program; this file is in `src/import/` or `dist/import/`. */
const SEED = fileURLToPath(new URL('../../seed/kazakhstan-2022', import.meta.url))
const SEED_SOURCE = 'records:kazakhstan-2022'

/**
 * Makes a store ready: its schema, the columns that an older program did not fill, and the seed where the store is empty.
 * Killed half-way, the next call completes it.
 * @throws RapporteurError what the store throws, `STORE_MISSING` where none may be made; `BAD_INPUT` for a seed that is wrong
 */
export const prepareStore = async (
  store: GraphStore,
  shape: GraphShape,
  { seed, make = true, now }: PrepareOptions,
): Promise<Prepared> => {
  const { created, notice } = await store.prepare({ make })
  const told = notice ? { notice } : {}
  if ((await store.derivedBy()) !== derivationOf(shape)) await fillColumns(store, shape, now)
  if (!seed || !(created || (make && (await lacksSeed(store))))) return { created, seed: null, ...told }
  // Needed once in a store's life.
  const { recordsImporter } = await import('./records/records.js')
  const { runImports } = await import('./run-import.js')
  const importer = recordsImporter(shape, { closed: true })
  const [report = null] = await runImports({
    store,
    shape,
    importer,
    path: SEED,
    maxProblems: { rows: 0 },
    ...(now && { now }),
  })
  return { created, seed: report, ...told }
}

/** Works out anew what follows from others in all records, unless somebody is writing, who does it at the end of an import. */
const fillColumns = async (store: GraphStore, shape: GraphShape, now = () => new Date()): Promise<void> => {
  // Needed once after an update of the program.
  const { Loader } = await import('../store/load.js')
  try {
    const loader = await Loader.open({ store, shape, now })
    await loader.finish().finally(() => loader.close())
  } catch (error) {
    if (!(error instanceof RapporteurError) || error.code !== 'STORE_LOCKED') throw error
  }
}

/** Whether loading the seed was broken off, or a kill came between making the store and loading. */
const lacksSeed = async (store: GraphStore): Promise<boolean> => {
  const editions = await store.editions()
  if (editions.length > 0) return editions.some(({ source, state }) => source === SEED_SOURCE && state === 'importing')
  return Object.values(await store.count()).every((count) => count === 0)
}
