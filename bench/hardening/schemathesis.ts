import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { benchFolder, exportOf } from '../bench-data.js'
import { expectRun } from '../run-program.js'
import { serveProgram } from '../serve-program.js'
import type { Proof } from './proof.js'
import { watchMemory } from './watch-memory.js'

const run = promisify(execFile)

/** Cases for each operation; the run of a night has a thousand. */
const CASES = Number(process.env.RAPPORTEUR_BENCH_CASES ?? 1000)
const SECONDS = Number(process.env.RAPPORTEUR_BENCH_SECONDS ?? 4 * 3600)
const folder = join(benchFolder, 'schemathesis')

/** Counts of what was seen, by operation. */
type Told = Readonly<Record<string, Readonly<Record<string, number>>>>

/** Schemathesis in a virtual environment that is made once. */
const prepare = async (): Promise<string> => {
  const python = join(folder, 'venv/bin/python')
  await mkdir(folder, { recursive: true })
  if (existsSync(join(folder, 'venv/bin/st'))) return join(folder, 'venv/bin/st')
  await run('python3', ['-m', 'venv', join(folder, 'venv')])
  const pins = join(import.meta.dirname, 'schemathesis.txt')
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', pins])
  return join(folder, 'venv/bin/st')
}

/** A store of the real ballots, with some synthetic votes of members. */
const storeOf = async (): Promise<string> => {
  const store = join(folder, 'graph.sqlite')
  if (!existsSync(store)) await expectRun(['import', 'howtheyvote', await exportOf('small')], { store })
  return store
}

/** What a fuzzer would not find by itself: ids and texts of records, and numbers within the limits, beside its own. */
const dictionaries = async (url: string): Promise<string> => {
  const query = `{
    voteEvents(first: 8) { nodes { id title } } organizations(first: 8) { nodes { id name } }
    persons(first: 8) { nodes { id name } } places(first: 8) { nodes { id name } }
    procedures(first: 4) { nodes { id title } } resolutions(first: 4) { nodes { id reference } }
    demands(first: 4) { nodes { id } } claims(first: 4) { nodes { id } } sources(first: 4) { nodes { id } }
    voteCounts(first: 4) { nodes { id } } subjects(first: 4) { nodes { id } }
  }`
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data } = (await response.json()) as {
    readonly data: Readonly<Record<string, { readonly nodes: readonly Readonly<Record<string, string>>[] }>>
  }
  const records = Object.values(data).flatMap(({ nodes }) => nodes)
  const ids = records.map(({ id }) => id)
  const texts = records.flatMap(({ title, name, reference }) => title ?? name ?? reference ?? [])
  const bindings = (of: string, names: readonly string[]) =>
    names.map((name) => `"${name}" = { dictionary = "${of}", probability = 0.7 }`).join('\n')
  return `[dictionaries.ids]
values = ${JSON.stringify(ids)}
[dictionaries.texts]
values = ${JSON.stringify([...texts, 'Kazakhstan', 'borrel', '2022', '%', '-'])}
[dictionaries.counts]
values = [1, 2, 5, 20, 100, 1000]
[parameters]
${bindings('ids', ['*.*.id', '*.*.of', '*.*.from', '*.*.to', '*.*.ids[*]', 'path.id', 'query.id', 'query.of', 'query.from', 'query.to'])}
${bindings('texts', ['*.*.text', 'query.text'])}
${bindings('counts', ['*.*.first', 'query.first'])}
[generation.dictionaries]
string = { dictionary = "ids", probability = 0.2 }
integer = { dictionary = "counts", probability = 0.5 }
`
}

const fuzz = (name: string, path: string): Proof => ({
  row: `list amplification, schemathesis, ${name}`,
  promise: `${CASES} cases for each operation: no 5xx, nothing that is not what was asked, the process alive, its memory flat`,
  async measure() {
    const st = await prepare()
    const server = await serveProgram(await storeOf(), [], { env: { RAPPORTEUR_LOG_REQUESTS: 'off' } })
    const memory = watchMemory(server.pid)
    const told = join(folder, `${name}.json`)
    try {
      const config = join(folder, `${name}.toml`)
      await writeFile(config, await dictionaries(server.url))
      const hooks = { PYTHONPATH: import.meta.dirname, SCHEMATHESIS_HOOKS: 'schemathesis-hooks', TOLD: told }
      const checks = 'content_type_conformance,answered_or_refused'
      const options = ['--phases', 'fuzzing', '-n', String(CASES), '--checks', checks, '--continue-on-failure']
      const quiet = ['--no-shrink', '--generation-database', 'none', '--suppress-health-check', 'all']
      const args = ['--no-color', '--config-file', config, 'run', new URL(path, server.url).href, ...options, ...quiet]
      const { stdout } = await run(st, args, {
        env: { ...process.env, ...hooks },
        cwd: folder,
        maxBuffer: 1e9,
        timeout: SECONDS * 1000,
        // As Ctrl-C: what was counted is told.
        killSignal: 'SIGINT',
      }).catch((error: { readonly stdout: string }) => error)
      await writeFile(join(folder, `${name}.txt`), stdout)
      return summary(JSON.parse(await readFile(told, 'utf8')) as Told, memory.stop(), await isAlive(server.url))
    } finally {
      memory.stop()
      await server.stop()
    }
  },
})

const isAlive = async (url: string): Promise<boolean> =>
  fetch(new URL('/readyz', url)).then(
    ({ ok }) => ok,
    () => false,
  )

const summary = (
  told: Told,
  { isFlat, figure }: ReturnType<ReturnType<typeof watchMemory>['stop']>,
  alive: boolean,
) => {
  const sum = (matches: (key: string) => boolean): number =>
    Object.values(told).reduce(
      (all, counts) =>
        all + Object.entries(counts).reduce((some, [key, count]) => some + (matches(key) ? count : 0), 0),
      0,
    )
  const cases = sum((key) => key === 'cases')
  const faults = sum((key) => key.startsWith('status 5'))
  const broken = sum((key) => ['broken', 'other', 'NO_CODE', 'INTERNAL'].includes(key))
  const least = Math.min(...Object.values(told).map((counts) => counts['cases'] ?? 0))
  const answered = sum((key) => key === 'answered')
  return {
    figure: `${cases} cases of ${Object.keys(told).length} operations, ${least} at least of each; ${answered} answered; 5xx ${faults}, of them TIMEOUT ${sum((key) => key === 'TIMEOUT')}; not as asked ${broken}; ${alive ? 'alive' : 'gone'}; ${figure}`,
    holds: faults === 0 && broken === 0 && alive && isFlat && least > 0,
  }
}

export const proofs: readonly Proof[] = [fuzz('GraphQL', '/graphql'), fuzz('api', '/api/openapi.json')]
