import { readShape } from './open-for-command.js'
import { type ExitCode, say } from './terminal.js'

/** Prints the schema that is served. */
export const runSchema = async (): Promise<ExitCode> => {
  const { printSchema } = await import('graphql')
  const { makeServedSchema } = await import('../schema/served-schema.js')
  say(printSchema(makeServedSchema(readShape().served)))
  return 0
}
