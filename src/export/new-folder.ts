import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { RapporteurError } from '../errors.js'

/**
 * Makes a folder that has its name only when all of it is there: `fill` is given `FOLDER.part`, which is renamed when
 * it is done and deleted when it fails. What a kill leaves is `FOLDER.part`.
 * @throws RapporteurError `BAD_OUTPUT` where there is something already, or nothing can be written
 */
export const newFolder = async <T>(folder: string, fill: (part: string) => Promise<T>): Promise<T> => {
  const whole = resolve(folder)
  const part = `${whole}.part`
  await refuseUsed(whole, folder)
  await makePart(part)
  try {
    const result = await fill(part)
    // An empty folder may be there; not every system lets a rename take its place.
    await rmdir(whole).catch(() => undefined)
    await rename(part, whole)
    return result
  } catch (error) {
    await rm(part, { recursive: true, force: true })
    throw translateError(error, folder)
  }
}

const refuseUsed = async (whole: string, folder: string): Promise<void> => {
  const names = await readdir(whole).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw translateError(error, folder)
  })
  if (names.length > 0) {
    throw new RapporteurError(
      'BAD_OUTPUT',
      `The folder "${folder}" is not empty. Nothing was written; name a folder that is new.`,
    )
  }
}

const makePart = async (part: string): Promise<void> => {
  try {
    await mkdir(dirname(part), { recursive: true })
    await mkdir(part)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw translateError(error, part)
    throw new RapporteurError(
      'BAD_OUTPUT',
      `There is a folder "${part}" of an export that is under way or was cut off. Nothing was written; delete it when no export is running, and run again.`,
      { cause: error },
    )
  }
}

const translateError = (error: unknown, folder: string): unknown => {
  const { code, message } = error as NodeJS.ErrnoException
  if (error instanceof RapporteurError || typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return error
  const reason = code === 'ENOSPC' ? 'the disk is full' : code === 'ENOTDIR' ? 'it is not a folder' : message
  return new RapporteurError(
    'BAD_OUTPUT',
    `The folder "${folder}" cannot be written: ${reason}. Nothing was kept; make room, or name another folder.`,
    { cause: error },
  )
}
