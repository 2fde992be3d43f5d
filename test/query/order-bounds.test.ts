import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GraphRecord } from '../../src/model/records.js'
import { engines, type Graph } from '../support/engines.js'

const citations = [{ source: 'synthetic:source' }]
const ballot = (id: string, date: string | null, time: string | null): GraphRecord => ({
  type: 'VoteEvent',
  id: `synthetic:${id}`,
  values: { title: id, date, time },
  citations,
})

/** Synthetic ballots at the edges of days, and one whose time is of another day than its date. */
const RECORDS: readonly GraphRecord[] = [
  { type: 'Source', id: 'synthetic:source', values: { kind: 'DATA_SET', title: 'Synthetic' }, citations },
  ballot('first-minute', '2022-01-20', '2022-01-20T00:00:30+14:00'),
  ballot('last-minute', '2022-01-20', '2022-01-20T23:59:30-12:00'),
  ballot('day-alone', '2022-01-20', null),
  ballot('other-day', '2022-01-20', '2022-03-01T10:00:00+01:00'),
  ballot('day-before', '2022-01-19', '2022-01-19T23:59:59+01:00'),
  ballot('day-after', '2022-01-21', '2022-01-21T00:00:00+01:00'),
  ballot('time-alone', null, '2022-01-20T12:00:00Z'),
  ballot('last-day', '9999-12-31', null),
  ballot('first-day', '0000-01-01', null),
]

describe.each(engines)('a list in the order of its days, asked for some, on $name', (engine) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await engine.empty()
    await graph.load(RECORDS)
  }, 120_000)
  afterAll(() => graph.close())

  it.each([
    ['{ date: { eq: "2022-01-20" } }', ['first-minute', 'last-minute', 'day-alone', 'other-day']],
    ['{ date: { within: "2022-01-20" } }', ['first-minute', 'last-minute', 'day-alone', 'other-day']],
    ['{ date: { lt: "2022-01-20" } }', ['day-before', 'first-day']],
    ['{ date: { gt: "2022-01-20" } }', ['day-after', 'last-day']],
    ['{ date: { gte: "9999-12-31" } }', ['last-day']],
    ['{ date: { lte: "0000-01-01" } }', ['first-day']],
    ['{ date: { within: "2022-01-21/.." } }', ['day-after', 'last-day']],
    ['{ date: { within: "../2022-01-19" } }', ['day-before', 'first-day']],
    ['{ not: { date: { gte: "2022-01-20" } } }', ['day-before', 'first-day']],
  ])('gives all that are counted: %s', async (where, ids) => {
    const { data, errors } = await graph.ask(`{ voteEvents(where: ${where}) { totalCount nodes { id } } }`)
    expect(errors).toBeUndefined()
    const { totalCount, nodes } = (data as { voteEvents: { totalCount: number; nodes: { id: string }[] } }).voteEvents
    expect(nodes.map(({ id }) => id.replace('synthetic:', '')).sort()).toEqual([...ids].sort())
    expect(totalCount).toBe(ids.length)
  })
})
