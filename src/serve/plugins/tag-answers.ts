import type { Plugin } from 'graphql-yoga'
import type { Ask } from '../../ask/ask.js'
import { isUnchanged, stateTag } from '../state-tag.js'
import { COST_HEADER, EXPLAIN_HEADER } from './answer-questions.js'

/**
 * Gives the answer to a question in an address an entity tag from the state of the graph, so that whoever asks again
 * before anything changed is told so, without being answered. An answer with errors has none.
 */
export const tagAnswers = (ask: Ask, endpoint: string): Plugin => {
  const tags = new WeakMap<Request, string>()
  return {
    async onRequest({ request, url, fetchAPI, endResponse }) {
      if (request.method !== 'GET' || url.pathname !== endpoint || !url.searchParams.has('query')) return
      if (request.headers.has(EXPLAIN_HEADER) || request.headers.has(COST_HEADER)) return
      // Where the store does not answer, the question is what tells.
      const state = await ask.state(request.signal).catch(() => undefined)
      const tag = state && stateTag(state)
      if (!tag) return
      if (isUnchanged(request, tag))
        return endResponse(new fetchAPI.Response(null, { status: 304, headers: headersOf(tag) }))
      tags.set(request, tag)
    },
    onResultProcess({ request, result }) {
      if ('errors' in result && result.errors) tags.delete(request)
    },
    onResponse({ request, response }) {
      const tag = tags.get(request)
      if (!tag || response.status !== 200) return
      for (const [name, value] of Object.entries(headersOf(tag))) response.headers.set(name, value)
    },
  }
}

const headersOf = (etag: string) => ({ etag, 'cache-control': 'no-cache', vary: 'accept' })
