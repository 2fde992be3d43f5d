import type { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Ask } from '../../ask/ask.js'
import { refuse } from '../../ask/refuse.js'
import type { GraphShape } from '../../model/graph-shape.js'
import type { AskGraph } from '../../reconcile/ask-graph.js'
import { ReconciliationService } from '../../reconcile/service.js'
import { httpOf } from '../http-of-code.js'
import { originOf } from '../origin-of.js'
import { refusalBody } from '../refusal-body.js'
import { readBody } from './limit-body.js'

/** Where the service is. */
const PATH = '/reconcile'

/** Pages of the service have no scripts and load nothing; OpenRefine shows them in a frame. */
const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

export interface ReconcileOptions {
  readonly ask: Ask
  readonly shape: GraphShape
  readonly bodyLimit: number
  /** Makes of an error what a client is told. */
  readonly maskError: (error: unknown) => GraphQLError
}

/** Serves the Reconciliation Service API, by which OpenRefine finds the records that the names in a table mean. */
export const reconcile = ({ ask, shape, bodyLimit, maskError }: ReconcileOptions): Plugin => {
  const service = new ReconciliationService(shape, ask.options.schema)
  const askGraph =
    (signal: AbortSignal): AskGraph =>
    async (text, variables) => {
      const { data, errors } = await ask.question(text, { variables, signal, own: true })
      if (errors?.[0] || !data) throw maskError(errors?.[0])
      return data
    }
  return {
    async onRequest({ request, url, fetchAPI, endResponse }) {
      const { pathname } = url
      if (pathname !== PATH && !pathname.startsWith(`${PATH}/`)) return
      const path = pathname.slice(PATH.length)
      try {
        const parameters = await readParameters(request, url, path, bodyLimit)
        const base = `${originOf(request, url)}${PATH}`
        const answer = await service.answer({ path, parameters, base, ask: askGraph(request.signal) })
        const headers = { 'cache-control': 'no-cache' }
        endResponse(
          'html' in answer
            ? new fetchAPI.Response(answer.html, { headers: { ...headers, ...PAGE_HEADERS } })
            : new fetchAPI.Response(JSON.stringify(answer.json), {
                headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
              }),
        )
      } catch (error) {
        const told = maskError(error)
        const { status, headers } = httpOf(told)
        const refused = refusalBody(told.extensions['code'] as string, told.message)
        endResponse(new fetchAPI.Response(refused.body, { status, headers: { ...headers, ...refused.headers } }))
      }
    },
  }
}

/**
 * What is asked: in the address, or in the form that the API prescribes for a POST. Elsewhere forms are refused, since
 * the page of any site can have a browser send one unasked; here that does no harm: the service only reads, knows no
 * user, and its answers may be read by every page anyhow.
 */
const readParameters = async (
  request: Request,
  url: URL,
  path: string,
  bodyLimit: number,
): Promise<URLSearchParams> => {
  if (request.method === 'GET') return url.searchParams
  const isRoot = path === '' || path === '/'
  if (request.method !== 'POST' || !isRoot)
    throw refuse('BAD_REQUEST', 405, `Ask for this address with GET${isRoot ? ', or with POST for a form' : ''}.`)
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type))
    throw refuse(
      'UNSUPPORTED_MEDIA_TYPE',
      415,
      `The request has the Content-Type "${type.slice(0, 100)}"; send the form as "application/x-www-form-urlencoded".`,
    )
  const form = new URLSearchParams(await readBody(request, bodyLimit))
  if (!form.has('queries') && !form.has('extend'))
    throw refuse('BAD_REQUEST', 400, 'The form has neither `queries` nor `extend`; it must have one of them.')
  return form
}
