import { type Scope, scopes } from '../ask/scope.js'
import type { GraphStore } from '../store/graph-store.js'
import type { Layer } from './front/layer.js'
import { ServedStore, type ServedStoreOptions } from './served-store.js'

/** The store that is served, and those before it that requests still use. */
export class ServedStores {
  readonly #options: ServedStoreOptions
  readonly #ofRequests = new WeakMap<Scope, ServedStore>()
  #current: ServedStore | undefined

  constructor(options: ServedStoreOptions) {
    this.#options = options
  }

  /** Has each request keep the store that was served when it came: an answer of many statements is of one. */
  readonly layer: Layer = (next) => (request, response) => {
    const [scope, current] = [scopes.getStore(), this.#current]
    if (scope && current) {
      this.#ofRequests.set(scope, current)
      response.once('close', current.hold())
    }
    next(request, response)
  }

  /** The store for the request that is being answered; undefined where there is none yet. */
  ofRequest(): ServedStore | undefined {
    const scope = scopes.getStore()
    return (scope && this.#ofRequests.get(scope)) ?? this.#current
  }

  /** Serves a first store. */
  async begin(store: GraphStore): Promise<void> {
    this.#current = await ServedStore.of(store, this.#options)
  }

  /**
   * Serves another store to all requests that come from now on, which find it as quick as the one before.
   * @returns settles when no request uses the one before any more, and it is closed
   */
  async changeOver(store: GraphStore): Promise<{ readonly retired: Promise<void> }> {
    const next = await ServedStore.of(store, this.#options)
    try {
      await next.warm()
    } catch (error) {
      next.stop()
      throw error
    }
    const before = this.#current
    this.#current = next
    return { retired: before?.retire() ?? Promise.resolve() }
  }

  stop(): void {
    this.#current?.stop()
  }
}
