import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { basename, dirname } from 'node:path'
import send from 'send'
import { scopes } from '../../ask/scope.js'
import { type ErrorCode, RapporteurError } from '../../errors.js'
import type { Layer } from '../front/layer.js'
import type { Log } from '../log.js'
import { refusalBody } from '../refusal-body.js'
import type { HeldCopy, ReplicaCopies } from './replica-copies.js'
import { REPLICA_PATH, VERSION_HEADER } from './replica-headers.js'

/** Downloads at once: of all, and of one client. */
const MAX_DOWNLOADS = 4
const MAX_OF_CLIENT = 1
/** Milliseconds after which a download is cut off whose client takes nothing. */
const IDLE = 60_000

export interface ReplicaOptions {
  readonly copies: ReplicaCopies
  /** Without which nobody is given a copy; null where everybody may have one. */
  readonly key: string | null
  readonly log: Log
}

/**
 * Gives a copy of the store's file at `/replica`, to followers and whoever else wants all of it: with its hash, so that
 * it can be verified, and in ranges, so that a download that was cut can be resumed.
 * @param options null where no copies are given
 */
export const giveReplica = (options: ReplicaOptions | null): Layer => {
  const downloads = new Downloads()
  return (next) => (request, response) => {
    const { url = '' } = request
    if (url !== REPLICA_PATH && !url.startsWith(`${REPLICA_PATH}?`)) return next(request, response)
    if (!options) return refuse(response, 404, 'NOT_FOUND', 'This server gives no copies of its store.')
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return refuse(response, 405, 'BAD_REQUEST', `Ask for ${REPLICA_PATH} with GET.`)
    }
    if (!hasKey(request, options.key)) {
      response.setHeader('www-authenticate', 'Bearer')
      const sentence = 'Copies of the store are given to those who have its key. Send it as "Authorization: Bearer …".'
      return refuse(response, 401, 'BAD_KEY', sentence)
    }
    give(request, response, options, downloads).catch((error: unknown) => {
      options.log(`${REPLICA_PATH}: ${error instanceof Error ? error.message : error}`, { level: 'error' })
      if (!response.headersSent) unavailable(response, NOT_NOW)
      else response.destroy()
    })
  }
}

const NOT_NOW = 'No copy of the store can be given at the moment; the log of the server says why. Ask again later.'

const give = async (
  request: IncomingMessage,
  response: ServerResponse,
  { copies, key }: ReplicaOptions,
  downloads: Downloads,
): Promise<void> => {
  let copy: HeldCopy
  try {
    copy = await copies.current()
  } catch (error) {
    const { code, message } = error instanceof RapporteurError ? error : { code: null, message: '' }
    // What is wrong with the disk or the file has paths in it, and is in the log.
    return unavailable(response, code === 'UNAVAILABLE' && !message.includes('"') ? message : NOT_NOW)
  }
  response.once('close', copy.letGo)
  if (response.destroyed) return copy.letGo()
  const headers = headersOf(copy, key)
  if (isKnown(request, headers.etag)) {
    const { etag, [VERSION_HEADER]: version, 'cache-control': control } = headers
    response.writeHead(304, { etag, [VERSION_HEADER]: version, 'cache-control': control }).end()
    return
  }
  if (request.method === 'GET') {
    const sentence = downloads.begin(response)
    if (sentence) {
      response.setHeader('retry-after', 10)
      return refuse(response, 429, 'RATE_LIMIT', sentence)
    }
    response.setTimeout(IDLE, () => response.destroy())
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  const options = { root: dirname(copy.path), cacheControl: false, dotfiles: 'allow', index: false } as const
  send(request, basename(copy.path), options)
    .on('error', (error: Error & { readonly status?: number }) => answerError(response, error, headers.etag))
    .pipe(response)
}

/** Who downloads now. */
class Downloads {
  readonly #clients = new Map<string, number>()
  #all = 0

  /** Counts a download until its response is closed. @returns why it has to wait, if so */
  begin(response: ServerResponse): string | null {
    const client = scopes.getStore()?.client ?? ''
    const own = this.#clients.get(client) ?? 0
    if (own >= MAX_OF_CLIENT) return 'You are downloading a copy already. Wait until that is done, then ask again.'
    if (this.#all >= MAX_DOWNLOADS) return `${MAX_DOWNLOADS} clients are downloading a copy now. Ask again later.`
    this.#all += 1
    this.#clients.set(client, own + 1)
    response.once('close', () => {
      this.#all -= 1
      const left = (this.#clients.get(client) ?? 1) - 1
      if (left > 0) this.#clients.set(client, left)
      else this.#clients.delete(client)
    })
    return null
  }
}

const headersOf = ({ sha256, version, madeAt }: HeldCopy, key: string | null) => ({
  'content-type': 'application/vnd.sqlite3',
  'content-disposition': `attachment; filename="rapporteur-${version}.sqlite"`,
  'x-content-type-options': 'nosniff',
  'cache-control': key === null ? 'no-cache' : 'private, no-cache',
  etag: `"${sha256}"`,
  'last-modified': madeAt.toUTCString(),
  'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
  [VERSION_HEADER]: String(version),
})

/** Whether the client says that it has this copy. It is told so even where it wants no answer out of a cache, for which `send` gives it all. */
const isKnown = ({ headers }: IncomingMessage, etag: string): boolean =>
  (headers['if-none-match'] ?? '').split(',').some((each) => [etag, `W/${etag}`, '*'].includes(each.trim()))

/** Compared by their hashes, so that the time it takes says nothing about the key. */
const hasKey = ({ headers }: IncomingMessage, key: string | null): boolean => {
  if (key === null) return true
  const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
  const [one, other] = [given, key].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(one as Buffer, other as Buffer)
}

const answerError = (response: ServerResponse, { status }: { readonly status?: number }, etag: string): void => {
  if (response.headersSent) {
    response.destroy()
    return
  }
  for (const name of ['content-disposition', 'content-length', 'last-modified', 'repr-digest'])
    response.removeHeader(name)
  if (status === 416) refuse(response, 416, 'BAD_REQUEST', 'The copy does not have the bytes that were asked for.')
  else if (status === 412) refuse(response, 412, 'BAD_REQUEST', `The copy that is given now is ${etag}.`)
  else unavailable(response, NOT_NOW)
}

const unavailable = (response: ServerResponse, sentence: string): void => {
  response.setHeader('retry-after', 30)
  refuse(response, 503, 'UNAVAILABLE', sentence)
}

const refuse = (response: ServerResponse, status: number, code: ErrorCode | string, sentence: string): void => {
  const { body, headers } = refusalBody(code, sentence)
  response
    .writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' })
    .end(body)
}
