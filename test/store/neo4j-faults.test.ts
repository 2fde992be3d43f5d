import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import neo4j from 'neo4j-driver'
import { afterAll, afterEach, describe, expect, inject, it } from 'vitest'
import { startNeo4j } from '../../scripts/neo4j-server.mjs'
import { prepareStore } from '../../src/import/prepare-store.js'
import { graphHash } from '../../src/store/graph-hash.js'
import { type Changes, type GraphStore, NO_CHANGES } from '../../src/store/graph-store.js'
import { Heartbeat } from '../../src/store/neo4j/heartbeat.js'
import { Neo4jStore } from '../../src/store/neo4j/neo4j-store.js'
import type { Plan } from '../../src/store/plan.js'
import { constant } from '../../src/store/values.js'
import { emptyDatabase, shape } from '../support/engines.js'
import { code, refusal } from '../support/thrown.js'

const uri = inject('neo4j')
const PLAN: Plan = {
  kind: 'one',
  find: { column: 'id', isId: true, value: constant('iso:KZ') },
  shape: { types: ['Place'], slots: [{ key: 'id', kind: 'id' }] },
  layout: new Map([['Place', [{ as: 'id', value: { kind: 'value', slot: 'id' } }]]]),
}

const closing: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const open = (at: string, options: { user?: string; password?: string; database?: string } = {}): Neo4jStore => {
  const store = new Neo4jStore(shape, { uri: at, ...options })
  closing.push(() => store.close())
  return store
}

/** Listens on a free port, and forgets what it was told when the test ends. */
const listen = async (
  onSocket: (socket: Socket) => void,
): Promise<{ readonly port: number; readonly sockets: Set<Socket> }> => {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    onSocket(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, sockets }
}

/** Whether what comes goes on, is kept until it may, or is lost. */
type Passing = 'on' | 'kept' | 'lost'

/** Stands between a store and the server, and can be cut or fall silent. */
const proxy = async (target: string) => {
  const { hostname, port } = new URL(target)
  let accepts = true
  let ofNew: Passing = 'on'
  const connections = new Set<{ passing: Passing; send(): void }>()
  const { port: own, sockets } = await listen((socket) => {
    if (!accepts) {
      socket.destroy()
      return
    }
    const onward = connect(Number(port), hostname)
    const kept: (() => void)[] = []
    const connection = {
      passing: ofNew,
      send: () => {
        for (const pass of kept.splice(0)) pass()
      },
    }
    connections.add(connection)
    const pass = (to: Socket) => (bytes: Buffer) => {
      if (connection.passing === 'lost') return
      kept.push(() => to.write(bytes))
      if (connection.passing === 'on') connection.send()
    }
    onward.on('error', () => socket.destroy()).on('close', () => socket.destroy())
    socket.on('close', () => {
      onward.destroy()
      connections.delete(connection)
    })
    socket.on('data', pass(onward))
    onward.on('data', pass(socket))
  })
  return {
    uri: `bolt://127.0.0.1:${own}`,
    cut: () => {
      for (const socket of sockets) socket.destroy()
    },
    accept: (isOpen: boolean) => {
      accepts = isOpen
    },
    /** What becomes of bytes on the connections there are, and on new ones. What was lost does not come back. */
    pass: (passing: Passing, passingOfNew: Passing = passing) => {
      ofNew = passingOfNew
      for (const connection of connections) {
        connection.passing = connection.passing === 'lost' ? 'lost' : passing
        if (passing === 'on') connection.send()
      }
    },
  }
}

const unavailable = (store: GraphStore) =>
  `Neo4j at ${store.location} does not answer. Start it, or set RAPPORTEUR_STORE to another store; then ask again.`

/** The beginning of a handshake that tells of more versions than follow. */
const CUT_SHORT = Buffer.from([0, 0, 1, 0xff, 5, 0, 8])

const QUESTIONS: readonly (readonly [what: string, ask: (store: GraphStore) => Promise<unknown>])[] = [
  ['preparing', (store) => store.prepare()],
  ['a question', (store) => store.answer(PLAN)],
  ['whether it answers', (store) => store.ping()],
  ['writing', (store) => store.writer()],
]

describe.each([
  [
    'a closed port',
    async () => {
      const server = createServer().listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      server.close()
      await once(server, 'close')
      return `bolt://127.0.0.1:${port}`
    },
  ],
  ['a server that says nothing', async () => `bolt://127.0.0.1:${(await listen(() => undefined)).port}`],
  [
    'a server that hangs up in the midst of a word',
    async () => `bolt://127.0.0.1:${(await listen((socket) => socket.once('data', () => socket.end(CUT_SHORT)))).port}`,
  ],
  ['a server that hangs up', async () => `bolt://127.0.0.1:${(await listen((socket) => socket.destroy())).port}`],
])('%s is told of within 3.5 s', (_what, serve) => {
  it.each(QUESTIONS)('%s', async (_asked, ask) => {
    const store = open(await serve())
    const start = performance.now()
    const error = await refusal(ask(store))
    expect([code(error), (error as Error).message]).toEqual(['UNAVAILABLE', unavailable(store)])
    expect(performance.now() - start).toBeLessThan(3500)
  })
})

describe('an address', () => {
  it('that is none is a bad setting', () => {
    expect(() => new Neo4jStore(shape, { uri: 'bolt://' })).toThrow(
      /^RAPPORTEUR_STORE is "bolt:\/\/", which is not an address of Neo4j: /,
    )
  })

  it('is shown without its password', () => {
    expect(open('bolt://neo4j:secret@127.0.0.1:1').location).toBe('bolt://127.0.0.1:1')
  })
})

describe.skipIf(!uri)('a password', () => {
  let stop = async (): Promise<void> => undefined
  afterAll(() => stop())

  it('that is wrong, or missing, is told of in a sentence', async () => {
    const server = await startNeo4j({ password: 'correct-horse', heapMegabytes: 256 })
    stop = server.stop
    for (const options of [
      { user: 'neo4j', password: 'wrong-horse' },
      { user: 'nobody', password: 'x' },
    ]) {
      const error = await refusal(open(server.uri, options).prepare())
      expect([code(error), (error as Error).message]).toEqual([
        'STORE_ACCESS',
        `Neo4j at ${server.uri} refuses the user or the password. Set RAPPORTEUR_NEO4J_USER and RAPPORTEUR_NEO4J_PASSWORD.`,
      ])
    }
    expect(code(await refusal(open(server.uri).prepare()))).toBe('STORE_ACCESS')
    const missing = await refusal(
      open(server.uri, { user: 'neo4j', password: 'correct-horse', database: 'nowhere' }).prepare(),
    )
    expect(code(missing)).toBe('STORE_ACCESS')
    expect((missing as Error).message).toContain('Set RAPPORTEUR_NEO4J_DATABASE.')
    const store = open(server.uri, { user: 'neo4j', password: 'correct-horse' })
    expect(await store.prepare()).toEqual({ created: true })
  }, 120_000)
})

describe.skipIf(!uri)('a database', () => {
  const run = async (text: string): Promise<void> => {
    const driver = neo4j.driver(uri as string)
    await driver.executeQuery(text)
    await driver.close()
  }
  const refused = async () => {
    const error = await refusal(open(uri as string).prepare())
    return [code(error), (error as Error).message]
  }

  it('with the graph of another program is refused, and left as it is', async () => {
    await emptyDatabase(uri as string)
    await run('CREATE (:Movie {title: "The Matrix"})')
    expect(await refused()).toEqual([
      'STORE_FOREIGN',
      `The database at ${uri} holds a graph of another program. Nothing was changed; choose another with RAPPORTEUR_NEO4J_DATABASE.`,
    ])
    await run('MATCH (m:Movie) WITH count(m) AS n WHERE n <> 1 RETURN 1 / 0')
    await emptyDatabase(uri as string)
  })

  it('that is empty is refused where no store may be made', async () => {
    await emptyDatabase(uri as string)
    const error = await refusal(open(uri as string).prepare({ make: false }))
    expect([code(error), (error as Error).message]).toEqual([
      'STORE_MISSING',
      `There is no store in the database at ${uri}. Nothing was made; correct RAPPORTEUR_STORE or RAPPORTEUR_NEO4J_DATABASE, or make a store there with "rapporteur serve" or "rapporteur import".`,
    ])
    await run('MATCH (r:Rapporteur) WITH count(r) AS n WHERE n <> 0 RETURN 1 / 0')
  })

  it('of a newer version is refused', async () => {
    await emptyDatabase(uri as string)
    await run('CREATE (:Rapporteur {name: "store", version: 3, fingerprint: "x"})')
    expect(await refused()).toEqual([
      'STORE_NEWER',
      `The store at ${uri} has version 3, this program reads up to 2. Nothing was changed; update the program, or choose another store.`,
    ])
    await emptyDatabase(uri as string)
  })

  it('that lacks an index says so, and gains it', async () => {
    await emptyDatabase(uri as string)
    const store = open(uri as string)
    await store.prepare()
    await run('DROP INDEX Place_by_nameFolded_id')
    expect(await store.check()).toEqual([
      `The index or constraint "Place_by_nameFolded_id" is missing from ${uri}; start the server or an import once to make it.`,
    ])
    expect(await store.prepare()).toEqual({ created: false })
    expect(await store.check()).toEqual([])
    await run('MATCH (r:Rapporteur {name: "store"}) SET r.fingerprint = "old"')
    expect(await store.prepare()).toEqual({ created: false })
    expect(await store.check()).toEqual([])
  })

  it('of a program that had fewer columns which follow from others is filled at the next start', async () => {
    await emptyDatabase(uri as string)
    const store = new Neo4jStore(shape, { uri: uri as string, slowness: 20 })
    closing.push(() => store.close())
    await prepareStore(store, shape, { seed: true })
    const [hash, state] = [await graphHash(store, shape), await store.state()]
    await run('MATCH (c:VoteCount) REMOVE c.majority')
    await run('MATCH (d:Demand) REMOVE d.responseCount')
    await run('MATCH (r:Rapporteur {name: "store"}) REMOVE r.derivedBy')
    expect(await graphHash(store, shape)).not.toBe(hash)
    expect(await prepareStore(store, shape, { seed: true })).toEqual({ created: false, seed: null })
    expect(await graphHash(store, shape)).toBe(hash)
    expect(await store.state()).toEqual(state)
  })

  it('that is emptied under the server is told of', async () => {
    await emptyDatabase(uri as string)
    const store = open(uri as string)
    await store.prepare()
    await store.ping()
    await emptyDatabase(uri as string)
    expect(code(await refusal(store.ping()))).toBe('STORE_MISSING')
    await store.prepare()
    await store.ping()
  })
})

describe.skipIf(!uri)('a connection that is cut', () => {
  const place = (id: string) => ({ type: 'Place', id, values: { name: id, nameFolded: id, names: [] }, sourceSet: 1 })
  const batch = (...ids: readonly string[]): Changes => ({ ...NO_CHANGES, insertNodes: ids.map(place) })
  const prepared = async () => {
    await emptyDatabase(uri as string)
    await open(uri as string).prepare()
    const between = await proxy(uri as string)
    return { between, store: open(between.uri) }
  }

  it('between two questions is made anew', async () => {
    const { between, store } = await prepared()
    expect((await store.answer(PLAN)).json).toBe('null')
    between.cut()
    expect((await store.answer(PLAN)).json).toBe('null')
  })

  it('unnoticed, between two questions, to a server that came back with another database is noticed', async () => {
    const { between, store } = await prepared()
    expect((await store.answer(PLAN)).json).toBe('null')
    between.cut()
    await emptyDatabase(uri as string)
    await sleep(1100)
    expect(code(await refusal(store.answer(PLAN)))).toBe('STORE_MISSING')
    await open(uri as string).prepare()
    expect((await store.answer(PLAN)).json).toBe('null')
  })

  it('for good is told of, and found again when it is back', async () => {
    const { between, store } = await prepared()
    await store.ping()
    between.accept(false)
    between.cut()
    const error = await refusal(store.answer(PLAN))
    expect([code(error), (error as Error).message]).toEqual(['UNAVAILABLE', unavailable(store)])
    between.accept(true)
    expect((await store.answer(PLAN)).json).toBe('null')
  })

  it('while batches are written leaves each as a whole, once, or not at all', async () => {
    const { between, store } = await prepared()
    const acknowledged: number[] = []
    const refused = (error: unknown): undefined => {
      expect(['UNAVAILABLE', 'STORE_LOCKED']).toContain(code(error))
    }
    let cutting: NodeJS.Timeout | undefined
    for (let i = 0; i < 12; i += 1) {
      // A writer whose connection was cut is told to begin anew, as a run that is started again does.
      const writer = await store.writer().catch(refused)
      if (!writer) continue
      const ids = Array.from({ length: 50 }, (_, n) => `place:${i}-${n}`)
      await writer
        .write(batch(...ids), { at: '2026-01-01T12:00:00.000Z', version: 1 })
        .then(() => acknowledged.push(i), refused)
      await writer.close()
      cutting ??= setInterval(between.cut, 100)
    }
    clearInterval(cutting)
    const found = new Map<string, number>()
    for await (const { id } of open(uri as string).scanNodes('Place')) {
      const number = id.replace(/^place:|-\d+$/g, '')
      found.set(number, (found.get(number) ?? 0) + 1)
    }
    expect([...found.values()].filter((count) => count !== 50)).toEqual([])
    expect(acknowledged.filter((i) => !found.has(String(i)))).toEqual([])
    expect(acknowledged.length).toBeGreaterThan(0)
  }, 60_000)
})

/** Takes a minute, unless it is ended. */
const SLOW = 'UNWIND range(1, 1000000000) AS i RETURN sum(i * i % 7) AS answer'

describe.skipIf(!uri)('a server that goes silent', () => {
  const prepared = async () => {
    await emptyDatabase(uri as string)
    await open(uri as string).prepare()
    const between = await proxy(uri as string)
    const store = open(between.uri)
    await Promise.all(Array.from({ length: 8 }, () => store.answer(PLAN)))
    return { between, store }
  }
  /** The code of a refusal, and whether it came in time. */
  const refusedInTime = async (asking: Promise<unknown>) => {
    const start = performance.now()
    const error = await refusal(asking)
    const seconds = (performance.now() - start) / 1000
    return `${code(error)} ${seconds < 3.5 ? 'in time' : `after ${seconds} s`}`
  }

  it.each(['kept', 'lost'] as const)(
    'is told of within 3.5 s to all who ask, and is found again by itself: what was sent is %s',
    async (passing) => {
      const { between, store } = await prepared()
      between.pass(passing)
      const asked = [
        ...Array.from({ length: 40 }, () => store.answer(PLAN, { timeout: 5000 })),
        store.ping(),
        store.editions(),
        store.count(),
      ]
      expect(new Set(await Promise.all(asked.map(refusedInTime)))).toEqual(new Set(['UNAVAILABLE in time']))
      // Whoever comes later is told, too, on connections that are new.
      const later = [...Array.from({ length: 20 }, () => store.answer(PLAN)), store.ping()]
      expect(new Set(await Promise.all(later.map(refusedInTime)))).toEqual(new Set(['UNAVAILABLE in time']))
      between.pass('on')
      const answers = await Promise.all(Array.from({ length: 20 }, () => store.answer(PLAN)))
      expect(new Set(answers.map(({ json }) => json))).toEqual(new Set(['null']))
      await store.ping()
    },
    30_000,
  )

  it('while it is asked, at whatever moment, is told of within 3.5 s; the next question is answered', async () => {
    const { between, store } = await prepared()
    const outcomes = new Set<string>()
    for (const after of [0, 2, 6]) {
      const asked = Array.from({ length: 20 }, () => store.answer(PLAN))
      const outcome = Promise.all(
        asked.map(async (each) => {
          const refused = refusedInTime(each).catch(() => 'answered')
          return each.then(
            () => 'answered',
            () => refused,
          )
        }),
      )
      await new Promise((resolve) => setTimeout(resolve, after))
      between.pass('lost')
      for (const each of await outcome) outcomes.add(each)
      between.pass('on')
      expect((await store.answer(PLAN)).json).toBe('null')
    }
    outcomes.delete('answered')
    expect([...outcomes]).toEqual(['UNAVAILABLE in time'])
  }, 60_000)

  it('on the connections there were, and speaks on new ones, is asked again on those', async () => {
    const { between, store } = await prepared()
    between.pass('lost', 'on')
    const start = performance.now()
    const answers = await Promise.all(Array.from({ length: 8 }, () => store.answer(PLAN)))
    expect(new Set(answers.map(({ json }) => json))).toEqual(new Set(['null']))
    expect(performance.now() - start).toBeLessThan(3500)
    await store.answer(PLAN, { timeout: 1000 })
  }, 20_000)

  it('for a moment while it is written to, as after its start, is not said to be written to by another', async () => {
    const { between, store } = await prepared()
    const first = await store.writer()
    await first.close()
    between.pass('kept')
    const opening = store.writer()
    await new Promise((resolve) => setTimeout(resolve, 1800))
    between.pass('on')
    const writer = await opening
    // One that is open is told of.
    expect(code(await refusal(store.writer()))).toBe('STORE_LOCKED')
    await writer.close()
    await (await store.writer()).close()
  }, 20_000)

  it('does not keep a statement beyond its time, nor the store from being closed', async () => {
    const { between, store } = await prepared()
    between.pass('lost')
    const start = performance.now()
    expect(code(await refusal(store.answer(PLAN, { timeout: 300 })))).toBe('TIMEOUT')
    await store.close()
    expect(performance.now() - start).toBeLessThan(2500)
  })

  it('is not one that is long at work', async () => {
    const driver = neo4j.driver(uri as string)
    closing.push(() => driver.close())
    let silences = 0
    const heartbeat = new Heartbeat(
      () => neo4j.driver(uri as string),
      uri as string,
      () => {
        silences += 1
      },
    )
    // What is not sent yet, the server cannot know.
    const waiting = heartbeat.watch(100, false)
    const watch = heartbeat.watch()
    const session = driver.session()
    const running = session.run(SLOW, {}, { metadata: watch.metadata, timeout: 20_000 })
    running.catch(() => undefined)
    const outcome = await Promise.race([
      watch.silence.catch(String),
      running.then(() => 'answered', String),
      new Promise((resolve) => setTimeout(() => resolve('at work'), 4500)),
    ])
    expect([outcome, silences]).toEqual(['at work', 0])
    expect(await Promise.race([waiting.silence.catch(code), Promise.resolve('waiting')])).toBe('waiting')
    waiting.sent()
    expect(await waiting.silence.catch(code)).toBe('UNAVAILABLE')
    waiting.stop()
    // When the server knows nothing of it any more, nothing will come.
    await session.close()
    expect(await watch.silence.catch(code)).toBe('UNAVAILABLE')
    watch.stop()
  }, 20_000)
})
