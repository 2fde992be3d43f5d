import { existsSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { importIntoNeo4j, startNeo4j } from '../scripts/neo4j-server.mjs'
import { exportOf, benchFolder as folder, SIZES, type Size } from './bench-data.js'
import { emptyNeo4j } from './empty-neo4j.js'
import { growExport } from './grow-export.js'
import { expectRun } from './run-program.js'

/**
 * Measures loading: seconds, edges a second, memory and size of the file, with 0.15, 1.46 and 15.27 million synthetic
 * votes of members, and the same over Bolt; the same edition again; Neo4j's bulk import of each graph; and a dry run
 * over 2 GB.
 *
 *     tsx bench/load.ts [--sizes small,whole,all] [--neo4j] [--bulk] [--dry-run]
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: 'small,whole,all' },
    neo4j: { type: 'boolean', default: false },
    bulk: { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
  },
})
/** What an import's own report says of its seconds, and of the votes of members that it read. */
const told = (output: string) => {
  const [, check, load] = /checked in ([\d.]+) s, written in ([\d.]+) s/.exec(output) ?? []
  const [, rows = '0'] = /member_votes\.csv: ([\d,]+) rows/.exec(output) ?? []
  return { check: Number(check), load: Number(load), rows: Number(rows.replaceAll(',', '')) }
}

const number = (value: number): string => Math.round(value).toLocaleString('en')

/** The votes of members a second: the seconds that the import takes longer with them than without. */
const rates = (with_: ReturnType<typeof told>, without: ReturnType<typeof told>): string => {
  const [check, load] = [with_.check - without.check, with_.load - without.load]
  return `${number(with_.rows / load)} written, ${number(with_.rows / (check + load))} checked and written`
}

const sizeOf = async (path: string): Promise<string> => `${number((await stat(path)).size / 1e6)} MB`

const measureSqlite = async (names: readonly Size[]): Promise<void> => {
  let without = { check: 0, load: 0, rows: 0 }
  for (const name of ['none', ...names] as const) {
    const size = SIZES[name]
    const path = await exportOf(name)
    const store = join(folder, `load-${name}.sqlite`)
    await removeStore(store)
    const run = await expectRun(['import', 'howtheyvote', path], { store })
    const figures = told(run.output)
    if (name === 'none') without = figures
    const rate = name === 'none' ? '' : rates(figures, without)
    const again = await expectRun(['import', 'howtheyvote', path], { store }, [3])
    console.log(
      `| SQLite | ${size.name} | ${figures.check.toFixed(1)} | ${figures.load.toFixed(1)} | ${rate} | ${run.megabytes} | ${await sizeOf(store)} | ${again.seconds.toFixed(1)}, ×${(run.seconds / again.seconds).toFixed(0)} |`,
    )
    if (values.bulk && name !== 'none') console.log(await measureBulk(store, size.name))
    await removeStore(store)
  }
}

/** Neo4j's bulk import of the graph in a store. @returns a sentence for the end of the table */
const measureBulk = async (store: string, name: string): Promise<string> => {
  const [files, home] = [join(folder, 'bulk-files'), join(folder, 'bulk-home')]
  for (const each of [files, home]) await rm(each, { recursive: true, force: true })
  const run = await expectRun(['export', '--format', 'neo4j-import', files], { store })
  const started = performance.now()
  const said = await importIntoNeo4j({ home, files, heapMegabytes: 1024, onProgress: console.error })
  const seconds = (performance.now() - started) / 1000
  const [, links = 'unknown'] = /(\d+) relationships/.exec(said) ?? []
  for (const each of [files, home]) await rm(each, { recursive: true, force: true })
  return `| Neo4j's bulk import | ${name} | ${run.seconds.toFixed(1)} to export | ${seconds.toFixed(1)} | ${number(Number(links))} links, ${number(Number(links) / seconds)} a second | | | |`
}

const measureNeo4j = async (): Promise<void> => {
  let without = { check: 0, load: 0, rows: 0 }
  const server = await startNeo4j({ heapMegabytes: 2048, onProgress: console.error })
  try {
    // Java compiles what runs often while it runs: a server that has just been started is not a measure of one at work.
    for (const name of ['small', 'small', 'none', 'whole'] as const) {
      await emptyNeo4j(server.uri)
      const path = await exportOf(name)
      const run = await expectRun(['import', 'howtheyvote', path], { store: server.uri })
      if (name === 'small') continue
      const figures = told(run.output)
      if (name === 'none') without = figures
      const rate = name === 'none' ? '' : rates(figures, without)
      const again = await expectRun(['import', 'howtheyvote', path], { store: server.uri }, [3])
      console.log(
        `| Neo4j over Bolt | ${SIZES[name].name} | ${figures.check.toFixed(1)} | ${figures.load.toFixed(1)} | ${rate} | ${run.megabytes} | | ${again.seconds.toFixed(1)}, ×${(run.seconds / again.seconds).toFixed(0)} |`,
      )
    }
  } finally {
    await server.stop()
  }
}

/** A dry run over a table of 2 GB: it reads all of it twice, and has to stay small. */
const measureDryRun = async (): Promise<void> => {
  const path = join(folder, 'synthetic-2gb')
  if (!existsSync(path)) await growExport(await exportOf('all'), path, 5)
  const store = join(folder, 'load-dry-run.sqlite')
  await removeStore(store)
  const run = await expectRun(['import', 'howtheyvote', path, '--dry-run'], { store })
  const bytes = (await stat(join(path, 'member_votes.csv'))).size
  console.log(
    `Dry run over ${(bytes / 1e9).toFixed(2)} GB of votes of members: ${run.seconds.toFixed(0)} s, ${run.megabytes} MB at most.`,
  )
  for (const line of run.output.split('\n').filter((each) => /: [\d,]+ rows|dry run/.test(each)))
    console.log(`  ${line}`)
  await removeStore(store)
}

const removeStore = async (store: string): Promise<void> => {
  for (const end of ['', '-wal', '-shm', '.lock']) await rm(`${store}${end}`, { force: true })
}

console.log(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}). All votes of members are synthetic.\n`,
)
console.log(
  '| engine | votes of members | check, s | write, s | votes of members a second | memory, MB | file | the same again, s |',
)
console.log('|---|---|---|---|---|---|---|---|')
await measureSqlite(values.sizes.split(',').filter((each): each is 'small' | 'whole' | 'all' => each in SIZES))
if (values.neo4j) await measureNeo4j()
if (values['dry-run']) await measureDryRun()
if ((await readdir(folder)).length === 0) await rm(folder, { recursive: true })
