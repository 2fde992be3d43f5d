import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'

/** A file of a zip: its whole text, or its parts as they are made. */
export interface ZipPart {
  readonly name: string
  readonly content: string | AsyncIterable<string>
}

/** Writes a zip as it is read, one part after the other; a part is begun when the one before is written. */
export async function* writeZip(parts: AsyncIterable<ZipPart>): AsyncGenerator<Buffer, void, undefined> {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  let under: Readable | undefined
  const fill = async (): Promise<void> => {
    for await (const { name, content } of parts) {
      under = Readable.from(typeof content === 'string' ? [content] : content)
      const written = finished(under)
      zip.addReadStream(under, name)
      await written
    }
    zip.end()
  }
  const filled = fill()
  filled.catch((error: Error) => output.destroy(error))
  try {
    for await (const chunk of output) yield chunk as Buffer
    await filled
  } finally {
    // Whoever reads it may go away before the end.
    under?.destroy()
  }
}
