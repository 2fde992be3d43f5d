import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expectRun, runProgram } from '../run-program.js'
import { type Served, serveProgram } from '../serve-program.js'
import { makeSmallExport } from '../small-export.js'
import type { Proof } from './proof.js'

/** Seconds of load after the origin was killed; `RAPPORTEUR_BENCH_SECONDS=600` is the promise, a minute a look. */
const SECONDS = Number(process.env.RAPPORTEUR_BENCH_SECONDS ?? 60)
const EXPORT = join(import.meta.dirname, '../../../shared/data/howtheyvote')
const BALLOTS = 400
/** Clients of each follower. */
const CLIENTS = 4

const QUESTIONS = [
  '{ graph { version } }',
  '{ voteEvents(first: 20) { totalCount nodes { id title date tally { for against abstention } sources { nodes { id } } } } }',
  '{ search(text: "climate", first: 5) { node { id } } }',
  '{ places(first: 50) { totalCount nodes { id name } } }',
  '{ persons(first: 20) { nodes { id name memberships(first: 5) { edges { node { id } } } } } }',
]

/** What clients got. */
interface Load {
  answers: number
  readonly failed: string[]
  readonly milliseconds: number[]
}

const ask = async (url: string, query: string): Promise<string> => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })
  const body = await response.text()
  if (response.status !== 200 || body.startsWith('{"errors"') || body.includes('"errors":'))
    throw new Error(`${response.status} ${body.slice(0, 200)}`)
  return body
}

/** Asks again and again until it is told to end. */
const load = async (url: string, { signal }: AbortController, seen: Load): Promise<void> => {
  for (let i = 0; !signal.aborted; i += 1) {
    const begun = performance.now()
    await ask(url, QUESTIONS[i % QUESTIONS.length] as string).catch((error: Error) => seen.failed.push(error.message))
    seen.answers += 1
    seen.milliseconds.push(performance.now() - begun)
    await sleep(100)
  }
}

const answersOf = ({ url }: Served): Promise<string> =>
  Promise.all(QUESTIONS.map((query) => ask(url, query))).then((all) => all.join('\n'))

const hashOf = async (store: string): Promise<string> =>
  /^Hash: (\S+)$/m.exec((await runProgram(['check', '--hash'], { store })).output)?.[1] ?? `none of ${store}`

const copyOf = async (store: string): Promise<string> => {
  const [name, ...more] = (await readdir(`${store}.followed`)).filter((each) => each.endsWith('.sqlite'))
  if (!name || more.length > 0) throw new Error(`"${store}.followed" has ${more.length + 1} copies.`)
  return join(`${store}.followed`, name)
}

const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * part)] ?? 0

const measure: Proof['measure'] = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rapporteur-replica-'))
  const [origin, first, second] = ['origin', 'first', 'second'].map((name) => join(folder, `${name}.sqlite`)) as [
    string,
    string,
    string,
  ]
  const started: Served[] = []
  try {
    const editions = [join(folder, 'edition-1'), join(folder, 'edition-2')] as const
    await makeSmallExport(EXPORT, editions[0], { ballots: BALLOTS })
    await makeSmallExport(EXPORT, editions[1], { ballots: BALLOTS, second: true })
    await expectRun(['import', 'howtheyvote', editions[0]], { store: origin })
    const quiet = { RAPPORTEUR_LOG_LEVEL: 'warn', RAPPORTEUR_LOG_REQUESTS: 'off' }
    const source = await serveProgram(origin, [], { env: { ...quiet, RAPPORTEUR_REPLICA: 'on' } })
    started.push(source)
    const env = { ...quiet, RAPPORTEUR_FOLLOW: source.url, RAPPORTEUR_FOLLOW_EVERY: '1000' }
    const followers = await Promise.all([first, second].map((store) => serveProgram(store, [], { env })))
    started.push(...followers)

    const until = new AbortController()
    const seen: Load = { answers: 0, failed: [], milliseconds: [] }
    const loading = followers.flatMap(({ url }) => Array.from({ length: CLIENTS }, () => load(url, until, seen)))
    await expectRun(['import', 'howtheyvote', editions[1]], { store: origin })
    const wanted = await answersOf(source)
    // A new copy is made a minute after the last at the earliest.
    const imported = performance.now()
    for (;;) {
      const all = await Promise.all(followers.map(answersOf))
      if (all.every((each) => each === wanted)) break
      if (performance.now() - imported > 180_000)
        throw new Error('The followers have not changed over in three minutes.')
      await sleep(500)
    }
    const late = (performance.now() - imported) / 1000
    const changedOver = seen.answers
    process.kill(source.pid, 'SIGKILL')
    started.shift()
    await sleep(SECONDS * 1000)
    until.abort()
    await Promise.all(loading)

    const after = await Promise.all(followers.map(answersOf))
    const hashes = await Promise.all([origin, await copyOf(first), await copyOf(second)].map(hashOf))
    const alike = after.every((each) => each === wanted) && new Set(hashes).size === 1
    const p95 = percentile(seen.milliseconds, 0.95)
    const figure = `${seen.failed.length} of ${seen.answers.toLocaleString('en')} reads failed${seen.failed[0] ? ` (${seen.failed[0]})` : ''}, ${(seen.answers - changedOver).toLocaleString('en')} of these were asked in the ${SECONDS} s after the kill; p95 ${p95.toFixed(1)} ms; changed over ${late.toFixed(0)} s after the import; answers and hashes of the graph ${alike ? 'equal' : `not equal (${hashes.join(', ')})`}`
    return { figure, holds: seen.failed.length === 0 && alike }
  } finally {
    for (const each of started) await each.stop().catch(() => undefined)
    await rm(folder, { recursive: true, force: true })
  }
}

/** A follower on whose disk there is no room for the next copy. */
const measureFullDisk: Proof['measure'] = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rapporteur-replica-'))
  const [origin, follower] = [join(folder, 'origin.sqlite'), join(folder, 'follower.sqlite')] as const
  const started: Served[] = []
  try {
    await makeSmallExport(EXPORT, join(folder, 'edition'), { ballots: 2 * BALLOTS })
    const quiet = { RAPPORTEUR_LOG_LEVEL: 'warn', RAPPORTEUR_LOG_REQUESTS: 'off' }
    const source = await serveProgram(origin, [], { env: { ...quiet, RAPPORTEUR_REPLICA: 'on' } })
    started.push(source)
    const { size } = await stat(origin)
    const env = { ...quiet, RAPPORTEUR_FOLLOW: source.url, RAPPORTEUR_FOLLOW_EVERY: '1000' }
    const served = await serveProgram(follower, [], { env, ulimit: `-f ${Math.ceil((1.5 * size) / 512)}` })
    started.push(served)
    const before = await answersOf(served)
    await expectRun(['import', 'howtheyvote', join(folder, 'edition')], { store: origin })
    const needed = (await stat(origin)).size
    const seen: Load = { answers: 0, failed: [], milliseconds: [] }
    const until = new AbortController()
    const loading = load(served.url, until, seen)
    // A copy is made a minute after the last at the earliest.
    const warning = () => served.lines.find((line) => line.includes('"warn"'))
    for (const end = performance.now() + 100_000; performance.now() < end && !warning(); ) await sleep(500)
    await sleep(5000)
    until.abort()
    await loading
    const told = warning() ?? 'nothing'
    const ready = await fetch(new URL('/readyz', served.url))
    const sentence = (await ready.text()).trim()
    const alike = (await answersOf(served)) === before
    return {
      figure: `the copy needed ${(needed / 1e6).toFixed(1)} MB of ${((1.5 * size) / 1e6).toFixed(1)}; ${seen.failed.length} of ${seen.answers} reads failed, answers ${alike ? 'as before' : 'not as before'}; the log: ${/"msg":"(.*)"\}/.exec(told)?.[1] ?? told}; /readyz ${ready.status}: ${sentence}`,
      holds:
        seen.failed.length === 0 && seen.answers > 0 && alike && ready.ok && /EFBIG/.test(told) && needed > 1.5 * size,
    }
  } finally {
    for (const each of started) await each.stop().catch(() => undefined)
    await rm(folder, { recursive: true, force: true })
  }
}

export const proofs: readonly Proof[] = [
  {
    row: 'Disk of a follower full',
    promise: 'the next copy does not fit: 0 failed reads, the old answers go on, the log and /readyz say so',
    measure: measureFullDisk,
  },
  {
    row: 'Origin of followers killed',
    promise: `two followers under load, an import at the origin, then kill -9 of it: 0 failed reads in ${SECONDS} s more, answers and hashes equal`,
    measure,
  },
]
