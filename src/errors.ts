/** Every error that Rapporteur raises on purpose has one of these codes; clients and scripts may rely on them. */
export type ErrorCode =
  // What a client asked cannot be answered as asked.
  | 'BAD_ARGUMENT'
  | 'BAD_CURSOR'
  | 'BAD_ID'
  | 'NULL_IN_FILTER'
  | 'EMPTY_FILTER'
  | 'DEPTH_LIMIT'
  | 'COST_LIMIT'
  // The store cannot answer now, or not in time.
  | 'UNAVAILABLE'
  | 'OVERLOADED'
  | 'TIMEOUT'
  // The graph changed while an answer of several statements was made.
  | 'CHANGED'
  | 'CANCELLED'
  // The client has asked for more work than it may at the moment.
  | 'RATE_LIMIT'
  // The store cannot be used as it is.
  | 'STORE_MISSING'
  | 'STORE_FOREIGN'
  | 'STORE_DAMAGED'
  | 'STORE_NEWER'
  | 'STORE_LOCKED'
  | 'STORE_ACCESS'
  | 'STORE_MISMATCH'
  | 'NOT_A_FILE'
  | 'STORE_REFUSES'
  // What was to be imported or where to export to, or the program's own files, are wrong.
  | 'BAD_INPUT'
  | 'BAD_SCHEMA'
  | 'BAD_SETTING'
  | 'BAD_OUTPUT'
  | 'PORT_IN_USE'

/** What a program may read of a refusal, beside its sentence. */
export interface RefusalDetails {
  /** What is allowed, and what was asked for. */
  readonly limit?: number
  readonly asked?: number
  /** Seconds after which asking again makes sense. */
  readonly retryAfter?: number
}

/** An error with a stable code and a full sentence: what is wrong, where, and what to do. */
export class RapporteurError extends Error {
  override readonly name = 'RapporteurError'

  readonly details: RefusalDetails

  constructor(
    readonly code: ErrorCode,
    message: string,
    { details = {}, ...options }: { readonly cause?: unknown; readonly details?: RefusalDetails } = {},
  ) {
    super(message, options)
    this.details = details
  }
}
