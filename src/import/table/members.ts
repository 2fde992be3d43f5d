import { parseFuzzyDate } from '../../model/fuzzy-date.js'
import { isWebAddress, type Values } from '../../model/records.js'
import { link, node, SAME_ROW } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import type { Step } from '../read/yaml-document.js'
import { Columns, type Row } from './columns.js'
import { type ReadCell, readValue, readWord, sourceOf } from './fields.js'
import type { Constant, Field, Members, Memberships } from './mapping.js'
import { MEMBER_FIELDS } from './mapping-schema.js'
import { NOTHING_NEW, type PartReader, readIds, type Tables } from './parts.js'
import type { Stays } from './stays.js'

/** A day in the format that the mapping tells, or without one a date in EDTF: a day, month or year. */
const readBirth = (field: Field, columns: Columns, path: readonly Step[]): ReadCell<Constant> =>
  sourceOf(field).format === undefined
    ? readWord(field, columns, path)
    : readValue(field, { kind: 'text', type: 'Date' }, columns, path)

/** Reads a member of each row, and the country represented. */
export const memberReader = (part: Members, path: readonly Step[], tables: Tables): PartReader => {
  const columns = new Columns()
  const ids = readIds(part, columns, path)
  const values = tables.values('Person', MEMBER_FIELDS, part, columns, path)
  const born = part.birthDate === undefined ? null : readBirth(part.birthDate, columns, [...path, 'birthDate'])
  const url = part.url === undefined ? null : readWord(part.url, columns, [...path, 'url'])
  const country = tables.named(part.country, 'countries', columns, [...path, 'country'])
  const { citations, members } = tables
  return {
    columns,
    read(row, place, lost) {
      const { id, key } = ids(row)
      lost.push(id)
      const isNewKey = members.add(id, key, place)
      const said = values(row)
      const name = said['name'] ?? ([said['givenName'], said['familyName']].filter(Boolean).join(' ') || null)
      if (name === null) throw new BadCell('The row has no name.')
      const person = node(
        'Person',
        id,
        { ...said, name, ...bornOn(born?.(row) ?? null), ...pages(url?.(row) ?? null) },
        citations,
      )
      const from = country?.(row)
      const records = from ? [person, link('Represents', id, from, citations)] : [person]
      return members.isFirst(id, records, place, null) ? records : isNewKey ? NOTHING_NEW : SAME_ROW
    },
  }
}

/** The columns of a date of birth, as exactly as it is known. */
const bornOn = (written: Constant | null): Values => {
  if (written === null) return {}
  const date = parseFuzzyDate(String(written))
  if (typeof date === 'string') throw new BadCell(`The date of birth ${date}.`)
  return { birthDateEdtf: date.edtf, birthDateEarliest: date.earliest ?? null, birthDateLatest: date.latest ?? null }
}

const pages = (url: string | null): Values => {
  if (url !== null && !isWebAddress(url)) throw new BadCell(`The page "${url}" is not an http or https address.`)
  return url === null ? {} : { urls: [url] }
}

/** Reads the memberships of each row, one or several of them in the same cells. */
export const membershipReader = (
  part: Memberships,
  path: readonly Step[],
  tables: Tables,
  stays: Stays,
): PartReader => {
  const columns = new Columns()
  const { file, citations, body } = tables
  const told = (['body', 'group', 'committee'] as const).filter((each) => part[each] !== undefined)
  if (told.length !== 1)
    file.fault(
      path,
      '"memberships" are of the body, of groups or of committees; write just one of "body: true", "group" and "committee".',
    )
  if (part.body && body === null)
    file.fault([...path, 'body'], 'The memberships are of the body, and the mapping has no "body".')
  const memberOf = tables.reference(part.member, 'member', columns, [...path, 'member'])
  const fixed = columns.names.length
  const group = tables.named(part.group, 'groups', columns, [...path, 'group'])
  const committee = tables.named(part.committee, 'committees', columns, [...path, 'committee'])
  const reader = (name: 'role' | 'term' | 'start' | 'end', column: string) =>
    columnReader(tables, part[name], column, columns, [...path, name])
  const [role, term, start, end] = [
    reader('role', 'role'),
    reader('term', 'term'),
    reader('start', 'startDate'),
    reader('end', 'endDate'),
  ]
  const given = new Map<string, string>()

  const readOne = (row: Row) => {
    const values = { role: role(row) ?? 'MEMBER', term: term(row), startDate: start(row), endDate: end(row) }
    return { values, to: part.body ? body : (group ?? committee)?.(row) }
  }

  const give = (member: string, { values, to }: ReturnType<typeof readOne>) => {
    if (to === undefined) return `without a ${told[0]}`
    if (to === null) {
      stays.add(member, to, values.startDate, values.endDate)
      return `of no ${told[0]}`
    }
    const key = [values.startDate ?? '0000-00-00', values.term, values.role === 'MEMBER' ? null : values.role]
      .filter((each) => each !== null)
      .join('/')
    const known = given.get(`${member}\n${to}\n${key}`)
    const said = JSON.stringify(values)
    if (known === said) return SAME_ROW
    if (known !== undefined)
      throw new BadCell(`The membership of "${to}" by "${member}" from the same day stands before with another end.`)
    given.set(`${member}\n${to}\n${key}`, said)
    if (group) stays.add(member, to, values.startDate, values.endDate)
    return { ...link('Membership', member, to, citations, values), key }
  }

  return {
    columns,
    read(row, place) {
      const { id } = memberOf(row, place)
      const rows = part.split === undefined ? [row] : splitCells(row, fixed, part.split, columns)
      // A row is good as a whole before any of it counts.
      const found = rows.map(readOne).map((each) => give(id, each))
      const records = found.filter((each) => typeof each !== 'string')
      return records.length > 0 ? records : (found.find((each) => typeof each === 'string') ?? NOTHING_NEW)
    },
  }
}

const columnReader = (
  tables: Tables,
  field: Field | undefined,
  name: string,
  columns: Columns,
  path: readonly Step[],
): ReadCell<Constant> => {
  const column = tables.shape.links.get('Membership')?.columns.get(name)
  return field === undefined || !column ? () => null : tables.value(field, column, columns, path)
}

/** A row for each of several in the cells of a row, but for the first cells, which are of all. @throws BadCell where the cells have not as many */
const splitCells = (row: Row, fixed: number, separator: string, { names }: Columns): readonly Row[] => {
  const cells = row.map((cell, place) => (place < fixed ? [cell] : cell.split(separator)))
  const most = Math.max(...cells.slice(fixed).map((pieces) => pieces.length))
  const [longest] = cells.flatMap((pieces, place) => (pieces.length === most ? [names[place]] : []))
  for (const [place, pieces] of cells.entries()) {
    const isOne = place < fixed || row[place]?.trim() === ''
    if (!isOne && pieces.length !== most)
      throw new BadCell(`The column "${names[place]}" has ${pieces.length} in its cell, and "${longest}" has ${most}.`)
  }
  return Array.from({ length: most }, (_, at) =>
    cells.map((pieces) => (pieces.length === 1 ? (pieces[0] as string) : (pieces[at] as string))),
  )
}
