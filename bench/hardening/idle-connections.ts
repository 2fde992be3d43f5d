import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { serveProgram } from '../serve-program.js'
import type { Proof } from './proof.js'

const FILES = 256
const IDLE = 400

/** Opens a connection from an address of this machine, whatever becomes of it. */
const idleFrom = async (port: number, localAddress: string): Promise<Socket> => {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  socket.on('error', () => undefined)
  await Promise.race([once(socket, 'connect'), once(socket, 'close')])
  return socket
}

/** Milliseconds until a new client was answered. */
const answered = async (url: string): Promise<number> => {
  const begun = performance.now()
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: '{"query":"{ graph { version } }"}',
  })
  if (!(await response.text()).includes('"version"')) throw new Error(`The server answered with ${response.status}.`)
  return performance.now() - begun
}

const measureIdle = async (addressOf: (each: number) => string) => {
  const served = await serveProgram(':memory:', [], { ulimit: `-n ${FILES}` })
  const sockets: Socket[] = []
  try {
    const port = Number(new URL(served.url).port)
    for (let each = 0; each < IDLE; each += 1) sockets.push(await idleFrom(port, addressOf(each)))
    const took: number[] = []
    for (let each = 0; each < 5; each += 1) took.push(await answered(served.url))
    await wait(200)
    const lines = served.lines.filter((line) => line.includes('Connections have reached'))
    const worst = Math.max(...took)
    return {
      figure: `5 new clients in at most ${worst.toFixed(0)} ms, ${lines.length} line in the log`,
      holds: worst < 1000 && lines.length === 1,
    }
  } finally {
    for (const socket of sockets) socket.destroy()
    await served.stop()
  }
}

/** A body of which a byte comes every two seconds. */
const measureDripped = async () => {
  const served = await serveProgram(':memory:')
  try {
    const socket = await idleFrom(Number(new URL(served.url).port), '127.0.0.1')
    const begun = performance.now()
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.write(
      'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
    )
    const drip = setInterval(() => socket.writable && socket.write(' '), 2000)
    await Promise.race([once(socket, 'close'), wait(60_000)])
    clearInterval(drip)
    socket.destroy()
    const seconds = (performance.now() - begun) / 1000
    return {
      figure: `closed after ${seconds.toFixed(0)} s with ${/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 'nothing'}`,
      holds: seconds < 35 && answer.startsWith('HTTP/1.1 408'),
    }
  } finally {
    await served.stop()
  }
}

export const proofs: readonly Proof[] = [
  {
    row: 'Idle connections',
    promise: `${IDLE} idle connections of one client, ${FILES} files may be open: a new one is answered within 1 s`,
    measure: () => measureIdle(() => '127.0.0.1'),
  },
  {
    row: 'Idle connections',
    promise: `${IDLE} idle connections of 100 clients, ${FILES} files may be open: a new one is answered within 1 s`,
    measure: () => measureIdle((each) => `127.0.0.${2 + (each % 100)}`),
  },
  {
    row: 'Idle connections',
    promise: 'a body dripped a byte in 2 s is ended within 35 s, with 408',
    measure: measureDripped,
  },
]
