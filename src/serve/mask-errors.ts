import { randomBytes } from 'node:crypto'
import { GraphQLError } from 'graphql'
import { noteCode } from '../ask/scope.js'
import { type ErrorCode, RapporteurError, type RefusalDetails } from '../errors.js'
import type { Log } from './log.js'

/** What a client may be told in the error's own words; of all other codes the words may name files and servers. */
const TELLABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'BAD_ARGUMENT',
  'BAD_CURSOR',
  'BAD_ID',
  'NULL_IN_FILTER',
  'EMPTY_FILTER',
  'DEPTH_LIMIT',
  'COST_LIMIT',
  'RATE_LIMIT',
  'OVERLOADED',
  'TIMEOUT',
  'CANCELLED',
  'CHANGED',
])

/** Milliseconds after which the same is told again of the store. */
const EVERY = 60_000

/**
 * Makes the one place where an error becomes what a client sees: a sentence and `extensions.code`.
 * Whatever was not raised for a client is told as `INTERNAL` or `UNAVAILABLE`, and its own words go to the log.
 */
export const createErrorMask = (log: Log): ((error: unknown) => GraphQLError) => {
  /** What was told last of the store, and when. */
  let told = { sentence: '', at: 0 }
  return (error) => {
    const cause = originOf(error)
    if (cause instanceof RapporteurError && TELLABLE.has(cause.code))
      return tell(error, cause.message, cause.code, cause.details)
    // A store that was there at the start may be replaced by what cannot be used.
    if (cause instanceof RapporteurError && /^(UNAVAILABLE|STORE_)/.test(cause.code)) {
      const sentence = `${cause.code}: ${cause.message}`
      const now = performance.now()
      // While the store is gone, each question says so.
      if (sentence !== told.sentence || now - told.at > EVERY) {
        told = { sentence, at: now }
        log(sentence, { level: 'warn', code: cause.code })
      }
      return tell(error, 'The store does not answer at the moment. Ask again in a few seconds.', 'UNAVAILABLE')
    }
    if (cause instanceof GraphQLError) {
      const { limit, asked } = cause.extensions as RefusalDetails
      const details = { ...(limit !== undefined && { limit }), ...(asked !== undefined && { asked }) }
      return tell(error, cause.message, codeOf(cause) ?? codeOf(error) ?? 'BAD_ARGUMENT', details)
    }
    const number = randomBytes(4).toString('hex')
    log(`INTERNAL ${number}: ${describe(cause)}`, { level: 'error', code: 'INTERNAL', fault: number })
    return tell(
      error,
      `The server could not answer because of a fault of its own. Its log has the details under "${number}".`,
      'INTERNAL',
    )
  }
}

/** The error that the others were wrapped around; a GraphQL error where nothing else is inside. */
const originOf = (error: unknown): unknown => {
  let origin = error
  while (origin instanceof GraphQLError && origin.originalError) origin = origin.originalError
  return origin
}

const codeOf = (error: unknown): string | undefined => {
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined
  return typeof code === 'string' ? code : undefined
}

const tell = (error: unknown, message: string, code: string, details: RefusalDetails = {}): GraphQLError => {
  noteCode(code)
  const at = error instanceof GraphQLError ? error : undefined
  const http = at?.extensions['http']
  return new GraphQLError(message, {
    nodes: at?.nodes ?? null,
    source: at?.source ?? null,
    positions: at?.positions ?? null,
    path: at?.path ?? null,
    extensions: { code, ...details, ...(http !== undefined && { http }) },
  })
}

/** An error and its causes on one line. */
const describe = (error: unknown): string => {
  const text = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error)
  const cause = error instanceof Error && error.cause ? ` Cause: ${describe(error.cause)}` : ''
  return `${text.split(/\s*\n\s*/).join(' | ')}${cause}`
}
