import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { tooLarge } from '../plugins/limit-body.js'
import type { Layer } from './layer.js'
import { sendRefusal } from './send-refusal.js'

const bodies = new WeakMap<IncomingMessage, Buffer>()

/** The body of a request that was read. */
export const bodyOf = (request: IncomingMessage): Buffer | undefined => bodies.get(request)

/** Has Yoga (5.24), which reads requests from their sockets, take the body that was read. */
export const giveBody: Layer = (yoga) => (request, response) => {
  const body = bodies.get(request)
  return yoga(body ? Object.assign(request, { body: Readable.from([body]) }) : request, response)
}

/**
 * Has a request go on when its body is there: one that comes slowly holds nothing but its connection. A body that says
 * it is larger than so many bytes is left unread, for whoever refuses it.
 */
export const readBody =
  (limit: number): Layer =>
  (next) =>
  (request, response) => {
    const { method, headers } = request
    const length = headers['content-length']
    const hasBody = length === undefined ? headers['transfer-encoding'] !== undefined : length !== '0'
    if (!hasBody || method === 'GET' || method === 'HEAD' || Number(length ?? 0) > limit) return next(request, response)
    // Node tells of the end of a body in the name of the connection, and not of the request.
    const within = AsyncLocalStorage.snapshot()
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= limit) chunks.push(chunk)
      else if (!response.headersSent)
        sendRefusal(response, 413, 'BODY_LIMIT', tooLarge(limit).message, { connection: 'close' })
    })
    request.once('end', () => {
      if (bytes > limit || response.destroyed) return
      bodies.set(request, chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))
      within(next, request, response)
    })
  }
