import { RapporteurError } from '../../src/errors.js'

/** What a call throws; fails where it throws nothing. */
export const thrown = (call: () => unknown): unknown => {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown.')
}

/** What a promise is refused with; fails where it is kept. */
export const refusal = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => {
      throw new Error('Nothing was refused.')
    },
    (error: unknown) => error,
  )

/** The stable code of one of our errors; of any other, its text, so that a failing test shows it. */
export const code = (error: unknown): string => (error instanceof RapporteurError ? error.code : String(error))
