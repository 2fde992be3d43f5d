import { pipeline } from 'node:stream'
import { TextDecoder } from 'node:util'
import { parse } from 'csv-parse'
import type { Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import type { Encoding } from '../read/read-text.js'
import { badFile, readBytes, type SourceFile } from '../read/source-file.js'

/** The columns that are read of a table of members; `docs/sources/europarl-members.md` says what becomes of each. */
const COLUMNS = [
  'mep_identifier',
  'mep_given_name',
  'mep_family_name',
  'mep_official_given_name',
  'mep_official_family_name',
  'mep_birthday',
  'mep_email',
  'mep_homepage',
  'mep_twitter',
  'mep_facebook_page',
  'mep_facebook_profile',
  'mep_instagram',
  'mep_URI',
] as const

/** Columns that are known and left out. */
const LEFT_OUT = [
  'mep_honorific_prefix',
  'mep_gender',
  'mep_citizenship',
  'mep_place_of_birth',
  'mep_death_date',
  'mep_image',
]

export type MemberCells = Readonly<Record<(typeof COLUMNS)[number], string>>

/** The longest row in characters; also what a quote that is never closed may swallow. */
const MAX_ROW = 1_000_000

/** The encoding of a table: UTF-8 if all of it can be read so, windows-1252 otherwise. */
export const encodingOf = async (file: SourceFile): Promise<Encoding> => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const bytes of readBytes(file, () => {})) {
    try {
      decoder.decode(bytes, { stream: true })
    } catch {
      return 'windows-1252'
    }
  }
  return 'utf-8'
}

/** A row, and the line on which it begins; `cells` is a sentence where the row is bad. */
export interface MemberRow {
  readonly line: number
  readonly cells: MemberCells | string
}

/**
 * Reads a table of members row by row.
 * @throws RapporteurError `BAD_INPUT` for a missing column, a truncated gzip, a row or quote that does not end
 */
export async function* readMembers(file: SourceFile, encoding: Encoding, pass: Pass): AsyncIterable<MemberRow> {
  const parser = parse({
    info: true,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW,
  })
  // The error of a pipeline reaches its last stream, from which the loop throws it.
  pipeline(readBytes(file, pass.advance), decodeWith(encoding), parser, () => {})
  let header: readonly string[] | null = null
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      const line = info.lines - record.join('').split('\n').length + 1
      if (!header) header = readHeader(file, record, pass)
      else yield { line, cells: cellsOf(header, record) }
    }
  } catch (cause) {
    throw isOurs(cause) ? cause : badFile(whereOf(file, cause), problemOf(cause), cause)
  }
  if (!header) throw badFile(file.name, 'the file is empty; it has not even a header')
}

interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

const decodeWith = (encoding: Encoding) =>
  async function* (chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
    const decoder = new TextDecoder('utf-8')
    for await (const chunk of chunks)
      yield encoding === 'utf-8' ? decoder.decode(chunk, { stream: true }) : decodeWindows1252(chunk)
    yield decoder.decode()
  }

/** What windows-1252 has where Latin-1 has the control characters 80 to 9F; five of them stay. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

// TextDecoder of Node 20 reads windows-1252 as Latin-1 where it is not told to stream: "Š" becomes U+008A.
const decodeWindows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (character) => WINDOWS[character.charCodeAt(0) - 0x80] ?? character)

const readHeader = (file: SourceFile, header: readonly string[], pass: Pass): readonly string[] => {
  const names = header.map((name) => name.trim())
  const missing = COLUMNS.filter((column) => !names.includes(column)).map((column) => `"${column}"`)
  if (missing.length > 0)
    throw badFile(`${file.name}, line 1`, `the header "${names.join(',').slice(0, 100)}" lacks ${missing.join(', ')}`)
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) throw badFile(`${file.name}, line 1`, `the column "${repeated}" stands twice`)
  for (const name of names) {
    if (!COLUMNS.some((column) => column === name) && !LEFT_OUT.includes(name))
      pass.note(`${file.name}: the column "${name}" is not known to this importer and was left out.`)
  }
  return names
}

/** What windows-1252 has no character for. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const NO_CHARACTER = /[\u0000-\u0008\u0080-\u009f]/

const cellsOf = (header: readonly string[], record: readonly string[]): MemberCells | string => {
  if (record.length !== header.length)
    return `The row has ${record.length} ${record.length === 1 ? 'cell' : 'cells'} and the header ${header.length}.`
  const broken = record.find((cell) => NO_CHARACTER.test(cell))
  if (broken !== undefined) return `The cell "${clip(broken)}" has a byte that is not a character.`
  return Object.fromEntries(COLUMNS.map((column) => [column, record[header.indexOf(column)] ?? ''])) as MemberCells
}

const isOurs = (cause: unknown): boolean => (cause as { readonly name?: string } | null)?.name === 'RapporteurError'

const whereOf = ({ name }: SourceFile, cause: unknown): string => {
  const line = (cause as { readonly lines?: unknown } | null)?.lines
  return typeof line === 'number' ? `${name}, line ${line}` : name
}

const problemOf = (cause: unknown): string => {
  const code = (cause as { readonly code?: string } | null)?.code ?? String(cause)
  switch (code) {
    case 'CSV_MAX_RECORD_SIZE':
      return `the row is longer than ${MAX_ROW.toLocaleString('en')} characters, or has a quote that is never closed`
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a cell begins with a quote that is never closed'
    default:
      return `the file cannot be read (${code})`
  }
}
