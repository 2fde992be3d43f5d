import { makeServedSchema } from '../schema/served-schema.js'
import { PROGRAM_VERSION, type StoreSettings } from '../settings.js'
import { openStore } from '../store/open-store.js'
import { readShape } from './open-for-command.js'
import { type ExitCode, say } from './terminal.js'

/** What the command line says besides. */
export interface DoctorFlags {
  readonly json?: boolean
}

/** Says what is right and wrong with what would be served. */
export const runDoctor = async ({ json }: DoctorFlags): Promise<ExitCode> => {
  const { examine, printExamined } = await import('../doctor/examine.js')
  const shape = readShape()
  const open = (store: StoreSettings) => openStore(store, shape, { readOnly: true })
  const examined = await examine({ open, schema: () => makeServedSchema(shape.served) })
  say(json ? JSON.stringify({ version: PROGRAM_VERSION, ...examined }, null, 2) : printExamined(examined))
  return examined.findings.some(({ level }) => level === 'error') ? 1 : 0
}
