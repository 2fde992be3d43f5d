import type { Statement } from '../store/graph-store.js'

/** Is told of the steps of a question while it is answered. */
export interface StepWatch {
  /** Tells that a step has ended, which began when the one before had: `read`, `plan`, `price`, `answer`. */
  step(name: string): void
  /** Tells of a statement that was answered for a root field, and how long it took. */
  statement(engine: string, field: string, statement: Statement, milliseconds: number): void
}
