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
}

/** Statements kept prepared for each connection, and their characters; preparing costs 13 to 83 µs. */
const KEPT = { max: 500, maxSize: 2_000_000 }

/** Several connections that read, each one statement at a time, off the main thread. */
export class ReadConnections {
  readonly #idle: Connection[] = []
  readonly #waiting: ((connection: Connection) => void)[] = []
  readonly #all: Connection[] = []

  constructor(
    readonly path: string,
    readonly size: number,
  ) {}

  /**
   * Runs a statement that gives one row with one column.
   * @throws RapporteurError `TIMEOUT`, `CANCELLED`
   */
  async get(sql: string, parameters: readonly unknown[], options: AnswerOptions = {}): Promise<unknown> {
    const connection = await this.#acquire()
    let interrupting: NodeJS.Timeout | undefined
    const end = () => {
      // The connection's interrupt ends the statement within milliseconds; the statement's own waits until it is done (libsql 0.5.29).
      connection.database.interrupt()
      // A statement that another thread had not begun by then would run on.
      interrupting ??= setInterval(() => connection.database.interrupt(), 20)
    }
    const run = async (isEnded: () => boolean): Promise<unknown> => {
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
      this.#release(connection)
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

  async #acquire(): Promise<Connection> {
    const idle = this.#idle.pop()
    if (idle) return idle
    if (this.#all.length >= this.size) return new Promise((resolve) => this.#waiting.push(resolve))
    const statements = new LRUCache<string, PreparedStatement>({ ...KEPT, sizeCalculation: (_, sql) => sql.length })
    const connection = { database: new Database(this.path, { timeout: 5000 }), statements }
    this.#all.push(connection)
    await connection.database.exec('PRAGMA query_only = ON')
    await connection.database.exec('PRAGMA cache_size = -32000')
    return connection
  }

  #release(connection: Connection): void {
    const next = this.#waiting.shift()
    if (next) next(connection)
    else this.#idle.push(connection)
  }

  async #prepared({ database, statements }: Connection, sql: string): Promise<PreparedStatement> {
    const known = statements.get(sql)
    if (known) return known
    const statement = (await database.prepare(sql)) as PreparedStatement
    statements.set(sql, statement)
    return statement
  }
}
