import type { ValidateFunction } from 'ajv/dist/2020.js'
import type { GraphShape } from '../../model/graph-shape.js'
import type { GraphRecord } from '../../model/records.js'
import type { Pass, Problem, Rows } from '../importer.js'
import { clip } from '../read/clip.js'
import { digestOf } from '../read/make-records.js'
import { readLines } from '../read/read-lines.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import { readYaml, type YamlDocument } from '../read/yaml-document.js'
import { type Entry, EntryReader, type LinkEntry, type Spot } from './entries.js'
import { explainErrors } from './faults.js'
import {
  gatherRecords,
  INCOMPLETE,
  LINK_TO_LOST,
  needsLost,
  type OutsideTarget,
  type Part,
  partOf,
  problemOf,
  UNSOURCED,
} from './gather.js'

/** Bad lines beyond which a file is something else; it bounds what is kept of them. */
const MAX_BAD = 100_000

/** A source as a line has it, by what its own record cites. */
interface Source {
  readonly id: string
  readonly cited: readonly string[]
}

/** The verdict on a line that an earlier one says in the same words. */
const REPEATED = Symbol('repeated')

/** A line of a file: the record in it, or what is wrong with it. */
interface Written {
  readonly line: number
  readonly text: string
  readonly record: YamlDocument | string
}

/**
 * Records in files of JSON Lines, one a line: `{"Person": {"id": …}}`. They are read anew each time they are asked for; of
 * good lines only the ids are kept.
 */
export class RecordLines {
  readonly problems: Problem[] = []
  /** How many records each file has, good or bad. */
  readonly rows = new Map<string, number>()
  /** How many lines of each file say a record in the same words as an earlier one. */
  readonly repeated = new Map<string, number>()
  readonly #reader: EntryReader
  readonly #types: readonly string[]
  /** Where each record stands, packed: line, file, type. */
  readonly #places = new Map<string, number>()
  readonly #digests = new Map<string, number>()
  readonly #bad = new Map<SourceFile, Set<number>>()
  /** The sources of each file, by their lines. */
  readonly #sources = new Map<SourceFile, Map<number, Source>>()
  /** The lines of each file whose records are given with the links that they need. */
  readonly #wholes = new Map<SourceFile, Set<number>>()
  /** Where each source is first cited. */
  readonly #cited = new Map<string, Spot>()

  constructor(
    readonly shape: GraphShape,
    readonly files: readonly SourceFile[],
    readonly validate: ValidateFunction,
  ) {
    this.#reader = new EntryReader(shape)
    this.#types = [...shape.nodes.keys()]
  }

  /** The type of a record; undefined where no line has it. */
  typeOf(id: string): string | undefined {
    const place = this.#places.get(id)
    return place === undefined ? undefined : this.#types[place % 256]
  }

  /**
   * Reads all lines once and notes what is wrong with each.
   * @param taken where another file has a record of that id
   * @throws RapporteurError `BAD_INPUT` for a file that cannot be read as a whole
   */
  async check(taken: (id: string) => Spot | undefined): Promise<void> {
    for (const [index, file] of this.files.entries()) {
      const bad = new Set<number>()
      const sources = new Map<number, Source>()
      this.#bad.set(file, bad)
      const wholes = new Set<number>()
      this.#sources.set(file, sources)
      this.#wholes.set(file, wholes)
      let rows = 0
      for await (const lines of this.#read(file, () => {})) {
        rows += lines.length
        for (const written of lines) {
          const entry = this.#check(file.name, written, taken)
          if (entry === REPEATED) {
            bad.add(written.line)
            this.repeated.set(file.name, (this.repeated.get(file.name) ?? 0) + 1)
          } else if ('reason' in entry) {
            this.problems.push(entry)
            if (bad.add(written.line).size > MAX_BAD) throw tooManyBad(entry)
          } else {
            const { id, type } = entry.node
            for (const { id: source, file: name, line } of entry.cited)
              if (!this.#cited.has(source)) this.#cited.set(source, { file: name, line })
            this.#digests.set(id, digestOf(written.text))
            this.#places.set(id, (written.line * 4096 + index) * 256 + this.#types.indexOf(type))
            if (partOf(entry) === 'wholes') wholes.add(written.line)
            if (type === 'Source') sources.set(written.line, { id, cited: entry.cited.map((each) => each.id) })
          }
        }
      }
      if (rows === 0) throw badFile(file.name, 'the file has no record; write records into it, or remove it')
      this.rows.set(file.name, rows)
    }
  }

  /** The sources that are cited and that no line has. */
  outside(): readonly OutsideTarget[] {
    return [...this.#cited].filter(([id]) => !this.#places.has(id)).map(([id, spot]) => ({ id, ...spot }))
  }

  /** Adds to the ids that are left out those of sources that cite one of them. */
  loseSources(lost: Set<string>): void {
    const sources = [...this.#sources.values()].flatMap((ofFile) => [...ofFile.values()])
    const next = sources.filter(({ id, cited }) => !lost.has(id) && cited.some((each) => lost.has(each)))
    for (const { id } of next) lost.add(id)
    if (next.length > 0) this.loseSources(lost)
  }

  /** Gives the good records of one part; what hangs on a record that is left out is left out with it, and counted. */
  async *records(part: Part, lost: Set<string>, pass: Pass): AsyncIterable<Rows> {
    for (const file of this.files) {
      const [bad, sources, wholes] = [this.#bad.get(file), this.#sources.get(file), this.#wholes.get(file)]
      if ((part === 'sources' && sources?.size === 0) || (part === 'wholes' && wholes?.size === 0)) {
        pass.advance(file.size)
        continue
      }
      const partAt = (line: number): Part => (sources?.has(line) ? 'sources' : wholes?.has(line) ? 'wholes' : 'nodes')
      const wanted = (line: number): boolean => !bad?.has(line) && (part === 'links' || partAt(line) === part)
      for await (const lines of this.#read(file, pass.advance, wanted)) {
        const batch = { file: file.name, records: [] as GraphRecord[], lines: [] as number[] }
        for (const { line, record } of lines) {
          const entry = typeof record === 'string' ? null : this.#entry(file.name, record)
          for (const each of entry ? this.#recordsOf(entry, part, lost, pass) : []) {
            batch.records.push(each)
            batch.lines.push(line)
          }
        }
        if (batch.records.length > 0) yield batch
      }
    }
  }

  #recordsOf(entry: Entry, part: Part, lost: Set<string>, pass: Pass): readonly GraphRecord[] {
    const { node, links, cited, file, line } = entry
    const given = links.filter(({ required }) => required === (part === 'wholes'))
    if (part !== 'links') {
      const isUnsourced = lost.has(node.id) || cited.some(({ id }) => lost.has(id))
      const reason = isUnsourced ? UNSOURCED : needsLost(entry, lost) ? INCOMPLETE : null
      if (reason !== null) {
        lost.add(node.id)
        pass.fell(file, reason)
        return []
      }
      if (part !== 'wholes') return [node]
    }
    if (lost.has(node.id)) return []
    const mistyped = given.find((link) => this.#typeProblem(link))
    if (mistyped) {
      if (part === 'wholes') lost.add(node.id)
      pass.problem({ file, line, reason: `${node.type} "${node.id}": ${this.#typeProblem(mistyped)}` })
      return []
    }
    if (part === 'wholes') return [node, ...given.map(({ record }) => record)]
    return given.flatMap(({ record }) => {
      if (!lost.has(record.to)) return [record]
      pass.fell(file, LINK_TO_LOST)
      return []
    })
  }

  /** That a link leads to a line of a type which its field cannot lead to; null otherwise. */
  #typeProblem({ field, types, record }: LinkEntry): string | null {
    const type = this.typeOf(record.to)
    if (!type || types.includes(type)) return null
    return `"${field}" leads to "${record.to}", which is of type ${type}, and must lead to ${types.join(' or ')}.`
  }

  async *#read(
    file: SourceFile,
    advance: Pass['advance'],
    wanted: (line: number) => boolean = () => true,
  ): AsyncIterable<readonly Written[]> {
    let sources: unknown
    for await (const lines of readLines(file, advance)) {
      const written: Written[] = []
      for (const { text, line } of lines) {
        if (line > 1 && !wanted(line)) continue
        const value = parseLine(text)
        if (line === 1 && typeof value === 'object' && Object.keys(value).join() === 'sources') {
          sources = this.#sourcesOf(file, value)
          continue
        }
        if (!wanted(line)) continue
        const isRecord = typeof value === 'object' && !('sources' in value)
        written.push({ line, text, record: isRecord ? documentOf(value, sources, line) : reasonOf(value) })
      }
      yield written
    }
  }

  /** The sources that the first line of a file gives to all its records. */
  #sourcesOf({ name }: SourceFile, value: Readonly<Record<string, unknown>>): unknown {
    if (this.validate(value)) return value['sources']
    const [fault] = explainErrors(this.shape, lineDocument(value, 1), this.validate.errors ?? [])
    throw badFile(`${name}, line 1`, (fault?.reason ?? 'the sources are not valid').replace(/\.$/, ''))
  }

  #entry(file: string, document: YamlDocument): Entry | null {
    const entry = this.#reader.read(file, document, typeIn(document), 0)
    return 'node' in entry ? entry : null
  }

  /** A record that is good by itself, or what is wrong with its line. */
  #check(
    file: string,
    { line, text, record }: Written,
    taken: (id: string) => Spot | undefined,
  ): Entry | Problem | typeof REPEATED {
    if (typeof record === 'string') return { file, line, reason: record }
    const type = typeIn(record)
    const [value] = (record.value as Readonly<Record<string, readonly unknown[]>>)[type] ?? []
    if (!this.validate(record.value))
      return problemOf(file, type, value, explainErrors(this.shape, record, this.validate.errors ?? []))
    const entry = this.#reader.read(file, record, type, 0)
    if (!('node' in entry)) return problemOf(file, type, value, entry)
    const { id } = entry.node
    if (!taken(id) && this.#digests.get(id) === digestOf(text)) return REPEATED
    const first = taken(id) ?? this.#spot(id)
    if (first) {
      const reason = `The id "${id}" stands already in ${first.file}, line ${first.line}; keep one of the two records.`
      return { file, line, reason }
    }
    if (countKeys(text) !== keysIn(JSON.parse(text))) return problemOf(file, type, value, [repeatedKey(text, line)])
    // Of itself it tells links that stand twice, and values that do not fit their columns.
    return gatherRecords(this.shape, [entry], [], { closed: false }).problems[0] ?? entry
  }

  #spot(id: string): Spot | undefined {
    const place = this.#places.get(id)
    if (place === undefined) return undefined
    const rest = Math.floor(place / 256)
    return { file: this.files[rest % 4096]?.name ?? '', line: Math.floor(rest / 4096) }
  }
}

const tooManyBad = ({ file, line, reason }: Problem) =>
  badFile(
    `${file}, line ${line}`,
    `more than ${MAX_BAD.toLocaleString('en')} lines are bad, and so is this one: ${reason.replace(/\.$/, '')}`,
  )

const SHAPE = 'a line is one record under its type, such as {"Person": {"id": "person:ann", "name": "Ann"}}'

/** The object that a line is, or what is wrong with it. */
const parseLine = (text: string): Readonly<Record<string, unknown>> | string => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    return `The line is not JSON (${clip((cause as Error).message, 100)}); ${SHAPE}.`
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return `The line is not a JSON object; ${SHAPE}.`
  const keys = Object.keys(value)
  if (keys.length === 1) return value as Readonly<Record<string, unknown>>
  const found = keys.slice(0, 5).map((key) => `"${clip(key, 40)}"`)
  return `The line has ${found.length > 0 ? `the keys ${found.join(', ')}` : 'no key'}; ${SHAPE}.`
}

const reasonOf = (value: Readonly<Record<string, unknown>> | string): string =>
  typeof value === 'string'
    ? value
    : 'The line gives "sources" to all records, which only the first line of a file can.'

/** A line as the YAML file that has this record alone. */
const documentOf = (value: Readonly<Record<string, unknown>>, sources: unknown, line: number): YamlDocument => {
  const [type = '', record] = Object.entries(value)[0] ?? []
  return lineDocument({ [type]: [record], ...(sources !== undefined && { sources }) }, line)
}

const lineDocument = (value: unknown, line: number): YamlDocument => ({ value, lineOf: () => line })

const typeIn = ({ value }: YamlDocument): string => Object.keys(value as object)[0] ?? ''

/** How many keys are written in a text that is JSON. */
const countKeys = (text: string): number => {
  let keys = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    for (at++; text[at] !== '"'; at++) if (text[at] === '\\') at++
    at++
    while (text[at] === ' ' || text[at] === '\t') at++
    if (text[at] === ':') keys++
  }
  return keys
}

/** How many keys a value of JSON has: fewer than were written, where one stands twice. */
const keysIn = (whole: unknown): number => {
  let keys = 0
  const left: unknown[] = [whole]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value !== 'object' || value === null) continue
    if (!Array.isArray(value)) keys += Object.keys(value).length
    for (const each of Object.values(value)) left.push(each)
  }
  return keys
}

const repeatedKey = (text: string, line: number): { readonly line: number; readonly reason: string } => {
  const read = readYaml(Buffer.from(text))
  const reason = 'lineOf' in read ? undefined : read[0]?.reason
  return { line, reason: reason ?? 'A key stands twice in the same mapping; keep one of them.' }
}
