import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { type GroupTally, groupTally } from '../src/import/howtheyvote/ballots.js'
import { TABLES, type TableCells, type TableName } from '../src/import/howtheyvote/tables.js'
import type { Pass } from '../src/import/importer.js'
import { findTables } from '../src/import/read/find-tables.js'
import { SILENT } from '../src/import/read/make-records.js'
import { readCsv } from '../src/import/read/read-csv.js'
import { addTallies, type Tally } from '../src/model/tally.js'

export interface SyntheticVotesOptions {
  /** The folder of the real export. */
  readonly from: string
  /** The folder to make: a copy of the export with synthetic votes of members. */
  readonly to: string
  /** Every ballot with its own totals (15.27 million rows), instead of main ballots with the tallies of groups (1.46 million). */
  readonly all?: boolean
  /** About how many rows at most: whole ballots until there are as many. */
  readonly most?: number
}

interface Member {
  readonly id: string
  readonly country: string
  readonly group: string
  readonly start: string
  readonly end: string
}

/** A list of members and how they voted together. */
interface Part {
  readonly members: readonly Member[]
  readonly tally: Tally
}

/**
 * Makes synthetic votes of members that sum to the published tallies as far as there are members to give them to:
 * the members of the day, shuffled by a generator seeded with the ballot's number, get the positions in turn.
 * @returns the number of rows
 */
export const makeSyntheticVotes = async ({
  from,
  to,
  all = false,
  most = Number.POSITIVE_INFINITY,
}: SyntheticVotesOptions): Promise<{ readonly rows: number }> => {
  await copyExport(from, to)
  const ballots = await readBallots(from)
  const members = await readMembers(from)
  const tallies = all ? new Map<string, Map<string, Tally>>() : await readTallies(from)
  const output = createWriteStream(join(to, 'member_votes.csv'))
  output.write(`${TABLES.member_votes.join(',')}\n`)
  let rows = 0
  for (const { id, day, main, tally } of ballots) {
    if (rows >= most) break
    const present = members.filter(({ start, end }) => start <= day && day <= end)
    const parts: Part[] = all ? [{ members: present, tally }] : []
    for (const [group, groupsTally] of (main && tallies.get(id)) || []) {
      parts.push({ members: present.filter((member) => member.group === group), tally: groupsTally })
    }
    const lines = castVotes(id, parts)
    rows += lines.length
    if (lines.length > 0 && !output.write(`${lines.join('\n')}\n`)) await once(output, 'drain')
  }
  output.end()
  await finished(output)
  return { rows }
}

const castVotes = (ballot: string, parts: readonly Part[]): readonly string[] => {
  const random = seededRandom(Number(ballot))
  const lines: string[] = []
  for (const { members, tally } of parts) {
    const positions: readonly (readonly [string, number])[] = [
      ['FOR', tally.for],
      ['AGAINST', tally.against],
      ['ABSTENTION', tally.abstention],
      ['DID_NOT_VOTE', tally.didNotVote],
    ]
    const order = shuffled(members, random)
    let next = 0
    for (const [position, number] of positions) {
      for (const last = Math.min(next + number, order.length); next < last; next++) {
        const { id, country, group } = order[next] as Member
        lines.push(`${ballot},${id},${position},${country},${group}`)
      }
    }
  }
  return lines
}

const shuffled = <T>(items: readonly T[], random: () => number): readonly T[] => {
  const copy = [...items]
  for (let last = copy.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[copy[last], copy[other]] = [copy[other] as T, copy[last] as T]
  }
  return copy
}

/** Numbers from 0 to 1 that a seed determines (mulberry32). */
const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const NOTICE = `# Synthetic data

The tables of this folder are a copy of an export of HowTheyVote.eu (Open Database License 1.0), but for
\`member_votes.csv\`: its rows are synthetic. They were made from the published tallies to measure with,
and say nothing about how any member voted.
`

const copyExport = async (from: string, to: string): Promise<void> => {
  await mkdir(to, { recursive: true })
  const names = (await readdir(from)).filter((name) => /\.csv(\.gz)?$/.test(name) && !name.startsWith('member_votes.'))
  for (const name of names) await copyFile(join(from, name), join(to, name))
  await writeFile(join(to, 'README.md'), NOTICE)
}

const QUIET: Pass = {
  ...SILENT,
  problem({ file, line, reason }) {
    throw new Error(`${file}, line ${line}: ${reason}`)
  },
}

async function* readRows<Name extends TableName>(folder: string, table: Name): AsyncIterable<TableCells<Name>> {
  const { tables } = await findTables(folder, [table], [])
  const [file] = tables.values()
  if (!file) return
  for await (const rows of readCsv(file, TABLES[table] as readonly (keyof TableCells<Name> & string)[], QUIET)) {
    for (const { cells } of rows) yield cells as TableCells<Name>
  }
}

const readBallots = async (folder: string) => {
  const ballots: { readonly id: string; readonly day: string; readonly main: boolean; readonly tally: Tally }[] = []
  for await (const cells of readRows(folder, 'votes')) {
    const { count_for, count_against, count_abstention, count_did_not_vote } = cells
    const tally = {
      for: Number(count_for),
      against: Number(count_against),
      abstention: Number(count_abstention),
      didNotVote: Number(count_did_not_vote),
    }
    ballots.push({ id: cells.id, day: cells.timestamp.slice(0, 10), main: cells.is_main === 'True', tally })
  }
  return ballots
}

/** Members by membership: one who changed the group stands here once for each. */
const readMembers = async (folder: string): Promise<readonly Member[]> => {
  const countries = new Map<string, string>()
  for await (const { id, country_code } of readRows(folder, 'members')) countries.set(id, country_code)
  const members: Member[] = []
  for await (const { member_id: id, group_code: group, start_date: start, end_date: end } of readRows(
    folder,
    'group_memberships',
  )) {
    members.push({ id, country: countries.get(id) ?? '', group, start, end: end || '9999' })
  }
  return members
}

const readTallies = async (folder: string): Promise<ReadonlyMap<string, Map<string, Tally>>> => {
  const tallies = new Map<string, Map<string, Tally>>()
  for await (const cells of readRows(folder, 'group_votes')) {
    const { vote, group, tally }: GroupTally = groupTally(cells)
    const ofBallot = tallies.get(vote) ?? new Map<string, Tally>()
    const known = ofBallot.get(group)
    ofBallot.set(group, known ? addTallies(known, tally) : tally)
    tallies.set(vote, ofBallot)
  }
  return tallies
}

/** Runs as a command: `tsx bench/synthetic-votes.ts <export> <new folder> [--all]`. */
const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { all: { type: 'boolean', default: false } },
  })
  const [from, to] = positionals
  if (!from || !to) {
    console.error('Usage: tsx bench/synthetic-votes.ts <folder of the export> <new folder> [--all]')
    process.exitCode = 2
    return
  }
  const { rows } = await makeSyntheticVotes({ from, to, all: values.all })
  console.log(
    `Wrote ${rows.toLocaleString('en')} SYNTHETIC rows of member_votes.csv, with a copy of the export, to ${to}.`,
  )
}

if (process.argv[1]?.endsWith('synthetic-votes.ts')) await main()
