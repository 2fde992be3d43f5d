/**
 * What the log, the metrics and traces cost: the processor's time that a server takes for a plain warm question, without
 * any of them and with each, in turns. A server writes its log to a file, as under most supervisors.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createCollector } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, clientOf } from './http-client.js'

const QUESTION = 'query Ballot($id: ID!) { voteEvent(id: $id) { id title date tally { for against abstention } } }'
const VARIABLES = { id: 'ep-vote:139038' }
/** Questions of a turn, and turns of each server. */
const [ASKED, TURNS] = [2000, 15]

interface Way {
  readonly name: string
  readonly settings: Readonly<Record<string, string>>
}

/** Takes traces, and does nothing with them. */
const collector = createCollector((request, response) => void request.resume().once('end', () => response.end('{}')))
await once(collector.listen(0, '127.0.0.1'), 'listening')
const collectorAt = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`

const off = { RAPPORTEUR_LOG: 'json', RAPPORTEUR_LOG_REQUESTS: 'off' }
const WAYS: readonly Way[] = [
  { name: 'nothing', settings: off },
  { name: 'nothing, again', settings: off },
  { name: 'a line for each request', settings: { RAPPORTEUR_LOG: 'json', RAPPORTEUR_LOG_REQUESTS: 'on' } },
  { name: 'metrics', settings: { ...off, RAPPORTEUR_METRICS: '0' } },
  { name: 'traces', settings: { ...off, OTEL_EXPORTER_OTLP_ENDPOINT: collectorAt } },
]

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { readonly port: number }
  server.close()
  return port
}

const folder = mkdtempSync(join(tmpdir(), 'rapporteur-observing-'))

/** Serves the story that comes with the program. */
const serve = async ({ settings }: Way, place: number) => {
  const port = await freePort()
  const log = openSync(join(folder, `${place}.log`), 'w')
  const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
  const server = spawn(process.execPath, [program, 'serve', '--port', String(port)], {
    env: { ...process.env, RAPPORTEUR_STORE: ':memory:', RAPPORTEUR_LINKS: 'off', ...settings },
    stdio: ['ignore', 'ignore', log],
  })
  closeSync(log)
  const url = `http://127.0.0.1:${port}`
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const { ok } = await fetch(`${url}/readyz`).catch(() => ({ ok: false }))
    if (ok) break
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return { server, client: clientOf(`${url}/graphql`, 4), pid: server.pid ?? 0 }
}

/** Seconds of the processor that the threads of a process have had. */
const secondsOf = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`)
    .map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e9)
    .reduce((sum, seconds) => sum + seconds, 0)

const askMany = async (client: Client): Promise<void> => {
  const lane = async (): Promise<void> => {
    for (let i = 0; i < ASKED / 4; i += 1) await client.ask(QUESTION, VARIABLES)
  }
  await Promise.all([lane(), lane(), lane(), lane()])
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

const servers = await Promise.all(WAYS.map(serve))
try {
  const took = WAYS.map((): number[] => [])
  for (let turn = -2; turn < TURNS; turn += 1) {
    for (const [i, { client, pid }] of servers.entries()) {
      const before = secondsOf(pid)
      await askMany(client)
      if (turn >= 0) took[i]?.push(((secondsOf(pid) - before) / ASKED) * 1e6)
    }
  }
  const plain = took[0] ?? []
  for (const [i, { name }] of WAYS.entries()) {
    const own = took[i] ?? []
    const ratio = median(own.map((value, turn) => value / (plain[turn] ?? Number.NaN)))
    console.log(`${name.padEnd(26)} ${median(own).toFixed(0).padStart(5)} µs  ${ratio.toFixed(3)}`)
  }
} finally {
  for (const { client, server } of servers) {
    client.close()
    server.kill('SIGTERM')
    if (server.exitCode === null) await once(server, 'exit')
  }
  collector.close()
  rmSync(folder, { recursive: true, force: true })
}
