import { RapporteurError } from '../errors.js'
import { readSettings } from '../settings.js'
import { refuseMemory } from './refuse-memory.js'
import { type ExitCode, number, say, secondsSince, warn } from './terminal.js'

/** Puts a backup in the place of the store. */
export const runRestore = async (file: string): Promise<ExitCode> => {
  const { store: settings } = readSettings({ RAPPORTEUR_PORT: '0' })
  refuseMemory(settings)
  if (settings.engine === 'Neo4j') {
    const sentence = `The store at ${settings.uri} is a Neo4j database and no file. Nothing was changed; stop the database and use "neo4j-admin database load" with a dump, or, with the Enterprise edition, "neo4j-admin database restore".`
    throw new RapporteurError('NOT_A_FILE', sentence)
  }
  const { restoreStore } = await import('../store/sqlite/restore-store.js')
  const begun = performance.now()
  const { bytes, before, unverified } = await restoreStore(file, settings.path)
  if (unverified) warn(unverified)
  say(`Restored "${settings.path}" from "${file}" in ${secondsSince(begun)} s: ${number(bytes)} bytes.`)
  if (before) say(`The store that was there is kept at "${before}"; delete it when you no longer need it.`)
  say('A server that is running answers from the restored store from now on; "rapporteur check" says what is in it.')
  return 0
}
