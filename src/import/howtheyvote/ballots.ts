import {
  documentId,
  epGroupId,
  epMemberId,
  epVoteId,
  normaliseReference,
  procedureId,
  voteCountId,
} from '../../model/ids.js'
import type { GraphRecord, LinkRecord } from '../../model/records.js'
import { addTallies, OPTIONS, type Tally, tallyColumns } from '../../model/tally.js'
import { localTimeReader } from '../read/local-time.js'
import { BadCell, booleanCell, codeCell, numberIdCell, optionalCell, wholeCell, wordCell } from '../read/read-cells.js'
import { link, node, PARLIAMENT, type TableCells } from './tables.js'

/** The export takes the descriptions of ballots from the French minutes. */
const LANGUAGES = { description: 'fr' } as const
const RESULTS = ['ADOPTED', 'REJECTED', 'LAPSED', 'WITHDRAWN']
const MOTION_KINDS: Readonly<Record<string, string>> = { RC: 'JOINT_MOTION', B: 'MOTION', A: 'REPORT', C: 'PROPOSAL' }
/** Groups under an older code, whose tallies are added to those of the code that the rest of the export uses. */
const OLDER_CODES: Readonly<Record<string, string>> = { GUE_NGL_1995_0: 'GUE_NGL' }

/** The sitting's clock: the export's times have no offset. */
const brusselsTime = localTimeReader('Europe/Brussels')

/** A ballot, its links, and where it belongs in time. */
export interface BallotRow {
  readonly number: string
  readonly id: string
  /** The local day; null where it is not known. */
  readonly date: string | null
  readonly records: readonly GraphRecord[]
}

/** What the rows about a ballot need to know of it. */
export interface KnownBallot extends Pick<BallotRow, 'id' | 'date'> {
  /** Its line in `votes.csv`. */
  readonly line: number
  /** Of its row. */
  readonly digest: number
  /** How many ballots stand before it. */
  readonly index: number
}

export const ballotRow = (cells: TableCells<'votes'>): BallotRow => {
  const number = numberIdCell(cells, 'id')
  const id = epVoteId(number)
  const written = cells.timestamp.trim()
  const local = written === '' ? { day: null, moment: null } : brusselsTime(written)
  if (!local)
    throw new BadCell(
      `The column "timestamp" is "${cells.timestamp}", which is not a time such as 2022-01-20 15:33:04 in Brussels.`,
    )
  const procedure = optionalCell(cells, 'procedure_reference')
  const reference = optionalCell(cells, 'reference')
  const ballot = node('VoteEvent', id, {
    title: optionalCell(cells, 'display_title'),
    description: optionalCell(cells, 'description'),
    date: local.day,
    time: local.moment,
    isMain: booleanCell(cells, 'is_main'),
    isRollCall: true,
    method: 'ROLL_CALL',
    result: wordCell(cells, 'result', RESULTS),
    stage: optionalCell(cells, 'procedure_stage'),
    procedure: procedure && normaliseReference(procedure),
    ...tallyColumns({
      for: wholeCell(cells, 'count_for'),
      against: wholeCell(cells, 'count_against'),
      abstention: wholeCell(cells, 'count_abstention'),
      didNotVote: wholeCell(cells, 'count_did_not_vote'),
    }),
  })
  const records: GraphRecord[] = [{ ...ballot, languages: LANGUAGES }, link('HeldIn', id, PARLIAMENT)]
  if (reference) records.push(link('BallotOn', id, documentId(reference)))
  if (procedure) records.push(link('Dossier', id, procedureId(procedure)))
  return { number, id, date: local.day, records }
}

/** Titles with how often each stands, in the order in which they first stood. */
type Titles = Map<string, number>

/** What all rows of `votes.csv` together say of the texts and procedures in it. */
export class Dossiers {
  readonly #texts = new Map<
    string,
    { readonly reference: string; readonly procedure: string | null; readonly titles: Titles }
  >()
  readonly #procedures = new Map<
    string,
    { readonly reference: string; readonly type: string | null; readonly titles: Titles }
  >()

  /** Takes note of a row's text and procedure. */
  see(cells: TableCells<'votes'>): void {
    const title = optionalCell(cells, 'procedure_title')
    const procedure = optionalCell(cells, 'procedure_reference')
    const reference = optionalCell(cells, 'reference')
    if (procedure) {
      const id = procedureId(procedure)
      const known = this.#procedures.get(id) ?? {
        reference: copied(normaliseReference(procedure)),
        type: copied(optionalCell(cells, 'procedure_type')),
        titles: new Map(),
      }
      this.#procedures.set(id, known)
      if (title) count(known.titles, title)
    }
    if (reference) {
      const id = documentId(reference)
      const known = this.#texts.get(id) ?? {
        reference: copied(normaliseReference(reference)),
        procedure: copied(procedure),
        titles: new Map(),
      }
      this.#texts.set(id, known)
      // A text's title is its procedure's: those of ballots differ from one to the next.
      const shown = title ?? optionalCell(cells, 'display_title')
      if (shown) count(known.titles, shown)
    }
  }

  /** The record of a procedure; null where the row names none. */
  procedure(reference: string): { readonly id: string; readonly records: readonly GraphRecord[] } | null {
    const id = procedureId(reference.trim())
    const known = this.#procedures.get(id)
    return known
      ? {
          id,
          records: [node('Procedure', id, { reference: known.reference, title: most(known.titles), type: known.type })],
        }
      : null
  }

  /** The record of a text put to the vote, and its link to its procedure; null where the row names none. */
  text(reference: string): { readonly id: string; readonly records: readonly GraphRecord[] } | null {
    const id = documentId(reference.trim())
    const known = this.#texts.get(id)
    if (!known) return null
    const kind = MOTION_KINDS[/^(RC|[ABC])/.exec(known.reference)?.[1] ?? ''] ?? 'OTHER'
    const procedure = known.procedure && normaliseReference(known.procedure)
    const motion = node('Motion', id, { kind, reference: known.reference, title: most(known.titles), procedure })
    return { id, records: procedure ? [motion, link('Dossier', id, procedureId(procedure))] : [motion] }
  }

  /** Procedures that have several titles: one of their ballots is filed under a wrong reference. */
  *severalTitles(): Iterable<{ readonly id: string; readonly reference: string; readonly titles: readonly string[] }> {
    for (const [id, { reference, titles }] of this.#procedures) {
      if (titles.size > 1) yield { id, reference, titles: byNumber(titles) }
    }
  }
}

/** A part of a text holds all of it in memory, here a piece of the file; a copy does not. */
const copied = <Text extends string | null>(text: Text) => (text && Buffer.from(text).toString()) as Text

const count = (titles: Titles, title: string): void => {
  const known = titles.get(title)
  titles.set(known === undefined ? copied(title) : title, (known ?? 0) + 1)
}

/** Titles, the most frequent first; among equals, the one that stood first. */
const byNumber = (titles: Titles): readonly string[] => [...titles].sort((a, b) => b[1] - a[1]).map(([title]) => title)
const most = (titles: Titles): string | null => byNumber(titles)[0] ?? null

const OPTIONS_OF = ['for', 'against', 'abstention', 'didNotVote'] as const

/** A group's tally in a ballot; `older` tells that it stood under the group's older code. */
export interface GroupTally {
  readonly vote: string
  readonly group: string
  readonly older: boolean
  readonly tally: Tally
}

export const groupTally = (cells: TableCells<'group_votes'>): GroupTally => {
  const code = codeCell(cells, 'code')
  return {
    vote: numberIdCell(cells, 'vote_id'),
    group: OLDER_CODES[code] ?? code,
    older: code in OLDER_CODES,
    tally: {
      for: wholeCell(cells, 'count_for'),
      against: wholeCell(cells, 'count_against'),
      abstention: wholeCell(cells, 'count_abstentions'),
      didNotVote: wholeCell(cells, 'count_did_not_vote'),
    },
  }
}

/** The tallies of groups, those under an older code added to the group's. */
export class GroupTallies {
  readonly #tallies = new Map<
    string,
    {
      line: number
      /** By whether it stood under the older code. */
      readonly told: Map<boolean, Tally>
      tally: Tally
      readonly vote: string
      readonly group: string
    }
  >()

  /**
   * Adds a row.
   * @returns whether it was added to another row's tally, or says the same as one
   * @throws BadCell for a second row of the same ballot and code, naming the line of the first
   */
  add({ vote, group, older, tally }: GroupTally, line: number): boolean | 'same' {
    const key = `${vote}/${group}`
    const known = this.#tallies.get(key)
    if (!known) {
      this.#tallies.set(key, { line, told: new Map([[older, tally]]), tally, vote, group })
      return false
    }
    const told = known.told.get(older)
    if (told && OPTIONS_OF.every((option) => told[option] === tally[option])) return 'same'
    if (told)
      throw new BadCell(
        `The tally of the group "${group}" in vote "${vote}" stands twice: here and on line ${known.line}.`,
      )
    known.told.set(older, tally)
    known.tally = addTallies(known.tally, tally)
    return true
  }

  *records(): Iterable<{ readonly line: number; readonly records: readonly GraphRecord[] }> {
    for (const { line, tally, vote, group } of this.#tallies.values()) {
      const [ballot, organization] = [epVoteId(vote), epGroupId(group)]
      const id = voteCountId(ballot, organization)
      const values = { by: 'GROUP', ...tallyColumns(tally) }
      yield {
        line,
        records: [node('VoteCount', id, values), link('CountOf', id, ballot), link('CountFor', id, organization)],
      }
    }
  }
}

/** What the members' votes need to know of the rest of the export. */
export interface VotesContext {
  /** The ballots, by their numbers. */
  readonly ballots: ReadonlyMap<string, KnownBallot>
  readonly members: ReadonlySet<string>
  /** The id of each country, by its three-letter code. */
  readonly places: ReadonlyMap<string, string>
  /** The ids of ballots and members whose rows are bad. */
  readonly lost: ReadonlySet<string>
}

const POSITIONS = new Set<string>(OPTIONS)

/** Checks the cells of a row about a vote that the export does not have: what is left out must be a vote. @throws BadCell */
export const checkNewerVote = ([
  vote = '',
  member = '',
  position = '',
  country = '',
  group = '',
]: readonly string[]) => {
  const cells = { vote_id: vote, member_id: member, position, country_code: country, group_code: group }
  numberIdCell(cells, 'vote_id')
  numberIdCell(cells, 'member_id')
  checkPosition(position)
  if (country !== '') codeCell(cells, 'country_code')
  if (group !== '') codeCell(cells, 'group_code')
}

const checkPosition = (option: string): void => {
  if (!POSITIONS.has(option))
    throw new BadCell(`The column "position" is "${option}", which is not one of ${OPTIONS.join(', ')}.`)
}

/** A vote that stands in several rows, as one of them says it. */
interface VoteRow {
  readonly line: number
  /** All that the row says: the option, the group and the country. */
  readonly side: string
  readonly record: LinkRecord
}

/**
 * Turns rows of `member_votes.csv` into links, each id made once; remembers which member has voted where. Of votes that
 * are known to stand in several rows none is given before all have been read.
 */
export class MemberVotes {
  /** A bit for each ballot and member. */
  readonly #voted: Uint8Array
  /** Bytes for each ballot. */
  readonly #width: number
  readonly #members = new Map<string, { readonly id: string; readonly index: number }>()
  readonly #groups = new Map<string, string>()
  /** Votes that stand in several rows, and were not known to. */
  readonly found = new Set<string>()
  readonly #withheld = new Map<string, [VoteRow, ...VoteRow[]]>()

  constructor(
    readonly context: VotesContext,
    /** The votes that are known to stand in several rows. */
    readonly repeated: ReadonlySet<string>,
  ) {
    for (const number of context.members)
      this.#members.set(number, { id: epMemberId(number), index: this.#members.size })
    this.#width = (context.members.size + 7) >> 3
    this.#voted = new Uint8Array(this.#width * context.ballots.size)
  }

  /**
   * Reads a row `vote_id, member_id, position, country_code, group_code`.
   * @returns the link, why the row is left out, or null where the vote stands in several rows
   * @throws BadCell
   */
  link(row: readonly string[], line: number): LinkRecord | string | null {
    const [vote = '', person = '', option = '', country = '', group = ''] = row
    const ballot = this.context.ballots.get(vote)
    if (!ballot && this.context.lost.has(epVoteId(vote))) return 'about a vote whose own row is bad'
    if (!ballot) throw new BadCell(`The column "vote_id" is "${vote}", which is not in votes.csv.`)
    const member = this.#members.get(person)
    if (!member && this.context.lost.has(epMemberId(person))) return 'about a member whose own row is bad'
    if (!member) throw new BadCell(`The column "member_id" is "${person}", which is not in members.csv.`)
    checkPosition(option)
    const from = country === '' ? null : this.context.places.get(country)
    if (from === undefined)
      throw new BadCell(`The column "country_code" is "${country}", which is not in countries.csv.`)
    const bit = 1 << (member.index & 7)
    const place = ballot.index * this.#width + (member.index >> 3)
    const key = this.repeated.size > 0 || (this.#voted[place] as number) & bit ? `${vote} ${person}` : ''
    const record = link('Vote', member.id, ballot.id, {
      option,
      group: group === '' ? null : this.#groupId(group),
      country: from,
      date: ballot.date,
    })
    if (this.repeated.has(key)) {
      const side = [option, group && `in ${group}`, country && `for ${country}`].filter(Boolean).join(' ')
      const rows = this.#withheld.get(key)
      if (rows) rows.push({ line, side, record })
      else this.#withheld.set(key, [{ line, side, record }])
      return null
    }
    if ((this.#voted[place] as number) & bit) {
      this.found.add(key)
      return null
    }
    this.#voted[place] = (this.#voted[place] as number) | bit
    return record
  }

  /** The rows of each vote that stands in several, after the last row. */
  withheld(): Iterable<readonly [VoteRow, ...VoteRow[]]> {
    return this.#withheld.values()
  }

  #groupId(code: string): string {
    const known = this.#groups.get(code)
    if (known) return known
    if (!/^[A-Z0-9_]{1,40}$/.test(code))
      throw new BadCell(`The column "group_code" is "${code}", which is not a code of a group.`)
    const id = epGroupId(OLDER_CODES[code] ?? code)
    this.#groups.set(code, id)
    return id
  }
}
