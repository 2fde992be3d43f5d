import type Database from 'libsql'

/** Does work in a transaction that is on disk on return; whatever the work throws, nothing of it is. */
export const inTransaction = <T>(database: Database.Database, work: () => T): T => {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    rollBack(database)
    throw error
  }
}

/** Where the disk is full or fails, SQLite has rolled back of itself; whatever else a roll-back says would hide why there is one. */
const rollBack = (database: Database.Database): void => {
  try {
    if (database.inTransaction) database.exec('ROLLBACK')
  } catch {
    // The transaction ends with the connection.
  }
}
