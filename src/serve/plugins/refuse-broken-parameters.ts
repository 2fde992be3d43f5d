import type { Plugin } from 'graphql-yoga'
import { refuse } from '../../ask/refuse.js'

/** Refuses an address whose `variables` or `extensions` are no JSON, with 400; Yoga (5.24) takes them for a fault of its own. */
export const refuseBrokenParameters = (): Plugin => ({
  onRequestParse({ request, requestParser, setRequestParser }) {
    if (request.method !== 'GET' || !requestParser) return
    setRequestParser(async (asked) => {
      try {
        return await requestParser(asked)
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error
        const sentence = `The address has parameters that are not JSON (${error.message}). \`variables\` and \`extensions\` are JSON objects, encoded for an address.`
        throw refuse('BAD_REQUEST', 400, sentence)
      }
    })
  },
})
