import { basename, dirname, resolve } from 'node:path'
import { findFiles, namesOf, withoutTwins } from '../read/find-files.js'
import { tellLeftOut } from '../read/left-out.js'
import { badFile, type SourceFile } from '../read/source-file.js'

/** What lies where a command was pointed: mappings, and the tables that they may name. */
export interface FoundMappings {
  readonly mappings: readonly SourceFile[]
  /** The tables that a mapping names; `*` in the name stands for anything, and `.gz` may be there or not. */
  tables(name: string): readonly SourceFile[]
  /** What is shown of where tables were looked for. */
  readonly where: string
}

/**
 * Finds the mapping at a path, or those of a folder or zip, and the tables: those at the places that are given, else those
 * beside the mapping.
 * @throws RapporteurError `BAD_INPUT` where nothing is at a path, or no mapping is there
 */
export const findMappings = async (path: string, places: readonly string[]): Promise<FoundMappings> => {
  const { kind, files } = await findFiles(path)
  const mappings = files.filter(({ name }) => /\.ya?ml$/i.test(name))
  if (mappings.length === 0)
    throw badFile(
      path,
      kind === 'file'
        ? 'a mapping is a YAML file, whose name ends in .yaml; give it first, and the tables after it'
        : `the ${kind} has no mapping, a file whose name ends in .yaml`,
    )
  const beside = kind === 'file' ? (await findFiles(dirname(resolve(path)))).files : files
  const given: SourceFile[] = []
  const unused = new Set<string>()
  for (const place of places) {
    const found = await findFiles(place)
    given.push(...found.files)
    const names = [...namesOf(found.files, found.kind), ...found.leftOut]
    for (const name of names) unused.add(name)
    tellLeftOut(place, {
      *[Symbol.iterator]() {
        yield* names.filter((name) => unused.has(name) && !mappings.some((mapping) => mapping.name === name))
      },
    })
  }
  const { single } = await withoutTwins(places.join(', '), given)
  const where = [...places, kind === 'file' ? dirname(path) : path].map((each) => `"${each}"`).join(', ')
  return {
    mappings,
    where,
    tables(name) {
      const matches = matcherOf(name)
      const found = single.filter((file) => matches(file.name))
      for (const file of found) unused.delete(file.name)
      return found.length > 0 ? found : beside.filter((file) => matches(file.name))
    },
  }
}

/** Whether a file has a name; each part between stars is looked for once, so that it costs no more than the name is long. */
const matcherOf = (wanted: string): ((name: string) => boolean) => {
  const bare = (name: string) => basename(name).toLowerCase().replace(/\.gz$/, '')
  const [first = '', ...rest] = bare(wanted).split('*')
  return (written) => {
    const name = bare(written)
    if (rest.length === 0) return name === first
    if (!name.startsWith(first)) return false
    let at = first.length
    for (const [index, part] of rest.entries()) {
      const found = index === rest.length - 1 ? name.length - part.length : name.indexOf(part, at)
      if (found < at || !name.startsWith(part, found)) return false
      at = found + part.length
    }
    return true
  }
}
