import { parentPort } from 'node:worker_threads'
import { type ErrorCode, RapporteurError } from '../errors.js'
import { JOBS, type JobName } from './jobs.js'

/** What is asked of a thread, and what it answers. */
interface JobMessage {
  readonly number: number
  readonly name: JobName
  readonly given: never
}
export type JobAnswer = { readonly number: number } & (
  | { readonly result: unknown }
  | { readonly error: unknown }
  /** What a `RapporteurError` says; errors are passed on without their class. */
  | { readonly refused: { readonly code: ErrorCode; readonly message: string } }
)

parentPort?.on('message', ({ number, name, given }: JobMessage) => {
  let answer: JobAnswer
  try {
    answer = { number, result: JOBS[name](given) }
  } catch (error) {
    const isRefusal = error instanceof RapporteurError
    answer = isRefusal ? { number, refused: { code: error.code, message: error.message } } : { number, error }
  }
  parentPort?.postMessage(answer)
})
