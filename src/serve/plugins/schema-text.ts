import { createHash } from 'node:crypto'
import { type GraphQLSchema, printSchema } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Where the served schema is read. */
const PATH = '/schema.graphql'

interface Text {
  readonly text: string
  readonly tag: string
}

/** Gives the served schema as a text, for the tools that clients are made with. */
export const schemaText = (schema: GraphQLSchema): Plugin => {
  let made: Text | undefined
  return {
    onRequest({ request, url, fetchAPI, endResponse }) {
      if (url.pathname !== PATH) return
      const plain = { 'content-type': 'text/plain; charset=utf-8' }
      if (request.method !== 'GET') {
        const headers = { ...plain, allow: 'GET, HEAD' }
        return endResponse(new fetchAPI.Response(`Ask for ${PATH} with GET.\n`, { status: 405, headers }))
      }
      made ??= makeText(schema)
      const headers = { ...plain, 'cache-control': 'no-cache', etag: made.tag }
      const isKnown = request.headers.get('if-none-match') === made.tag
      endResponse(new fetchAPI.Response(isKnown ? null : made.text, { status: isKnown ? 304 : 200, headers }))
    },
  }
}

const makeText = (schema: GraphQLSchema): Text => {
  const text = `${printSchema(schema)}\n`
  return { text, tag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"` }
}
