import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type Scope, scopes } from '../../ask/scope.js'
import type { Layer } from './layer.js'

/** Names of requests that are taken over from a proxy or a client. */
const NAME = /^[\w.:-]{1,100}$/

/** Gives each request its scope, and tells the client by which name it is found in the log. */
export const openScope: Layer = (next) => (request, response) => {
  const asked = request.headers['x-request-id']
  const id = typeof asked === 'string' && NAME.test(asked) ? asked : randomUUID()
  response.setHeader('x-request-id', id)
  const scope: Scope = { id, client: request.socket.remoteAddress ?? '', noted: {} }
  keepWithin(scope, request)
  scopes.run(scope, next, request, response)
}

/** Has what hears that a body has arrived run within the scope, too: Node tells of it in the name of the connection. */
const keepWithin = (scope: Scope, request: IncomingMessage): void => {
  const { emit } = request
  request.emit = (...event: Parameters<typeof emit>) => scopes.run(scope, () => emit.apply(request, event))
}
