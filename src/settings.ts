import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import envPaths from 'env-paths'
import { RapporteurError } from './errors.js'
import { SETTINGS, type SettingName } from './known-settings.js'

/** The version of this program. */
export const PROGRAM_VERSION: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }
).version

/** Where the graph is kept. */
export type StoreSettings =
  | { readonly engine: 'SQLite'; readonly path: string }
  | {
      readonly engine: 'Neo4j'
      readonly uri: string
      /** Without a user the server is asked without authentication. */
      readonly user?: string
      readonly password?: string
      /** Without a database the server's default is used. */
      readonly database?: string
    }

/** What agents may do, and who they may be. */
export interface AgentSettings {
  /** Whether they may ask any document, and not only the stored ones. */
  readonly graphql: boolean
  /** Hosts whose pages may ask, besides those of this machine. */
  readonly origins: readonly string[]
}

/** Which documents have a name. */
export interface DocumentSettings {
  /** Their folder; null where there are none. */
  readonly folder: string | null
  /** Whether clients may ask nothing else. */
  readonly only: boolean
}

/** From which level on events are logged. */
export type LogLevel = (typeof LOG_LEVELS)[number]
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

/** What a server writes to its log, and how. */
export interface LogSettings {
  readonly level: LogLevel
  /** Lines of JSON, or sentences for a person; `auto` is sentences in a terminal, and else JSON. */
  readonly format: 'json' | 'text' | 'auto'
  /** Of which requests there is a line; `auto` is all in JSON, and none among sentences. */
  readonly requests: 'on' | 'failed' | 'off' | 'auto'
  /** How much of a client's address is told. */
  readonly addresses: 'short' | 'full' | 'off'
}

/** Where the figures of a server are served. */
export interface MetricsSettings {
  readonly host: string
  readonly port: number
}

/** Who may ask, and how much at once. */
export interface FrontSettings {
  /** Networks of proxies whose word is taken for whom they ask, as `10.0.0.0/8`. */
  readonly proxies: readonly string[]
  /** Names that the server is called by, besides those of the machine itself. */
  readonly hosts: readonly string[]
  /** Connections there may be; null for as many as fit into the files that may be open. */
  readonly connections: number | null
  /** Requests that are worked on at once. */
  readonly inFlight: number
  /** Bytes of answers that may wait for clients to take them. */
  readonly waitingBytes: number
}

/** How much a client may ask for: one point is about a millisecond of a processor. */
export interface Allowance {
  /** Points that come back each second; 0 for no end of them. */
  readonly perSecond: number
  /** Points that are saved up while nothing is asked. */
  readonly burst: number
}

/** Who is given copies of the store, and of whose store this server has copies. */
interface ReplicaSettings {
  /** Whether copies are given. */
  readonly give: boolean
  /** Without which none is given, and with which one is asked for; null where everybody may have one. */
  readonly key: string | null
  /** The address of the server that is followed; null where the store is this server's own. */
  readonly follow: URL | null
  /** Milliseconds between two looks at whether the server that is followed has a new copy. */
  readonly every: number
}

/** What the environment says, checked and complete. */
export interface Settings {
  readonly store: StoreSettings
  readonly host: string
  readonly port: number
  /** Milliseconds after which a statement is ended. */
  readonly statementTimeout: number
  /** Milliseconds in which a question has to be answered, however many statements it takes. */
  readonly questionTimeout: number
  /** How much each client may ask for. */
  readonly allowance: Allowance
  /** The file of the keys by which clients are known; null for none. */
  readonly keys: string | null
  /** Bytes of the largest request body that is read. */
  readonly bodyLimit: number
  /** Milliseconds that a stopping server waits for requests under way. */
  readonly stopTimeout: number
  /** The folder of the questions that short links lead to; null where there are none. */
  readonly links: string | null
  readonly agents: AgentSettings
  readonly documents: DocumentSettings
  /** Bytes of answers that are kept in memory; 0 for none. */
  readonly keptAnswers: number
  readonly log: LogSettings
  /** Null where there are none. */
  readonly metrics: MetricsSettings | null
  /** Where traces are sent; null where none are. */
  readonly traces: string | null
  readonly front: FrontSettings
  readonly replica: ReplicaSettings
}

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the settings from the environment; an empty variable counts as none.
 * @param overrides what the command line says instead of the environment
 * @throws RapporteurError `BAD_SETTING`, quoting what is wrong
 */
export const readSettings = (
  overrides: Partial<Record<SettingName, string>> = {},
  environment: Environment = process.env,
): Settings => {
  const text = (name: SettingName): string | undefined => (overrides[name] ?? environment[name]) || undefined
  const whole = (name: SettingName, fallback: number, lowest: number, highest: number): number =>
    readWhole(name, text(name), fallback, lowest, highest)
  const host = text('RAPPORTEUR_HOST') ?? '127.0.0.1'
  // Behind a proxy that is believed, those who ask are told apart.
  const isAlone = isLoopback(host) && !text('RAPPORTEUR_PROXIES')
  const perSecond = whole('RAPPORTEUR_POINTS_PER_SECOND', isAlone ? 0 : 250, 0, 1_000_000)
  const keys = text('RAPPORTEUR_KEYS')
  return Object.freeze({
    store: Object.freeze(readStore(text)),
    host,
    port: whole(text('RAPPORTEUR_PORT') ? 'RAPPORTEUR_PORT' : 'PORT', 4000, 0, 65_535),
    statementTimeout: whole('RAPPORTEUR_STATEMENT_TIMEOUT', 5000, 1, 3_600_000),
    questionTimeout: whole('RAPPORTEUR_QUESTION_TIMEOUT', 10_000, 1, 3_600_000),
    allowance: Object.freeze({
      perSecond,
      burst: whole('RAPPORTEUR_POINTS_SAVED', 40 * perSecond, 0, 1_000_000_000),
    }),
    keys: keys ? resolve(keys) : null,
    bodyLimit: whole('RAPPORTEUR_BODY_LIMIT', 262_144, 1, 100_000_000),
    stopTimeout: whole('RAPPORTEUR_STOP_TIMEOUT', 10_000, 0, 3_600_000),
    links: readLinks(text('RAPPORTEUR_LINKS')),
    front: Object.freeze({
      proxies: readNetworks('RAPPORTEUR_PROXIES', text('RAPPORTEUR_PROXIES')),
      hosts: readHosts('RAPPORTEUR_HOSTS', text('RAPPORTEUR_HOSTS')),
      connections: text('RAPPORTEUR_CONNECTIONS') ? whole('RAPPORTEUR_CONNECTIONS', 0, 1, 1_000_000) : null,
      inFlight: whole('RAPPORTEUR_IN_FLIGHT', 64, 1, 100_000),
      waitingBytes: whole('RAPPORTEUR_WAITING_BYTES', 32_000_000, 1_000_000, 100_000_000_000),
    }),
    agents: Object.freeze({
      graphql: readSwitch('RAPPORTEUR_AGENT_GRAPHQL', text('RAPPORTEUR_AGENT_GRAPHQL'), 'on'),
      origins: readHosts('RAPPORTEUR_AGENT_ORIGINS', text('RAPPORTEUR_AGENT_ORIGINS')),
    }),
    documents: Object.freeze(readDocuments(text)),
    traces: readAddress('OTEL_EXPORTER_OTLP_ENDPOINT', text('OTEL_EXPORTER_OTLP_ENDPOINT')),
    metrics: readMetrics('RAPPORTEUR_METRICS', text('RAPPORTEUR_METRICS')),
    keptAnswers: whole('RAPPORTEUR_KEPT_ANSWERS', 0, 0, 100_000_000_000),
    log: Object.freeze({
      level: readWord('RAPPORTEUR_LOG_LEVEL', text('RAPPORTEUR_LOG_LEVEL'), 'info', LOG_LEVELS),
      format: readWord('RAPPORTEUR_LOG', text('RAPPORTEUR_LOG'), 'auto', ['json', 'text']),
      requests: readWord('RAPPORTEUR_LOG_REQUESTS', text('RAPPORTEUR_LOG_REQUESTS'), 'auto', ['on', 'failed', 'off']),
      addresses: readWord('RAPPORTEUR_LOG_ADDRESSES', text('RAPPORTEUR_LOG_ADDRESSES'), 'short', [
        'short',
        'full',
        'off',
      ]),
    }),
    replica: Object.freeze({
      give: readSwitch('RAPPORTEUR_REPLICA', text('RAPPORTEUR_REPLICA'), 'off'),
      key: readKey('RAPPORTEUR_REPLICA_KEY', text('RAPPORTEUR_REPLICA_KEY')),
      follow: readOrigin('RAPPORTEUR_FOLLOW', text('RAPPORTEUR_FOLLOW')),
      every: whole('RAPPORTEUR_FOLLOW_EVERY', 30_000, 100, 86_400_000),
    }),
  })
}

/** Whether this is the name or an address of this machine alone, without a port. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|::1)$/i.test(host) || (isIP(host) === 4 && host.startsWith('127.'))

/** A setting as the program reads it. */
export interface SettingAsRead {
  readonly name: string
  /** As it is set, or in words what holds without it; secrets are not told. */
  readonly value: string
  readonly from: 'environment' | 'default'
}

const SECRET = /PASSWORD|SECRET|TOKEN|_KEY$/

/** Every setting, with where it comes from. */
export const settingsAsRead = (environment: Environment = process.env): readonly SettingAsRead[] =>
  SETTINGS.map(({ name, fallback }) => {
    const value = environment[name]
    if (!value) return { name, value: fallback.replaceAll('`', ''), from: 'default' }
    return { name, value: SECRET.test(name) ? '(not shown)' : withoutPassword(value), from: 'environment' }
  })

/** Variables that look like settings and are none. */
export const unknownSettings = (environment: Environment = process.env): readonly string[] => {
  const known = new Set<string>(SETTINGS.map(({ name }) => name))
  return Object.keys(environment).filter((name) => /^RAPPORTEUR_(?!TEST_)/.test(name) && !known.has(name))
}

const NEO4J_URI = /^(neo4j|bolt)(\+s|\+ssc)?:\/\//i
/** A colon before the first slash, which no relative path may have in a URI either; after a single letter it is that of a drive of Windows. */
const LIKE_ADDRESS = /^(?![a-z]:)[^/\\]*:/i

const dataFolder = (): string => envPaths('rapporteur', { suffix: '' }).data

const readStore = (text: (name: SettingName) => string | undefined): StoreSettings => {
  const store = text('RAPPORTEUR_STORE')
  if (!store) return { engine: 'SQLite', path: join(dataFolder(), 'rapporteur.sqlite') }
  if (!NEO4J_URI.test(store)) return { engine: 'SQLite', path: readPath(store) }
  if (!URL.canParse(store) || new URL(store).hostname === '') {
    throw badSetting(
      `RAPPORTEUR_STORE is "${withoutPassword(store)}", which names no server; write it like neo4j://localhost:7687`,
    )
  }
  if (new URL(store).username || new URL(store).password) {
    throw badSetting(
      'RAPPORTEUR_STORE has a user or password in its address; give them in RAPPORTEUR_NEO4J_USER and RAPPORTEUR_NEO4J_PASSWORD instead',
    )
  }
  const user = text('RAPPORTEUR_NEO4J_USER')
  const password = text('RAPPORTEUR_NEO4J_PASSWORD')
  const database = text('RAPPORTEUR_NEO4J_DATABASE')
  if (password && !user)
    throw badSetting('RAPPORTEUR_NEO4J_PASSWORD is set and RAPPORTEUR_NEO4J_USER is not; set both, or neither')
  return { engine: 'Neo4j', uri: store, ...(user && { user, password: password ?? '' }), ...(database && { database }) }
}

const readPath = (store: string): string => {
  if (store === ':memory:') return store
  if (!LIKE_ADDRESS.test(store)) return resolve(store)
  const shown = withoutPassword(store)
  throw badSetting(
    `RAPPORTEUR_STORE is "${shown}", which is neither a path nor the address of a Neo4j; write a Neo4j like neo4j://localhost:7687 or bolt://localhost:7687, and a file of this name like "./${shown}"`,
  )
}

const readLinks = (folder: string | undefined): string | null => {
  if (folder === 'off') return null
  return folder ? resolve(folder) : join(dataFolder(), 'links')
}

const readWhole = (
  name: SettingName,
  text: string | undefined,
  fallback: number,
  lowest: number,
  highest: number,
): number => {
  if (text === undefined) return fallback
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= lowest && value <= highest) return value
  throw badSetting(`${name} is "${text}", which is not a whole number from ${lowest} to ${highest}`)
}

const readDocuments = (text: (name: SettingName) => string | undefined): DocumentSettings => {
  const folder = text('RAPPORTEUR_DOCUMENTS')
  const only = readSwitch('RAPPORTEUR_DOCUMENTS_ONLY', text('RAPPORTEUR_DOCUMENTS_ONLY'), 'off')
  if (only && !folder)
    throw badSetting(
      'RAPPORTEUR_DOCUMENTS_ONLY is on and RAPPORTEUR_DOCUMENTS is not set, so that nothing could be asked; name the folder of the documents',
    )
  return { folder: folder ? resolve(folder) : null, only }
}

const readSwitch = (name: SettingName, given: string | undefined, fallback: 'on' | 'off'): boolean => {
  const text = given ?? fallback
  if (text === 'on' || text === 'off') return text === 'on'
  throw badSetting(`${name} is "${text}", which is neither on nor off`)
}

const readAddress = (name: SettingName, text?: string): string | null => {
  if (text === undefined) return null
  if (/^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')) return text
  throw badSetting(`${name} is "${withoutPassword(text)}", which is no address, such as http://localhost:4318`)
}

const readMetrics = (name: SettingName, text = 'off'): MetricsSettings | null => {
  if (text === 'off') return null
  const [, host = '127.0.0.1', port = ''] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? []
  if (port === '' || Number(port) > 65_535)
    throw badSetting(`${name} is "${text}", which is neither off nor a port, such as 9464 or 127.0.0.1:9464`)
  return Object.freeze({ host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) })
}

const readWord = <const Word extends string, Fallback extends string>(
  name: SettingName,
  text: string | undefined,
  fallback: Fallback,
  words: readonly Word[],
): Word | Fallback => {
  if (text === undefined) return fallback
  const word = words.find((each) => each === text)
  if (word) return word
  throw badSetting(`${name} is "${text}", which is none of ${words.join(', ')}`)
}

const readHosts = (name: SettingName, text?: string): readonly string[] =>
  listed(text).map((host) => {
    if (URL.canParse(`http://${host}`) && new URL(`http://${host}`).hostname === host) return host
    throw badSetting(`${name} has "${host}", which is not the name of a host, such as tools.example.org`)
  })

/** Networks that have a name, as other servers call them. */
const NETWORKS: ReadonlyMap<string, readonly string[]> = new Map([
  ['loopback', ['127.0.0.0/8', '::1/128']],
  ['linklocal', ['169.254.0.0/16', 'fe80::/10']],
  ['uniquelocal', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']],
])

const readNetworks = (name: SettingName, text?: string): readonly string[] =>
  listed(text).flatMap((network) => {
    const [address = '', bits, ...more] = network.split('/')
    const most = isIP(address) === 6 ? 128 : 32
    const isNetwork =
      isIP(address) !== 0 &&
      more.length === 0 &&
      (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
    if (isNetwork) return `${address}/${bits ?? most}`
    const named = NETWORKS.get(network)
    if (named) return named
    throw badSetting(
      `${name} has "${network}", which is neither an address nor a network, such as 10.0.0.0/8, nor one of ${[...NETWORKS.keys()].join(', ')}`,
    )
  })

/** The key itself is never said. */
const readKey = (name: SettingName, key: string | undefined): string | null => {
  if (key === undefined) return null
  if (/^[\x21-\x7e]{16,}$/.test(key)) return key
  throw badSetting(`${name} has fewer than 16 characters, or some that no header may have, such as spaces`)
}

const readOrigin = (name: SettingName, address: string | undefined): URL | null => {
  if (address === undefined) return null
  const url = URL.canParse(address) ? new URL(address) : null
  const shown = withoutPassword(address)
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw badSetting(`${name} is "${shown}", which is no address of a server, such as https://graph.example.org`)
  }
  if (url.username || url.password)
    throw badSetting(`${name} has a user or password in it ("${shown}"); give a key in RAPPORTEUR_REPLICA_KEY instead`)
  return url
}

const listed = (text = ''): readonly string[] =>
  text
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== '')

const withoutPassword = (address: string): string => address.replace(/^([a-z0-9+.-]+:\/\/)?.*@/i, '$1…@')

const badSetting = (what: string): RapporteurError =>
  new RapporteurError('BAD_SETTING', `${what}. Nothing was started; correct it and run again.`)

/** Sets how many threads libsql makes when its first statement begins; whoever starts the program may say otherwise. */
export const setThreads = (count: number): void => {
  process.env['TOKIO_WORKER_THREADS'] ??= String(count)
}
