import { describe, expect, it, vi } from 'vitest'
import { Allowances } from '../../src/ask/allowances.js'

const of = (perSecond: number, burst: number) => new Allowances(() => ({ perSecond, burst }))
const refusal = (take: () => unknown): unknown => {
  try {
    return take()
  } catch (error) {
    return error
  }
}

describe('allowances', () => {
  it('give points until they are spent, and say when there will be enough', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const allowances = of(10, 100)
    expect(allowances.take('a', 60).left).toBe(40)
    expect(refusal(() => allowances.take('a', 60))).toMatchObject({
      code: 'RATE_LIMIT',
      message: 'The question costs up to 60 points, and you have 40 at the moment. Ask again in 2 s, or for less.',
      details: { asked: 60, limit: 40, retryAfter: 2 },
    })
    // What is refused costs nothing.
    vi.advanceTimersByTime(2000)
    expect(allowances.take('a', 60).left).toBe(0)
    vi.advanceTimersByTime(60_000)
    expect(allowances.take('a', 0).left).toBe(100)
    vi.useRealTimers()
  })

  it('are of each client', () => {
    const allowances = of(1, 10)
    allowances.take('a', 10)
    expect(allowances.take('b', 10).left).toBe(0)
  })

  it('give back what was not needed, and leave a debt of what was too little', () => {
    const allowances = of(0.001, 100)
    allowances.take('a', 90).settle(10)
    expect(allowances.take('a', 0).left).toBe(90)
    allowances.take('a', 10).settle(200)
    expect(refusal(() => allowances.take('a', 1))).toMatchObject({ code: 'RATE_LIMIT', details: { limit: 0 } })
  })

  it('let a question be asked that is dearer than all that can be saved, once all is there', () => {
    const allowances = of(0.001, 100)
    expect(allowances.take('a', 250).left).toBe(-150)
    expect(refusal(() => allowances.take('a', 1))).toMatchObject({ code: 'RATE_LIMIT' })
  })

  it('have no end where none is set', () => {
    expect(of(0, 0).take('a', 1e9).left).toBe(null)
  })

  it('have what has begun wait until there is enough, unless its client has gone', async () => {
    const allowances = of(40, 10)
    allowances.take('a', 10)
    expect((await allowances.takeInTime('a', 10, 0, undefined)).left).toBeLessThan(5)
    const gone = new AbortController()
    const waiting = allowances.takeInTime('a', 10, 0, gone.signal)
    gone.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('forget the clients that asked longest ago, of many', () => {
    const allowances = of(0.001, 10)
    for (let i = 0; i <= 50_000; i += 1) allowances.take(String(i), 10)
    expect(allowances.take('0', 10).left).toBe(0)
    expect(refusal(() => allowances.take('50000', 10))).toMatchObject({ code: 'RATE_LIMIT' })
  })
})
