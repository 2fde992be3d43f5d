import type { Plugin } from 'graphql-yoga'

/** Sends whoever opens the server's bare address to a page of it. */
export const redirectHome = (to: string): Plugin => ({
  onRequest({ request, url, fetchAPI, endResponse }) {
    if (url.pathname !== '/' || request.method !== 'GET') return
    endResponse(new fetchAPI.Response(null, { status: 302, headers: { location: to } }))
  },
})
