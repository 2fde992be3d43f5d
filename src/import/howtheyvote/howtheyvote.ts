import { epCommitteeId, epGroupId, epMemberId, epVoteId, eurovocId, oeilId } from '../../model/ids.js'
import { type GraphRecord, isDay, isNode, type Values } from '../../model/records.js'
import { type Batch, type Importer, type OpenedSource, type Pass, ReadAgain } from '../importer.js'
import { addressOf } from '../read/address-of.js'
import { hashFiles } from '../read/find-files.js'
import { findTables } from '../read/find-tables.js'
import { FirstReasons } from '../read/first-reasons.js'
import { digestOf, FileRows, SAME_ROW, SILENT } from '../read/make-records.js'
import { BadCell, codeCell, numberIdCell, textCell } from '../read/read-cells.js'
import { readCells, readCsv } from '../read/read-csv.js'
import { readWhole } from '../read/read-text.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import {
  ballotRow,
  checkNewerVote,
  Dossiers,
  GroupTallies,
  groupTally,
  type KnownBallot,
  MemberVotes,
} from './ballots.js'
import {
  committeeRecords,
  eurovocRecords,
  groupRecords,
  link,
  memberRecords,
  membershipRecords,
  oeilRecords,
  placeOf,
  SOURCE,
  sourceRecords,
  TABLES,
  type TableCells,
  type TableName,
} from './tables.js'

const OPTIONAL: readonly TableName[] = ['group_votes', 'member_votes']
const REQUIRED = (Object.keys(TABLES) as TableName[]).filter((table) => !OPTIONAL.includes(table))
const VERSION = '1'

/** Imports the weekly export of HowTheyVote.eu: a folder or zip of its tables, as `.csv.gz` or `.csv`. */
export const howtheyvote: Importer = {
  name: 'howtheyvote',
  version: VERSION,
  summary: 'Roll-call votes of the European Parliament: a folder or zip of the export of HowTheyVote.eu',
  needsFolder: true,
  recognises: ({ name, text }) => {
    const table = name.replace(/\.csv(?:\.gz)?$/i, '')
    const header = (text.split('\n', 1)[0] ?? '').trim().split(',')
    return Object.hasOwn(TABLES, table) && TABLES[table as TableName].every((column) => header.includes(column))
  },
  open: async (path): Promise<readonly OpenedSource[]> => {
    const { tables, unknown, size, file } = await findTables(path, REQUIRED, OPTIONAL)
    const contentHash = await hashFiles(tables.values())
    const retrieved = await readExportDay(file('last_updated.txt'))
    const about = sourceRecords(contentHash, `howtheyvote@${VERSION}`, retrieved)
    const read = new Export(tables as ReadonlyMap<TableName, SourceFile>, unknown, about)
    return [{ source: SOURCE, date: retrieved, contentHash, size, read: (pass) => read.read(pass) }]
  },
}

/** The day of the export, from the file that the publisher puts beside its tables; null where it is not there. */
const readExportDay = async (file: SourceFile | undefined): Promise<string | null> => {
  if (!file) return null
  const day = (await readWhole(file, 1000, 'file', () => {})).trim().slice(0, 10)
  return isDay(day) ? day : null
}

/** The ids that later tables of the export refer to. */
interface Known {
  /** The id of each country and area, by its three-letter code. */
  readonly places: Map<string, string>
  readonly members: Set<string>
  /** The ballots, by their numbers. */
  readonly ballots: Map<string, KnownBallot>
  /** The ids of records whose rows are bad: rows about them are left out, and are not bad themselves. */
  readonly lost: Set<string>
}

/** A row's records, or why it is left out on purpose. */
type RowContent = readonly GraphRecord[] | string

class Export {
  #dossiers: Dossiers | null = null
  /** The votes that stand in several rows, as far as a reading has found any. */
  readonly #repeated = new Set<string>()

  constructor(
    readonly tables: ReadonlyMap<TableName, SourceFile>,
    readonly unknown: readonly string[],
    readonly about: readonly GraphRecord[],
  ) {}

  async *read(pass: Pass): AsyncIterable<Batch> {
    for (const name of this.unknown) pass.note(`${name}: this table is not known to this importer and was left out.`)
    const known: Known = { places: new Map(), members: new Set(), ballots: new Map(), lost: new Set() }
    yield this.about
    yield* this.#places(pass, known)
    yield* this.#rows(pass, 'groups', groupRecords, { id: (cells) => epGroupId(cells.code.trim()) })
    yield* this.#rows(pass, 'committees', committeeRecords, { id: (cells) => epCommitteeId(cells.code.trim()) })
    yield* this.#rows(pass, 'eurovoc_concepts', eurovocRecords, { id: (cells) => eurovocId(cells.id.trim()) })
    yield* this.#rows(pass, 'oeil_subjects', oeilRecords, { id: (cells) => oeilId(cells.code.trim()) })
    yield* this.#rows(pass, 'members', (cells) => this.#member(pass, cells, known), {
      id: (cells) => epMemberId(cells.id.trim()),
      lost: known.lost,
    })
    yield* this.#rows(pass, 'group_memberships', membershipRecords, { unique: true })
    yield* this.#ballots(pass, known)
    yield* this.#ballotLinks(pass, known)
    yield* this.#groupTallies(pass, known)
    yield* this.#memberVotes(pass, known)
  }

  async *#places(pass: Pass, { places }: Known): AsyncIterable<Batch> {
    const names = new Map<string, unknown>()
    for (const table of ['countries', 'geo_areas'] as const) {
      yield* this.#rows(pass, table, (cells): RowContent => {
        const { code, place } = placeOf(cells)
        const first = !names.has(place.id)
        const name = place.values['name']
        places.set(code, place.id)
        if (first) names.set(place.id, name)
        else if (table === 'countries' && names.get(place.id) === name) return SAME_ROW
        else if (table === 'countries') throw new BadCell(`The country "${code}" stands twice.`)
        else if (names.get(place.id) !== name) {
          const message = `countries.csv calls ${place.id} "${names.get(place.id)}", and geo_areas.csv "${name}". The first is shown.`
          pass.finding({ rule: 'PLACE_HAS_ONE_NAME', record: place.id, message })
        }
        return first ? [place] : []
      })
    }
  }

  #member(pass: Pass, cells: TableCells<'members'>, { places, members }: Known): RowContent {
    const records = memberRecords(cells, places)
    members.add(String(Number(cells.id)))
    for (const written of [cells.facebook, cells.twitter]) {
      if (written.trim() && !addressOf(written))
        pass.note(`members.csv: the address "${written}" of member ${cells.id} is not a web address and was left out.`)
    }
    return records
  }

  /** The ballots; before each batch of them, the texts and procedures that are new in it. */
  async *#ballots(told: Pass, { ballots: known, lost }: Known): AsyncIterable<Batch> {
    const reasons = new FirstReasons(told)
    const { pass } = reasons
    const file = this.#file('votes')
    const dossiers = await this.#readDossiers(file)
    const given = new Set<string>()
    for await (const rows of readCsv(file, TABLES.votes, pass)) {
      const [derived, ballots] = [new FileRows(file.name), new FileRows(file.name)]
      for (const { cells, line } of rows) {
        attempt(
          pass,
          file,
          line,
          () => markLost(epVoteId(cells.id.trim()), lost),
          () => {
            const { number, id, date, records } = ballotRow(cells)
            const first = known.get(number)
            const digest = digestOfCells(cells)
            if (first?.digest === digest) return pass.leftOut(file.name, SAME_ROW)
            if (first) throw new BadCell(`The vote "${number}" stands twice: here and on line ${first.line}.`)
            lost.delete(id)
            known.set(number, { id, date, line, digest, index: known.size })
            for (const each of [dossiers.procedure(cells.procedure_reference), dossiers.text(cells.reference)]) {
              if (!each || given.has(each.id)) continue
              given.add(each.id)
              derived.add(line, each.records)
            }
            ballots.add(line, records, digest)
          },
        )
      }
      yield derived
      yield ballots
    }
    if (known.size === 0) throw badFile(file.name, `the table has no vote that can be read${reasons.said}`)
    for (const { id, reference, titles } of dossiers.severalTitles()) {
      const said = titles.map((title) => `"${title}"`).join(' and ')
      const message = `The ballots filed under procedure ${reference} name it ${said}: some of them belong to another procedure. The first is shown.`
      pass.finding({
        rule: 'PROCEDURE_HAS_ONE_TITLE',
        record: id,
        message,
        expected: '1',
        found: String(titles.length),
      })
    }
  }

  /** What all ballots together say of a text is needed before the first of them, in both passes alike. */
  async #readDossiers(file: SourceFile): Promise<Dossiers> {
    if (this.#dossiers) return this.#dossiers
    const dossiers = new Dossiers()
    for await (const rows of readCsv(file, TABLES.votes, SILENT)) for (const { cells } of rows) dossiers.see(cells)
    this.#dossiers = dossiers
    return dossiers
  }

  /** What the ballots are about, and how they are filed. */
  async *#ballotLinks(pass: Pass, { places, ballots }: Known): AsyncIterable<Batch> {
    const last = lastOf(ballots)
    const linked = (name: string, vote: string, to: string, values: Values = {}): RowContent =>
      Number(vote) > last ? newerThan(last) : [link(name, epVoteId(vote), to, values)]
    const unique = { unique: true }
    yield* this.#rows(
      pass,
      'geo_area_votes',
      (cells) => {
        const code = codeCell(cells, 'geo_area_code')
        const place = places.get(code)
        if (!place) throw new BadCell(`The column "geo_area_code" is "${code}", which is not in geo_areas.csv.`)
        return linked('About', numberIdCell(cells, 'vote_id'), place)
      },
      unique,
    )
    yield* this.#rows(
      pass,
      'eurovoc_concept_votes',
      (cells) =>
        linked('Filing', numberIdCell(cells, 'vote_id'), eurovocId(textCell(cells, 'eurovoc_concept_id')), {
          scheme: 'EUROVOC',
        }),
      unique,
    )
    yield* this.#rows(
      pass,
      'oeil_subject_votes',
      (cells) =>
        linked('Filing', numberIdCell(cells, 'vote_id'), oeilId(textCell(cells, 'oeil_subject_code')), {
          scheme: 'OEIL',
        }),
      unique,
    )
    yield* this.#rows(
      pass,
      'responsible_committee_votes',
      (cells) =>
        linked('Filing', numberIdCell(cells, 'vote_id'), epCommitteeId(codeCell(cells, 'committee_code')), {
          scheme: 'COMMITTEE',
        }),
      unique,
    )
  }

  /** The tallies of groups; one may stand in two rows, so that all are read before the first is given. */
  async *#groupTallies(pass: Pass, { ballots }: Known): AsyncIterable<Batch> {
    const file = this.tables.get('group_votes')
    if (!file) return
    const last = lastOf(ballots)
    const tallies = new GroupTallies()
    for await (const rows of readCsv(file, TABLES.group_votes, pass)) {
      for (const { cells, line } of rows) {
        attempt(pass, file, line, NONE_LOST, () => {
          const row = groupTally(cells)
          if (Number(row.vote) > last) return pass.leftOut(file.name, newerThan(last))
          const added = tallies.add(row, line)
          if (added === 'same') pass.leftOut(file.name, SAME_ROW)
          else if (added)
            pass.leftOut(file.name, `added to the tally of ${row.group} in the same ballot, whose older code it has`)
        })
      }
    }
    let batch = new FileRows(file.name)
    for (const { line, records } of tallies.records()) {
      batch.add(line, records)
      if (batch.records.length < FULL) continue
      yield batch
      batch = new FileRows(file.name)
    }
    yield batch
  }

  async *#memberVotes(pass: Pass, known: Known): AsyncIterable<Batch> {
    const file = this.tables.get('member_votes')
    if (!file) return
    const last = lastOf(known.ballots)
    const votes = new MemberVotes(known, this.#repeated)
    for await (const { rows, lines } of readCells(file, TABLES.member_votes, pass)) {
      const batch = new FileRows(file.name)
      for (let index = 0; index < rows.length; index++) {
        const [row, line] = [rows[index] as readonly string[], lines[index] as number]
        attempt(pass, file, line, NONE_LOST, () => {
          if (Number(row[0]) > last) {
            checkNewerVote(row)
            return pass.leftOut(file.name, newerThan(last))
          }
          const record = votes.link(row, line)
          if (typeof record === 'string') return pass.fell(file.name, record)
          if (record) batch.add(line, [record])
        })
      }
      yield batch
    }
    if (votes.found.size > 0) {
      if (votes.found.size > MAX_REPEATED)
        throw badFile(file.name, `more than ${MAX_REPEATED.toLocaleString('en')} votes stand in several rows`)
      for (const each of votes.found) this.#repeated.add(each)
      throw new ReadAgain()
    }
    yield* this.#repeatedVotes(pass, file, votes)
  }

  /** The votes that stand in several rows: one where all say the same, none where they do not. */
  async *#repeatedVotes(pass: Pass, file: SourceFile, votes: MemberVotes): AsyncIterable<Batch> {
    const batch = new FileRows(file.name)
    for (const rows of votes.withheld()) {
      const [first, ...others] = rows
      const another = others.find(({ side }) => side !== first.side)
      if (!another) {
        batch.add(first.line, [first.record])
        pass.leftOut(file.name, SAME_ROW, others.length)
        continue
      }
      const [one, two] = [first, another].map(({ side, line }) => `${side} on line ${line}`)
      const reason = `The member "${first.record.from}" stands on two sides of "${first.record.to}": ${one}, and ${two}. Neither is taken.`
      for (const { line } of rows) pass.problem({ file: file.name, line, reason })
    }
    yield batch
  }

  /** Reads a table row by row; `unique`: no two rows may give the same link. */
  async *#rows<Name extends TableName>(
    pass: Pass,
    table: Name,
    read: (cells: TableCells<Name>) => RowContent,
    options: {
      readonly unique?: boolean
      readonly id?: (cells: TableCells<Name>) => string
      readonly lost?: Set<string>
    } = {},
  ): AsyncIterable<Batch> {
    const file = this.#file(table)
    const lines = new Map<string, { readonly line: number; readonly digest: number }>()
    for await (const rows of readCsv(file, TABLES[table] as readonly (keyof TableCells<Name> & string)[], pass)) {
      const batch = new FileRows(file.name)
      for (const { cells, line } of rows) {
        const loses = () => (options.id ? markLost(options.id(cells as TableCells<Name>), options.lost) : [])
        attempt(pass, file, line, loses, () => {
          const content = read(cells as TableCells<Name>)
          if (typeof content === 'string') return pass.leftOut(file.name, content)
          const [record] = content
          const digest = digestOfCells(cells)
          if (options.unique && record && !isNode(record)) {
            const name = `${record.from} ${record.to} ${record.key}`
            const first = lines.get(name)
            if (first?.digest === digest) return pass.leftOut(file.name, SAME_ROW)
            if (first) throw new BadCell(`The row stands twice: here and on line ${first.line}.`)
            lines.set(name, { line, digest })
          }
          batch.add(line, content, digest)
        })
      }
      yield batch
    }
  }

  #file(table: TableName): SourceFile {
    const file = this.tables.get(table)
    if (!file) throw new Error(`The table "${table}" was not looked for.`)
    return file
  }
}

/** Does the work of a row; a bad cell in it is told as a problem of that row. */
const attempt = (pass: Pass, file: SourceFile, line: number, lost: () => readonly string[], work: () => void): void => {
  try {
    work()
  } catch (error) {
    if (!(error instanceof BadCell)) throw error
    pass.problem({ file: file.name, line, reason: error.message, lost: lost() })
  }
}

const markLost = (id: string, lost: Set<string> | undefined): readonly string[] => {
  lost?.add(id)
  return [id]
}

/** A digest of what a row says in the columns that are read. */
const digestOfCells = (cells: object): number => digestOf(Object.values(cells).join('\u001f'))

const NONE_LOST = () => []
/** Votes in several rows beyond which the table is something else; it bounds what is kept of them. */
const MAX_REPEATED = 200_000
/** Records in a batch of group tallies. */
const FULL = 6_000

const lastOf = (ballots: ReadonlyMap<string, KnownBallot>): number => {
  let last = 0
  for (const number of ballots.keys()) last = Math.max(last, Number(number))
  return last
}

const newerThan = (last: number): string => `about a vote newer than the last one of votes.csv (${last})`
