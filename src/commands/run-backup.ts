import { readSettings } from '../settings.js'
import { openStore } from '../store/open-store.js'
import { readShape } from './open-for-command.js'
import { refuseMemory } from './refuse-memory.js'
import { type ExitCode, number, say, secondsSince } from './terminal.js'

/** Writes a copy of the store to a file. */
export const runBackup = async (file: string): Promise<ExitCode> => {
  const { store: settings } = readSettings({ RAPPORTEUR_PORT: '0' })
  refuseMemory(settings)
  const begun = performance.now()
  // As it is: a backup before an update must not be changed by the updated program.
  const store = await openStore(settings, readShape())
  try {
    const { bytes, sha256, version, isUnfinished } = await store.copyTo(file, { sealed: true })
    say(`Copied "${store.location}" to "${file}" in ${secondsSince(begun)} s: ${number(bytes)} bytes.`)
    say(`Version of the graph: ${number(version)}`)
    say(`SHA-256: ${sha256}`)
    if (isUnfinished)
      say(
        'An import is under way, and the copy has what it had written; it lacks indexes, which are made when it is first used.',
      )
    return 0
  } finally {
    await store.close()
  }
}
