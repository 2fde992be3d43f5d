import { createHash } from 'node:crypto'
import type { Ask } from '../ask/ask.js'
import type { Cell } from './cells.js'
import { CitedSources, sourceRows, sourcesOfGraph } from './cited-sources.js'
import type { Table } from './open-table.js'
import type { Sheet } from './xlsx.js'

/** What was asked, as it is told to whoever gets the answer. */
export interface Question {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>> | undefined
  readonly operationName?: string | undefined
}

/** The hash by which a question is named in a citation. */
export const questionHash = (question: Question): string =>
  createHash('sha256').update(JSON.stringify(question)).digest('hex').slice(0, 12)

/** What goes with a table wherever it goes: the question, where it is asked again, and when it was. */
export interface TableAbout {
  readonly ask: Ask
  readonly question: Question
  /** Asks the same again. */
  readonly address: string
  readonly now: Date
}

/** The sheets of a workbook: the rows, and who says them. */
export const sheetsOf = (table: Table, about: TableAbout): readonly Sheet[] => {
  const cited = new CitedSources()
  return [
    {
      name: 'Rows',
      columns: table.columns,
      async *rows() {
        for await (const rows of table.pages()) {
          cited.add(rows)
          yield rows.map(({ cells }) => cells)
        }
      },
    },
    {
      name: 'About and sources',
      columns: ABOUT_COLUMNS,
      async *rows() {
        yield facts(table, about)
        const sources = table.isFigures ? await sourcesOfGraph(about.ask) : await cited.describe(about.ask)
        yield [[null], [table.isFigures ? OF_FIGURES : OF_ROWS], ...sourceRows(sources, SOURCE_NAMES)]
      },
    },
  ]
}

const ABOUT_COLUMNS = ['what', 'value', '', '', '', '', '', '', '', ''].map((name) => ({
  name,
  type: 'text' as const,
}))

const OF_ROWS = 'The sources of the rows, the most trusted first:'
const OF_FIGURES = 'Figures are made of many records. The sources of the graph, the most trusted first:'

/** What is known of a table, in pairs. */
const facts = (
  { state, totalCount, undecidedCount }: Table,
  { question, address, now }: TableAbout,
): readonly (readonly Cell[])[] => [
  ['Made by', 'Rapporteur'],
  ['Asked at', now.toISOString()],
  ['Data version', state.version],
  ['Data changed at', state.changedAt],
  ['Rows in all', totalCount],
  ['Rows not decided', undecidedCount],
  ['Ask again', address],
  ['Question', question.query],
  ['Variables', question.variables ? JSON.stringify(question.variables) : null],
  ['Not known', 'An empty cell is what no source says; it is not 0, and not none.'],
]

const SOURCE_NAMES = [
  'id',
  'title',
  'publisher',
  'license',
  'url',
  'published',
  'retrieved',
  'sha256',
  'rows',
  'locators',
]
