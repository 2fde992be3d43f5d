import { clientOf } from '../http-client.js'
import { residentOf } from '../measure.js'
import { serveProgram } from '../serve-program.js'
import { SHORT_QUESTIONS as QUESTIONS } from './asked-often.js'
import type { Proof } from './proof.js'

/** As many questions as a busy day has: six a second around the clock. RAPPORTEUR_BENCH_QUESTIONS shortens a try. */
const COUNT = Number(process.env['RAPPORTEUR_BENCH_QUESTIONS'] ?? 500_000)
const CONNECTIONS = 8
/** Parts of the day: memory after the first, when caches are full, is compared with the last. */
const PARTS = 10

/** Asks as many, each hundredth with a document that nobody has asked before, each thousandth on a connection of its own. */
const measureDay = async () => {
  const served = await serveProgram(':memory:', [], { env: { RAPPORTEUR_LOG_REQUESTS: 'off' } })
  try {
    const client = clientOf(served.url, CONNECTIONS)
    const sizes: number[] = []
    let [turn, faults] = [0, 0]
    const begun = performance.now()
    const askUntil = async (end: number): Promise<void> => {
      while (turn < end) {
        turn += 1
        const query = turn % 100 === 0 ? `{ graph { v${turn}: version } }` : (QUESTIONS[turn % QUESTIONS.length] ?? '')
        const own =
          turn % 1000 === 0 ? clientOf(served.url, 1, { connection: 'close' }, `127.0.${(turn / 1000) % 250}.7`) : null
        const body = await (own ?? client).ask(query)
        if (body.toString('latin1', 0, 7) !== '{"data"') faults += 1
        own?.close()
      }
    }
    for (let part = 1; part <= PARTS; part += 1) {
      const end = Math.round((COUNT / PARTS) * part)
      await Promise.all(Array.from({ length: CONNECTIONS }, () => askUntil(end)))
      sizes.push(residentOf(served.pid))
    }
    const seconds = (performance.now() - begun) / 1000
    client.close()
    const [first = 0, last = 0] = [sizes[1], sizes.at(-1)]
    return {
      figure: `${turn.toLocaleString('en')} questions in ${seconds.toFixed(0)} s, ${faults} not answered; MB after each tenth: ${sizes.map((size) => size.toFixed(0)).join(', ')}`,
      holds: faults === 0 && last - first < 50,
    }
  } finally {
    await served.stop()
  }
}

export const proofs: readonly Proof[] = [
  {
    row: 'A day',
    promise: `${COUNT.toLocaleString('en')} questions: all answered, memory flat (less than 50 MB more than after the first fifth)`,
    measure: measureDay,
  },
]
