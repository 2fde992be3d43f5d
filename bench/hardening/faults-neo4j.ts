import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startNeo4j } from '../../scripts/neo4j-server.mjs'
import { expectRun, runProgram } from '../run-program.js'
import { type Served, serveProgram, startProgram } from '../serve-program.js'
import { type CuttingProxy, cuttingProxy } from './cutting-proxy.js'
import type { Proof } from './proof.js'
import { ask, type Watched, watchAnswers } from './watch-answers.js'

/** Milliseconds within which an error must be told. */
const IN_TIME = 3500
const QUESTIONS = [
  '{ resolution(reference: "P9_TA(2022)0012") { title demands(first: 20) { nodes { text addressees { nodes { name } } } } } }',
  '{ voteEvents(first: 5) { totalCount nodes { id title tally { for against } } } }',
  '{ person(id: "person:josep-borrell") { name demands { edges { inferred via { id } node { id text } } } } }',
  '{ organizations(first: 20) { nodes { id name } } }',
] as const
const [QUESTION] = QUESTIONS
const RECORDS = 'test/fixtures/records/town-council'

interface Scene {
  readonly proxy: CuttingProxy
  readonly served: Served
  readonly watched: Watched
  readonly data: string
  /** The Neo4j itself. */
  readonly server: { stop(): Promise<void>; start(options?: { readonly home?: string }): Promise<void> }
}

let seeding: Promise<string> | undefined
/** The folder of a Neo4j with the seed and a few records, which is made once. */
const seededHome = (): Promise<string> => {
  seeding ??= (async () => {
    const home = await mkdtemp(join(tmpdir(), 'rapporteur-faults-'))
    process.once('exit', () => rmSync(home, { recursive: true, force: true }))
    const neo4j = await startNeo4j({ home, heapMegabytes: 384 })
    await expectRun(['import', 'records', RECORDS], { store: neo4j.uri })
    await neo4j.stop()
    return home
  })()
  return seeding
}

/** A Neo4j with the seed, a proxy before it, and a server that is being asked all the while. */
const onServedNeo4j =
  (act: (scene: Scene) => Promise<string>): Proof['measure'] =>
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rapporteur-faults-'))
    const home = join(folder, 'home')
    await cp(await seededHome(), home, { recursive: true })
    let neo4j = await startNeo4j({ home, heapMegabytes: 384 })
    const port = Number(new URL(neo4j.uri).port)
    const proxy = await cuttingProxy(port)
    const served = await serveProgram(`bolt://127.0.0.1:${proxy.port}`)
    const server = {
      stop: () => neo4j.stop(),
      start: async (options: { readonly home?: string } = {}) => {
        neo4j = await startNeo4j({ home, port, heapMegabytes: 384, ...options })
      },
    }
    try {
      const watched = watchAnswers(served.url, QUESTION)
      await watched.until(/^\{/)
      const data = watched.last.answer
      const seen = await act({ proxy, served, watched, data, server })
      const { question, livez, readyz, answers } = await watched.stop()
      const others = [...answers].filter((each) => each !== data && each !== 'UNAVAILABLE')
      const unexpected = served.lines.filter((line) => /Unexpected|unhandled/i.test(line)).length
      return {
        figure: `${seen}; slowest question ${question.toFixed(0)} ms, /readyz ${readyz.toFixed(0)} ms, /livez ${livez.toFixed(0)} ms; ${others.length} other answers${others.length > 0 ? `: ${others.join(', ').slice(0, 200)}` : ''}, ${unexpected} faults in the log`,
        holds: question < IN_TIME && readyz < IN_TIME && livez < 1000 && others.length === 0 && unexpected === 0,
      }
    } finally {
      await served.stop()
      await proxy.close()
      await neo4j.stop()
      await rm(folder, { recursive: true, force: true })
    }
  }

const cuts = onServedNeo4j(async ({ proxy, served, data }) => {
  const expected = await Promise.all(QUESTIONS.map((each) => ask(served.url, each)))
  if (expected[0] !== data) throw new Error('The same question has two answers.')
  let [equal, told] = [0, 0]
  const wrong: string[] = []
  let slowest = 0
  for (let cut = 0; cut < 50; cut += 1) {
    proxy.cutAfter(Math.floor(20 * 1.15 ** cut))
    const answers = await Promise.all(
      QUESTIONS.map(async (each) => {
        const begun = performance.now()
        const answer = await ask(served.url, each)
        slowest = Math.max(slowest, performance.now() - begun)
        return answer
      }),
    )
    for (const [i, answer] of answers.entries()) {
      if (answer === expected[i]) equal += 1
      else if (answer === 'UNAVAILABLE') told += 1
      else wrong.push(answer.slice(0, 200))
    }
  }
  if (wrong.length > 0) throw new Error(`Wrong answers: ${wrong.join(', ')}.`)
  return `50 cuts: ${equal} answers equal, ${told} told, slowest ${slowest.toFixed(0)} ms`
})

const lost = onServedNeo4j(async ({ proxy, watched }) => {
  proxy.lose(true)
  const told = await watched.until('UNAVAILABLE')
  await wait(4000)
  proxy.lose(false)
  return `told after ${told.toFixed(1)} s, answered again after ${(await watched.until(/^\{/)).toFixed(1)} s`
})

const stalls = onServedNeo4j(async ({ proxy, watched }) => {
  const seen: string[] = []
  for (const seconds of [1, 2, 4, 7, 10]) {
    proxy.stall(true)
    await wait(seconds * 1000)
    proxy.stall(false)
    seen.push(`${seconds} s: ${(await watched.until(/^\{/)).toFixed(1)} s`)
  }
  return `answered again after stalls of ${seen.join(', ')}`
})

const restarted = onServedNeo4j(async ({ server, watched }) => {
  await server.stop()
  const told = await watched.until('UNAVAILABLE')
  await server.start()
  return `told after ${told.toFixed(1)} s, answered ${(await watched.until(/^\{/)).toFixed(1)} s after it was up again`
})

const replaced = onServedNeo4j(async ({ server, watched }) => {
  const empty = await mkdtemp(join(tmpdir(), 'rapporteur-faults-'))
  try {
    await server.stop()
    await server.start({ home: empty })
    await wait(1500)
    const { ready, readySentence, answer } = watched.last
    if (ready !== 503) throw new Error(`/readyz was ${ready}, and the answer "${answer}", with an empty database.`)
    await server.stop()
    await server.start()
    const back = await watched.until(/^\{/)
    return `with an empty database: "${readySentence.trim()}"; answered ${back.toFixed(1)} s after the right one was up`
  } finally {
    await rm(empty, { recursive: true, force: true })
  }
})

const http = (socket: Socket): void => {
  socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n'))
}
const banner = (socket: Socket): void => {
  socket.write('220 mail.example.org ESMTP\r\n')
}

const foreign = onServedNeo4j(async ({ proxy, watched }) => {
  const seen: string[] = []
  for (const [name, other] of [
    ['HTTP', http],
    ['a mail server', banner],
  ] as const) {
    proxy.pretend(other)
    const told = await watched.until('UNAVAILABLE')
    await wait(1500)
    proxy.pretend(null)
    seen.push(
      `${name}: told after ${told.toFixed(1)} s, answered again after ${(await watched.until(/^\{/)).toFixed(1)} s`,
    )
  }
  return seen.join('; ')
})

/** Starts before its Neo4j does, with a port that is silent at first, and then closed. */
const absent = async () => {
  const home = await mkdtemp(join(tmpdir(), 'rapporteur-faults-'))
  const sockets = new Set<Socket>()
  const silent = createServer((socket) => sockets.add(socket.on('error', () => undefined)))
  try {
    await cp(await seededHome(), home, { recursive: true })
    await once(silent.listen(0, '127.0.0.1'), 'listening')
    const { port } = silent.address() as AddressInfo
    const served = await startProgram(`bolt://127.0.0.1:${port}`, '/livez')
    let neo4j: { stop(): Promise<void> } | undefined
    try {
      const watched = watchAnswers(served.url, QUESTION)
      await watched.until('UNAVAILABLE')
      await wait(4000)
      for (const socket of sockets) socket.destroy()
      silent.close()
      await wait(2000)
      neo4j = await startNeo4j({ home, port, heapMegabytes: 384 })
      const took = await watched.until(/^\{/)
      const { question, livez, readyz } = await watched.stop()
      return {
        figure: `ready ${took.toFixed(1)} s after the Neo4j; slowest question ${question.toFixed(0)} ms, /readyz ${readyz.toFixed(0)} ms, /livez ${livez.toFixed(0)} ms`,
        holds: took < 10 && question < IN_TIME && readyz < IN_TIME && livez < 1000,
      }
    } finally {
      await served.stop()
      await neo4j?.stop()
    }
  } finally {
    silent.close()
    await rm(home, { recursive: true, force: true })
  }
}

/** A database that may only be read: what was made before is served, and an import says a sentence. */
const readOnly = async () => {
  const home = await mkdtemp(join(tmpdir(), 'rapporteur-faults-'))
  try {
    await cp(await seededHome(), home, { recursive: true })
    const neo4j = await startNeo4j({ home, heapMegabytes: 384, settings: 'server.databases.default_to_read_only=true' })
    try {
      const served = await serveProgram(neo4j.uri)
      const answer = await ask(served.url, QUESTION)
      await served.stop()
      const { code, output } = await runProgram(['import', 'records', RECORDS, '--again'], { store: neo4j.uri })
      const told = output.trim().split('\n').at(-1) ?? ''
      return {
        figure: `${answer.startsWith('{') ? 'answered' : answer}; import: ${code}, "${told.slice(0, 160)}"`,
        holds: answer.startsWith('{') && code === 1 && !output.includes('Unexpected'),
      }
    } finally {
      await neo4j.stop()
    }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

export const proofs: readonly Proof[] = [
  { row: 'Neo4j absent at start', promise: 'alive, silence told within 3.5 s, ready by itself', measure: absent },
  {
    row: 'Neo4j cut mid-query',
    promise: 'after N bytes, for 50 N: the same answer or an error within 3.5 s',
    measure: cuts,
  },
  {
    row: 'Neo4j black hole',
    promise: 'on warm connections: an error within 3.5 s, well again by itself',
    measure: lost,
  },
  { row: 'Neo4j stalled', promise: 'for 1 to 10 s: an answer or an error within 3.5 s', measure: stalls },
  { row: 'Neo4j restarted', promise: 'an error within 3.5 s, well again by itself', measure: restarted },
  { row: 'Neo4j replaced', promise: 'by an empty database: not ready, and no wrong answer', measure: replaced },
  {
    row: 'Neo4j foreign',
    promise: 'another server at its port: an error within 3.5 s, well again by itself',
    measure: foreign,
  },
  { row: 'Neo4j read-only', promise: 'questions are answered, an import says a sentence', measure: readOnly },
]
