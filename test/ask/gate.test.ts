import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Gate } from '../../src/ask/gate.js'

const busy = (milliseconds: number): void => {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

describe('the gate for what nobody has asked before', () => {
  it('lets what comes alone in at once', () => {
    let done = false
    void new Gate().run(
      () => {
        done = true
      },
      { client: 'a' },
    )
    expect(done).toBe(true)
  })

  it('leaves as much time between two pieces of work as the first took', async () => {
    const gate = new Gate()
    const begun: number[] = []
    const work = () => {
      begun.push(performance.now())
      busy(20)
    }
    await Promise.all([1, 2, 3].map(() => gate.run(work, { client: 'a' })))
    const [first = 0, second = 0, third = 0] = begun
    expect(second - first).toBeGreaterThanOrEqual(39)
    expect(third - second).toBeGreaterThanOrEqual(39)
  })

  it('counts those that wait, and not those that have gone already', async () => {
    const gate = new Gate()
    const signal = AbortSignal.abort()
    await gate.run(() => busy(20), { client: 'a' })
    const gone = Array.from({ length: 600 }, (_, i) => gate.run(() => 0, { client: `g${i}`, signal }))
    for (const each of await Promise.allSettled(gone)) expect(each).toMatchObject({ reason: { code: 'CANCELLED' } })
    const waiting = Array.from({ length: 513 }, (_, i) => gate.run(() => 0, { client: `w${i}` }))
    await expect(waiting.at(-1)).rejects.toMatchObject({ code: 'OVERLOADED' })
    await Promise.all(waiting.slice(0, -1))
  })

  it('has clients take turns, however much one of them asks', async () => {
    const gate = new Gate()
    const order: string[] = []
    const ask = (client: string) => gate.run(() => order.push(client), { client })
    await Promise.all(['a', 'a', 'a', 'a', 'b', 'c', 'b'].map(ask))
    expect(order.join('')).toBe('aabcaba')
  })

  it('gives what the work gives or throws to whoever asked', async () => {
    const gate = new Gate()
    const works = [() => 1, () => expect.fail('two'), () => 3]
    const ends = await Promise.allSettled(works.map((work) => gate.run<number>(work, { client: 'a' })))
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('refuses a client that has too many waiting, and no other', async () => {
    const gate = new Gate()
    const all = Array.from({ length: 80 }, () => gate.run(() => 1, { client: 'a' }))
    const other = gate.run(() => 2, { client: 'b' })
    const ends = await Promise.allSettled(all)
    const refused = ends.flatMap((end) => (end.status === 'rejected' ? [(end.reason as { code: string }).code] : []))
    expect(refused).toHaveLength(15)
    expect([...new Set(refused)]).toEqual(['OVERLOADED'])
    await expect(other).resolves.toBe(2)
  })

  it('forgets who has gone', async () => {
    const gate = new Gate()
    const [gone, done] = [new AbortController(), [] as string[]]
    void gate.run(() => done.push('first'), { client: 'a' })
    const waiting = gate.run(() => done.push('gone'), { client: 'a', signal: gone.signal })
    const last = gate.run(() => done.push('last'), { client: 'a' })
    gone.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' })
    await last
    await turn()
    expect(done).toEqual(['first', 'last'])
  })
})
