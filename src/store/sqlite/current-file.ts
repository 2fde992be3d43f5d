import { statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { RapporteurError } from '../../errors.js'
import { FileWatch } from './file-watch.js'
import { HeldFile } from './held-file.js'
import { sealPath } from './seal.js'

/** Milliseconds between two attempts with a file that cannot be used. */
const RETRY = 500
/** Milliseconds after which an error of SQLite's is again a reason to open the file anew; twice as long after each. */
const FIRST_DOUBT = 1000
const LONGEST_DOUBT = 60_000
/** Milliseconds that whoever asks waits for a file that is being opened. */
const PATIENCE = 2500

export interface CurrentFileOptions {
  readonly path: string
  readonly location: string
  /** Closes whatever has the file open. */
  letGo(): Promise<void>
  /** Opens what is there now. @throws RapporteurError where that cannot be served */
  admit(): Promise<void>
}

/** Keeps what is read to the file that is at the path now: whichever takes its place is opened. */
export class CurrentFile {
  readonly #options: CurrentFileOptions
  #watch: FileWatch | null = null
  /** The index of SQLite's log. */
  readonly #index: HeldFile
  /** When it and its seal were last changed. */
  #state = ''
  #trying: Promise<void> | null = null
  #triedAt = Number.NEGATIVE_INFINITY
  #doubtedAt = Number.NEGATIVE_INFINITY
  #doubt = FIRST_DOUBT
  /** Why the file cannot be used. */
  #refusal: unknown = null
  /** How often the file was opened anew. */
  #renewals = 0

  constructor(options: CurrentFileOptions) {
    this.#options = options
    this.#index = new HeldFile(`${options.path}-shm`)
  }

  get renewals(): number {
    return this.#renewals
  }

  /** Takes the file as it is now for the one that is read. */
  begin(): void {
    this.#watch = new FileWatch(this.#options.path, this.#index)
    this.#state = this.#seeState()
  }

  /** To be called when nothing has the file open any longer. */
  end(): void {
    this.#index.release()
  }

  /** Whether what is read is the file that is there; else `ensure` has something to do. */
  isEnsured(): boolean {
    if (!this.#watch) this.begin()
    return this.#refusal === null && this.#trying === null && this.#watch?.look() === 'as it was'
  }

  /** Opens anew what has changed. @throws RapporteurError `UNAVAILABLE` and others while there is nothing that can be served */
  async ensure(): Promise<void> {
    if (this.isEnsured()) return
    if (this.#refusal !== null && this.#isStillRefused()) throw this.#refusal
    await this.#renewInTime()
  }

  /**
   * After an error of SQLite's: the file may have changed since the last look.
   * @param renewals how often the file had been opened anew when the statement began
   * @returns whether it was opened anew, so that asking again makes sense
   */
  async wasRenewed(renewals: number): Promise<boolean> {
    const now = performance.now()
    if (renewals !== this.#renewals || this.#trying !== null) await this.ensure()
    else if (now - this.#doubtedAt < this.#doubt) return false
    else {
      const isRecent = now - this.#doubtedAt < LONGEST_DOUBT
      this.#doubt = isRecent ? Math.min(this.#doubt * 2, LONGEST_DOUBT) : FIRST_DOUBT
      this.#doubtedAt = now
      await this.#renewInTime()
    }
    return true
  }

  /** A large file takes longer than anybody should wait; it is opened all the same. */
  async #renewInTime(): Promise<void> {
    const late = new AbortController()
    try {
      await Promise.race([this.#renew(), this.#tooLong(late.signal)])
    } finally {
      late.abort()
    }
  }

  async #tooLong(signal: AbortSignal): Promise<never> {
    await sleep(PATIENCE, undefined, { signal, ref: false })
    const sentence = `"${this.#options.location}" has changed and is being read; questions are answered again when that is done.`
    throw new RapporteurError('UNAVAILABLE', sentence)
  }

  #isStillRefused(): boolean {
    const since = performance.now() - this.#triedAt
    if (since < RETRY) return true
    // All of the file had to be read to find that out: it is not read again before there is a reason.
    const isDamaged = this.#refusal instanceof RapporteurError && this.#refusal.code === 'STORE_DAMAGED'
    return isDamaged && since < LONGEST_DOUBT && this.#state === this.#seeState()
  }

  #seeState(): string {
    const { path } = this.#options
    const stats = [path, sealPath(path)].map((each) => statSync(each, { bigint: true, throwIfNoEntry: false }))
    return stats.map((stat) => stat && `${stat.dev} ${stat.ino} ${stat.size} ${stat.mtimeNs}`).join()
  }

  #renew(): Promise<void> {
    this.#trying ??= this.#renewNow().finally(() => {
      this.#trying = null
    })
    return this.#trying
  }

  async #renewNow(): Promise<void> {
    const { path, location, letGo, admit } = this.#options
    this.#triedAt = performance.now()
    this.#renewals += 1
    try {
      await letGo()
      this.end()
      this.begin()
      if (!statSync(path, { throwIfNoEntry: false })) {
        const sentence = `"${location}" is gone. Put it back, or start the server with another RAPPORTEUR_STORE; questions are answered again when it is there.`
        throw new RapporteurError('UNAVAILABLE', sentence)
      }
      await admit()
      this.#refusal = null
    } catch (error) {
      this.#refusal = error
      throw error
    }
  }
}

/**
 * Refuses a file that is shorter than its own head says; what lacks may also still be in SQLite's log.
 * @throws RapporteurError `STORE_FOREIGN`
 */
export const refuseCutFile = async (file: HeldFile, location: string): Promise<void> => {
  // While SQLite brings its log into the file, the head may be ahead of the rest for a moment.
  for (const last of [false, true]) {
    const lack = lackOf(file)
    if (!lack) return
    if (!last) await sleep(200)
    else {
      const sentence = `"${location}" is not a readable SQLite file (it is cut off: ${lack}). Nothing was changed; restore it from a backup, or choose another path for RAPPORTEUR_STORE.`
      throw new RapporteurError('STORE_FOREIGN', sentence)
    }
  }
}

const lackOf = (file: HeldFile): string | null => {
  const { path } = file
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size < 100 || (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return null
  const head = file.head(100)
  if (head?.length !== 100) return null
  // The size is only true to the head's own count of changes.
  if (head.readUInt32BE(24) !== head.readUInt32BE(92)) return null
  const pageSize = head.readUInt16BE(16)
  const wanted = head.readUInt32BE(28) * (pageSize === 1 ? 65_536 : pageSize)
  return wanted > size ? `${size} of ${wanted} bytes` : null
}
