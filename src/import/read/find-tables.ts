import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { RapporteurError } from '../../errors.js'
import { badFile, type SourceFile } from './read-text.js'

/** The tables of a folder: those known by name, and the names of other tables there. */
export interface FoundTables {
  readonly tables: ReadonlyMap<string, SourceFile>
  readonly unknown: readonly string[]
  /** Bytes of the known tables as they are. */
  readonly size: number
}

/**
 * Finds the tables `<name>.csv` or `<name>.csv.gz` of a folder.
 * @throws RapporteurError `BAD_INPUT` for a path that is no folder, a missing table, or one that is there in both forms
 */
export const findTables = async (
  folder: string,
  required: readonly string[],
  optional: readonly string[],
): Promise<FoundTables> => {
  const names = await readFolder(folder)
  const tables = new Map<string, SourceFile>()
  const missing: string[] = []
  let size = 0
  for (const table of [...required, ...optional]) {
    const forms = [`${table}.csv`, `${table}.csv.gz`].filter((name) => names.includes(name))
    const [name] = forms
    if (forms.length > 1)
      throw badFile(folder, `the table "${table}" is there twice, as ${forms.join(' and ')}; keep one of them`)
    if (name) {
      const path = join(folder, name)
      const bytes = (await stat(path)).size
      tables.set(table, { path, name, size: bytes })
      size += bytes
    } else if (required.includes(table)) {
      missing.push(`${table}.csv.gz`)
    }
  }
  if (missing.length > 0) throw badFile(folder, `the folder lacks ${missing.join(', ')}, so it is not a whole export`)
  const known = new Set([...tables.values()].map((file) => file.name))
  return { tables, unknown: names.filter((name) => /\.csv(\.gz)?$/.test(name) && !known.has(name)), size }
}

const readFolder = async (folder: string): Promise<readonly string[]> => {
  try {
    return (await readdir(folder)).sort()
  } catch (cause) {
    const code = (cause as { readonly code?: string }).code
    const what =
      code === 'ENOENT'
        ? 'does not exist'
        : code === 'ENOTDIR'
          ? 'is a file; give the folder in which it lies, unpacked'
          : `cannot be read (${code})`
    throw new RapporteurError('BAD_INPUT', `The folder "${folder}" ${what}. Nothing was loaded.`, { cause })
  }
}

/** SHA-256 over the names and contents of files, in hexadecimal. */
export const hashFiles = async (files: Iterable<SourceFile>): Promise<string> => {
  const hash = createHash('sha256')
  for (const { path, name, size } of files) {
    hash.update(`${name}\0${size}\0`)
    try {
      for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
    } catch (cause) {
      throw badFile(name, `the file cannot be read (${(cause as { readonly code?: string }).code})`, cause)
    }
  }
  return hash.digest('hex')
}
