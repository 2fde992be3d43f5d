import { TextDecoder } from 'node:util'
import { badFile, readBytes, type SourceFile } from './source-file.js'

/** How the characters of a text file are written. */
export type Encoding = 'utf-8' | 'windows-1252'

/**
 * Reads a text file, gunzipped where its name ends with `.gz`, as chunks of text without a byte order mark.
 * @param otherEncoding what the error of a text in another encoding advises, as a sentence goes on
 * @throws RapporteurError `BAD_INPUT` for a file that cannot be read, a truncated or damaged gzip, or another encoding
 */
export async function* readText(
  file: SourceFile,
  advance: (bytes: number) => void,
  encoding: Encoding = 'utf-8',
  otherEncoding = '',
): AsyncIterable<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let line = 1
  for await (const bytes of readBytes(file, advance)) {
    const text = decode(decoder, bytes, { stream: true }, { file, line, otherEncoding })
    line += countLines(text)
    yield text
  }
  const rest = decode(decoder, new Uint8Array(), {}, { file, line, otherEncoding })
  if (rest) yield rest
}

const decode = (
  decoder: TextDecoder,
  bytes: Uint8Array,
  options: { stream?: boolean },
  { file, line, otherEncoding }: { readonly file: SourceFile; readonly line: number; readonly otherEncoding: string },
): string => {
  try {
    return decoder.decode(bytes, options)
  } catch (cause) {
    const before = new TextDecoder('utf-8').decode(bytes).split('\ufffd', 1)[0] ?? ''
    throw badFile(`${file.name}, line ${line + countLines(before)}`, `the text is not in UTF-8${otherEncoding}`, cause)
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
