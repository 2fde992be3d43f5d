import { RapporteurError } from './errors.js'

/** Tells that whoever asks has gone, so that its statements may end: what is used of an `AbortSignal`, which is one. */
export interface Gone {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** One that is made for each warm question: Node takes microseconds to make an `AbortSignal`, this next to nothing. */
export class GoneClient implements Gone {
  readonly #listeners: (() => void)[] = []
  aborted = false

  readonly abort = (): void => {
    if (this.aborted) return
    this.aborted = true
    for (const listener of this.#listeners.splice(0)) listener()
  }

  addEventListener(_: 'abort', listener: () => void): void {
    this.#listeners.push(listener)
  }

  removeEventListener(_: 'abort', listener: () => void): void {
    const at = this.#listeners.lastIndexOf(listener)
    if (at >= 0) this.#listeners.splice(at, 1)
  }
}

/** What ends a question whose client has gone. @param cause what ending it threw */
export const cancelled = (cause?: unknown): RapporteurError =>
  new RapporteurError('CANCELLED', 'The client gave up the request.', { cause })
