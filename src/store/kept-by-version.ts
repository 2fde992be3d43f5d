import type { GraphStore } from './graph-store.js'

/** At least as many times as long as reading takes, until it is looked again whether the graph has changed. */
const TIMES_AS_LONG = 20

/**
 * Keeps what is read of a store, one memory for each store, and reads it anew when the version of the graph has moved.
 * Whoever asks first waits for it; afterwards what was read last holds until the next is there.
 * @param lookEvery milliseconds, at least, between two looks at the version
 */
export const keptByVersion = <T>(
  lookEvery: number,
  read: (store: GraphStore) => Promise<T>,
): ((store: GraphStore) => Promise<T>) => {
  const known = new WeakMap<GraphStore, Kept<T>>()
  return (store) => {
    const kept = known.get(store) ?? new Kept(store, lookEvery, read)
    known.set(store, kept)
    return kept.get()
  }
}

class Kept<T> {
  #value: Promise<T> | null = null
  #version = -1
  #lookAt = 0
  #isLooking = false

  constructor(
    readonly store: GraphStore,
    readonly lookEvery: number,
    readonly read: (store: GraphStore) => Promise<T>,
  ) {}

  get(): Promise<T> {
    if (this.#value && performance.now() > this.#lookAt && !this.#isLooking) void this.#look()
    this.#value ??= this.#readNow().catch((error) => {
      this.#value = null
      throw error
    })
    return this.#value
  }

  async #look(): Promise<void> {
    this.#isLooking = true
    try {
      const { version } = await this.store.state()
      if (version !== this.#version) this.#value = Promise.resolve(await this.#readNow())
    } catch {
      // What is known holds; whoever asks the store now is told what is wrong with it.
    } finally {
      this.#isLooking = false
      this.#lookAt = Math.max(this.#lookAt, performance.now() + this.lookEvery)
    }
  }

  async #readNow(): Promise<T> {
    const begun = performance.now()
    const { version } = await this.store.state()
    const value = await this.read(this.store)
    const now = performance.now()
    this.#version = version
    this.#lookAt = now + Math.max(this.lookEvery, (now - begun) * TIMES_AS_LONG)
    return value
  }
}
