import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Layer } from './layer.js'

/** Requests that may wait on a connection for those before them. */
const AHEAD = 32

/** What is under way on a connection: its last answer, and how many wait for those before them. */
interface Line {
  last: ServerResponse
  ahead: number
}

/**
 * Answers what is sent on a connection one after the other: the next is begun when its client has taken the answer to
 * the one before. `node:http` would begin all, and keep the answers. Who sends too many ahead loses the connection.
 */
export const oneAtATime: Layer = (next) => {
  const lines = new WeakMap<Socket, Line>()
  return (request, response) => {
    const { socket } = request
    const line = lines.get(socket)
    if (!line) {
      lines.set(socket, { last: response, ahead: 0 })
      return next(request, response)
    }
    const before = line.last
    line.last = response
    if (before.writableFinished) return next(request, response)
    line.ahead += 1
    if (line.ahead > AHEAD) socket.destroy()
    before.once('close', () => {
      line.ahead -= 1
      // Node tells only the answer that was being sent that its client has gone.
      if (socket.destroyed) response.emit('close')
      else next(request, response)
    })
  }
}
