import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type Plugin, shouldRenderGraphiQL } from 'graphql-yoga'
import { makeGraphiqlPage } from '../graphiql-page.js'
import { LINKS } from '../kept-questions.js'

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

interface Page {
  readonly plain: string
  readonly packed: Uint8Array<ArrayBuffer>
  readonly tag: string
}

/** Shows GraphiQL to a browser that opens the endpoint, with the example questions as tabs and nothing from elsewhere. */
export const graphiql = (endpoint: string, hasLinks: boolean): Plugin => {
  let page: Promise<Page> | undefined
  return {
    async onRequest({ request, url, fetchAPI, endResponse }) {
      // A link to a table gives the table, also in a browser.
      if (url.pathname !== endpoint && !url.pathname.startsWith(`${LINKS}/`)) return
      if (url.searchParams.has('format') || !shouldRenderGraphiQL(request)) return
      page ??= makePage(endpoint, hasLinks)
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

const makePage = async (endpoint: string, hasLinks: boolean): Promise<Page> => {
  const plain = await makeGraphiqlPage(endpoint, hasLinks)
  const tag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 27)}"`
  return { plain, packed: new Uint8Array(await promisify(gzip)(plain)), tag }
}
