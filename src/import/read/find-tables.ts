import { findFiles } from './find-files.js'
import { badFile, type SourceFile } from './source-file.js'

/** The tables of a folder or zip: those known by name, and the names of other tables there. */
export interface FoundTables {
  readonly tables: ReadonlyMap<string, SourceFile>
  readonly unknown: readonly string[]
  /** Bytes of the known tables as they are. */
  readonly size: number
  /** Any other file there, by its name. */
  file(name: string): SourceFile | undefined
}

/**
 * Finds the tables `<name>.csv` or `<name>.csv.gz` of a folder or a zip.
 * @throws RapporteurError `BAD_INPUT` for a path that is neither, a missing table, or one that is there in both forms
 */
export const findTables = async (
  path: string,
  required: readonly string[],
  optional: readonly string[],
): Promise<FoundTables> => {
  const { kind, files } = await findFiles(path)
  if (kind === 'file') throw badFile(path, 'it is a file; give the folder in which it lies, or a zip of that folder')
  const tables = new Map<string, SourceFile>()
  const missing: string[] = []
  let size = 0
  for (const table of [...required, ...optional]) {
    const forms = files.filter(({ name }) => name === `${table}.csv` || name === `${table}.csv.gz`)
    const [file, other] = forms
    if (file && other)
      throw badFile(path, `the table "${table}" is there twice, as ${file.name} and ${other.name}; keep one of them`)
    if (file) {
      tables.set(table, file)
      size += file.size
    } else if (required.includes(table)) {
      missing.push(`${table}.csv.gz`)
    }
  }
  if (missing.length > 0) throw badFile(path, `the ${kind} lacks ${missing.join(', ')}, so it is not a whole export`)
  const known = new Set([...tables.values()].map((file) => file.name))
  const others = files.map(({ name }) => name).filter((name) => /\.csv(\.gz)?$/.test(name) && !known.has(name))
  return { tables, unknown: others, size, file: (name) => files.find((each) => each.name === name) }
}
