import { TextDecoder } from 'node:util'
import type { FileHead } from '../importer.js'
import { readBytes, type SourceFile } from './source-file.js'

const HEAD_BYTES = 1 << 16

/** The beginning of a file, as far as it can be read: whoever reads the whole tells what is wrong with it. */
export const headOf = async (file: SourceFile): Promise<FileHead> => {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of readBytes(file, () => {})) {
      chunks.push(chunk)
      size += chunk.length
      if (size >= HEAD_BYTES) break
    }
  } catch {
    // A gzip that ends too early may have a whole beginning.
  }
  const text = new TextDecoder('utf-8').decode(Buffer.concat(chunks).subarray(0, HEAD_BYTES))
  return { name: file.name, text: text.trimStart() }
}
