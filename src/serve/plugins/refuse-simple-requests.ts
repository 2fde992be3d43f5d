import type { Plugin } from 'graphql-yoga'
import { refuse } from '../../ask/refuse.js'

const ACCEPTED = ['application/json', 'application/graphql']

/**
 * Refuses a POST that a page of any site could make a browser send unasked: a form, a multipart body, plain text.
 * JSON makes the browser ask first (CORS preflight). A GET only ever reads, so it needs no such care.
 */
export const refuseSimpleRequests = (): Plugin => ({
  onRequestParse({ request }) {
    if (request.method !== 'POST') return
    const type = request.headers.get('content-type')
    if (ACCEPTED.some((accepted) => type?.toLowerCase().startsWith(accepted))) return
    const found = type === null ? 'no Content-Type' : `the Content-Type "${type.slice(0, 100)}"`
    throw refuse(
      'UNSUPPORTED_MEDIA_TYPE',
      type === null ? 400 : 415,
      `The request has ${found}; send the question as "application/json".`,
    )
  },
})
