import type { Plugin } from 'graphql-yoga'
import { refuse } from '../../ask/refuse.js'

/**
 * Refuses a request whose body is larger than so many bytes, with 413.
 * A declared length is believed (Node holds the client to it); only a body without one is counted while it is read.
 */
export const limitBody = (limit: number): Plugin => ({
  onRequestParse({ request, requestParser, setRequestParser, fetchAPI }) {
    const declared = request.headers.get('content-length')
    if (declared !== null) {
      if (Number(declared) <= limit) return
      throw tooLarge(limit)
    }
    const body: ReadableStream<Uint8Array> | null = request.body
    if (!requestParser || !body) return
    setRequestParser(async ({ url, method, headers, signal }) => {
      const text = await readText(body, limit)
      return requestParser(new fetchAPI.Request(url, { method, headers, signal, body: text }))
    })
  },
})

/** The text of a request's body. @throws GraphQLError `BODY_LIMIT` where it is larger than so many bytes */
export const readBody = async (request: Request, limit: number): Promise<string> => {
  const declared = request.headers.get('content-length')
  if (Number(declared) > limit) throw tooLarge(limit)
  if (declared !== null) return request.text()
  const body: ReadableStream<Uint8Array> | null = request.body
  return body ? readText(body, limit) : ''
}

const readText = async (body: ReadableStream<Uint8Array>, limit: number): Promise<string> => {
  const chunks: Uint8Array[] = []
  let bytes = 0
  const reader = body.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    bytes += next.value.byteLength
    // The stream is left, not cancelled: that would close the connection before the client has the answer.
    if (bytes > limit) throw tooLarge(limit)
    chunks.push(next.value)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Refuses a body that is larger than so many bytes. */
export const tooLarge = (limit: number) =>
  refuse(
    'BODY_LIMIT',
    413,
    `The request's body is larger than ${limit} bytes, the most this server reads. Ask for less at once.`,
  )
