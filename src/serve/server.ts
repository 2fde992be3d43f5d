import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { Ask } from '../ask/ask.js'
import type { GraphShape } from '../model/graph-shape.js'
import type { AgentSettings, FrontSettings } from '../settings.js'
import { Callers } from './front/callers.js'
import { checkHost } from './front/check-host.js'
import { compressAnswers } from './front/compress-answers.js'
import { knowKeys } from './front/know-keys.js'
import { behind, type FrontListener, type Layer } from './front/layer.js'
import { limitWork } from './front/limit-work.js'
import { oneAtATime } from './front/one-at-a-time.js'
import { openScope } from './front/open-scope.js'
import { giveBody, readBody } from './front/read-body.js'
import { refuseBadAddress } from './front/refuse-bad-address.js'
import { sayRarely } from './front/say-rarely.js'
import { type OnRequest, tellRequests } from './front/tell-requests.js'
import { WaitingAnswers } from './front/waiting-answers.js'
import { WorkQueue } from './front/work-queue.js'
import { type KeptQuestions, LINKS } from './kept-questions.js'
import type { KnownKeys } from './known-keys.js'
import type { Log } from './log.js'
import { createErrorMask } from './mask-errors.js'
import { allowOrigins } from './plugins/allow-origins.js'
import { answerApi } from './plugins/answer-api.js'
import { answerHead } from './plugins/answer-head.js'
import { answerNamed } from './plugins/answer-named.js'
import { answerQuestions } from './plugins/answer-questions.js'
import { answerStatus } from './plugins/answer-status.js'
import { answerTables } from './plugins/answer-tables.js'
import { explainRefusals } from './plugins/explain-refusals.js'
import { giveReceipts } from './plugins/give-receipts.js'
import { graphiql } from './plugins/graphiql.js'
import { health, type Readiness } from './plugins/health.js'
import { keepLinks } from './plugins/keep-links.js'
import { limitBody } from './plugins/limit-body.js'
import { mcp } from './plugins/mcp.js'
import { noteErrors } from './plugins/note-errors.js'
import { persistedQueries } from './plugins/persisted-queries.js'
import { reconcile } from './plugins/reconcile.js'
import { redirectHome } from './plugins/redirect-home.js'
import { refuseBrokenParameters } from './plugins/refuse-broken-parameters.js'
import { refuseSimpleRequests } from './plugins/refuse-simple-requests.js'
import { schemaText } from './plugins/schema-text.js'
import { tagAnswers } from './plugins/tag-answers.js'
import { ShortWay } from './short-way.js'

/** What a server is made of. */
export interface ServerOptions {
  readonly ask: Ask
  /** What the graph is; without it no names of tables are reconciled, and agents are not told which lists may be unknown. */
  readonly shape?: GraphShape
  readiness(): Promise<Readiness>
  readonly log: Log
  /** Told of each request when it has ended. */
  readonly onRequest?: readonly OnRequest[]
  /** Makes traces of requests. */
  readonly traces?: Layer | undefined
  /** Bytes of the largest request body. */
  readonly bodyLimit?: number
  readonly agents?: AgentSettings
  /** The address that it listens on; without one it answers whatever it is called. */
  readonly host?: string
  readonly front?: Pick<FrontSettings, 'hosts' | 'inFlight' | 'waitingBytes'>
  readonly callers?: Callers
  /** The keys by which clients are known; without it what a request says of a key is not looked at. */
  readonly keys?: KnownKeys | undefined
  /** Where questions are kept that short links lead to; without it there are none. */
  readonly kept?: KeptQuestions | undefined
  /** What is done with each request before it is answered, where it has an address. */
  readonly layers?: readonly Layer[]
  /**
   * What else is done with each request, after all that is done anyhow. What Yoga offers to a plugin is not done on the
   * short way to known documents, so that none is taken where there are any.
   */
  readonly plugins?: readonly Plugin[]
}

/** A server that answers requests. */
export interface Server {
  /** Answers one that came from somewhere else than a socket. */
  readonly fetch: YogaServerInstance<object, object>['fetch']
  /** Answers those of `node:http`. */
  readonly listener: FrontListener
}

/** Where questions are asked. */
export const ENDPOINT = '/graphql'

/** Composes the server; each behaviour is one plugin. */
export const createServer = ({
  ask,
  shape,
  readiness,
  log,
  onRequest = [],
  traces,
  bodyLimit = 262_144,
  agents,
  host = '',
  front = { hosts: [], inFlight: 64, waitingBytes: 32_000_000 },
  callers = new Callers(),
  keys,
  kept,
  layers = [],
  plugins = [],
}: ServerOptions): Server => {
  const { schema } = ask.options
  const { listedOnly } = ask.documents
  const maskError = createErrorMask(log)
  const shortWay = new ShortWay({ ask, endpoint: ENDPOINT, bodyLimit })
  const yoga = createYoga<object, object>({
    schema,
    graphqlEndpoint: ENDPOINT,
    // No address ends with a space: Yoga's own check is replaced by /livez and /readyz.
    healthCheckEndpoint: ' ',
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    maxRequestBodySize: false,
    // Documents are kept where they are read.
    parserAndValidationCache: false,
    logging: false,
    maskedErrors: { maskError },
    plugins: [
      explainRefusals(ENDPOINT),
      allowOrigins(),
      answerHead(),
      health(readiness),
      redirectHome(listedOnly ? LINKS : ENDPOINT),
      schemaText(schema),
      mcp({ ask, shape, endpoint: ENDPOINT, mask: maskError, bodyLimit, agents, kept }),
      ...(shape ? [reconcile({ ask, shape, bodyLimit, maskError })] : []),
      answerApi(ask, maskError),
      giveReceipts({ ask, mask: maskError, endpoint: ENDPOINT, bodyLimit, kept }),
      ...(ask.options.documents?.folder ? [answerNamed(ask, maskError)] : []),
      ...(kept ? [keepLinks({ ask, mask: maskError, kept, endpoint: ENDPOINT, bodyLimit })] : []),
      // It asks what is written in it.
      ...(listedOnly ? [] : [graphiql(ENDPOINT, kept !== undefined)]),
      tagAnswers(ask, ENDPOINT),
      refuseSimpleRequests(),
      limitBody(bodyLimit),
      refuseBrokenParameters(),
      persistedQueries(ask),
      answerQuestions(ask),
      answerTables(ask, ENDPOINT, maskError),
      answerStatus(),
      noteErrors(),
      shortWay.plugin,
      ...plugins,
    ],
  })
  const whole = giveBody(yoga)
  const listener = plugins.length > 0 ? whole : shortWay.before(whole)
  const answers: WaitingAnswers = new WaitingAnswers(
    front.waitingBytes,
    sayRarely(log, () => tellCut(answers)),
  )
  const queue = new WorkQueue(front.inFlight)
  const all = [
    oneAtATime,
    openScope(callers),
    tellRequests(onRequest),
    ...(traces ? [traces] : []),
    refuseBadAddress,
    checkHost(host, front.hosts),
    // Copies of the store have a key of their own.
    ...layers,
    ...(keys ? [knowKeys(keys)] : []),
    readBody(bodyLimit),
    limitWork({ queue, answers, onRefused: sayRarely(log, () => tellRefused(queue)) }),
    compressAnswers,
  ]
  return { fetch: yoga.fetch, listener: behind(all, listener) }
}

const tellCut = ({ cut, most }: WaitingAnswers): string =>
  `Answers were cut off whose clients do not take them: ${cut} since the start. They have 20 s for 100 kB, and less while more than ${most} bytes wait (RAPPORTEUR_WAITING_BYTES).`

const tellRefused = ({ refused, most }: WorkQueue): string =>
  `Requests were refused because more was asked than can be answered: since the start ${refused.OVERLOADED} with 503, and ${refused.TOO_MANY_REQUESTS} with 429 whose own client asked too much. At most ${most} are worked on at once (RAPPORTEUR_IN_FLIGHT), a quarter of them for each client.`
