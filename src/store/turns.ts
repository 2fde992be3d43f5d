import { LRUCache } from 'lru-cache'
import type { AnswerOptions, StatementsUnderWay } from './graph-store.js'
import { type Endable, runWithin, WaitedInVain } from './run-within.js'

export interface TurnsOptions {
  /** How many statements run at once. */
  readonly places: number
  /** How many of them may be long ones; all but one, unless told otherwise. */
  readonly long?: number
  /** Milliseconds after which a statement that runs is a long one. */
  readonly brief?: number
  /** Milliseconds: a statement that took longer at each of its last runs is taken for a long one before it begins. */
  readonly small?: number
  /** How many places may be held by texts that were not run before; all, unless told otherwise. */
  readonly unknown?: number
  /** Milliseconds after which a text that runs counts as known, if it has not come to its end before. */
  readonly learning?: number
}

/** A statement that waits for a place. */
interface Waiting {
  readonly text: string
  readonly isLong: boolean
  /** @param isUnknown whether it takes one of the places for texts that were not run before */
  enter: (isUnknown: boolean) => void
}

/** Texts whose last runs are remembered, and their characters. */
const KEPT = { max: 1000, maxSize: 1_000_000 }
/** The last runs that are remembered, and how many tell anything: a busy machine makes any statement long for once. */
const [LAST, ENOUGH] = [3, 2]

/**
 * Has statements run a few at a time, and shares the places among the requests that ask them:
 * - Requests take turns, those that hold the fewest places first, and each holds at most half of them.
 * - One place or more is never held by a long statement. Whichever turns out long when there are as many long ones as may
 *   be is ended and begins anew: once in that place, since a busy machine makes a brief one long, then when another is free.
 * - Where it is told so, some places are never held by a text that was not run before, since the engine has to plan it first, which may take
 *   longer than to run it.
 * So a small statement waits at most twice as long as a statement is brief for each request whose turn comes before, and
 * that only behind what nobody has asked before.
 */
export class Turns {
  readonly #places: number
  readonly #mostLong: number
  readonly #brief: number
  readonly #small: number
  readonly #mostUnknown: number
  readonly #learning: number
  #taken = 0
  #long = 0
  #unknown = 0
  /** How many places each request holds. */
  readonly #held = new Map<object, number>()
  /** In the order of their turns. */
  readonly #waiting = new Map<object, Set<Waiting>>()
  /** How long the last runs of a text took. */
  readonly #runs = new LRUCache<string, readonly number[]>({
    ...KEPT,
    sizeCalculation: (_, text) => text.length + 1,
  })
  /** How many statements of a request were not small. */
  readonly #notSmall = new WeakMap<object, number>()

  constructor(options: TurnsOptions) {
    const { places, long = places - 1, brief = 100, small = 20, unknown = places, learning = 500 } = options
    this.#places = places
    this.#mostLong = Math.max(1, long)
    this.#brief = brief
    this.#small = small
    this.#mostUnknown = Math.max(1, unknown)
    this.#learning = learning
  }

  /** How many statements hold a place now, and how many wait for one. */
  underWay(): StatementsUnderWay {
    const waiting = [...this.#waiting.values()].reduce((sum, { size }) => sum + size, 0)
    return { running: this.#taken, waiting }
  }

  /**
   * Runs a statement when its turn has come; the time that it waits counts as its own.
   * @throws RapporteurError `TIMEOUT`, `CANCELLED`, or whatever the statement throws of itself
   */
  run<T>(text: string, options: AnswerOptions, statement: Endable<T>): Promise<T> {
    const request = options.request ?? {}
    let endNow: () => void = () => undefined
    const run = async (isEnded: () => boolean): Promise<T> => {
      for (let attempt = 1; ; attempt += 1) {
        const isLong = attempt > 2 || this.#isKnownLong(text, request)
        const entered = this.#enter(request, { text, isLong }, (end) => {
          endNow = end
        })
        const isUnknown = typeof entered === 'boolean' ? entered : await entered
        endNow = () => statement.end()
        const done = await this.#hold(text, request, { isLong, isUnknown }, statement, isEnded)
        if (done) return done.result
      }
    }
    return runWithin(options, { run, end: () => endNow() })
  }

  /** Runs a statement that has a place. @returns undefined where it has to begin anew */
  async #hold<T>(
    text: string,
    request: object,
    { isLong, isUnknown }: { readonly isLong: boolean; readonly isUnknown: boolean },
    { run, end }: Endable<T>,
    isEnded: () => boolean,
  ): Promise<{ readonly result: T } | undefined> {
    const begun = performance.now()
    const remember = () => this.#remember(text, request, performance.now() - begun)
    let [holdsLong, holdsUnknown, isOver, mustMove] = [isLong, isUnknown, false, false]
    const learn = (): void => {
      if (!holdsUnknown) return
      holdsUnknown = false
      this.#unknown -= 1
      this.#admit()
    }
    const learning = isUnknown ? setTimeout(learn, this.#learning) : undefined
    const turnLong = (): void => {
      if (isOver) return
      remember()
      mustMove = !this.#mayHoldLong()
      if (mustMove) {
        end()
        return
      }
      this.#long += 1
      holdsLong = true
      // Those who ask the same need not wait for its end to know.
      timer = setTimeout(remember, this.#brief)
    }
    // An answer that has come while the thread was busy is taken before an immediate runs.
    let timer = isLong ? undefined : setTimeout(() => setImmediate(turnLong), this.#brief)
    try {
      return { result: await run(() => mustMove || isEnded()) }
    } catch (error) {
      if (mustMove && !isEnded()) return undefined
      throw error
    } finally {
      isOver = true
      clearTimeout(timer)
      clearTimeout(learning)
      if (!mustMove) remember()
      if (holdsLong) this.#long -= 1
      if (holdsUnknown) this.#unknown -= 1
      this.#taken -= 1
      this.#hand(request, -1)
      this.#admit()
    }
  }

  #remember(text: string, request: object, milliseconds: number): void {
    this.#runs.set(text, [...(this.#runs.get(text) ?? []), milliseconds].slice(-LAST))
    if (milliseconds > this.#small) this.#notSmall.set(request, (this.#notSmall.get(request) ?? 0) + 1)
  }

  #isKnownLong(text: string, request: object): boolean {
    const runs = this.#runs.get(text) ?? []
    const isLongText = runs.length >= ENOUGH && Math.min(...runs) > this.#small
    return isLongText || (this.#notSmall.get(request) ?? 0) >= ENOUGH
  }

  /**
   * Takes a place at once, or waits for one.
   * @param onWaiting told what gives up the wait
   * @returns whether it is one of those for texts that were not run before
   */
  #enter(
    request: object,
    statement: Pick<Waiting, 'text' | 'isLong'>,
    onWaiting: (giveUp: () => void) => void,
  ): boolean | Promise<boolean> {
    let entered: boolean | undefined
    const waiting: Waiting = {
      ...statement,
      enter: (isUnknown) => {
        entered = isUnknown
      },
    }
    const others = this.#waiting.get(request) ?? new Set()
    others.add(waiting)
    this.#waiting.set(request, others)
    this.#admit()
    if (entered !== undefined) return entered
    return new Promise((resolve, reject) => {
      waiting.enter = resolve
      onWaiting(() => {
        this.#leave(request, waiting)
        reject(new WaitedInVain())
      })
    })
  }

  #leave(request: object, waiting: Waiting): void {
    const others = this.#waiting.get(request)
    others?.delete(waiting)
    if (others?.size === 0) this.#waiting.delete(request)
  }

  /** Gives the places that are free to those whose turn it is. */
  #admit(): void {
    while (this.#taken < this.#places) {
      const next = this.#next()
      if (!next) return
      const [request, waiting] = next
      this.#leave(request, waiting)
      // The others of the request come after those of all other requests.
      const others = this.#waiting.get(request)
      this.#waiting.delete(request)
      if (others) this.#waiting.set(request, others)
      this.#taken += 1
      if (waiting.isLong) this.#long += 1
      const isUnknown = !this.#runs.has(waiting.text)
      if (isUnknown) this.#unknown += 1
      this.#hand(request, 1)
      waiting.enter(isUnknown)
    }
  }

  /** Of the requests that hold the fewest places, the one whose turn it is. */
  #next(): readonly [object, Waiting] | undefined {
    let fewest = Math.max(1, Math.floor(this.#places / 2))
    let next: readonly [object, Waiting] | undefined
    for (const [request, all] of this.#waiting) {
      const held = this.#held.get(request) ?? 0
      if (held >= fewest) continue
      for (const waiting of all) {
        if (waiting.isLong && !this.#mayHoldLong()) continue
        if (this.#unknown >= this.#mostUnknown && !this.#runs.has(waiting.text)) continue
        fewest = held
        next = [request, waiting]
        break
      }
      if (fewest === 0) break
    }
    return next
  }

  #mayHoldLong(): boolean {
    return this.#long < this.#mostLong
  }

  #hand(request: object, places: number): void {
    const held = (this.#held.get(request) ?? 0) + places
    if (held > 0) this.#held.set(request, held)
    else this.#held.delete(request)
  }
}
