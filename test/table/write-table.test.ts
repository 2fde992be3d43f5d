import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { afterAll, describe, expect, it } from 'vitest'
import type { Cell } from '../../src/table/cells.js'
import { writeCsv } from '../../src/table/csv.js'
import type { Table } from '../../src/table/open-table.js'
import type { CellType } from '../../src/table/read-table.js'
import { writeXlsx } from '../../src/table/xlsx.js'
import { office, openedByOffice } from '../support/office.js'
import { openZip } from '../support/read-zip.js'

const HOSTILE: readonly Cell[] = [
  '=HYPERLINK("http://example.org","x")',
  '+1',
  '-1',
  '@SUM(A1)',
  '\tx',
  '<b>"&amp;</b>',
  'a\u0000b\u0007c',
  '\u202Eevil\u202C',
  'line\r\nbreak',
  'Қасым-Жомарт, "Toqaev"',
  '_x0041_',
  '\ud800lone',
  '',
  null,
  -5,
  0.25,
  true,
  '2022-01-20',
  '1899-12-31',
]
const types: readonly CellType[] = HOSTILE.map((cell) =>
  typeof cell === 'number'
    ? 'number'
    : typeof cell === 'boolean'
      ? 'boolean'
      : /^\d{4}-/.test(cell ?? '')
        ? 'day'
        : 'text',
)
const columns = types.map((type, i) => ({ name: `c${i}`, type, of: 'row' as const, path: [`c${i}`] }))

const tableOf = (rows: readonly (readonly Cell[])[]): Table => ({
  name: 'hostile',
  columns,
  state: { version: 1, changedAt: null },
  totalCount: rows.length,
  undecidedCount: 0,
  isFigures: false,
  async *pages() {
    yield rows.map((cells) => ({ cells, sources: [] }))
  },
})

const textOf = async (chunks: AsyncIterable<string>): Promise<string> => {
  let text = ''
  for await (const chunk of chunks) text += chunk
  return text
}

describe('a table as CSV', () => {
  it('keeps every text, and has no formula in it', async () => {
    const text = await textOf(writeCsv(tableOf([HOSTILE])))
    const [, row] = parseCsv(text) as string[][]
    expect(row).toEqual([
      `'=HYPERLINK("http://example.org","x")`,
      "'+1",
      "'-1",
      "'@SUM(A1)",
      "'\tx",
      '<b>"&amp;</b>',
      'a\ufffdb\ufffdc',
      '\u202Eevil\u202C',
      'line\r\nbreak',
      'Қасым-Жомарт, "Toqaev"',
      '_x0041_',
      '\ufffdlone',
      '',
      '',
      '-5',
      '0.25',
      'true',
      '2022-01-20',
      '1899-12-31',
    ])
    expect(text).toContain(',"",,-5')
  })

  it('begins with a byte order mark only where that is asked', async () => {
    expect(await textOf(writeCsv(tableOf([])))).toMatch(/^c0,c1/)
    expect(await textOf(writeCsv(tableOf([]), { mark: true }))).toMatch(/^\ufeffc0,c1/)
  })
})

describe('a table as a workbook', () => {
  const folder = mkdtempSync(join(tmpdir(), 'workbook-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  const written = async (rows: readonly (readonly Cell[])[]): Promise<Buffer> => {
    const chunks: Buffer[] = []
    const sheet = {
      name: 'Rows',
      columns,
      async *rows() {
        yield rows
      },
    }
    for await (const chunk of writeXlsx([sheet, { ...sheet, name: 'Again & again' }])) chunks.push(chunk)
    return Buffer.concat(chunks)
  }

  it('has a part for each sheet, with texts, numbers and days as such', async () => {
    const parts = await openZip(await written([HOSTILE]))
    expect([...parts.keys()].sort()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
      'xl/worksheets/sheet2.xml',
    ])
    expect(parts.get('xl/workbook.xml')).toContain('<sheet name="Again &amp; again" sheetId="2"')
    const cells = [...(parts.get('xl/worksheets/sheet1.xml') ?? '').matchAll(/<c( [^>]*)?(\/>|>.*?<\/c>)/gs)].map(
      ([cell]) => cell,
    )
    expect(cells.slice(HOSTILE.length)).toEqual([
      ...[
        '=HYPERLINK("http://example.org","x")',
        '+1',
        '-1',
        '@SUM(A1)',
        '\tx',
        '&lt;b&gt;"&amp;amp;&lt;/b&gt;',
        'a_x0000_b_x0007_c',
        '\u202Eevil\u202C',
        'line_x000D_\nbreak',
        'Қасым-Жомарт, "Toqaev"',
        '_x005F_x0041_',
        '\ufffdlone',
        '',
      ].map((text) => `<c t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`),
      '<c/>',
      '<c><v>-5</v></c>',
      '<c><v>0.25</v></c>',
      '<c t="b"><v>1</v></c>',
      '<c s="2"><v>44581</v></c>',
      '<c t="inlineStr"><is><t xml:space="preserve">1899-12-31</t></is></c>',
    ])
  })

  it.skipIf(!office)('is read by LibreOffice with the same values', { timeout: 120_000 }, async () => {
    const file = join(folder, 'hostile.xlsx')
    writeFileSync(file, await written([HOSTILE]))
    const [, row] = openedByOffice(file, folder, 'Rows')
    expect(row?.slice(0, 6)).toEqual(HOSTILE.slice(0, 6))
    expect(row?.slice(9, 11)).toEqual(HOSTILE.slice(9, 11))
    expect(row?.slice(13)).toEqual(['', '-5', '0.25', 'TRUE', '2022-01-20', '1899-12-31'])
  })
})
