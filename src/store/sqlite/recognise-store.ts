import type Database from 'libsql'
import { RapporteurError } from '../../errors.js'

/** How a file of SQLite's begins. */
export const MAGIC = 'SQLite format 3\u0000'
/** Marks a file as Rapporteur's: "RAPP". */
export const APPLICATION_ID = 0x52415050
/** The version of the file's layout that this program writes, and the newest it reads. */
export const FILE_VERSION = 2

/**
 * Whether a file has a store of Rapporteur's in it, of whatever layout, and not nothing or the beginning of one.
 * @throws RapporteurError `STORE_FOREIGN` for a file of another program, `STORE_NEWER` for one of a later version of this
 */
export const recogniseStore = (database: Database.Database, location: string): boolean => {
  const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[0]
  const { tables } = database.prepare("SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table'").get() as {
    tables: number
  }
  if (tables === 0) return false
  if (pragma('application_id') !== APPLICATION_ID) {
    throw new RapporteurError(
      'STORE_FOREIGN',
      `"${location}" is an SQLite file of another program. Nothing was changed; choose another path for RAPPORTEUR_STORE.`,
    )
  }
  const version = pragma('user_version') ?? 0
  if (version > FILE_VERSION) {
    throw new RapporteurError(
      'STORE_NEWER',
      `The store "${location}" has version ${version}, this program reads up to ${FILE_VERSION}. Nothing was changed; update the program, or choose another store.`,
    )
  }
  return (
    database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'rapporteur'").get() !== undefined
  )
}
