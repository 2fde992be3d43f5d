import type { GraphQLError } from 'graphql'

/** How an error's code is told in HTTP. */
export interface Http {
  readonly status: number
  /** Whether a client that accepts only `application/json` gets 200 instead, as GraphQL over HTTP says. */
  readonly spec?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

/** The status of an answer that has nothing but errors of a code. */
export const HTTP: ReadonlyMap<unknown, Http> = new Map<string, Http>([
  ['BAD_ARGUMENT', { status: 400, spec: true }],
  ['BAD_CURSOR', { status: 400, spec: true }],
  ['BAD_ID', { status: 400, spec: true }],
  ['NULL_IN_FILTER', { status: 400, spec: true }],
  ['EMPTY_FILTER', { status: 400, spec: true }],
  ['TOKEN_LIMIT', { status: 400 }],
  ['LINE_LIMIT', { status: 400 }],
  ['LENGTH_LIMIT', { status: 400 }],
  ['DIRECTIVE_LIMIT', { status: 400 }],
  ['VARIABLE_LIMIT', { status: 400 }],
  ['DEPTH_LIMIT', { status: 400 }],
  ['COST_LIMIT', { status: 400 }],
  ['DOCUMENT_NOT_LISTED', { status: 403 }],
  ['RATE_LIMIT', { status: 429 }],
  ['UNAVAILABLE', { status: 503, headers: { 'retry-after': '2' } }],
  ['OVERLOADED', { status: 503, headers: { 'retry-after': '2' } }],
  ['TIMEOUT', { status: 503, headers: { 'retry-after': '2' } }],
  ['CHANGED', { status: 503, headers: { 'retry-after': '2' } }],
  ['INTERNAL', { status: 500 }],
])

/** How a request is answered in HTTP that has come to nothing but this error, where its code or the error itself says so. */
export const httpSaidBy = ({ extensions }: GraphQLError): Http | undefined => {
  const { code, http, retryAfter } = extensions as { code?: unknown; http?: Http; retryAfter?: number }
  const known = HTTP.get(code) ?? http
  return known && retryAfter ? { ...known, headers: { ...known.headers, 'retry-after': String(retryAfter) } } : known
}

/** How a request is answered in HTTP that has come to nothing but this error. */
export const httpOf = (error: GraphQLError): Http => httpSaidBy(error) ?? { status: 400 }
