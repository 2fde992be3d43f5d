import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { RapporteurError } from '../../errors.js'
import { leftOutOf, tellLeftOut } from './left-out.js'
import { badFile, codeOf, fileOnDisk, type SourceFile } from './source-file.js'
import { isZip, zipFiles } from './zip-files.js'

/** What lies at a path. */
export interface FoundFiles {
  /** A file alone, or the files in a folder or a zip. */
  readonly kind: 'file' | 'folder' | 'zip'
  /** Ordered by name; those of a folder, and those of the zips in it. Hidden ones are passed over. */
  readonly files: readonly SourceFile[]
  /** What lies there and is not a file that could be read, as messages name it: `sub (a subfolder)`. */
  readonly leftOut: readonly string[]
}

/**
 * Finds the files at a path: a file alone, those of a folder, or those of a `.zip` of one. A `.zip` in a folder is opened
 * like a folder of its own; what lies in subfolders is not read.
 * @throws RapporteurError `BAD_INPUT` where nothing is, and for a zip that cannot be read
 */
export const findFiles = async (path: string): Promise<FoundFiles> => {
  const found = await statOf(path)
  if (!found.isDirectory() && !isZip(path))
    return { kind: 'file', files: [fileOnDisk(path, basename(path), found.size)], leftOut: [] }
  const places = found.isDirectory() ? await filesOf(path) : [await inZip(path, '')]
  return {
    kind: found.isDirectory() ? 'folder' : 'zip',
    files: places
      .flatMap(({ files }) => files)
      .filter(({ name }) => !isHidden(name))
      .sort(byName),
    leftOut: places.flatMap(({ leftOut }) => leftOut),
  }
}

/**
 * Finds the files at a path whose names match, be they written in capitals or not; a file alone is taken whatever its name.
 * What is left out is told.
 * @throws RapporteurError `BAD_INPUT` as `findFiles` does, where there is none, and where two of the same name differ
 */
export const findMatching = async (path: string, pattern: RegExp, endings: string): Promise<readonly SourceFile[]> => {
  const { kind, files, leftOut } = await findFiles(path)
  if (kind === 'file') return files
  const readable = new RegExp(pattern, 'i')
  const matching = files.filter(({ name }) => readable.test(name))
  const others = [
    ...namesOf(
      files.filter(({ name }) => !readable.test(name)),
      kind,
    ),
    ...leftOut,
  ]
  if (matching.length === 0) {
    const there = others.length > 0 ? `${leftOutOf(others)}; ` : ''
    throw badFile(path, `${there}the ${kind} has no file whose name ends in ${endings}`)
  }
  const { single, again } = await withoutTwins(path, matching)
  tellLeftOut(path, [...others, ...again])
  return single
}

/** The names of files as a message of what lies at a path has them: those in a zip of a folder with that zip. */
export const namesOf = (files: readonly SourceFile[], kind: FoundFiles['kind']): readonly string[] =>
  files.map(({ name, zip }) => (zip !== undefined && kind === 'folder' ? `${name} in ${basename(zip)}` : name))

/** Files of which no two have the same name, and what was left out to that end, as messages name it. */
interface SingleFiles {
  readonly single: readonly SourceFile[]
  readonly again: readonly string[]
}

/**
 * Takes each file once that lies in a folder and in a zip there, as where somebody has unpacked it.
 * @throws RapporteurError `BAD_INPUT` where two of the same name are not the same
 */
export const withoutTwins = async (path: string, files: readonly SourceFile[]): Promise<SingleFiles> => {
  const single = new Map<string, SourceFile>()
  const again: string[] = []
  const place = ({ zip }: SourceFile) => (zip === undefined ? 'by itself' : `in ${basename(zip)}`)
  for (const file of files) {
    const other = single.get(file.name)
    if (!other) single.set(file.name, file)
    else if (await isSame(file, other)) again.push(`${file.name} ${place(file)} (the same as the one ${place(other)})`)
    else
      throw badFile(
        path,
        `the file "${file.name}" is there twice, ${place(other)} and ${place(file)}, and they are not the same; keep one of them, or import them apart`,
      )
  }
  return { single: [...single.values()], again }
}

const isSame = async (a: SourceFile, b: SourceFile): Promise<boolean> =>
  a.size === b.size && (await hashFiles([a])) === (await hashFiles([b]))

/** The folder in which a file lies that was found at a path; a zip stands for the folder of its name. */
export const folderOf = (path: string, { name, zip }: SourceFile): string => {
  const full = resolve(zip ?? path)
  if (isZip(full)) return full.slice(0, -'.zip'.length)
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

type Place = Omit<FoundFiles, 'kind'>

/** What each name in a folder stands for. */
const filesOf = async (folder: string): Promise<readonly Place[]> => {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new RapporteurError(
      'BAD_INPUT',
      `The folder "${folder}" cannot be read (${codeOf(cause)}). Nothing was loaded.`,
    )
  })
  const places: Place[] = []
  for (const name of names.sort()) if (!isHidden(name)) places.push(await placeOf(join(folder, name), name))
  return places
}

const placeOf = async (path: string, name: string): Promise<Place> => {
  const found = await stat(path).catch(codeOf)
  if (typeof found === 'string') return without(name, found === 'ENOENT' ? 'a link to nowhere' : `unreadable, ${found}`)
  if (found.isDirectory()) return without(name, 'a subfolder')
  if (!found.isFile()) return without(name, 'no file')
  return isZip(name) ? inZip(path, ` in ${name}`) : { files: [fileOnDisk(path, name, found.size)], leftOut: [] }
}

const inZip = async (path: string, where: string): Promise<Place> => {
  const { files, folders } = await zipFiles(path)
  if (where !== '' && files.length + folders.length === 0) return without(basename(path), 'an empty zip')
  return { files, leftOut: folders.map((folder) => `${folder}${where} (a subfolder)`) }
}

const without = (name: string, why: string): Place => ({ files: [], leftOut: [`${name} (${why})`] })

const isHidden = (name: string): boolean => name.startsWith('.')

/** Of the same name, one that lies by itself goes before those in zips. */
const byName = (a: SourceFile, b: SourceFile): number => {
  const [first, second] = a.name === b.name ? [a.zip ?? '', b.zip ?? ''] : [a.name, b.name]
  return first < second ? -1 : 1
}

/** SHA-256 over the names and contents of files, in hexadecimal. */
export const hashFiles = async (files: Iterable<SourceFile>): Promise<string> => {
  const hash = createHash('sha256')
  for (const { name, size, bytes } of files) {
    hash.update(`${name}\0${size}\0`)
    for await (const chunk of bytes()) hash.update(chunk)
  }
  return hash.digest('hex')
}
