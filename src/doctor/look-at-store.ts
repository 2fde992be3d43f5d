import { constants, existsSync, readdirSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { RapporteurError } from '../errors.js'
import type { StoreSettings } from '../settings.js'
import type { GraphStore } from '../store/graph-store.js'
import { type Finding, findingsAbout, inMegabytes } from './finding.js'
import { above, may, WRITE } from './folders.js'

/** Bytes of a disk below which even a small import may fill it. */
const LITTLE_ROOM = 200e6
/** Sentences of the store's own check that are told. */
const TOLD = 3
/** Files that lie beside a store as long as it is used, or that belong to it. */
const BESIDE = /^(-wal|-shm|-journal|\.lock|\.seal|\.copies|\.followed)$/

/**
 * Looks at the store, without changing or making anything.
 * @param open opens it for reading
 */
export const lookAtStore = async (
  settings: StoreSettings,
  open: () => Promise<GraphStore>,
): Promise<readonly Finding[]> => {
  const { ok, warning } = findingsAbout('store')
  if (settings.engine === 'Neo4j') return [ok(`The store is Neo4j at ${settings.uri}.`), ...(await content(open))]
  const { path } = settings
  if (path === ':memory:')
    return [
      warning('The store is in memory: all that is imported is gone when the program ends. Set RAPPORTEUR_STORE.'),
    ]
  if (!existsSync(path)) {
    const none = `There is no store at "${path}" yet; "rapporteur serve" and "rapporteur import" make one.`
    return [warning(none), ...folder(path), ...(await disk(path, 0))]
  }
  const { size } = statSync(path)
  return [
    ok(`The store is SQLite at "${path}", ${inMegabytes(size)}.`),
    ...writable(path),
    ...leftovers(path),
    ...(await content(open)),
    ...(await disk(path, size)),
  ]
}

const folder = (path: string): readonly Finding[] => {
  const { ok, error } = findingsAbout('store')
  const there = above(path)
  return may(there, WRITE)
    ? [ok(`It can be made: "${there}" may be written to.`)]
    : [error(`"${there}" may not be written to by this user, so that no store can be made at "${path}".`)]
}

const writable = (path: string): readonly Finding[] => {
  const { ok, warning, error } = findingsAbout('store')
  if (!may(path, constants.R_OK)) return [error(`"${path}" may not be read by this user.`)]
  const isWritable = may(path, constants.W_OK) && may(dirname(path), WRITE)
  return isWritable
    ? [ok('The file and its folder may be written to, as imports have to.')]
    : [warning('The file or its folder may not be written to by this user: it can be served, and nothing imported.')]
}

const leftovers = (path: string): readonly Finding[] => {
  const name = basename(path)
  const others = readdirSync(dirname(path)).filter((each) => each.startsWith(name) && each !== name)
  const left = others.filter((each) => !BESIDE.test(each.slice(name.length)))
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
  const { ok, warning } = findingsAbout('store')
  return [
    ...(log > 0
      ? [ok(`The log of SQLite beside it (-wal) has ${inMegabytes(log)}: the store is open, or was not closed.`)]
      : []),
    ...(left.length > 0
      ? [
          warning(
            `Beside the store lie ${left.map((each) => `"${join(dirname(path), each)}"`).join(', ')}, perhaps left over; the store needs none of them.`,
          ),
        ]
      : []),
  ]
}

/** What the store says of itself. */
const content = async (open: () => Promise<GraphStore>): Promise<readonly Finding[]> => {
  const { ok, warning, error } = findingsAbout('store')
  let store: GraphStore | undefined
  try {
    store = await open()
    await store.prepare({ make: false })
    const [{ version, changedAt }, editions, wrong] = [await store.state(), await store.editions(), await store.check()]
    const unfinished = editions.filter(({ state }) => state !== 'complete').map(({ source }) => `"${source}"`)
    const changed = changedAt ? `, and last changed at ${changedAt}` : ''
    return [
      ok(`The graph has version ${version.toLocaleString('en')}${changed}; sources in it: ${editions.length}.`),
      ...(unfinished.length > 0
        ? [
            warning(
              `An import or removal of ${unfinished.join(', ')} is under way, or was cut off; running it again completes it.`,
            ),
          ]
        : []),
      ...(wrong.length === 0 ? [ok('Its layout is that of this program.')] : shortened(wrong).map(error)),
    ]
  } catch (caught) {
    if (!(caught instanceof RapporteurError)) throw caught
    return [error(caught.message)]
  } finally {
    await store?.close()
  }
}

/** The first of many sentences, how many more there are, and the last, which tells of damage, where there is some. */
const shortened = (wrong: readonly string[]): readonly string[] => {
  const more = wrong.length - TOLD
  if (more <= 1) return wrong
  return [
    ...wrong.slice(0, TOLD - 1),
    ...wrong.slice(-1),
    `The store lacks ${more} more things; "rapporteur check" names them all.`,
  ]
}

const disk = async (path: string, size: number): Promise<readonly Finding[]> => {
  const { ok, warning, error } = findingsAbout('disk')
  const there = above(path)
  const { bavail, bsize } = await statfs(there)
  const free = bavail * bsize
  const room = `${inMegabytes(free)} are free on the disk of "${there}"`
  if (free < LITTLE_ROOM / 10) return [error(`${room}: imports will fail. Make room.`)]
  if (free < Math.max(LITTLE_ROOM, size))
    return [warning(`${room}, less than a backup of the store or a large import takes. Make room, or watch it.`)]
  return [ok(`${room}.`)]
}
