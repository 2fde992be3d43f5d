import { randomUUID } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import { type Scope, scopes } from '../../ask/scope.js'
import type { Callers } from './callers.js'
import type { Layer } from './layer.js'

/** Names of requests that are taken over from a proxy or a client. */
const NAME = /^[\w.:-]{1,100}$/

/** Gives each request its scope, and tells the client by which name it is found in the log. */
export const openScope =
  (callers: Callers): Layer =>
  (next) =>
  (request, response) => {
    const asked = request.headers['x-request-id']
    const id = typeof asked === 'string' && NAME.test(asked) ? asked : randomUUID()
    response.setHeader('x-request-id', id)
    const scope: Scope = { id, client: callers.read(request), noted: {} }
    keepWithin(scope, request)
    keepWithin(scope, response)
    scopes.run(scope, next, request, response)
  }

/** Has what hears that a body has arrived, or an answer has left, run within the scope, too: Node tells of both in the name of the connection. */
const keepWithin = (scope: Scope, emitter: EventEmitter): void => {
  const { emit } = emitter
  emitter.emit = (...event) => scopes.run(scope, () => emit.apply(emitter, event))
}
