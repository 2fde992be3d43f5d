import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { ANY_ORIGIN } from '../plugins/allow-origins.js'
import { refusalBody } from '../refusal-body.js'

/** Bytes of the line and headers of a request. */
export const MAX_HEADERS = 16_384

/** Status and sentence for what Node (20 to 24) says of a request that it cannot read; all else is malformed. */
const SENTENCES: ReadonlyMap<unknown, readonly [string, string]> = new Map([
  [
    'HPE_HEADER_OVERFLOW',
    [
      '431 Request Header Fields Too Large',
      `The address and headers have more than ${MAX_HEADERS} bytes. Ask by POST.`,
    ],
  ],
  ['ERR_HTTP_REQUEST_TIMEOUT', ['408 Request Timeout', 'The request did not arrive in time. Send it again.']],
])
const MALFORMED = [
  '400 Bad Request',
  'This is not a request in HTTP/1.1 that can be read. Nothing was asked; the connection is closed.',
] as const

/**
 * Answers what cannot be read as HTTP with a sentence, and closes its connection.
 * @param begun the answer to what arrived of it, in the middle of which nothing can be said
 */
export const answerBroken = (error: NodeJS.ErrnoException, socket: Socket, begun: ServerResponse | undefined): void => {
  if (!socket.writable || begun?.headersSent) {
    socket.destroy()
    return
  }
  const [status, sentence] = SENTENCES.get(error.code) ?? MALFORMED
  // For the log: what is said here does not go through it.
  if (begun) begun.statusCode = Number.parseInt(status, 10)
  const { body, headers } = refusalBody('BAD_REQUEST', sentence)
  const lines = Object.entries({
    ...headers,
    ...ANY_ORIGIN,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  })
  const head = [`HTTP/1.1 ${status}`, ...lines.map(([name, value]) => `${name}: ${value}`)]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}
