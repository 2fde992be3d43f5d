import type { Question } from '../table/about-table.js'

/** The address that asks a question: in a browser with GraphiQL, by a program with its answer. */
export const questionAddress = (endpoint: string, { query, variables, operationName }: Question): string => {
  const address = new URL(endpoint)
  address.searchParams.set('query', query)
  if (variables && Object.keys(variables).length > 0) address.searchParams.set('variables', JSON.stringify(variables))
  if (operationName) address.searchParams.set('operationName', operationName)
  return address.toString()
}
