import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import { LRUCache } from 'lru-cache'
import Negotiator from 'negotiator'
import type { Layer } from './layer.js'

/** Bytes from which on compressing pays. */
const FROM = 1024
/** Bytes of compressed answers that are kept, with what they were made of, and of the largest that is. */
const KEPT = { maxSize: 32_000_000, maxEntrySize: 4_000_000 }
/** `Accept-Encoding` headers remembered. */
const MAX_ACCEPTS = 50
const COMPRESSIBLE = /^(text\/|image\/svg|application\/([\w.-]+\+)?(json|xml|javascript)\b)/

type Encoding = 'zstd' | 'gzip' | 'br'
type Pack = (data: Buffer, done: (error: Error | null, packed: Buffer) => void) => void

/** One way to compress: at the level that costs least time, since all of them make a tenth of JSON. */
interface Packer {
  readonly pack: Pack
  stream(): Transform
}

/** Node 20 has no zstd. */
interface WithZstd {
  readonly zstdCompress?: Pack
  readonly createZstdCompress?: () => Transform
}

const brotli = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }
const fast = { level: zlib.constants.Z_BEST_SPEED }
const { zstdCompress, createZstdCompress } = zlib as WithZstd
const PACKERS: ReadonlyMap<Encoding, Packer> = new Map([
  ...(zstdCompress && createZstdCompress
    ? [['zstd', { pack: zstdCompress, stream: () => createZstdCompress() }] as const]
    : []),
  ['gzip', { pack: (data, done) => zlib.gzip(data, fast, done), stream: () => zlib.createGzip(fast) }] as const,
  [
    'br',
    { pack: (data, done) => zlib.brotliCompress(data, brotli, done), stream: () => zlib.createBrotliCompress(brotli) },
  ] as const,
])

/** Compresses answers for clients that accept it, from 1 kB on; others are answered as before, at no cost. */
export const compressAnswers: Layer = (next) => {
  const packed = new PackedAnswers()
  const encodings = new LRUCache<string, { readonly encoding: Encoding | undefined }>({ max: MAX_ACCEPTS })
  return (request, response) => {
    const accepts = request.headers['accept-encoding']
    if (typeof accepts === 'string' && request.method !== 'HEAD') {
      const chosen = encodings.get(accepts) ?? { encoding: encodingOf(accepts) }
      encodings.set(accepts, chosen)
      if (chosen.encoding) new Packing(response, chosen.encoding, packed).begin()
    }
    next(request, response)
  }
}

const encodingOf = (accepts: string): Encoding | undefined => {
  const preferred = [...PACKERS.keys()]
  const headers = { 'accept-encoding': accepts }
  // @types/negotiator has no options yet.
  const negotiator = new Negotiator({ headers }) as unknown as {
    encoding(available: readonly string[], options: { readonly preferred: readonly string[] }): string | undefined
  }
  const best = negotiator.encoding([...preferred, 'identity'], { preferred })
  return preferred.find((each) => each === best)
}

/** Remembers compressed answers: what is asked often is compressed once. An answer is told by its bytes alone. */
class PackedAnswers {
  readonly #kept = new LRUCache<string, { readonly plain: Buffer; readonly packed: Buffer }>({
    ...KEPT,
    sizeCalculation: ({ plain, packed }) => plain.length + packed.length,
  })

  /** Compresses; at once where it is known. `null` where it cannot be done. */
  pack(plain: Buffer, encoding: Encoding, done: (packed: Buffer | null) => void): void {
    const key = `${encoding} ${plain.length} ${zlib.crc32(plain)}`
    const known = this.#kept.get(key)
    if (known?.plain.equals(plain)) {
      done(known.packed)
      return
    }
    ;(PACKERS.get(encoding) as Packer).pack(plain, (error, packed) => {
      if (error) {
        done(null)
        return
      }
      if (plain.length + packed.length <= KEPT.maxEntrySize) this.#kept.set(key, { plain, packed })
      done(packed)
    })
  }
}

/** What `node:http` takes to write. */
type Chunk = string | Uint8Array

/** Stands before a response's own writing until it is known what is written. */
class Packing {
  readonly #write
  readonly #end
  readonly #writeHead
  /** Whether the whole body was given, or goes through this. */
  #state: 'open' | 'whole' | Transform = 'open'
  #hasHead = false

  constructor(
    readonly response: ServerResponse,
    readonly encoding: Encoding,
    readonly packed: PackedAnswers,
  ) {
    this.#write = response.write
    this.#end = response.end
    this.#writeHead = response.writeHead
  }

  begin(): void {
    const { response } = this
    Object.assign(response, {
      writeHead: (status: number, ...rest: readonly unknown[]) => this.#head(status, rest),
      write: (chunk: Chunk) => this.#chunk(chunk),
      end: (chunk?: Chunk | null) => this.#last(chunk ?? null),
    })
  }

  /** Headers are kept back: they follow from the body. */
  #head(status: number, rest: readonly unknown[]): ServerResponse {
    const { response } = this
    const headers = (typeof rest[0] === 'string' || rest[0] === undefined ? rest[1] : rest[0]) as
      | OutgoingHttpHeaders
      | undefined
    this.#hasHead = true
    response.statusCode = status
    for (const [name, value] of Object.entries(headers ?? {})) if (value !== undefined) response.setHeader(name, value)
    return response
  }

  #chunk(chunk: Chunk): boolean {
    if (this.#state === 'whole') return true
    if (this.#state !== 'open') return this.#state.write(chunk)
    if (!this.#isCompressible()) return this.#plain().write(chunk)
    const bytes = Buffer.from(chunk as Buffer)
    if (Number(this.response.getHeader('content-length')) === bytes.length) this.#whole(bytes)
    else return this.#stream().write(bytes)
    return true
  }

  #last(chunk: Chunk | null): ServerResponse {
    const { response } = this
    if (this.#state === 'whole') return response
    if (this.#state !== 'open') this.#state.end(chunk ?? undefined)
    else if (chunk === null || !this.#isCompressible()) this.#plain().end(chunk ?? undefined)
    else this.#whole(Buffer.from(chunk as Buffer))
    return response
  }

  #isCompressible(): boolean {
    const { response } = this
    const type = response.getHeader('content-type')
    return typeof type === 'string' && COMPRESSIBLE.test(type) && !response.hasHeader('content-encoding')
  }

  /** Gives the response its own ways back, and sends its head where that was given. */
  #plain(): ServerResponse {
    const { response } = this
    Object.assign(response, { write: this.#write, end: this.#end, writeHead: this.#writeHead })
    if (this.#hasHead) response.writeHead(response.statusCode)
    return response
  }

  /** Says that what is sent depends on what the client accepts. */
  #vary(): void {
    const { response } = this
    const vary = response.getHeader('vary')
    response.setHeader('vary', vary ? `${[vary].flat().join(', ')}, accept-encoding` : 'accept-encoding')
  }

  #whole(bytes: Buffer): void {
    this.#state = 'whole'
    if (bytes.length < FROM) {
      this.#plain().end(bytes)
      return
    }
    const { response } = this
    this.#vary()
    this.packed.pack(bytes, this.encoding, (packed) => {
      if (response.destroyed) return
      if (packed) response.setHeader('content-encoding', this.encoding)
      response.setHeader('content-length', (packed ?? bytes).length)
      this.#plain().end(packed ?? bytes)
    })
  }

  #stream(): Transform {
    const { response } = this
    const stream = (PACKERS.get(this.encoding) as Packer).stream()
    this.#state = stream
    // Its own writing sends the head by itself.
    response.writeHead = this.#writeHead
    this.#vary()
    response.setHeader('content-encoding', this.encoding)
    response.removeHeader('content-length')
    stream.on('data', (chunk: Buffer) => {
      if (!this.#write.call(response, chunk, 'utf8')) stream.pause()
    })
    stream.on('drain', () => response.emit('drain'))
    stream.once('end', () => this.#end.call(response, undefined, 'utf8'))
    stream.once('error', (error) => response.destroy(error))
    response.on('drain', () => stream.resume())
    response.once('close', () => stream.destroy())
    return stream
  }
}
