import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A copy of a store as a file of its own, which is named after its hash. */
export interface CopyFile {
  readonly path: string
  /** Of the file, in hexadecimal digits. */
  readonly sha256: string
  /** The state of the graph in it, and when that came about; null where nothing ever changed. */
  readonly version: number
  readonly changedAt: string | null
}

/** The path of a copy in a folder. */
export const copyPath = (folder: string, sha256: string): string => join(folder, `${sha256}.sqlite`)

/** The hashes of the copies in a folder, as they are named. */
export const copiesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).flatMap((name) => /^([0-9a-f]{64})\.sqlite$/.exec(name)?.[1] ?? [])
