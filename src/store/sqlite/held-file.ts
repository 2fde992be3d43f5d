import { type BigIntStats, closeSync, fstatSync, openSync, read, readSync, statSync } from 'node:fs'
import { promisify } from 'node:util'
import { crc32 } from 'node:zlib'
import { BLOCK } from './seal.js'

/** Bytes read at once: their checksums take less than a millisecond. */
const AT_ONCE = 16 * BLOCK
const readBytes = promisify(read)

/**
 * Reads the bytes of a file that SQLite may have open in this process. When a process closes any descriptor of a file,
 * POSIX takes all its locks on that file away, by which SQLite's connections are kept from others and others from them:
 * so a descriptor is kept until those are closed.
 */
export class HeldFile {
  /** By inode: another file may have come to the path while connections are still on the old one. */
  readonly #descriptors = new Map<string, number>()

  constructor(readonly path: string) {}

  /** The size of the file at the path, and the checksums of its blocks; off the thread that asks. */
  async checksums(): Promise<{ readonly size: number; readonly checksums: readonly number[] }> {
    const descriptor = this.#open()
    const { size } = fstatSync(descriptor)
    const checksums: number[] = []
    const bytes = Buffer.alloc(AT_ONCE)
    for (let at = 0; at < size; ) {
      const length = await fill(descriptor, bytes, at)
      if (length === 0) break
      for (let from = 0; from < length; from += BLOCK)
        checksums.push(crc32(bytes.subarray(from, Math.min(from + BLOCK, length))))
      at += length
    }
    return { size, checksums }
  }

  /** The first bytes of the file at the path, as many as there are; null where there is no file. */
  head(length: number): Buffer | null {
    if (!statSync(this.path, { throwIfNoEntry: false })) return null
    const bytes = Buffer.alloc(length)
    return bytes.subarray(0, readSync(this.#open(), bytes, 0, length, 0))
  }

  /** To be called when no connection of this process has the file open. */
  release(): void {
    for (const descriptor of this.#descriptors.values()) closeSync(descriptor)
    this.#descriptors.clear()
  }

  #open(): number {
    const known = this.#descriptors.get(identityOf(statSync(this.path, { bigint: true })))
    if (known !== undefined) return known
    const descriptor = openSync(this.path, 'r')
    this.#descriptors.set(identityOf(fstatSync(descriptor, { bigint: true })), descriptor)
    return descriptor
  }
}

const identityOf = ({ dev, ino }: BigIntStats): string => `${dev} ${ino}`

/** Reads until the buffer is full or the file at its end. */
const fill = async (descriptor: number, bytes: Buffer, position: number): Promise<number> => {
  let length = 0
  while (length < bytes.length) {
    const { bytesRead } = await readBytes(descriptor, bytes, length, bytes.length - length, position + length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return length
}
