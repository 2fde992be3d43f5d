import { isLoopback } from '../../settings.js'
import type { Layer } from './layer.js'
import { sendRefusal } from './send-refusal.js'

/** Characters of a Host that a sentence quotes. */
const QUOTED = 100
/** What asks whether the server runs calls it by the address of the moment, and learns nothing else. */
const PROBED = new Set(['/livez', '/readyz'])

/**
 * Answers only those who call the server by a name of its own, else 421. A page of another site can have its own name
 * lead to this machine, and would read what is served to this machine alone.
 * @param bound the address that the server listens on
 * @param hosts names that it is called by, besides those of the machine itself; where there are none, a server that
 *   listens on more than this machine takes any
 */
export const checkHost = (bound: string, hosts: readonly string[]): Layer => {
  if (hosts.length === 0 && !isLoopback(bound)) return (next) => next
  const named = new Set(hosts.map(nameIn))
  /** What the server was called last by a name of its own: most call it the same. */
  let lastOwn: string | undefined
  return (next) => (request, response) => {
    const { url = '', socket, headers: asked } = request
    if (asked.host === lastOwn) return next(request, response)
    // The older HTTP/1.0, which no browser speaks, has no Host.
    const host = nameIn(asked.host ?? '')
    const isOwnName = host === '' || named.has(host) || isLoopback(host)
    if (isOwnName) lastOwn = asked.host
    if (isOwnName || PROBED.has(url) || host === unmapped(socket.localAddress)) return next(request, response)
    sendRefusal(
      response,
      421,
      'WRONG_HOST',
      `This server is not called "${host.slice(0, QUOTED)}". Ask for it by a name of its own; if this is one, as behind a proxy, name it in RAPPORTEUR_HOSTS and start the server again.`,
    )
  }
}

/** The name without its port, and an address without its brackets. */
const nameIn = (host: string): string =>
  host
    .toLowerCase()
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')

/** An IPv4 address, where a socket for both kinds writes it as one of IPv6. */
const unmapped = (address = ''): string => address.replace(/^::ffff:/, '')
