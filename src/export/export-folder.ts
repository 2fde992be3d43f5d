import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'

/** Characters that are handed on at once. */
const CHUNK = 64 * 1024

/** A file of an export as it was written. */
export interface ExportedFile {
  /** Within the folder. */
  readonly path: string
  readonly bytes: number
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string
}

interface FileOptions {
  readonly gzip?: boolean
  readonly mode?: number
}

/** The folder of an export: writes each file as its content comes, and keeps its hash. */
export class ExportFolder {
  readonly files: ExportedFile[] = []

  constructor(readonly path: string) {}

  /** Writes a file, which is on disk on return. No more of it is held than a chunk. */
  async write(
    path: string,
    content: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
    { gzip = false, mode }: FileOptions = {},
  ): Promise<ExportedFile> {
    const target = join(this.path, path)
    await mkdir(dirname(target), { recursive: true })
    const hash = createHash('sha256')
    let bytes = 0
    const hashed = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        bytes += chunk.length
        yield chunk
      }
    }
    const packed = gzip ? createGzip({ level: constants.Z_BEST_SPEED }) : new PassThrough()
    const output = createWriteStream(target, { flush: true, ...(mode !== undefined && { mode }) })
    await pipeline(inChunks(content), packed, hashed, output)
    const file = { path, bytes, sha256: hash.digest('hex') }
    this.files.push(file)
    return file
  }
}

async function* inChunks(
  content: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let text = ''
  for await (const piece of content) {
    if (typeof piece === 'string') {
      text += piece
      if (text.length < CHUNK) continue
    }
    if (text !== '') yield Buffer.from(text)
    text = ''
    if (typeof piece !== 'string') yield piece
  }
  if (text !== '') yield Buffer.from(text)
}
