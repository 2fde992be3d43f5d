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
  | 'TIMEOUT'
  // The graph changed while an answer of several statements was made.
  | 'CHANGED'
  | 'CANCELLED'
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

/** An error with a stable code and a full sentence: what is wrong, where, and what to do. */
export class RapporteurError extends Error {
  override readonly name = 'RapporteurError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options)
  }
}
