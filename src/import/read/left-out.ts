import { AsyncLocalStorage } from 'node:async_hooks'
import { basename, resolve } from 'node:path'

/** Files that a sentence names. */
const MAX_NAMED = 20

/** What lies at a path and is not read. */
interface LeftOut {
  readonly path: string
  readonly names: Iterable<string>
}

const listening = new AsyncLocalStorage<LeftOut[]>()

/** What was opened, and a sentence for each path of what lies there and was not read. */
export interface Noticed<Opened> {
  readonly opened: Opened
  readonly leftOut: readonly string[]
}

/**
 * Opens something, and gives with it what `tellLeftOut` was told meanwhile. What an importer's patterns fit is known where
 * files are found, and what is reported is known where an import is run; no importer between the two has to pass it on.
 */
export const collectLeftOut = async <Opened>(open: () => Promise<Opened>): Promise<Noticed<Opened>> => {
  const told: LeftOut[] = []
  const opened = await listening.run(told, open)
  const leftOut = told.map(({ path, names }) => ({ path, names: [...names] })).filter(({ names }) => names.length > 0)
  return { opened, leftOut: leftOut.map(({ path, names }) => `${basename(resolve(path))}: ${leftOutOf(names)}.`) }
}

/** Tells whoever listens what lies at a path and is not read; of the names count those that are left when it is open. */
export const tellLeftOut = (path: string, names: Iterable<string>): void => {
  listening.getStore()?.push({ path, names })
}

/** The part of a sentence that names what is left out. */
export const leftOutOf = (names: readonly string[]): string => {
  const more = names.length - MAX_NAMED
  return `left out: ${names.slice(0, MAX_NAMED).join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}`
}
