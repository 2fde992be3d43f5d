import type { ServerResponse } from 'node:http'
import type { ExecutionResult, GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { openApi } from '../../api/open-api.js'
import { type ApiQuestion, readRequest } from '../../api/read-request.js'
import { type Route, Routes } from '../../api/routes.js'
import type { Ask } from '../../ask/ask.js'
import type { GraphState } from '../../ask/kept-answers.js'
import { refuse } from '../../ask/refuse.js'
import { answerAsTable } from '../answer-question.js'
import { errorResponse } from '../error-response.js'
import type { Sending } from '../file-response.js'
import { originOf } from '../origin-of.js'
import { isUnchanged, stateTag } from '../state-tag.js'
import { isTableFormat, preferredTable, type TableFormat } from '../table-response.js'

/** Where everything is asked without GraphQL. */
const API = '/api'

type Format = 'json' | TableFormat

/**
 * Answers at addresses what GraphQL answers: records, lists and figures, as JSON or as tables. An address is read as a
 * question and asked like every other.
 */
export const answerApi = (ask: Ask, mask: (error: unknown) => GraphQLError): Plugin => {
  const { schema } = ask.options
  let routes: Routes | undefined
  let described: ReturnType<typeof openApi> | undefined
  const answer = async (request: Request, asked: URL, sending: Sending): Promise<Response> => {
    // As the client knows it, whatever stands between.
    const url = new URL(`${originOf(request, asked)}${asked.pathname}${asked.search}`)
    routes ??= new Routes(schema)
    if (request.method !== 'GET') throw refuse('BAD_REQUEST', 405, `Ask for ${url.pathname} with GET.`)
    const { segments, format } = readPath(request, url)
    if (segments.length === 0) return Response.json(index(routes, url.origin))
    if (segments.join('/') === 'openapi') {
      described ??= openApi(schema, routes)
      return Response.json({ ...described, servers: [{ url: `${url.origin}${API}` }] })
    }
    const route = routes.find(segments)
    if (format !== 'json' && route.kind === 'record') throw oneRecord(url)
    const question = readRequest(schema, { route, parameters: url.searchParams, isTable: format !== 'json' })
    const state = await ask.state(request.signal)
    const tag = stateTag(state)
    const headers = { etag: tag, 'cache-control': 'no-cache', vary: 'accept' }
    if (isUnchanged(request, tag)) return new Response(null, { status: 304, headers })
    const response =
      format === 'json'
        ? await json(ask, route, question, { request, url, state })
        : await answerAsTable(question, format, {
            ask,
            signal: request.signal,
            address: url.toString(),
            ...sending,
            mark: url.searchParams.get('bom') === 'true',
          })
    for (const [name, value] of Object.entries(headers)) if (response.ok) response.headers.set(name, value)
    return response
  }
  const json = async (ask: Ask, route: Route, question: ApiQuestion, asked: Asked): Promise<Response> => {
    const { query, variables, path } = question
    const result = await ask.question(query, { variables, signal: asked.request.signal })
    if (result.errors) return errorResponse(result.errors, mask)
    const found = at(result, path)
    if (found === null || found === undefined) throw noRecord(route, path)
    // A record of whatever type is asked for by its own fields once its type is known.
    const as = typeOf(found)
    if (as !== undefined && route.kind === 'record' && Object.keys(found).length === 1) {
      const whole = readRequest(schema, { route, parameters: asked.url.searchParams, isTable: false, as })
      return json(ask, route, whole, asked)
    }
    return question.rows === null && !Array.isArray(found) ? record(found, asked) : rows(found, question, asked)
  }
  return {
    async onRequest({ request, url, endResponse, fetchAPI, serverContext }) {
      if (url.pathname !== API && !url.pathname.startsWith(`${API}/`)) return
      try {
        const { res } = serverContext as { readonly res?: ServerResponse }
        endResponse(await answer(request, url, { fetchAPI, response: res, mask }))
      } catch (error) {
        endResponse(errorResponse([error], mask))
      }
    },
  }
}

interface Asked {
  readonly request: Request
  readonly url: URL
  readonly state: GraphState
}

/** The path in parts, and the format that its end, a parameter or `Accept` names. */
const readPath = (request: Request, { pathname, searchParams }: URL) => {
  const [, , ...parts] = pathname.replace(/\/$/, '').split('/')
  const last = parts.at(-1) ?? ''
  const [, name = last, ending] = /^(.*)\.(json|csv|xlsx)$/.exec(last) ?? []
  const segments = [...parts.slice(0, -1), ...(parts.length > 0 ? [name] : [])].map(decoded)
  return { segments, format: formatOf(request, ending ?? searchParams.get('format')) }
}

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw refuse(
      'BAD_REQUEST',
      400,
      `The address has "${segment.slice(0, 60)}", which is not encoded as an address is.`,
    )
  }
}

const formatOf = (request: Request, named: string | null): Format => {
  if (named === 'json' || isTableFormat(named)) return named
  if (named)
    throw refuse('BAD_PARAMETER', 400, `\`format\` is "${named.slice(0, 60)}"; it is one of json, csv and xlsx.`)
  return preferredTable(request, ['application/json']) ?? 'json'
}

const at = ({ data }: ExecutionResult, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | null)?.[key], data)

const typeOf = (found: unknown): string | undefined => (found as { readonly __typename?: string }).__typename

const record = (found: unknown, { state }: Asked): Response =>
  Response.json(found, { headers: { 'rapporteur-data-version': String(state.version) } })

/** A page of rows, with where the next one is. */
const rows = (found: unknown, { rows }: ApiQuestion, { url, state }: Asked): Response => {
  const { pageInfo, [rows ?? '']: items = found, ...facts } = (Array.isArray(found) ? {} : found) as Page
  const next = pageInfo?.hasNextPage
    ? nextPage(url, 'after', pageInfo.endCursor)
    : nextPlace(url, (items as readonly unknown[]).length, facts['rowCount'])
  const headers = {
    'rapporteur-data-version': String(state.version),
    ...(next && { link: `<${next}>; rel="next"` }),
  }
  return Response.json({ ...facts, dataVersion: state.version, next, items }, { headers })
}

interface Page {
  readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string }
  readonly [name: string]: unknown
}

const nextPage = (url: URL, parameter: 'after' | 'skip', value: string): string => {
  const next = new URL(url)
  next.searchParams.set(parameter, value)
  return next.toString()
}

/** Where the next page of rows is that are counted and have no cursors; null where these are the last. */
const nextPlace = (url: URL, rows: number, rowCount: unknown): string | null => {
  const end = Number(url.searchParams.get('skip') ?? 0) + rows
  return typeof rowCount === 'number' && rows > 0 && end < rowCount ? nextPage(url, 'skip', String(end)) : null
}

const noRecord = (route: Route, path: readonly string[]) => {
  const id = route.kind === 'record' ? route.id : route.of?.id
  const what =
    id === null || id === undefined
      ? 'What the parameters name is not there'
      : `There is no record "${id.slice(0, 100)}"`
  return refuse(
    'NOT_FOUND',
    404,
    `${what} (\`${path[0]}\`). /api/search?text= finds records by name, title or reference.`,
  )
}

const oneRecord = (url: URL) =>
  refuse(
    'NOT_A_TABLE',
    400,
    `${url.pathname} gives one record, and a table has the rows of a list; ask for JSON, or for one of its lists.`,
  )

/** What there is, for whoever opens the bare address. */
const index = (routes: Routes, origin: string) => ({
  description: 'Everything that the graph can be asked, at addresses; docs/http.md says how parameters are written.',
  openapi: `${origin}${API}/openapi.json`,
  lists: routes.lists.map(({ path, field }) => ({
    address: `${origin}${API}/${path}`,
    description: field.description,
  })),
  single: routes.singles.map(({ path, field }) => ({
    address: `${origin}${API}/${path}`,
    description: field.description,
  })),
})
