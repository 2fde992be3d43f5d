import type { GraphSizes, GraphStore } from '../store/graph-store.js'

/** Milliseconds between two looks at whether the graph has changed; at least as many times as long as counting takes. */
const LOOK_EVERY = 10_000
const TIMES_AS_LONG = 20

const known = new WeakMap<GraphStore, KnownSizes>()

/** The sizes of a store's graph, one memory for each store. */
export const sizesOf = (store: GraphStore): Promise<GraphSizes> => {
  const sizes = known.get(store) ?? new KnownSizes(store)
  known.set(store, sizes)
  return sizes.get()
}

/**
 * Keeps the sizes of a graph, and counts anew when its version has moved. Whoever asks first waits for the count;
 * afterwards the last one holds until the next is there.
 */
class KnownSizes {
  #sizes: Promise<GraphSizes> | null = null
  #version = -1
  #lookAt = 0
  #isLooking = false

  constructor(readonly store: GraphStore) {}

  get(): Promise<GraphSizes> {
    if (this.#sizes && performance.now() > this.#lookAt && !this.#isLooking) void this.#look()
    this.#sizes ??= this.#count().catch((error) => {
      this.#sizes = null
      throw error
    })
    return this.#sizes
  }

  async #look(): Promise<void> {
    this.#isLooking = true
    try {
      const { version } = await this.store.state()
      if (version !== this.#version) this.#sizes = Promise.resolve(await this.#count())
    } catch {
      // What is known holds; whoever asks the store now is told what is wrong with it.
    } finally {
      this.#isLooking = false
      this.#lookAt = Math.max(this.#lookAt, performance.now() + LOOK_EVERY)
    }
  }

  async #count(): Promise<GraphSizes> {
    const begun = performance.now()
    const { version } = await this.store.state()
    const sizes = await this.store.sizes()
    const now = performance.now()
    this.#version = version
    this.#lookAt = now + Math.max(LOOK_EVERY, (now - begun) * TIMES_AS_LONG)
    return sizes
  }
}
