import { rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import Database from 'libsql'
import { HeldFile } from './held-file.js'
import { newSealId, sealPath, writeSeal } from './seal.js'

/** What a file notes of its seal in the table `rapporteur`, and what stands there while it is written to. */
export const SEALED = 'sealed'
export const OPEN = 'open'

/**
 * Seals a store that nobody has open, such as a copy: gives it an id of its own, and writes beside it what it is now.
 * @throws Error where the file or its folder cannot be written
 */
export const sealFile = async (path: string): Promise<void> => {
  const file = new HeldFile(path)
  const database = new Database(`${pathToFileURL(path)}?mode=rw`, { timeout: 5000 })
  try {
    // A copy that SQLite has made is not so yet, and the first to write to it would change its head.
    database.exec('PRAGMA journal_mode = WAL')
    if (!(await seal(database, file))) throw new Error(`Somebody has "${path}" open, so that it could not be sealed.`)
  } finally {
    database.close()
    file.release()
  }
}

/**
 * Ends what was written to a file: brings SQLite's log into it and seals it. Killed at any moment, it leaves a seal of just
 * this file or none that counts.
 * @returns false where somebody who reads keeps the log from being brought in, and no seal was made
 */
export const seal = async (database: Database.Database, file: HeldFile): Promise<boolean> => {
  const id = newSealId()
  note(database, id)
  if (!checkpoint(database)) return false
  await writeSeal(file.path, { id, schemaVersion: schemaVersion(database), ...(await file.checksums()) })
  return true
}

/**
 * Brings all that was written into the file itself, so that it may be copied alone.
 * @returns whether all of it was; what was not stays beside the file, and is read from there
 */
export const checkpoint = (database: Database.Database): boolean => {
  // Statements that libsql still holds keep the last connection from doing so of itself.
  const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { readonly busy: number }
  return busy === 0
}

/** Takes the seal away before something is written: first in the file, in which it counts for nothing from then on. */
export const breakSeal = (database: Database.Database, path: string): void => {
  const hasTable = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'rapporteur'").get() !== undefined
  if (hasTable) note(database, OPEN)
  try {
    rmSync(sealPath(path), { force: true })
  } catch {
    // It counts for nothing any longer.
  }
}

export const schemaVersion = (database: Database.Database): number =>
  (database.prepare('PRAGMA schema_version').get() as { readonly schema_version: number }).schema_version

const note = (database: Database.Database, value: string): void => {
  database.prepare('INSERT OR REPLACE INTO rapporteur (name, value) VALUES (?, ?)').run(SEALED, value)
}
