import {
  createMcpHandler,
  isLegacyRequest,
  localhostAllowedOrigins,
  originValidationResponse,
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
  const newer = createMcpHandler(({ requestInfo }) => serverFor(requestInfo?.url), {
    legacy: 'reject',
    // Nothing here changes that a client could wait for.
    maxSubscriptions: 0,
    maxRequestBodySize: options.bodyLimit,
  })
  const allowed = [...localhostAllowedOrigins(), ...options.origins]
  return async (request) => {
    const refused = originValidationResponse(request, allowed)
    if (refused) return refused
    if (!(await isLegacyRequest(request, undefined, { maxRequestBodySize: options.bodyLimit })))
      return newer.fetch(request)
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } })
    const server = serverFor(request.url)
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: undefined,
      enableJsonResponse: true,
    })
    await server.connect(transport)
    try {
      return await transport.handleRequest(request)
    } finally {
      await server.close()
    }
  }
}
