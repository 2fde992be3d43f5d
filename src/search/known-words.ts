import type { GraphStore } from '../store/graph-store.js'
import { Vocabulary } from './vocabulary.js'

/** Milliseconds between two looks at whether the graph has changed; at least as many times as long as reading takes. */
const LOOK_EVERY = 2000
const TIMES_AS_LONG = 20

const known = new WeakMap<GraphStore, KnownWords>()

/** The words of a store, one memory for each store. */
export const wordsOf = (store: GraphStore): Promise<Vocabulary> => {
  const words = known.get(store) ?? new KnownWords(store)
  known.set(store, words)
  return words.get()
}

/** Keeps the words of a store, and reads them anew when the graph has changed. Until then those read last are used. */
class KnownWords {
  #words: Promise<Vocabulary> | null = null
  #version = -1
  #lookAt = 0
  #isLooking = false

  constructor(readonly store: GraphStore) {}

  get(): Promise<Vocabulary> {
    if (this.#words && performance.now() > this.#lookAt && !this.#isLooking) void this.#look()
    this.#words ??= this.#read().catch((error) => {
      this.#words = null
      throw error
    })
    return this.#words
  }

  async #look(): Promise<void> {
    this.#isLooking = true
    try {
      const { version } = await this.store.state()
      if (version !== this.#version) this.#words = Promise.resolve(await this.#read())
    } catch {
      // What is known holds; whoever asks the store now is told what is wrong with it.
    } finally {
      this.#isLooking = false
      this.#lookAt = Math.max(this.#lookAt, performance.now() + LOOK_EVERY)
    }
  }

  async #read(): Promise<Vocabulary> {
    const begun = performance.now()
    const { version } = await this.store.state()
    const words = await Vocabulary.read(await this.store.searchWords())
    const now = performance.now()
    this.#version = version
    this.#lookAt = now + Math.max(LOOK_EVERY, (now - begun) * TIMES_AS_LONG)
    return words
  }
}
