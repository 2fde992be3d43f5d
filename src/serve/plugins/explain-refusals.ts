import type { Plugin } from 'graphql-yoga'
import type { RefusalCode } from '../../ask/refuse.js'
import { refusalBody } from '../refusal-body.js'

type Refusals = ReadonlyMap<number, readonly [RefusalCode, string]>

/** Gives a sentence and a code to refusals that Yoga (5.24) sends without. Stands before the plugins that set headers. */
export const explainRefusals = (endpoint: string): Plugin => {
  const refusals: Refusals = new Map([
    [404, ['BAD_REQUEST', `There is nothing at this address; questions are asked at ${endpoint}.`]],
    [
      406,
      [
        'BAD_REQUEST',
        'Every answer is JSON in UTF-8; accept "application/graphql-response+json" or "application/json".',
      ],
    ],
    [415, ['UNSUPPORTED_MEDIA_TYPE', 'The Content-Type is not known here; send the question as "application/json".']],
  ])
  return {
    onResponse({ response, setResponse, fetchAPI }) {
      const refusal = refusals.get(response.status)
      if (!refusal || response.headers.get('content-type')?.includes('json')) return
      const { body, headers } = refusalBody(...refusal)
      setResponse(new fetchAPI.Response(body, { status: response.status, headers }))
    },
  }
}
