import { describe, expect, it } from 'vitest'
import type { GraphRecord, LinkRecord, NodeRecord } from '../../src/model/records.js'
import { graphHash } from '../../src/store/graph-hash.js'
import { engines, shape } from '../support/engines.js'
import { syntheticGraph } from '../support/synthetic-graph.js'

const records = syntheticGraph(shape, 8)

/** Changes the first record that fits, in a copy. */
const changed = <T extends GraphRecord>(
  fits: (record: GraphRecord) => record is T,
  change: (record: T) => GraphRecord,
) => {
  const at = records.findIndex(fits)
  return records.with(at, change(records[at] as T))
}
const isSource = (record: GraphRecord): record is NodeRecord => 'type' in record && record.type === 'Source'
const isVote = (record: GraphRecord): record is LinkRecord => 'link' in record && record.link === 'Vote'

describe.each(engines)('the hash of a graph, on $name', (engine) => {
  const hashOf = async (of: readonly GraphRecord[], batches = 1): Promise<string> => {
    const graph = await engine.empty()
    const size = Math.ceil(of.length / batches)
    for (let i = 0; i < of.length; i += size) await graph.load(of.slice(i, i + size))
    const hash = await graphHash(graph.store, shape)
    await graph.close()
    return hash
  }

  it('is the same as on every engine', async () => {
    expect(await hashOf(records)).toMatchInlineSnapshot(`"d48ed66e84c26aa2e0511d112f2aa02f"`)
  })

  it('is that of the records, whatever the batches and their order', async () => {
    const nodes = records.filter((record) => 'type' in record)
    const links = records.filter((record) => 'link' in record)
    expect(await hashOf([...nodes.toReversed(), ...links.toReversed()], 3)).toBe(await hashOf(records))
  })

  it('changes with a value, a link, a source and a locator', async () => {
    const others = [
      changed(isSource, (record) => ({ ...record, values: { ...record.values, title: 'another' } })),
      changed(isVote, (record) => ({ ...record, values: { ...record.values, date: '1999-01-01' } })),
      records.filter((record, i) => i !== records.findIndex(isVote) || !isVote(record)),
      changed(isVote, (record) => ({ ...record, citations: [{ source: 'source:synthetic-7', locator: 'elsewhere' }] })),
      changed(isVote, (record) => ({ ...record, citations: [{ source: 'source:synthetic-7' }] })),
    ]
    const hashes = [await hashOf(records)]
    for (const other of others) hashes.push(await hashOf(other))
    expect(new Set(hashes).size).toBe(6)
  })
})
