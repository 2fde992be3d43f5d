import { createServer as createHttpServer, type Server as HttpServer, type ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { type ErrorCode, RapporteurError } from '../errors.js'
import { answerBroken, MAX_HEADERS } from './front/answer-broken.js'
import { Callers } from './front/callers.js'
import { Connections } from './front/connections.js'
import type { FrontListener } from './front/layer.js'
import { FrontRequest, FrontResponse } from './front/messages.js'
import { fittingConnections } from './front/open-files.js'
import { sayRarely } from './front/say-rarely.js'
import type { Log } from './log.js'

/** Where a server listens. */
export interface Listening {
  /** What is under way now. */
  traffic(): Promise<Traffic>
  /** Its address, `http://127.0.0.1:4000`. */
  readonly url: string
  readonly port: number
  /**
   * Accepts nothing new, waits for the requests under way and closes.
   * @param timeout milliseconds after which those still under way are cut off
   * @returns how many were cut off
   */
  stop(timeout: number): Promise<number>
}

/** What a server has under way. */
export interface Traffic {
  readonly connections: number
  /** Requests that are not answered to their end. */
  readonly inFlight: number
  /** Bytes of answers that clients have not taken yet. */
  readonly waitingBytes: number
}

/** How connections are kept. */
export interface ConnectionOptions {
  /** How many there may be; without it, as many as fit into the files that may be open. */
  readonly connections?: number | null
  readonly callers?: Callers
  readonly log?: Log
}

/** Milliseconds for the headers of a request, for all of it, and until an idle connection is closed: longer than proxies keep theirs. */
const PATIENT = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000 }
/** How often these are looked at. */
const LOOK_EVERY = 1000

/** Milliseconds that a stopping server leaves open the connections on which nothing is asked. */
const PATIENCE = 300

/**
 * Listens for requests.
 * @throws RapporteurError `PORT_IN_USE`, or `BAD_SETTING` for an address or port that cannot be had
 */
export const listen = async (
  listener: FrontListener,
  host: string,
  port: number,
  { connections: most, callers = new Callers(), log = () => undefined }: ConnectionOptions = {},
): Promise<Listening> => {
  const underWay = new Set<ServerResponse>()
  let stopping = false
  const connections: Connections = new Connections(
    most ?? fittingConnections(),
    callers,
    sayRarely(log, () => tellTurned(connections)),
  )
  const messages = { IncomingMessage: FrontRequest, ServerResponse: FrontResponse }
  const options = { ...PATIENT, ...messages, connectionsCheckingInterval: LOOK_EVERY, maxHeaderSize: MAX_HEADERS }
  const server = createHttpServer(options, (request, response) => {
    const { socket } = request
    // What was sent ahead of the end of a connection.
    if (socket.destroyed) return
    underWay.add(response)
    connections.use(socket)
    response.once('close', () => {
      underWay.delete(response)
      connections.free(socket)
      // A connection that is kept would keep it, too.
      request.bytes = undefined
    })
    if (stopping) askToClose(response)
    listener(request, response)
  })
  server.on('connection', (socket) => connections.add(socket))
  server.on('clientError', (error, socket: Socket) => {
    const begun = [...underWay].find((response) => response.socket === socket)
    answerBroken(error, socket, begun)
  })
  await open(server, host, port)
  // A connection could not be taken, as for want of memory; others can.
  server.on('error', (error) => log(`A connection could not be taken: ${error.message}`, { level: 'warn' }))
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  const stop = async (timeout: number): Promise<number> => {
    stopping = true
    let cut = 0
    for (const response of underWay) askToClose(response)
    // The close of node:http would also drop every connection that is idle now, and with it a question just being sent.
    const closed = new Promise<void>((resolve) => {
      NetServer.prototype.close.call(server, () => resolve())
    })
    let sweep: NodeJS.Timeout | undefined
    const patience = setTimeout(
      () => {
        // To Node a connection that has not asked anything yet is not idle.
        const drop = () => (underWay.size === 0 ? server.closeAllConnections() : server.closeIdleConnections())
        // What has arrived is read before an immediate runs, so no question that is here already is dropped.
        const dropIdle = () => setImmediate(drop)
        sweep = setInterval(dropIdle, 50)
        dropIdle()
      },
      Math.min(PATIENCE, timeout),
    )
    const limit = setTimeout(() => {
      cut = underWay.size
      server.closeAllConnections()
    }, timeout)
    await closed
    for (const timer of [patience, sweep, limit]) clearTimeout(timer)
    return cut
  }
  const traffic = async (): Promise<Traffic> => ({
    connections: await new Promise((resolve) => server.getConnections((_, count) => resolve(count ?? 0))),
    inFlight: underWay.size,
    waitingBytes: [...underWay].reduce((sum, { writableLength }) => sum + writableLength, 0),
  })
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, port: bound, stop, traffic }
}

const tellTurned = ({ most, turned }: Connections): string =>
  `Connections have reached their limit, ${most} in all and a quarter of that for each client: since the start ${turned.closed} idle ones were closed for new ones, and ${turned.refused} new ones refused. RAPPORTEUR_CONNECTIONS changes it; "ulimit -n" has to allow it.`

/** Tells the client that this answer is the last on its connection. */
const askToClose = (response: ServerResponse): void => {
  if (!response.headersSent) response.setHeader('connection', 'close')
}

const open = (server: HttpServer, host: string, port: number): Promise<void> =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  }).catch((cause: NodeJS.ErrnoException) => {
    throw cannotListen(host, port, cause)
  })

const cannotListen = (host: string, port: number, cause: NodeJS.ErrnoException): RapporteurError => {
  const refuse = (code: ErrorCode, sentence: string) => new RapporteurError(code, sentence, { cause })
  switch (cause.code) {
    case 'EADDRINUSE':
      return refuse(
        'PORT_IN_USE',
        `Port ${port} of ${host} is in use by another program. Stop it, or choose another with --port or RAPPORTEUR_PORT.`,
      )
    case 'EACCES':
      return refuse('BAD_SETTING', `Port ${port} of ${host} may not be used by you. Choose one from 1024 on.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return refuse(
        'BAD_SETTING',
        `RAPPORTEUR_HOST is "${host}", which is not an address of this machine. Choose another.`,
      )
    default:
      return refuse(
        'BAD_SETTING',
        `The server cannot listen on port ${port} of "${host}" (${cause.message}). Choose another with --host and --port, or RAPPORTEUR_HOST and RAPPORTEUR_PORT.`,
      )
  }
}
