import Database from 'libsql/promise'
import { LRUCache } from 'lru-cache'
import type { AnswerOptions } from '../graph-store.js'
import { runWithin } from '../run-within.js'

interface PreparedStatement {
  all(parameters: readonly unknown[]): Promise<readonly unknown[]>
}

interface Connection {
  readonly database: Database
  /** By text. */
  readonly statements: LRUCache<string, PreparedStatement>
  /** Whether it reads only, and keeps as much at hand as it should. */
  isSetUp: boolean
}

/** Statements kept prepared for each connection, and their characters; preparing costs 13 to 83 µs. */
const KEPT = { max: 500, maxSize: 2_000_000 }

/** Several connections that read, each one statement at a time, off the main thread. */
export class ReadConnections {
  readonly #idle: Connection[] = []
  /** In the order in which they came. */
  readonly #waiting = new Set<(connection: Connection) => void>()
  readonly #all: Connection[] = []

  constructor(
    readonly path: string,
    readonly size: number,
  ) {}

  /**
   * Runs a statement that gives one row with one column. Its time begins when it is asked, and it may be ended while it
   * waits for a connection.
   * @throws RapporteurError `TIMEOUT`, `CANCELLED`
   */
  async get(sql: string, parameters: readonly unknown[], options: AnswerOptions = {}): Promise<unknown> {
    let connection = null as Connection | null
    let leave: (() => void) | undefined
    let interrupting: NodeJS.Timeout | undefined
    // The connection's interrupt ends the statement within milliseconds; the statement's own waits until it is done (libsql 0.5.29).
    const interrupt = () => connection?.database.interrupt()
    const end = () => {
      leave?.()
      interrupt()
      // A statement that another thread had not begun by then would run on.
      interrupting ??= setInterval(interrupt, 20)
    }
    const run = async (isEnded: () => boolean): Promise<unknown> => {
      const turn = (taken: (each: Connection) => void, left: (why: Error) => void) => {
        leave = this.#wait(taken, left)
      }
      connection = this.#idle.pop() ?? this.#open() ?? (await new Promise<Connection>(turn))
      if (!connection.isSetUp) await setUp(connection)
      const statement = await this.#prepared(connection, sql)
      if (isEnded()) throw new Error('The question was ended before it began.')
      // Of `all()` the step to the first row, here the only one, runs off the main thread; `get()` holds it (libsql 0.5.29).
      const [row] = (await statement.all(parameters)) as Readonly<Record<string, unknown>>[]
      return row && Object.values(row)[0]
    }
    try {
      return await runWithin(options, { run, end })
    } finally {
      clearInterval(interrupting)
      if (connection) this.#release(connection)
    }
  }

  close(): void {
    for (const { database, statements } of this.#all) {
      statements.clear()
      database.close()
    }
    this.#all.length = 0
    this.#idle.length = 0
  }

  /** A further connection; null where there are as many as there may be. */
  #open(): Connection | null {
    if (this.#all.length >= this.size) return null
    const statements = new LRUCache<string, PreparedStatement>({ ...KEPT, sizeCalculation: (_, sql) => sql.length })
    const connection = { database: new Database(this.path, { timeout: 5000 }), statements, isSetUp: false }
    this.#all.push(connection)
    return connection
  }

  /** Waits for a connection to be given back, after those who wait already. @returns what leaves the queue */
  #wait(taken: (connection: Connection) => void, left: (why: Error) => void): () => void {
    this.#waiting.add(taken)
    return () => {
      this.#waiting.delete(taken)
      left(new Error('The question was ended while it waited for others.'))
    }
  }

  #release(connection: Connection): void {
    const [next] = this.#waiting
    if (!next) {
      this.#idle.push(connection)
      return
    }
    this.#waiting.delete(next)
    next(connection)
  }

  async #prepared({ database, statements }: Connection, sql: string): Promise<PreparedStatement> {
    const known = statements.get(sql)
    if (known) return known
    const statement = (await database.prepare(sql)) as PreparedStatement
    statements.set(sql, statement)
    return statement
  }
}

/** Makes a new connection one that reads; where that fails, whoever takes it next tries again. */
const setUp = async (connection: Connection): Promise<void> => {
  await connection.database.exec('PRAGMA query_only = ON')
  await connection.database.exec('PRAGMA cache_size = -32000')
  connection.isSetUp = true
}
