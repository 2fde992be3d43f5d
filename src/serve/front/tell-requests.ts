import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type DocumentNode, getOperationAST } from 'graphql'
import { type Noted, scopes } from '../../ask/scope.js'
import type { Layer } from './layer.js'

/** A request that was answered, or whose client has gone. */
interface EndedRequest {
  readonly id: string
  readonly client: string
  readonly method: string
  /** The path alone: what is asked may stand behind it. */
  readonly path: string
  /** Which of the server's addresses answered it. */
  readonly front: string
  readonly status: number
  readonly milliseconds: number
  /** Bytes that were sent, head included. */
  readonly bytes: number
  /** Whether the client went away before it had the answer. */
  readonly isCut: boolean
  readonly noted: Noted
}

/** Hears of each request when it has ended. */
export type OnRequest = (request: EndedRequest) => void

/** The addresses that are told apart; whatever else is asked for is `other`. */
const FRONTS: ReadonlySet<string> = new Set([
  ...['graphql', 'api', 'mcp', 'q', 'receipt', 'cite', 'reconcile', 'replica'],
  ...['livez', 'readyz', 'schema.graphql'],
])
/** Characters of a path, and of an operation's name, that are told. */
const TOLD = 200

/** Tells of each request when it has ended, in one piece; where nobody listens, it costs nothing. */
export const tellRequests =
  (listeners: readonly OnRequest[]): Layer =>
  (next) => {
    if (listeners.length === 0) return next
    /** Bytes sent on a connection when its last answer had been. */
    const sent = new WeakMap<Socket, number>()
    return (request, response) => {
      const begun = performance.now()
      const scope = scopes.getStore()
      const { socket } = request
      response.once('close', () => {
        const bytes = socket.bytesWritten - (sent.get(socket) ?? 0)
        sent.set(socket, socket.bytesWritten)
        // A client with a key is known by it only later than this begins.
        const { id = '', client = '', noted = {} } = scope ?? {}
        const told = { id, client, noted, bytes, milliseconds: performance.now() - begun, ...seenOf(request, response) }
        for (const listener of listeners) listener(told)
      })
      next(request, response)
    }
  }

/** What of a request and its answer may be told. */
export const seenOf = (
  { method = '', url = '' }: IncomingMessage,
  { statusCode, writableFinished }: ServerResponse,
) => {
  const [path = ''] = url.split('?', 1)
  const first = path.split('/', 2)[1] ?? ''
  const front = FRONTS.has(first) ? first : 'other'
  return { method, path: path.slice(0, TOLD), front, status: statusCode, isCut: !writableFinished }
}

const hashes = new WeakMap<DocumentNode, string>()

/** The beginning of the hash of a document's text, SHA-256 in hexadecimal: it tells documents apart, and not what they ask. */
export const hashOf = (document: DocumentNode): string => {
  const known = hashes.get(document)
  if (known) return known
  const text = document.loc?.source.body ?? ''
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
  hashes.set(document, hash)
  return hash
}

/** The name that a client gave to what it asked; undefined for none. */
export const operationOf = ({ document, operation }: Noted): string | undefined =>
  (operation ?? (document && getOperationAST(document)?.name?.value))?.slice(0, TOLD)
