import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { type ExportFormat, type ExportReport, exportGraph } from '../../src/export/export-format.js'
import { formats } from '../../src/export/formats.js'
import type { GraphRecord } from '../../src/model/records.js'
import type { GraphStore } from '../../src/store/graph-store.js'
import { bulkFiles } from '../../src/store/neo4j/import-files.js'
import { type Engine, type Graph, NOW, shape } from '../support/engines.js'
import { syntheticGraph } from '../support/synthetic-graph.js'

/** Names that a format or what reads it is apt to change, run or break at; they mean nothing. */
export const HOSTILE = [
  ...['=HYPERLINK("http://example.org/","x")', '+1', '-1', '@SUM(1,2)', '\t=1', '%00', '{{x}}', '$ref', '@id'],
  ...[
    '<script>alert(1)</script>',
    '<!-- --',
    ']]>',
    '&amp;',
    '&#0;',
    '"',
    "'",
    '\\',
    '\\n',
    ',',
    ';',
    '_:b0',
    '#',
    'a:b',
  ],
  ...[
    'line\nfeed',
    'carriage\rreturn',
    'both\r\n',
    '\n',
    ' leading',
    'trailing ',
    '\u00a0',
    '\u0085',
    '\u2028',
    '\ufeff',
  ],
  ...['\u0001\u0008\u000b\u001f', '\u007f\u0090', '\ufffe\uffff', '\u202egnp.exe', '\u200f\u200b', 'é', 'é', '😀', 'Ω'],
  ...['null', '_x0041_', 'NULL', 'NaN', 'true', '1e5', '0x1F', '2022-01-20', 'Қазақстан', 'عربى', '𝒳'],
]

const citations = [{ source: 'source:synthetic-1', locator: 'p "1", <2>\n=3' }]
const hostile: readonly GraphRecord[] = [
  { type: 'Claim', id: 'hostile:empty', values: { property: 'DEATHS', unit: '', low: 0, status: 'OPEN' }, citations },
  { type: 'Office', id: 'hostile:long', values: { name: '𝒳'.repeat(300) }, citations },
  { type: 'Office', id: `hostile:${'é'.repeat(190)}`, values: { name: 'é' }, citations },
  ...HOSTILE.flatMap((name, i): readonly GraphRecord[] => [
    {
      type: 'Person',
      id: `hostile:"<${i}>&\\'`,
      values: { name, sortName: name, names: [{ text: name, language: 'und' }] },
      citations,
    },
    {
      link: 'Membership',
      from: `hostile:"<${i}>&\\'`,
      to: 'synthetic:Organization-1',
      key: name,
      values: { role: name, startDate: '2022-01-20' },
      citations,
    },
  ]),
]

const formatNamed = (name: string): ExportFormat => formats({ neo4j: bulkFiles }).get(name) as ExportFormat

/** Exports at the moment of all tests. */
export const exportAs = (name: string, store: GraphStore, folder: string): Promise<ExportReport> =>
  exportGraph(formatNamed(name), store, shape, folder, NOW)

/** A graph with the seed, records and links of every type, and hostile names; and a folder for its exports. */
export const exportedFrom = ({ seeded }: Engine) => {
  const made = {} as { graph: Graph; folder: string }
  beforeAll(async () => {
    made.folder = await mkdtemp(join(tmpdir(), 'rapporteur-export-'))
    made.graph = await seeded()
    await made.graph.load(syntheticGraph(shape, 8))
    await made.graph.load(hostile)
  })
  afterAll(async () => {
    await made.graph.close()
    await rm(made.folder, { recursive: true, force: true })
  })
  return {
    made,
    /** Writes the export where it is not there yet, and reads one of its files. */
    async read(format: string, file: string): Promise<string> {
      const folder = join(made.folder, format)
      const text = () => readFile(join(folder, file), 'utf8')
      return text().catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
        await exportAs(format, made.graph.store, folder)
        return text()
      })
    },
  }
}
