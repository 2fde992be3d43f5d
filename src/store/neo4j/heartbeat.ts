import { randomUUID } from 'node:crypto'
import neo4j, { type Driver, Neo4jError, type ResultSummary } from 'neo4j-driver'
import { RapporteurError } from '../../errors.js'
import { serverKind } from './server-kind.js'
import { doesNotAnswer, translateError } from './translate-error.js'

/** Milliseconds that an answer is waited for before the server is asked whether it lives, and between two such questions. */
const PATIENCE = 1000
/** Milliseconds within which a server that lives says so. */
const LIMIT = 2000
/** The key, in what is told of a statement's transaction, of the name by which it is found. */
const NAME = 'rapporteur'

/** Something that waits for an answer. */
export interface Watch {
  /** To be told with its transaction, so that it can be found on the server. */
  readonly metadata: Readonly<Record<string, string>>
  /** To be told when it is sent, where it was not at once: while it waits for its turn here, the server cannot know of it. */
  sent(): void
  /** Rejects where the server has gone silent (`UNAVAILABLE`), or this one connection to it has (`SilentConnection`). */
  readonly silence: Promise<never>
  /** To be called when the answer is there, or is no longer waited for. */
  stop(): void
}

/** A connection is silent while the server answers on others. */
export class SilentConnection extends RapporteurError {}

/**
 * Tells a Neo4j that has gone silent from one that is still at work. While an answer is waited for longer than a second,
 * the server is asked on a new connection whether it lives, and which transactions it has: one that it does not have,
 * though its answer did not come, was lost with its connection, as behind a firewall that has forgotten it.
 */
export class Heartbeat {
  readonly #watching = new Set<(why: RapporteurError) => void>()
  readonly #prefix = randomUUID()
  #last = 0
  #beat: Promise<ReadonlySet<string> | null> | null = null
  #isSilent = false
  /** How often the connections were made anew. */
  #renewals = 0
  /** Where answers came from: one server does not tell the transactions of another. */
  readonly #servers = new Set<string>()

  /**
   * @param connect gives a driver for one connection
   * @param onSilence told when the connections there are can no longer be trusted
   * @param slowness how many times as long as usual the server may take to say that it lives
   */
  constructor(
    readonly connect: () => Driver,
    readonly location: string,
    readonly onSilence: () => void,
    readonly slowness = 1,
  ) {}

  /** Asks whether the server lives. @throws RapporteurError within 2 s: `UNAVAILABLE`, `STORE_ACCESS` */
  async beat(): Promise<void> {
    await this.#ask()
  }

  /** Waits for a server that was silent when it was last asked to say that it lives. @throws as `beat` */
  async untilHeard(): Promise<void> {
    if (this.#isSilent) await this.#ask()
  }

  /** Notes where an answer came from. */
  answered({ server }: ResultSummary): void {
    if (server.address) this.#servers.add(server.address)
  }

  /**
   * @param patience milliseconds before it is asked first, and between two times
   * @param isSent whether it is sent at once, and not only when its turn has come
   */
  watch(patience = PATIENCE, isSent = true): Watch {
    this.#last += 1
    const name = `${this.#prefix} ${this.#last}`
    let fail = (_why: RapporteurError): void => undefined
    const silence = new Promise<never>((_, reject) => {
      fail = reject
    })
    // Whoever has its answer does not listen any more.
    silence.catch(() => undefined)
    this.#watching.add(fail)
    const renewals = this.#renewals
    let missed = 0
    let mayBeKnown = isSent
    let timer: NodeJS.Timeout
    const look = async (): Promise<void> => {
      // Where it does not answer, all who wait are told below.
      const known = await this.#ask().catch(() => null)
      if (!this.#watching.has(fail)) return
      // Twice in a row, since the answer may be on its way.
      const isKnown = !mayBeKnown || known === null || known.has(name) || this.#servers.size > 1
      missed = isKnown ? 0 : missed + 1
      if (missed < 2) timer = setTimeout(look, patience)
      else {
        // Others who wait may have found it before.
        if (renewals === this.#renewals) this.#renew()
        fail(
          new SilentConnection('UNAVAILABLE', `A connection to Neo4j at ${this.location} has gone silent. Ask again.`),
        )
      }
    }
    timer = setTimeout(look, patience)
    return {
      metadata: { [NAME]: name },
      silence,
      sent: () => {
        mayBeKnown = true
      },
      stop: () => {
        clearTimeout(timer)
        this.#watching.delete(fail)
      },
    }
  }

  /** Whoever asks while somebody does gets the same answer. @returns the names of the transactions; null if it does not tell */
  #ask(): Promise<ReadonlySet<string> | null> {
    this.#beat ??= this.#askNow().finally(() => {
      this.#beat = null
    })
    return this.#beat
  }

  async #askNow(): Promise<ReadonlySet<string> | null> {
    // One of the connections there are may be the very one that is silent.
    const driver = this.connect()
    const limit = LIMIT * this.slowness
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(doesNotAnswer(this.location, `Nothing came within ${limit} ms.`)), limit)
    })
    try {
      const names = await Promise.race([this.#transactions(driver), late])
      this.#isSilent = false
      return names
    } catch (cause) {
      const error = translateError(cause, this.location)
      if (error instanceof RapporteurError && error.code === 'UNAVAILABLE') this.#fallSilent(error)
      throw error
    } finally {
      clearTimeout(timer)
      driver.close().catch(() => undefined)
    }
  }

  #fallSilent(why: RapporteurError): void {
    if (!this.#isSilent) this.#renew()
    this.#isSilent = true
    for (const fail of this.#watching) fail(why)
  }

  #renew(): void {
    this.#renewals += 1
    this.onSilence()
  }

  async #transactions(driver: Driver): Promise<ReadonlySet<string> | null> {
    const session = driver.session({ defaultAccessMode: neo4j.session.READ })
    const text = `SHOW TRANSACTIONS YIELD metaData WHERE metaData.${NAME} STARTS WITH $prefix RETURN metaData.${NAME} AS name`
    try {
      const { records, summary } = await session.run(text, { prefix: this.#prefix })
      this.answered(summary)
      // One that lists transactions without what it was told with them would seem to have lost every one.
      if (!serverKind(summary.server.agent).listsTransactions) return null
      return new Set(records.map((record) => record.get('name') as string))
    } catch (error) {
      // A server that does not tell lives all the same.
      if (error instanceof Neo4jError && /ClientError\.(Security\.Forbidden|Statement)/.test(error.code)) return null
      throw error
    }
  }
}
