import { setTimeout as sleep } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { RapporteurError } from '../errors.js'
import { cancelled, type Gone } from '../gone.js'
import type { Spending } from '../query/execute.js'
import type { Allowance } from '../settings.js'

/** Clients that are remembered; one that is forgotten begins with all its points. */
const MAX_CLIENTS = 50_000

/** Milliseconds between two looks at whether a client has enough by now. */
const TURN = 250

interface Left {
  readonly points: number
  /** When there were so many, as `performance.now()` tells the time. */
  readonly at: number
}

/** Counts what clients ask for against what they may: each has points that questions cost and that come back with time. */
export class Allowances {
  readonly #left = new LRUCache<string, Left>({ max: MAX_CLIENTS })

  /** @param allowanceOf what a client may ask for */
  constructor(readonly allowanceOf: (client: string) => Allowance) {}

  /**
   * Takes the points of a question from a client, and those that were spent on it before. A question dearer than all that can be saved up needs just that, and leaves a debt.
   * @throws RapporteurError `RATE_LIMIT` where the client has not enough now
   */
  take(client: string, price: number, before = 0): Spending {
    const allowance = this.allowanceOf(client)
    if (allowance.perSecond === 0) return ENDLESS
    const { burst, perSecond } = allowance
    const points = price + before
    const left = this.#now(client, allowance)
    const lack = Math.min(points, burst) - left
    if (lack > 0) throw tooMuch(points, left, Math.ceil(lack / perSecond))
    this.#set(client, left - points)
    return {
      left: Math.floor(left - points),
      settle: (spent) => this.#set(client, this.#now(client, allowance) + price - spent),
    }
  }

  /** As `take`, once the client has enough: what was begun is gone on with, only slower. */
  async takeInTime(client: string, price: number, before: number, signal: Gone | undefined): Promise<Spending> {
    for (;;) {
      try {
        return this.take(client, price, before)
      } catch (error) {
        if (!(error instanceof RapporteurError)) throw error
        await sleep(TURN, undefined, { ref: false })
        if (signal?.aborted) throw cancelled()
      }
    }
  }

  #now(client: string, { perSecond, burst }: Allowance): number {
    const known = this.#left.get(client)
    return known ? Math.min(burst, known.points + ((performance.now() - known.at) / 1000) * perSecond) : burst
  }

  #set(client: string, points: number): void {
    this.#left.set(client, { points, at: performance.now() })
  }
}

const ENDLESS: Spending = { left: null, settle: () => undefined }

const tooMuch = (points: number, left: number, retryAfter: number): RapporteurError => {
  const [asked, limit] = [Math.ceil(points), Math.max(0, Math.floor(left))]
  const sentence = `The question costs up to ${asked} points, and you have ${limit} at the moment. Ask again in ${retryAfter} s, or for less.`
  return new RapporteurError('RATE_LIMIT', sentence, { details: { asked, limit, retryAfter } })
}
