import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import Database from 'libsql/promise'
import { LRUCache } from 'lru-cache'
import { setThreads } from '../../settings.js'
import type { AnswerOptions, StatementsUnderWay } from '../graph-store.js'
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
  /** Whether a statement is under way. */
  isBusy: boolean
  /** Whether it is to be closed when it is free. */
  isOutdated: boolean
}

/** Statements kept prepared for each connection, and their characters, each of which takes some 35 bytes; preparing costs 13 to 83 µs. */
const KEPT = { max: 500, maxSize: 200_000 }

/** Several connections that read, each one statement at a time, off the main thread. */
export class ReadConnections {
  readonly #idle: Connection[] = []
  readonly #all = new Set<Connection>()
  readonly #turns: Turns
  #renewing: Promise<void> | null = null
  #pings: Connection | null = null
  #pinging: Promise<void> | null = null

  constructor(
    readonly path: string,
    readonly size: number,
    /** `ro` where nothing may be written, not even what SQLite does to read a log. */
    readonly mode: 'ro' | 'rw' = 'rw',
  ) {
    // A long statement takes a processor for itself; one is left for what is small, and for this thread.
    const [long, unknown] = [Math.min(size, availableParallelism()) - 1, Math.floor(size / 2)]
    this.#turns = new Turns({ places: size, long, unknown })
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
      if (this.#renewing !== null) await this.#renewing
      connection = this.#take()
      try {
        if (!connection.isSetUp) await setUp(connection)
        const statement = connection.statements.get(sql) ?? (await prepare(connection, sql))
        if (isEnded()) throw new Error('The question was ended before it began.')
        // Of `all()` the step to the first row, here the only one, runs off the main thread; `get()` holds it (libsql 0.5.29).
        const [row] = (await statement.all(parameters)) as Readonly<Record<string, unknown>>[]
        return row && Object.values(row)[0]
      } finally {
        clearInterval(interrupting)
        interrupting = undefined
        this.#release(connection)
        connection = undefined
      }
    }
    return this.#turns.run(sql, options, { run, end })
  }

  underWay(): StatementsUnderWay {
    return this.#turns.underWay()
  }

  /** Reads a page of the file, on a connection that no question holds. */
  async ping(): Promise<void> {
    this.#pinging ??= this.#ping().finally(() => {
      this.#pinging = null
    })
    await this.#pinging
  }

  /**
   * Closes all connections, ends what runs on them, and lets go of the file; new ones are opened when there is a question.
   * What was ended throws SQLite's interruption.
   */
  renew(): Promise<void> {
    const renewing = this.#renew()
      .catch(() => undefined)
      .finally(() => {
        if (this.#renewing === renewing) this.#renewing = null
      })
    this.#renewing = renewing
    return renewing
  }

  /** Closes what nothing runs on, and the others when that has ended: to interrupt a closed one ends the process (libsql 0.5.29). */
  close(): void {
    for (const connection of this.#all) {
      connection.isOutdated = true
      if (!connection.isBusy) this.#close(connection)
    }
    this.#idle.length = 0
    this.#pings = null
  }

  async #renew(): Promise<void> {
    if (this.#all.size === 0) return
    this.#idle.length = 0
    this.#pings = null
    const all = [...this.#all]
    for (const connection of all) {
      connection.isOutdated = true
      if (!connection.isBusy) this.#close(connection)
    }
    while (all.some((connection) => this.#all.has(connection))) {
      for (const { isBusy, database } of all) if (isBusy) database.interrupt()
      await sleep(10)
    }
    all.length = 0
    // A statement keeps the file open, and with it what SQLite thinks is in it, until it is collected (libsql 0.5.29).
    collectGarbage()
    await sleep(10)
  }

  #take(): Connection {
    const connection = this.#idle.pop() ?? this.#open()
    connection.isBusy = true
    return connection
  }

  #release(connection: Connection): void {
    connection.isBusy = false
    if (connection.isOutdated) this.#close(connection)
    else if (this.#all.has(connection)) this.#idle.push(connection)
  }

  #close(connection: Connection): void {
    connection.statements.clear()
    connection.database.close()
    this.#all.delete(connection)
  }

  async #ping(): Promise<void> {
    await this.#renewing
    const connection = this.#pings ?? this.#open()
    this.#pings = connection
    connection.isBusy = true
    try {
      if (!connection.isSetUp) await setUp(connection)
      const sql = 'SELECT count(*) FROM sqlite_master'
      const statement = connection.statements.get(sql) ?? (await prepare(connection, sql))
      await statement.all([])
    } finally {
      connection.isBusy = false
      if (connection.isOutdated) this.#close(connection)
    }
  }

  #open(): Connection {
    const statements = new LRUCache<string, PreparedStatement>({ ...KEPT, sizeCalculation: (_, sql) => sql.length })
    // By its plain path SQLite would make a file that is gone.
    const database = new Database(`${pathToFileURL(this.path)}?mode=${this.mode}`, { timeout: 5000 })
    const connection = { database, statements, isSetUp: false, isBusy: false, isOutdated: false }
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

const prepare = async ({ database, statements }: Connection, sql: string): Promise<PreparedStatement> => {
  const statement = (await database.prepare(sql)) as PreparedStatement
  statements.set(sql, statement)
  return statement
}

const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}
