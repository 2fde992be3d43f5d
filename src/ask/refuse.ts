import { type ASTNode, GraphQLError } from 'graphql'
import type { RefusalDetails } from '../errors.js'

/** Codes of requests that are refused before anything is planned, besides those of `RapporteurError`. */
export type RefusalCode =
  | 'BAD_REQUEST'
  | 'BODY_LIMIT'
  | 'BATCH_LIMIT'
  | 'TOKEN_LIMIT'
  | 'DEPTH_LIMIT'
  | 'ALIAS_LIMIT'
  | 'LINE_LIMIT'
  | 'LENGTH_LIMIT'
  | 'DIRECTIVE_LIMIT'
  | 'VARIABLE_LIMIT'
  | 'COST_LIMIT'
  | 'ROOT_FIELD_LIMIT'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_MISMATCH'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'NOT_A_TABLE'
  | 'NOT_FOUND'
  | 'RECEIPT_LIMIT'
  | 'LINK_LIMIT'
  | 'BAD_PARAMETER'
  | 'DOCUMENT_NOT_LISTED'

/** Makes the error that refuses a request with a code, a sentence and an HTTP status. */
export const refuse = (
  code: RefusalCode,
  status: number,
  sentence: string,
  nodes?: readonly ASTNode[],
  details?: RefusalDetails,
): GraphQLError =>
  new GraphQLError(sentence, {
    nodes: nodes ?? null,
    extensions: { code, ...details, http: { status, ...(status === 413 && { headers: { connection: 'close' } }) } },
  })
