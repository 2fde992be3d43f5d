import { parentPort } from 'node:worker_threads'
import { type ErrorCode, RapporteurError } from '../errors.js'
import { JOBS, type JobName } from './jobs.js'

/** What is asked of a thread, and what it answers. */
interface JobMessage {
  readonly number: number
  readonly name: JobName
  readonly given: never
}
export type JobAnswer = { readonly number: number; readonly milliseconds: number } & (
  | { readonly result: unknown }
  | { readonly error: unknown }
  /** What a `RapporteurError` says; errors are passed on without their class. */
  | { readonly refused: { readonly code: ErrorCode; readonly message: string } }
)

parentPort?.on('message', ({ number, name, given }: JobMessage) => {
  const begun = performance.now()
  const told = doJob(name, given)
  parentPort?.postMessage({ number, milliseconds: performance.now() - begun, ...told } satisfies JobAnswer)
})

const doJob = (name: JobName, given: never) => {
  try {
    return { result: JOBS[name](given) as unknown }
  } catch (error) {
    const isRefusal = error instanceof RapporteurError
    return isRefusal ? { refused: { code: error.code, message: error.message } } : { error }
  }
}
