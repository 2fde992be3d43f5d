import { stayed } from '../import/import-report.js'
import { openForCommand, readShape } from './open-for-command.js'
import { type ExitCode, number, type SeedFlags, say } from './terminal.js'

/** Takes back all that a source said. */
export const runRemove = async (source: string, { seed }: SeedFlags): Promise<ExitCode> => {
  const { removeSource } = await import('../import/remove-source.js')
  const shape = readShape()
  const store = await openForCommand(shape, { seed, make: false })
  try {
    const { counts } = await removeSource({ store, shape, source })
    say(
      `Removed ${source}: ${number(counts.deleted)} records and links deleted, ${number(counts.changed)} changed that others say too.`,
    )
    if (counts.orphaned > 0) say(stayed(counts.orphaned))
    return 0
  } finally {
    await store.close()
  }
}
