import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { type Scope, scopes } from '../../ask/scope.js'
import { tooLarge } from '../plugins/limit-body.js'
import type { Layer } from './layer.js'
import { sendRefusal } from './send-refusal.js'

/** Bytes of bodies beyond which one is large: questions are smaller. */
const LARGE = 16_384
/** Bytes of large bodies that are held at once, arriving ones among them; those of one client are at most one in so many. */
const MOST = 64_000_000
const SHARE = 4

/** Has Yoga (5.24), which reads requests from their sockets, take the body that was read. */
export const giveBody: Layer = (yoga) => (request, response) => {
  const { bytes } = request
  return yoga(bytes ? Object.assign(request, { body: Readable.from([bytes]) }) : request, response)
}

/**
 * Has a request go on when its body is there: one that comes slowly holds nothing but its connection. A body that says
 * it is larger than so many bytes is left unread, for whoever refuses it.
 */
export const readBody = (limit: number): Layer => {
  const held = new Map<string, number>()
  let all = 0
  /** @returns whether there is room for these bytes, which are held until the request has ended */
  const hold = (bytes: number, response: ServerResponse): boolean => {
    const client = scopes.getStore()?.client ?? ''
    const own = (held.get(client) ?? 0) + bytes
    if (own > MOST / SHARE || all + bytes > MOST) return false
    held.set(client, own)
    all += bytes
    response.once('close', () => {
      all -= bytes
      const rest = (held.get(client) ?? 0) - bytes
      if (rest > 0) held.set(client, rest)
      else held.delete(client)
    })
    return true
  }
  return (next) => (request, response) => {
    const { method, headers } = request
    const length = headers['content-length']
    const hasBody = length === undefined ? headers['transfer-encoding'] !== undefined : length !== '0'
    if (!hasBody || method === 'GET' || method === 'HEAD' || Number(length ?? 0) > limit) return next(request, response)
    // Node tells of the end of a body in the name of the connection, and not of the request.
    const scope = scopes.getStore() as Scope
    const body = new Body(limit)
    let isRefused = false
    const refuse = (status: number, code: string, sentence: string, more: Readonly<Record<string, string>> = {}) => {
      isRefused = true
      body.clear()
      sendRefusal(response, status, code, sentence, { connection: 'close', ...more })
    }
    // A body that does not say how large it is may be as large as any.
    const expected = length === undefined ? limit : Number(length)
    if (expected > LARGE && !hold(expected, response))
      refuse(
        503,
        'OVERLOADED',
        'Too many large questions are arriving. Nothing was asked; send it again in a second.',
        {
          'retry-after': '1',
        },
      )
    request.on('data', (chunk: Buffer) => {
      if (isRefused || body.add(chunk)) return
      scopes.run(scope, refuse, 413, 'BODY_LIMIT', tooLarge(limit).message)
    })
    request.once('end', () => {
      if (isRefused || response.destroyed) return
      request.bytes = body.bytes
      body.clear()
      scopes.run(scope, next, request, response)
    })
  }
}

const NOTHING: Buffer = Buffer.alloc(0)

/** A body that is arriving, in one piece of memory: in as many as it is sent in, each byte might take hundreds. */
class Body {
  #held: Buffer = NOTHING
  #size = 0

  constructor(readonly limit: number) {}

  /** What has come. */
  get bytes(): Buffer {
    return this.#held.subarray(0, this.#size)
  }

  /** @returns false where that is more than may come */
  add(chunk: Buffer): boolean {
    const size = this.#size + chunk.length
    if (size > this.limit) return false
    // Most come in one piece, which is kept as it is: it is full, so that the next one makes room of its own.
    if (this.#size === 0) this.#held = chunk
    else {
      if (size > this.#held.length) {
        const larger = Buffer.allocUnsafe(Math.min(this.limit, Math.max(size, 2 * this.#held.length)))
        this.#held.copy(larger, 0, 0, this.#size)
        this.#held = larger
      }
      chunk.copy(this.#held, this.#size)
    }
    this.#size = size
    return true
  }

  clear(): void {
    this.#held = NOTHING
    this.#size = 0
  }
}
