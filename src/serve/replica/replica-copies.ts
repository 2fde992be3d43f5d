import { existsSync } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { RapporteurError } from '../../errors.js'
import type { GraphStore } from '../../store/graph-store.js'
import { hashFile } from '../../store/hash-file.js'
import type { Log } from '../log.js'
import { type CopyFile, copiesIn, copyPath } from './copy-file.js'

/** Milliseconds, at least, between the beginnings of two copies; and how many times as long as making one takes. */
const PAUSE = 60_000
const TIMES_AS_LONG = 10
/** Milliseconds that whoever asks waits for a copy that is being made. */
const PATIENCE = 10_000

export interface ReplicaCopiesOptions {
  /** Where copies are kept; made when the first is. */
  readonly folder: string
  /** @throws RapporteurError `UNAVAILABLE` while there is none */
  readonly store: () => GraphStore
  /** Opens a copy to be read. */
  readonly open: (path: string) => Promise<GraphStore>
  readonly log: Log
  readonly pause?: number
  readonly patience?: number
}

/** A copy that stays where it is until it is let go of. */
export interface HeldCopy extends CopyFile {
  readonly madeAt: Date
  letGo(): void
}

interface Kept extends CopyFile {
  madeAt: Date
  readers: number
}

/**
 * Keeps one copy of the store, which is made anew when somebody asks for one and the graph has changed: by one maker for
 * all who ask, and not more often than once in a while. A copy that is out of date goes when nobody reads it any more.
 */
export class ReplicaCopies {
  readonly #options: ReplicaCopiesOptions
  readonly #kept = new Set<Kept>()
  #latest: Kept | null = null
  #making: Promise<void> | null = null
  #isKnown = false
  #nextAt = Number.NEGATIVE_INFINITY
  /** Why the last attempt failed. */
  #failure: unknown = null

  constructor(options: ReplicaCopiesOptions) {
    this.#options = options
  }

  /**
   * The copy to give now: of the graph as it is, or as it was a minute ago at most, or as long as making one takes.
   * @throws RapporteurError `UNAVAILABLE` where there is none yet, or none can be made
   */
  async current(): Promise<HeldCopy> {
    const { store, patience = PATIENCE } = this.#options
    const { version, changedAt } = await store().state()
    if (!this.#isCurrent(version, changedAt)) {
      if (this.#making === null && performance.now() >= this.#nextAt) this.#begin(version, changedAt)
      // What fails is told to all who ask until it is tried again.
      if (this.#making !== null) await Promise.race([this.#making, sleep(patience, undefined, { ref: false })])
      else if (this.#failure !== null) throw this.#failure
    }
    const latest = this.#latest
    if (latest) return this.#hold(latest)
    throw new RapporteurError('UNAVAILABLE', 'The copy is being made. Ask again in a few seconds.')
  }

  #isCurrent(version: number, changedAt: string | null): boolean {
    const latest = this.#latest
    if (latest && !existsSync(latest.path)) this.#latest = null
    return this.#latest?.version === version && this.#latest.changedAt === changedAt
  }

  #hold(kept: Kept): HeldCopy {
    kept.readers += 1
    let isHeld = true
    const letGo = (): void => {
      if (!isHeld) return
      isHeld = false
      kept.readers -= 1
      this.#sweep()
    }
    return { ...kept, letGo }
  }

  #begin(version: number, changedAt: string | null): void {
    const begun = performance.now()
    this.#making = this.#make(version, changedAt)
      .then(
        () => {
          this.#failure = null
        },
        (error: unknown) => {
          this.#failure = error
          const why = error instanceof Error ? error.message : error
          this.#options.log(`No copy of the store could be made: ${why}`, { level: 'warn' })
          throw error
        },
      )
      .finally(() => {
        const took = performance.now() - begun
        this.#nextAt = begun + Math.max(this.#options.pause ?? PAUSE, took * TIMES_AS_LONG)
        this.#making = null
      })
    // Whoever waits for it is told.
    this.#making.catch(() => undefined)
  }

  async #make(version: number, changedAt: string | null): Promise<void> {
    const { folder, store, log } = this.#options
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const found = this.#isKnown ? null : await this.#findOf(version, changedAt)
    this.#isKnown = true
    if (found) {
      this.#keep(found, (await stat(found.path)).mtime)
      return
    }
    const begun = performance.now()
    const part = join(folder, 'new.sqlite')
    await rm(part, { force: true })
    const copy = await store().copyTo(part)
    if (copy.isUnfinished) {
      await rm(part, { force: true })
      if (this.#latest) return
      const sentence = 'An import is under way that makes indexes at its end; there is no copy before.'
      throw new RapporteurError('UNAVAILABLE', sentence)
    }
    const path = copyPath(folder, copy.sha256)
    await rename(part, path)
    this.#keep({ path, ...copy }, new Date())
    const took = ((performance.now() - begun) / 1000).toFixed(1)
    log(`Made a copy of version ${copy.version} for followers: ${(copy.bytes / 1e6).toFixed(1)} MB in ${took} s.`)
  }

  #keep(copy: CopyFile, madeAt: Date): void {
    // The same state made again is the same file, which whoever reads the older one reads as well.
    const same = [...this.#kept].find(({ path }) => path === copy.path)
    const kept = same ?? { ...copy, madeAt, readers: 0 }
    Object.assign(kept, copy, { madeAt })
    this.#kept.add(kept)
    this.#latest = kept
    this.#sweep()
  }

  /** Of a server that ran before: its copy, if it is of this state and whole; all others are deleted. */
  async #findOf(version: number, changedAt: string | null): Promise<CopyFile | null> {
    const { folder } = this.#options
    let found: CopyFile | null = null
    for (const sha256 of await copiesIn(folder)) {
      const copy = { path: copyPath(folder, sha256), sha256, version, changedAt }
      if (!found && (await this.#isOf(copy).catch(() => false))) found = copy
      else await rm(copy.path, { force: true })
    }
    return found
  }

  async #isOf({ path, sha256, version, changedAt }: CopyFile): Promise<boolean> {
    if ((await hashFile(path)) !== sha256) return false
    const store = await this.#options.open(path)
    try {
      const state = await store.state()
      return state.version === version && state.changedAt === changedAt
    } finally {
      await store.close()
    }
  }

  #sweep(): void {
    for (const kept of this.#kept) {
      if (kept === this.#latest || kept.readers > 0) continue
      this.#kept.delete(kept)
      rm(kept.path, { force: true }).catch(() => undefined)
    }
  }
}
