import { PassThrough } from 'node:stream'
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server'
import { StdioServerTransport, serveStdio as serve } from '@modelcontextprotocol/server/stdio'
import { type AgentOptions, serverMaker } from './make-server.js'

/** Milliseconds that what was asked before the other side closed its end is waited for. */
const PATIENCE = 10_000

/**
 * Serves the tools to the program that started this one, over its standard input and output, until that closes its end;
 * what was asked before is answered. Nothing else may be written to the standard output meanwhile.
 * @param base where a server answers, for links
 */
export const serveStdio = async (options: AgentOptions, base: string): Promise<void> => {
  const makeServer = serverMaker(options)
  const transport = new AnsweringTransport()
  // Nothing here changes that a client could wait for.
  const handle = serve(() => makeServer(base), { transport, maxSubscriptions: 0 })
  await transport.closed
  await handle.close()
}

/** The standard input and output; the SDK's own transport (2.4) leaves what is under way without an answer at the end. */
class AnsweringTransport implements Transport {
  onclose?: Transport['onclose']
  onerror?: Transport['onerror']
  onmessage?: Transport['onmessage']
  readonly closed: Promise<void>
  readonly #input = new PassThrough()
  readonly #inner = new StdioServerTransport(this.#input)
  readonly #unanswered = new Set<unknown>()
  #hasEnded = false

  constructor() {
    this.#inner.onmessage = (message) => this.#receive(message)
    this.#inner.onerror = (error) => this.onerror?.(error)
    this.closed = new Promise((resolve) => {
      this.#inner.onclose = () => {
        this.onclose?.()
        resolve()
      }
    })
  }

  async start(): Promise<void> {
    await this.#inner.start()
    process.stdin.pipe(this.#input, { end: false })
    process.stdin.once('end', () => {
      this.#hasEnded = true
      setTimeout(() => this.#inner.close(), PATIENCE).unref()
      // What came last is read before an immediate runs.
      setImmediate(() => this.#closeIfDone())
    })
    process.stdin.once('error', () => void this.#inner.close())
  }

  async send(message: JSONRPCMessage): Promise<void> {
    await this.#inner.send(message)
    if ('id' in message && !('method' in message)) this.#unanswered.delete(message.id)
    this.#closeIfDone()
  }

  close(): Promise<void> {
    return this.#inner.close()
  }

  #receive(message: JSONRPCMessage): void {
    if ('id' in message && 'method' in message) this.#unanswered.add(message.id)
    // What was cancelled gets no answer.
    if ('method' in message && message.method === 'notifications/cancelled')
      this.#unanswered.delete(message.params?.['requestId'])
    this.onmessage?.(message)
  }

  #closeIfDone(): void {
    if (this.#hasEnded && this.#unanswered.size === 0) void this.#inner.close()
  }
}
