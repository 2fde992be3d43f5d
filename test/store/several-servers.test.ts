import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { describe, expect, inject, it } from 'vitest'
import { prepareStore } from '../../src/import/prepare-store.js'
import { NO_CHANGES } from '../../src/store/graph-store.js'
import { Loader } from '../../src/store/load.js'
import { Neo4jStore } from '../../src/store/neo4j/neo4j-store.js'
import { emptyDatabase, NOW, shape } from '../support/engines.js'
import { askOf } from '../support/serve-graph.js'

interface Answer {
  data: { places: { totalCount: number; nodes: unknown[] } }
}

const uri = inject('neo4j')
const open = (address: string): Neo4jStore => new Neo4jStore(shape, { uri: address, slowness: 20 })
const answer = async (store: Neo4jStore, query: string): Promise<string> => {
  const ask = askOf({ store } as unknown as Parameters<typeof askOf>[0])
  const result = await ask.question(query)
  expect(result.errors).toBeUndefined()
  return ('stringify' in result ? result.stringify(result) : JSON.stringify(result)).toString()
}

/** Passes all on to a server, and keeps what is sent to it. */
const eavesdrop = async (target: string) => {
  const { hostname, port } = new URL(target)
  let heard = ''
  const server = createServer((socket) => {
    const onward = connect(Number(port), hostname)
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const)
      one.on('error', () => other.destroy()).on('close', () => other.destroy())
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1')
      onward.write(bytes)
    })
    onward.pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const take = (): string => {
    const taken = heard
    heard = ''
    return taken
  }
  return { uri: `bolt://127.0.0.1:${(server.address() as AddressInfo).port}`, take, close: () => server.close() }
}

/** What Bolt says of a statement that only reads, which a cluster gives to any of its members: `mode` is `r`. */
const READS = '\x84mode\x81r'
/** How it begins a transaction. */
const BEGINS = '\xb1\x11'

const timesIn = (text: string, part: string): number => text.split(part).length - 1

describe.skipIf(!uri)('servers on one Neo4j', () => {
  it('say of each question that it only reads, and never of what writes', async () => {
    const address = uri as string
    await emptyDatabase(address)
    const wire = await eavesdrop(address)
    const store = open(wire.uri)
    await prepareStore(store, shape, { seed: true, now: () => NOW })
    await answer(store, '{ places(first: 1) { nodes { id } } }')
    wire.take()
    await answer(store, '{ a: places(first: 2) { nodes { id } } b: persons(first: 2) { nodes { id } } }')
    expect(timesIn(wire.take(), READS)).toBeGreaterThanOrEqual(2)
    const writer = await store.writer()
    wire.take()
    await writer.write({ ...NO_CHANGES, derivedBy: 'a test' }, { at: NOW.toISOString(), version: 99 })
    const written = wire.take()
    expect(timesIn(written, BEGINS)).toBeGreaterThan(0)
    expect(timesIn(written, READS)).toBe(0)
    await writer.close()
    await store.close()
    wire.close()
  })

  it('answer while one imports, see each batch at once, and then answer alike', async () => {
    const address = uri as string
    await emptyDatabase(address)
    const servers = [open(address), open(address.replace('bolt:', 'neo4j:'))]
    await prepareStore(servers[0] as Neo4jStore, shape, { seed: false, now: () => NOW })
    const query = '{ places(first: 100) { totalCount nodes { id } } }'
    let importing = true
    const asking = servers.map(async (server) => {
      while (importing) {
        const text = await answer(server, query)
        const { places } = (JSON.parse(text) as Answer).data
        // A statement of Neo4j's reads what is committed as it goes: a batch may come between its count and its list.
        for (const count of [places.totalCount, places.nodes.length]) expect(count).toBeLessThanOrEqual(80)
      }
    })
    const source = 'source:synthetic'
    const citations = [{ source }]
    const loader = await Loader.open({ store: servers[0] as Neo4jStore, shape, now: () => NOW })
    for (let batch = 0; batch < 8; batch += 1) {
      const places = Array.from({ length: 10 }, (_, i) => ({
        type: 'Place',
        id: `place:synthetic-${batch}-${i}`,
        values: { name: `Synthetic ${batch} ${i}`, kind: 'CITY' },
        citations,
      }))
      const first = { type: 'Source', id: source, values: { title: 'Synthetic', kind: 'PUBLICATION' }, citations }
      await loader.add([...(batch === 0 ? [first] : []), ...places])
      await loader.end()
      const states = await Promise.all(servers.map((server) => server.state()))
      expect(states[1]).toEqual(states[0])
      for (const server of servers) {
        const { places } = (JSON.parse(await answer(server, query)) as Answer).data
        expect(places).toMatchObject({ totalCount: 10 * (batch + 1) })
        expect(places.nodes).toHaveLength(10 * (batch + 1))
      }
    }
    await loader.finish()
    await loader.close()
    const [one, other] = await Promise.all(servers.map((server) => answer(server, query)))
    expect(other).toBe(one)
    importing = false
    await Promise.all(asking)
    await Promise.all(servers.map((server) => server.close()))
  })
})
