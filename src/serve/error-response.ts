import type { GraphQLError } from 'graphql'
import { httpOf } from './http-of-code.js'

/** Makes of errors the response to a request that is not GraphQL: the same sentences and codes, and a status. */
export const errorResponse = (errors: readonly unknown[], mask: (error: unknown) => GraphQLError): Response => {
  const told = errors.map(mask)
  const http = told.map(httpOf).reduce((worst, each) => (each.status > worst.status ? each : worst))
  const body = told.map(({ message, path, extensions: { http: _, ...extensions } }) => ({
    message,
    ...(path && { path }),
    extensions,
  }))
  return Response.json(
    { errors: body },
    { status: http.status, headers: { ...http.headers, 'cache-control': 'no-store' } },
  )
}
