import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { isLoopback, type MetricsSettings, type Settings } from '../settings.js'
import { type Finding, findingsAbout } from './finding.js'
import { above, may, WRITE } from './folders.js'

/** Milliseconds that an answer of whatever holds the port is waited for. */
const PATIENCE = 2000

const { ok, warning, error } = findingsAbout('serving')

/** Looks at what `serve` would do: where it would listen, and whether it could. */
export const lookAtServing = async (settings: Settings): Promise<readonly Finding[]> => [
  ...(await port(settings)),
  ...audience(settings),
  ...links(settings.links),
  ...encryption(settings),
  ...metrics(settings.metrics),
]

const port = async ({ host, port: number }: Settings): Promise<readonly Finding[]> => {
  const at = `http://${host.includes(':') ? `[${host}]` : host}:${number}`
  const refusal = await listenOnce(host, number)
  if (refusal === null) return [ok(`It would be served at ${at}/graphql; the port is free.`)]
  if (refusal.code === 'EADDRINUSE')
    return (await isServed(at))
      ? [ok(`A server of this program answers at ${at}/graphql already.`)]
      : [
          error(
            `Port ${number} of ${host} is in use by another program. Stop it, or choose another with RAPPORTEUR_PORT.`,
          ),
        ]
  return [error(`Nothing can be served at ${at} (${refusal.message}). Correct RAPPORTEUR_HOST or RAPPORTEUR_PORT.`)]
}

/** Whether the port can be had: it is taken for a moment, and nothing is answered. */
const listenOnce = (host: string, number: number): Promise<NodeJS.ErrnoException | null> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', resolve)
    server.listen(number, host, () => server.close(() => resolve(null)))
  })

const isServed = async (at: string): Promise<boolean> => {
  const signal = AbortSignal.timeout(PATIENCE)
  // What listens on all addresses is asked on that of this machine.
  const url = new URL('/livez', at.replace(/\/\/(0\.0\.0\.0|\[::\])/, '//127.0.0.1'))
  const text = await fetch(url, { signal }).then(
    (response) => response.text(),
    () => '',
  )
  return text === 'The server is running.\n'
}

const audience = ({ host, front: { hosts, proxies } }: Settings): readonly Finding[] => {
  const behind =
    proxies.length > 0
      ? ok(`What ${proxies.join(', ')} say of whom they ask for is believed (RAPPORTEUR_PROXIES).`)
      : ok('No proxy is trusted: behind one, all clients count as one client. RAPPORTEUR_PROXIES names those that are.')
  const named = hosts.length > 0
  if (isLoopback(host))
    return [
      named
        ? ok(`Only programs on this machine reach it, and it may be called ${hosts.join(', ')}.`)
        : ok(
            'Only programs on this machine reach it, by its own names; RAPPORTEUR_HOSTS has the names that a proxy passes on.',
          ),
      behind,
    ]
  return [
    warning(
      `It listens on "${host}", without encryption, for whoever reaches this machine. Have a proxy with TLS before it, or listen on 127.0.0.1.`,
    ),
    ...(named
      ? []
      : [warning(`It answers whatever name it is called by. Set RAPPORTEUR_HOSTS to the names that it has.`)]),
    behind,
  ]
}

const links = (folder: string | null): readonly Finding[] => {
  if (folder === null) return [ok('There are no short links (RAPPORTEUR_LINKS is off).')]
  const there = existsSync(folder) ? folder : above(folder)
  if (may(there, WRITE)) return [ok(`Questions of short links are kept in "${folder}".`)]
  return [
    warning(
      `"${there}" may not be written to by this user, so that no short link can be made. Choose another folder with RAPPORTEUR_LINKS, or "off".`,
    ),
  ]
}

const encryption = ({ store }: Settings): readonly Finding[] => {
  if (store.engine !== 'Neo4j' || /\+s(sc)?:/i.test(store.uri)) return []
  if (isLoopback(new URL(store.uri).hostname.replace(/^\[|\]$/g, ''))) return []
  return [
    warning(
      `The Neo4j at ${store.uri} is asked without encryption, its password included. Use neo4j+s:// or bolt+s://.`,
    ),
  ]
}

const metrics = (at: MetricsSettings | null): readonly Finding[] => {
  if (at === null) return [ok('No metrics are served (RAPPORTEUR_METRICS).')]
  const where = `Metrics are served on port ${at.port} of ${at.host}`
  return isLoopback(at.host)
    ? [ok(`${where}.`)]
    : [
        warning(
          `${where}, to whoever reaches that; they tell how the server is used. Let it be an address of a private network.`,
        ),
      ]
}
