import { setTimeout as wait } from 'node:timers/promises'
import { clientOf } from '../http-client.js'
import { ASKED_OFTEN, type AskedOften } from './asked-often.js'

/**
 * Asks a server more than it can answer, in a process of its own, from several addresses of this machine, and prints
 * what came of it as JSON: `flood.ts URL SECONDS short|long open QUESTIONS_A_SECOND`, or `closed CONNECTIONS`.
 * Nobody waits for as long as `Retry-After` says.
 */
const [url = '', seconds = '', asked = 'short', mode = '', number = ''] = process.argv.slice(2)
const QUESTIONS = ASKED_OFTEN[asked as AskedOften]
const ADDRESSES = 10
const CONNECTIONS = mode === 'closed' ? Math.ceil(Number(number) / ADDRESSES) : 100

const counts: Record<string, number> = { unsent: 0 }
const took: number[] = []
const count = (what: string) => {
  counts[what] = (counts[what] ?? 0) + 1
}
const clients = Array.from({ length: ADDRESSES }, (_, i) => ({
  client: clientOf(url, CONNECTIONS, {}, `127.0.0.${10 + i}`),
  underWay: 0,
}))
const ask = async (each: (typeof clients)[number], turn: number): Promise<void> => {
  const begun = performance.now()
  each.underWay += 1
  try {
    const body = (await each.client.ask(QUESTIONS[turn % QUESTIONS.length] ?? '')).toString('latin1')
    const code = body.startsWith('{"data"') ? 'answered' : (/"code":"(\w+)"/.exec(body)?.[1] ?? 'unreadable')
    count(code)
    if (code === 'answered') took.push(performance.now() - begun)
  } catch {
    count('cut')
  }
  each.underWay -= 1
}

const until = performance.now() + Number(seconds) * 1000
if (mode === 'closed') {
  const loop = async (each: (typeof clients)[number], at: number): Promise<void> => {
    for (let turn = at; performance.now() < until; turn += 1) await ask(each, turn)
  }
  await Promise.all(clients.flatMap((each) => Array.from({ length: CONNECTIONS }, (_, at) => loop(each, at))))
} else {
  const begun = performance.now()
  for (let sent = 0; performance.now() < until; await wait(5)) {
    const due = ((performance.now() - begun) / 1000) * Number(number)
    for (; sent < due; sent += 1) {
      const each = clients[sent % clients.length]
      if (!each) break
      if (each.underWay >= CONNECTIONS) count('unsent')
      else void ask(each, sent)
    }
  }
  await wait(1500)
}
for (const { client } of clients) client.close()
took.sort((one, other) => one - other)
console.log(JSON.stringify({ counts, p95: took[Math.floor(took.length * 0.95)] ?? null }))
process.exit(0)
