import type { GraphShape } from '../../model/graph-shape.js'
import type { GraphRecord } from '../../model/records.js'
import { type Batch, type Importer, type OpenedSource, type Pass, ReadAgain } from '../importer.js'
import { hashFiles } from '../read/find-files.js'
import { FileRows, link, node, SAME_ROW, SILENT } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import { readCells, readColumns } from '../read/read-csv.js'
import { whatElse } from '../read/schema-problem.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import type { Fault, Step } from '../read/yaml-document.js'
import { ballotReader, tallyReader } from './ballots.js'
import type { Row } from './columns.js'
import { type FoundMappings, findMappings } from './find-tables.js'
import { type Mapping, PARTS, type Part } from './mapping.js'
import { memberReader, membershipReader } from './members.js'
import { onlySome, type PartReader, Tables } from './parts.js'
import { badMapping, type MappingFile, readMapping } from './read-mapping.js'
import { Stays } from './stays.js'
import { VotesOfMembers, voteReader } from './votes.js'

const VERSION = '1'
const IMPORTER = `table@${VERSION}`

/** Imports tables as anybody has them, by a mapping that says what their columns are. */
export const tableImporter = (shape: GraphShape): Importer => ({
  name: 'table',
  version: VERSION,
  summary: 'CSV tables as anybody has them, by a mapping in YAML: MAPPING.yaml [TABLE OR FOLDER ...]',
  takesPlaces: true,
  recognises: ({ name, text }) =>
    /\.ya?ml$/i.test(name) && /^source:/m.test(text) && /^(?:ballots|members|votes):/m.test(text),
  open: async (path, places = []): Promise<readonly OpenedSource[]> => {
    const found = await findMappings(path, places)
    const editions = new Map<string, OpenedSource>()
    for (const file of found.mappings) {
      const mapping = await readMapping(file, shape)
      const { id, published, retrieved } = mapping.mapping.source
      if (editions.has(id))
        mapping.fault(
          ['source', 'id'],
          `Another mapping here is of the source "${id}" as well; give one of them another id.`,
        )
      const { parts, leftOut } = await openParts(mapping, found, shape)
      const tables = new Map(parts.flatMap(({ files }) => files).map((each) => [each.name, each]))
      const contentHash = await hashFiles([file, ...tables.values()])
      const edition = new Edition(mapping, shape, { parts, leftOut }, contentHash)
      const size = parts.flatMap(({ files }) => files).reduce((sum, each) => sum + each.size, 0)
      editions.set(id, {
        source: id,
        date: published ?? retrieved ?? null,
        contentHash,
        size,
        read: (pass) => edition.read(pass),
      })
    }
    return [...editions.values()].sort((a, b) => (a.source < b.source ? -1 : 1))
  },
})

type PartName = (typeof PARTS)[number]

/** A part of a mapping, or one of several of its kind, and the tables that it is read from. */
interface OpenedPart {
  readonly name: PartName
  readonly path: readonly Step[]
  readonly files: readonly SourceFile[]
}

/** The parts of a mapping, and a sentence for each table of what of it the mapping leaves out. */
interface Opened {
  readonly parts: readonly OpenedPart[]
  readonly leftOut: readonly string[]
}

/** Finds the tables of each part, and checks that they have the columns that the mapping names. */
const openParts = async (file: MappingFile, found: FoundMappings, shape: GraphShape): Promise<Opened> => {
  const { mapping } = file
  const parts = PARTS.flatMap((name): OpenedPart[] => {
    const part = mapping[name]
    const paths: (readonly Step[])[] =
      part === undefined ? [] : Array.isArray(part) ? part.map((_, at) => [name, at]) : [[name]]
    return paths.map((path) => ({ name, path, files: filesOf(file, found, path) }))
  })
  if (parts.length === 0)
    file.fault([], `The mapping has none of ${PARTS.join(', ')}, so that there is nothing to read.`)
  const reading = new Reading(file, shape, new Set())
  const faults: Fault[] = []
  const seen = new Map<string, readonly string[]>()
  const named = new Map<string, Set<string>>()
  for (const part of parts) {
    const { columns } = reading.reader(part)
    for (const table of part.files) {
      const there = seen.get(table.name) ?? (await readColumns(table, mapping.csv))
      seen.set(table.name, there)
      named.set(table.name, new Set([...(named.get(table.name) ?? []), ...columns.names]))
      for (const { column, path } of columns.namedAt) {
        if (there.includes(column)) continue
        faults.push({
          line: file.lineOf(path),
          reason: `"${path.at(-1)}" names the column "${column}", which ${table.name} does not have; ${adviceOn(column, there, mapping)}`,
        })
      }
    }
  }
  if (faults.length > 0) throw badMapping(file.name, faults)
  const leftOut = [...seen].flatMap(([table, there]) => {
    const others = there.filter((column) => !named.get(table)?.has(column)).map((column) => `"${column}"`)
    if (others.length === 0) return []
    const [what, was] = others.length === 1 ? ['column', 'was'] : ['columns', 'were']
    return [
      `${table}: the ${what} ${others.join(', ')} ${was} left out, since the mapping does not name ${others.length === 1 ? 'it' : 'them'}.`,
    ]
  })
  return { parts, leftOut }
}

const adviceOn = (column: string, there: readonly string[], { csv }: Mapping): string => {
  const [only = ''] = there
  const other = [';', '\t', ','].find((each) => there.length === 1 && each !== csv?.separator && only.includes(each))
  return other
    ? `it has one column alone, "${only}". Its cells seem to be separated otherwise; write at the top: csv: { separator: "${other === '\t' ? '\\t' : other}" }`
    : whatElse(column, there)
}

const filesOf = (file: MappingFile, found: FoundMappings, path: readonly Step[]): readonly SourceFile[] => {
  const { file: names } = partAt<Part>(file.mapping, path)
  const files = [names].flat().flatMap((name) => {
    const tables = found.tables(name)
    if (tables.length === 0)
      file.fault([...path, 'file'], `There is no table "${name}" in ${found.where}; give its folder after the mapping.`)
    if (tables.length > 1 && !name.includes('*'))
      file.fault(
        [...path, 'file'],
        `The table "${name}" is there twice, as ${tables.map((each) => each.name).join(' and ')}; keep one of them.`,
      )
    return tables
  })
  return [...new Map(files.map((each) => [each.name, each])).values()]
}

const partAt = <One>(mapping: Mapping, [name, at]: readonly Step[]): One => {
  const part = mapping[name as PartName]
  return (at === undefined ? part : (part as readonly unknown[])[Number(at)]) as One
}

/** One reading of the tables: what is known grows with it. */
class Reading {
  readonly tables: Tables
  readonly stays = new Stays()
  readonly votes: VotesOfMembers

  constructor(
    readonly file: MappingFile,
    shape: GraphShape,
    repeated: Set<string>,
  ) {
    this.tables = new Tables(file, shape)
    this.votes = new VotesOfMembers(repeated)
  }

  reader({ name, path }: Pick<OpenedPart, 'name' | 'path'>): PartReader {
    return onlySome(partAt(this.file.mapping, path), path, this.#readerOf(name, path))
  }

  #readerOf(name: PartName, path: readonly Step[]): PartReader {
    const { mapping } = this.file
    switch (name) {
      case 'ballots':
        return ballotReader(partAt(mapping, path), path, this.tables)
      case 'members':
        return memberReader(partAt(mapping, path), path, this.tables)
      case 'memberships':
        return membershipReader(partAt(mapping, path), path, this.tables, this.stays)
      case 'tallies':
        return tallyReader(partAt(mapping, path), path, this.tables)
      case 'votes':
        return voteReader(partAt(mapping, path), path, this.tables, this.stays, this.votes)
    }
  }
}

/** The reading of a table by a part of the mapping. */
interface TableReading {
  readonly reading: Reading
  readonly reader: PartReader
  readonly file: SourceFile
  /** Whether no later part reads the table. */
  readonly isLast: boolean
}

class Edition {
  /** The votes that stand in several rows, as far as a reading has found any. */
  readonly #repeated = new Set<string>()

  constructor(
    readonly file: MappingFile,
    readonly shape: GraphShape,
    readonly opened: Opened,
    readonly contentHash: string,
  ) {}

  async *read(pass: Pass): AsyncIterable<Batch> {
    const before = this.#repeated.size
    const reading = new Reading(this.file, this.shape, this.#repeated)
    for (const sentence of this.opened.leftOut) pass.note(sentence)
    yield [...this.#about(reading), ...reading.tables.fresh()]
    const counted = new Set<string>()
    for (const part of this.opened.parts) {
      const reader = reading.reader(part)
      for (const file of part.files) {
        // The rows of a table that several parts read are counted once.
        const own: Pass = counted.has(file.name) ? { ...SILENT, advance: pass.advance } : { ...pass, note() {} }
        // Of a table with a vote in each row, the rows of one ballot are no repetitions.
        const isLast = this.opened.parts.findLast(({ files }) => files.some(({ name }) => name === file.name)) === part
        yield* this.#rows({ reading, reader, file, isLast }, pass, own)
        counted.add(file.name)
      }
    }
    if (this.#repeated.size > before) {
      if (this.#repeated.size > MAX_REPEATED)
        throw badFile(
          this.file.name,
          `more than ${MAX_REPEATED.toLocaleString('en')} votes stand in several rows of its tables`,
        )
      throw new ReadAgain()
    }
    for (const { place, record } of reading.votes.rest(pass)) {
      const rows = new FileRows(place.file)
      rows.add(place.line, [record])
      yield rows
    }
    for (const finding of reading.tables.unknown.findings()) pass.finding(finding)
    const { withoutGroup } = reading.votes
    if (withoutGroup > 0)
      pass.note(
        `Of ${withoutGroup.toLocaleString('en')} votes the memberships do not tell one group of the day; these votes are without a group.`,
      )
  }

  async *#rows({ reading, reader, file, isLast }: TableReading, pass: Pass, own: Pass): AsyncIterable<Batch> {
    const { columns, read } = reader
    for await (const { rows, lines } of readCells(file, columns.names, own, [], this.file.mapping.csv)) {
      const batch = new FileRows(file.name)
      for (let at = 0; at < rows.length; at++) {
        const place = { file: file.name, line: lines[at] as number }
        const lost: string[] = []
        try {
          const found = read(rows[at] as Row, place, lost)
          if (found === SAME_ROW && !isLast) continue
          if (typeof found === 'string') pass.leftOut(file.name, found)
          else batch.add(place.line, found)
        } catch (error) {
          if (!(error instanceof BadCell)) throw error
          pass.problem({ ...place, reason: error.message, lost })
        }
      }
      const fresh = reading.tables.fresh()
      if (fresh.length > 0) yield fresh
      yield batch
    }
  }

  /** The source, its publisher and the body. */
  #about({ tables: { citations } }: Reading): readonly GraphRecord[] {
    const { source, body, language } = this.file.mapping
    const { id, publisher, kind = 'DATA_SET', ...said } = source
    const records: GraphRecord[] = []
    if (publisher) {
      const { id: of, ...values } = publisher
      records.push(node('Organization', of, { kind: 'OTHER', ...values }, citations))
    }
    records.push(node('Source', id, { kind, ...said, contentHash: this.contentHash, importer: IMPORTER }, citations))
    if (publisher) records.push(link('Publisher', id, publisher.id, citations))
    if (body) {
      const { id: of, ...values } = body
      const languages = language === undefined ? undefined : { name: language }
      records.push(node('Organization', of, { kind: 'PARLIAMENT', ...values }, citations, [], languages))
    }
    return records
  }
}

/** Votes in several rows beyond which the table is something else; it bounds what is kept of them. */
const MAX_REPEATED = 200_000
