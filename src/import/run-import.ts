import { RapporteurError } from '../errors.js'
import type { GraphShape } from '../model/graph-shape.js'
import { type Citation, type GraphRecord, isNode } from '../model/records.js'
import type { Edition, GraphStore } from '../store/graph-store.js'
import { type LoadCounts, Loader } from '../store/load.js'
import { EditionCheck } from './edition-check.js'
import { gateRules } from './gate/gate-rules.js'
import type { ImportReport } from './import-report.js'
import type { Importer, OpenedSource, Pass } from './importer.js'
import { BAD_ROW, issueRecords } from './issue-records.js'
import { allowedProblems, DEFAULT_MAX_PROBLEMS, type MaxProblems } from './max-problems.js'
import type { Progress } from './progress.js'

export interface ImportOptions {
  readonly store: GraphStore
  readonly shape: GraphShape
  readonly importer: Importer
  /** The folder or file in which the documents are. */
  readonly path: string
  /** How many rows of a file may be bad; one in a hundred or ten, whichever is more. */
  readonly maxProblems?: MaxProblems
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
const NAMED = 10

/**
 * Imports the documents at a path, one edition after the other, ordered by the ids of their sources.
 * @returns a report for each
 * @throws RapporteurError `BAD_INPUT` for a bad file or too many bad rows; what the store throws
 */
export const runImports = async (options: ImportOptions): Promise<readonly ImportReport[]> => {
  const reports: ImportReport[] = []
  for (const opened of await options.importer.open(options.path)) reports.push(await importEdition(options, opened))
  return reports
}

/**
 * Imports an edition of a source: reads its files once to check them, writing nothing, and once more to load them.
 * Killed while loading, it leaves the edition marked as `importing`; the next run makes it whole.
 * @throws RapporteurError `BAD_INPUT` for a bad file or too many bad rows, with nothing written; what the store throws
 */
const importEdition = async (options: ImportOptions, opened: OpenedSource): Promise<ImportReport> => {
  const { store, importer, now = () => new Date() } = options
  const by = `${importer.name}@${importer.version}`
  const earlier = (await store.editions()).find((edition) => edition.source === opened.source)
  const about = {
    importer: by,
    source: opened.source,
    contentHash: opened.contentHash,
    resumed: earlier?.state === 'importing',
  }
  const same = earlier?.state === 'complete' && earlier.contentHash === opened.contentHash && earlier.importer === by
  if (same && !options.again && !options.dryRun) return { ...about, ...NOTHING_READ, outcome: 'unchanged' }

  const started = performance.now()
  const check = await checkEdition(options, opened)
  const checked = performance.now()
  const edition: Edition = {
    source: opened.source,
    state: 'importing',
    importer: by,
    contentHash: opened.contentHash,
    importedAt: now().toISOString(),
  }
  const counts = options.dryRun ? NO_COUNTS : await loadEdition(options, opened, check, edition)
  options.progress?.stop()
  return {
    ...about,
    outcome: options.dryRun ? 'checked' : 'loaded',
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
    counts,
    seconds: { check: (checked - started) / 1000, load: options.dryRun ? 0 : (performance.now() - checked) / 1000 },
  }
}

const countByRule = ({ problems, findings }: EditionCheck): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = problems.length > 0 ? { [BAD_ROW]: problems.length } : {}
  for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1
  return counts
}

/** The first pass. @throws RapporteurError `BAD_INPUT` where a file has too many bad rows */
const checkEdition = async (
  { store, shape, maxProblems = DEFAULT_MAX_PROBLEMS, progress }: ImportOptions,
  opened: OpenedSource,
): Promise<EditionCheck> => {
  const whereNamed = (id: string) => opened.outside?.().find((each) => each.id === id)
  const check = new EditionCheck(shape, gateRules(), (ids) => storedTypes(store, ids), whereNamed)
  progress?.start('checking', opened.size)
  const pass = check.pass((bytes) => progress?.advance(bytes))
  try {
    for await (const batch of opened.read(pass)) await check.check(batch)
    await check.finish()
  } catch (error) {
    progress?.stop()
    throw error
  }
  progress?.stop()
  for (const [file, { rows, bad }] of check.files) {
    const allowed = allowedProblems(maxProblems, rows)
    if (bad > allowed) throw tooManyProblems(check, file, rows, bad, allowed)
  }
  return check
}

const storedTypes = async (store: GraphStore, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const writer = await store.writer()
  try {
    const nodes = await writer.nodes(ids)
    return new Map([...nodes].map(([id, node]) => [id, node.type]))
  } finally {
    await writer.close()
  }
}

const tooManyProblems = (
  check: EditionCheck,
  file: string,
  rows: number,
  bad: number,
  allowed: number,
): RapporteurError => {
  const problems = check.problems.filter((problem) => problem.file === file)
  const named = problems.slice(0, NAMED).map(({ line, reason }) => `  ${line > 0 ? `line ${line}: ` : ''}${reason}`)
  if (bad > NAMED) named.push(`  … and ${(bad - NAMED).toLocaleString('en')} more`)
  const many = `${bad.toLocaleString('en')} of ${Math.max(rows, bad).toLocaleString('en')} rows are bad, and at most ${allowed.toLocaleString('en')} may be`
  return new RapporteurError(
    'BAD_INPUT',
    `${file || 'These records'}: ${many}. Nothing was loaded; mend them, or allow more with --max-problems.\n${named.join('\n')}`,
  )
}

/** The second pass. */
const loadEdition = async (
  { store, shape, progress, now = () => new Date() }: ImportOptions,
  opened: OpenedSource,
  check: EditionCheck,
  edition: Edition,
): Promise<LoadCounts> => {
  const loader = await Loader.open({ store, shape, now })
  try {
    await loader.mark(edition)
    progress?.start('loading', opened.size)
    const citations = new Map(
      check.findings.map(({ record }) => [record, undefined as readonly Citation[] | undefined]),
    )
    let batch: GraphRecord[] = []
    const load = async (records: readonly GraphRecord[]): Promise<void> => {
      for (const record of records) {
        if (isNode(record) && citations.has(record.id)) citations.set(record.id, record.citations)
        batch.push(record)
        if (batch.length < BATCH) continue
        await loader.add(batch)
        batch = []
      }
    }
    for await (const read of opened.read(loadingPass((bytes) => progress?.advance(bytes)))) {
      await load(check.accepted(read))
    }
    await load(issueRecords(check, opened.source, (id) => citations.get(id)))
    if (batch.length > 0) await loader.add(batch)
    await loader.finish()
    await loader.mark({ ...edition, state: 'complete' })
    return { ...loader.counts }
  } finally {
    progress?.stop()
    await loader.close()
  }
}

/** What the importer tells was told in the first pass. */
const loadingPass = (advance: (bytes: number) => void): Pass => ({
  rows() {},
  problem() {},
  finding() {},
  leftOut() {},
  note() {},
  advance,
})

const NO_COUNTS: LoadCounts = { inserted: 0, updated: 0, unchanged: 0, inferred: 0 }
const NOTHING_READ = {
  files: [],
  problems: [],
  issues: {},
  notes: [],
  records: {},
  counts: NO_COUNTS,
  seconds: { check: 0, load: 0 },
}
