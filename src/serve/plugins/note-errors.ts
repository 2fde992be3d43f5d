import type { Plugin } from 'graphql-yoga'
import { noteCode } from '../../ask/scope.js'

/** Notes by which code a question failed, for the log and the figures; those of what the schema does not allow are Yoga's. */
export const noteErrors = (): Plugin => ({
  onResultProcess({ result }) {
    const code = 'errors' in result ? result.errors?.[0]?.extensions?.['code'] : undefined
    if (typeof code === 'string') noteCode(code)
  },
})
