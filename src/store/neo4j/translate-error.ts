import { Neo4jError } from 'neo4j-driver'
import { type ErrorCode, RapporteurError } from '../../errors.js'

/** Turns an error of the driver's or the server's into a sentence. */
export const translateError = (error: unknown, location: string): unknown => {
  if (isCutShort(error)) return doesNotAnswer(location, error)
  if (error instanceof RapporteurError || !(error instanceof Neo4jError)) return error
  const refuse = (code: ErrorCode, sentence: string) => new RapporteurError(code, sentence, { cause: error })
  const { code, message } = error
  if (/Security\.(Unauthorized|AuthenticationRateLimit|CredentialsExpired|TokenExpired)/.test(code)) {
    return refuse(
      'STORE_ACCESS',
      `Neo4j at ${location} refuses the user or the password. Set RAPPORTEUR_NEO4J_USER and RAPPORTEUR_NEO4J_PASSWORD.`,
    )
  }
  if (/Security\./.test(code)) return refuse('STORE_ACCESS', `Neo4j at ${location} does not allow this: ${message}`)
  if (/Database\.DatabaseNotFound/.test(code)) {
    return refuse(
      'STORE_ACCESS',
      `Neo4j at ${location} has no such database: ${message} Set RAPPORTEUR_NEO4J_DATABASE.`,
    )
  }
  if (/LockAcquisitionTimeout/.test(code)) {
    return refuse(
      'STORE_LOCKED',
      `Another process is writing to ${location}. The last batch was not written; wait until it is done and run again.`,
    )
  }
  if (/Schema\.ConstraintValidationFailed/.test(code)) {
    return refuse(
      'STORE_LOCKED',
      `What was to be written to ${location} is there already: another process writes to it, or the connection was cut when the batch had been written. Wait until no other process writes, and run again to complete it.`,
    )
  }
  if (/TransactionTimedOut/.test(code))
    return refuse('TIMEOUT', 'The question took too long and was ended. Ask for less at once.')
  if (
    /ServiceUnavailable|SessionExpired|Cluster\.|General\.DatabaseUnavailable/.test(code) ||
    // The driver (6.3) gives codes of its own, or none, where it got no connection in time, lost it while it was made, or
    // what answers at the port is no such server.
    (!code.startsWith('Neo.') && /connect|protocol/i.test(message)) ||
    isClosedPool(error)
  ) {
    return doesNotAnswer(location, error)
  }
  // What this program ends itself is told as that; here the server did, as when it is being stopped.
  if (/TransientError|Transaction\.(Terminated|LockClientStopped)/.test(code) || error.retriable)
    return refuse('UNAVAILABLE', `Neo4j at ${location} cannot do this now: ${message}`)
  return error
}

/** The driver (6.3) reads beyond the end of what the server said where the connection was cut in the midst of a word. */
export const isCutShort = (error: unknown): boolean =>
  error instanceof RangeError && (error as { readonly code?: string }).code === 'ERR_OUT_OF_RANGE'

/** Turns an error into a sentence where a command would tell it: also what the server refuses to do at all. */
export const asSentence = (error: unknown, location: string): unknown => {
  const translated = translateError(error, location)
  if (!(translated instanceof Neo4jError)) return translated
  return new RapporteurError(
    'STORE_REFUSES',
    `The server at ${location} refuses a statement that Rapporteur needs (${translated.code}): ${translated.message} Use Neo4j 5.26 or later, or a server that docs/operating/other-servers.md names.`,
    { cause: error },
  )
}

/** Whether a question met connections that were just being made anew, so that it was not sent. */
export const isClosedPool = (error: unknown): boolean =>
  error instanceof Neo4jError && /pool is closed/i.test(error.message)

/** The error that tells of a server that cannot be reached, or says nothing. */
export const doesNotAnswer = (location: string, cause: unknown): RapporteurError =>
  new RapporteurError(
    'UNAVAILABLE',
    `Neo4j at ${location} does not answer. Start it, or set RAPPORTEUR_STORE to another store; then ask again.`,
    { cause },
  )
