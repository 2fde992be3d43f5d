import type { Cell } from './cells.js'
import type { CellType } from './read-table.js'
import { writeZip, type ZipPart } from './write-zip.js'

/** A sheet, written row by row. */
export interface Sheet {
  /** At most 31 characters, without any of `[]:*?/\`. */
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: CellType }[]
  /** Gone through once, after the sheets before it. */
  rows(): AsyncIterable<readonly (readonly Cell[])[]>
}

/** The most rows of a sheet, and the most characters of a cell, that Excel opens. */
const MAX_ROWS = 1_048_576
const MAX_TEXT = 32_767

/**
 * Writes a workbook (ECMA-376) as it is read: texts within their cells, days as dates, the names of columns above.
 * A sheet with more rows than Excel opens goes on in further ones, `Rows 2` and so on.
 */
export const writeXlsx = (sheets: readonly Sheet[]): AsyncGenerator<Buffer, void, undefined> =>
  writeZip(partsOf(sheets))

async function* partsOf(sheets: readonly Sheet[]): AsyncGenerator<ZipPart, void, undefined> {
  const names: string[] = []
  for (const { name, columns, rows } of sheets) {
    const pages = rows()[Symbol.asyncIterator]()
    const left: Left = { rows: [], isDone: false }
    for (let part = 1; part === 1 || !left.isDone || left.rows.length > 0; part += 1) {
      names.push(part === 1 ? name : `${name} ${part}`)
      yield { name: `xl/worksheets/sheet${names.length}.xml`, content: sheetXml(columns, pages, left) }
    }
  }
  for (const [name, content] of Object.entries(PARTS)) yield { name, content }
  yield { name: '[Content_Types].xml', content: contentTypes(names) }
  yield { name: 'xl/workbook.xml', content: workbook(names) }
  yield { name: 'xl/_rels/workbook.xml.rels', content: relations(names) }
}

/** What was read and is not yet written. */
interface Left {
  rows: readonly (readonly Cell[])[]
  isDone: boolean
}

async function* sheetXml(
  columns: Sheet['columns'],
  pages: AsyncIterator<readonly (readonly Cell[])[]>,
  left: Left,
): AsyncGenerator<string, void, undefined> {
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
  const widths = columns.map(
    ({ name, type }, i) => `<col min="${i + 1}" max="${i + 1}" width="${widthOf(name, type)}" customWidth="1"/>`,
  )
  yield `${widths.length > 0 ? `<cols>${widths.join('')}</cols>` : ''}<sheetData>`
  yield `<row r="1">${columns.map(({ name }) => textCell(name, STYLE.head)).join('')}</row>`
  let written = 1
  while (written < MAX_ROWS) {
    if (left.rows.length === 0) {
      const next = await pages.next()
      left.isDone = next.done === true
      if (left.isDone) break
      left.rows = next.value as Left['rows']
    }
    const fits = left.rows.slice(0, MAX_ROWS - written)
    left.rows = left.rows.slice(fits.length)
    const first = written + 1
    written += fits.length
    yield fits.map((row, i) => rowXml(row, columns, first + i)).join('')
  }
  yield '</sheetData></worksheet>'
}

const rowXml = (row: readonly Cell[], columns: Sheet['columns'], number: number): string =>
  `<row r="${number}">${row.map((cell, i) => cellXml(cell, columns[i]?.type ?? 'text')).join('')}</row>`

const cellXml = (cell: Cell, type: CellType): string => {
  if (cell === null) return '<c/>'
  if (typeof cell === 'number' && Number.isFinite(cell)) return `<c><v>${cell}</v></c>`
  if (typeof cell === 'boolean') return `<c t="b"><v>${cell ? 1 : 0}</v></c>`
  const day = type === 'day' ? dayNumber(String(cell)) : null
  return day === null ? textCell(String(cell)) : `<c s="${STYLE.day}"><v>${day}</v></c>`
}

const textCell = (text: string, style = 0): string => {
  const shown = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - CUT.length)}${CUT}` : text
  return `<c t="inlineStr"${style > 0 ? ` s="${style}"` : ''}><is><t xml:space="preserve">${escapeText(shown)}</t></is></c>`
}

const CUT = ' … (cut: a cell has room for 32,767 characters)'

/** Excel's number of a day; null for those before 1 March 1900, which it counts wrongly or not at all. */
const dayNumber = (day: string): number | null => {
  const number = (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000
  return Number.isInteger(number) && number > 60 ? number : null
}

/** Control characters but for those that XML has room for, and what is no character. */
const NOT_XML = /[^\P{Cc}\t\n]|[\ufffe\uffff]/gu

/** Characters that XML has no room for are written as Excel does, `_x0001_`; a text that looks like that keeps its look. */
const escapeText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(NOT_XML, (each) => `_x${each.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

const widthOf = (name: string, type: CellType): number =>
  Math.max(name.length + 2, type === 'text' ? 24 : type === 'day' ? 12 : 8)

const STYLE = { head: 1, day: 2 } as const

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const PARTS: Readonly<Record<string, string>> = {
  '_rels/.rels': `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`,
}

const contentTypes = (names: readonly string[]): string =>
  `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${names
    .map((_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`)
    .join('')}</Types>`

const workbook = (names: readonly string[]): string =>
  `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names
    .map((name, i) => `<sheet name="${escapeText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
    .join('')}</sheets></workbook>`

const relations = (names: readonly string[]): string =>
  `${HEAD}<Relationships xmlns="${RELATIONS}">${names
    .map((_, i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`)
    .join('')}<Relationship Id="rId${names.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`
