import type { Layer } from './layer.js'
import { sendRefusal } from './send-refusal.js'

/** Characters of a Host or target that a sentence quotes. */
const QUOTED = 100

/**
 * Refuses with 400 what has no address that can be read. Yoga (5.24) puts the address together from Host and target:
 * it would answer a malformed one with its own stack, and take a Host with a path in it for another target.
 */
export const refuseBadAddress: Layer = (next) => {
  /** The last Host that was good: most call the server the same. */
  let lastGood: string | undefined
  return (request, response) => {
    const { url = '', headers: asked } = request
    if (url.startsWith('/') && (asked.host === lastGood || isHost(asked.host))) {
      lastGood = asked.host
      return next(request, response)
    }
    const quoted = [asked.host ?? '', url].map((text) => `"${text.slice(0, QUOTED)}"`)
    sendRefusal(
      response,
      400,
      'BAD_REQUEST',
      `The request has the Host ${quoted[0]} and the target ${quoted[1]}, which make no address. Send the name of the server as Host, and a target that begins with "/".`,
    )
  }
}

/** Whether this is a name or number of a server with or without a port; HTTP/1.0 asks for none. */
const isHost = (host = ''): boolean => host === '' || (!/[/\\?#@\s]/.test(host) && URL.canParse(`http://${host}/`))
