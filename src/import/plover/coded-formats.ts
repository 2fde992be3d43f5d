import { parse } from 'csv-parse/sync'
import type { Pass } from '../importer.js'
import { BadCell } from '../read/read-cells.js'
import { readCsv } from '../read/read-csv.js'
import { readText } from '../read/read-text.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import type { CodedEvent, TellNoCountry } from './coded-events.js'
import { readJsonArray, readJsonLines } from './coded-json.js'
import { MAX_LINE, readHeaderless, readTabbed, splitTabs } from './coded-rows.js'
import { GDELT_ADDRESS, GDELT_COLUMNS, GDELT_READ, gdeltEvent } from './gdelt.js'
import { ICEWS_COLUMNS, icewsEvent } from './icews.js'
import { POLECAT_COLUMNS, polecatEvent } from './polecat.js'

/** A row of a file: its event, or a sentence that says what is wrong with it. */
export interface EventRow {
  readonly line: number
  readonly event: CodedEvent | string
}

/** A format that was recognised, and the data set that is published in it. */
export interface CodedFormat {
  readonly dataSet: 'gdelt-events' | 'icews' | 'polecat'
  /** @throws RapporteurError `BAD_INPUT` for a file that cannot be read as a whole */
  read(file: SourceFile, pass: Pass, tellNoCountry: TellNoCountry): AsyncIterable<readonly EventRow[]>
}

const KNOWN =
  'known are POLECAT (tab- or comma-separated with a header, a JSON array, or JSON lines), ICEWS (tab-separated with a header) and the event exports of GDELT (tab-separated without a header, 57, 58 or 61 columns)'

/**
 * Recognises the format of a file by its first line.
 * @throws RapporteurError `BAD_INPUT` for a file in no format that is known, an empty one, or another encoding
 */
export const recogniseFormat = async (file: SourceFile): Promise<CodedFormat> => {
  const head = await readHead(file)
  const end = head.indexOf('\n')
  const line = (end < 0 ? head : head.slice(0, end)).trimEnd()
  const format = jsonFormat(head) ?? tabbedFormat(splitTabs(line)) ?? gdeltFormat(line.split('\t')) ?? csvFormat(line)
  if (format) return format
  const width = line.split('\t').length
  if (/\.export\.csv(\.gz)?$/i.test(file.name))
    throw badFile(
      `${file.name}, line 1`,
      `the name is that of an export of GDELT, and the line has ${width} ${width === 1 ? 'cell' : 'cells'} instead of 57, 58 or 61, or no numbers where its id and day must be`,
    )
  throw badFile(`${file.name}, line 1`, `"${line.slice(0, 80)}" is the beginning of no format that is known; ${KNOWN}`)
}

/** The beginning of a file: at least its first line, unless it is too long to be one. */
const readHead = async (file: SourceFile): Promise<string> => {
  let text = ''
  for await (const chunk of readText(file, () => {})) {
    text = (text + chunk).trimStart()
    if (text.includes('\n') || text.startsWith('[') || text.length > MAX_LINE) break
  }
  if (text === '') throw badFile(file.name, 'the file is empty')
  return text
}

const jsonFormat = (head: string): CodedFormat | null => {
  if (!/^[[{]/.test(head) || !/"Event (?:ID|Type)"\s*:/.test(head)) return null
  const read = head.startsWith('[') ? readJsonArray : readJsonLines
  return format('polecat', (file, pass) => read(file, POLECAT_COLUMNS, pass), polecatEvent)
}

const tabbedFormat = (cells: readonly string[]): CodedFormat | null => {
  const names = cells.map((cell) => cell.trim())
  if (names.length < 2) return null
  if (isPolecat(names)) return format('polecat', (file, pass) => readTabbed(file, POLECAT_COLUMNS, pass), polecatEvent)
  return isIcews(names) ? format('icews', (file, pass) => readTabbed(file, ICEWS_COLUMNS, pass), icewsEvent) : null
}

const csvFormat = (line: string): CodedFormat | null => {
  const names = csvCells(line).map((cell) => cell.trim())
  if (!isPolecat(names)) return null
  return format(
    'polecat',
    (file, pass) => readCsv(file, POLECAT_COLUMNS.read, pass, POLECAT_COLUMNS.leftOut),
    polecatEvent,
  )
}

const csvCells = (line: string): readonly string[] => {
  try {
    return (parse(line, { relax_quotes: true }) as string[][])[0] ?? []
  } catch {
    return []
  }
}

/** A header is told by columns that no other format has, so that one which lacks others is told what it lacks. */
const isPolecat = (names: readonly string[]): boolean =>
  ['Event Type', 'Event Mode', 'Actor Name', 'Recipient Name'].filter((name) => names.includes(name)).length > 1
const isIcews = (names: readonly string[]): boolean =>
  ['CAMEO Code', 'Source Name', 'Target Name'].filter((name) => names.includes(name)).length > 1

const gdeltFormat = (cells: readonly string[]): CodedFormat | null => {
  const names = GDELT_COLUMNS.get(cells.length)
  if (!names) return null
  const hasHeader = cells.every((cell, index) => cell.trim().toLowerCase() === names[index]?.toLowerCase())
  const isRow = /^\d+$/.test(cells[0] ?? '') && /^\d{8}$/.test(cells[1] ?? '')
  if (!hasHeader && !isRow) return null
  const columns = names.includes(GDELT_ADDRESS) ? ([...GDELT_READ, GDELT_ADDRESS] as const) : GDELT_READ
  return format('gdelt-events', (file, pass) => readHeaderless(file, names, columns, hasHeader, pass), gdeltEvent)
}

/** Puts a reader of rows and what makes events of them together. */
const format = <Cells extends object>(
  dataSet: CodedFormat['dataSet'],
  readRows: (
    file: SourceFile,
    pass: Pass,
  ) => AsyncIterable<readonly { readonly line: number; readonly cells: Cells | string }[]>,
  eventOf: (cells: Cells, tellNoCountry: TellNoCountry) => CodedEvent,
): CodedFormat => ({
  dataSet,
  async *read(file, pass, tellNoCountry) {
    for await (const rows of readRows(file, pass))
      yield rows.map(({ line, cells }) => ({
        line,
        event: typeof cells === 'string' ? cells : (damage(cells) ?? orSentence(() => eventOf(cells, tellNoCountry))),
      }))
  },
})

/** What no store takes, told once for a row, whatever records it would give. */
const damage = (cells: object): string | null => {
  for (const cell of Object.values(cells) as readonly string[])
    if (cell.includes('\0') || !cell.isWellFormed())
      return `The cell "${cell.slice(0, 60).replaceAll('\0', '\ufffd')}" has a null or half of a character.`
  return null
}

const orSentence = (read: () => CodedEvent): CodedEvent | string => {
  try {
    return read()
  } catch (error) {
    if (error instanceof BadCell) return error.message
    throw error
  }
}
