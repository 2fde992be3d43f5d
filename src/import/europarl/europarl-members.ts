import { epMemberId } from '../../model/ids.js'
import { isDay, type Values } from '../../model/records.js'
import type { Batch, Importer, OpenedSource, Pass } from '../importer.js'
import { addressOf } from '../read/address-of.js'
import { clip } from '../read/clip.js'
import { findMatching } from '../read/find-files.js'
import { FirstReasons } from '../read/first-reasons.js'
import { attempt, FileRows, link, node } from '../read/make-records.js'
import { BadCell, numberIdCell, optionalCell, textCell } from '../read/read-cells.js'
import { headOf } from '../read/read-head.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import { directoryOf, readDirectory } from './members-directory.js'
import { encodingOf, type MemberCells, readMembers } from './members-table.js'
import { firstDayOf, PARLIAMENT } from './minutes.js'
import { documentRecords, openDocuments, type PublishedDocument } from './open-documents.js'

const VERSION = '1'
const IMPORTER = `europarl-members@${VERSION}`

/** Imports the tables of members that the European Parliament publishes, one for each parliamentary term. */
export const europarlMembers: Importer = {
  name: 'europarl-members',
  version: VERSION,
  summary: 'Members of the European Parliament: a table for each term (meps_term9_en.csv.gz), or the directory in XML',
  recognises: ({ text }) =>
    /<meps[\s>]/.test(text) || /^"?mep_identifier|,"?mep_identifier/.test(text.split('\n', 1)[0] ?? ''),
  open: async (path): Promise<readonly OpenedSource[]> => {
    const tables: Table[] = []
    for (const file of await findMatching(path, /\.(?:csv|xml)(?:\.gz)?$/, '.csv, .csv.gz, .xml or .xml.gz')) {
      const isDirectory = (await headOf(file)).text.startsWith('<')
      const written = /term_?(\d{1,2})(?!\d)/i.exec(file.name)?.[1]
      const term = written ? Number(written) : null
      tables.push({
        file,
        isDirectory,
        term,
        document: isDirectory ? directoryOf(term) : documentOf(term),
        date: term === null ? null : firstDayOf(term),
      })
    }
    const twice = tables.find(
      ({ document: { source } }, index) => tables.findIndex((each) => each.document.source === source) !== index,
    )
    if (twice) throw badFile(twice.file.name, 'another file of the folder is of the same term; keep one of them')
    return openDocuments(
      tables,
      (_document, own, contentHash) =>
        async function* (pass) {
          for (const table of own)
            yield* table.isDirectory
              ? readDirectory(table, contentHash, IMPORTER, pass)
              : readTable(table, contentHash, pass)
        },
    )
  },
}

interface Table {
  readonly file: SourceFile
  readonly isDirectory: boolean
  /** The term, by the name of the file: the table itself does not tell. */
  readonly term: number | null
  readonly document: PublishedDocument
  /** The first day of the term: a table has no day of its own. */
  readonly date: string | null
}

const documentOf = (term: number | null): PublishedDocument => ({
  source: term === null ? 'source:ep-meps' : `source:ep-meps-term${term}`,
  title: `Members of the European Parliament${term === null ? '' : `, parliamentary term ${term}`}`,
  kind: 'DATA_SET',
  url: null,
  published: null,
})

async function* readTable(table: Table, contentHash: string, told: Pass): AsyncIterable<Batch> {
  const reasons = new FirstReasons(told)
  const { pass } = reasons
  const { file, term, document } = table
  const encoding = await encodingOf(file)
  if (term === null) pass.note(`${file.name}: the name tells no term, so nobody's membership is given.`)
  yield documentRecords(document, contentHash, IMPORTER)
  const lines = new Map<string, number>()
  let rows = new FileRows(file.name)
  for await (const { line, cells } of readMembers(file, encoding, pass)) {
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
        if (first !== undefined) throw new BadCell(`The member "${person.id}" stands twice: here and on line ${first}.`)
        lines.set(person.id, line)
        give(pass, rows, line, table, person)
      },
    )
    if (rows.records.length < FULL) continue
    yield rows
    rows = new FileRows(file.name)
  }
  if (lines.size === 0) throw badFile(file.name, `the table has no member that can be read${reasons.said}`)
  yield rows
}

const give = (pass: Pass, rows: FileRows, line: number, { term, document }: Table, person: Person): void => {
  const { id, values, weak } = person
  const citations = [{ source: document.source }]
  rows.add(line, [node('Person', id, values, citations, weak)])
  if (weak.includes('name')) {
    const message = `The name is "${String(values['name'])}": letters were lost at the source.`
    pass.finding({ rule: 'NAME_IS_WHOLE', record: id, message })
  }
  if (term === null) return
  const key = `0000-00-00/${String(term).padStart(2, '0')}`
  rows.add(line, [{ ...link('Membership', id, PARLIAMENT, citations, { role: 'MEMBER', term }), key }])
}

/** Records in a batch. */
const FULL = 5_000

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
    throw new BadCell(`The column "mep_URI" is "${clip(address, 80)}", which is not about member ${number}.`)
  const [givenName, familyName] = [textCell(cells, 'mep_given_name'), textCell(cells, 'mep_family_name')]
  const official = [cells.mep_official_given_name, cells.mep_official_family_name].map((name) => name.trim()).join(' ')
  const born = birthDay(cells)
  // A member has an address for as long as the term, and others beside it.
  const weak = ['email', ...(isDamaged(givenName) || isDamaged(familyName) ? ['name', 'sortName'] : [])]
  return {
    id,
    values: {
      name: `${givenName} ${familyName}`,
      sortName: `${familyName}, ${givenName}`,
      givenName: isDamaged(givenName) ? null : givenName,
      familyName: isDamaged(familyName) ? null : familyName,
      names: official.trim() && !isDamaged(official) ? [{ text: official.trim() }] : [],
      email: emailOf(optionalCell(cells, 'mep_email') ?? ''),
      urls: linksOf(cells, number, pass, file),
      ...(born && { birthDateEdtf: born, birthDateEarliest: born, birthDateLatest: born }),
    },
    weak,
  }
}

/** The first address at the Parliament of those in a cell, `mailto:a@example.org; mailto:b@example.org`; else the first. */
const emailOf = (written: string): string | null => {
  const addresses = written.split(/[;,\s]+/).map((address) => address.replace(/^mailto:/i, ''))
  const all = addresses.filter((address) => address.includes('@'))
  return all.find((address) => /@europarl\.europa\.eu$/i.test(address)) ?? all[0] ?? null
}

/** A day such as `06/02/1952 01:00`; the time comes of a time zone and is none. */
const birthDay = (cells: MemberCells): string | null => {
  const written = optionalCell(cells, 'mep_birthday')
  if (written === null) return null
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})(?: \d{2}:\d{2})?$/.exec(written) ?? []
  const born = `${year}-${month}-${day}`
  if (!isDay(born))
    throw new BadCell(`The column "mep_birthday" is "${clip(written)}", which is not a day such as 06/02/1952.`)
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
      pass.note(
        `${file.name}: the address "${clip(written, 100)}" of member ${number} is not a web address and was left out.`,
      )
  }
  return [...links]
}
