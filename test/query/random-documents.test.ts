import { afterAll, beforeAll, expect, it } from 'vitest'
import { engines, type Graph, schema, shape } from '../support/engines.js'
import { randomFrom } from '../support/random.js'
import { randomDocument } from '../support/random-document.js'
import { syntheticGraph } from '../support/synthetic-graph.js'

const DOCUMENTS = 120

const graphs: Graph[] = []
const records = syntheticGraph(shape, 12)
const ids = records.flatMap((record) => ('type' in record ? [record.id] : []))

beforeAll(async () => {
  for (const engine of engines) {
    const graph = await engine.empty()
    await graph.load(records)
    graphs.push(graph)
  }
}, 120_000)
afterAll(async () => {
  for (const graph of graphs) await graph.close()
})

it(`answers or refuses ${DOCUMENTS} random documents up to the limits in JSON, alike on each engine`, async () => {
  let answered = 0
  let longest = 0
  for (let seed = 1; seed <= DOCUMENTS; seed += 1) {
    const document = randomDocument({ schema, random: randomFrom(seed), ids })
    const [first, ...others] = await Promise.all(graphs.map((graph) => graph.ask(document)))
    expect(() => JSON.parse(first?.text ?? ''), document).not.toThrow()
    for (const other of others) expect(other.text, document).toBe(first?.text)
    if (first?.data) answered += 1
    longest = Math.max(longest, first?.text.length ?? 0)
  }
  // Refused are those beyond the limits; most are to be answered, some of them at length.
  expect(answered).toBeGreaterThan(DOCUMENTS / 2)
  expect(longest).toBeGreaterThan(2000)
}, 1_200_000)
