import { dirname } from 'node:path'
import { RapporteurError } from '../errors.js'
import type { FileHead, Importer } from './importer.js'
import { findFiles } from './read/find-files.js'
import { headOf } from './read/read-head.js'

/** Files of a folder of which the beginning is looked at. */
const MAX_FILES = 100

/**
 * Adds to the error of an import that another importer reads what is at the path, where that is so. Where the importer that
 * was asked knows the format itself, a file is damaged, and the error stays as it is.
 */
export const tellReader = async (
  error: unknown,
  path: string,
  asked: Importer,
  load: () => Promise<ReadonlyMap<string, Importer>>,
): Promise<unknown> => {
  if (!(error instanceof RapporteurError) || error.code !== 'BAD_INPUT') return error
  const { kind, files } = await findFiles(path)
  const heads: FileHead[] = []
  for (const file of files.slice(0, MAX_FILES)) heads.push(await headOf(file))
  if (heads.some((head) => asked.recognises(head))) return error
  const importers = [...(await load()).values()]
  const readers = importers.filter((each) => each.name !== asked.name && heads.some((head) => each.recognises(head)))
  if (readers.length === 0) return error
  const commands = readers.map(({ name, needsFolder }) => {
    const place = needsFolder && kind === 'file' ? dirname(path) : path
    return `rapporteur import ${name} ${/\s/.test(place) ? `"${place}"` : place}`
  })
  const known = heads.filter((head) => readers.some((reader) => reader.recognises(head)))
  const what = known.length === 1 ? `"${known[0]?.name}" looks like a file` : 'These look like files'
  // Nothing is wrong with the file itself.
  const told = error.message.replace(/; mend the (?:file|mapping) and run again/, '')
  return new RapporteurError(error.code, `${told} ${what} that another importer reads: ${commands.join(', or ')}`, {
    cause: error,
  })
}
