import { pathToFileURL } from 'node:url'
import Database from 'libsql/promise'
import { LRUCache } from 'lru-cache'
import { setThreads } from '../../settings.js'
import type { AnswerOptions } from '../graph-store.js'
import { Turns } from '../turns.js'

// Statements run on threads of libsql's (0.5.29), of which there are no more than processors unless told before the first
// begins: on two processors two long statements would hold up all others, on whatever connections.
setThreads(16)

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
  readonly #all = new Set<Connection>()
  readonly #turns: Turns
  #pings: Connection | null = null
  #pinging: Promise<void> | null = null

  constructor(
    readonly path: string,
    readonly size: number,
  ) {
    this.#turns = new Turns({ places: size })
  }

  /**
   * Runs a statement that gives one row with one column. Its time begins when it is asked, and it may be ended while it
   * waits for a connection.
   * @throws RapporteurError `TIMEOUT`, `CANCELLED`
   */
  get(sql: string, parameters: readonly unknown[], options: AnswerOptions = {}): Promise<unknown> {
    let connection: Connection | undefined
    let interrupting: NodeJS.Timeout | undefined
    // The connection's interrupt ends the statement within milliseconds; the statement's own waits until it is done (libsql 0.5.29).
    const interrupt = () => connection?.database.interrupt()
    const end = () => {
      interrupt()
      // A statement that another thread had not begun by then would run on.
      interrupting ??= setInterval(interrupt, 20)
    }
    const run = async (isEnded: () => boolean): Promise<unknown> => {
      connection = this.#idle.pop() ?? this.#open()
      try {
        if (!connection.isSetUp) await setUp(connection)
        const statement = await prepared(connection, sql)
        if (isEnded()) throw new Error('The question was ended before it began.')
        // Of `all()` the step to the first row, here the only one, runs off the main thread; `get()` holds it (libsql 0.5.29).
        const [row] = (await statement.all(parameters)) as Readonly<Record<string, unknown>>[]
        return row && Object.values(row)[0]
      } finally {
        clearInterval(interrupting)
        interrupting = undefined
        this.#idle.push(connection)
        connection = undefined
      }
    }
    return this.#turns.run(sql, options, { run, end })
  }

  /** Reads a page of the file, on a connection that no question holds. */
  async ping(): Promise<void> {
    this.#pinging ??= this.#ping().finally(() => {
      this.#pinging = null
    })
    await this.#pinging
  }

  close(): void {
    for (const { database, statements } of this.#all) {
      statements.clear()
      database.close()
    }
    this.#all.clear()
    this.#idle.length = 0
    this.#pings = null
  }

  async #ping(): Promise<void> {
    this.#pings ??= this.#open()
    if (!this.#pings.isSetUp) await setUp(this.#pings)
    const statement = await prepared(this.#pings, 'SELECT count(*) FROM sqlite_master')
    await statement.all([])
  }

  #open(): Connection {
    const statements = new LRUCache<string, PreparedStatement>({ ...KEPT, sizeCalculation: (_, sql) => sql.length })
    // By its plain path SQLite would make a file that is gone.
    const database = new Database(`${pathToFileURL(this.path)}?mode=rw`, { timeout: 5000 })
    const connection = { database, statements, isSetUp: false }
    this.#all.add(connection)
    return connection
  }
}

/** Makes a new connection one that reads; where that fails, whoever takes it next tries again. */
const setUp = async (connection: Connection): Promise<void> => {
  await connection.database.exec('PRAGMA query_only = ON')
  await connection.database.exec('PRAGMA cache_size = -32000')
  connection.isSetUp = true
}

const prepared = async ({ database, statements }: Connection, sql: string): Promise<PreparedStatement> => {
  const known = statements.get(sql)
  if (known) return known
  const statement = (await database.prepare(sql)) as PreparedStatement
  statements.set(sql, statement)
  return statement
}
