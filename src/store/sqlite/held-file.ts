import type { BigIntStats } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { BLOCK } from './seal.js'

/** Bytes read at once: their checksums take less than a millisecond. */
const AT_ONCE = 16 * BLOCK

/**
 * Reads the bytes of a file that SQLite may have open in this process. POSIX takes all locks of a process on a file away
 * when any handle of it is closed, and with them what SQLite's connections rely on: so the handle is kept until these are closed.
 */
export class HeldFile {
  /** By inode: another file may have come to the path while connections are still on the old one. */
  readonly #handles = new Map<string, FileHandle>()

  constructor(readonly path: string) {}

  /** The size of the file at the path, and the checksums of its blocks; off the thread that asks. */
  async checksums(): Promise<{ readonly size: number; readonly checksums: readonly number[] }> {
    const handle = await this.#open()
    const { size } = await handle.stat()
    const checksums: number[] = []
    const bytes = Buffer.alloc(AT_ONCE)
    for (let at = 0; at < size; ) {
      const length = await fill(handle, bytes, at)
      if (length === 0) break
      for (let from = 0; from < length; from += BLOCK)
        checksums.push(crc32(bytes.subarray(from, Math.min(from + BLOCK, length))))
      at += length
    }
    return { size, checksums }
  }

  /** To be called when no connection of this process has the file open. */
  async release(): Promise<void> {
    const handles = [...this.#handles.values()]
    this.#handles.clear()
    for (const handle of handles) await handle.close()
  }

  async #open(): Promise<FileHandle> {
    const known = this.#handles.get(identityOf(await stat(this.path, { bigint: true })))
    if (known) return known
    const handle = await open(this.path, 'r')
    this.#handles.set(identityOf(await handle.stat({ bigint: true })), handle)
    return handle
  }
}

const identityOf = ({ dev, ino }: BigIntStats): string => `${dev} ${ino}`

/** Reads until the buffer is full or the file at its end. */
const fill = async (handle: FileHandle, bytes: Buffer, position: number): Promise<number> => {
  let length = 0
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, position + length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return length
}
