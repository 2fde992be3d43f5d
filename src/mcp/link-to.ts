import type { Question } from './question.js'

/** The longest address that is given: servers and browsers refuse longer ones. */
const MAX_LENGTH = 8000

/**
 * Makes the address that asks a question again, in GraphiQL.
 * @param base where the server answers, such as `http://127.0.0.1:4000`
 * @returns null for a question that no address has room for
 */
export const linkTo = (base: string, { text, variables, operationName }: Question): string | null => {
  const state = new URLSearchParams({ query: text })
  if (Object.keys(variables).length > 0) state.set('variables', JSON.stringify(variables))
  if (operationName) state.set('operationName', operationName)
  const link = `${base}/graphql?${state}`
  return link.length <= MAX_LENGTH ? link : null
}
