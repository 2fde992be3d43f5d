import { RapporteurError } from '../errors.js'
import type { TakenBack } from '../store/edition-names.js'
import type { LoadCounts } from '../store/load.js'
import type { Problem } from './importer.js'
import type { Example } from './next-question.js'

/** What became of the rows of one file. */
interface FileReport {
  readonly file: string
  readonly rows: number
  readonly bad: number
  readonly leftOut: readonly { readonly why: string; readonly rows: number }[]
}

/** What an import found and did; plain data, fit for JSON. */
export interface ImportReport {
  readonly importer: string
  readonly source: string
  readonly contentHash: string
  /**
   * `loaded`: written; `unchanged`: the very edition is in the store, and nothing was read; `checked`: a dry run;
   * `refused`: too many bad rows, or too much that would be taken back, and nothing was written.
   */
  readonly outcome: 'loaded' | 'unchanged' | 'checked' | 'refused'
  /** Whether an earlier import of this source was broken off, which this one made whole. */
  readonly resumed: boolean
  readonly files: readonly FileReport[]
  readonly problems: readonly Problem[]
  /** Bad rows and records that do not add up, by rule. */
  readonly issues: Readonly<Record<string, number>>
  readonly notes: readonly string[]
  /** What the edition would take back of what its source said; only where it was refused for that. */
  readonly takesBack?: TakenBack
  /** Records given, by type of node or link. */
  readonly records: Readonly<Record<string, number>>
  readonly counts: Readonly<LoadCounts>
  /** A record of the edition to begin asking with; null where none was read. */
  readonly example: Example | null
  /** Seconds of the check and of the writing. */
  readonly seconds: { readonly check: number; readonly load: number }
}

/** An import that was refused for its bad rows or for what it would take back; the report has all of it. */
export class RefusedImport extends RapporteurError {
  constructor(
    message: string,
    readonly report: ImportReport,
  ) {
    super('BAD_INPUT', message)
  }
}

/** Bad rows that are printed; all of them are in the report and in the graph. */
const SHOWN = 20

/** Whether the import changed nothing, or a dry run found nothing to change. */
export const nothingNew = ({ outcome, counts }: ImportReport): boolean =>
  outcome === 'unchanged' ||
  counts.inserted + counts.updated + counts.changed + counts.deleted + counts.orphaned + counts.moved === 0

/** What is said of records that no source gives any longer, and that others link to. */
export const stayed = (many: number): string =>
  `${plural(many, 'record')} ${many === 1 ? 'stays' : 'stay'} without a source, because others link there.`

/** The report as text for a terminal; what matters most stands last. */
export const printReport = (report: ImportReport): string => {
  const lines: string[] = []
  for (const { file, rows, bad, leftOut } of report.files) {
    lines.push(`${file}: ${plural(rows, 'row')}${bad > 0 ? `, ${number(bad)} bad` : ''}`)
    for (const { why, rows: many } of leftOut) lines.push(`  left out: ${plural(many, 'row')} ${why}`)
  }
  lines.push(...report.notes)
  for (const [rule, many] of Object.entries(report.issues)) lines.push(`${plural(many, 'issue')} of ${rule}`)
  for (const { file, line, reason } of report.problems.slice(0, SHOWN))
    lines.push(`${line > 0 ? `${file}, line ${line}: ` : ''}${reason}`)
  if (report.problems.length > SHOWN) lines.push(`… and ${plural(report.problems.length - SHOWN, 'more bad row')}`)
  lines.push(...closing(report))
  return lines.join('\n')
}

const closing = (report: ImportReport): readonly string[] => {
  const { counts, seconds, source } = report
  if (report.outcome === 'unchanged') {
    return [
      `Nothing new: this edition of ${source} (SHA-256 ${report.contentHash.slice(0, 12)}…) is in the store already, whole; its files were hashed, and its records not read again.`,
    ]
  }
  const given = Object.values(report.records).reduce((sum, each) => sum + each, 0)
  const gone = counts.deleted + counts.changed
  const changed = [
    `${number(counts.inserted)} new`,
    `${number(counts.updated)} changed`,
    ...(gone > 0 ? [`${number(gone)} taken back (${number(counts.changed)} of them said by others too)`] : []),
    `${number(counts.unchanged)} as they were`,
  ].join(', ')
  if (report.outcome === 'checked') {
    const words = nothingNew(report) ? 'all as they are in the store' : `compared with the store: ${changed}`
    return [
      `Checked ${plural(given, 'record')} of ${source} in ${seconds.check.toFixed(1)} s, ${words}; nothing was written (a dry run).`,
    ]
  }
  const lines = report.resumed ? [`An earlier import of ${source} was broken off; this one made it whole.`] : []
  const times = `checked in ${seconds.check.toFixed(1)} s, written in ${seconds.load.toFixed(1)} s`
  lines.push(
    nothingNew(report)
      ? `Nothing new: ${plural(given, 'record')} of ${source}, all as they were (${times}).`
      : `Imported ${source}: ${changed} (${times}).`,
  )
  if (counts.moved > 0)
    lines.push(`${plural(counts.moved, 'statement')} moved to the ids that are used since ids were merged.`)
  if (counts.orphaned > 0) lines.push(stayed(counts.orphaned))
  if (report.problems.length > 0)
    lines.push(
      `${plural(report.problems.length, 'bad row')} ${report.problems.length === 1 ? 'was' : 'were'} left out; each is an issue in the graph.`,
    )
  return lines
}

const number = (value: number): string => value.toLocaleString('en')
const plural = (value: number, noun: string): string => `${number(value)} ${noun}${value === 1 ? '' : 's'}`
