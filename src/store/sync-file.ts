import { open } from 'node:fs/promises'

/** Has what was written to a file, or the names in a folder, on disk on return. */
export const syncFile = async (path: string): Promise<void> => {
  const file = await open(path, 'r')
  // Not every system lets a folder be synced.
  await file.sync().catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPERM' && error.code !== 'EINVAL' && error.code !== 'EISDIR') throw error
  })
  await file.close()
}
