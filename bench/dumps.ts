import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { formats } from '../src/export/formats.js'
import { prepareStore } from '../src/import/prepare-store.js'
import { readGraphShape } from '../src/schema/read-graph-shape.js'
import { Loader } from '../src/store/load.js'
import { bulkFiles } from '../src/store/neo4j/import-files.js'
import { SqliteStore } from '../src/store/sqlite/sqlite-store.js'
import { HOSTILE, hostileGraph } from '../test/support/hostile-graph.js'
import { syntheticGraph } from '../test/support/synthetic-graph.js'
import { benchFolder, exportOf, SIZES, type Size } from './bench-data.js'
import { expectRun } from './run-program.js'

/**
 * Exports a graph in every format with the built program, and has each dump read by a program of others (PyPI): what is
 * read has to be what `rapporteur check` counts, less what the manifest says is left out.
 */
const { values } = parseArgs({
  options: {
    /** The export without votes of members, unless others are named; `seed` is the seed with hostile names. */
    size: { type: 'string', multiple: true, default: ['seed', 'none'] },
    /** Megabytes of the exporting process's heap. */
    heap: { type: 'string', default: '96' },
    /** The readers, by package; all of them unless some are named. */
    reader: { type: 'string', multiple: true, default: [] },
  },
})
const run = promisify(execFile)
const shape = readGraphShape(await readFile(new URL('../schema.graphql', import.meta.url), 'utf8'))
const dumpFormats = [...formats({ neo4j: bulkFiles }).keys()].filter((name) => name !== 'neo4j-import')

/** A Python with the readers, made once. */
const pythonOf = async (): Promise<string> => {
  const environment = join(benchFolder, 'dumps-venv')
  const python = join(environment, 'bin', 'python')
  if (existsSync(join(environment, 'whole'))) return python
  await mkdir(benchFolder, { recursive: true })
  await run('python3', ['-m', 'venv', '--clear', environment])
  await run(python, ['-m', 'pip', 'install', '--quiet', '-r', join(import.meta.dirname, 'read-dumps.txt')])
  await mkdir(join(environment, 'whole'))
  return python
}

/** Makes a store with the seed, records of every type and hostile names. */
const makeSeed = async (path: string): Promise<void> => {
  const store = new SqliteStore(shape, { path })
  await prepareStore(store, shape, { seed: true })
  const loader = await Loader.open({ store, shape, now: () => new Date() })
  await loader.add([...syntheticGraph(shape, 8), ...hostileGraph])
  await loader.finish()
  await loader.close()
  await store.close()
}

interface Found {
  readonly format: string
  readonly program: string
  readonly seconds: number
  /** By type, or by the types that the format does not tell apart, with a plus between. */
  readonly counts: Readonly<Record<string, number>>
  readonly names: readonly string[]
  readonly problems: readonly string[]
}

const number = (value: number): string => value.toLocaleString('en')

const measure = async (size: string, python: string, folder: string): Promise<boolean> => {
  const store = join(folder, `${size}.sqlite`)
  if (size === 'seed') await makeSeed(store)
  else await expectRun(['import', 'howtheyvote', await exportOf(size as Size)], { store })
  const { output } = await expectRun(['check'], { store })
  const checked = new Map(
    [...output.matchAll(/^ +([\d,]+) {2}(\w+)$/gm)].map(([, count = '', type = '']) => [
      type,
      Number(count.replaceAll(',', '')),
    ]),
  )
  const dumps = join(folder, size)
  const written = new Map<string, { readonly leftOut: Record<string, number>; readonly told: string }>()
  for (const format of dumpFormats) {
    const path = join(dumps, format)
    const { seconds, megabytes } = await expectRun(['export', '--format', format, path], { store })
    const { leftOut, files } = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8'))
    const bytes = (files as { bytes: number }[]).reduce((sum, file) => sum + file.bytes, 0)
    written.set(format, { leftOut, told: `${(bytes / 1e6).toFixed(1)} | ${seconds.toFixed(1)} | ${megabytes}` })
  }
  const lines = await run(python, [join(import.meta.dirname, 'read-dumps.py'), dumps, ...values.reader], {
    maxBuffer: 1e8,
  })
  let isEqual = true
  for (const line of lines.stdout.trimEnd().split('\n')) {
    const found = JSON.parse(line) as Found
    const { leftOut, told } = written.get(found.format) ?? { leftOut: {}, told: '' }
    const expected = (types: string) =>
      types.split('+').reduce((sum, type) => sum + (checked.get(type) ?? 0) - (leftOut[type] ?? 0), 0)
    const compared = Object.entries(found.counts).filter(([types]) => types.split('+').every(isType))
    const differing = compared.filter(([types, count]) => count !== expected(types))
    const names =
      size !== 'seed' ? '' : `${found.names.filter((name) => HOSTILE.includes(name)).length} of ${HOSTILE.length}`
    const read = new Set(compared.flatMap(([types]) => types.split('+')))
    const unread = [...checked.keys()].filter((type) => isType(type) && !read.has(type) && expected(type) > 0)
    const sum = (counts: readonly number[]) => number(counts.reduce((total, count) => total + count, 0))
    const cells = [
      size === 'seed' ? 'seed' : SIZES[size as Size].name,
      found.format,
      told,
      unread.length === 0 ? found.program : `${found.program}, but for ${unread.length} types`,
      sum(compared.map(([types]) => expected(types))),
      sum(compared.map(([, count]) => count)),
      names,
      found.seconds,
    ]
    console.log(`| ${cells.join(' | ')} |`)
    for (const [types, count] of differing)
      console.log(`${found.format}: ${types}: ${count} read, ${expected(types)} expected`)
    for (const problem of found.problems) console.log(`${found.format}: ${problem}`)
    if (differing.length > 0 || found.problems.length > 0) isEqual = false
  }
  return isEqual
}

const isType = (name: string): boolean => shape.nodes.has(name) || shape.links.has(name)

process.env.NODE_OPTIONS = `--max-old-space-size=${values.heap}`
const folder = await mkdtemp(join(tmpdir(), 'rapporteur-dumps-'))
try {
  const python = await pythonOf()
  console.log(
    '| graph | format | MB | s | most memory, MB | read by | in the store, less what is left out | read | hostile names | s |',
  )
  console.log('|---|---|---|---|---|---|---|---|---|---|')
  for (const size of values.size) if (!(await measure(size, python, folder))) process.exitCode = 1
} finally {
  await rm(folder, { recursive: true, force: true })
}
