import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

/**
 * Sends a request as it is written here, as no client would, and closes the connection after it.
 * @returns the whole answer
 */
export const sendRaw = async (
  port: number,
  lines: readonly string[],
  { body = '', from = '127.0.0.1' }: { readonly body?: string; readonly from?: string } = {},
): Promise<string> => {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from })
  await once(socket, 'connect')
  socket.write([...lines, 'Connection: close', '', body].join('\r\n'))
  return text(socket)
}
