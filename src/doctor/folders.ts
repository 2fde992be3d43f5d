import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'

/** What a folder has to allow for files to be made in it. */
export const WRITE = constants.W_OK | constants.X_OK

/** Whether this user may do this with what is at a path. */
export const may = (path: string, mode: number): boolean => {
  try {
    accessSync(path, mode)
    return true
  } catch {
    return false
  }
}

/** The nearest folder above a path that is there. */
export const above = (path: string): string => {
  const parent = dirname(path)
  return existsSync(parent) || parent === path ? parent : above(parent)
}
