import type { Command } from 'commander'
import { type ExitCode, say, warn } from './terminal.js'

/** Makes a key, and prints the line that lets it in. */
export const runKey = async (program: Command, name: string): Promise<ExitCode> => {
  const { isKeyName, makeKey } = await import('../serve/known-keys.js')
  if (!isKeyName(name))
    program.error(`"${name}" is no name of a key: it has 60 letters, digits, ".", "-" and "_" at most.`)
  const { key, line } = makeKey(name)
  say(line)
  warn(
    `The line above goes into the file of RAPPORTEUR_KEYS. The key is ${key}; it is not kept anywhere. A client sends it as "Authorization: Bearer ${key}".`,
  )
  return 0
}
