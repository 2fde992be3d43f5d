import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Milliseconds between two looks at what clients have taken. */
const LOOK_EVERY = 100
/** Milliseconds in which a client has to take at least so many bytes of what waits for it. */
const WINDOW = 20_000
const LEAST = 100_000
/** Milliseconds after which a client that took nothing may lose its answer where there is no room for others. */
const STALLED = 200
/** Of the bytes that may wait, one client has at most one in so many. */
const SHARE = 4

/** An answer, or a part of one, that its client has not taken yet. */
interface Waiting {
  readonly response: ServerResponse
  readonly client: string
  bytes: number
  /** Bytes that the connection had taken when it was last seen to take some, and when that was. */
  taken: number
  at: number
  /** The same at the beginning of the window. */
  takenBefore: number
  since: number
}

/**
 * Counts the bytes of answers that clients have not taken yet, and cuts off those of clients that do not take them:
 * after a while, or at once where all together are more than may wait. Others are refused only while everybody takes.
 */
export class WaitingAnswers {
  readonly #waiting = new Map<ServerResponse, Waiting>()
  readonly #clients = new Map<string, number>()
  #bytes = 0
  #timer: NodeJS.Timeout | undefined
  cut = 0

  constructor(
    readonly most: number,
    /** Told when an answer was cut off. */
    readonly onCut: () => void = () => undefined,
  ) {}

  /** Bytes that wait. */
  get bytes(): number {
    return this.#bytes
  }

  /** Whether a client has as many bytes waiting as it may. */
  isFullFor(client: string): boolean {
    return (this.#clients.get(client) ?? 0) >= this.most / SHARE
  }

  /** Whether nothing more may be made for anybody. */
  isFull(): boolean {
    if (this.#bytes < this.most) return false
    this.#makeRoom(this.most, STALLED)
    return this.#bytes >= this.most
  }

  /** Looks after an answer of which something was written. */
  watch(response: ServerResponse, client: string): void {
    const { socket, writableLength: bytes } = response
    if (!socket || bytes === 0 || response.destroyed) return
    const known = this.#waiting.get(response)
    if (known) {
      this.#count(known, bytes)
      return
    }
    const [taken, at] = [takenBy(socket), performance.now()]
    const waiting = { response, client, bytes: 0, taken, at, takenBefore: taken, since: at }
    this.#waiting.set(response, waiting)
    this.#count(waiting, bytes)
    response.once('close', () => this.#forget(waiting))
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY).unref()
    if (this.#bytes > this.most) this.#makeRoom(this.most, STALLED)
    if (this.#bytes > 2 * this.most) this.#makeRoom(2 * this.most, 0)
  }

  #count(waiting: Waiting, bytes: number): void {
    const { client } = waiting
    const change = bytes - waiting.bytes
    waiting.bytes = bytes
    this.#bytes += change
    const all = (this.#clients.get(client) ?? 0) + change
    if (all > 0) this.#clients.set(client, all)
    else this.#clients.delete(client)
  }

  #forget(waiting: Waiting): void {
    if (!this.#waiting.delete(waiting.response)) return
    this.#count(waiting, 0)
    if (this.#waiting.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** Sees what was taken, and cuts off those who take too little. */
  #look(): void {
    const now = performance.now()
    for (const waiting of this.#waiting.values()) {
      const { response, since, takenBefore } = waiting
      this.#see(waiting, now)
      if (now - since < WINDOW) continue
      const isSlow = response.writableLength > 0 && waiting.taken - takenBefore < LEAST
      if (isSlow) this.#cut(waiting)
      Object.assign(waiting, { takenBefore: waiting.taken, since: now })
    }
  }

  #see(waiting: Waiting, now: number): void {
    const { socket, writableLength } = waiting.response
    const taken = socket ? takenBy(socket) : waiting.taken
    if (taken !== waiting.taken || writableLength === 0) Object.assign(waiting, { taken, at: now })
    this.#count(waiting, writableLength)
  }

  /** Cuts off answers until so few bytes wait: of those not taken for so long, the client's that has most, then the oldest. */
  #makeRoom(bytes: number, stalled: number): void {
    const now = performance.now()
    for (const each of this.#waiting.values()) this.#see(each, now)
    const weight = ({ client }: Waiting) => this.#clients.get(client) ?? 0
    const victims = [...this.#waiting.values()]
      .filter(({ at }) => now - at >= stalled)
      .sort((one, other) => weight(other) - weight(one) || one.at - other.at)
    for (const each of victims) {
      if (this.#bytes <= bytes) return
      this.#cut(each)
    }
  }

  #cut(waiting: Waiting): void {
    this.cut += 1
    this.#forget(waiting)
    waiting.response.destroy()
    this.onCut()
  }
}

/** Bytes that the system has taken of a socket's; what it has not yet, Node (20 to 24) tells by its handle alone. */
const takenBy = (socket: Socket): number => {
  const { _handle: handle } = socket as Socket & { readonly _handle?: { readonly writeQueueSize?: number } | null }
  return socket.bytesWritten - (handle?.writeQueueSize ?? 0)
}
