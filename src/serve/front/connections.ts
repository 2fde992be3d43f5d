import type { Socket } from 'node:net'
import type { Callers } from './callers.js'

/** Of the connections that there may be, one client has at most one in so many. */
const SHARE = 4

/** The connections of one client. */
interface Held {
  count: number
  /** Those on which nothing is asked, the longest idle first. */
  readonly idle: Set<Socket>
}

/** What became of connections because there were too many. */
interface Turned {
  closed: number
  refused: number
}

/**
 * Keeps as many connections as there may be. Where there is one more, that on which nothing has been asked for the
 * longest time is closed; only where all are at work is the new one refused. A client has its share, unless it is a
 * proxy that is trusted, behind which are many.
 */
export class Connections {
  readonly #clients = new Map<string, Held>()
  readonly #all = new Map<Socket, Held>()
  readonly #idle = new Set<Socket>()
  /** Of each connection on which something is asked, how much: requests may be sent ahead. */
  readonly #asked = new Map<Socket, number>()
  readonly turned: Turned = { closed: 0, refused: 0 }

  constructor(
    readonly most: number,
    readonly callers: Callers,
    /** Told when a connection was closed or refused. */
    readonly onTurned: () => void,
  ) {}

  /** Takes a new connection, or closes it. */
  add(socket: Socket): void {
    const { client, isProxy } = this.callers.of(socket.remoteAddress)
    const held = this.#clients.get(client) ?? { count: 0, idle: new Set<Socket>() }
    const most = isProxy ? this.most : Math.ceil(this.most / SHARE)
    const isFull = held.count >= most || this.#all.size >= this.most
    if (isFull && !this.#closeOldest(held.count >= most ? held.idle : this.#idle)) {
      this.turned.refused += 1
      socket.destroy()
      this.onTurned()
      return
    }
    held.count += 1
    this.#clients.set(client, held)
    this.#all.set(socket, held)
    this.free(socket)
    socket.once('close', () => {
      this.#forget(socket)
      if (held.count === 0) this.#clients.delete(client)
    })
  }

  /** Something is asked on a connection. */
  use(socket: Socket): void {
    const held = this.#all.get(socket)
    if (!held) return
    this.#asked.set(socket, (this.#asked.get(socket) ?? 0) + 1)
    this.#idle.delete(socket)
    held.idle.delete(socket)
  }

  /** What was asked first on it is answered. */
  free(socket: Socket): void {
    const held = this.#all.get(socket)
    if (!held) return
    const asked = (this.#asked.get(socket) ?? 1) - 1
    if (asked > 0) {
      this.#asked.set(socket, asked)
      return
    }
    this.#asked.delete(socket)
    this.#idle.add(socket)
    held.idle.add(socket)
  }

  /** @returns false where all are at work */
  #closeOldest(idle: ReadonlySet<Socket>): boolean {
    const [oldest] = idle
    if (!oldest) return false
    this.turned.closed += 1
    this.#forget(oldest)
    oldest.destroy()
    this.onTurned()
    return true
  }

  #forget(socket: Socket): void {
    const held = this.#all.get(socket)
    if (!held) return
    this.#asked.delete(socket)
    this.#idle.delete(socket)
    held.idle.delete(socket)
    this.#all.delete(socket)
    held.count -= 1
  }
}
