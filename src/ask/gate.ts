import { RapporteurError } from '../errors.js'
import { cancelled, type Gone } from '../gone.js'

/** Pieces of work that wait, of one client and of all. */
const [MOST_OF_CLIENT, MOST] = [64, 512]

interface Waiting {
  work(): void
}

/** Who asks for a piece of work, and whether they are still there. */
export interface AskingForTurn {
  readonly client: string
  readonly signal?: Gone | undefined
}

/**
 * Has what nobody has asked before read and planned piece by piece, each in a turn of the event loop, and rests after
 * each for as long as it took: on the thread that answers everybody, half of the time at least is left for what is known.
 * Clients take turns. What would have to wait for too many others is refused.
 */
export class Gate {
  /** In the order of their turns. */
  readonly #waiting = new Map<string, Set<Waiting>>()
  #count = 0
  #isResting = false

  /** @throws RapporteurError `OVERLOADED`, `CANCELLED`, or whatever the work throws */
  async run<T>(work: () => T, { client, signal }: AskingForTurn): Promise<T> {
    if (this.#isResting) await this.#turn(client, signal)
    const begun = performance.now()
    try {
      return work()
    } finally {
      this.#rest(performance.now() - begun)
    }
  }

  /** Waits until it is this client's turn; the work has to be done at once then. */
  #turn(client: string, signal: Gone | undefined): Promise<void> {
    const own = this.#waiting.get(client) ?? new Set<Waiting>()
    if (own.size >= MOST_OF_CLIENT || this.#count >= MOST) throw overloaded()
    if (signal?.aborted) throw cancelled()
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        signal?.removeEventListener('abort', cancel)
        this.#count -= 1
        own.delete(waiting)
        if (own.size === 0) this.#waiting.delete(client)
      }
      const cancel = (): void => {
        leave()
        reject(cancelled())
      }
      const waiting: Waiting = {
        work: () => {
          leave()
          resolve()
        },
      }
      signal?.addEventListener('abort', cancel, { once: true })
      own.add(waiting)
      this.#count += 1
      this.#waiting.set(client, own)
    })
  }

  #rest(milliseconds: number): void {
    this.#isResting = true
    const next = (): void => {
      const [first] = this.#waiting
      if (!first) {
        this.#isResting = false
        return
      }
      const [client, own] = first
      const [waiting] = own as ReadonlySet<Waiting>
      // The others of the client come after those of all other clients.
      this.#waiting.delete(client)
      if (own.size > 1) this.#waiting.set(client, own)
      waiting?.work()
    }
    if (milliseconds < 1) setImmediate(next)
    else setTimeout(next, milliseconds)
  }
}

const overloaded = (): RapporteurError =>
  new RapporteurError(
    'OVERLOADED',
    'Too many questions that nobody has asked before wait to be read. Ask again in a few seconds; a question that is asked again and again, with variables, is read once.',
  )
