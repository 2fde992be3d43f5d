import { statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import Database from 'libsql'
import { RapporteurError } from '../../errors.js'
import type { HeldFile } from './held-file.js'
import { BLOCK, isSealId, readSeal, type Seal, sealPath } from './seal.js'
import { OPEN, SEALED, schemaVersion } from './seal-file.js'

/** How often it is looked again where somebody wrote to the file meanwhile. */
const LOOKS = 3

/**
 * Reads all of a file and compares it with its seal; no connection of this process may have it open that is not about to be closed.
 * @returns a sentence that says why it cannot be compared; null where each byte is as it was written
 * @throws RapporteurError `STORE_DAMAGED`
 */
export const verifyFile = async (file: HeldFile, location: string): Promise<string | null> => {
  for (let looks = 1; looks <= LOOKS; looks += 1) {
    const [seal, noted] = [await readSeal(file.path), readNoted(file.path)]
    if (seal === 'none') return unsealed(location, noted)
    const beside = `"${sealPath(file.path)}"`
    if (seal === 'unreadable')
      return `${beside} is no seal, or is damaged itself, so that "${location}" could not be compared with it; the next import makes another.`
    const isOwn = noted.id === seal.id
    if (!isOwn && noted.id !== null)
      return `${beside} is the seal of another file or of an earlier state, so that "${location}" could not be compared with it; the next import makes another.`
    const found = await file.checksums()
    const differing = differences(seal, found)
    if (noted.isReadable && noted.schemaVersion !== seal.schemaVersion && differing.some((block) => block > 0))
      return `Another program has rewritten "${location}" or changed its tables since it was sealed, so that it could not be compared; the next import seals it anew.`
    // Nothing of a file that has only come to the same name is as it was.
    if (!isOwn && differing.length * 2 > seal.checksums.length)
      return `${beside} is the seal of another file, so that "${location}" could not be compared with it; the next import makes another.`
    const wrong = differing.length > 0 || found.size !== seal.size ? whereOf(differing, seal, found) : null
    if (wrong === null && noted.unsealed === 0) return null
    const [sealNow, notedNow] = [await readSeal(file.path), readNoted(file.path)]
    if (notedNow.id === noted.id && typeof sealNow === 'object' && sealNow.id === seal.id)
      throw damaged(file.path, location, wrong ?? `SQLite's log has ${noted.unsealed} pages that were not sealed`)
  }
  return `Somebody was writing to "${location}" again and again, so that it could not be compared with its seal.`
}

interface Noted {
  /** Null where there is none or the file cannot tell. */
  readonly id: string | null
  readonly schemaVersion: number
  /** Pages that stand in SQLite's log. */
  readonly unsealed: number
  readonly isReadable: boolean
  /** Whether it has the table in which that is said. */
  readonly isStore: boolean
}

/** What the file itself says of its seal. */
const readNoted = (path: string): Noted => {
  let database: Database.Database | undefined
  try {
    database = new Database(`${pathToFileURL(path)}?mode=rw`, { timeout: 5000 })
    const unsealed = pagesInLog(database, path)
    // Read after the log was: whoever of this program writes has noted it before.
    const hasTable = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'rapporteur'").get() !== undefined
    const row = hasTable ? database.prepare('SELECT value FROM rapporteur WHERE name = ?').get(SEALED) : undefined
    const { value = null } = (row ?? {}) as { readonly value?: string }
    const id = value === OPEN || (value !== null && isSealId(value)) ? value : null
    return { id, schemaVersion: schemaVersion(database), unsealed, isReadable: true, isStore: hasTable }
  } catch {
    return { id: null, schemaVersion: 0, unsealed: 0, isReadable: false, isStore: false }
  } finally {
    database?.close()
  }
}

/** Pages that were committed to SQLite's log. This program's own writers leave none in a file with a seal. */
const pagesInLog = (database: Database.Database, path: string): number => {
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0) return 0
  return (database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get() as { readonly log: number }).log
}

const unsealed = (location: string, { id, isStore }: Noted): string | null => {
  if (!isStore) return null
  const why =
    id === null
      ? 'an older version of this program made it'
      : id === OPEN
        ? 'an import or a removal is under way or was cut off'
        : 'it was moved without it, or whoever wrote last could not finish it'
  return `"${location}" has no seal (${why}), so that only SQLite's own check was made; the next import that completes makes one.`
}

/** The numbers of the blocks that are not as they were. */
const differences = (seal: Seal, found: Pick<Seal, 'checksums'>): readonly number[] =>
  seal.checksums.flatMap((checksum, block) => (found.checksums[block] === checksum ? [] : [block]))

const whereOf = (differing: readonly number[], seal: Seal, found: Pick<Seal, 'size'>): string => {
  if (found.size !== seal.size) return `it has ${number(found.size)} of ${number(seal.size)} bytes`
  const [first = 0] = differing
  const [from, to] = [first * BLOCK, Math.min((first + 1) * BLOCK, seal.size) - 1]
  const more = differing.length > 1 ? `, and in ${number(differing.length - 1)} further places` : ''
  return `something between byte ${number(from)} and byte ${number(to)} differs${more}`
}

const damaged = (path: string, location: string, where: string): RapporteurError =>
  new RapporteurError(
    'STORE_DAMAGED',
    `"${location}" is not as it was when it was last written: ${where}. The disk has damaged it, or another program has written to it. Nothing was changed; restore it from a backup, or import anew into another file. If it is known to be right, delete "${sealPath(path)}".`,
  )

const number = (value: number): string => value.toLocaleString('en')
