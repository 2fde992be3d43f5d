import { type DestinationStream, destination, pino, stdTimeFunctions } from 'pino'
import { scopes } from '../ask/scope.js'
import type { LogLevel, LogSettings } from '../settings.js'

/** What is known of an event apart from its sentence; of no level means `info`. */
export interface LogFields {
  readonly level?: Exclude<LogLevel, 'silent'>
  readonly [name: string]: string | number | boolean | undefined
}

/** Writes one event to the log of the server. */
export type Log = (sentence: string, fields?: LogFields) => void

/** A log that is written to. */
export interface OpenLog {
  readonly log: Log
  /** Of which requests there is a line. */
  readonly requests: Exclude<LogSettings['requests'], 'auto'>
}

/** Bytes that are written together, and the milliseconds after which fewer are. */
const TOGETHER = { minLength: 8192, periodicFlush: 500 }
/** Bytes that wait for whoever reads the log; beyond them, lines are lost rather than memory. */
const WAITING = 4_000_000
/** How often writing is tried again at the exit, a tenth of a second after each time. */
const LAST_TRIES = 20
const RANKS: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 }

/**
 * Opens the log on the error output: as sentences for a person, or as a line of JSON for each event, with its time, its
 * level, and the name of the request that it belongs to.
 * @param isTerminal whether a person reads along
 * @param output where lines of JSON go, instead of the error output
 */
export const openLog = (
  { level, format, requests }: LogSettings,
  isTerminal: boolean,
  output?: DestinationStream,
): OpenLog => {
  const isText = format === 'text' || (format === 'auto' && isTerminal)
  const fallback = isText ? 'off' : 'on'
  return { log: isText ? textLog(level) : jsonLog(level, output), requests: requests === 'auto' ? fallback : requests }
}

const textLog =
  (lowest: LogLevel): Log =>
  (sentence, { level = 'info' } = {}) => {
    if (RANKS[level] >= RANKS[lowest]) process.stderr.write(`${sentence}\n`)
  }

/**
 * The error output, to which nobody who is answered waits to write. What is not written at the exit of the process is
 * written then, whatever the reason for that, unless whoever reads it takes nothing for two seconds.
 */
const openErrorOutput = () => {
  let lastTries = Number.POSITIVE_INFINITY
  // Heard before pino's own listener, which writes the rest.
  process.once('exit', () => {
    lastTries = LAST_TRIES
  })
  return destination({
    ...{ dest: 2, sync: false, ...TOGETHER, maxLength: WAITING },
    retryEAGAIN() {
      lastTries -= 1
      return lastTries >= 0
    },
  })
}

const jsonLog = (level: LogLevel, output?: DestinationStream): Log => {
  const ownOutput = output ? undefined : openErrorOutput()
  // A log that is read by nobody is no failure of what is done.
  ownOutput?.on('error', () => undefined)
  const lines = pino(
    { level, base: null, timestamp: stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    output ?? (ownOutput as DestinationStream),
  )
  return (sentence, { level: at = 'info', ...fields } = {}) => {
    const request = fields['request'] ?? scopes.getStore()?.id
    lines[at](request === undefined ? fields : { ...fields, request }, sentence)
    // What may be the last that is heard of a process is not kept back; whoever reads it may be slow, and nobody waits.
    if (RANKS[at] >= RANKS.warn && lines.isLevelEnabled(at)) ownOutput?.flush()
  }
}
