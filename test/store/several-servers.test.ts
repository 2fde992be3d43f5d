import { describe, expect, inject, it } from 'vitest'
import { prepareStore } from '../../src/import/prepare-store.js'
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

describe.skipIf(!uri)('servers on one Neo4j', () => {
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
