import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { readShape } from './commands/open-for-command.js'
import { runBackup } from './commands/run-backup.js'
import { type CheckFlags, runCheck } from './commands/run-check.js'
import { type DoctorFlags, runDoctor } from './commands/run-doctor.js'
import { type ExportFlags, exportFormats, runExport } from './commands/run-export.js'
import { type ImportFlags, runImport } from './commands/run-import.js'
import { runKey } from './commands/run-key.js'
import { runMcp } from './commands/run-mcp.js'
import { runRemove } from './commands/run-remove.js'
import { runRestore } from './commands/run-restore.js'
import { runSchema } from './commands/run-schema.js'
import { runServe, type ServeFlags } from './commands/run-serve.js'
import { type ExitCode, nameAndSummarize, type SeedFlags, warn } from './commands/terminal.js'
import { RapporteurError } from './errors.js'
import { type MaxProblems, parseMaxProblems } from './import/check/max-problems.js'
import type { Importer } from './import/importer.js'
import { PROGRAM_VERSION } from './settings.js'

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
      exit(await runImport(program, source, [path, ...tables], flags)),
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
