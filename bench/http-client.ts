import { connect, type Socket } from 'node:net'

/** Asks a server on this machine over connections that it keeps. */
export interface Client {
  /** @returns the body of the answer, read to its end; what a client makes of its bytes is not the server's time */
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Buffer>
  close(): void
}

/**
 * A client that does little itself, since it shares the processor with what it measures: it writes a request as one piece,
 * and looks at no more of an answer than where it ends.
 */
export const clientOf = (
  url: string,
  connections: number,
  headers: Readonly<Record<string, string>> = {},
  localAddress?: string,
): Client => {
  const { host, hostname, port, pathname } = new URL(url)
  const head = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\naccept: application/json\r\n${Object.entries(
    headers,
  )
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}`
  const idle: Connection[] = []
  const all = new Set<Connection>()
  const waiting: ((connection: Connection) => void)[] = []
  const take = (): Promise<Connection> | Connection => {
    const free = idle.pop()
    if (free) return free
    if (all.size === connections) return new Promise((resolve) => waiting.push(resolve))
    const made = new Connection(
      connect({ port: Number(port), host: hostname, ...(localAddress && { localAddress }) }),
      () => {
        // A server closes what is not used for some seconds.
        all.delete(made)
        const place = idle.indexOf(made)
        if (place >= 0) idle.splice(place, 1)
      },
    )
    all.add(made)
    return made
  }
  return {
    async ask(query, variables) {
      const body = JSON.stringify({ query, variables })
      const connection = await take()
      const answer = await connection.ask(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
      const next = waiting.shift()
      if (next) next(connection)
      else idle.push(connection)
      return answer
    },
    close() {
      for (const each of all) each.close()
    },
  }
}

/** A connection that waits for one answer at a time. */
class Connection {
  readonly #socket: Socket
  #chunks: Buffer[] = []
  #waiting: { readonly resolve: (body: Buffer) => void; readonly reject: (cause: Error) => void } | null = null

  constructor(socket: Socket, onClose: () => void) {
    this.#socket = socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk)
      const body = bodyOf(this.#chunks)
      if (!body) return
      this.#chunks = []
      this.#waiting?.resolve(body)
      this.#waiting = null
    })
    socket.on('error', (cause) => this.#waiting?.reject(cause))
    socket.on('close', () => {
      onClose()
      this.#waiting?.reject(new Error('The server closed the connection.'))
    })
  }

  ask(request: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#waiting = null
    this.#socket.destroy()
  }
}

const END = Buffer.from('0\r\n\r\n')

/** The body of an answer, or null while some of it is missing. */
const bodyOf = (chunks: readonly Buffer[]): Buffer | null => {
  const [first] = chunks
  const headEnd = first?.indexOf('\r\n\r\n') ?? -1
  // The head comes in one piece.
  if (!first || headEnd < 0) return null
  const length = /\r\ncontent-length: *(\d+)/i.exec(first.toString('latin1', 0, headEnd))?.[1]
  const received = chunks.reduce((sum, chunk) => sum + chunk.length, 0) - headEnd - 4
  if (length !== undefined) return received < Number(length) ? null : Buffer.concat(chunks).subarray(headEnd + 4)
  if (!chunks.at(-1)?.subarray(-END.length).equals(END)) return null
  const parts: Buffer[] = []
  let rest = Buffer.concat(chunks).subarray(headEnd + 4)
  for (;;) {
    const lineEnd = rest.indexOf('\r\n')
    const size = Number.parseInt(rest.toString('latin1', 0, lineEnd), 16)
    if (!size) return Buffer.concat(parts)
    parts.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size))
    rest = rest.subarray(lineEnd + 4 + size)
  }
}
