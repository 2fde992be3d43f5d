import type { Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import { BadCell, type Cells } from '../read/read-cells.js'
import { readText } from '../read/read-text.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import type { CodedEvent, TellNoCountry } from './coded-events.js'
import { type Layout, layoutOf } from './coded-layouts.js'
import { type Columns, columnFinder, MAX_LINE } from './coded-rows.js'
import { GDELT_COLUMNS, GDELT_EXPORTS, gdeltEvent } from './gdelt.js'
import { ICEWS_COLUMNS, icewsEvent } from './icews.js'
import { PLOVER_COLUMNS, ploverEvent } from './plover-records.js'
import { POLECAT_COLUMNS, polecatEvent } from './polecat.js'

/** A row of a file: its event, or a sentence that says what is wrong with it. */
export interface EventRow {
  readonly line: number
  readonly event: CodedEvent | string
  readonly digest: number
}

/** A format that was recognised, and the data set that is published in it. */
export interface CodedFormat {
  readonly dataSet: 'gdelt-events' | 'icews' | 'plover-records' | 'polecat'
  /** @throws RapporteurError `BAD_INPUT` for a file that cannot be read as a whole */
  read(file: SourceFile, pass: Pass, tellNoCountry: TellNoCountry): AsyncIterable<readonly EventRow[]>
}

/** What rows say, however they are written. */
interface Coding {
  readonly dataSet: CodedFormat['dataSet']
  /** How many of the names are those of columns that are read. */
  knows(names: readonly string[]): number
  /** @param names the columns of a table that has no header; null where it has one */
  writtenAs(layout: Layout, names: readonly string[] | null): CodedFormat
}

const KNOWN =
  'known are POLECAT, ICEWS, the events of GDELT and records of PLOVER, as tables separated by tabs or commas with a header (GDELT also without one, of 57, 58 or 61 columns), as a JSON array or as JSON lines'

/**
 * Recognises the format of a file by its beginning.
 * @throws RapporteurError `BAD_INPUT` for a file in no format that is known, an empty one, or another encoding
 */
export const recogniseFormat = async (file: SourceFile): Promise<CodedFormat> => {
  const head = await readHead(file)
  const layout = layoutOf(head)
  const format = codedAs(layout)
  if (format) return format
  const where = `${file.name}, line 1`
  const width = layout.first.length
  if (/\.export\.csv(\.gz)?$/i.test(file.name))
    throw badFile(
      where,
      `the name is that of an export of GDELT, and the line has ${width} ${width === 1 ? 'cell' : 'cells'} instead of 57, 58 or 61, or no numbers where its id and day must be`,
    )
  const line = head.split('\n', 1)[0]?.trimEnd() ?? ''
  throw badFile(where, `"${clip(line, 80)}" is the beginning of no format that is known; ${KNOWN}`)
}

/** Whether a text begins as a file in a format that is known. */
export const isCoded = (head: string): boolean => {
  const end = head.indexOf(head.startsWith('[') ? '}' : '\n') + 1
  return codedAs(layoutOf(end > 0 ? head.slice(0, end) : head)) !== null
}

/** The beginning of a file: at least its first line or object, unless it is too long to be one. */
const readHead = async (file: SourceFile): Promise<string> => {
  let text = ''
  for await (const chunk of readText(file, () => {})) {
    text = (text + chunk).trimStart()
    if (text.includes(text.startsWith('[') ? '}' : '\n') || text.length > MAX_LINE) break
  }
  if (text === '') throw badFile(file.name, 'the file is empty')
  return text
}

/** Columns that a header or object must have of a coding, and more than of any other, to be told what it lacks. */
const LEAST_KNOWN = 3

const codedAs = (layout: Layout): CodedFormat | null => {
  const names = layout.kind === 'table' ? gdeltExport(layout.first) : null
  if (names) return GDELT.writtenAs(layout, names)
  const [most, next] = [POLECAT, ICEWS, GDELT, RECORDS]
    .map((coding) => ({ coding, known: coding.knows(layout.first) }))
    .sort((a, b) => b.known - a.known)
  if (!most || most.known < LEAST_KNOWN || most.known === next?.known) return null
  return most.coding.writtenAs(layout, null)
}

/** The columns of an export of GDELT, which has no header, by its first row; null for another table. */
const gdeltExport = (cells: readonly string[]): readonly string[] | null =>
  /^\d+$/.test(cells[0]?.trim() ?? '') && /^\d{8}$/.test(cells[1]?.trim() ?? '')
    ? (GDELT_EXPORTS.get(cells.length) ?? null)
    : null

const coding = <Column extends string>(
  dataSet: CodedFormat['dataSet'],
  columns: Columns<Column>,
  eventOf: (cells: Cells<Column>, tellNoCountry: TellNoCountry) => CodedEvent,
): Coding => ({
  dataSet,
  knows(names) {
    const columnOf = columnFinder(columns)
    return names.filter((name) => columnOf(name)).length
  },
  writtenAs: (layout, names) => ({
    dataSet,
    async *read(file, pass, tellNoCountry) {
      for await (const rows of layout.read(file, columns, names, pass))
        yield rows.map(({ line, cells, digest }) => ({
          line,
          digest,
          event: typeof cells === 'string' ? cells : (damage(cells) ?? orSentence(() => eventOf(cells, tellNoCountry))),
        }))
    },
  }),
})

/** What no store takes, told once for a row, whatever records it would give. */
const damage = (cells: object): string | null => {
  for (const cell of Object.values(cells) as readonly string[])
    if (cell.includes('\0') || !cell.isWellFormed())
      return `The cell "${clip(cell).replaceAll('\0', '\ufffd')}" has a null or half of a character.`
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

const POLECAT = coding('polecat', POLECAT_COLUMNS, polecatEvent)
const ICEWS = coding('icews', ICEWS_COLUMNS, icewsEvent)
const GDELT = coding('gdelt-events', GDELT_COLUMNS, gdeltEvent)
const RECORDS = coding('plover-records', PLOVER_COLUMNS, ploverEvent)
