import { Ask } from '../../src/ask/ask.js'
import { createExecutor } from '../../src/query/execute.js'
import { createServer } from '../../src/serve/server.js'
import type { GraphStore } from '../../src/store/graph-store.js'
import { schema, shape } from './engines.js'

/** What the service answers to a request. */
export interface Reconciled {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body, where it is JSON. */
  readonly body: unknown
}

/** A client of the service that does as OpenRefine does. */
export class ReconciliationClient {
  readonly #server
  /** The documents that were asked, in their order. */
  readonly asked: string[] = []

  constructor(store: GraphStore) {
    const ask = new Ask({ schema, executor: () => createExecutor({ schema, shape, store, timeout: 20_000 }) })
    const question = ask.question.bind(ask)
    ask.question = (text, asking) => {
      this.asked.push(text)
      return question(text, asking)
    }
    this.#server = createServer({
      ask,
      shape,
      readiness: async () => ({ ready: true, sentence: 'Ready.' }),
      log: () => undefined,
    })
  }

  async request(path: string, init: RequestInit = {}): Promise<Reconciled> {
    const response = await this.#server.fetch(`http://graph.example/reconcile${path}`, init)
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json')
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
  }

  /** Sends a form. */
  post(form: Readonly<Record<string, unknown>>): Promise<Reconciled> {
    const fields = Object.entries(form).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ])
    const headers = { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' }
    return this.request('', { method: 'POST', headers, body: new URLSearchParams(fields).toString() })
  }

  /** The answers to a batch of queries. */
  async reconcile(queries: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, Answered>>> {
    const { status, text, body } = await this.post({ queries })
    if (status !== 200) throw new Error(`The batch was refused with ${status}: ${text}`)
    return body as Record<string, Answered>
  }
}

export interface Answered {
  readonly result: readonly {
    readonly id: string
    readonly name: string
    readonly description: string
    readonly score: number
    readonly match: boolean
    readonly features: readonly { readonly id: string; readonly value: number | boolean }[]
  }[]
  readonly error?: { readonly code: string; readonly message: string }
}

/** The features of the best candidate, by their ids. */
export const featuresOf = ({ result: [best] }: Answered): Readonly<Record<string, number | boolean>> =>
  Object.fromEntries((best?.features ?? []).map(({ id, value }) => [id, value]))
