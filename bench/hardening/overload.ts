import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { HOSTILE_DOCUMENTS } from '../../test/support/hostile-documents.js'
import { clientOf } from '../http-client.js'
import { type Served, serveProgram } from '../serve-program.js'
import { QUESTIONS } from './asked-often.js'
import type { Proof } from './proof.js'

/** Seconds of overload; RAPPORTEUR_BENCH_SECONDS shortens a try. */
const SECONDS = Number(process.env['RAPPORTEUR_BENCH_SECONDS'] ?? 60)
/** The log has a line for each request otherwise, which is another measurement. */
const ENV = { RAPPORTEUR_LOG_REQUESTS: 'off' }

interface Flooded {
  readonly counts: Readonly<Record<string, number>>
  readonly p95: number | null
}

const flood = async (url: string, seconds: number, mode: 'open' | 'closed', number: number): Promise<Flooded> => {
  const program = fileURLToPath(new URL('./flood.ts', import.meta.url))
  const args = ['--import', 'tsx', program, url, String(seconds), mode, String(Math.round(number))]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  return JSON.parse(await text(child.stdout)) as Flooded
}

/** The 95th of a hundred answers of a client that asks 20 questions a second, one after the other, and how many were none. */
const askPolitely = async (
  url: string,
  seconds: number,
): Promise<{ readonly p95: number; readonly refused: number }> => {
  const client = clientOf(url, 1, {}, '127.0.0.2')
  const took: number[] = []
  let refused = 0
  const until = performance.now() + seconds * 1000
  for (let turn = 0; performance.now() < until; turn += 1) {
    const begun = performance.now()
    const body = await client.ask(QUESTIONS[turn % QUESTIONS.length] ?? '')
    if (body.toString('latin1', 0, 7) === '{"data"') took.push(performance.now() - begun)
    else refused += 1
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  client.close()
  took.sort((one, other) => one - other)
  return { p95: took[Math.floor(took.length * 0.95)] ?? Number.POSITIVE_INFINITY, refused }
}

/** Milliseconds until small questions are answered again as fast as before; at most ten seconds. */
const recover = async (url: string, p95: number): Promise<number> => {
  const begun = performance.now()
  while (performance.now() - begun < 10_000) {
    const now = await askPolitely(url, 0.5)
    if (now.refused === 0 && now.p95 < 2 * p95) break
  }
  return performance.now() - begun
}

const FAULTS = ['INTERNAL', 'UNAVAILABLE', 'TIMEOUT', 'unreadable']

const measureOverload = async (mode: 'open' | 'closed') => {
  const served = await serveProgram(':memory:', [], { env: ENV })
  try {
    await flood(served.url, 3, 'closed', 10)
    const idle = await askPolitely(served.url, 8)
    const { counts: able } = await flood(served.url, 5, 'closed', 10)
    const capacity = (able['answered'] ?? 0) / 5
    const [{ counts, p95 }, polite] = await Promise.all([
      flood(served.url, SECONDS, mode, mode === 'open' ? 10 * capacity : 640),
      askPolitely(served.url, SECONDS),
    ])
    const back = await recover(served.url, idle.p95)
    const faults = FAULTS.reduce((sum, code) => sum + (counts[code] ?? 0), 0)
    return {
      figure: `capacity ${capacity.toFixed(0)} a second; ${JSON.stringify(counts).replaceAll('"', '')}; p95 of the admitted ${p95?.toFixed(1)} ms, of another client, which had ${polite.refused} refused, ${polite.p95.toFixed(1)} ms, idle ${idle.p95.toFixed(1)} ms; back after ${(back / 1000).toFixed(1)} s`,
      holds:
        faults === 0 && (p95 ?? Number.POSITIVE_INFINITY) < 2 * idle.p95 && polite.p95 < 2 * idle.p95 && back < 5000,
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
    promise: `ten times the capacity for ${SECONDS} s, from ten addresses: p95 of the admitted under twice the idle one, the rest 429 or 503, no fault, back within 5 s`,
    measure: () => measureOverload('open'),
  },
  {
    row: 'Flooding',
    promise: `640 connections of ten addresses that ask again at once for ${SECONDS} s: the same`,
    measure: () => measureOverload('closed'),
  },
  {
    row: 'Overload',
    promise: 'the hostile documents from 40 connections at once with `--max-old-space-size=256`: no crash, no fault',
    measure: measureSmallHeap,
  },
]
