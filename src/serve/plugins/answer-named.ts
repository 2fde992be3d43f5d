import type { ServerResponse } from 'node:http'
import type { ExecutionResult, GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Ask } from '../../ask/ask.js'
import type { NamedDocument } from '../../ask/named-documents.js'
import { refuse } from '../../ask/refuse.js'
import type { WrittenResult } from '../../query/written-result.js'
import { nearest } from '../../search/nearest.js'
import { answerAsTable } from '../answer-question.js'
import { errorResponse } from '../error-response.js'
import type { Sending } from '../file-response.js'
import { isLinkHash, LINKS } from '../kept-questions.js'
import { listVariables, readNamedVariables } from '../named-variables.js'
import { originOf } from '../origin-of.js'
import { isUnchanged, stateTag } from '../state-tag.js'
import { isTableFormat } from '../table-response.js'

/**
 * Whoever keeps an answer asks again after five seconds, and may give the old one while that is done: an answer from
 * there is ten seconds older than the graph at most.
 */
const CACHE = 'public, max-age=5, stale-while-revalidate=5'

/**
 * Answers the documents that have a name at an address each, for browsers and shared caches to keep: `/q/<name>`, and
 * `/q` lists them. What looks like the hash of a short link is none of them and is passed on.
 */
export const answerNamed = (ask: Ask, mask: (error: unknown) => GraphQLError): Plugin => {
  const answer = async (request: Request, url: URL, sending: Sending): Promise<Response> => {
    if (request.method !== 'GET') throw refuse('BAD_REQUEST', 405, `Ask for ${url.pathname} with GET.`)
    const base = `${originOf(request, url)}${LINKS}`
    if (url.pathname === LINKS) return Response.json({ documents: list(ask, base) })
    const document = documentAt(ask, nameIn(url))
    const format = url.searchParams.get('format') ?? 'json'
    if (format === 'question') return Response.json({ query: document.text })
    const isTable = isTableFormat(format)
    if (!isTable && format !== 'json')
      throw refuse('BAD_PARAMETER', 400, '`format` is one of json, csv, xlsx and question.')
    const variables = readNamedVariables(ask.options.schema, document.operation, url.searchParams)
    const tag = stateTag(await ask.state(request.signal), document.hash)
    const headers = { etag: tag, 'cache-control': CACHE }
    if (isUnchanged(request, tag)) return new Response(null, { status: 304, headers })
    const question = { query: document.text, variables }
    if (!isTable) return asJson(await ask.question(document.text, { variables, signal: request.signal }), headers, mask)
    const address = `${base}/${document.name}${url.search}`
    const mark = url.searchParams.get('bom') === 'true'
    const response = await answerAsTable(question, format, { ask, signal: request.signal, address, ...sending, mark })
    if (response.ok) for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
    return response
  }
  return {
    async onRequest({ request, url, fetchAPI, endResponse, serverContext }) {
      if (url.pathname !== LINKS && !url.pathname.startsWith(`${LINKS}/`)) return
      // What is sent there is kept under a hash, and found under it.
      if (url.pathname === LINKS ? request.method === 'POST' : isLinkHash(nameIn(url))) return
      const { res } = serverContext as { readonly res?: ServerResponse }
      try {
        endResponse(await answer(request, url, { fetchAPI, response: res, mask }))
      } catch (error) {
        endResponse(errorResponse([error], mask))
      }
    },
  }
}

const nameIn = ({ pathname }: URL): string => pathname.slice(LINKS.length + 1)

const documentAt = ({ named }: Ask, name: string): NamedDocument => {
  const document = named.get(name)
  if (document) return document
  const shown = name.slice(0, 60)
  throw refuse('NOT_FOUND', 404, `There is no document "${shown}" here.${nearest(shown, [...named.keys()])}`)
}

/** The documents, and what they can be asked with. */
const list = ({ named }: Ask, base: string) =>
  [...named.values()].map(({ name, hash, operation }) => ({
    name,
    address: `${base}/${name}`,
    ...(operation.description && { description: operation.description.value }),
    variables: listVariables(operation),
    sha256: hash,
  }))

/** What is not whole is for nobody to keep. */
const asJson = (
  result: ExecutionResult | WrittenResult,
  headers: Readonly<Record<string, string>>,
  mask: (error: unknown) => GraphQLError,
): Response => {
  if (result.errors && !result.data) return errorResponse(result.errors, mask)
  const errors = result.errors?.map(mask)
  const shown = { ...(errors && { errors }), data: result.data }
  const text = 'stringify' in result && !errors ? result.stringify(result) : JSON.stringify(shown)
  const kept = errors ? { 'cache-control': 'no-store' } : headers
  return new Response(text as BodyInit, { headers: { 'content-type': 'application/json; charset=utf-8', ...kept } })
}
