import type { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FiguresAsk } from '../../src/analysis/run-measure.js'
import { TableBuilder } from '../../src/analysis/table/table-builder.js'
import { quickThread, slowThread, tableThread } from '../../src/analysis/threads.js'

const { bits } = new TableBuilder([], []).build(1)
const asked: FiguresAsk = {
  measure: 'closeness',
  ask: {
    voters: { group: null, country: null, members: null, during: null },
    by: 'all',
    of: null,
    groups: null,
    variant: '',
    share: 0,
    width: 1,
    seats: null,
    days: null,
    scorecard: null,
  },
  periods: [],
  atLeast: 1,
  order: 'HIGHEST_FIRST',
  always: [],
  first: 1,
  skip: 0,
  trace: false,
}
const figures = () => quickThread.run('figures', { bits, asked })
const NOTHING = { rows: [], excluded: new Int32Array(0), rowCount: 0 }

describe('threads', () => {
  const workers: Worker[] = []
  const remember = (worker: Worker) => workers.push(worker)
  beforeAll(() => {
    process.on('worker', remember)
  })
  afterAll(() => {
    process.off('worker', remember)
  })

  it('tell what a job throws, and do the next', async () => {
    // There is no such table.
    const failed = tableThread.run('addTallies', { table: 99, tallies: [TALLY] })
    await expect(failed).rejects.toThrow(TypeError)
    await tableThread.run('begin', { table: 99, ballots: [], partial: [] })
    expect(await tableThread.run('end', { table: 99, version: 5 })).toMatchObject({ version: 5, votes: 0 })
  })

  it('pass on what a job refuses with its code', async () => {
    const voters = asked.ask.voters
    const refused = slowThread.run('positions', {
      bits,
      asked: { segments: [], voters, isMeant: false, dimensions: 1, low: 0, high: 1, above: null, leastVotes: 20 },
    } as never)
    await expect(refused).rejects.toMatchObject({ name: 'RapporteurError', code: expect.stringMatching(/^[A-Z_]+$/) })
  })

  it('are started anew when they died, and whose job was lost is told', async () => {
    const before = workers.length
    const first = figures()
    const second = figures()
    await expect.poll(() => workers.length).toBe(before + 1)
    await workers[before]?.terminate()
    await expect(first).rejects.toThrow(/^A thread of the analysis ended with/)
    expect(await second).toEqual(NOTHING)
    expect(await figures()).toEqual(NOTHING)
    expect(workers.length).toBe(before + 2)
  })

  it('go on after a job that cannot be sent', async () => {
    const unsent = quickThread.run('figures', { bits, asked: { ...asked, always: (() => []) as never } })
    const next = figures()
    await expect(unsent).rejects.toThrow(/could not be cloned/)
    expect(await next).toEqual(NOTHING)
  })

  it('leave out a job that was taken back while it waited', async () => {
    const taken = new AbortController()
    const first = figures()
    const second = quickThread.run('figures', { bits, asked }, { signal: taken.signal })
    taken.abort()
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(await first).toEqual(NOTHING)
  })
})

const TALLY = { ballot: 'x', group: 'y', for: 1, against: 1, abstention: 1 }
