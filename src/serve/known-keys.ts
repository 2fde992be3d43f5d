import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { RapporteurError } from '../errors.js'
import type { Allowance } from '../settings.js'
import type { Log } from './log.js'

/** Who has a key, and how much may be asked with it. */
export interface KnownKey {
  readonly name: string
  /** Without one, as much as every client may. */
  readonly allowance: Allowance | null
}

/** Milliseconds between two looks at whether the file has changed. */
const LOOK_EVERY = 1000
const LINE = /^(?<name>[\w.-]{1,60})\s+(?<hash>[0-9a-f]{64})(?:\s+(?<perSecond>\d{1,9})(?:\s+(?<burst>\d{1,9}))?)?$/

/** Whether a key can have this name. */
export const isKeyName = (name: string): boolean => /^[\w.-]{1,60}$/.test(name)

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex')

/** Makes a key, and the line of the file that lets it in; the key itself is kept nowhere. */
export const makeKey = (name: string): { readonly key: string; readonly line: string } => {
  const key = randomBytes(24).toString('base64url')
  return { key, line: `${name} ${hashOf(key)}` }
}

/** The keys of a file, which has a line for each: its name, its SHA-256, and what may be asked with it. */
export class KnownKeys {
  #byHash: ReadonlyMap<string, KnownKey>
  #byName: ReadonlyMap<string, KnownKey>
  #modified = 0
  #lookedAt = performance.now()

  /** @throws RapporteurError `BAD_SETTING` for a file that cannot be read, with the line */
  constructor(
    readonly file: string,
    readonly log: Log,
  ) {
    this.#byHash = this.#read()
    this.#byName = byName(this.#byHash)
  }

  /** Whose key it is. Only hashes are compared, so that the time it takes tells nothing of a key. */
  find(key: string): KnownKey | undefined {
    this.#look()
    return this.#byHash.get(hashOf(key))
  }

  /** How many there are. */
  get count(): number {
    return this.#byHash.size
  }

  named(name: string): KnownKey | undefined {
    return this.#byName.get(name)
  }

  /** Reads the file again where it has changed; one that cannot be read leaves the keys as they were. */
  #look(): void {
    const now = performance.now()
    if (now - this.#lookedAt < LOOK_EVERY) return
    this.#lookedAt = now
    try {
      if (statSync(this.file, { throwIfNoEntry: false })?.mtimeMs === this.#modified) return
      this.#byHash = this.#read()
      this.#byName = byName(this.#byHash)
    } catch (error) {
      this.log(`${(error as Error).message} The keys are as they were.`, { level: 'warn' })
    }
  }

  #read(): ReadonlyMap<string, KnownKey> {
    try {
      const text = readFileSync(this.file, 'utf8')
      this.#modified = statSync(this.file).mtimeMs
      return readKeys(text, this.file)
    } catch (cause) {
      if (cause instanceof RapporteurError) throw cause
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new RapporteurError('BAD_SETTING', `RAPPORTEUR_KEYS names a file that cannot be read (${reason}).`, {
        cause,
      })
    }
  }
}

const byName = (keys: ReadonlyMap<string, KnownKey>): ReadonlyMap<string, KnownKey> =>
  new Map([...keys.values()].map((key) => [key.name, key]))

const readKeys = (text: string, file: string): ReadonlyMap<string, KnownKey> => {
  const keys = new Map<string, KnownKey>()
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const { name, hash, perSecond, burst } = LINE.exec(line.trim())?.groups ?? {}
    if (!name || !hash) {
      const sentence = `Line ${i + 1} of "${file}" is no key. Write a name, the SHA-256 of the key in 64 hexadecimal digits, and, if it may ask more or less than others, its points per second and how many are saved up; "rapporteur key NAME" makes such a line.`
      throw new RapporteurError('BAD_SETTING', sentence)
    }
    const points = perSecond === undefined ? null : Number(perSecond)
    const allowance = points === null ? null : { perSecond: points, burst: Number(burst ?? points * 40) }
    keys.set(hash, { name, allowance })
  }
  return keys
}
