import type { VoteTable } from '../../analysis/vote-table.js'
import { RapporteurError } from '../../errors.js'
import type { GraphShape } from '../../model/graph-shape.js'
import type { AnswerOptions, GraphStore } from '../../store/graph-store.js'
import { sizesOf } from '../known-sizes.js'
import { readVotes } from './read-votes.js'

/** The most votes that one question reads from the store by itself: about two seconds. */
const MAX_READ = 1_000_000

export interface VoteTablesOptions {
  /** Whether all votes are kept in memory; so it is unless told otherwise. */
  readonly snapshot?: boolean
  /** Told of each snapshot that was made, and the milliseconds that it took. */
  readonly onSnapshot?: (table: VoteTable, milliseconds: number) => void
}

/**
 * Gives the votes that a question needs: from a snapshot of all, which is made anew when the graph has changed, and until
 * that is there from the store.
 */
export class VoteTables {
  #snapshot: VoteTable | null = null
  #making: Promise<VoteTable> | null = null

  constructor(
    readonly store: GraphStore,
    readonly shape: GraphShape,
    readonly options: VoteTablesOptions = {},
  ) {}

  /** Makes the snapshot in the background, and anew when the graph has changed, until it is stopped. */
  keepFresh(every: number): { stop(): void } {
    // What is wrong with the store, whoever asks it is told.
    const look = () => void this.refresh().catch(() => undefined)
    look()
    const timer = setInterval(look, every)
    timer.unref()
    return { stop: () => clearInterval(timer) }
  }

  /**
   * Makes the snapshot, unless it is there and the graph has not changed since, or has no votes.
   * @throws RapporteurError what the store throws
   */
  async refresh(): Promise<void> {
    const { version } = await this.store.state()
    if (this.#snapshot?.version !== version && (await this.#votesIn(null)) > 0) await this.#make()
  }

  /**
   * A table of at least these ballots.
   * @param ids null for all
   * @throws RapporteurError `UNAVAILABLE` where it would take too long before the snapshot is there
   */
  async of(ids: readonly string[] | null, options: AnswerOptions): Promise<VoteTable> {
    if (this.options.snapshot === false) return readVotes(this.store, this.shape, ids, options)
    const { version } = await this.store.state()
    if (this.#snapshot?.version === version) return this.#snapshot
    const making = this.#make()
    const votes = await this.#votesIn(ids)
    if (votes > MAX_READ) {
      making.catch(() => undefined)
      throw new RapporteurError(
        'UNAVAILABLE',
        'The votes of members are being read into memory, which has to be done anew whenever the graph has changed, and this question needs too many of them to be answered without. Ask again in some seconds, or for fewer ballots.',
      )
    }
    // What reads nearly all itself may as well wait.
    if (ids === null) return making
    making.catch(() => undefined)
    return readVotes(this.store, this.shape, ids, options)
  }

  /** About how many members' votes some ballots have. */
  async #votesIn(ids: readonly string[] | null): Promise<number> {
    const { nodes, links } = await sizesOf(this.store)
    const all = links.get('Vote')?.all ?? 0
    if (ids === null) return all
    return Math.min(
      all,
      ids.length * (links.get('Vote')?.in ?? 0),
      Math.ceil((2 * all * ids.length) / Math.max(1, nodes.get('VoteEvent') ?? 0)),
    )
  }

  #make(): Promise<VoteTable> {
    this.#making ??= this.#read().finally(() => {
      this.#making = null
    })
    return this.#making
  }

  async #read(): Promise<VoteTable> {
    const begun = performance.now()
    const table = await readVotes(this.store, this.shape, null, {})
    this.#snapshot = table
    this.options.onSnapshot?.(table, performance.now() - begun)
    return table
  }
}
