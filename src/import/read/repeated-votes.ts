import { roomFor } from './room-for.js'

/** Tells which voters stand more than once in a ballot. A bit for each ballot and voter. */
export class RepeatedVotes {
  readonly #voters = new Map<string, number>()
  readonly #ballots = new Map<string, Uint8Array>()
  readonly #repeated = new Set<string>()

  /** Whether the voter stands in the ballot for the first time. */
  see(ballot: string, voter: string): boolean {
    const number = this.#voters.get(voter) ?? this.#voters.size
    this.#voters.set(voter, number)
    const bits = roomFor(this.#ballots.get(ballot) ?? new Uint8Array(64), (number >> 3) + 1)
    this.#ballots.set(ballot, bits)
    const [at, bit] = [number >> 3, 1 << (number & 7)]
    const isFirst = ((bits[at] as number) & bit) === 0
    if (!isFirst) this.#repeated.add(`${ballot}\n${voter}`)
    bits[at] = (bits[at] as number) | bit
    return isFirst
  }

  isRepeated(ballot: string, voter: string): boolean {
    return this.#repeated.has(`${ballot}\n${voter}`)
  }
}
