import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse } from '../ask/refuse.js'
import { RapporteurError } from '../errors.js'
import type { Question } from '../table/about-table.js'

/** Where short links begin. */
export const LINKS = '/q'
/** The most questions that are kept, and the most bytes of one. */
const MAX_QUESTIONS = 10_000
const MAX_BYTES = 16_384
const HASH = /^[A-Za-z0-9_-]{22}$/

/** Whether it looks like the hash of a question that is kept. */
export const isLinkHash = (text: string): boolean => HASH.test(text)

/** Keeps questions under their hash: a file each, so that several servers may share a folder, and a start reads none. */
export class KeptQuestions {
  /** How many there were when they were counted last, and how many were added since. */
  #count: Promise<number> | null = null

  constructor(
    /** The folder; it is made with the first question. */
    readonly folder: string,
  ) {}

  /**
   * Keeps a question.
   * @returns its hash, which is the same for the same question everywhere
   * @throws GraphQLError `LINK_LIMIT` for one that is too long, and where there are too many; RapporteurError `BAD_OUTPUT`
   */
  async keep({ query, variables, operationName }: Question): Promise<string> {
    const text = JSON.stringify({ query, variables: sorted(variables ?? {}), operationName: operationName || null })
    if (Buffer.byteLength(text) > MAX_BYTES) {
      const sentence = `The question has ${Buffer.byteLength(text)} bytes; links are made of questions of ${MAX_BYTES} at most. Share its text instead.`
      throw refuse('LINK_LIMIT', 413, sentence)
    }
    const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    if (await this.get(hash)) return hash
    if ((await this.#counted()) >= MAX_QUESTIONS) {
      const sentence = `This server keeps ${MAX_QUESTIONS} questions, and has as many. Links that were made stay; share the whole address instead of a short one.`
      throw refuse('LINK_LIMIT', 503, sentence)
    }
    await this.#write(hash, text)
    return hash
  }

  /** The question under a hash; null where nobody had one kept. */
  async get(hash: string): Promise<Question | null> {
    if (!isLinkHash(hash)) return null
    try {
      return JSON.parse(await readFile(join(this.folder, `${hash}.json`), 'utf8')) as Question
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }

  /** Written beside its place first, so that no half question is ever read. */
  async #write(hash: string, text: string): Promise<void> {
    const path = join(this.folder, `${hash}.json`)
    const part = `${path}.${randomBytes(4).toString('hex')}.part`
    try {
      await mkdir(this.folder, { recursive: true })
      await writeFile(part, text)
      await rename(part, path)
      this.#count = this.#counted().then((count) => count + 1)
    } catch (cause) {
      await unlink(part).catch(() => undefined)
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new RapporteurError('BAD_OUTPUT', `The question cannot be kept in "${this.folder}" (${reason}).`, { cause })
    }
  }

  #counted(): Promise<number> {
    this.#count ??= readdir(this.folder).then(
      (names) => names.filter((name) => name.endsWith('.json')).length,
      () => 0,
    )
    return this.#count
  }
}

/** Variables in one order, whatever a client's is. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const names = Object.keys(value).sort()
  return Object.fromEntries(names.map((name) => [name, sorted((value as Readonly<Record<string, unknown>>)[name])]))
}
