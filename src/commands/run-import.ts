import { writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import type { Command } from 'commander'
import { RapporteurError } from '../errors.js'
import type { MaxProblems } from '../import/check/max-problems.js'
import { type ImportReport, nothingNew, printReport, RefusedImport } from '../import/import-report.js'
import { questionAbout } from '../import/next-question.js'
import type { GraphShape } from '../model/graph-shape.js'
import { openForCommand, readShape } from './open-for-command.js'
import { type ExitCode, nameAndSummarize, say } from './terminal.js'

/** What the command line says besides. */
export interface ImportFlags {
  readonly report?: string

  readonly maxProblems?: MaxProblems
  readonly allowFewer?: boolean
  readonly dryRun?: boolean
  readonly again?: boolean
  readonly seed: boolean
}

/** Reads the editions at a path into the store, and says what they changed. */
export const runImport = async (
  program: Command,
  source: string,
  [path = '', ...places]: readonly string[],
  flags: ImportFlags,
): Promise<ExitCode> => {
  const shape = readShape()
  const { loadImporter, loadImporters } = await import('../import/registry.js')
  const importer = await loadImporter(source, shape)
  if (!importer) {
    program.error(`There is no source "${source}". There are:\n${nameAndSummarize(await loadImporters(shape))}`)
  }
  if (places.length > 0 && !importer.takesPlaces)
    program.error(`The source "${source}" is read from one path; "${places[0]}" is one too many.`)
  const { findFiles } = await import('../import/read/find-files.js')
  const { showProgress } = await import('../import/progress.js')
  const { runImports } = await import('../import/run-import.js')
  // A path with nothing at it is told before a store is made for it.
  for (const each of [path, ...places]) await findFiles(each)
  // An import leaves much behind that is no longer needed; by itself V8 lets that grow to three times what is.
  setFlagsFromString('--heap-growing-percent=30')
  const store = await openForCommand(shape, { seed: flags.seed })
  try {
    const { maxProblems, allowFewer = false, dryRun = false, again = false, report: file } = flags
    const options = { store, shape, importer, path, places, allowFewer, dryRun, again, progress: showProgress() }
    // Told before anything is read, and not after an hour.
    if (file) writeReports(file, [])
    const reports = await runImports({ ...options, ...(maxProblems && { maxProblems }) }).catch(async (error) => {
      if (file && error instanceof RefusedImport) writeReports(file, [error.report])
      const { tellReader } = await import('../import/tell-reader.js')
      throw await tellReader(error, path, importer, () => loadImporters(shape))
    })
    for (const report of reports) say(printReport(report))
    if (file) writeReports(file, reports)
    if (!dryRun) sayNext(reports, shape)
    return reports.every(nothingNew) ? 3 : 0
  } finally {
    await store.close()
  }
}

/** Says what to ask next: a question that what came in last answers. */
const sayNext = (reports: readonly ImportReport[], shape: GraphShape): void => {
  const example = reports.findLast((report) => report.example)?.example
  const question = example && questionAbout(example, shape)
  if (question)
    say(`\nAsk about it: run "rapporteur serve", open http://127.0.0.1:4000/graphql, and try\n  ${question}`)
}

/** @throws RapporteurError `BAD_OUTPUT` */
const writeReports = (file: string, reports: readonly ImportReport[]): void => {
  try {
    writeFileSync(file, `${JSON.stringify(reports, null, 2)}\n`)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const sentence = `The report cannot be written to "${file}" (${reason}). Choose another path for --report.`
    throw new RapporteurError('BAD_OUTPUT', sentence, { cause })
  }
}
