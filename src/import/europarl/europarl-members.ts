import { createHash } from 'node:crypto'
import { epMemberId } from '../../model/ids.js'
import { type Citation, isDay, type Values } from '../../model/records.js'
import { addressOf } from '../howtheyvote/howtheyvote-tables.js'
import type { Batch, Importer, OpenedSource, Pass } from '../importer.js'
import { hashFiles } from '../read/find-tables.js'
import { BadCell, numberIdCell, optionalCell, textCell } from '../read/read-cells.js'
import { badFile, type SourceFile } from '../read/read-text.js'
import { type Encoding, encodingOf, type MemberCells, readMembers } from './members-table.js'
import {
  attempt,
  documentRecords,
  FileRows,
  findSourceFiles,
  link,
  node,
  PARLIAMENT,
  type PublishedDocument,
  SILENT,
} from './minutes.js'

const SET = 'source:ep-meps'
const VERSION = '1'
const IMPORTER = `europarl-members@${VERSION}`

/** Imports the tables of members that the European Parliament publishes, one for each parliamentary term. */
export const europarlMembers: Importer = {
  name: 'europarl-members',
  version: VERSION,
  summary: 'Members of the European Parliament, a table for each term: meps_term9_en.csv.gz',
  open: async (path): Promise<OpenedSource> => {
    const { files, size } = await findSourceFiles(path, /\.csv(\.gz)?$/)
    const tables: Table[] = []
    for (const file of files) {
      const term = /term_?(\d{1,2})(?!\d)/i.exec(file.name)?.[1]
      tables.push({ file, encoding: await encodingOf(file), term: term ? Number(term) : null })
    }
    // The newest first: what it says of a member is shown.
    tables.sort((a, b) => (b.term ?? 0) - (a.term ?? 0))
    const twice = tables.find(({ term }, index) => tables.findIndex((each) => each.term === term) !== index)
    if (twice) throw badFile(twice.file.name, 'another file of the folder is of the same term; keep one of them')
    const [first] = tables
    const source = tables.length === 1 && first ? sourceOf(first) : SET
    const contentHash = await hashFiles(files)
    const edition = new Edition(tables, source, contentHash)
    return { source, contentHash, size, read: (pass) => edition.read(pass) }
  },
}

interface Table {
  readonly file: SourceFile
  readonly encoding: Encoding
  /** The term, by the name of the file: the table itself does not tell. */
  readonly term: number | null
}

const sourceOf = ({ term }: Table): string => (term === null ? SET : `${SET}-term${term}`)

const documentOf = (table: Table | null): PublishedDocument => ({
  source: table ? sourceOf(table) : SET,
  title: `Members of the European Parliament${table?.term ? `, parliamentary term ${table.term}` : ''}`,
  kind: 'DATA_SET',
  url: null,
  published: null,
})

/** What each table says of a person: a fingerprint of its values, by the person's id. */
type Fingerprints = ReadonlyMap<Table, ReadonlyMap<string, string>>

class Edition {
  #fingerprints: Fingerprints | null = null

  constructor(
    readonly tables: readonly Table[],
    readonly source: string,
    readonly contentHash: string,
  ) {}

  async *read(pass: Pass): AsyncIterable<Batch> {
    const fingerprints = await this.#readAhead()
    const about = this.source === SET ? [{ ...documentOf(null), contentHash: this.contentHash }] : []
    for (const table of this.tables) {
      if (table.term === null) pass.note(`${table.file.name}: the name tells no term, so nobody's membership is given.`)
      else about.push({ ...documentOf(table), contentHash: await hashFiles([table.file]) })
    }
    yield documentRecords(about, IMPORTER)
    for (const table of this.tables) yield* this.#rows(pass, table, fingerprints)
  }

  async #readAhead(): Promise<Fingerprints> {
    if (this.#fingerprints) return this.#fingerprints
    const all = new Map<Table, ReadonlyMap<string, string>>()
    for (const table of this.tables) {
      const ofTable = new Map<string, string>()
      for await (const { line, cells } of readMembers(table.file, table.encoding, SILENT)) {
        const person = attempt(SILENT, table.file, line, [], () => personOf(cells, SILENT, table.file))
        if (person && !ofTable.has(person.id)) ofTable.set(person.id, fingerprint(person.values))
      }
      all.set(table, ofTable)
    }
    this.#fingerprints = all
    return all
  }

  async *#rows(pass: Pass, table: Table, fingerprints: Fingerprints): AsyncIterable<Batch> {
    const { file } = table
    const lines = new Map<string, number>()
    let rows = new FileRows(file.name)
    for await (const { line, cells } of readMembers(file, table.encoding, pass)) {
      pass.rows(file.name, 1)
      const lost = typeof cells === 'string' ? [] : [epMemberId(cells.mep_identifier.trim())]
      attempt(
        pass,
        file,
        line,
        lost.filter((id) => !lines.has(id)),
        () => {
          const person = personOf(cells, pass, file)
          const first = lines.get(person.id)
          if (first !== undefined)
            throw new BadCell(`The member "${person.id}" stands twice: here and on line ${first}.`)
          lines.set(person.id, line)
          this.#give(pass, rows, line, table, person, fingerprints)
        },
      )
      if (rows.records.length < FULL) continue
      yield rows
      rows = new FileRows(file.name)
    }
    if (lines.size === 0) throw badFile(file.name, 'the table has no member that can be read')
    yield rows
  }

  /** A person stands in the edition once, as the newest table has it; all tables that say the same are cited. */
  #give(
    pass: Pass,
    rows: FileRows,
    line: number,
    table: Table,
    { id, values, weak }: Person,
    fingerprints: Fingerprints,
  ): void {
    const citations: readonly Citation[] = [{ source: sourceOf(table) }]
    const own = fingerprint(values)
    const newest = this.tables.find((each) => fingerprints.get(each)?.has(id))
    if (newest === table) {
      const same = this.tables.filter((each) => fingerprints.get(each)?.get(id) === own)
      const all = same.map((each) => ({ source: sourceOf(each) }))
      rows.add(line, [node('Person', id, values, all, weak)])
      if (weak.length > 0) {
        const message = `The name is "${String(values['name'])}": letters were lost at the source.`
        pass.finding({ rule: 'name-is-whole', record: id, message })
      }
    } else if (newest && fingerprints.get(newest)?.get(id) !== own) {
      pass.note(`${table.file.name}: of ${id} ${newest.file.name}, a newer table, says something else, which is shown.`)
    }
    if (table.term === null) return
    const key = `0000-00-00/${String(table.term).padStart(2, '0')}`
    rows.add(line, [{ ...link('Membership', id, PARLIAMENT, citations, { role: 'MEMBER', term: table.term }), key }])
  }
}

/** Records in a batch. */
const FULL = 5_000

const fingerprint = (values: Values): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('base64').slice(0, 16)

interface Person {
  readonly id: string
  readonly values: Values
  /** The columns of a damaged name. */
  readonly weak: readonly string[]
}

/** Letters that were lost at the source: no name of a person has a question mark. */
const isDamaged = (name: string): boolean => name.includes('?')

/** Reads a row. @throws BadCell */
const personOf = (cells: MemberCells | string, pass: Pass, file: SourceFile): Person => {
  if (typeof cells === 'string') throw new BadCell(cells)
  const number = numberIdCell(cells, 'mep_identifier')
  const id = epMemberId(number)
  const address = textCell(cells, 'mep_URI')
  if (!address.endsWith(`/${number}`))
    throw new BadCell(`The column "mep_URI" is "${address.slice(0, 80)}", which is not about member ${number}.`)
  const [givenName, familyName] = [textCell(cells, 'mep_given_name'), textCell(cells, 'mep_family_name')]
  const official = [cells.mep_official_given_name, cells.mep_official_family_name].map((name) => name.trim()).join(' ')
  const born = birthDay(cells)
  const weak = isDamaged(givenName) || isDamaged(familyName) ? ['name', 'sortName'] : []
  return {
    id,
    values: {
      name: `${givenName} ${familyName}`,
      sortName: `${familyName}, ${givenName}`,
      givenName: isDamaged(givenName) ? null : givenName,
      familyName: isDamaged(familyName) ? null : familyName,
      names: official.trim() && !isDamaged(official) ? [{ text: official.trim() }] : [],
      email: optionalCell(cells, 'mep_email')?.replace(/^mailto:/i, '') ?? null,
      links: linksOf(cells, number, pass, file),
      ...(born && { birthDateEdtf: born, birthDateEarliest: born, birthDateLatest: born }),
    },
    weak,
  }
}

/** A day such as `06/02/1952 01:00`; the time comes of a time zone and is none. */
const birthDay = (cells: MemberCells): string | null => {
  const written = optionalCell(cells, 'mep_birthday')
  if (written === null) return null
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})(?: \d{2}:\d{2})?$/.exec(written) ?? []
  const born = `${year}-${month}-${day}`
  if (!isDay(born))
    throw new BadCell(`The column "mep_birthday" is "${written.slice(0, 60)}", which is no day such as 06/02/1952.`)
  return born
}

const linksOf = (cells: MemberCells, number: string, pass: Pass, file: SourceFile): readonly string[] => {
  const columns = [
    cells.mep_homepage,
    cells.mep_twitter,
    cells.mep_facebook_page,
    cells.mep_facebook_profile,
    cells.mep_instagram,
  ]
  const links = new Set<string>()
  for (const written of columns.flatMap((cell) => cell.split(';')).map((each) => each.trim())) {
    const address = written === '' ? null : addressOf(written)
    if (address) links.add(address)
    else if (written !== '')
      pass.note(`${file.name}: the address "${written.slice(0, 100)}" of member ${number} is none and was left out.`)
  }
  return [...links]
}
