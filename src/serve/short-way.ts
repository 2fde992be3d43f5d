import type { IncomingMessage } from 'node:http'
import type { DocumentNode, ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { LRUCache } from 'lru-cache'
import type { Ask } from '../ask/ask.js'
import { GoneClient } from '../gone.js'
import type { WrittenResult } from '../query/written-result.js'
import type { FrontListener } from './front/layer.js'
import type { FrontRequest, FrontResponse } from './front/messages.js'
import { COST_HEADER, EXPLAIN_HEADER } from './plugins/answer-questions.js'
import { persistedIn } from './plugins/persisted-queries.js'

/** What of `extensions` asks for nothing but what is done here; Apollo's client tells its name there. */
const HARMLESS = new Set(['persistedQuery', 'clientLibrary'])
/** `Accept` headers remembered. */
const MAX_ACCEPTS = 50

export interface ShortWayOptions {
  readonly ask: Ask
  readonly endpoint: string
  /** Bytes of the largest body. */
  readonly bodyLimit: number
}

/** What a POST with a question has in it. */
interface Question {
  readonly document: DocumentNode
  readonly variables: Readonly<Record<string, unknown>> | undefined
  readonly operationName: string | undefined
}

/**
 * A second front for a plain POST of JSON with a document that was read before: without the objects that Yoga makes of
 * a request, it is a third of a millisecond shorter. What is asked goes to `Ask` as from Yoga; whatever is the least bit
 * unusual goes to Yoga as it came, and so does an answer with errors, which is not asked again there. How an answer's
 * headers follow from the request is Yoga's business: they are remembered from its own answers, for each `Accept`.
 */
export class ShortWay {
  readonly #headers = new LRUCache<string, Readonly<Record<string, string>>>({ max: MAX_ACCEPTS })
  readonly #answered = new WeakMap<IncomingMessage, ExecutionResult>()

  constructor(readonly options: ShortWayOptions) {}

  /** Remembers headers, and gives answers with errors to Yoga. Stands after the plugins that execute and set headers. */
  readonly plugin: Plugin = {
    onExecute: ({ context, setExecuteFn }) => {
      const { req } = context as { readonly req?: IncomingMessage }
      const result = req && this.#answered.get(req)
      if (result) setExecuteFn(() => result)
    },
    onResponse: ({ request, response, serverContext }) => {
      const { req } = serverContext as { readonly req?: IncomingMessage }
      if (!req || req.url !== this.options.endpoint || req.method !== 'POST' || response.status !== 200) return
      if (!/^application\/(graphql-response\+)?json\b/.test(response.headers.get('content-type') ?? '')) return
      const headers = [...response.headers].filter(([name]) => name.toLowerCase() !== 'content-length')
      this.#headers.set(request.headers.get('accept') ?? '', Object.fromEntries(headers))
    },
  }

  /** Answers what is known, and gives the rest to the listener that answers everything. */
  before(yoga: FrontListener): FrontListener {
    return (request, response) => {
      const body = request.bytes
      const headers = body && this.#isPlain(request) ? this.#headers.get(request.headers.accept ?? '') : undefined
      if (!body || !headers) return yoga(request, response)
      void this.#answer(body, headers, request, response)
        .catch(() => {
          // What has begun cannot be begun again.
          if (response.headersSent) response.destroy()
          return response.destroyed
        })
        .then((isAnswered) => isAnswered || yoga(request, response))
    }
  }

  #isPlain({ method, url, headers }: IncomingMessage): boolean {
    return (
      method === 'POST' &&
      url === this.options.endpoint &&
      /^application\/json(; *charset=utf-8)?$/i.test(headers['content-type'] ?? '') &&
      headers['content-encoding'] === undefined &&
      headers[EXPLAIN_HEADER] === undefined &&
      headers[COST_HEADER] === undefined &&
      headers['content-length'] !== undefined &&
      Number(headers['content-length']) <= this.options.bodyLimit
    )
  }

  /** @returns whether the answer was sent, or nobody is left to send it to */
  async #answer(
    body: Buffer,
    headers: Readonly<Record<string, string>>,
    request: FrontRequest,
    response: FrontResponse,
  ): Promise<boolean> {
    const question = this.#read(body)
    if (!question) return false
    const gone = new GoneClient()
    response.once('close', gone.abort)
    const { document, ...asking } = question
    let result: ExecutionResult | WrittenResult | undefined
    try {
      result = await this.options.ask.answer(document, { ...asking, signal: gone })
    } catch {
      // Yoga has an answer to that, too.
    }
    response.removeListener('close', gone.abort)
    if (response.destroyed) return true
    if (!result) return false
    if (result.errors || !isWritten(result)) {
      this.#answered.set(request, result)
      return false
    }
    const answer = result.stringify(result)
    response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(answer) })
    response.end(answer)
    return true
  }

  /** The question in a body; nothing where its document is not known or anything about it is not as it should be. */
  #read(body: Buffer): Question | undefined {
    let read: unknown
    try {
      read = JSON.parse(body.toString())
    } catch {
      return undefined
    }
    if (typeof read !== 'object' || read === null) return undefined
    const { query, variables, operationName, extensions, ...more } = read as Readonly<Record<string, unknown>>
    const text = extensions == null ? query : this.#persisted(query, extensions)
    const known = typeof text === 'string' ? this.options.ask.documents.known(text) : undefined
    const isGood =
      Object.keys(more).length === 0 &&
      (variables == null || (typeof variables === 'object' && !Array.isArray(variables))) &&
      (operationName == null || typeof operationName === 'string')
    if (!known || known.errors.length > 0 || !isGood) return undefined
    return {
      document: known.document,
      variables: (variables ?? undefined) as Question['variables'],
      operationName: (operationName ?? undefined) as string | undefined,
    }
  }

  /** The text of the document that only its hash is sent of; nothing where anything else is sent. */
  #persisted(query: unknown, extensions: unknown): string | undefined {
    const persisted = persistedIn(extensions)
    const isPlain = query === undefined && Object.keys(extensions as object).every((key) => HARMLESS.has(key))
    return persisted && isPlain ? this.options.ask.documents.persisted(persisted.sha256Hash) : undefined
  }
}

const isWritten = (result: ExecutionResult): result is WrittenResult => 'stringify' in result
