import { availableParallelism } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { WorkQueue } from '../../src/serve/front/work-queue.js'

/** A queue and what became of the requests in it, by their names. */
const queueOf = (most: number, load = 0) => {
  const queue = new WorkQueue(most, () => load)
  const begun: string[] = []
  const refused: string[] = []
  const ends = new Map<string, () => void>()
  const gone = new Set<string>()
  const ask = (client: string, ...names: readonly string[]) => {
    for (const name of names)
      queue.enter({
        client,
        isGone: () => gone.has(name),
        begin(end) {
          begun.push(name)
          ends.set(name, end)
        },
        refuse: (why) => refused.push(`${name}: ${why}`),
      })
  }
  return { queue, begun, refused, gone, ask, end: (name: string) => ends.get(name)?.() }
}

describe('the queue of requests', () => {
  it('begins what there is room for at once, of one client a quarter', async () => {
    const { begun, ask } = queueOf(8)
    ask('a', 'a1', 'a2', 'a3')
    ask('b', 'b1')
    await expect.poll(() => begun).toEqual(['a1', 'a2', 'b1'])
  })

  it('lets clients take turns, each with its oldest first', async () => {
    const { begun, ask, end } = queueOf(4)
    ask('a', 'a1', 'a2', 'a3', 'a4')
    ask('b', 'b1', 'b2')
    ask('c', 'c1')
    ask('d', 'd1')
    ask('e', 'e1')
    await expect.poll(() => begun).toEqual(['a1', 'b1', 'c1', 'd1'])
    end('a1')
    end('b1')
    end('b1')
    end('c1')
    end('d1')
    await expect.poll(() => begun.slice(4)).toEqual(['e1', 'a2', 'b2'])
    end('a2')
    await expect.poll(() => begun.slice(7)).toEqual(['a3'])
  })

  it('gives every second turn to a client that had nothing under way, however many there are of them', async () => {
    const { begun, ask, end } = queueOf(1)
    ask('a', 'a0', 'a1', 'a2')
    for (const fresh of ['b', 'c', 'd']) ask(fresh, fresh)
    for (const [last, next] of [
      ['a0', 'b'],
      ['b', 'a1'],
      ['a1', 'c'],
      ['c', 'a2'],
      ['a2', 'd'],
    ] as const) {
      end(last)
      await expect.poll(() => begun.at(-1)).toBe(next)
    }
  })

  it('answers those that came last first, once the others have waited too long, and refuses these after a second', async () => {
    const { begun, refused, ask, end } = queueOf(4)
    ask('a', 'a1', 'old', 'older')
    await wait(120)
    ask('a', 'new')
    end('a1')
    await expect.poll(() => begun).toEqual(['a1', 'new'])
    await expect.poll(() => refused).toEqual(['old: TOO_MANY_REQUESTS', 'older: TOO_MANY_REQUESTS'])
  })

  it('tells a client that asked little that it is the server', async () => {
    const { refused, ask } = queueOf(2)
    ask('a', 'a1')
    ask('b', 'b1')
    ask('c', 'c1')
    await expect.poll(() => refused).toEqual(['c1: OVERLOADED'])
  })

  it('keeps few waiting, first refusing the oldest of who has most', () => {
    const { refused, ask } = queueOf(1)
    ask('a', 'a0')
    ask('a', ...Array.from({ length: 65 }, (_, i) => `a${i + 1}`))
    expect(refused).toEqual(['a1: TOO_MANY_REQUESTS'])
    for (let client = 0; client < 940; client += 1) ask(`c${client}`, `c${client}`)
    expect(refused.filter((each) => each.startsWith('a'))).toHaveLength(5)
    expect(refused.filter((each) => each.startsWith('c'))).toEqual([])
  })

  it('reads what has arrived before it begins more, where what was begun takes the processor', async () => {
    const queue = new WorkQueue(64, () => 0)
    const begun: string[] = []
    const ask = (client: string) =>
      queue.enter({
        client,
        isGone: () => false,
        begin(end) {
          begun.push(client)
          for (const until = performance.now() + 30; performance.now() < until; );
          end()
        },
        refuse: () => undefined,
      })
    for (const client of ['a', 'b', 'c']) ask(client)
    expect(begun).toEqual(['a'])
    setImmediate(() => begun.push('read'))
    await expect.poll(() => begun).toEqual(['a', 'b', 'read', 'c'])
  })

  it('skips those whose client has gone', async () => {
    const { begun, refused, gone, ask, end } = queueOf(4)
    ask('a', 'a1', 'a2', 'a3')
    gone.add('a2')
    end('a1')
    await expect.poll(() => begun).toEqual(['a1', 'a3'])
    expect(refused).toEqual([])
  })

  it('begins as many as there may be beside those that take long: these wait for the store, not for the processor', async () => {
    const { begun, refused, ask } = queueOf(64, 1)
    for (let client = 0; client < 40; client += 1) ask(`c${client}`, `c${client}`)
    await expect.poll(() => begun.length).toBeGreaterThanOrEqual(16)
    await expect.poll(() => begun.length).toBe(40)
    expect(refused).toEqual([])
  })

  it.each([
    [1, availableParallelism()],
    [0, 30],
  ])('begins as many brief ones at once as the machine has room for: %s busy, %s', async (load, most) => {
    const queue = new WorkQueue(64, () => load)
    let [isOver, working] = [false, 0]
    const ask = (client: string): void =>
      queue.enter({
        client,
        isGone: () => false,
        begin(end) {
          working += 1
          setTimeout(() => {
            working -= 1
            if (!isOver) ask(client)
            end()
          }, 20)
        },
        refuse: () => ask(client),
      })
    for (let client = 0; client < 30; client += 1) ask(`c${client}`)
    await expect.poll(() => working, { interval: 20 }).toBe(most)
    isOver = true
  })
})
