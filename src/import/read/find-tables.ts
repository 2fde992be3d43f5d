import { findFiles, namesOf, withoutTwins } from './find-files.js'
import { leftOutOf, tellLeftOut } from './left-out.js'
import { badFile, type SourceFile } from './source-file.js'

/** The tables of a folder or zip: those known by name, and the names of other tables there. */
export interface FoundTables {
  readonly tables: ReadonlyMap<string, SourceFile>
  readonly unknown: readonly string[]
  /** Bytes of the known tables as they are. */
  readonly size: number
  /** Any other file there, by its name; what nobody asks for is left out. */
  file(name: string): SourceFile | undefined
}

/**
 * Finds the tables `<name>.csv` or `<name>.csv.gz` of a folder or a zip, be they written in capitals or not.
 * What is left out is told, but for unknown tables.
 * @throws RapporteurError `BAD_INPUT` for a path that is neither, a missing table, or one that is there in both forms
 */
export const findTables = async (
  path: string,
  required: readonly string[],
  optional: readonly string[],
): Promise<FoundTables> => {
  const { kind, files, leftOut } = await findFiles(path)
  if (kind === 'file') throw badFile(path, 'it is a file; give the folder in which it lies, or a zip of that folder')
  const { single, again } = await withoutTwins(
    path,
    files.filter(({ name }) => isTable(name)),
  )
  const tables = new Map<string, SourceFile>()
  const missing: string[] = []
  let size = 0
  for (const table of [...required, ...optional]) {
    const forms = single.filter(({ name }) => [`${table}.csv`, `${table}.csv.gz`].includes(name.toLowerCase()))
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
  const others = new Set([
    ...namesOf(
      files.filter(({ name }) => !isTable(name)),
      kind,
    ),
    ...leftOut,
    ...again,
  ])
  if (missing.length > 0) {
    const there = tables.size === 0 && others.size > 0 ? `${leftOutOf([...others])}; ` : ''
    throw badFile(path, `${there}the ${kind} lacks ${missing.join(', ')}, so it is not a whole export`)
  }
  tellLeftOut(path, others)
  const known = new Set([...tables.values()].map((file) => file.name))
  const unknown = single.map(({ name }) => name).filter((name) => !known.has(name))
  const file = (name: string) => {
    const found = files.find((each) => each.name === name)
    if (found) for (const each of namesOf([found], kind)) others.delete(each)
    return found
  }
  return { tables, unknown, size, file }
}

const isTable = (name: string): boolean => /\.csv(\.gz)?$/i.test(name)
