import { setMaxListeners } from 'node:events'
import { RapporteurError } from '../errors.js'
import { cancelled } from '../gone.js'
import type { AnswerOptions } from './graph-store.js'

/** Thrown by what was ended before its turn had come. */
export class WaitedInVain extends Error {}

/** What can be ended while it runs. */
export interface Endable<T> {
  /** Runs it; `isEnded` tells whether it was ended before it had begun. */
  run(isEnded: () => boolean): Promise<T>
  /** Has the engine end it, so that `run` throws. */
  end(): void
}

/** Milliseconds until a statement is ended, at most 0 where its time is over; undefined where it may take as long as it does. */
export const timeLeft = ({ timeout, deadline }: Pick<AnswerOptions, 'timeout' | 'deadline'>): number | undefined => {
  if (!deadline) return timeout
  const left = Math.ceil(deadline.at - performance.now())
  return timeout === undefined ? left : Math.min(timeout, left)
}

/**
 * Runs a statement that ends when its time is over or when whoever asked it has gone. The clock is this program's: a
 * server may look at its own every few seconds only.
 * @throws RapporteurError `TIMEOUT`, `CANCELLED`, or whatever the statement throws of itself
 */
export const runWithin = async <T>(options: AnswerOptions, { run, end }: Endable<T>): Promise<T> => {
  const { signal, deadline } = options
  if (signal?.aborted) throw cancelled()
  const left = timeLeft(options)
  if (left !== undefined && left <= 0) throw tooLong(deadline?.milliseconds ?? 0)
  let ended = null as 'TIMEOUT' | 'CANCELLED' | null
  const endBecause = (why: 'TIMEOUT' | 'CANCELLED') => () => {
    ended ??= why
    end()
  }
  const onAbort = endBecause('CANCELLED')
  const timer = left === undefined ? undefined : setTimeout(endBecause('TIMEOUT'), left)
  if (signal) {
    // A request has a statement for each of its root fields, more than Node takes for a leak.
    if (signal instanceof AbortSignal) setMaxListeners(0, signal)
    signal.addEventListener('abort', onAbort, { once: true })
  }
  try {
    return await run(() => ended !== null)
  } catch (error) {
    if (ended === 'CANCELLED') throw cancelled(error)
    if (ended === null) throw error
    const whole = left === options.timeout ? left : deadline?.milliseconds
    if (!(error instanceof WaitedInVain)) throw tooLong(whole, error)
    const sentence = `The question waited ${left} ms for others and was given up. Ask again in a few seconds.`
    throw new RapporteurError('TIMEOUT', sentence, { cause: error })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

const tooLong = (milliseconds: number | undefined, cause?: unknown): RapporteurError =>
  new RapporteurError(
    'TIMEOUT',
    `The question took longer than ${milliseconds} ms and was ended. Ask for less at once.`,
    { cause },
  )
