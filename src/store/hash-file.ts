import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** Bytes that are read at once, so that nobody else waits for long in between. */
const AT_ONCE = 1 << 20

/** The SHA-256 of a file, in hexadecimal digits. */
export const hashFile = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: AT_ONCE })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
