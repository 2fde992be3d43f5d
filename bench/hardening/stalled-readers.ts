import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { clientOf } from '../http-client.js'
import { residentOf } from '../measure.js'
import { serveProgram } from '../serve-program.js'
import type { Proof } from './proof.js'

const READERS = 1000
/** An answer of some 2 MB, whatever is in the store: what the schema says of its fields, under several names. */
const LARGE = `{ __schema { types { fields { ${Array.from({ length: 12 }, (_, i) => `d${i}: description`).join(' ')} } } } }`

const post = (query: string): string => {
  const body = JSON.stringify({ query })
  return `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/** Clients that send a question, or a hundred ahead of the answers, and take nothing of what comes. */
const measureStalled = async ({ readers, ahead }: { readonly readers: number; readonly ahead: number }) => {
  const served = await serveProgram(':memory:', [], { env: { RAPPORTEUR_LOG_REQUESTS: 'off' } })
  const sockets: Socket[] = []
  try {
    const port = Number(new URL(served.url).port)
    const other = clientOf(served.url, 1, {}, '127.0.0.2')
    // What is compiled and remembered in the first minute is not held for anybody.
    const warm = clientOf(served.url, 4)
    for (let each = 0; each < 20; each += 1) await warm.ask(LARGE)
    const bytes = (await warm.ask(LARGE)).length
    warm.close()
    await wait(2000)
    const before = residentOf(served.pid)
    for (let each = 0; each < readers; each += 1) {
      const socket = connect({ port, host: '127.0.0.1', localAddress: `127.0.0.${10 + (each % 20)}` })
      socket.on('error', () => undefined)
      socket.pause()
      await Promise.race([once(socket, 'connect'), once(socket, 'close')])
      socket.write(post(LARGE).repeat(ahead))
      sockets.push(socket)
    }
    let most = before
    let [answered, refused, worst] = [0, 0, 0]
    for (const until = performance.now() + 25_000; performance.now() < until; ) {
      const begun = performance.now()
      const body = await other.ask('{ graph { version } }')
      if (body.toString('latin1', 0, 7) === '{"data"') answered += 1
      else refused += 1
      worst = Math.max(worst, performance.now() - begun)
      most = Math.max(most, residentOf(served.pid))
      await wait(50)
    }
    other.close()
    return {
      figure: `answers of ${(bytes / 1e6).toFixed(1)} MB: ${(most - before).toFixed(0)} MB more than ${before.toFixed(0)}; another client was answered ${answered} times, refused ${refused}, in at most ${worst.toFixed(0)} ms`,
      holds: most - before < 100 && refused === 0 && worst < 1500,
    }
  } finally {
    for (const socket of sockets) socket.destroy()
    await served.stop()
  }
}

export const proofs: readonly Proof[] = [
  {
    row: 'Slow readers',
    promise: `${READERS} stalled readers from 20 addresses: less than 100 MB more, others are answered meanwhile`,
    measure: () => measureStalled({ readers: READERS, ahead: 1 }),
  },
  {
    row: 'Slow readers',
    promise: '40 stalled readers that ask 30 questions ahead: less than 100 MB more, others are answered meanwhile',
    measure: () => measureStalled({ readers: 40, ahead: 30 }),
  },
]
