import { crc32, deflateRawSync } from 'node:zlib'

/** An entry of a zip for a test; what it says of itself may be wrong. */
export interface ZipEntry {
  readonly name: string
  readonly content: string | Uint8Array
  /** Bit 0 says that the entry is encrypted. */
  readonly flags?: number
  /** The kind and rights as Unix writes them: `0o120777` is a symbolic link. */
  readonly mode?: number
  /** How it says that it is packed; 8 is deflate. */
  readonly method?: number
  /** The size that it says it has, unpacked. */
  readonly size?: number
  readonly checksum?: number
  /** The entry whose bytes it has too, by its place. */
  readonly sameAs?: number
}

/** Writes a zip, as APPNOTE 6.3 has it: local headers with the packed bytes, the central directory, its end. */
export const makeZip = (entries: readonly ZipEntry[]): Buffer => {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  const offsets: number[] = []
  let offset = 0
  for (const { name, content, flags = 0, mode = 0o100644, method = 8, size, checksum, sameAs } of entries) {
    const bytes = Buffer.from(content)
    const packed = method === 8 ? deflateRawSync(bytes) : bytes
    const title = Buffer.from(name)
    const header = Buffer.alloc(26)
    header.writeUInt16LE(20, 0)
    // Bit 11: the name is in UTF-8.
    header.writeUInt16LE(flags | 0x800, 2)
    header.writeUInt16LE(method, 4)
    header.writeUInt32LE(checksum ?? crc32(bytes), 10)
    header.writeUInt32LE(packed.length, 14)
    header.writeUInt32LE(size ?? bytes.length, 18)
    header.writeUInt16LE(title.length, 22)
    const at = sameAs === undefined ? offset : (offsets[sameAs] as number)
    offsets.push(at)
    if (sameAs === undefined) {
      const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), header, title, packed])
      parts.push(local)
      offset += local.length
    }
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE((mode << 16) >>> 0, 6)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), Buffer.from([20, 3]), header, rest, title]))
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, central, Buffer.from('PK\u0005\u0006', 'latin1'), end])
}
