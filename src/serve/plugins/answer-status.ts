import { type ExecutionResult, GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { HTTP, type Http, httpSaidBy } from '../http-of-code.js'

/**
 * Gives a request that got no answer at all the HTTP status of its errors' codes.
 * An answer with data in it stays as it is, with its errors and 200.
 */
export const answerStatus = (): Plugin => ({
  onResultProcess({ result, setResult }) {
    if (Array.isArray(result) || !('errors' in result) || !result.errors?.length || answersSomething(result)) return
    const known = result.errors.every((error) => HTTP.has(error.extensions?.['code']))
    if (result.data !== undefined && !known) return
    setResult({ errors: result.errors.map(withStatus) })
  },
})

const answersSomething = ({ data }: ExecutionResult): boolean =>
  Object.values(data ?? {}).some((value) => value !== null && value !== undefined)

const withStatus = (error: GraphQLError): GraphQLError => {
  const http = requestStatus(error)
  if (!http) return error
  const { message, nodes = null, source = null, positions = null, path = null } = error
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { ...error.extensions, http } })
}

/** What was no GraphQL request at all is refused with its status, whatever the client accepts. */
const requestStatus = (error: GraphQLError): Http | undefined => {
  const http = httpSaidBy(error)
  return error.extensions['code'] === 'BAD_REQUEST' && http ? { ...http, spec: false } : http
}
