import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { RapporteurError } from '../../errors.js'
import { badFile, codeOf, fileOnDisk, type SourceFile } from './source-file.js'
import { zipFiles } from './zip-files.js'

/** What lies at a path. */
export interface FoundFiles {
  /** A file alone, or the files in a folder or a zip. */
  readonly kind: 'file' | 'folder' | 'zip'
  /** Ordered by name. */
  readonly files: readonly SourceFile[]
}

/**
 * Finds the files at a path: a file alone, those of a folder (not those of its subfolders), or those of a `.zip` of one.
 * @throws RapporteurError `BAD_INPUT` where nothing is, and for a zip that cannot be read
 */
export const findFiles = async (path: string): Promise<FoundFiles> => {
  const found = await statOf(path)
  if (found.isDirectory()) return { kind: 'folder', files: await filesOf(path) }
  if (/\.zip$/i.test(path)) return { kind: 'zip', files: [...(await zipFiles(path))].sort(byName) }
  return { kind: 'file', files: [fileOnDisk(path, basename(path), found.size)] }
}

/**
 * Finds the files at a path whose names match; a file alone is taken whatever its name.
 * @throws RapporteurError `BAD_INPUT` as `findFiles` does, and where there is none
 */
export const findMatching = async (path: string, pattern: RegExp, endings: string): Promise<readonly SourceFile[]> => {
  const { kind, files } = await findFiles(path)
  if (kind === 'file') return files
  const matching = files.filter(({ name }) => pattern.test(name) && !name.startsWith('.'))
  if (matching.length === 0) throw badFile(path, `the ${kind} has no file whose name ends in ${endings}`)
  return matching
}

/** The folder in which a file lies that was found at a path; a zip stands for the folder of its name. */
export const folderOf = (path: string, { name }: SourceFile): string => {
  const full = resolve(path)
  if (/\.zip$/i.test(full)) return full.slice(0, -'.zip'.length)
  return basename(full) === name ? dirname(full) : full
}

const statOf = async (path: string) => {
  try {
    return await stat(path)
  } catch (cause) {
    const code = codeOf(cause)
    throw new RapporteurError(
      'BAD_INPUT',
      code === 'ENOENT'
        ? `There is no file or folder "${path}". Nothing was loaded.`
        : `The file or folder "${path}" cannot be read (${code}). Nothing was loaded.`,
      { cause },
    )
  }
}

const filesOf = async (folder: string): Promise<readonly SourceFile[]> => {
  const files: SourceFile[] = []
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new RapporteurError(
      'BAD_INPUT',
      `The folder "${folder}" cannot be read (${codeOf(cause)}). Nothing was loaded.`,
    )
  })
  for (const name of names) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => null)
    if (found?.isFile()) files.push(fileOnDisk(path, name, found.size))
  }
  return files.sort(byName)
}

const byName = (a: SourceFile, b: SourceFile): number => (a.name < b.name ? -1 : 1)

/** SHA-256 over the names and contents of files, in hexadecimal. */
export const hashFiles = async (files: Iterable<SourceFile>): Promise<string> => {
  const hash = createHash('sha256')
  for (const { name, size, bytes } of files) {
    hash.update(`${name}\0${size}\0`)
    for await (const chunk of bytes()) hash.update(chunk)
  }
  return hash.digest('hex')
}
