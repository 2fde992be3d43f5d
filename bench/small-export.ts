import { readFileSync } from 'node:fs'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Tables whose first column is a ballot's number. */
const OF_BALLOTS = [
  'group_votes',
  'geo_area_votes',
  'eurovoc_concept_votes',
  'oeil_subject_votes',
  'responsible_committee_votes',
] as const
const WHOLE = [
  'members',
  'groups',
  'group_memberships',
  'countries',
  'geo_areas',
  'committees',
  'eurovoc_concepts',
  'oeil_subjects',
] as const

/**
 * Makes a small export: the first ballots of the real one with all that belongs to them, small enough to be imported a
 * hundred times. The second edition lacks one ballot in twenty and calls one in ten otherwise.
 */
export const makeSmallExport = async (
  from: string,
  to: string,
  { ballots, second = false }: { readonly ballots: number; readonly second?: boolean },
): Promise<void> => {
  await mkdir(to, { recursive: true })
  for (const table of WHOLE) await copyFile(join(from, `${table}.csv.gz`), join(to, `${table}.csv.gz`))
  const [header = '', ...rows] = linesOf(from, 'votes')
  const chosen = rows.slice(0, ballots).filter((_, i) => !second || i % 20 !== 7)
  const ids = new Set(chosen.map((row) => row.slice(0, row.indexOf(','))))
  const named = chosen.map((row, i) =>
    second && i % 10 === 3 ? row.replace(/([^",]),(True|False),/, '$1 (again),$2,') : row,
  )
  await write(to, 'votes', [header, ...named])
  for (const table of OF_BALLOTS) {
    const [head = '', ...lines] = linesOf(from, table)
    const column = head.split(',').indexOf('vote_id')
    await write(to, table, [head, ...lines.filter((line) => ids.has(line.split(',')[column] ?? ''))])
  }
}

/** Cells with line breaks do not occur in these tables of the export. */
const linesOf = (folder: string, table: string): readonly string[] =>
  gunzipSync(readFileSync(join(folder, `${table}.csv.gz`)))
    .toString()
    .trimEnd()
    .split(/\r?\n/)

const write = (folder: string, table: string, lines: readonly string[]): Promise<void> =>
  writeFile(join(folder, `${table}.csv`), `${lines.join('\n')}\n`)
