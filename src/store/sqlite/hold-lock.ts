import Database from 'libsql'

/**
 * Keeps others from writing to a store between transactions, too, until it is closed or the process ends.
 * @throws what SQLite throws where another process holds it
 */
export const holdLock = (path: string): { close(): void } => {
  const lock = new Database(`${path}.lock`, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    throw error
  }
}
