import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type Plugin, shouldRenderGraphiQL } from 'graphql-yoga'
import { EXAMPLES } from '../examples.js'

/** The page brings its scripts with it, and may ask nobody but this server. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  'font-src data:',
  'img-src data:',
  "connect-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A ballot paper half in its box. */
const MARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="28" height="28">
<rect x="10" y="3" width="12" height="14" fill="#e8b23a"/><path d="M13 9l3 3 4-6" fill="none" stroke="#10213a" stroke-width="2"/>
<rect x="3" y="15" width="26" height="14" rx="2" fill="#1f3a5f"/><rect x="8" y="15" width="16" height="3" fill="#10213a"/></svg>`

interface Page {
  readonly plain: string
  readonly packed: Uint8Array<ArrayBuffer>
  readonly tag: string
}

/** Shows GraphiQL to a browser that opens the endpoint, with the example questions as tabs and nothing from elsewhere. */
export const graphiql = (endpoint: string): Plugin => {
  let page: Promise<Page> | undefined
  return {
    async onRequest({ request, url, fetchAPI, endResponse }) {
      if (url.pathname !== endpoint || !shouldRenderGraphiQL(request)) return
      page ??= makePage()
      const { plain, packed, tag } = await page
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': CONTENT_POLICY,
        'cache-control': 'no-cache',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        vary: 'accept, accept-encoding',
        etag: tag,
      }
      if (request.headers.get('if-none-match') === tag)
        return endResponse(new fetchAPI.Response(null, { status: 304, headers }))
      const packs = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
      endResponse(
        packs
          ? new fetchAPI.Response(packed, { headers: { ...headers, 'content-encoding': 'gzip' } })
          : new fetchAPI.Response(plain, { headers }),
      )
    },
  }
}

const makePage = async (): Promise<Page> => {
  // Nine megabytes of text, read only where somebody wants to see it.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const plain = renderGraphiQL({
    title: 'Rapporteur',
    favicon: `data:image/svg+xml,${encodeURIComponent(MARK)}`,
    logo: MARK,
    defaultTabs: EXAMPLES.map(({ query }) => ({ query })),
    defaultEditorToolsVisibility: false,
  })
  const tag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 27)}"`
  return { plain, packed: new Uint8Array(await promisify(gzip)(plain)), tag }
}
