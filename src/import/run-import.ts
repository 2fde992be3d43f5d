import { RapporteurError } from '../errors.js'
import type { GraphShape } from '../model/graph-shape.js'
import { type Citation, type GraphRecord, isNode } from '../model/records.js'
import { EditionNames } from '../store/edition-names.js'
import type { Edition, GraphStore } from '../store/graph-store.js'
import { type LoadCounts, Loader } from '../store/load.js'
import { EditionCheck } from './check/edition-check.js'
import { BAD_ROW, citesItself, issueRecords } from './check/issue-records.js'
import { allowedProblems, DEFAULT_MAX_PROBLEMS, type MaxProblems } from './check/max-problems.js'
import { fewerProblem } from './check/refuse-fewer.js'
import type { FileCount } from './check/row-counts.js'
import { StoredTypes, typesOf } from './check/stored-types.js'
import { gateRules } from './gate/gate-rules.js'
import { type ImportReport, RefusedImport } from './import-report.js'
import { type Importer, type OpenedSource, type Pass, ReadAgain } from './importer.js'
import { betterExample, type Example } from './next-question.js'
import type { Progress } from './progress.js'
import { collectLeftOut } from './read/left-out.js'
import { SILENT } from './read/make-records.js'

export interface ImportOptions {
  readonly store: GraphStore
  readonly shape: GraphShape
  readonly importer: Importer
  /** The folder or file of the edition. */
  readonly path: string
  /** Further files and folders, for an importer that takes them. */
  readonly places?: readonly string[]
  /** How many rows of a file may be bad; one in a hundred or ten, whichever is more. */
  readonly maxProblems?: MaxProblems
  /** Whether an edition may take back much of what its source said. */
  readonly allowFewer?: boolean
  /** Checks and writes nothing. */
  readonly dryRun?: boolean
  /** Reads an edition again that is in the store already. */
  readonly again?: boolean
  readonly now?: () => Date
  readonly progress?: Progress
}

/** Records in one transaction. */
const BATCH = 10_000
/** Bad rows that an error names. */
const MAX_NAMED = 10

/**
 * Imports the editions of sources that a path holds: reads all files once to check them, writing nothing, and once more
 * to load them. Killed while loading, it leaves editions marked as `importing`; the next run makes them whole.
 * @returns a report for each edition
 * @throws RapporteurError `BAD_INPUT` for a bad file, too many bad rows, or an edition that takes back too much, with
 * nothing written; what the store throws
 */
export const runImports = async (options: ImportOptions): Promise<readonly ImportReport[]> => {
  const { store, importer, progress } = options
  const editions = new Map((await store.editions()).map((edition) => [edition.source, edition]))
  const jobs: Job[] = []
  const { opened: sources, leftOut } = await collectLeftOut(() => importer.open(options.path, options.places))
  const stored = new StoredTypes(store, options.shape)
  try {
    for (const opened of sources) {
      const by = `${importer.name}@${importer.version}`
      const earlier = editions.get(opened.source)
      const isSame =
        earlier?.state === 'complete' && earlier.contentHash === opened.contentHash && earlier.importer === by
      const started = performance.now()
      const check = isSame && !options.again ? null : await checkEdition(options, opened, stored, earlier)
      const job = { opened, by, earlier, check, seconds: (performance.now() - started) / 1000 }
      refuseProblems(job, options.maxProblems)
      jobs.push(job)
      if (check && jobs.length < sources.length) stored.add(check.given())
    }
  } finally {
    await stored.close()
  }
  try {
    const [first, ...others] = await loadEditions(options, jobs)
    // What lies at the path and is of no edition is told once, whatever became of the editions.
    return first ? [{ ...first, notes: [...leftOut, ...first.notes] }, ...others] : []
  } finally {
    progress?.stop()
  }
}

/** An edition on its way into the store. */
interface Job {
  readonly opened: OpenedSource
  /** The importer with its version. */
  readonly by: string
  readonly earlier: Edition | undefined
  /** What the first pass found; null where the very edition is in the store already. */
  readonly check: EditionCheck | null
  /** How long the check took. */
  readonly seconds: number
}

/** The second pass; a dry run does all of it but the writing. */
const loadEditions = async (options: ImportOptions, jobs: readonly Job[]): Promise<readonly ImportReport[]> => {
  const { store, shape, now = () => new Date(), dryRun = false } = options
  const loader = await Loader.open({ store, shape, now, dryRun })
  try {
    for (const job of jobs) await refuseFewer(options, loader, job)
    const reports: ImportReport[] = []
    const done: (() => Promise<void>)[] = []
    for (const job of jobs) {
      const { opened, by, check } = job
      if (!check) {
        await loader.checked(opened.source)
        reports.push(reportOf(job, 'unchanged'))
        continue
      }
      const edition: Edition = {
        source: opened.source,
        state: 'importing',
        importer: by,
        contentHash: opened.contentHash,
        importedAt: now().toISOString(),
        date: opened.date,
      }
      const started = performance.now()
      const { counts, example } = await loadEdition(options, loader, opened, check, edition)
      done.push(() => loader.complete(edition, job.earlier?.contentHash !== opened.contentHash))
      const load = (performance.now() - started) / 1000
      reports.push({
        ...reportOf(job, dryRun ? 'checked' : 'loaded'),
        counts,
        example,
        seconds: { check: job.seconds, load },
      })
    }
    if (done.length > 0 && !dryRun) await loader.finish()
    for (const complete of done) await complete()
    const { moved } = loader.counts
    // What merges of ids move is of no single edition; it is told with the last.
    return reports.map((report, i) =>
      i < reports.length - 1 ? report : { ...report, counts: { ...report.counts, moved } },
    )
  } finally {
    await loader.close()
  }
}

/** What is told of an edition of which nothing was loaded. */
const reportOf = (job: Job, outcome: ImportReport['outcome']): ImportReport => {
  const { opened, by, earlier, check, seconds } = job
  const about = {
    importer: by,
    source: opened.source,
    contentHash: opened.contentHash,
    outcome,
    resumed: earlier !== undefined && earlier.state !== 'complete',
  }
  if (!check) return { ...about, ...NOTHING_READ }
  return {
    ...about,
    files: [...check.files].map(([file, { rows, bad, leftOut }]) => ({
      file,
      rows,
      bad,
      leftOut: [...leftOut].map(([why, many]) => ({ why, rows: many })),
    })),
    problems: check.problems,
    issues: countByRule(check),
    notes: [...check.notes],
    records: Object.fromEntries(check.records),
    counts: NO_COUNTS,
    example: null,
    seconds: { check: seconds, load: 0 },
  }
}

const countByRule = ({ problems, findings }: EditionCheck): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = problems.length > 0 ? { [BAD_ROW]: problems.length } : {}
  for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1
  return counts
}

/** The first pass. */
const checkEdition = async (
  { shape, progress, allowFewer = false }: ImportOptions,
  opened: OpenedSource,
  stored: StoredTypes,
  earlier: Edition | undefined,
): Promise<EditionCheck> => {
  const whereNamed = (id: string) => opened.foreignIds?.().find((each) => each.id === id)
  // The same files have lost nothing, and what was cut off was let in before.
  const isNewer = earlier?.state !== 'removing' && earlier?.contentHash !== opened.contentHash
  for (;;) {
    const names = earlier && isNewer && !allowFewer ? new EditionNames(shape, opened.source) : null
    const check = new EditionCheck(shape, gateRules(), (ids) => stored.find(ids), whereNamed, names)
    progress?.start('checking', opened.size)
    const pass = counting(
      check.pass((bytes) => progress?.advance(bytes)),
      progress,
    )
    try {
      for await (const batch of opened.read(pass)) await check.check(batch)
      await check.finish()
      return check
    } catch (error) {
      if (!(error instanceof ReadAgain)) throw error
    } finally {
      progress?.stop()
    }
  }
}

/** @throws RefusedImport where an edition would take back too much of what the store has of its source */
const refuseFewer = async (
  { importer, progress }: ImportOptions,
  { options: { store }, sets }: Loader,
  job: Job,
): Promise<void> => {
  const { check, opened } = job
  if (!check?.names) return
  const takesBack = await check.names.missing(store, sets)
  // What only this needs does not stay in memory while the edition is loaded.
  check.names = null
  const problem = fewerProblem(opened.source, takesBack, importer.keeps)
  if (problem === null) return
  progress?.stop()
  throw new RefusedImport(problem, { ...reportOf(job, 'refused'), takesBack })
}

/** @throws RefusedImport where a file has too many bad rows */
const refuseProblems = (job: Job, maxProblems = DEFAULT_MAX_PROBLEMS): void => {
  for (const [file, count] of job.check?.files ?? []) {
    const allowed = allowedProblems(maxProblems, count.rows)
    if (count.bad + count.fell > allowed) throw tooManyProblems(job, file, count, allowed)
  }
}

const tooManyProblems = (job: Job, file: string, { rows, bad, fell }: FileCount, allowed: number): RefusedImport => {
  const report = reportOf(job, 'refused')
  const own = report.problems.filter((problem) => problem.file === file)
  // What takes the rows of a table with it may stand in another one.
  const problems = own.length > 0 ? own : report.problems
  const named = problems.slice(0, MAX_NAMED).map((each) => {
    const where = each.line > 0 ? `line ${each.line}: ` : ''
    return `  ${each.file === file ? '' : `${each.file}, `}${where}${each.reason}`
  })
  if (problems.length > MAX_NAMED) named.push(`  … and ${(problems.length - MAX_NAMED).toLocaleString('en')} more`)
  const [all, lost] = [Math.max(rows, bad + fell).toLocaleString('en'), fell.toLocaleString('en')]
  const taken = fell === 0 ? '' : `, and ${lost} fall with what they need`
  const many = `${bad.toLocaleString('en')} of ${all} rows are bad${taken}, and at most ${allowed.toLocaleString('en')} may be`
  return new RefusedImport(
    `${file || 'These records'}: ${many}. Nothing was loaded; mend them, or allow more with --max-problems.\n${named.join('\n')}`,
    report,
  )
}

/** Loads one edition, and takes back what an earlier one said and it does not. */
const loadEdition = async (
  { progress, dryRun }: ImportOptions,
  loader: Loader,
  opened: OpenedSource,
  check: EditionCheck,
  edition: Edition,
): Promise<{ readonly counts: LoadCounts; readonly example: Example | null }> => {
  const before = { ...loader.counts }
  await requireStillThere(loader, opened.source, check)
  await loader.begin(edition)
  progress?.start(dryRun ? 'comparing' : 'loading', opened.size)
  const citing = citesItself(check, opened.source) ? [] : check.findings
  const citations = new Map(citing.map(({ record }) => [record, undefined as readonly Citation[] | undefined]))
  let batch: GraphRecord[] = []
  let example: Example | null = null
  const load = async (records: Iterable<GraphRecord>): Promise<void> => {
    for (const record of records) {
      example = betterExample(example, record)
      if (isNode(record) && citations.has(record.id)) citations.set(record.id, record.citations)
      batch.push(record)
      if (batch.length < BATCH) continue
      await loader.add(batch)
      batch = []
    }
  }
  for await (const read of opened.read(
    counting(
      loadingPass((bytes) => progress?.advance(bytes)),
      progress,
    ),
  )) {
    await load(check.accepted(read))
  }
  await load(issueRecords(check, opened.source, (id) => citations.get(id)))
  if (batch.length > 0) await loader.add(batch)
  await loader.end()
  progress?.stop()
  const counts = Object.entries(loader.counts).map(([name, count]) => [name, count - before[name as keyof LoadCounts]])
  return { counts: Object.fromEntries(counts) as LoadCounts, example }
}

/** What the edition needs of the store may have gone since it was checked: with another edition, or by another process. */
const requireStillThere = async ({ writer, options }: Loader, source: string, check: EditionCheck): Promise<void> => {
  // A dry run has not loaded the editions before this one.
  if (options.dryRun) return
  const needed = check.needs()
  const types = await typesOf(options.shape, writer, needed)
  const gone = needed.find((id) => !types.has(id))
  if (gone === undefined) return
  const sentence = `"${gone}", to which ${source} links, was in the store when it was checked, and is there no longer. Nothing of ${source} was loaded; import it again.`
  throw new RapporteurError('BAD_INPUT', sentence)
}

const counting = (pass: Pass, progress: Progress | undefined): Pass => ({
  ...pass,
  rows(file, count) {
    pass.rows(file, count)
    progress?.rows(count)
  },
})

/** What the importer tells was told in the first pass. */
const loadingPass = (advance: (bytes: number) => void): Pass => ({ ...SILENT, advance })

const NO_COUNTS: LoadCounts = {
  inserted: 0,
  updated: 0,
  unchanged: 0,
  inferred: 0,
  moved: 0,
  deleted: 0,
  changed: 0,
  orphaned: 0,
}
const NOTHING_READ = {
  files: [],
  problems: [],
  issues: {},
  notes: [],
  records: {},
  counts: NO_COUNTS,
  example: null,
  seconds: { check: 0, load: 0 },
}
