import { AsyncLocalStorage } from 'node:async_hooks'

/** A request that brings questions: what is done for it, however many questions and statements that is, has this in common. */
export interface Scope {
  /** By what it is found in the log, and told to the client. */
  readonly id: string
  /** Whose request it is: an address, or what else clients are told apart by. */
  readonly client: string
}

/** The scope of what runs; none where a question does not come with a request, as from a program that holds the store itself. */
export const scopes = new AsyncLocalStorage<Scope>()
