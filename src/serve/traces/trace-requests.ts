import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import {
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { LRUCache } from 'lru-cache'
import { scopes } from '../../ask/scope.js'
import type { StepWatch } from '../../query/step-watch.js'
import type { Statement } from '../../store/graph-store.js'
import type { Layer } from '../front/layer.js'
import { hashOf, operationOf, seenOf } from '../front/tell-requests.js'

/** Makes a span of each request, as a part of the trace that its client has begun, if it says so, and spans within it. */
export const traceRequests =
  (tracer: Tracer): Layer =>
  (next) =>
  (request, response) => {
    const scope = scopes.getStore()
    const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, parentOf(request))
    if (scope) scope.watch = new Steps(tracer, span)
    response.once('close', () => {
      const { method, path, front, status, isCut } = seenOf(request, response)
      const { document, code, cost } = scope?.noted ?? {}
      const operation = scope && operationOf(scope.noted)
      span.updateName(`${method} /${front}`)
      span.setAttributes({
        'http.request.method': method,
        'http.response.status_code': status,
        'url.path': path,
        'rapporteur.request': scope?.id ?? '',
        ...(operation !== undefined && { 'graphql.operation.name': operation }),
        ...(document && { 'rapporteur.document': hashOf(document) }),
        ...(cost !== undefined && { 'rapporteur.cost': cost }),
        ...(code !== undefined && { 'error.type': code }),
        ...(isCut && { 'rapporteur.cut': true }),
      })
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    })
    next(request, response)
  }

/** `traceparent` of W3C's Trace Context; of versions to come, what is there today. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/

const parentOf = ({ headers: { traceparent } }: IncomingMessage): Context => {
  const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(String(traceparent ?? '')) ?? []
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
  return isSpanContextValid(parent) ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT
}

/** A moment of `performance.now()` as spans have it. */
const moment = (at: number): number => performance.timeOrigin + at

/** Shapes of statements remembered, by their text. */
const shapes = new LRUCache<string, string>({
  max: 1000,
  maxSize: 2_000_000,
  sizeCalculation: (_, text) => text.length + 1,
})

/** Tells statements apart that differ in more than their values. */
const shapeOf = ({ text }: Statement): string => {
  const known = shapes.get(text) ?? createHash('sha256').update(text).digest('hex').slice(0, 16)
  shapes.set(text, known)
  return known
}

/** The spans within that of a request. Statements have no values: what was asked for is not told. */
class Steps implements StepWatch {
  readonly #tracer: Tracer
  readonly #within: Context
  #last = performance.now()

  constructor(tracer: Tracer, request: Span) {
    this.#tracer = tracer
    this.#within = trace.setSpan(ROOT_CONTEXT, request)
  }

  step(name: string): void {
    const now = performance.now()
    this.#add(name, this.#last, now)
    this.#last = now
  }

  statement(engine: string, field: string, statement: Statement, milliseconds: number): void {
    const now = performance.now()
    this.#add(`statement ${field}`, now - milliseconds, now, {
      'db.system.name': engine.toLowerCase(),
      'rapporteur.field': field,
      'rapporteur.shape': shapeOf(statement),
    })
  }

  #add(name: string, begun: number, ended: number, attributes: Readonly<Record<string, string>> = {}): void {
    const options = { startTime: moment(begun), attributes }
    this.#tracer.startSpan(name, options, this.#within).end(moment(ended))
  }
}
