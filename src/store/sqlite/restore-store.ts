import { closeSync, constants, existsSync, openSync, readSync, realpathSync, statSync } from 'node:fs'
import { copyFile, link, mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'libsql'
import { RapporteurError } from '../../errors.js'
import { hashFile } from '../hash-file.js'
import { syncFile } from '../sync-file.js'
import { removeLog } from './copy-store.js'
import { refuseCutFile } from './current-file.js'
import { HeldFile } from './held-file.js'
import { holdLock } from './hold-lock.js'
import { MAGIC, recogniseStore } from './recognise-store.js'
import { sealPath } from './seal.js'
import { translateError } from './translate-error.js'
import { verifyFile } from './verify-file.js'

/** What SQLite keeps beside a file: its log of changes, and the index of that. */
const BESIDE = ['-wal', '-shm'] as const

/** What a restore did. */
export interface Restored {
  readonly bytes: number
  /** Where the store is now that was there before; null where there was none. */
  readonly before: string | null
  /** Why it could not be compared with a seal; null where each byte is as it was when the copy was made. */
  readonly unverified: string | null
}

/**
 * Puts a copy of a store in the place of the one at a path, at once and whole; the one that was there is kept beside it
 * under a name with the time. A server that reads it goes over to the new one by itself.
 * @throws RapporteurError `STORE_MISSING`, `STORE_FOREIGN`, `STORE_NEWER` for what is no whole store that this program
 * can read, `STORE_LOCKED` where somebody writes to the one that is there
 */
export const restoreStore = async (backup: string, path: string, now = new Date()): Promise<Restored> => {
  refuseMissing(backup)
  try {
    await mkdir(dirname(path), { recursive: true })
    const place = existsSync(path) ? realpathSync(path) : path
    if (existsSync(place) && realpathSync(backup) === place) throw itself(backup)
    const lock = holdLock(path)
    const part = `${place}.${process.pid}.part`
    try {
      await rm(part, { force: true })
      await copyFile(backup, part, constants.COPYFILE_FICLONE)
      const unverified = await refuseDamaged(part, backup)
      await refuseUnreadable(part, backup)
      if ((await hashFile(part)) !== (await hashFile(backup))) throw changed(backup)
      await syncFile(part)
      const before = await setAside(place, path, now)
      if (existsSync(sealPath(part))) await rename(sealPath(part), sealPath(place))
      await rename(part, place)
      await syncFile(dirname(place))
      return { bytes: statSync(place).size, before, unverified }
    } finally {
      for (const each of [part, sealPath(part)]) await rm(each, { force: true })
      lock.close()
    }
  } catch (error) {
    throw translateError(error, path)
  }
}

const refuseMissing = (backup: string): void => {
  if (!statSync(backup, { throwIfNoEntry: false })?.isFile()) {
    const sentence = `There is no file "${backup}" to restore from. Nothing was changed; name one that "rapporteur backup" has made.`
    throw new RapporteurError('STORE_MISSING', sentence)
  }
  if ((statSync(`${backup}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    const sentence = `"${backup}" lacks changes that are still in "${backup}-wal". Nothing was changed; restore from a file that "rapporteur backup" has made, which is whole by itself.`
    throw new RapporteurError('STORE_FOREIGN', sentence)
  }
}

/**
 * Compares the copy of it with the seal of it.
 * @returns why that cannot be done, if so. @throws RapporteurError `STORE_DAMAGED`
 */
const refuseDamaged = async (part: string, backup: string): Promise<string | null> => {
  const held = new HeldFile(part)
  try {
    if (existsSync(sealPath(backup))) await copyFile(sealPath(backup), sealPath(part))
    const unverified = await verifyFile(held, backup)
    // A seal that tells nothing of this file would tell nothing of the store either.
    if (unverified !== null) await rm(sealPath(part), { force: true })
    return unverified
  } catch (error) {
    throw ofBackup(error, backup)
  } finally {
    held.release()
    await removeLog(part)
  }
}

/** Looks at the copy of it, which nobody else has open. */
const refuseUnreadable = async (part: string, backup: string): Promise<void> => {
  let database: Database.Database | undefined
  try {
    const file = new HeldFile(part)
    await refuseCutFile(file, backup).finally(() => file.release())
    database = new Database(`${pathToFileURL(part)}?mode=ro`)
    if (!recogniseStore(database, backup)) throw noStore(backup)
    const [verdict] = Object.values(database.prepare('PRAGMA quick_check(1)').get() as Record<string, string>)
    if (verdict !== 'ok') throw noStore(backup, ` (${verdict})`)
  } catch (error) {
    throw ofBackup(error, backup)
  } finally {
    database?.close()
    await removeLog(part)
  }
}

/** What such an error says of a store to be served holds for one to be restored, but for what to do about it. */
const ofBackup = (error: unknown, backup: string): unknown => {
  const told = translateError(error, backup)
  if (!(told instanceof RapporteurError)) return told
  const [first = ''] = told.message.split(/(?<=\.) Nothing was changed/)
  return new RapporteurError(told.code, `${first} Nothing was changed; restore from another file.`, { cause: error })
}

/**
 * Gives the store that is there a second name, and takes away what SQLite keeps beside it: none of that may ever be
 * taken for the new file's. What is in the log is brought into the file before.
 */
const setAside = async (place: string, path: string, now: Date): Promise<string | null> => {
  const stamp = now.toISOString().replaceAll(':', '-').slice(0, 19)
  const before = `${path}.before-${stamp}Z`
  const isThere = existsSync(place)
  const isEmptied = isThere && isSqlite(place) && emptyLog(place, path)
  // Without links the place is empty for a moment.
  if (isThere) await link(place, before).catch(() => rename(place, before))
  // The copy has the same note of a seal as the store that it was made of, and need not have the same bytes.
  if (existsSync(sealPath(place))) await rename(sealPath(place), sealPath(before))
  for (const each of BESIDE) {
    // The log of a file that cannot be read may be all there is of its last changes.
    if (isEmptied || !existsSync(`${place}${each}`)) await rm(`${place}${each}`, { force: true })
    else await rename(`${place}${each}`, `${before}${each}`)
  }
  return isThere ? before : null
}

/** To SQLite the log of a file that is none of its own would be left over, and to be deleted. */
const isSqlite = (place: string): boolean => {
  const head = Buffer.alloc(16)
  const file = openSync(place, 'r')
  readSync(file, head)
  closeSync(file)
  return head.toString('latin1') === MAGIC
}

/** Brings the log into the file. @returns whether the file could be read, and the log is empty. @throws RapporteurError `STORE_LOCKED` */
const emptyLog = (place: string, path: string): boolean => {
  let database: Database.Database | undefined
  try {
    database = new Database(place, { timeout: 5000 })
    database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
  } catch (error) {
    if (!/^SQLITE_(BUSY|LOCKED)/.test((error as { readonly code?: string }).code ?? '')) return false
  } finally {
    database?.close()
  }
  if ((statSync(`${place}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0) return true
  const sentence = `"${path}" has been read without a pause for five seconds, so that its last changes cannot be kept. Nothing was changed; run again.`
  throw new RapporteurError('STORE_LOCKED', sentence)
}

const itself = (backup: string): RapporteurError =>
  new RapporteurError('BAD_INPUT', `"${backup}" is the store itself. Nothing was changed; name a backup of it.`)

const changed = (backup: string): RapporteurError =>
  new RapporteurError(
    'BAD_INPUT',
    `"${backup}" changed while it was read. Nothing was changed; restore from a file that nobody writes to.`,
  )

const noStore = (backup: string, why = ''): RapporteurError =>
  new RapporteurError('STORE_FOREIGN', `"${backup}" is no whole store of Rapporteur's${why}. Nothing was changed.`)
