import type { NodeRecord } from '../../model/records.js'
import { OPTIONS, tallyOf } from '../../model/tally.js'
import { roomFor } from '../read/room-for.js'

/** A tally as it was published; what was not told is null. */
export type Told = NonNullable<ReturnType<typeof tallyOf>>

const WIDTH = OPTIONS.length
/** Stands for a figure that is not known. */
const UNKNOWN = -1

/**
 * The ballots of an edition by number, in the order in which they are first named, with their published totals. Some
 * eighty bytes a ballot, most of them for its id.
 */
export class BallotFigures {
  readonly #numbers = new Map<string, number>()
  #totals = new Int32Array(1 << 10)
  #latest = { id: '', number: -1 }

  /** A ballot's number. */
  number(id: string): number {
    // Votes in one ballot usually stand together.
    if (this.#latest.id === id) return this.#latest.number
    let number = this.#numbers.get(id)
    if (number === undefined) {
      number = this.#numbers.size
      this.#numbers.set(id, number)
      this.#put(number, null)
    }
    this.#latest = { id, number }
    return number
  }

  /** Takes note of a ballot's total. */
  see({ id, values }: NodeRecord): void {
    this.#put(this.number(id), tallyOf(values))
  }

  /** The published total of a ballot; null where it is not known. */
  total(number: number): Told | null {
    const [votedFor, against, abstention, didNotVote] = this.#totals.subarray(
      number * WIDTH,
      (number + 1) * WIDTH,
    ) as Int32Array & readonly [number, number, number, number]
    if (votedFor === UNKNOWN) return null
    return { for: votedFor, against, abstention, didNotVote: didNotVote === UNKNOWN ? null : didNotVote }
  }

  /** The ballots' ids, by number. */
  ids(): Iterable<string> {
    return this.#numbers.keys()
  }

  #put(number: number, tally: Told | null): void {
    this.#totals = roomFor(this.#totals, (number + 1) * WIDTH)
    const { for: votedFor, against, abstention, didNotVote } = tally ?? NOT_TOLD
    this.#totals.set([votedFor, against, abstention, didNotVote ?? UNKNOWN], number * WIDTH)
  }
}

const NOT_TOLD: Told = { for: UNKNOWN, against: UNKNOWN, abstention: UNKNOWN, didNotVote: null }
