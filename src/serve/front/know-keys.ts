import { scopes } from '../../ask/scope.js'
import type { KnownKeys } from '../known-keys.js'
import type { Layer } from './layer.js'
import { sendRefusal } from './send-refusal.js'

const BEARER = /^Bearer +(\S+)$/i
const OF_KEY = 'key '

/** The name of the key that a client is known by; undefined for one that is known by its address. */
export const keyNameOf = (client: string): string | undefined =>
  client.startsWith(OF_KEY) ? client.slice(OF_KEY.length) : undefined

/** Tells clients with a key by it, wherever they ask from, and refuses a key that is not known. */
export const knowKeys =
  (keys: KnownKeys): Layer =>
  (next) =>
  (request, response) => {
    const { authorization } = request.headers
    if (authorization === undefined) return next(request, response)
    const key = BEARER.exec(authorization)?.[1]
    const known = key && keys.find(key)
    if (known) {
      const scope = scopes.getStore()
      if (scope) scope.client = `${OF_KEY}${known.name}`
      return next(request, response)
    }
    const sentence =
      'The key in `Authorization` is not known here, or no longer. Ask with another, as "Bearer <key>", or without one.'
    sendRefusal(response, 401, 'BAD_KEY', sentence, { 'www-authenticate': 'Bearer' })
  }
