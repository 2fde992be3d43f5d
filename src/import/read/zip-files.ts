import { basename } from 'node:path'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { RapporteurError } from '../../errors.js'
import { clip } from './clip.js'
import { badFile, bombProblem, codeOf, MAX_UNPACKED, type SourceFile } from './source-file.js'

/** Entries of a zip; a folder of every text of a parliament has fewer. */
const MAX_ENTRIES = 50_000
const ENCRYPTED = 'is encrypted; unpack the zip and give the folder'

/** What lies in a zip. */
export interface ZippedFiles {
  readonly files: readonly SourceFile[]
  /** The names of folders in it that have files, which are not read. */
  readonly folders: readonly string[]
}

/** Whether the name is that of a zip. */
export const isZip = (name: string): boolean => /\.zip$/i.test(name)

/**
 * Finds the files in a zip, as those of a folder: if all lie in one folder, those in it. Nothing is ever unpacked to the disk;
 * an entry is unpacked each time it is read, as a stream.
 * @throws RapporteurError `BAD_INPUT` for a zip that is damaged or truncated, and for one with an entry that no honest zip
 * of files has: a path that leads out of it, a link, a zip, encryption, a name that stands twice, a bomb
 */
export const zipFiles = async (path: string): Promise<ZippedFiles> => {
  const name = basename(path)
  const zip = await openZip(path, name)
  const entries: Entry[] = []
  try {
    if (zip.entryCount > MAX_ENTRIES) throw badFile(name, `the zip has more than ${number(MAX_ENTRIES)} entries`)
    for await (const entry of zip.eachEntry()) entries.push(entry)
  } catch (cause) {
    throw cause instanceof RapporteurError ? cause : badFile(name, zipProblem(cause), cause)
  } finally {
    zip.close()
  }
  checkEntries(entries, name, zip.fileSize)
  const files = entries.filter(({ fileName }) => !/\/$|^__MACOSX\//.test(fileName))
  const folder = /^[^/]+\//.exec(files[0]?.fileName ?? '')?.[0] ?? ''
  const outer = files.every(({ fileName }) => fileName.startsWith(folder)) ? folder.length : 0
  const inside = files.map((entry) => fileInZip(path, entry, entry.fileName.slice(outer)))
  const folders = inside.filter((file) => file.name.includes('/')).map((file) => file.name.replace(/\/.*$/s, ''))
  return { files: inside.filter((file) => !file.name.includes('/')), folders: [...new Set(folders)] }
}

const openZip = async (path: string, name: string): Promise<ZipFile> => {
  try {
    return await openPromise(path, { autoClose: false, strictFileNames: true })
  } catch (cause) {
    throw badFile(name, zipProblem(cause), cause)
  }
}

const fileInZip = (path: string, entry: Entry, name: string): SourceFile => ({
  name,
  size: entry.uncompressedSize,
  zip: path,
  async *bytes() {
    const zip = await openZip(path, basename(path))
    const where = `${basename(path)}, ${name}`
    let sum = 0
    try {
      const stream = await zip.openReadStreamPromise(entry)
      try {
        for await (const chunk of stream as AsyncIterable<Uint8Array>) {
          sum = crc32(chunk, sum)
          yield chunk
        }
      } finally {
        stream.destroy()
      }
    } catch (cause) {
      throw badFile(where, zipProblem(cause), cause)
    } finally {
      zip.close()
    }
    if (sum !== entry.crc32) throw badFile(where, 'the entry is damaged: its checksum is another one')
  },
})

const checkEntries = (entries: readonly Entry[], zip: string, size: number): void => {
  const names = new Set<string>()
  let packed = 0
  let unpacked = 0
  for (const entry of entries) {
    const problem = entryProblem(entry) ?? (names.has(entry.fileName) ? 'stands twice' : null)
    if (problem) throw badFile(zip, `the entry "${clip(entry.fileName, 200)}" ${problem}`)
    names.add(entry.fileName)
    packed += entry.compressedSize
    unpacked += entry.uncompressedSize
    const bomb = bombProblem(entry.uncompressedSize, entry.compressedSize)
    if (bomb) throw badFile(`${zip}, ${clip(entry.fileName, 200)}`, bomb)
  }
  // Entries may share their bytes, so that none alone is a bomb.
  if (packed > size) throw badFile(zip, 'the entries of the zip are larger together than the zip itself')
  if (unpacked > MAX_UNPACKED) throw badFile(zip, bombProblem(unpacked, packed) ?? '')
}

/** The kinds of file in the upper half of the attributes, as Unix writes them. */
const [KIND, FOLDER, PLAIN, LINK] = [0o170000, 0o040000, 0o100000, 0o120000]

const entryProblem = (entry: Entry): string | null => {
  const kind = (entry.externalFileAttributes >>> 16) & KIND
  if (entry.isEncrypted()) return ENCRYPTED
  if (kind === LINK) return 'is a symbolic link, which is never followed'
  if (kind !== 0 && kind !== FOLDER && kind !== PLAIN) return 'is neither a file nor a folder'
  if (isZip(entry.fileName)) return 'is a zip inside the zip; unpack it and give its own path'
  if (!entry.canDecodeFileData()) return `is packed by the method ${entry.compressionMethod}, which is not read`
  return null
}

/** What yauzl (3.4) says, as a sentence's part. */
const zipProblem = (cause: unknown): string => {
  const message = cause instanceof Error ? cause.message : String(cause)
  const [, path] = /^(?:invalid characters in fileName|absolute path|invalid relative path): (.*)$/s.exec(message) ?? []
  if (path !== undefined) return `the entry "${clip(path, 200)}" has a path that leads out of the zip`
  if (/encryption/.test(message)) return `an entry ${ENCRYPTED}`
  if (/^End of central directory|^unexpected EOF|overflows file bounds/i.test(message))
    return 'the zip is truncated, or is not a zip'
  if (/^too many bytes|^not enough bytes/.test(message)) return 'the entry has another size than the zip says'
  const code = codeOf(cause)
  return code.startsWith('Z_') ? 'the entry is damaged' : `the zip is damaged (${clip(message, 200)})`
}

const number = (value: number): string => value.toLocaleString('en')
