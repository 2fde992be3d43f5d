import { type ErrorCode, RapporteurError } from '../../errors.js'

/**
 * Turns an error of SQLite's, of libsql's or of the file system into a sentence.
 * @param isWriting whether it came while batches were written, so that earlier ones may have been
 */
export const translateError = (error: unknown, location: string, isWriting = false): unknown => {
  if (error instanceof RapporteurError || !(error instanceof Error)) return error
  const refuse = (code: ErrorCode, sentence: string) => new RapporteurError(code, sentence, { cause: error })
  const { code, reason } = told(error)
  const outcome = isWriting ? 'The last batch was not written' : 'Nothing was changed'
  // What is counted beforehand keeps clear of it, but for rare filters with many brackets (SQLite 3.45).
  if (reason.includes('parser stack overflow')) {
    return refuse(
      'DEPTH_LIMIT',
      'Lists and the conditions in their filters stand too deep within each other. Ask for the inner list in a query of its own, or for less in its filter.',
    )
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return refuse(
      'STORE_LOCKED',
      `Another process is writing to "${location}". ${outcome}; wait until it is done and run again.`,
    )
  }
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
    return refuse(
      'STORE_FOREIGN',
      `"${location}" is not a readable SQLite file (${reason}). ${outcome}; restore it from a backup, or choose another path for RAPPORTEUR_STORE.`,
    )
  }
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) {
    return refuse('UNAVAILABLE', `The disk that holds "${location}" is full. ${outcome}; make room and run again.`)
  }
  if (/^(SQLITE_IOERR|EIO|EFBIG)/.test(code)) {
    return refuse(
      'UNAVAILABLE',
      `"${location}" cannot be read or written (${reason}). ${outcome}; see whether the disk has room and is sound, and how large a file may be; then run again.`,
    )
  }
  if (
    /^(SQLITE_(CANTOPEN|READONLY|PERM|AUTH)|E(ACCES|PERM|ISDIR|NOTDIR|ROFS|EXIST|NOENT|LOOP|NAMETOOLONG)$)/.test(code)
  ) {
    return refuse(
      'STORE_ACCESS',
      `"${location}" cannot be opened for reading and writing (${reason}). Choose another path for RAPPORTEUR_STORE, or mend its permissions.`,
    )
  }
  return error
}

/** The names of the errors that SQLite gives by number; further bits of the number only say more of where it failed. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [5, 'SQLITE_BUSY'],
  [6, 'SQLITE_LOCKED'],
  [8, 'SQLITE_READONLY'],
  [10, 'SQLITE_IOERR'],
  [11, 'SQLITE_CORRUPT'],
  [13, 'SQLITE_FULL'],
  [14, 'SQLITE_CANTOPEN'],
  [26, 'SQLITE_NOTADB'],
])

/** The code and the words of an error; some have a number alone, and a file that cannot be opened has it in its words (libsql 0.5.29). */
const told = ({ message, code = '' }: Error & { readonly code?: string }) => {
  const unopened = /^ConnectionFailed\(.*: (\d+)"\)$/s.exec(message)?.[1]
  const number = unopened ?? /^UNKNOWN_SQLITE_ERROR_(\d+)$/.exec(code)?.[1]
  return {
    code: (number && NAMES.get(Number(number) % 256)) ?? code,
    reason: unopened ? 'the file, or a folder or link on the way to it, cannot be opened or made' : message,
  }
}
