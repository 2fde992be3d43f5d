import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeSyntheticVotes } from './synthetic-votes.js'

/** Stores and data are made once and kept here; delete the folder to make them anew. */
export const benchFolder = process.env.RAPPORTEUR_BENCH_FOLDER ?? join(tmpdir(), 'rapporteur-bench')
const EXPORT = join(import.meta.dirname, '../../shared/data/howtheyvote')

/** The export with so many synthetic votes of members. */
export const SIZES = {
  none: { name: 'no votes of members', folder: null, options: {} },
  small: { name: '0.15 million', folder: 'synthetic-small', options: { most: 150_000 } },
  whole: { name: '1.46 million', folder: 'synthetic-export', options: {} },
  all: { name: '15.27 million', folder: 'synthetic-all', options: { all: true } },
} as const

export type Size = keyof typeof SIZES

/** The folder of the export with so many votes, made unless it is there. */
export const exportOf = async (size: Size): Promise<string> => {
  const { folder, options } = SIZES[size]
  if (folder === null) return EXPORT
  const path = join(benchFolder, folder)
  if (!existsSync(join(path, 'member_votes.csv'))) {
    await mkdir(benchFolder, { recursive: true })
    const { rows } = await makeSyntheticVotes({ from: EXPORT, to: path, ...options })
    console.error(`Made ${rows} synthetic votes of members.`)
  }
  return path
}
