import { bytesOf, type VoteTable } from '../analysis/vote-table.js'
import { Allowances } from '../ask/allowances.js'
import { Ask } from '../ask/ask.js'
import type { GraphShape } from '../model/graph-shape.js'
import type { Executor } from '../query/execute.js'
import { makeServedSchema } from '../schema/served-schema.js'
import type { AgentSettings, Allowance, DocumentSettings, FrontSettings, MetricsSettings } from '../settings.js'
import type { GraphStore } from '../store/graph-store.js'
import { Callers } from './front/callers.js'
import { keyNameOf } from './front/know-keys.js'
import type { OnRequest } from './front/tell-requests.js'
import { KeptQuestions } from './kept-questions.js'
import { KnownKeys } from './known-keys.js'
import { listen } from './listen.js'
import type { Log } from './log.js'
import type { Seen, VotesSeen } from './metrics/gauges.js'
import { type ChangeOver, Follower, type Following } from './replica/follower.js'
import { giveReplica } from './replica/give-replica.js'
import { ReplicaCopies } from './replica/replica-copies.js'
import { tellAge } from './replica/tell-age.js'
import { ServedStores } from './served-stores.js'
import { createServer, ENDPOINT } from './server.js'
import { StoreKeeper } from './store-keeper.js'

/** What is served, from where, and how. */
export interface ServeOptions {
  readonly shape: GraphShape
  /** Opens the store and makes it ready; called again while it throws `UNAVAILABLE`. */
  open(): Promise<GraphStore>
  readonly host: string
  /** `0` takes a free port. */
  readonly port: number
  /** Milliseconds after which a statement is ended. */
  readonly statementTimeout: number
  /** Milliseconds in which a question has to be answered. */
  readonly questionTimeout?: number
  /** How much each client may ask for; without it there is no end of that. */
  readonly allowance?: Allowance
  /** The file of the keys by which clients are known. */
  readonly keys?: string | null
  /** Bytes of the largest request body. */
  readonly bodyLimit: number
  /** The folder of the questions that short links lead to; null for none. */
  readonly links?: string | null
  readonly agents: AgentSettings
  readonly documents?: DocumentSettings
  readonly front: FrontSettings
  /** Bytes of answers that are kept in memory; none without it. */
  readonly keptAnswers?: number
  /** How copies of the store are given; without it none are. */
  readonly giving?: GivingCopies | undefined
  /** Whose copies are served in place of a store that `open` opens. */
  readonly following?: Following | undefined
  readonly log: Log
  /** Where the figures of the server are served; null for nowhere. */
  readonly metrics?: MetricsSettings | null
  /** Where traces are sent; null for nowhere. */
  readonly traces?: string | null
  /** Told of each request when it has ended. */
  readonly onRequest?: readonly OnRequest[]
}

const ENDLESS: Allowance = { perSecond: 0, burst: 0 }

/** How copies of the store are given to others. */
export interface GivingCopies {
  /** Where they are kept. */
  readonly folder: string
  /** Without which nobody is given one; null where everybody may have one. */
  readonly key: string | null
  /** Opens a copy to be read. */
  open(path: string): Promise<GraphStore>
  /** Milliseconds, at least, between two copies; a minute where none are given. */
  readonly pause?: number
}

const tellSnapshot = ({ votes, bits }: VoteTable, took: number): string =>
  `Votes in memory: ${votes.toLocaleString('en')} in ${(bytesOf(bits) / 1e6).toFixed(1)} MB, read in ${(took / 1000).toFixed(1)} s.`

/** A server at work. */
export interface Serving {
  /** The address of GraphiQL and of the endpoint. */
  readonly url: string
  /** The address of the figures, where they are served. */
  readonly metricsUrl: string | null
  /** The store, unless it has not answered yet. */
  readonly store: GraphStore | undefined
  /**
   * Settles once the store has answered or has failed to; false where the server was stopped before.
   * @throws RapporteurError what the store says of itself, not `UNAVAILABLE`; the server has stopped then
   */
  readonly started: Promise<boolean>
  /**
   * Ends it cleanly: accepts nothing new, waits for the requests under way, closes the store.
   * @param timeout milliseconds after which requests still under way are cut off
   * @returns how many were cut off
   */
  stop(timeout: number): Promise<number>
}

/**
 * Serves a store over HTTP, and returns once it listens: it can be stopped while the store is still being made.
 * @throws RapporteurError `PORT_IN_USE`, `BAD_SETTING`, `BAD_INPUT` for a document with a name that cannot be asked
 */
export const serve = async ({
  shape,
  open,
  host,
  port,
  statementTimeout,
  questionTimeout,
  allowance = ENDLESS,
  keys: keysFile,
  bodyLimit,
  links,
  agents,
  documents,
  front,
  keptAnswers,
  giving,
  following,
  log,
  metrics: metricsAt,
  traces: tracesTo,
  onRequest = [],
}: ServeOptions): Promise<Serving> => {
  const schema = makeServedSchema(shape.served)
  let snapshot: VotesSeen | undefined
  const see = async (): Promise<Seen> => ({
    ...(await listening.traffic()),
    ...(await keeper.look()),
    ...(snapshot && { votes: snapshot }),
    asOf: follower?.asOf,
  })
  // Where nobody asks for figures, none are kept, and what keeps them is not loaded.
  const traces = tracesTo ? await (await import('./traces/open-traces.js')).openTraces(tracesTo, log) : null
  const metrics = metricsAt && (await import('./metrics/metrics.js')).createMetrics(see)
  const onSnapshot = (table: VoteTable, took: number): void => {
    log(tellSnapshot(table, took))
    const { votes, bits, version } = table
    snapshot = { votes, bytes: bytesOf(bits), version, readAt: performance.now() }
  }
  const follower = following && new Follower(following, log)
  const stores = new ServedStores({
    schema,
    shape,
    timeout: statementTimeout,
    isReplaced: follower !== undefined,
    ...(questionTimeout && { questionTimeout }),
    onSnapshot,
    ...(metrics && { onStatement: metrics.onStatement }),
  })
  const openServed = async (): Promise<GraphStore> => {
    const store = await (follower ? follower.first() : open())
    await stores.begin(store)
    follower?.start(changeOver)
    return store
  }
  const keeper = new StoreKeeper({ open: openServed, log })
  const changeOver: ChangeOver = async (store) => {
    const { retired } = await stores.changeOver(store)
    keeper.replace(store)
    return { retired }
  }
  const executor = (): Executor => {
    const served = stores.ofRequest()
    // While there is none, the keeper says so.
    if (!served || !keeper.isOpen) throw keeper.absence
    return served.executor
  }
  const keys = keysFile ? new KnownKeys(keysFile, log) : undefined
  const allowances = new Allowances((client) => {
    const name = keyNameOf(client)
    return (name !== undefined && keys?.named(name)?.allowance) || allowance
  })
  const ask = new Ask({ schema, executor, documents, keptAnswers, allowances })
  const callers = new Callers(front.proxies)
  const server = createServer({
    ask,
    shape,
    readiness: async () => {
      const { ready, sentence } = await keeper.readiness()
      return { ready, sentence: `${sentence} ${follower?.describe() ?? ''}`.trim() }
    },
    layers: [
      giveReplica(
        giving
          ? { copies: new ReplicaCopies({ ...giving, store: () => keeper.store, log }), key: giving.key, log }
          : null,
      ),
      ...(follower ? [stores.layer, tellAge(follower)] : []),
    ],
    log,
    traces: traces?.layer,
    onRequest: metrics ? [metrics.onRequest, ...onRequest] : onRequest,
    bodyLimit,
    agents,
    host,
    front,
    callers,
    keys,
    kept: links ? new KeptQuestions(links) : undefined,
  })
  // It listens first, so that it can say it is not ready while a store is made, and finds a port in use before one is.
  const listening = await listen(server.listener, host, port, { ...front, callers, log })
  const metricsServed =
    metrics &&
    (await (await import('./metrics/serve-metrics.js')).serveMetrics(metrics, metricsAt).catch(async (error) => {
      await listening.stop(0)
      throw error
    }))
  const stop = async (timeout: number): Promise<number> => {
    await follower?.stop()
    stores.stop()
    const cut = await listening.stop(timeout)
    metricsServed?.stop()
    await traces?.stop()
    await keeper.close()
    return cut
  }
  const started = keeper.start().catch(async (error) => {
    await stop(0)
    throw error
  })
  // Whoever waits for it is told; nobody has to.
  started.catch(() => undefined)
  return {
    url: `${listening.url}${ENDPOINT}`,
    get store() {
      return keeper.isOpen ? keeper.store : undefined
    },
    metricsUrl: metricsServed?.url ?? null,
    started,
    stop,
  }
}
