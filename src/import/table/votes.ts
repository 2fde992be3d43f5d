import type { LinkRecord } from '../../model/records.js'
import type { Place } from '../check/known-nodes.js'
import type { Pass } from '../importer.js'
import { link, SAME_ROW } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import { RepeatedVotes } from '../read/repeated-votes.js'
import type { Step } from '../read/yaml-document.js'
import { Columns, type Row } from './columns.js'
import { nameOf, readWritten, sourceOf } from './fields.js'
import type { Keyed } from './keyed-rows.js'
import type { Votes } from './mapping.js'
import { NOTHING_NEW, type PartReader, type Tables } from './parts.js'
import type { Stays } from './stays.js'

/** A vote that stands in several rows, as one of them says it. */
interface VoteRow {
  readonly place: Place
  readonly record: LinkRecord
}

/**
 * The votes that all tables give so far. Of votes that are known to stand in several rows none is given before all have been
 * read: a bit for each ballot and member tells which these are.
 */
export class VotesOfMembers {
  readonly #seen = new RepeatedVotes()
  readonly #withheld = new Map<string, [VoteRow, ...VoteRow[]]>()
  /** Votes of which the memberships tell no group of the day. */
  withoutGroup = 0

  constructor(
    /** The votes that are known to stand in several rows; those that are found to are added. */
    readonly repeated: Set<string>,
  ) {}

  /** Whether a vote is to be given; one that stands in several rows is not, and is kept. */
  add(record: LinkRecord, place: Place): boolean {
    const key = this.repeated.size > 0 ? keyOf(record) : ''
    if (this.repeated.has(key)) {
      const rows = this.#withheld.get(key)
      if (rows) rows.push({ place, record })
      else this.#withheld.set(key, [{ place, record }])
      return false
    }
    if (this.#seen.see(record.to, record.from)) return true
    this.repeated.add(keyOf(record))
    return false
  }

  /** After the last row: the votes that stand in several, where all say the same; where they do not, none is a fact. */
  *rest(pass: Pass): Iterable<VoteRow> {
    for (const rows of this.#withheld.values()) {
      const [first, ...others] = rows
      const another = others.find(({ record }) => sideOf(record) !== sideOf(first.record))
      if (!another) {
        yield first
        for (const { place } of others) pass.leftOut(place.file, SAME_ROW)
        continue
      }
      const [one, two] = [first, another].map(
        ({ record, place }) => `${sideOf(record)} in ${place.file}, line ${place.line}`,
      )
      const reason = `The member "${first.record.from}" stands on two sides of "${first.record.to}": ${one}, and ${two}. Neither is taken.`
      for (const { place } of rows) pass.problem({ ...place, reason })
    }
  }
}

const keyOf = ({ from, to }: LinkRecord): string => `${to}\n${from}`

const sideOf = ({ values: { option, group, country } }: LinkRecord): string =>
  [option, group && `in ${group}`, country && `for ${country}`].filter(Boolean).join(' ')

/** Reads the vote of a member of each row. */
export const voteReader = (
  part: Votes,
  path: readonly Step[],
  tables: Tables,
  stays: Stays,
  votes: VotesOfMembers,
): PartReader => {
  const columns = new Columns()
  const { shape, citations, file } = tables
  const column = shape.links.get('Vote')?.columns.get('option')
  if (!column) throw new Error('A vote has no option.')
  const ballotOf = tables.reference(part.ballot, 'ballot', columns, [...path, 'ballot'])
  const memberOf = tables.reference(part.member, 'member', columns, [...path, 'member'])
  const option = tables.value(part.option, column, columns, [...path, 'option'])
  const isFromStays = part.group !== undefined && sourceOf(part.group).from === 'memberships'
  const memberships = [tables.mapping.memberships ?? []].flat()
  if (isFromStays && memberships.every(({ group }) => group === undefined))
    file.fault(
      [...path, 'group'],
      'The group is to come from the memberships, and "memberships" tells of none in a group.',
    )
  const group = isFromStays ? null : tables.named(part.group, 'groups', columns, [...path, 'group'])
  const country = tables.named(part.country, 'countries', columns, [...path, 'country'])
  const word = readWritten(part.option, columns, [...path, 'option'])
  const isWordForNone = (row: Row) => sourceOf(part.option).values?.[word(row) ?? ''] === null

  const groupOf = (row: Row, member: string, { date, isBad }: Keyed): string | null => {
    const found = isFromStays ? stays.groupOn(member, date) : group?.(row)
    if (found === undefined && isFromStays && !isBad) votes.withoutGroup++
    return found ?? null
  }

  return {
    columns,
    read(row, place) {
      const said = option(row)
      if (said === null && isWordForNone(row)) return 'with an option that the mapping leaves out'
      if (said === null) throw new BadCell(`${nameOf(sourceOf(part.option))} is empty, and tells how the member voted.`)
      const ballot = ballotOf(row, place)
      const { id } = memberOf(row, place)
      const record = link('Vote', id, ballot.id, citations, {
        option: said,
        group: groupOf(row, id, ballot),
        country: country?.(row) ?? null,
        date: ballot.date,
      })
      return votes.add(record, place) ? [record] : NOTHING_NEW
    },
  }
}
