import { randomBytes } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { crc32 } from 'node:zlib'

/** Bytes of a file that have a checksum of their own: so exactly can it be said where a file is damaged. */
export const BLOCK = 65_536

/** What a file was when it was last written to and closed. */
export interface Seal {
  /** Stands in the file, too: by it the two are known to belong together. */
  readonly id: string
  /** SQLite's count of changes to tables and indexes, which a rewriting of the whole file moves as well. */
  readonly schemaVersion: number
  /** Bytes of the file. */
  readonly size: number
  /** CRC-32 of each block of the file, the last of which may be short. */
  readonly checksums: readonly number[]
}

/** Where the seal of a file lies. */
export const sealPath = (path: string): string => `${path}.seal`

/** An id that no other seal has. It tells by itself whether it is whole, so that damage to it is not taken for another id. */
export const newSealId = (): string => {
  const random = randomBytes(8).toString('hex')
  return `${random}${hex(crc32(random))}`
}

export const isSealId = (text: string): boolean =>
  /^[0-9a-f]{24}$/.test(text) && hex(crc32(text.slice(0, 16))) === text.slice(16)

/** The seal beside a file: `none` where there is none, `unreadable` where it is not whole itself. */
export const readSeal = async (path: string): Promise<Seal | 'none' | 'unreadable'> => {
  const text = await readFile(sealPath(path), 'latin1').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    return ''
  })
  if (text === null) return 'none'
  const [format, told = '', checksum] = text.split('\n')
  if (format !== FORMAT || checksum !== hex(crc32(told))) return 'unreadable'
  const { checksums, ...rest } = JSON.parse(told) as Omit<Seal, 'checksums'> & { readonly checksums: string }
  return { ...rest, checksums: (checksums.match(/.{8}/g) ?? []).map((each) => Number.parseInt(each, 16)) }
}

/** Puts a seal beside a file; it is there whole or not at all. */
export const writeSeal = async (path: string, seal: Seal): Promise<void> => {
  const told = JSON.stringify({ ...seal, checksums: seal.checksums.map(hex).join('') })
  const made = `${sealPath(path)}.new`
  try {
    const file = await open(made, 'w')
    try {
      await file.writeFile(`${FORMAT}\n${told}\n${hex(crc32(told))}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(made, sealPath(path))
  } catch (error) {
    await rm(made, { force: true }).catch(() => undefined)
    throw error
  }
}

const FORMAT = 'Rapporteur seal 1'

const hex = (checksum: number): string => checksum.toString(16).padStart(8, '0')
