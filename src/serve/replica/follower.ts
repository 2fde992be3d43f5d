import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { RapporteurError } from '../../errors.js'
import type { GraphStore } from '../../store/graph-store.js'
import { hashFile } from '../../store/hash-file.js'
import type { Log } from '../log.js'
import { type CopyFile, copiesIn, copyPath } from './copy-file.js'
import { type Fetched, fetchReplica } from './fetch-replica.js'

/** Copies that were refused and are remembered, so that they are not fetched again. */
const MOST_REFUSED = 20
/** Milliseconds of the longest wait for an origin that does not answer. */
const LONGEST_WAIT = 300_000
/** Milliseconds until a download that was cut is gone on with. */
const SOON = 1000
/** Milliseconds that a stopping server waits for what is being looked at. */
const LAST_WAIT = 1000
const WARN = { level: 'warn' } as const

/** Who is followed, and how. */
export interface Following {
  /** The address of the server whose store is followed. */
  readonly origin: URL
  readonly key: string | null
  /** Milliseconds between two looks at whether there is a new copy. */
  readonly every: number
  /** Where copies are kept; no other server may use it. */
  readonly folder: string
  /** Opens a copy to be read. @throws RapporteurError where this program cannot serve it */
  open(path: string): Promise<GraphStore>
}

/** Has a store served in the place of the one before. @returns settles when nobody uses that any more */
export type ChangeOver = (store: GraphStore) => Promise<{ readonly retired: Promise<void> }>

interface Current extends CopyFile {
  /** When the origin last had this copy, as far as is known. */
  asOf: Date
}

/**
 * Follows a server by the copies of its store that it gives: has each new one served that is whole and can be, and goes
 * on with the last one for as long as there is none.
 */
export class Follower {
  readonly #following: Following
  readonly #log: Log
  readonly #url: URL
  readonly #stopped = new AbortController()
  /** Hashes of copies that cannot be served. */
  readonly #refused = new Set<string>()
  #current: Current | null = null
  #hasLooked = false
  /** Whether what was served first had been fetched by a server that ran before. */
  #isKept = false
  #timer: NodeJS.Timeout | undefined
  #polling: Promise<unknown> = Promise.resolve()
  #failures = 0
  /** Since when there has been no answer of use, and why. */
  #trouble: { readonly since: Date; readonly why: string } | null = null

  constructor(following: Following, log: Log) {
    this.#following = following
    this.#log = log
    this.#url = replicaOf(following.origin)
  }

  /**
   * The store to begin with: the newest copy that was fetched before, or one that is fetched now.
   * @throws RapporteurError `UNAVAILABLE` where there is none
   */
  async first(): Promise<GraphStore> {
    await mkdir(this.#following.folder, { recursive: true, mode: 0o700 })
    const kept = this.#hasLooked ? null : await this.#openKept()
    this.#hasLooked = true
    this.#isKept = kept !== null
    if (kept) return kept
    const { store } = await this.#look()
    if (store) return store
    const sentence = `There is no copy of the store of ${this.#url.origin} yet. ${this.#trouble?.why ?? ''}`.trim()
    throw new RapporteurError('UNAVAILABLE', sentence)
  }

  /** Looks for new copies from now on, and has them served. */
  start(changeOver: ChangeOver): void {
    const again = (wait: number): void => {
      if (this.#stopped.signal.aborted) return
      this.#timer = setTimeout(() => {
        this.#polling = this.#poll(changeOver).then(again)
      }, wait)
      this.#timer.unref()
    }
    again(this.#isKept ? 0 : this.#next(null))
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    clearTimeout(this.#timer)
    await Promise.race([this.#polling, sleep(LAST_WAIT, undefined, { ref: false })])
  }

  /** As of when the answers are, while there is a copy. */
  get asOf(): Date | undefined {
    return this.#current?.asOf
  }

  /** What is served, from whom and as of when. */
  describe(): string {
    if (!this.#current) return ''
    const { version, asOf } = this.#current
    const copy = `It follows ${this.#url.origin}: version ${version} of the graph, as of ${asOf.toISOString()}.`
    if (!this.#trouble) return copy
    return `${copy} Since ${this.#trouble.since.toISOString()} no newer copy could be had.`
  }

  /** The same for a client, as headers. */
  headers(): Readonly<Record<string, string>> {
    if (!this.#current) return {}
    return {
      'rapporteur-as-of': this.#current.asOf.toISOString(),
      ...(this.#trouble && { 'rapporteur-origin-silent-since': this.#trouble.since.toISOString() }),
    }
  }

  /** @returns milliseconds until the next look */
  async #poll(changeOver: ChangeOver): Promise<number> {
    const before = this.#current
    const { store, wait } = await this.#look()
    if (!store) return wait
    try {
      const { retired } = await changeOver(store)
      this.#log(`${this.#url.origin} has version ${this.#current?.version} of the graph, which is served from now on.`)
      // Its connections may still open the file.
      retired.then(() => this.#sweep()).catch(() => undefined)
    } catch (error) {
      const refused = this.#current
      this.#current = before
      await store.close()
      this.#refuse(sentenceOf(error), refused?.sha256 ?? null)
    }
    return wait
  }

  /** Looks once for a copy that is not known. Nothing is thrown: what is wrong is told in the log. */
  async #look(): Promise<{ readonly store: GraphStore | null; readonly wait: number }> {
    let came = 0
    try {
      const { folder, key } = this.#following
      const fetched = await fetchReplica({
        url: this.#url,
        key,
        folder,
        known: [...(this.#current ? [this.#current.sha256] : []), ...this.#refused],
        version: this.#current?.version ?? 0,
        signal: this.#stopped.signal,
        onBytes: (count) => {
          came += count
        },
      })
      return await this.#take(fetched)
    } catch (error) {
      if (!this.#stopped.signal.aborted) this.#fail(sentenceOf(error))
      // What was cut on its way is gone on with soon, as long as something comes.
      return { store: null, wait: came > 0 ? SOON : this.#next(null) }
    }
  }

  async #take(fetched: Fetched) {
    switch (fetched.kind) {
      case 'known':
        // One that was refused is no reason to say that all is well.
        if (fetched.sha256 === null || fetched.sha256 === this.#current?.sha256) this.#succeed()
        else this.#failures = 0
        return { store: null, wait: this.#next(null) }
      case 'none':
        this.#fail(fetched.why)
        return { store: null, wait: this.#next(fetched.wait) }
      case 'bad':
        this.#refuse(fetched.why, fetched.sha256)
        return { store: null, wait: this.#next(null) }
      case 'fetched': {
        const store = await this.#admit(fetched)
        if (store) this.#succeed()
        return { store, wait: this.#next(null) }
      }
    }
  }

  /** Opens what was fetched, unless it cannot be served. */
  async #admit({ path, sha256, version }: Fetched & { readonly kind: 'fetched' }): Promise<GraphStore | null> {
    let store: GraphStore | undefined
    try {
      const madeAt = (await stat(path)).mtime
      store = await this.#following.open(path)
      const state = await store.state()
      if (state.version !== version) {
        const sentence = `It says that it is of version ${version}, and is of version ${state.version}.`
        throw new RapporteurError('STORE_FOREIGN', sentence)
      }
      this.#current = { path, sha256, ...state, asOf: madeAt }
      return store
    } catch (error) {
      await store?.close()
      await rm(path, { force: true })
      if (!(error instanceof RapporteurError)) throw error
      this.#refuse(error.message, sha256)
      return null
    }
  }

  /** Opens the copy of the highest version among those that are kept and as they were when they came. */
  async #openKept(): Promise<GraphStore | null> {
    const { folder, open } = this.#following
    let best: GraphStore | null = null
    for (const sha256 of await copiesIn(folder)) {
      const path = copyPath(folder, sha256)
      try {
        if ((await hashFile(path)) !== sha256)
          throw new RapporteurError('STORE_FOREIGN', 'It is not as it was when it was fetched.')
        const store = await open(path)
        const state = await store.state()
        const isBetter = !this.#current || state.version > this.#current.version
        await (isBetter ? best : store)?.close()
        if (!isBetter) continue
        best = store
        this.#current = { path, sha256, ...state, asOf: (await stat(path)).mtime }
      } catch (error) {
        if (!(error instanceof RapporteurError)) throw error
        this.#log(`The copy "${path}" cannot be served and was deleted. ${error.message}`, WARN)
        await rm(path, { force: true })
      }
    }
    if (best) await this.#sweep()
    return best
  }

  /** Deletes what is neither served nor on its way. */
  async #sweep(): Promise<void> {
    const { folder } = this.#following
    for (const name of await readdir(folder)) {
      const path = join(folder, name)
      if (path !== this.#current?.path && !name.endsWith('.part')) await rm(path, { force: true })
    }
  }

  #succeed(): void {
    if (this.#current) this.#current.asOf = new Date()
    if (this.#trouble) this.#log(`${this.#url.origin} answers again.`)
    this.#failures = 0
    this.#trouble = null
  }

  #fail(why: string): void {
    this.#failures += 1
    // Until there is a first copy, whoever opens the store tells it.
    if (this.#current && this.#trouble?.why !== why)
      this.#log(`No copy could be fetched from ${this.#url.origin}: ${why}`, WARN)
    this.#trouble = { since: this.#trouble?.since ?? new Date(), why }
  }

  #refuse(why: string, sha256: string | null): void {
    if (sha256) this.#refused.add(sha256)
    // Each is told to the origin, which reads so much and no more.
    const [oldest] = this.#refused
    if (oldest && this.#refused.size > MOST_REFUSED) this.#refused.delete(oldest)
    this.#log(`A copy from ${this.#url.origin} was refused: ${why} What was served before is served on.`, WARN)
    this.#failures += 1
    this.#trouble = { since: this.#trouble?.since ?? new Date(), why }
  }

  /** Milliseconds until it is looked again: longer after each failure, and never all followers at once. */
  #next(asked: number | null): number {
    const { every } = this.#following
    const wait = Math.min(every * 2 ** Math.min(this.#failures, 10), Math.max(every, LONGEST_WAIT))
    return Math.min(asked ?? wait, LONGEST_WAIT) * (0.9 + Math.random() * 0.2)
  }
}

/** The address of the copies of a server, of which the address is given. */
const replicaOf = (origin: URL): URL => {
  const url = new URL(origin)
  url.pathname = `${url.pathname.replace(/\/(graphql\/?)?$/, '')}/replica`
  url.search = ''
  url.hash = ''
  return url
}

const sentenceOf = (error: unknown): string => {
  const { code = '', message } = error as NodeJS.ErrnoException
  if (/^(ENOSPC|EDQUOT)$/.test(code)) return 'The disk here is full; make room.'
  if (/^(EACCES|EPERM|EROFS|EIO|EFBIG)$/.test(code)) return `The copy cannot be written here (${message}).`
  if (error instanceof RapporteurError) return error.message
  return `It does not answer (${message || code}).`
}
