import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { readGraphShape } from '../../src/schema/read-graph-shape.js'
import { HOSTILE_DOCUMENTS } from '../../test/support/hostile-documents.js'
import { openSqlite } from '../engines.js'
import { clientOf } from '../http-client.js'
import { type Served, serveProgram } from '../serve-program.js'
import { ASKED_OFTEN, type AskedOften } from './asked-often.js'
import type { Proof } from './proof.js'

/** Seconds of overload; RAPPORTEUR_BENCH_SECONDS shortens a try. */
const SECONDS = Number(process.env['RAPPORTEUR_BENCH_SECONDS'] ?? 60)
/** The log has a line for each request otherwise, which is another measurement. */
const ENV = { RAPPORTEUR_LOG_REQUESTS: 'off' }

/** Where is asked, and what. */
interface Flooding {
  readonly url: string
  readonly asked: AskedOften
}

interface Flooded {
  readonly counts: Readonly<Record<string, number>>
  readonly p95: number | null
}

const flood = async (
  { url, asked }: Flooding,
  seconds: number,
  mode: 'open' | 'closed',
  number: number,
): Promise<Flooded> => {
  const program = fileURLToPath(new URL('./flood.ts', import.meta.url))
  const args = ['--import', 'tsx', program, url, String(seconds), asked, mode, String(Math.round(number))]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  return JSON.parse(await text(child.stdout)) as Flooded
}

/** The 95th of a hundred answers of a client that asks 20 questions a second, one after the other, and how many were none. */
const askPolitely = async (
  { url, asked }: Flooding,
  seconds: number,
): Promise<{ readonly p95: number; readonly refused: number }> => {
  const client = clientOf(url, 1, {}, '127.0.0.2')
  const took: number[] = []
  let refused = 0
  const until = performance.now() + seconds * 1000
  for (let turn = 0; performance.now() < until; turn += 1) {
    const begun = performance.now()
    const body = await client.ask(ASKED_OFTEN[asked][turn % ASKED_OFTEN[asked].length] ?? '')
    if (body.toString('latin1', 0, 7) === '{"data"') took.push(performance.now() - begun)
    else refused += 1
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  client.close()
  took.sort((one, other) => one - other)
  return { p95: took[Math.floor(took.length * 0.95)] ?? Number.POSITIVE_INFINITY, refused }
}

/** Milliseconds until small questions are answered again as fast as before; at most ten seconds. */
const recover = async (flooding: Flooding, p95: number): Promise<number> => {
  const begun = performance.now()
  while (performance.now() - begun < 10_000) {
    const now = await askPolitely(flooding, 0.5)
    if (now.refused === 0 && now.p95 < 2 * p95) break
  }
  return performance.now() - begun
}

const FAULTS = ['INTERNAL', 'UNAVAILABLE', 'TIMEOUT', 'unreadable']

/** A store with the votes of the export, synthetic ones among them. */
const voteStore = async (): Promise<string> => {
  const shape = readGraphShape(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'))
  const engine = await openSqlite(shape, 'whole')
  await engine.close()
  return engine.address
}

const tell = (counts: Flooded['counts']): string =>
  Object.entries(counts)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ')

const faultsIn = (counts: Flooded['counts']): number => FAULTS.reduce((sum, code) => sum + (counts[code] ?? 0), 0)

/** Ten times what it can answer of questions that take some milliseconds. */
const measureOverload = async () => {
  const served = await serveProgram(await voteStore(), [], { env: ENV })
  const flooding: Flooding = { url: served.url, asked: 'long' }
  try {
    await flood(flooding, 5, 'closed', 10)
    const idle = await askPolitely(flooding, 10)
    const { counts: able } = await flood(flooding, 10, 'closed', 10)
    const capacity = (able['answered'] ?? 0) / 10
    const [{ counts, p95 }, polite] = await Promise.all([
      flood(flooding, SECONDS, 'open', 10 * capacity),
      askPolitely(flooding, SECONDS),
    ])
    const back = await recover(flooding, idle.p95)
    const admitted = p95 ?? Number.POSITIVE_INFINITY
    return {
      figure: `capacity ${capacity.toFixed(0)} a second; ${tell(counts)}; p95 of the admitted ${admitted.toFixed(1)} ms, of another client, which had ${polite.refused} refused, ${polite.p95.toFixed(1)} ms, idle ${idle.p95.toFixed(1)} ms; back after ${(back / 1000).toFixed(1)} s`,
      holds: faultsIn(counts) === 0 && Math.max(admitted, polite.p95) < 2 * idle.p95 && back < 5000,
    }
  } finally {
    await served.stop()
  }
}

/** Clients that ask short questions as fast as they are answered, which is as much as a client of the same machine can ask. */
const measureCrowd = async () => {
  const served = await serveProgram(':memory:', [], { env: ENV })
  const flooding: Flooding = { url: served.url, asked: 'short' }
  try {
    await flood(flooding, 3, 'closed', 10)
    const idle = await askPolitely(flooding, 8)
    const [{ counts, p95 }, polite] = await Promise.all([
      flood(flooding, SECONDS, 'closed', 2400),
      askPolitely(flooding, SECONDS),
    ])
    const back = await recover(flooding, idle.p95)
    return {
      figure: `${tell(counts)}; p95 of theirs ${p95?.toFixed(1)} ms, of another client, which had ${polite.refused} refused, ${polite.p95.toFixed(1)} ms, idle ${idle.p95.toFixed(1)} ms; back after ${(back / 1000).toFixed(1)} s`,
      holds: faultsIn(counts) === 0 && polite.refused === 0 && polite.p95 < 100 && back < 5000,
    }
  } finally {
    await served.stop()
  }
}

/** The hostile documents, from ten clients at once, on a small heap. */
const measureSmallHeap = async () => {
  const served: Served = await serveProgram(':memory:', ['--max-old-space-size=256'], { env: ENV })
  try {
    const counts = new Map<string, number>()
    const clients = Array.from({ length: 10 }, (_, i) => clientOf(served.url, 4, {}, `127.0.0.${10 + i}`))
    await Promise.all(
      clients.flatMap((client) =>
        [0, 1, 2, 3].map(async (offset) => {
          for (let at = 0; at < HOSTILE_DOCUMENTS.length; at += 1) {
            const { query } = HOSTILE_DOCUMENTS[(at + offset * 7) % HOSTILE_DOCUMENTS.length] ?? { query: '' }
            const body = (await client.ask(query)).toString('latin1')
            const code = body.startsWith('{"data"') ? 'answered' : (/"code":"(\w+)"/.exec(body)?.[1] ?? 'unreadable')
            counts.set(code, (counts.get(code) ?? 0) + 1)
          }
        }),
      ),
    )
    for (const client of clients) client.close()
    const alive = await fetch(served.url.replace('graphql', 'livez')).then(
      ({ ok }) => ok,
      () => false,
    )
    const faults = FAULTS.reduce((sum, code) => sum + (code === 'TIMEOUT' ? 0 : (counts.get(code) ?? 0)), 0)
    return {
      figure: `${[...counts].map(([code, count]) => `${code} ${count}`).join(', ')}; ${alive ? 'alive' : 'dead'}`,
      holds: alive && faults === 0,
    }
  } finally {
    await served.stop()
  }
}

export const proofs: readonly Proof[] = [
  {
    row: 'Flooding',
    promise: `ten times the capacity for ${SECONDS} s, from ten addresses: p95 of the admitted and of another client under twice the idle one, the rest 429 or 503, no fault, back within 5 s`,
    measure: measureOverload,
  },
  {
    row: 'Flooding',
    promise: `2,400 connections of ten addresses that ask again at once for ${SECONDS} s: no fault; another client has nothing refused and a p95 under 100 ms; back within 5 s`,
    measure: measureCrowd,
  },
  {
    row: 'Overload',
    promise: 'the hostile documents from 40 connections at once with `--max-old-space-size=256`: no crash, no fault',
    measure: measureSmallHeap,
  },
]
