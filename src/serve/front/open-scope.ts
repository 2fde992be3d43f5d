import { randomUUID } from 'node:crypto'
import { scopes } from '../../ask/scope.js'
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
    scopes.run({ id, client: callers.read(request), noted: {} }, next, request, response)
  }
