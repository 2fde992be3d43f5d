import type { GraphQLSchema } from 'graphql'
import { RapporteurError } from '../errors.js'
import {
  type Environment,
  readSettings,
  type SettingAsRead,
  type Settings,
  type StoreSettings,
  settingsAsRead,
} from '../settings.js'
import type { GraphStore } from '../store/graph-store.js'
import { type Finding, findingsAbout } from './finding.js'
import { lookAtAsking } from './look-at-asking.js'
import { lookAtProgram } from './look-at-program.js'
import { lookAtServing } from './look-at-serving.js'
import { lookAtStore } from './look-at-store.js'

/** How an installation is. */
export interface Examined {
  readonly settings: readonly SettingAsRead[]
  readonly findings: readonly Finding[]
}

/** What is looked at besides the settings. */
export interface Examining {
  /** Opens a store for reading alone. */
  open(settings: StoreSettings): Promise<GraphStore>
  /** The schema that would be served. */
  schema(): GraphQLSchema
}

/** Looks at the settings, the program, the store, the disk and what would be served. Makes nothing, and writes nothing. */
export const examine = async ({ open, schema }: Examining, environment?: Environment): Promise<Examined> => {
  const settings = settingsAsRead(environment)
  const program = lookAtProgram(environment)
  const read = readOrRefuse(environment)
  if ('sentence' in read) return { settings, findings: [...program, read] }
  const findings = [
    ...program,
    ...(await lookAtStore(read.store, () => open(read.store))),
    ...(await lookAtServing(read)),
    ...lookAtAsking(read, schema),
  ]
  return { settings, findings }
}

const readOrRefuse = (environment?: Environment): Settings | Finding => {
  try {
    return readSettings({}, environment)
  } catch (error) {
    if (!(error instanceof RapporteurError)) throw error
    return findingsAbout('settings').error(error.message)
  }
}

/** The same for a person: what is looked at, and a line for each finding. */
export const printExamined = ({ settings, findings }: Examined): string => {
  const width = Math.max(...settings.map(({ name }) => name.length))
  const lines = settings.map(({ name, value, from }) => `  ${name.padEnd(width)}  ${value} (${from})`)
  const count = (level: Finding['level']): number => findings.filter((each) => each.level === level).length
  const told = findings.map(({ level, sentence }) => `${level.padEnd(7)}  ${sentence}`)
  const sum = `Errors: ${count('error')}. Warnings: ${count('warning')}.`
  return ['Settings:', ...lines, '', ...told, '', sum].join('\n')
}
