import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EXAMPLES } from '../../src/serve/examples.js'
import { differences, questions } from '../../test/support/contract.js'
import { type ArcadeDb, startArcadeDb } from '../arcadedb/arcadedb.js'
import { expectRun, runProgram } from '../run-program.js'
import { serveProgram } from '../serve-program.js'
import { makeSmallExport } from '../small-export.js'
import type { Proof } from './proof.js'

const ROOT = join(import.meta.dirname, '../..')
const EXPORT = join(ROOT, '../shared/data/howtheyvote')
const BALLOTS = 300
/** What does not hold there, as docs/operating/other-servers.md says. */
const KNOWN = 'has one writer and tells a second one, in a sentence; the first goes on'

/** Tries something with an ArcadeDB of its own, in a folder that goes with it. */
const withArcadeDb = async <T>(work: (server: ArcadeDb, folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'rapporteur-arcadedb-'))
  const server = await startArcadeDb(join(folder, 'arcadedb'))
  try {
    return await work(server, folder)
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The program finds what a server's address does not say in its environment. */
const use = ({ uri, user, password, database }: ArcadeDb): string => {
  process.env.RAPPORTEUR_NEO4J_USER = user
  process.env.RAPPORTEUR_NEO4J_PASSWORD = password
  process.env.RAPPORTEUR_NEO4J_DATABASE = database
  return uri
}

type Answer = { readonly data?: unknown; readonly errors?: unknown }

/** The answers to the contract's questions and to GraphiQL's examples, by name. */
const askAll = async (store: string): Promise<ReadonlyMap<string, Answer>> => {
  const served = await serveProgram(store)
  const answers = new Map<string, Answer>()
  try {
    for (const { name, query, headers = '{}' } of [...questions.map((each) => ({ ...each })), ...EXAMPLES] as {
      name: string
      query: string
      headers?: string
    }[]) {
      const response = await fetch(served.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(JSON.parse(headers) as Record<string, string>) },
        body: JSON.stringify({ query }),
      })
      answers.set(name, (await response.json()) as Answer)
    }
  } finally {
    await served.stop()
  }
  return answers
}

/** A server that has just started may take seconds for its first answers. */
const hashOf = async (store: string, attempts = 10): Promise<string> => {
  const { code, output } = await runProgram(['check', '--hash'], { store })
  const hash = /Hash: (\w+)/.exec(output)?.[1]
  if (code === 0 && hash) return hash
  if (attempts === 1) throw new Error(`"rapporteur check --hash" ended with ${code}:\n${output.slice(-2000)}`)
  await sleep(2000)
  return hashOf(store, attempts - 1)
}

const answersAlike = async (): Promise<{ figure: string; holds: boolean }> =>
  withArcadeDb(async (server, folder) => {
    const sqlite = join(folder, 'graph.sqlite')
    const [there, here] = [await askAll(use(server)), await askAll(sqlite)]
    const right = questions.filter(({ name, answer }) => differences(answer, there.get(name)?.data).length === 0)
    const alike = EXAMPLES.filter(({ name }) => {
      const [one, other] = [there.get(name), here.get(name)]
      return one?.errors === undefined && JSON.stringify(one?.data) === JSON.stringify(other?.data)
    })
    const edition = join(folder, 'export')
    await makeSmallExport(EXPORT, edition, { ballots: BALLOTS })
    for (const store of [server.uri, sqlite]) await expectRun(['import', 'howtheyvote', edition], { store })
    await server.stop()
    const again = await startArcadeDb(join(folder, 'arcadedb'))
    try {
      const hashes = [await hashOf(again.uri), await hashOf(sqlite)]
      const isEqual = hashes[0] !== '' && hashes[0] === hashes[1]
      const figure = `${right.length} of ${questions.length} questions, ${alike.length} of ${EXAMPLES.length} examples; ${BALLOTS} ballots imported; after a restart ${isEqual ? 'the same hash' : `hashes ${hashes.join(', ')}`}`
      return { figure, holds: right.length === questions.length && alike.length === EXAMPLES.length && isEqual }
    } finally {
      await again.stop()
    }
  })

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string
      readonly title: string
      readonly ancestorTitles: readonly string[]
    }[]
  }[]
}

const storeContract = async (): Promise<{ figure: string; holds: boolean }> =>
  withArcadeDb(async ({ uri, user, password, database }, folder) => {
    const report = join(folder, 'report.json')
    const files = ['contract', 'graph-hash', 'link-columns'].map((name) => `test/store/${name}.test.ts`)
    const args = ['vitest', 'run', ...files, '-t', 'Neo4j', '--reporter=json', `--outputFile=${report}`]
    const address = `${uri.replace('//', `//${user}:${password}@`)}/${database}`
    const env = { ...process.env, RAPPORTEUR_TEST_NEO4J_URI: address }
    // It fails where a test does; which did is in the report.
    await new Promise<void>((resolve) => execFile('npx', args, { cwd: ROOT, env }, () => resolve()))
    const { testResults } = JSON.parse(await readFile(report, 'utf8')) as Report
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
    const passed = tests.filter(({ status }) => status === 'passed').length
    const failed = tests
      .filter(({ status }) => status === 'failed')
      .map(({ title, ancestorTitles }) => `${ancestorTitles.at(-1)} ${title}`)
    const figure = `${passed} of ${passed + failed.length}${failed.length > 0 ? `, not: ${failed.join('; ')}` : ''}`
    return { figure, holds: passed > 0 && failed.every((name) => name === KNOWN) }
  })

export const proofs: readonly Proof[] = [
  {
    row: 'ArcadeDB',
    promise: 'answers the contract and the examples as SQLite does, imports, and keeps it over a restart',
    measure: answersAlike,
  },
  { row: 'ArcadeDB', promise: "holds the store's tests but for one writer at a time", measure: storeContract },
]
