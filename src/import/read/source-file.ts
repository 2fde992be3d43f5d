import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { RapporteurError } from '../../errors.js'

/** A file of a source, wherever it lies: on the disk, or in a zip. */
export interface SourceFile {
  /** Its name as messages show it, without a folder. */
  readonly name: string
  /** Its size in bytes, as it is. */
  readonly size: number
  /** The path of the zip in which it lies, if it lies in one. */
  readonly zip?: string
  /**
   * Its bytes from the beginning, as they are; may be asked for more than once.
   * @throws RapporteurError `BAD_INPUT` for a file that cannot be read
   */
  bytes(): AsyncIterable<Uint8Array>
}

/** The error for a file that cannot be used as a whole. */
export const badFile = (where: string, what: string, cause?: unknown): RapporteurError =>
  new RapporteurError('BAD_INPUT', `${where}: ${what}. Nothing was loaded; mend the file and run again.`, { cause })

/** Bytes in a chunk: small enough for flat memory, large enough that its cost is in the rows. */
const CHUNK_BYTES = 1 << 18

/** A file on the disk. */
export const fileOnDisk = (path: string, name: string, size: number): SourceFile => ({
  name,
  size,
  async *bytes() {
    const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES })
    try {
      yield* stream as AsyncIterable<Uint8Array>
    } catch (cause) {
      throw badFile(name, `the file cannot be read (${codeOf(cause)})`, cause)
    } finally {
      stream.destroy()
    }
  },
})

/** The most bytes that one archive may unpack to: thirty times the largest real table. */
export const MAX_UNPACKED = 64_000_000_000
/** Beyond this ratio an archive is taken for a bomb; real tables are packed to a tenth or twentieth. */
const MAX_RATIO = 200
/** Bytes of which the ratio says nothing: a small file of one repeated row is harmless. */
const SMALL = 64_000_000

/** What is wrong with the size to which an archive unpacks, as a sentence's part; null where it is plausible. */
export const bombProblem = (unpacked: number, packed: number): string | null => {
  const advice = 'which no real file does; unpack it yourself if you trust it'
  if (unpacked > MAX_UNPACKED) return `it unpacks to more than ${MAX_UNPACKED / 1e9} GB, ${advice}`
  if (unpacked > SMALL && unpacked > packed * MAX_RATIO)
    return `it unpacks to more than ${MAX_RATIO} times its size, ${advice}`
  return null
}

/**
 * Reads the bytes of a file, gunzipped where its name ends with `.gz`.
 * @param advance is told the bytes read, as they are in the file
 * @throws RapporteurError `BAD_INPUT` for a file that cannot be read, a truncated or damaged gzip, or a gzip bomb
 */
export async function* readBytes(file: SourceFile, advance: (bytes: number) => void): AsyncIterable<Uint8Array> {
  const packed = counted(file.bytes(), advance)
  if (!file.name.toLowerCase().endsWith('.gz')) {
    yield* packed
    return
  }
  // The error of a pipeline reaches its last stream, from which the loop throws it.
  const unpacked = pipeline(packed, createGunzip({ chunkSize: CHUNK_BYTES }), () => {})
  let size = 0
  try {
    for await (const chunk of unpacked as AsyncIterable<Uint8Array>) {
      size += chunk.length
      const bomb = bombProblem(size, file.size)
      if (bomb) throw badFile(file.name, bomb)
      yield chunk
    }
  } catch (cause) {
    throw cause instanceof RapporteurError ? cause : badFile(file.name, gzipProblem(cause), cause)
  } finally {
    unpacked.destroy()
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  advance: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    advance(chunk.length)
    yield chunk
  }
}

const gzipProblem = (cause: unknown): string => {
  switch (codeOf(cause)) {
    case 'Z_BUF_ERROR':
      return 'the gzip file is truncated'
    case 'Z_DATA_ERROR':
      return 'the gzip file is damaged, or is not a gzip file'
    default:
      return `the file cannot be read (${codeOf(cause)})`
  }
}

export const codeOf = (cause: unknown): string => (cause as { readonly code?: string } | null)?.code ?? String(cause)
