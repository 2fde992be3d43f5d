import { closeSync, openSync, readSync, statSync } from 'node:fs'

/** Milliseconds between two looks at the file. */
const INTERVAL = 100
/** Milliseconds that content must have stayed as it is for it to be taken as what somebody has copied into the file. */
const REST = 300

/** What becomes of a file under a program that reads it. */
export type Sight = 'as it was' | 'gone' | 'other'

interface Seen {
  readonly identity: string
  readonly size: bigint
  readonly modified: bigint
  /** What SQLite itself brought into the file, from its log of changes. */
  readonly broughtIn: string
}

/**
 * Sees that another file has taken the place of the one that is read, or that somebody has copied other content into it.
 * SQLite sees neither: its connections go on with the file they opened, and with the pages they know.
 */
export class FileWatch {
  #seen: Seen | null
  #sight: Sight = 'as it was'
  #lookedAt = performance.now()
  /** Other content, not from SQLite, and since when it has been as it is. */
  #suspect: { readonly modified: bigint; readonly since: number } | null = null

  constructor(readonly path: string) {
    this.#seen = see(path)
  }

  /** What the file is, compared with what it was when this watch began; costs next to nothing where it was asked just now. */
  look(): Sight {
    const now = performance.now()
    if (now - this.#lookedAt < INTERVAL) return this.#sight
    this.#lookedAt = now
    this.#sight = this.#compare(now)
    return this.#sight
  }

  #compare(now: number): Sight {
    const [before, seen] = [this.#seen, see(this.path)]
    if (!seen) return 'gone'
    if (!before || seen.identity !== before.identity || seen.size < before.size) return 'other'
    if (seen.broughtIn !== before.broughtIn || seen.modified === before.modified) {
      this.#seen = seen
      this.#suspect = null
      return 'as it was'
    }
    if (this.#suspect?.modified !== seen.modified) this.#suspect = { modified: seen.modified, since: now }
    return now - this.#suspect.since >= REST ? 'other' : 'as it was'
  }
}

const see = (path: string): Seen | null => {
  const file = statSync(path, { bigint: true, throwIfNoEntry: false })
  if (!file) return null
  const identity = `${file.dev} ${file.ino}`
  return { identity, size: file.size, modified: file.mtimeNs, broughtIn: broughtIn(path) }
}

/** Of the index of SQLite's log: its salts, and how much of the log was brought into the file, or was about to be. */
const broughtIn = (path: string): string => {
  const head = Buffer.alloc(136)
  try {
    const index = openSync(`${path}-shm`, 'r')
    readSync(index, head, 0, head.length, 0)
    closeSync(index)
  } catch {
    // Nobody has the file open.
    return ''
  }
  return [head.subarray(32, 40), head.subarray(96, 100), head.subarray(128, 132)]
    .map((part) => part.toString('hex'))
    .join()
}
