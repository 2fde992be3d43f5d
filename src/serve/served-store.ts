import type { GraphQLSchema } from 'graphql'
import type { GraphShape } from '../model/graph-shape.js'
import { createExecutor, type Executor, type ExecutorOptions } from '../query/execute.js'
import { sizesOf } from '../query/known-sizes.js'
import { VoteTables, type VoteTablesOptions } from '../query/voting/vote-tables.js'
import type { GraphStore } from '../store/graph-store.js'

/** Milliseconds between two looks at whether the graph has changed, so that votes in memory are read anew. */
const LOOK_EVERY = 5000
/** Milliseconds after which whoever still uses a store that has been replaced is left without it. */
const LAST_WAIT = 60_000

export interface ServedStoreOptions {
  readonly schema: GraphQLSchema
  readonly shape: GraphShape
  /** Milliseconds after which a statement is ended. */
  readonly timeout: number
  /** Milliseconds in which a question has to be answered. */
  readonly questionTimeout?: number
  /** Whether another store may take the place of this one, so that those who use it are counted. */
  readonly isReplaced: boolean
  /** Told of the votes that were read into memory, and the milliseconds that it took. */
  readonly onSnapshot: NonNullable<VoteTablesOptions['onSnapshot']>
  /** Told of each statement that was answered: by which engine, for which root field, and how long it took with its wait. */
  readonly onStatement?: (engine: string, field: string, milliseconds: number) => void
}

/** A store that is served, with all that is kept of it in memory. */
export class ServedStore {
  readonly executor: Executor
  readonly #votes: VoteTables
  readonly #fresh: { stop(): void }
  #users = 0
  #lastLeft: () => void = () => undefined

  private constructor(
    readonly store: GraphStore,
    { onSnapshot, onStatement, isReplaced, ...options }: ServedStoreOptions,
  ) {
    const votes = new VoteTables(store, options.shape, { onSnapshot })
    const told: Pick<ExecutorOptions, 'onStatement'> = onStatement
      ? { onStatement: (_, milliseconds, field) => onStatement(store.engine, field, milliseconds) }
      : {}
    const execute = createExecutor({ ...options, store, votes, ...told })
    this.#votes = votes
    this.executor = isReplaced
      ? (args) => {
          const leave = this.hold()
          return execute(args).finally(leave)
        }
      : execute
    this.#fresh = this.#votes.keepFresh(LOOK_EVERY)
  }

  /** Begins with a store. What a question may cost follows from its size: the first one should not have to wait for that. */
  static async of(store: GraphStore, options: ServedStoreOptions): Promise<ServedStore> {
    await sizesOf(store).catch(() => undefined)
    return new ServedStore(store, options)
  }

  /** Has in memory what answers need. @throws RapporteurError what the store throws */
  async warm(): Promise<void> {
    await this.#votes.refresh()
  }

  /** Uses the store until the function that is given back is called. */
  hold(): () => void {
    this.#users += 1
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#users -= 1
      if (this.#users === 0) this.#lastLeft()
    }
  }

  /** Stops looking for changes. */
  stop(): void {
    this.#fresh.stop()
  }

  /** Closes the store when nobody uses it any more. */
  async retire(): Promise<void> {
    this.stop()
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, LAST_WAIT)
      this.#lastLeft = () => {
        clearTimeout(late)
        resolve()
      }
      if (this.#users === 0) this.#lastLeft()
    })
    await this.store.close()
  }
}
