import { statSync } from 'node:fs'
import { HeldFile } from './held-file.js'

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

  /** @param index of SQLite's log, which it keeps beside the file */
  constructor(
    readonly path: string,
    readonly index = new HeldFile(`${path}-shm`),
  ) {
    this.#seen = this.#see()
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
    const [before, seen] = [this.#seen, this.#see()]
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

  #see(): Seen | null {
    const file = statSync(this.path, { bigint: true, throwIfNoEntry: false })
    if (!file) return null
    const identity = `${file.dev} ${file.ino}`
    return { identity, size: file.size, modified: file.mtimeNs, broughtIn: this.#broughtIn() }
  }

  /** Its salts, and how much of the log was brought into the file, or was about to be; empty where nobody has the file open. */
  #broughtIn(): string {
    const head = headOf(this.index)
    return [head.subarray(32, 40), head.subarray(96, 100), head.subarray(128, 132)]
      .map((part) => part.toString('hex'))
      .join()
  }
}

const headOf = (index: HeldFile): Buffer => {
  try {
    return index.head(136) ?? Buffer.alloc(0)
  } catch {
    // It has gone this moment, with the last who had the file open.
    return Buffer.alloc(0)
  }
}
