import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, resolve } from 'node:path'
import { RapporteurError } from '../errors.js'
import { type PrepareOptions, prepareStore } from '../import/prepare-store.js'
import type { GraphShape } from '../model/graph-shape.js'
import { readGraphShape } from '../schema/read-graph-shape.js'
import { readSettings, type StoreSettings } from '../settings.js'
import type { GraphStore } from '../store/graph-store.js'
import { openStore } from '../store/open-store.js'
import { warn } from './terminal.js'

const fileOfProgram = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

/** The graph that the program's own schema describes. */
export const readShape = (): GraphShape => readGraphShape(fileOfProgram('schema.graphql'))

interface OpenOptions extends PrepareOptions {
  /** Where given, the store is first compared with what it was when it was last written; told what keeps that from being done. */
  readonly onUnverified?: (sentence: string) => void
}

/** Opens the store for a command that ends by itself. */
export const openForCommand = (shape: GraphShape, options: OpenOptions): Promise<GraphStore> => {
  // It does not listen, and a PORT that is there for another program does not concern it.
  const { store } = readSettings({ RAPPORTEUR_PORT: '0' })
  if (store.engine === 'SQLite' && store.path === ':memory:') exitOnSignals()
  return openPrepared(store, shape, options)
}

/**
 * Lets a signal end the process by an exit, which takes the files of a store in memory with it. Where there are none,
 * signals are left to end the process by themselves: they do it also in the midst of a long statement.
 */
const exitOnSignals = (): void => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]))
}

/**
 * Opens a store and makes it ready, and says so where it was new; one that cannot be made ready is closed again.
 * @throws RapporteurError what the store throws; `STORE_ACCESS` for a link that leads nowhere
 */
export const openPrepared = async (
  settings: StoreSettings,
  shape: GraphShape,
  { onUnverified, ...options }: OpenOptions,
  tell: (sentence: string) => void = warn,
): Promise<GraphStore> => {
  if (settings.engine === 'SQLite') refuseDanglingLink(settings.path)
  const store = await openStore(settings, shape)
  try {
    const unverified = onUnverified && (await store.verify())
    if (unverified) onUnverified(unverified)
    const { created, seed, notice } = await prepareStore(store, shape, options)
    if (notice) warn(notice)
    // A path that was mistyped shows here; one in memory is new each time.
    if (created && store.location !== ':memory:')
      tell(`Made a new store at "${store.location}"${seed ? ' with the story of Kazakhstan 2022' : ''}.`)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

/** SQLite makes the file that a link leads to, but not its folder, and has no code for that (libsql 0.5.29). */
const refuseDanglingLink = (path: string): void => {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return
  const target = resolve(dirname(path), readlinkSync(path))
  if (existsSync(dirname(target))) return
  const sentence = `"${path}" is a link to "${target}", and there is no folder for that. Make the folder, or choose another path for RAPPORTEUR_STORE.`
  throw new RapporteurError('STORE_ACCESS', sentence)
}
