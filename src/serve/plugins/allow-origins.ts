import type { Plugin } from 'graphql-yoga'

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
    response.headers.set('access-control-allow-origin', '*')
  },
})
