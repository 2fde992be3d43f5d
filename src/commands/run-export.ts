import type { Command } from 'commander'
import { exportGraph } from '../export/export-format.js'
import { formats } from '../export/formats.js'
import { openForCommand, readShape } from './open-for-command.js'
import { type ExitCode, nameAndSummarize, number, say, warn } from './terminal.js'

/** What the command line says besides. */
export interface ExportFlags {
  readonly format: string
  readonly seed: boolean
}

/** The formats that can be written, by name. */
export const exportFormats = formats({
  neo4j: async (store, shape) => (await import('../store/neo4j/import-files.js')).bulkFiles(store, shape),
})

/** Writes all that the store says into a folder. */
export const runExport = async (program: Command, folder: string, { format, seed }: ExportFlags): Promise<ExitCode> => {
  const writer = exportFormats.get(format)
  if (!writer) {
    program.error(`There is no format "${format}". There are:\n${nameAndSummarize(exportFormats)}`)
  }
  const shape = readShape()
  const store = await openForCommand(shape, { seed, make: false, onUnverified: warn })
  try {
    const { records, links, leftOut, files, bytes, next } = await exportGraph(writer, store, shape, folder)
    const size = `${number(files)} files, ${number(Math.ceil(bytes / 1e6))} MB`
    say(`Exported ${number(records)} records and ${number(links)} links to "${folder}" (${size}).`)
    const without = Object.entries(leftOut).map(([type, rows]) => `${number(rows)} ${type}`)
    if (without.length > 0) say(`Left out, since the format has no place for them: ${without.join(', ')}.`)
    say(next)
    return 0
  } finally {
    await store.close()
  }
}
