import type { RequestListener } from 'node:http'
import type { GraphQLSchema } from 'graphql'
import { createYoga, type YogaServerInstance } from 'graphql-yoga'
import { LRUCache } from 'lru-cache'
import type { Executor } from '../query/execute.js'
import { KnownDocuments } from './known-documents.js'
import { createErrorMask, type Log } from './mask-errors.js'
import { allowOrigins } from './plugins/allow-origins.js'
import { answerHead } from './plugins/answer-head.js'
import { answerStatus } from './plugins/answer-status.js'
import { declinePersistedQueries } from './plugins/decline-persisted-queries.js'
import { explainRefusals } from './plugins/explain-refusals.js'
import { graphiql } from './plugins/graphiql.js'
import { health, type Readiness } from './plugins/health.js'
import { limitBody } from './plugins/limit-body.js'
import { type DocumentLimits, limitDocument } from './plugins/limit-document.js'
import { plannedExecution } from './plugins/planned-execution.js'
import { redirectHome } from './plugins/redirect-home.js'
import { refuseBrokenParameters } from './plugins/refuse-broken-parameters.js'
import { refuseSimpleRequests } from './plugins/refuse-simple-requests.js'
import { schemaText } from './plugins/schema-text.js'
import { refuseBadAddress } from './refuse-bad-address.js'

/** What a server is made of. */
export interface ServerOptions {
  readonly schema: GraphQLSchema
  /** Gives the function that answers operations; throws `UNAVAILABLE` while there is no store. */
  executor(): Executor
  readiness(): Promise<Readiness>
  readonly log: Log
  /** Bytes of the largest request body. */
  readonly bodyLimit?: number
  readonly documentLimits?: DocumentLimits
}

/** A server that answers requests. */
export interface Server {
  /** Answers one that came from somewhere else than a socket. */
  readonly fetch: YogaServerInstance<object, object>['fetch']
  /** Answers those of `node:http`. */
  readonly listener: RequestListener
}

/** Yoga's memory of what it has parsed, by characters: parsed, each takes some 50 bytes. */
const documentsByLength = <T extends object>() =>
  new LRUCache<string, T>({ max: 1000, maxSize: 400_000, sizeCalculation: (_, text) => text.length + 1 })

/** Where questions are asked. */
export const ENDPOINT = '/graphql'

/** Composes the server; each behaviour is one plugin. */
export const createServer = ({
  schema,
  executor,
  readiness,
  log,
  bodyLimit = 262_144,
  documentLimits,
}: ServerOptions): Server => {
  const known = new KnownDocuments({ schema, executor, endpoint: ENDPOINT, bodyLimit })
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
    parserAndValidationCache: { documentCache: documentsByLength(), errorCache: documentsByLength() },
    logging: false,
    maskedErrors: { maskError: createErrorMask(log) },
    plugins: [
      explainRefusals(ENDPOINT),
      allowOrigins(),
      answerHead(),
      health(readiness),
      redirectHome(ENDPOINT),
      schemaText(schema),
      graphiql(ENDPOINT),
      refuseSimpleRequests(),
      limitBody(bodyLimit),
      refuseBrokenParameters(),
      declinePersistedQueries(),
      limitDocument(schema, documentLimits),
      plannedExecution(executor),
      answerStatus(),
      known.plugin,
    ],
  })
  return { fetch: yoga.fetch, listener: refuseBadAddress(known.before(yoga)) }
}
