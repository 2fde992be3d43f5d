import { GraphQLError, getOperationAST } from 'graphql'
import type { Ask } from '../ask/ask.js'
import { refuse } from '../ask/refuse.js'
import type { Question } from '../table/about-table.js'
import { openTable } from '../table/open-table.js'
import { errorResponse } from './error-response.js'
import { type SendingTable, type TableFormat, tableResponse } from './table-response.js'

/** A question that came by another way than GraphQL's own address, and how it is answered. */
export interface AnsweringQuestion extends SendingTable {
  readonly ask: Ask
  readonly signal: AbortSignal
  /** Where the same is asked again. */
  readonly address: string
}

/** Answers a question as a table. */
export const answerAsTable = async (
  question: Question,
  format: TableFormat,
  { ask, mask, signal, address, ...sending }: AnsweringQuestion,
): Promise<Response> => {
  const { query, variables, operationName } = question
  const document = await readDocument(ask, question, signal)
  const asking = { variables, operationName, signal, sources: format === 'xlsx' }
  const table = await openTable(ask, document, asking)
  if ('errors' in table) return errorResponse(table.errors, mask)
  return tableResponse(
    table,
    format,
    { ask, question: { query, variables, operationName }, address, now: new Date() },
    { ...sending, mask },
  )
}

/**
 * The document of a question that can be asked.
 * @throws GraphQLError for one that the schema does not allow, and for an operation that it does not have
 */
export const readDocument = async (ask: Ask, { query, operationName }: Question, signal: AbortSignal) => {
  const { document, errors } = await read(ask, query, signal)
  const [error] = errors
  if (error) throw refuse('GRAPHQL_VALIDATION_FAILED', 400, error.message)
  if (getOperationAST(document, operationName)) return document
  const named = operationName ? `no operation "${operationName.slice(0, 100)}"` : 'several operations'
  throw refuse(
    'OPERATION_RESOLUTION_FAILURE',
    400,
    `The document has ${named}; name one that it has in \`operationName\`.`,
  )
}

const read = async (ask: Ask, query: string, signal: AbortSignal) => {
  try {
    return await ask.read(query, { signal })
  } catch (error) {
    if (!(error instanceof GraphQLError) || error.extensions['code']) throw error
    throw refuse('GRAPHQL_PARSE_FAILED', 400, error.message)
  }
}
