import { AsyncLocalStorage } from 'node:async_hooks'
import type { DocumentNode } from 'graphql'
import type { StepWatch } from '../query/step-watch.js'

/** A request that brings questions: what is done for it, however many questions and statements that is, has this in common. */
export interface Scope {
  /** By what it is found in the log, and told to the client. */
  readonly id: string
  /** Whose request it is: an address, or what else clients are told apart by. */
  client: string
  /** What is found out about it while it is answered. */
  readonly noted: Noted
  /** Told of the steps of its questions, where it is traced. */
  watch?: StepWatch
}

/** What the log and the figures of a server tell of a request: of several questions in it, what the last of them was. */
export interface Noted {
  document?: DocumentNode
  operation?: string | undefined
  /** The code of the first error that the client was told. */
  code?: string
  /** What answering it costs, in points. */
  cost?: number
}

/** The scope of what runs; none where a question does not come with a request, as from a program that holds the store itself. */
export const scopes = new AsyncLocalStorage<Scope>()

/** Notes which error a client is told; the first one counts. */
export const noteCode = (code: string): void => {
  const noted = scopes.getStore()?.noted
  if (noted) noted.code ??= code
}
