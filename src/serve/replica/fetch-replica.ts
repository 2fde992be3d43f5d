import { createWriteStream } from 'node:fs'
import { readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { get as getHttp, type IncomingMessage } from 'node:http'
import { get as getHttps } from 'node:https'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { hashFile } from '../../store/hash-file.js'
import { syncFile } from '../../store/sync-file.js'
import { copyPath } from './copy-file.js'
import { VERSION_HEADER } from './replica-headers.js'

/** Milliseconds that an origin may be silent, before its answer and in the middle of it. */
const SILENCE = 30_000

export interface FetchOptions {
  readonly url: URL
  readonly key: string | null
  /** Where what has come so far is kept, so that it need not come again. */
  readonly folder: string
  /** Hashes of copies that are there, or that were refused. */
  readonly known: Iterable<string>
  /** The version that is served; an older one is not fetched. */
  readonly version: number
  readonly signal: AbortSignal
  /** Told of the bytes that have come. */
  readonly onBytes?: (count: number) => void
}

/** What became of asking for a copy. */
export type Fetched =
  /** The origin has this one, which is known. */
  | { readonly kind: 'known'; readonly sha256: string | null }
  /** A file with the hash that was told. */
  | { readonly kind: 'fetched'; readonly path: string; readonly sha256: string; readonly version: number }
  /** The origin gives none now; after so many milliseconds it may. */
  | { readonly kind: 'none'; readonly why: string; readonly wait: number | null }
  /** What it gives is not to be served. */
  | { readonly kind: 'bad'; readonly why: string; readonly sha256: string | null }

/**
 * Asks an origin for a copy that is not known, and fetches it, from where an earlier download was cut.
 * @throws what the network or the disk throws; what has come by then is kept
 */
export const fetchReplica = async (options: FetchOptions): Promise<Fetched> => {
  const { folder, known, signal } = options
  const part = await findPart(folder)
  const response = await ask(options, {
    'accept-encoding': 'identity',
    'if-none-match': [...known].map((hash) => `"${hash}"`).join(', '),
    ...(part && { range: `bytes=${part.size}-`, 'if-range': `"${part.sha256}"` }),
  })
  const { statusCode: status = 0 } = response
  if (status === 200 || status === 206) {
    const offered = readOffer(response)
    const why = 'why' in offered ? offered.why : isOlder(offered, options)
    if ('why' in offered || why !== null) {
      response.destroy()
      return { kind: 'bad', why: why ?? '', sha256: 'why' in offered ? null : offered.sha256 }
    }
    // Not every server minds what it is told to be known.
    if ([...known].includes(offered.sha256)) {
      response.destroy()
      return { kind: 'known', sha256: offered.sha256 }
    }
    const isRest = status === 206 && part?.sha256 === offered.sha256 && offered.from === part.size
    if (status === 206 && !isRest) {
      response.destroy()
      await rm(part?.path ?? '', { force: true })
      return { kind: 'none', why: 'It gave another part of its copy than was asked for.', wait: 0 }
    }
    return receive(response, offered, { folder, signal, part: isRest ? null : part, onBytes: options.onBytes })
  }
  response.resume()
  if (status === 304) return { kind: 'known', sha256: hashIn(response) }
  if (status === 416 && part) {
    await rm(part.path, { force: true })
    return { kind: 'none', why: 'Its copy is shorter than what came of it before.', wait: 0 }
  }
  return { kind: 'none', why: reasonOf(status), wait: waitOf(response) }
}

interface Part {
  readonly path: string
  readonly sha256: string
  readonly size: number
}

/** What came of a copy before the download was cut. */
const findPart = async (folder: string): Promise<Part | null> => {
  for (const name of await readdir(folder)) {
    const sha256 = /^([0-9a-f]{64})\.part$/.exec(name)?.[1]
    if (!sha256) continue
    const path = join(folder, name)
    const { size } = await stat(path)
    if (size > 0) return { path, sha256, size }
  }
  return null
}

const ask = ({ url, key, signal }: FetchOptions, headers: Readonly<Record<string, string>>): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const get = url.protocol === 'https:' ? getHttps : getHttp
    const authorization = key === null ? {} : { authorization: `Bearer ${key}` }
    // A connection of its own: one that was kept may have died meanwhile.
    const request = get(url, { headers: { ...headers, ...authorization }, signal, agent: false, timeout: SILENCE })
    request.once('response', resolve)
    request.on('timeout', () => request.destroy(new Error(`it was silent for ${SILENCE / 1000} s`)))
    request.on('error', reject)
  })

/** What an origin offers. */
interface Offer {
  readonly sha256: string
  readonly version: number
  readonly madeAt: Date
  /** Of the whole file, and from where on it is sent. */
  readonly bytes: number
  readonly from: number
}

const hashIn = ({ headers }: Pick<IncomingMessage, 'headers'>): string | null =>
  /^(?:W\/)?"([0-9a-f]{64})"$/.exec(headers.etag ?? '')?.[1] ?? null

const readOffer = ({ headers, statusCode }: IncomingMessage): Offer | { readonly why: string } => {
  const sha256 = hashIn({ headers })
  const version = Number(headers[VERSION_HEADER] ?? Number.NaN)
  const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers['content-range'] ?? '')
  const bytes = Number(statusCode === 206 ? range?.[2] : headers['content-length'])
  const isWhole =
    Number.isSafeInteger(version) && Number.isSafeInteger(bytes) && headers['content-encoding'] === undefined
  if (!sha256 || !isWhole) {
    return { why: 'It says neither its hash, its size nor its version; is this the address of a server of Rapporteur?' }
  }
  const made = Date.parse(headers['last-modified'] ?? '')
  const madeAt = Number.isNaN(made) ? new Date() : new Date(made)
  return { sha256, version, madeAt, bytes, from: Number(range?.[1] ?? 0) }
}

const isOlder = ({ version }: Offer, { version: served, folder }: FetchOptions): string | null =>
  version < served
    ? `It is of version ${version} of the graph, and version ${served} is served here. If a backup was restored there on purpose, stop this server, delete "${folder}" and start it again.`
    : null

interface Receiving {
  readonly folder: string
  readonly signal: AbortSignal
  /** What came of another copy. */
  readonly part: Part | null
  readonly onBytes: FetchOptions['onBytes']
}

const receive = async (
  response: IncomingMessage,
  { sha256, version, madeAt, bytes, from }: Offer,
  { folder, signal, part, onBytes }: Receiving,
): Promise<Fetched> => {
  if (part) await rm(part.path, { force: true })
  const path = join(folder, `${sha256}.part`)
  response.on('data', (chunk: Buffer) => onBytes?.(chunk.length))
  await pipeline(response, createWriteStream(path, { flags: from > 0 ? 'a' : 'w' }), { signal })
  const { size } = await stat(path)
  const found = size === bytes ? await hashFile(path) : null
  if (found !== sha256) {
    await rm(path, { force: true })
    const what = found === null ? `It has ${size} bytes, and should have ${bytes}` : `Its hash is ${found}`
    return { kind: 'bad', why: `${what}, so that it was not sent as it is.`, sha256: null }
  }
  await syncFile(path)
  await utimes(path, madeAt, madeAt)
  const whole = copyPath(folder, sha256)
  await rename(path, whole)
  await syncFile(folder)
  return { kind: 'fetched', path: whole, sha256, version }
}

const reasonOf = (status: number): string => {
  if (status === 401 || status === 403) return 'It asks for another key than that of RAPPORTEUR_REPLICA_KEY.'
  if (status === 404) return 'It gives no copies of its store; RAPPORTEUR_REPLICA must be "on" there.'
  if (status === 429) return 'It gives copies to others at the moment.'
  if (status === 503) return 'It has no copy to give at the moment.'
  if (status >= 300 && status < 400) return 'It leads to another address; give that one.'
  return `It answers with HTTP ${status}.`
}

const waitOf = ({ headers }: IncomingMessage): number | null => {
  const seconds = Number(headers['retry-after'] ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null
}
