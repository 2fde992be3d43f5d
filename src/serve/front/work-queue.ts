import { availableParallelism } from 'node:os'
import { machineLoad } from './machine-load.js'

/** Of the requests that may be worked on, one client has at most one in so many. */
const SHARE = 4
/** Milliseconds after which a request is long at work: it waits for the store, and leaves the processor to others. */
const LONG = 100
/** Milliseconds that a request waits for its turn at most, and between two looks at those that wait. */
const PATIENCE = 1000
const LOOK_EVERY = 50
/** Milliseconds of waiting beyond which those that came last are answered first. */
const LATE = 100
/** Milliseconds after which no more is begun before what has arrived meanwhile is read. */
const TURN = 5
const LOOKS_AT_LOAD = 5
/** Requests that wait: of all clients, and of one. */
const MOST_WAITING = 1000
const MOST_WAITING_OF_ONE = 64
/** More than these of one client, and it is told that it asks too much. */
const MUCH_WAITING_OF_ONE = 16
/** Requests that are brief so far and worked on at once, at the beginning; never fewer than the processors are kept busy by. */
const BRIEF = 16
const FEWEST = availableParallelism()
/** How busy the machine is when fewer are begun at once, and when more may be. */
const BUSY = 0.9
const FREE = 0.75

/** Why a request is not worked on: its client asks too much, or all together do. */
export type Refused = 'TOO_MANY_REQUESTS' | 'OVERLOADED'

/** A request that wants to be worked on. */
export interface Work {
  readonly client: string
  /** Whether its client has gone. */
  isGone(): boolean
  /** Begins it; whoever does calls `end` when it is not worked on any more. */
  begin(end: () => void): void
  refuse(why: Refused): void
}

interface Waiting {
  readonly work: Work
  readonly since: number
}

interface Begun {
  readonly since: number
  isLong: boolean
}

/** What a client has asked. */
interface Client {
  readonly name: string
  working: number
  /** The newest last. */
  readonly waiting: Waiting[]
}

/**
 * Has so many requests worked on at once, and of each client its share. Of those beyond, every second turn is that of a
 * client that had nothing under way, so that who asks little does not wait for all who ask much; the others are of the
 * client that was served longest ago, and of its requests the oldest; the newest, once they wait too long. So when more is
 * asked than can be answered, some are answered soon and the others refused, where first come, first served would be late
 * for all. How many brief ones are begun at once follows from how busy the machine is; what is long at work waits for
 * something else than the processor.
 */
export class WorkQueue {
  readonly #clients = new Map<string, Client>()
  /** Clients that wait and had nothing under way before: every second turn is theirs. */
  readonly #fresh = new Set<Client>()
  #wasFresh = false
  /** The others that wait, the one whose turn is next first. */
  readonly #turns = new Set<Client>()
  /** The oldest first. */
  readonly #begun = new Set<Begun>()
  #brief = 0
  #waiting = 0
  #limit = BRIEF
  #looks = 0
  /** When the first was begun in this turn of the event loop; 0 where none was. */
  #turnBegun = 0
  #timer: NodeJS.Timeout | undefined
  readonly #share: number
  /** How many were refused since the start. */
  readonly refused: Record<Refused, number> = { TOO_MANY_REQUESTS: 0, OVERLOADED: 0 }

  /**
   * @param most requests that are worked on at once
   * @param load how busy the machine was since it was last asked, from 0 to 1
   */
  constructor(
    readonly most: number,
    readonly load: () => number = machineLoad(),
  ) {
    this.#share = Math.ceil(most / SHARE)
  }

  /** Begins a request now or within a second, or refuses it. */
  enter(work: Work): void {
    const client = this.#clients.get(work.client) ?? { name: work.client, working: 0, waiting: [] }
    this.#clients.set(work.client, client)
    if (client.waiting.length === 0 && client.working < this.#share && this.#hasRoom()) {
      this.#begin(client, work)
      return
    }
    const isFresh = client.waiting.length === 0 && client.working === 0
    client.waiting.push({ work, since: performance.now() })
    this.#waiting += 1
    if (isFresh) this.#fresh.add(client)
    else if (!this.#fresh.has(client)) this.#turns.add(client)
    if (client.waiting.length > MOST_WAITING_OF_ONE) this.#refuseOldest(client)
    else if (this.#waiting > MOST_WAITING) this.#refuseOldest(this.#longest())
    if (this.#timer) return
    this.load()
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY).unref()
  }

  #hasRoom(): boolean {
    if (this.#begun.size >= this.most) return false
    if (this.#turnBegun > 0 && performance.now() - this.#turnBegun > TURN) return false
    if (this.#brief >= Math.min(this.#limit, this.most)) this.#age()
    return this.#brief < this.#limit
  }

  /** Sees what has become long. */
  #age(): void {
    const before = performance.now() - LONG
    for (const begun of this.#begun) {
      if (begun.since > before) return
      if (begun.isLong) continue
      begun.isLong = true
      this.#brief -= 1
    }
  }

  #begin(client: Client, work: Work): void {
    const begun = { since: performance.now(), isLong: false }
    if (this.#turnBegun === 0) {
      this.#turnBegun = begun.since
      setImmediate(() => {
        this.#turnBegun = 0
        this.#fill()
      })
    }
    this.#begun.add(begun)
    this.#brief += 1
    client.working += 1
    work.begin(() => {
      if (!this.#begun.delete(begun)) return
      if (!begun.isLong) this.#brief -= 1
      client.working -= 1
      if (this.#waiting > 0) this.#fill()
      this.#leave(client)
    })
  }

  /** Begins as many of those that wait as there is room for. */
  #fill(): void {
    while (this.#waiting > 0 && this.#hasRoom()) {
      const client = this.#next()
      const next = client && takeNext(client.waiting)
      if (!client || !next) return
      this.#waiting -= 1
      this.#wasFresh = this.#fresh.has(client)
      this.#forgetTurn(client)
      if (client.waiting.length > 0) this.#turns.add(client)
      if (next.work.isGone()) this.#leave(client)
      else this.#begin(client, next.work)
    }
  }

  #next(): Client | undefined {
    const [fresh] = this.#fresh
    if (fresh && !this.#wasFresh) return fresh
    for (const client of this.#turns) if (client.working < this.#share) return client
    return fresh
  }

  #forgetTurn(client: Client): void {
    this.#fresh.delete(client)
    this.#turns.delete(client)
  }

  #longest(): Client {
    return [...this.#fresh, ...this.#turns].reduce((longest, each) =>
      each.waiting.length > longest.waiting.length ? each : longest,
    )
  }

  #refuseOldest(client: Client): void {
    const isMuch = client.working >= this.#share || client.waiting.length > MUCH_WAITING_OF_ONE
    const oldest = client.waiting.shift()
    if (!oldest) return
    this.#waiting -= 1
    if (client.waiting.length === 0) this.#forgetTurn(client)
    if (!oldest.work.isGone()) oldest.work.refuse(isMuch ? 'TOO_MANY_REQUESTS' : 'OVERLOADED')
    this.#leave(client)
  }

  #leave(client: Client): void {
    if (client.working === 0 && client.waiting.length === 0) this.#clients.delete(client.name)
  }

  #look(): void {
    const before = performance.now() - PATIENCE
    for (const client of [...this.#fresh, ...this.#turns])
      while (client.waiting[0] && client.waiting[0].since < before) this.#refuseOldest(client)
    this.#looks += 1
    if (this.#looks % LOOKS_AT_LOAD === 0) this.#adapt()
    this.#fill()
    if (this.#waiting > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #adapt(): void {
    const load = this.load()
    if (load > BUSY) this.#limit = Math.max(FEWEST, Math.floor(this.#limit * 0.7))
    else if (load < FREE) this.#limit = Math.min(this.most, this.#limit + 4)
  }
}

const takeNext = (waiting: Waiting[]): Waiting | undefined => {
  const [oldest] = waiting
  return oldest && performance.now() - oldest.since < LATE ? waiting.shift() : waiting.pop()
}
