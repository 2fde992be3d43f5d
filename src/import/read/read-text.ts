import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { TextDecoder } from 'node:util'
import { createGunzip } from 'node:zlib'
import { RapporteurError } from '../../errors.js'

/** A file of a source: where it is, its name as messages show it, and its size in bytes. */
export interface SourceFile {
  readonly path: string
  readonly name: string
  readonly size: number
}

/** The error for a file that cannot be used as a whole. */
export const badFile = (where: string, what: string, cause?: unknown): RapporteurError =>
  new RapporteurError('BAD_INPUT', `${where}: ${what}. Nothing was loaded; mend the file and run again.`, { cause })

/** Characters in a chunk of text: small enough for flat memory, large enough that its cost is in the rows. */
const CHUNK_BYTES = 1 << 18

/**
 * Reads a text file in UTF-8, gunzipped where its name ends with `.gz`, as chunks of text without a byte order mark.
 * @throws RapporteurError `BAD_INPUT` for a file that cannot be read, a truncated or damaged gzip, or another encoding
 */
export async function* readText(file: SourceFile, advance: (bytes: number) => void): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  for await (const bytes of readBytes(file, advance)) {
    const text = decode(decoder, bytes, { stream: true }, file, line)
    line += countLines(text)
    yield text
  }
  const rest = decode(decoder, new Uint8Array(), {}, file, line)
  if (rest) yield rest
}

async function* readBytes(file: SourceFile, advance: (bytes: number) => void): AsyncIterable<Uint8Array> {
  const handle = await openFile(file)
  const raw = handle.createReadStream({ highWaterMark: CHUNK_BYTES })
  raw.on('data', (chunk) => advance(chunk.length))
  raw.pause()
  // The error of a pipeline reaches its last stream, from which the loop throws it.
  const bytes = file.path.endsWith('.gz') ? pipeline(raw, createGunzip({ chunkSize: CHUNK_BYTES }), () => {}) : raw
  try {
    yield* bytes as AsyncIterable<Uint8Array>
  } catch (cause) {
    throw badFile(file.name, readingProblem(cause), cause)
  } finally {
    bytes.destroy()
    raw.destroy()
  }
}

const openFile = async (file: SourceFile): Promise<FileHandle> => {
  try {
    return await open(file.path)
  } catch (cause) {
    throw badFile(file.name, `the file cannot be opened (${codeOf(cause)})`, cause)
  }
}

const readingProblem = (cause: unknown): string => {
  switch (codeOf(cause)) {
    case 'Z_BUF_ERROR':
      return 'the gzip file is truncated'
    case 'Z_DATA_ERROR':
      return 'the gzip file is damaged, or is no gzip file'
    case 'EISDIR':
      return 'it is a folder and not a file'
    default:
      return `the file cannot be read (${codeOf(cause)})`
  }
}

const codeOf = (cause: unknown): string => (cause as { readonly code?: string } | null)?.code ?? String(cause)

const decode = (
  decoder: TextDecoder,
  bytes: Uint8Array,
  options: { stream?: boolean },
  file: SourceFile,
  line: number,
): string => {
  try {
    return decoder.decode(bytes, options)
  } catch (cause) {
    const before = new TextDecoder('utf-8').decode(bytes).split('\ufffd', 1)[0] ?? ''
    throw badFile(`${file.name}, line ${line + countLines(before)}`, 'the text is not in UTF-8', cause)
  }
}

/** The number of line ends in a text. */
const countLines = (text: string): number => {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}

/**
 * Reads a file as one text.
 * @param largest in characters
 * @throws RapporteurError `BAD_INPUT` for a file that cannot be read, is not in UTF-8, or is larger
 */
export const readWhole = async (
  file: SourceFile,
  largest: number,
  what: 'file' | 'page',
  advance: (bytes: number) => void,
): Promise<string> => {
  const chunks: string[] = []
  let size = 0
  let line = 1
  for await (const chunk of readText(file, advance)) {
    size += chunk.length
    if (size > largest)
      throw badFile(
        `${file.name}, line ${line}`,
        `the ${what} is larger than ${largest.toLocaleString('en')} characters`,
      )
    line += countLines(chunk)
    chunks.push(chunk)
  }
  return chunks.join('')
}
