import {
  createMcpHandler,
  INVALID_REQUEST,
  isJsonContentType,
  isLegacyRequest,
  localhostAllowedOrigins,
  originValidationResponse,
  PARSE_ERROR,
  readRequestBody,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server'
import { type AgentOptions, serverMaker } from './make-server.js'

export interface HttpOptions extends AgentOptions {
  /** Bytes of the largest request body. */
  readonly bodyLimit: number
  /** Names of hosts whose pages may ask, besides those of this machine. */
  readonly origins: readonly string[]
}

/**
 * Makes what answers `/mcp`: each request by itself, in JSON, without a session. A page of another host is refused, since
 * it may have been made to look as if it came from this one.
 */
export const answerHttp = (options: HttpOptions): ((request: Request) => Promise<Response>) => {
  const makeServer = serverMaker(options)
  const serverFor = (url: string | undefined) => makeServer(url ? new URL(url).origin : '')
  // Nothing here changes that a client could wait for.
  const newer = createMcpHandler(({ requestInfo }) => serverFor(requestInfo?.url), {
    legacy: 'reject',
    maxSubscriptions: 0,
  })
  const allowed = [...localhostAllowedOrigins(), ...options.origins]
  return async (request) => {
    const refused = originValidationResponse(request, allowed)
    if (refused) return refused
    if (request.method !== 'POST') return refuse(405, INVALID_REQUEST, 'Ask with POST.', { allow: 'POST' })
    const body = await readMessage(request, options.bodyLimit)
    if (body instanceof Response) return body
    if (!(await isLegacyRequest(request, body))) return newer.fetch(request, { parsedBody: body })
    const server = serverFor(request.url)
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    await server.connect(transport)
    try {
      return await transport.handleRequest(request, { parsedBody: body })
    } finally {
      await server.close()
    }
  }
}

/** Reads the one message of a request, or refuses it. */
const readMessage = async (request: Request, limit: number): Promise<object | Response> => {
  if (!isJsonContentType(request.headers.get('content-type')))
    return refuse(415, INVALID_REQUEST, 'Send the message as "application/json".')
  const read = await readRequestBody(request, limit)
  if (read.tooLarge)
    return refuse(413, INVALID_REQUEST, `The body is larger than ${limit} bytes, the most this server reads.`)
  const message = parseJson(read.text)
  if (message === undefined) return refuse(400, PARSE_ERROR, 'The body is not JSON.')
  // Many messages would be many questions, and take the turns of others.
  if (typeof message !== 'object' || message === null || Array.isArray(message))
    return refuse(400, INVALID_REQUEST, 'The body is not one message of JSON-RPC; send each by itself.')
  return message
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const refuse = (status: number, code: number, message: string, headers: Readonly<Record<string, string>> = {}) =>
  Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status, headers })
