import type { Plugin } from 'graphql-yoga'

/** Said with every answer. */
export const ANY_ORIGIN = { 'access-control-allow-origin': '*' } as const

/**
 * Lets the pages of every site ask, always without cookies or other credentials.
 * Yoga's own CORS would name the asking origin in place of `*`, so that no answer could be cached for all.
 */
export const allowOrigins = (): Plugin => ({
  onRequest({ request, fetchAPI, endResponse }) {
    if (request.method !== 'OPTIONS') return
    const headers = {
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': '*, authorization',
      'access-control-max-age': '86400',
    }
    endResponse(new fetchAPI.Response(null, { status: 204, headers }))
  },
  onResponse({ response }) {
    for (const [name, value] of Object.entries(ANY_ORIGIN)) response.headers.set(name, value)
  },
})
