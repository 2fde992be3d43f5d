import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Endable } from '../../src/store/run-within.js'
import { Turns } from '../../src/store/turns.js'
import { code, refusal } from '../support/thrown.js'

/** Statements that end when they are told to, and what is under way. */
const statements = () => {
  const running: string[] = []
  const endings = new Map<string, () => void>()
  const begun: string[] = []
  const statement = (name: string): Endable<string> => {
    let stop: (why: Error) => void = () => undefined
    return {
      run: () => {
        running.push(name)
        begun.push(name)
        return new Promise<string>((resolve, reject) => {
          stop = reject
          endings.set(name, () => resolve(name))
        }).finally(() => running.splice(running.indexOf(name), 1))
      },
      end: () => stop(new Error('interrupted')),
    }
  }
  return { running, begun, statement, finish: (name: string) => endings.get(name)?.() }
}
afterEach(() => vi.useRealTimers())
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('turns', () => {
  it('let one request hold half of the places, and go round the requests', async () => {
    const { running, begun, statement, finish } = statements()
    const turns = new Turns({ places: 4, brief: 60_000 })
    const [greedy, modest] = [{}, {}]
    const ask = (name: string, request: object) => turns.run(name, { request }, statement(name))
    const all = ['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => ask(name, greedy))
    await settled()
    expect(running).toEqual(['a1', 'a2'])
    all.push(...['b1', 'b2', 'b3'].map((name) => ask(name, modest)), ask('c1', {}))
    await settled()
    expect(running).toEqual(['a1', 'a2', 'b1', 'b2'])
    finish('a1')
    await settled()
    expect(running).toEqual(['a2', 'b1', 'b2', 'c1'])
    finish('b1')
    await settled()
    expect(running).toEqual(['a2', 'b2', 'c1', 'a3'])
    for (const name of ['a2', 'b2', 'a3', 'c1', 'b3', 'a4', 'a5']) {
      finish(name)
      await settled()
    }
    expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'b3', 'c1'])
    expect(begun).toHaveLength(9)
  })

  it('keep places for what was run before, until what is new has run for a while', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const { running, statement, finish } = statements()
    const turns = new Turns({ places: 4, long: 4, unknown: 1, learning: 500 })
    const ask = (text: string, name = text) => turns.run(text, {}, statement(name))
    const known = ask('known')
    await settled()
    finish('known')
    await known
    const all = [ask('new 1'), ask('new 2'), ask('new 3'), ask('known', 'again')]
    await settled()
    expect(running).toEqual(['new 1', 'again'])
    finish('new 1')
    await settled()
    expect(running).toEqual(['again', 'new 2'])
    vi.advanceTimersByTime(500)
    await settled()
    expect(running).toEqual(['again', 'new 2', 'new 3'])
    for (const name of running.slice()) finish(name)
    expect(await Promise.all(all)).toEqual(['new 1', 'new 2', 'new 3', 'again'])
  })

  it('keep a place for brief statements: a long one too many begins anew when there is room', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const { running, begun, statement, finish } = statements()
    const turns = new Turns({ places: 3, brief: 20, small: 10 })
    const ask = (name: string) => turns.run(name, {}, statement(name))
    const long = ['a', 'b', 'c'].map(ask)
    await settled()
    expect(running).toEqual(['a', 'b', 'c'])
    // A second time, in case that the machine was busy.
    for (let time = 0; time < 2; time += 1) {
      vi.advanceTimersByTime(20)
      await settled()
    }
    expect(running).toEqual(['a', 'b'])
    const brief = ask('d')
    await settled()
    expect(running).toEqual(['a', 'b', 'd'])
    finish('d')
    expect(await brief).toBe('d')
    // What was long once does not try the last place again.
    const again = ask('a')
    await settled()
    expect(running).toEqual(['a', 'b'])
    finish('b')
    await settled()
    expect(running).toEqual(['a', 'c'])
    finish('c')
    finish('a')
    expect(await Promise.all(long)).toEqual(['a', 'b', 'c'])
    await settled()
    finish('a')
    expect(await again).toBe('a')
    expect(begun).toEqual(['a', 'b', 'c', 'c', 'd', 'c', 'a'])
  })

  it('end a statement that waits when its time is over or its client has gone, and give its turn to the next', async () => {
    const { running, statement, finish } = statements()
    const turns = new Turns({ places: 1, brief: 60_000 })
    const client = new AbortController()
    const first = turns.run('a', {}, statement('a'))
    const late = turns.run('b', { timeout: 30 }, statement('b'))
    const gone = turns.run('c', { signal: client.signal }, statement('c'))
    const patient = turns.run('d', {}, statement('d'))
    expect(await refusal(late)).toMatchObject({
      code: 'TIMEOUT',
      message: 'The question waited 30 ms for others and was given up. Ask again in a few seconds.',
    })
    client.abort()
    expect(code(await refusal(gone))).toBe('CANCELLED')
    finish('a')
    await first
    expect(running).toEqual(['d'])
    finish('d')
    expect(await patient).toBe('d')
  })

  it('end a statement in the middle, too, and give its place back', async () => {
    const { running, statement, finish } = statements()
    const turns = new Turns({ places: 1 })
    expect(await refusal(turns.run('a', { timeout: 30 }, statement('a')))).toMatchObject({
      code: 'TIMEOUT',
      message: 'The question took longer than 30 ms and was ended. Ask for less at once.',
    })
    const next = turns.run('b', {}, statement('b'))
    await settled()
    expect(running).toEqual(['b'])
    finish('b')
    await next
  })
})
