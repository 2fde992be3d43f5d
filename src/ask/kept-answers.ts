import type { DocumentNode } from 'graphql'
import { LRUCache } from 'lru-cache'
import { readJson, type WrittenResult } from '../query/written-result.js'

/** The state of the graph: its version, and when it was changed, by which another graph in its place is told. */
export interface GraphState {
  readonly version: number
  readonly changedAt: string | null
}

/** Milliseconds for which the state of the graph is taken for what it was when it was looked at. */
const LOOK_EVERY = 1000
/** An answer that is larger than this part of all is not kept. */
const LARGEST = 8
/** Bytes that an entry takes besides its key and its answer, about. */
const ENTRY = 300

/** What makes an answer differ, besides the graph. */
interface KeptQuestion {
  /** What executes it: of another store in the place of this one, it is another. */
  readonly executor: object
  readonly document: DocumentNode
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>> | undefined
}

/** A state of the graph, and the time before which all that was committed is in it. */
interface SeenState {
  readonly key: string
  readonly at: number
}

/**
 * Keeps answers by the state of the graph, up to so many bytes. An answer from here holds all that was committed a second
 * before it was asked for. What was looked up elsewhere may be told (`saw`): no answer after that is older.
 */
export class KeptAnswers {
  readonly #answers: LRUCache<string, Buffer>
  readonly #numbers = new WeakMap<object, number>()
  readonly #read: () => Promise<GraphState>
  #given = 0
  #seen: SeenState = { key: '', at: Number.NEGATIVE_INFINITY }
  #looking: { readonly at: number; readonly state: Promise<GraphState> } | undefined

  /** @param read looks at the state of the graph */
  constructor(bytes: number, read: () => Promise<GraphState>) {
    this.#read = read
    this.#answers = new LRUCache({
      maxSize: bytes,
      maxEntrySize: Math.max(1, Math.floor(bytes / LARGEST)),
      sizeCalculation: (answer, key) => answer.length + 2 * key.length + ENTRY,
    })
  }

  /** Tells the state that was looked up, and when the look began. */
  saw({ version, changedAt }: GraphState, at: number): void {
    if (at > this.#seen.at) this.#seen = { key: `${version} ${changedAt}`, at }
  }

  /** The answer that is kept, or the one that is given now, which is kept if it lasts as long as the graph does not move. */
  async answer<T extends object>(question: KeptQuestion, execute: () => Promise<T>): Promise<T | WrittenResult> {
    const state = await this.#state()
    if (state === undefined) return execute()
    const key = `${state} ${this.#numberOf(question.executor)} ${this.#numberOf(question.document)} ${JSON.stringify([question.operationName, question.variables])}`
    const known = this.#answers.get(key)
    if (known) return writtenBefore(known)
    const result = await execute()
    if (!isLasting(result)) return result
    const text = result.stringify({})
    const answer = typeof text === 'string' ? Buffer.from(text) : text
    this.#answers.set(key, answer)
    return writtenBefore(answer)
  }

  /** The state of the graph; nothing where it cannot be told, which whoever asks the store is told better. */
  async #state(): Promise<string | undefined> {
    const now = performance.now()
    if (now - this.#seen.at <= LOOK_EVERY) return this.#seen.key
    if (!this.#looking || now - this.#looking.at > LOOK_EVERY) this.#looking = { at: now, state: this.#read() }
    const { at, state } = this.#looking
    try {
      this.saw(await state, at)
      return this.#seen.key
    } catch {
      this.#looking = undefined
      return undefined
    }
  }

  #numberOf(thing: object): number {
    const number = this.#numbers.get(thing) ?? this.#given++
    this.#numbers.set(thing, number)
    return number
  }
}

const isLasting = (result: object): result is WrittenResult =>
  'isLasting' in result && result.isLasting === true && !('errors' in result) && !('extensions' in result)

const writtenBefore = (answer: Buffer): WrittenResult => ({
  isLasting: true,
  get data() {
    return (readJson(answer) as { readonly data: Record<string, unknown> }).data
  },
  stringify: () => answer,
})
