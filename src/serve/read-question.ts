import { refuse } from '../ask/refuse.js'
import type { Question } from '../table/about-table.js'
import { readBody } from './plugins/limit-body.js'

/**
 * Reads a question as GraphQL over HTTP has it: from the address, or from a body of JSON.
 * @returns null where there is none
 * @throws GraphQLError for what cannot be read
 */
export const readQuestion = async (request: Request, url: URL, bodyLimit: number): Promise<Question | null> => {
  const { method, headers } = request
  if (method === 'GET') {
    const { searchParams } = url
    const query = searchParams.get('query')
    if (!query) return null
    return questionOf(query, searchParams.get('variables'), searchParams.get('operationName'))
  }
  if (method !== 'POST') throw refuse('BAD_REQUEST', 405, `Ask for ${url.pathname} with GET or POST.`)
  if (!headers.get('content-type')?.toLowerCase().startsWith('application/json'))
    throw refuse('UNSUPPORTED_MEDIA_TYPE', 415, 'Send the question as "application/json".')
  const body = parsed(await readBody(request, bodyLimit), 'The body')
  const { query, variables, operationName } = (body ?? {}) as Readonly<Record<string, unknown>>
  return typeof query === 'string' && query !== '' ? questionOf(query, variables, operationName) : null
}

const questionOf = (query: string, given: unknown, operationName: unknown): Question => {
  const variables = typeof given === 'string' && given !== '' ? parsed(given, '`variables`') : given || null
  if (variables !== null && (typeof variables !== 'object' || Array.isArray(variables)))
    throw refuse('BAD_REQUEST', 400, '`variables` has to be an object.')
  return {
    query,
    ...(variables !== null && { variables: variables as Readonly<Record<string, unknown>> }),
    ...(typeof operationName === 'string' && operationName !== '' && { operationName }),
  }
}

const parsed = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refuse('BAD_REQUEST', 400, `${what} is not JSON (${(error as Error).message}).`)
  }
}
