import { existsSync, lstatSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { RapporteurError } from './errors.js'
import { exportGraph } from './export/export-format.js'
import { formats } from './export/formats.js'
import { type MaxProblems, parseMaxProblems } from './import/check/max-problems.js'
import { type ImportReport, nothingNew, printReport, RefusedImport, stayed } from './import/import-report.js'
import type { Importer } from './import/importer.js'
import { questionAbout } from './import/next-question.js'
import { type PrepareOptions, prepareStore } from './import/prepare-store.js'
import type { AgentOptions } from './mcp/make-server.js'
import type { GraphShape } from './model/graph-shape.js'
import { readGraphShape } from './schema/read-graph-shape.js'
import { describeStore } from './serve/describe-store.js'
import type { Log } from './serve/log.js'
import type { ServeOptions, Serving } from './serve/serve.js'
import { PROGRAM_VERSION, readSettings, type Settings, type StoreSettings } from './settings.js'
import { graphHash } from './store/graph-hash.js'
import type { GraphStore } from './store/graph-store.js'
import { openStore } from './store/open-store.js'

/** 0: done; 1: not done, or something is wrong; 2: the command line was not understood; 3: there was nothing new. */
type ExitCode = 0 | 1 | 2 | 3

interface ServeFlags {
  readonly host?: string
  readonly port?: string
  readonly follow?: string
  readonly seed: boolean
}

interface CheckFlags {
  readonly seed: boolean
  readonly hash?: boolean
}

interface ExportFlags {
  readonly format: string
  readonly seed: boolean
}

interface DoctorFlags {
  readonly json?: boolean
}

interface SeedFlags {
  readonly seed: boolean
}

interface ImportFlags {
  readonly report?: string

  readonly maxProblems?: MaxProblems
  readonly allowFewer?: boolean
  readonly dryRun?: boolean
  readonly again?: boolean
  readonly seed: boolean
}

const fileOfProgram = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const warn = (text: string): void => void process.stderr.write(`${text}\n`)
const number = (value: number): string => value.toLocaleString('en')
const exportFormats = formats({
  neo4j: async (store, shape) => (await import('./store/neo4j/import-files.js')).bulkFiles(store, shape),
})
const readShape = (): GraphShape => readGraphShape(fileOfProgram('schema.graphql'))

/** Runs the command that the arguments name. */
const main = async (argv: readonly string[]): Promise<ExitCode> => {
  let exitCode: ExitCode = 0
  try {
    const importers = await importersForHelp(argv)
    const named = [...importers.values()].filter(({ name }) => argv.includes(name))
    const program = describeCommands(importers, named, (code) => {
      exitCode = code
    })
    await program.parseAsync([...argv])
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    // A fault of the program itself is told with where it happened, so that it can be reported.
    warn(
      error instanceof RapporteurError ? error.message : `Unexpected: ${error instanceof Error ? error.stack : error}`,
    )
    return 1
  }
}

/** The importers, where the help of `import` is asked for, which names them; no other help needs them or the schema. */
const importersForHelp = async (argv: readonly string[]): Promise<ReadonlyMap<string, Importer>> => {
  const asksForHelp = argv.includes('import') && ['help', '--help', '-h'].some((word) => argv.includes(word))
  if (!asksForHelp) return new Map()
  const { loadImporters } = await import('./import/registry.js')
  return loadImporters(readShape())
}

const describeCommands = (
  importers: ReadonlyMap<string, Importer>,
  named: readonly Importer[],
  exit: (code: ExitCode) => void,
): Command => {
  const program = new Command('rapporteur')
    .description('A knowledge graph of political events, their actors, votes and sources, that answers in GraphQL.')
    .version(PROGRAM_VERSION)
    .exitOverride()
    .showHelpAfterError('Run "rapporteur --help" to see how it is used.')
    .addHelpText('after', EXAMPLES)
  const noSeed = () =>
    new Option('--no-seed', 'leave the story of Kazakhstan 2022 out of a store that this command makes')

  program
    .command('serve')
    .description('answer questions over HTTP, with GraphiQL to try them in a browser')
    .option('--host <address>', 'the address to listen on (default: RAPPORTEUR_HOST, or 127.0.0.1)')
    .option('--port <number>', 'the port to listen on (default: RAPPORTEUR_PORT, PORT, or 4000)', readPort)
    .option('--follow <address>', 'answer from copies of the store of the server there (default: RAPPORTEUR_FOLLOW)')
    .addOption(noSeed())
    .addHelpText(
      'after',
      examples('serve', 'serve --port 8080 --host 0.0.0.0', 'serve --follow https://graph.example.org'),
    )
    .action(async (flags: ServeFlags) => exit(await runServe(flags)))
  program
    .command('mcp')
    .description('answer an agent that starts this program, over its standard input and output')
    .addOption(noSeed())
    .addHelpText('after', examples('mcp', 'mcp --no-seed'))
    .action(async (flags: SeedFlags) => exit(await runMcp(flags)))
  program
    .command('schema')
    .description('print the schema that is served, for the tools that clients are made with')
    .addHelpText('after', examples('schema > schema.graphql'))
    .action(async () => exit(await runSchema()))
  program
    .command('key')
    .description('make a key by which a client is known, and the line of RAPPORTEUR_KEYS that lets it in')
    .argument('<name>', 'whose key it is, in letters, digits, ".", "-" and "_"')
    .addHelpText('after', examples('key newsroom'))
    .action(async (name: string) => exit(await runKey(program, name)))
  program
    .command('import')
    .description('read an edition of a source into the store')
    .argument('<source>', 'what it is an edition of; the sources are named below')
    .argument('<path>', 'its folder, file or zip; of `table`, the mapping')
    .argument(
      '[tables...]',
      'of `table` only: the files or folders of its tables, where they are not beside the mapping',
    )
    .option(
      '--max-problems <number>',
      'how many rows of a file may be bad, as 25 or 0.5% (default: 1 % or 10)',
      readMaxProblems,
    )
    .option('--allow-fewer', 'load an edition that takes back more than a tenth of what its source said')
    .option('--dry-run', 'check everything, say what would change, write nothing')
    .option('--report <file>', 'write the report as JSON, too')
    .option('--again', 'read an edition again that is in the store already')
    .addOption(noSeed())
    .action(async (source: string, path: string, tables: readonly string[], flags: ImportFlags) =>
      exit(await runImportOf(program, source, [path, ...tables], flags)),
    )
    .addHelpText(
      'after',
      examples(
        'import howtheyvote ./export',
        'import records ./my-records --dry-run',
        'import table ./council/mapping.yaml',
        'import table examples/bundestag/mapping.yaml ./bundestag-tables',
      ),
    )
    .addHelpText('after', `\nSources:\n${nameAndSummarize(importers)}`)
    .addHelpText('after', named.map(({ help }) => (help ? `\n${help}` : '')).join(''))
  program
    .command('remove')
    .description('take back all that a source said; what others say stays')
    .argument('<source>', 'the source as `rapporteur check` names it, such as source:howtheyvote')
    .addOption(noSeed().hideHelp())
    .addHelpText('after', examples('remove source:howtheyvote'))
    .action(async (source: string, flags: SeedFlags) => exit(await runRemove(source, flags)))
  program
    .command('export')
    .description('write all that the store says into files')
    .argument('<folder>', 'a new folder for them')
    .requiredOption('--format <name>', `how to write it: ${[...exportFormats.keys()].join(', ')}`)
    .addOption(noSeed().hideHelp())
    .addHelpText('after', `\nFormats:\n${nameAndSummarize(exportFormats)}`)
    .addHelpText('after', examples('export --format csv ./out', 'export --format neo4j-import ./out'))
    .action(async (folder: string, flags: ExportFlags) => exit(await runExport(program, folder, flags)))
  program
    .command('backup')
    .description('write a whole copy of the store to a file, also while it is served and written to')
    .argument('<file>', 'a new file for it')
    .addHelpText('after', examples('backup ./backup-2026-11-26.sqlite'))
    .action(async (file: string) => exit(await runBackup(file)))
  program
    .command('restore')
    .description('put a backup in the place of the store; the one that is there is kept beside it')
    .argument('<file>', 'what `rapporteur backup` has written')
    .addHelpText('after', examples('restore ./backup-2026-11-26.sqlite'))
    .action(async (file: string) => exit(await runRestore(file)))
  program
    .command('doctor')
    .description('say what is right and wrong with the settings, the store, the machine and what would be served')
    .option('--json', 'say it as JSON')
    .addHelpText('after', examples('doctor', 'doctor --json'))
    .action(async (flags: DoctorFlags) => exit(await runDoctor(flags)))
  program
    .command('check')
    .description('say whether schema, mapping and store agree, and what is in the store')
    .addOption(noSeed().hideHelp())
    .option('--hash', 'print the hash of all that the store says, which is the same on every engine')
    .addHelpText('after', examples('check', 'check --hash'))
    .action(async (flags: CheckFlags) => exit(await runCheck(flags)))
  return program
}

/** Examples of one command, under its help. */
const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  rapporteur ${line}`).join('\n')}`

/** One line for each importer or format. */
const nameAndSummarize = (known: ReadonlyMap<string, { readonly name: string; readonly summary: string }>): string =>
  [...known.values()].map(({ name, summary }) => `  ${name}: ${summary}`).join('\n')

const EXAMPLES = `
Examples:
  rapporteur serve                              then open http://127.0.0.1:4000/graphql
  rapporteur serve --port 8080 --host 0.0.0.0
  rapporteur mcp                                started by an agent, which asks over standard input
  rapporteur schema > schema.graphql            what can be asked, for the tools of a client
  rapporteur import howtheyvote ./export        the folder with votes.csv.gz, members.csv.gz …
  rapporteur import records ./my-records        files of your own, written as those in seed/
  rapporteur remove source:howtheyvote          as if it had never been imported
  rapporteur export --format csv ./out          the whole graph as tables
  rapporteur backup ./backup.sqlite             also while it is served and written to
  RAPPORTEUR_STORE=neo4j://localhost:7687 rapporteur check

Exit codes: 0 done, 1 not done or something is wrong, 2 not understood, 3 nothing new to import.

The environment chooses the store (RAPPORTEUR_STORE) and more; docs/operating.md lists it all.`

const readPort = (text: string): string => {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return text
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535.')
}

const readMaxProblems = (text: string): MaxProblems => {
  try {
    return parseMaxProblems(text)
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error))
  }
}

const runServe = async ({ host, port, follow, seed }: ServeFlags): Promise<ExitCode> => {
  const settings = readSettings({
    ...(host && { RAPPORTEUR_HOST: host }),
    ...(port && { RAPPORTEUR_PORT: port }),
    ...(follow && { RAPPORTEUR_FOLLOW: follow }),
  })
  const shape = readShape()
  // No other command needs the server's libraries in memory.
  const { openLog } = await import('./serve/log.js')
  const { logRequests } = await import('./serve/log-requests.js')
  const { serve } = await import('./serve/serve.js')
  const { log, requests } = openLog(settings.log, process.stderr.isTTY)
  const serving = await serve({
    ...settings,
    shape,
    open: () => openPrepared(settings.store, shape, { seed, onUnverified: (sentence) => log(sentence) }, log),
    ...copiesOf(settings, (path) => openCopy(path, shape)),
    log,
    onRequest: requests === 'off' ? [] : [logRequests(log, { ...settings.log, requests })],
  })
  const stopped = untilSignalled(serving, settings.stopTimeout, log)
  // A signal may come while the store is still being made.
  await Promise.race([stopped, introduce(serving, settings.store)])
  await stopped
  return 0
}

/** How copies of the store are given, and where those of another server's are had. */
const copiesOf = (
  { store, replica: { give, key, follow: origin, every } }: Settings,
  open: (path: string) => Promise<GraphStore>,
): Pick<ServeOptions, 'giving' | 'following'> => {
  if (!give && !origin) return {}
  if (store.engine === 'Neo4j' || store.path === ':memory:') {
    const [name, what] = origin
      ? ['RAPPORTEUR_FOLLOW', 'copies could be kept beside']
      : ['RAPPORTEUR_REPLICA', 'could be copied']
    const instead = store.engine === 'Neo4j' ? 'Several servers may have one Neo4j as their store instead. ' : ''
    const sentence = `${name} is set, and RAPPORTEUR_STORE names no file that ${what}. ${instead}Nothing was started; name a file, or leave ${name} out.`
    throw new RapporteurError('BAD_SETTING', sentence)
  }
  return {
    ...(give && { giving: { folder: `${store.path}.copies`, key, open } }),
    ...(origin && { following: { folder: `${store.path}.followed`, key, origin, every, open } }),
  }
}

/** Opens a copy of a store, which is only read. @throws RapporteurError where this program cannot serve it as it is */
const openCopy = async (path: string, shape: GraphShape): Promise<GraphStore> => {
  const store = await openStore({ engine: 'SQLite', path }, shape, { readOnly: true })
  try {
    await store.prepare({ make: false, exact: true })
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

const runMcp = async ({ seed }: SeedFlags): Promise<ExitCode> => {
  const { statementTimeout: timeout, agents, host, port, links, documents } = readSettings()
  const shape = readShape()
  const { Ask } = await import('./ask/ask.js')
  const { serveStdio } = await import('./mcp/serve-stdio.js')
  const { createExecutor } = await import('./query/execute.js')
  const { makeServedSchema } = await import('./schema/served-schema.js')
  const { createErrorMask } = await import('./serve/mask-errors.js')
  const { KeptQuestions } = await import('./serve/kept-questions.js')
  const { linkToQuestion } = await import('./serve/link-to-question.js')
  const store = await openForCommand(shape, { seed, onUnverified: warn })
  try {
    const schema = makeServedSchema(shape.served)
    const executor = createExecutor({ schema, shape, store, timeout })
    const ask = new Ask({ schema, executor: () => executor, documents })
    const kept = links ? new KeptQuestions(links) : undefined
    // Links lead to where a server with the same settings answers.
    const linkTo: AgentOptions['linkTo'] = (base, question) => linkToQuestion(base, question, '/graphql', kept)
    const options = { ask, shape, mask: createErrorMask(warn), linkTo, ...agents }
    await serveStdio(options, `http://${host}:${port}`)
    return 0
  } finally {
    await store.close()
  }
}

/** Says what is served once the store has answered or has failed to. */
const introduce = async (serving: Serving, { engine }: StoreSettings): Promise<void> => {
  if (!(await serving.started)) return
  say(`Rapporteur answers at ${serving.url} (open it in a browser to try some questions).`)
  if (serving.store) say(await describeStore(serving.store))
  else say(`The store, ${engine}, does not answer yet. It is asked again until it does.`)
  if (serving.metricsUrl) say(`Its metrics are at ${serving.metricsUrl}.`)
  say('Ctrl-C stops it.')
}

interface OpenOptions extends PrepareOptions {
  /** Where given, the store is first compared with what it was when it was last written; told what keeps that from being done. */
  readonly onUnverified?: (sentence: string) => void
}

/** Opens the store for a command that ends by itself. */
const openForCommand = (shape: GraphShape, options: OpenOptions): Promise<GraphStore> => {
  // It does not listen, and a PORT that is there for another program does not concern it.
  const { store } = readSettings({ RAPPORTEUR_PORT: '0' })
  if (store.engine === 'SQLite' && store.path === ':memory:') exitOnSignals()
  return openPrepared(store, shape, options)
}

/**
 * Lets a signal end the process by an exit, which takes the files of a store in memory with it. Where there are none,
 * signals are left to end the process by themselves: they do it also in the midst of a long statement.
 */
const exitOnSignals = (): void => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]))
}

/**
 * Opens a store and makes it ready, and says so where it was new; one that cannot be made ready is closed again.
 * @throws RapporteurError what the store throws; `STORE_ACCESS` for a link that leads nowhere
 */
const openPrepared = async (
  settings: StoreSettings,
  shape: GraphShape,
  { onUnverified, ...options }: OpenOptions,
  tell: (sentence: string) => void = warn,
): Promise<GraphStore> => {
  if (settings.engine === 'SQLite') refuseDanglingLink(settings.path)
  const store = await openStore(settings, shape)
  try {
    const unverified = onUnverified && (await store.verify())
    if (unverified) onUnverified(unverified)
    const { created, seed, notice } = await prepareStore(store, shape, options)
    if (notice) warn(notice)
    // A path that was mistyped shows here; one in memory is new each time.
    if (created && store.location !== ':memory:')
      tell(`Made a new store at "${store.location}"${seed ? ' with the story of Kazakhstan 2022' : ''}.`)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

/** SQLite makes the file that a link leads to, but not its folder, and has no code for that (libsql 0.5.29). */
const refuseDanglingLink = (path: string): void => {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return
  const target = resolve(dirname(path), readlinkSync(path))
  if (existsSync(dirname(target))) return
  const sentence = `"${path}" is a link to "${target}", and there is no folder for that. Make the folder, or choose another path for RAPPORTEUR_STORE.`
  throw new RapporteurError('STORE_ACCESS', sentence)
}

/**
 * Waits for SIGTERM, SIGINT or SIGHUP and stops the server cleanly. A second signal ends the process at once, but for a
 * hang-up: a terminal that is closed may send several.
 */
const untilSignalled = (serving: Serving, timeout: number, log: Log): Promise<void> =>
  new Promise((resolve, reject) => {
    let stopping = false
    const onSignal = (signal: NodeJS.Signals): void => {
      if (stopping && signal !== 'SIGHUP') process.exit(1)
      if (stopping) return
      stopping = true
      log(`${signal}: stopping; requests under way have ${timeout / 1000} s to finish.`)
      serving.stop(timeout).then((cut) => {
        if (cut > 0) log(`${number(cut)} of them had not finished and were cut off.`)
        resolve()
      }, reject)
    }
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, onSignal)
  })

const runImportOf = async (
  program: Command,
  source: string,
  [path = '', ...places]: readonly string[],
  flags: ImportFlags,
): Promise<ExitCode> => {
  const shape = readShape()
  const { loadImporter, loadImporters } = await import('./import/registry.js')
  const importer = await loadImporter(source, shape)
  if (!importer) {
    program.error(`There is no source "${source}". There are:\n${nameAndSummarize(await loadImporters(shape))}`)
  }
  if (places.length > 0 && !importer.takesPlaces)
    program.error(`The source "${source}" is read from one path; "${places[0]}" is one too many.`)
  const { findFiles } = await import('./import/read/find-files.js')
  const { showProgress } = await import('./import/progress.js')
  const { runImports } = await import('./import/run-import.js')
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
      const { tellReader } = await import('./import/tell-reader.js')
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

const runSchema = async (): Promise<ExitCode> => {
  const { printSchema } = await import('graphql')
  const { makeServedSchema } = await import('./schema/served-schema.js')
  say(printSchema(makeServedSchema(readShape().served)))
  return 0
}

const runKey = async (program: Command, name: string): Promise<ExitCode> => {
  const { isKeyName, makeKey } = await import('./serve/known-keys.js')
  if (!isKeyName(name))
    program.error(`"${name}" is no name of a key: it has 60 letters, digits, ".", "-" and "_" at most.`)
  const { key, line } = makeKey(name)
  say(line)
  warn(
    `The line above goes into the file of RAPPORTEUR_KEYS. The key is ${key}; it is not kept anywhere. A client sends it as "Authorization: Bearer ${key}".`,
  )
  return 0
}

const runRemove = async (source: string, { seed }: SeedFlags): Promise<ExitCode> => {
  const { removeSource } = await import('./import/remove-source.js')
  const shape = readShape()
  const store = await openForCommand(shape, { seed, make: false })
  try {
    const { counts } = await removeSource({ store, shape, source })
    say(
      `Removed ${source}: ${number(counts.deleted)} records and links deleted, ${number(counts.changed)} changed that others say too.`,
    )
    if (counts.orphaned > 0) say(stayed(counts.orphaned))
    return 0
  } finally {
    await store.close()
  }
}

const runExport = async (program: Command, folder: string, { format, seed }: ExportFlags): Promise<ExitCode> => {
  const writer = exportFormats.get(format)
  if (!writer) {
    program.error(`There is no format "${format}". There are:\n${nameAndSummarize(exportFormats)}`)
  }
  const shape = readShape()
  const store = await openForCommand(shape, { seed, make: false, onUnverified: warn })
  try {
    const { records, links, leftOut, files, bytes, next } = await exportGraph(writer, store, shape, folder)
    const size = `${number(files)} files, ${number(Math.ceil(bytes / 1e6))} MB`
    say(`Exported ${number(records)} records and ${number(links)} links to "${folder}" (${size}).`)
    const without = Object.entries(leftOut).map(([type, rows]) => `${number(rows)} ${type}`)
    if (without.length > 0) say(`Left out, since the format has no place for them: ${without.join(', ')}.`)
    say(next)
    return 0
  } finally {
    await store.close()
  }
}

const runBackup = async (file: string): Promise<ExitCode> => {
  const { store: settings } = readSettings({ RAPPORTEUR_PORT: '0' })
  refuseMemory(settings)
  const begun = performance.now()
  // As it is: a backup before an update must not be changed by the updated program.
  const store = await openStore(settings, readShape())
  try {
    const { bytes, sha256, version, isUnfinished } = await store.copyTo(file, { sealed: true })
    say(`Copied "${store.location}" to "${file}" in ${secondsSince(begun)} s: ${number(bytes)} bytes.`)
    say(`Version of the graph: ${number(version)}`)
    say(`SHA-256: ${sha256}`)
    if (isUnfinished)
      say(
        'An import is under way, and the copy has what it had written; it lacks indexes, which are made when it is first used.',
      )
    return 0
  } finally {
    await store.close()
  }
}

const runRestore = async (file: string): Promise<ExitCode> => {
  const { store: settings } = readSettings({ RAPPORTEUR_PORT: '0' })
  refuseMemory(settings)
  if (settings.engine === 'Neo4j') {
    const sentence = `The store at ${settings.uri} is a Neo4j database and no file. Nothing was changed; stop the database and use "neo4j-admin database load" with a dump, or, with the Enterprise edition, "neo4j-admin database restore".`
    throw new RapporteurError('NOT_A_FILE', sentence)
  }
  const { restoreStore } = await import('./store/sqlite/restore-store.js')
  const begun = performance.now()
  const { bytes, before, unverified } = await restoreStore(file, settings.path)
  if (unverified) warn(unverified)
  say(`Restored "${settings.path}" from "${file}" in ${secondsSince(begun)} s: ${number(bytes)} bytes.`)
  if (before) say(`The store that was there is kept at "${before}"; delete it when you no longer need it.`)
  say('A server that is running answers from the restored store from now on; "rapporteur check" says what is in it.')
  return 0
}

const refuseMemory = (settings: StoreSettings): void => {
  if (settings.engine === 'Neo4j' || settings.path !== ':memory:') return
  const sentence =
    'RAPPORTEUR_STORE is ":memory:", which is another store for each program. Nothing was done; name a file.'
  throw new RapporteurError('NOT_A_FILE', sentence)
}

const secondsSince = (begun: number): string => ((performance.now() - begun) / 1000).toFixed(1)

const runDoctor = async ({ json }: DoctorFlags): Promise<ExitCode> => {
  const { examine, printExamined } = await import('./doctor/examine.js')
  const open = (store: StoreSettings) => openStore(store, readShape(), { readOnly: true })
  const examined = await examine(open)
  say(json ? JSON.stringify({ version: PROGRAM_VERSION, ...examined }, null, 2) : printExamined(examined))
  return examined.findings.some(({ level }) => level === 'error') ? 1 : 0
}

const runCheck = async ({ seed, hash }: CheckFlags): Promise<ExitCode> => {
  const shape = readShape()
  const store = await openForCommand(shape, { seed, make: false, onUnverified: say })
  try {
    const counts = await store.count()
    const issues = new Map<string, number>()
    for await (const { values } of store.scanNodes('Issue')) {
      const rule = String(values['rule'])
      issues.set(rule, (issues.get(rule) ?? 0) + 1)
    }
    say(`${store.engine} at ${store.location}`)
    sayCounts(
      'Records:',
      [...shape.nodes.keys()].map((type) => [type, counts[type] ?? 0]),
    )
    sayCounts(
      'Links:',
      [...shape.links.keys()].map((link) => [link, counts[link] ?? 0]),
    )
    if (issues.size === 0) say('The integrity gate found nothing.')
    else sayCounts('Issues that the integrity gate found, by rule:', [...issues].sort())

    const editions = await store.editions()
    if (editions.length > 0) say('Editions:')
    for (const { source, date, importedAt, importer } of editions)
      say(`  ${source}${date ? ` of ${date}` : ''}, imported ${importedAt.slice(0, 10)} by ${importer}`)
    say(`Version of the graph: ${number((await store.state()).version)}`)
    const unfinished = editions.filter(({ state }) => state !== 'complete')
    const wrong = [
      ...(await store.check()),
      ...unfinished.map(
        ({ source, state }) =>
          `The ${state === 'removing' ? 'removal' : 'import'} of "${source}" was cut off, or is under way; run it again to complete it.`,
      ),
    ]
    if (hash) say(`Hash: ${await graphHash(store, shape)}`)
    for (const sentence of wrong) warn(sentence)
    if (wrong.length === 0) say('Schema, mapping and store agree.')
    return wrong.length === 0 ? 0 : 1
  } finally {
    await store.close()
  }
}

const sayCounts = (title: string, counts: readonly (readonly [string, number])[]): void => {
  say(title)
  for (const [name, count] of counts) if (count > 0) say(`${number(count).padStart(12)}  ${name}`)
}

// What is said and read by nobody, as before `| head` or on a terminal that was closed, is not a failure of what is done.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
  })
}

/** What was written to a pipe is read when its reader comes to it, and an exit would cut off the rest. */
const written = (output: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => void output.write('', () => resolve()))

const exitCode = await main(process.argv)
await Promise.all([written(process.stdout), written(process.stderr)])
process.exit(exitCode)
