import { setTimeout as sleep } from 'node:timers/promises'
import { RapporteurError } from '../errors.js'
import type { GraphStore } from '../store/graph-store.js'
import type { Traffic } from './listen.js'
import type { Log } from './log.js'
import type { Seen } from './metrics/gauges.js'
import type { Readiness } from './plugins/health.js'

/** How a keeper comes by its store. */
export interface StoreKeeping {
  /** Opens the store and makes it ready: schema, and the seed where the store is new. May be called again after it failed. */
  open(): Promise<GraphStore>
  readonly log: Log
  /** Milliseconds to wait before the second attempt; each further wait is twice as long. */
  readonly firstWait?: number
  readonly longestWait?: number
}

const PING_TIMEOUT = 3000
/** Milliseconds that a closing keeper waits for an attempt under way. */
const LAST_WAIT = 1000

/** Holds the store of a server; one that does not answer is asked again until it does. */
export class StoreKeeper {
  #store: GraphStore | undefined
  #closed = false
  #timer: NodeJS.Timeout | undefined
  #opening: Promise<void> = Promise.resolve()
  readonly #keeping: StoreKeeping

  constructor(keeping: StoreKeeping) {
    this.#keeping = keeping
  }

  /**
   * Opens the store. One that does not answer is not a failure: the keeper goes on trying.
   * @returns false where the keeper was closed meanwhile
   * @throws RapporteurError for a store that can never be used as it is
   */
  async start(): Promise<boolean> {
    const attempt = this.#attempt(this.#keeping.firstWait ?? 1000)
    this.#opening = attempt.catch(() => undefined)
    await attempt
    return !this.#closed
  }

  /** The store. @throws RapporteurError `UNAVAILABLE` while there is none */
  get store(): GraphStore {
    if (this.#store) return this.#store
    throw this.absence
  }

  /** What is said while there is no store. */
  get absence(): RapporteurError {
    const sentence = 'The store has not answered since the server started; it is asked again and again.'
    return new RapporteurError('UNAVAILABLE', sentence)
  }

  /** Keeps another store from now on; whoever had the one before it closes that. */
  replace(store: GraphStore): void {
    this.#store = store
  }

  get isOpen(): boolean {
    return this.#store !== undefined
  }

  /** Whether the store answers now. */
  async readiness(): Promise<Readiness> {
    const store = this.#store
    if (!store) return { ready: false, sentence: 'The store does not answer yet; it is asked again and again.' }
    try {
      const editions = await withinTime(store.ping().then(() => store.editions()))
      const unfinished = editions.filter(({ state }) => state !== 'complete').map(({ source }) => `"${source}"`)
      if (unfinished.length === 0) return { ready: true, sentence: 'The server answers questions.' }
      const sentence = `The server answers questions. An import or removal of ${unfinished.join(', ')} is under way, or was cut off; running it again completes it.`
      return { ready: true, sentence }
    } catch (error) {
      this.#keeping.log(`/readyz: ${describe(error)}`, { level: 'warn' })
      // What can be told of it has paths and addresses in it.
      const isThere = error instanceof RapporteurError && error.code.startsWith('STORE_')
      const what = isThere ? 'cannot be used as it is; the log of the server says why' : 'does not answer at the moment'
      return { ready: false, sentence: `The store ${what}.` }
    }
  }

  /** What can be seen of the store now; of one that does not answer, only that. */
  async look(): Promise<Omit<Seen, keyof Traffic | 'votes' | 'asOf'>> {
    const store = this.#store
    if (!store) return { ready: false }
    try {
      const [editions, state] = await withinTime(
        store.ping().then(() => Promise.all([store.editions(), store.state()])),
      )
      return { ready: true, statements: store.underWay(), editions, state }
    } catch {
      return { ready: false, statements: store.underWay() }
    }
  }

  /** Stops trying and closes the store. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    // Loading the seed can take longer than a stop may; cut off, it is completed by the next start.
    await Promise.race([this.#opening, sleep(LAST_WAIT, undefined, { ref: false })])
    await this.#store?.close()
    this.#store = undefined
  }

  async #attempt(wait: number): Promise<void> {
    const { open, log, longestWait = 5000 } = this.#keeping
    try {
      const store = await open()
      if (this.#closed) await store.close()
      else this.#store = store
    } catch (error) {
      if (this.#closed) return
      if (!(error instanceof RapporteurError) || error.code !== 'UNAVAILABLE') throw error
      log(`${describe(error)} Trying again in ${wait / 1000} s.`, { level: 'warn' })
      this.#retry(wait, Math.min(wait * 2, longestWait))
    }
  }

  #retry(wait: number, nextWait: number): void {
    this.#timer = setTimeout(() => {
      this.#opening = this.#attempt(nextWait).then(
        () => {
          if (this.#store)
            this.#keeping.log(`The store at ${this.#store.location} answers; questions are answered from now on.`)
        },
        (error: unknown) => {
          this.#keeping.log(`${describe(error)} Trying again in ${nextWait / 1000} s.`, { level: 'warn' })
          this.#retry(nextWait, nextWait)
        },
      )
    }, wait)
  }
}

const withinTime = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new RapporteurError('UNAVAILABLE', `The store was silent for ${PING_TIMEOUT} ms.`)),
      PING_TIMEOUT,
    )
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** An error's sentence, and the first sentence of what its driver said. */
const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const cause =
    error.cause instanceof Error ? ` (${error.cause.name}: ${error.cause.message.split(/\.(\s|$)/)[0]})` : ''
  return `${error.message}${cause}`
}
