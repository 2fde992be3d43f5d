import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { loadImporter } from '../../src/import/registry.js'
import { runImports } from '../../src/import/run-import.js'
import { type Graph, NOW, shape } from './engines.js'

/** Where the real files are. */
export const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url))

/** Whether the real files are there. */
export const hasRealFiles = existsSync(DATA)
if (!hasRealFiles && process.env['CI']) throw new Error(`The real files are not at ${DATA}; CI needs them.`)
if (!hasRealFiles) console.warn(`NOT TESTED: the real files are not at ${DATA}.`)

export type Cells = Readonly<Record<string, string>>

/** The ballots of 27 February 2024 whose roll calls are taken: the Ukraine Facility and nature restoration. */
const ROLL_CALLS: ReadonlySet<string> = new Set(['164536', '164499'])
/** The members that are taken: those of five small countries. */
const COUNTRIES: ReadonlySet<string> = new Set(['EST', 'LVA', 'LUX', 'MLT', 'CYP'])

/**
 * Which ballots of the export are taken: those about Kazakhstan, those of 2023 with Ukraine in their title, those
 * without a title, those of two sittings on their agenda, the main ones of a day of reports, and two with roll calls.
 */
const isChosen = (
  { id = '', timestamp = '', display_title: title = '', is_main: isMain }: Cells,
  about: Set<unknown>,
) =>
  about.has(id) ||
  ROLL_CALLS.has(id) ||
  title === '' ||
  (timestamp.startsWith('2023') && title.includes('Ukraine')) ||
  timestamp.startsWith('2024-02-26') ||
  timestamp.startsWith('2024-01-15') ||
  (timestamp.startsWith('2024-01-16') && isMain === 'True')

const OF_BALLOTS = {
  group_votes: null,
  geo_area_votes: ['geo_area_code', 'geo_areas', 'code'],
  eurovoc_concept_votes: ['eurovoc_concept_id', 'eurovoc_concepts', 'id'],
  oeil_subject_votes: ['oeil_subject_code', 'oeil_subjects', 'code'],
  responsible_committee_votes: ['committee_code', 'committees', 'code'],
} as const

/**
 * Adds to a graph what the Parliament and others published: some hundred ballots of the export with all that belongs to
 * them, the roll calls of nine, the results of a sitting, a joint motion's text and two procedures.
 */
export const addRealRecords = async (graph: Graph): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'real-graph-'))
  try {
    for (const [name, path] of [
      [
        'howtheyvote',
        writePartOfExport(join(folder, 'export'), isChosen, ({ country_code: code = '' }) => COUNTRIES.has(code)),
      ],
      ['europarl-rollcalls', `${DATA}/europarl/rollcalls-whole/pv-9-2024-02-26-rcv-en.xml.gz`],
      ['europarl-rollcalls', writeRollCalls(folder)],
      ['europarl-results', `${DATA}/europarl/results/pv-9-2024-01-15-vot-en.xml`],
      ['europarl-texts', `${DATA}/europarl/texts/rc-10-2025-0249-en.html.gz`],
      ['europarl-opendata', `${DATA}/europarl/opendata/procedure-2018-2070.json`],
      ['europarl-opendata', `${DATA}/europarl/opendata/procedure-2025-2691.json`],
    ] as const) {
      const importer = await loadImporter(name, shape)
      if (!importer) throw new Error(`There is no importer "${name}".`)
      await runImports({ store: graph.store, shape, importer, path, now: () => NOW })
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The list of 27 February 2024 with two of its 51 roll calls. */
const writeRollCalls = (folder: string): string => {
  const whole = gunzipSync(readFileSync(`${DATA}/europarl/rollcalls-whole/pv-9-2024-02-27-rcv-en.xml.gz`)).toString()
  const path = join(folder, 'pv-9-2024-02-27-rcv-en.xml')
  const isOther = (roll: string) => !ROLL_CALLS.has(/Identifier="(\d+)"/.exec(roll)?.[1] ?? '')
  const rollCalls = /<RollCallVote\.Result .*?<\/RollCallVote\.Result>/gs
  writeFileSync(
    path,
    whole.replace(rollCalls, (roll) => (isOther(roll) ? '' : roll)),
  )
  return path
}

/**
 * Writes a part of the export: some ballots with all that belongs to them, and some members.
 * @param isBallot is given the ids of the ballots about Kazakhstan, too
 */
export const writePartOfExport = (
  folder: string,
  isBallot: (cells: Cells, about: Set<unknown>) => boolean,
  isMember: (cells: Cells) => boolean,
): string => {
  mkdirSync(folder)
  const write = (name: string, { header, rows }: Table, isKept: (cells: Cells) => boolean): readonly Cells[] => {
    const kept = rows.filter(({ cells }) => isKept(cells))
    writeFileSync(join(folder, `${name}.csv`), `${[header, ...kept.map(({ line }) => line)].join('\n')}\n`)
    return kept.map(({ cells }) => cells)
  }
  const about = new Set(
    tableOf('geo_area_votes').rows.flatMap(({ cells }) => (cells['geo_area_code'] === 'KAZ' ? [cells['vote_id']] : [])),
  )
  const ballots = new Set(write('votes', tableOf('votes'), (cells) => isBallot(cells, about)).map(({ id }) => id))
  for (const [name, target] of Object.entries(OF_BALLOTS)) {
    const rows = write(name, tableOf(name), ({ vote_id: ballot }) => ballots.has(ballot))
    if (!target) continue
    const [column, table, key] = target
    const named = new Set(rows.map(({ [column]: value }) => value))
    write(table, tableOf(table), ({ [key]: value }) => named.has(value))
  }
  const members = new Set(write('members', tableOf('members'), isMember).map(({ id }) => id))
  write('group_memberships', tableOf('group_memberships'), ({ member_id: member }) => members.has(member))
  for (const name of ['groups', 'countries']) write(name, tableOf(name), () => true)
  return folder
}

interface Table {
  readonly header: string
  readonly rows: readonly { readonly line: string; readonly cells: Cells }[]
}

/** A table of the export; no cell of it has a line break, and a quotation mark stands only around a cell with a comma. */
const tableOf = (name: string): Table => {
  const [header = '', ...lines] = gunzipSync(readFileSync(`${DATA}/howtheyvote/${name}.csv.gz`))
    .toString()
    .trimEnd()
    .split(/\r?\n/)
  const names = header.split(',')
  const rows = lines.map((line) => {
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain)
    return { line, cells: Object.fromEntries(names.map((column, i) => [column, cells[i] ?? ''])) }
  })
  return { header, rows }
}
