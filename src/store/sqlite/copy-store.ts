import { existsSync } from 'node:fs'
import { link, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'libsql'
import AsyncDatabase from 'libsql/promise'
import { RapporteurError } from '../../errors.js'
import { STATE } from '../../model/graph-shape.js'
import type { CopyOptions, StoreCopy } from '../graph-store.js'
import { hashFile } from '../hash-file.js'
import { syncFile } from '../sync-file.js'
import { hasDeferred } from './deferred-indexes.js'
import { quoted } from './names.js'
import { sealPath } from './seal.js'
import { sealFile } from './seal-file.js'
import { translateError } from './translate-error.js'

/**
 * Writes a copy of a store's file as it is at one moment, while others read it and write to it; nobody waits for it but
 * SQLite's log, which grows until it is done. The copy is on disk, and under its name, only when it is whole.
 * @throws RapporteurError `BAD_OUTPUT` where there is a file of that name; what SQLite says in a sentence
 */
export const copyStore = async (path: string, to: string, { sealed = false }: CopyOptions = {}): Promise<StoreCopy> => {
  refuseExisting(to)
  const part = `${to}.${process.pid}.part`
  try {
    await rm(part, { force: true })
    await vacuumInto(path, part)
    if (sealed) await sealFile(part)
    await removeLog(part)
    await syncFile(part)
    const sha256 = await hashFile(part)
    const { size } = await stat(part)
    const facts = factsOf(part)
    await removeLog(part)
    if (sealed) await rename(sealPath(part), sealPath(to))
    await giveName(part, to)
    await syncFile(dirname(resolve(to)))
    return { ...facts, bytes: size, sha256 }
  } catch (error) {
    throw translated(error, path, to)
  } finally {
    for (const each of [part, sealPath(part)]) await rm(each, { force: true })
    await removeLog(part)
  }
}

/** Takes away what SQLite keeps beside a file that nobody writes to; none of its changes are in there. */
export const removeLog = async (path: string): Promise<void> => {
  for (const each of ['-wal', '-shm']) await rm(`${path}${each}`, { force: true })
}

/** What fails is the file that is read, or the one that is written. */
const translated = (error: unknown, path: string, to: string): unknown => {
  const told = translateError(error, to)
  if (!(told instanceof RapporteurError)) return told
  if (told.code === 'STORE_FOREIGN' || told.code === 'STORE_LOCKED') return translateError(error, path)
  if (told.code !== 'STORE_ACCESS') return told
  const reason = error instanceof Error ? error.message : String(error)
  const sentence = `The copy cannot be written to "${to}" (${reason}). Choose another path for it.`
  return new RapporteurError('BAD_OUTPUT', sentence, { cause: error })
}

/** Runs off the main thread, and in one transaction that reads. */
const vacuumInto = async (path: string, to: string): Promise<void> => {
  const database = new AsyncDatabase(`${pathToFileURL(path)}?mode=ro`, { timeout: 5000 })
  try {
    await database.exec(`VACUUM INTO '${to.replaceAll("'", "''")}'`)
  } finally {
    database.close()
  }
}

const factsOf = (path: string): Pick<StoreCopy, 'version' | 'changedAt' | 'isUnfinished'> => {
  const database = new Database(`${pathToFileURL(path)}?mode=ro`)
  try {
    const sql = `SELECT version, changed_at AS changedAt FROM ${quoted(STATE.type)}`
    const state = database.prepare(sql).get() as { readonly version: number; readonly changedAt: string | null }
    return { version: state.version, changedAt: state.changedAt, isUnfinished: hasDeferred(database) }
  } finally {
    database.close()
  }
}

/** Gives a file its name where nothing has it; a link is refused where something does, a renaming is not. */
const giveName = async (part: string, to: string): Promise<void> => {
  try {
    await link(part, to)
  } catch (error) {
    refuseExisting(to)
    // A file system without links.
    if (!/^(EPERM|ENOTSUP|ENOSYS|EOPNOTSUPP|EMLINK)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
    await rename(part, to)
  }
}

const refuseExisting = (to: string): void => {
  if (!existsSync(to)) return
  const sentence = `There is a file "${to}" already. Nothing was written; choose another name.`
  throw new RapporteurError('BAD_OUTPUT', sentence)
}
