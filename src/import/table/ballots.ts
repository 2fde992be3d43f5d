import { voteCountId } from '../../model/ids.js'
import type { Values } from '../../model/records.js'
import { link, node, SAME_ROW } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import type { Step } from '../read/yaml-document.js'
import { Columns } from './columns.js'
import type { Ballots, Tallies } from './mapping.js'
import { BALLOT_FIELDS, TALLY_FIELDS } from './mapping-schema.js'
import { NOTHING_NEW, type PartReader, readIds, type Tables } from './parts.js'

/** Reads a ballot of each row, and what it was filed under. */
export const ballotReader = (part: Ballots, path: readonly Step[], tables: Tables): PartReader => {
  const columns = new Columns()
  const ids = readIds(part, columns, path)
  const values = tables.values('VoteEvent', BALLOT_FIELDS, part, columns, path)
  const tally = tables.values('VoteEvent', TALLY_FIELDS, part, columns, path)
  const committee = tables.named(part.committee, 'committees', columns, [...path, 'committee'])
  const { citations, body, ballots } = tables
  const { language } = tables.mapping
  const languages = language === undefined ? undefined : { title: language, description: language }
  return {
    columns,
    read(row, place, lost) {
      const { id, key } = ids(row)
      lost.push(id)
      const isNewKey = ballots.add(id, key, place)
      const said: Values = { ...values(row), ...withVoting(tally(row)) }
      const records = [
        node('VoteEvent', id, said, citations, [], languages),
        ...(body === null ? [] : [link('HeldIn', id, body, citations)]),
      ]
      const filed = committee?.(row)
      const filing = filed ? [link('Filing', id, filed, citations, { scheme: 'COMMITTEE' })] : []
      const { date } = said
      const all = [...records, ...filing]
      return ballots.isFirst(id, all, place, typeof date === 'string' ? date : null)
        ? all
        : isNewKey
          ? NOTHING_NEW
          : SAME_ROW
    },
  }
}

/** A tally with the number of those who voted, where all three numbers are known. */
const withVoting = (tally: Values): Values => {
  const { tallyFor, tallyAgainst, tallyAbstention } = tally
  return typeof tallyFor === 'number' && typeof tallyAgainst === 'number' && typeof tallyAbstention === 'number'
    ? { ...tally, tallyVoting: tallyFor + tallyAgainst + tallyAbstention }
    : tally
}

/** Reads the tally of a group or country of each row. */
export const tallyReader = (part: Tallies, path: readonly Step[], tables: Tables): PartReader => {
  const columns = new Columns()
  const by = part.group === undefined ? 'country' : 'group'
  if ((part.group === undefined) === (part.country === undefined))
    tables.file.fault(path, '"tallies" are of groups or of countries; write "group" or "country", and not both.')
  const ballotOf = tables.reference(part.ballot, 'ballot', columns, [...path, 'ballot'])
  const whose = tables.named(part[by], by === 'group' ? 'groups' : 'countries', columns, [...path, by])
  const tally = tables.values('VoteCount', TALLY_FIELDS, part, columns, path)
  const { citations } = tables
  const lines = new Map<string, string>()
  return {
    columns,
    read(row, place) {
      const ballot = ballotOf(row, place)
      const of = whose?.(row)
      if (of === undefined) throw new BadCell(`The row is empty where it tells the ${by}.`)
      if (of === null) return `of no ${by}`
      const id = voteCountId(ballot.id, of)
      const first = lines.get(id)
      const values = withVoting(tally(row))
      const said = JSON.stringify(values)
      if (first?.startsWith(`${said} `)) return SAME_ROW
      if (first !== undefined)
        throw new BadCell(
          `The tally "${id}" stands twice, here and in ${first.slice(first.lastIndexOf('} ') + 2)}, with other numbers.`,
        )
      lines.set(id, `${said} ${place.file}, line ${place.line}`)
      return [
        node('VoteCount', id, { by: by === 'group' ? 'GROUP' : 'COUNTRY', ...values }, citations),
        link('CountOf', id, ballot.id, citations),
        link('CountFor', id, of, citations),
      ]
    },
  }
}
