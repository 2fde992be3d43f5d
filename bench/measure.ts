import { readFileSync } from 'node:fs'

/** Figures of repeated runs, in milliseconds. */
export interface Figures {
  readonly median: number
  readonly p95: number
}

/**
 * The figures of several tasks, run in turn so that a machine's moods strike all of them alike; the first rounds warm up.
 * Rounds go through all orders of the tasks: one that runs after a wait for another process finds the processor's caches
 * cold, one that runs after its like finds them warm. With `block`, a task has so many turns in a row, after one that is
 * not counted.
 */
export const measureInTurn = async (
  tasks: readonly (() => Promise<unknown> | unknown)[],
  { rounds, warmUp, block = 0 }: { readonly rounds: number; readonly warmUp: number; readonly block?: number },
): Promise<readonly Figures[]> => {
  const times: number[][] = tasks.map(() => [])
  const orders = permutationsOf(tasks.map((_, i) => i))
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const i of orders[(round + warmUp) % orders.length] as readonly number[]) {
      if (block > 0) await tasks[i]?.()
      for (let time = 0; time < Math.max(1, block); time += 1) {
        const start = performance.now()
        await tasks[i]?.()
        if (round >= 0) times[i]?.push(performance.now() - start)
      }
    }
  }
  return times.map(figuresOf)
}

/** Asks as fast as this many connections can, and counts. @returns requests per second */
export const measureThroughput = async (
  ask: () => Promise<unknown>,
  connections: number,
  seconds: number,
): Promise<number> => {
  const end = performance.now() + seconds * 1000
  const start = performance.now()
  let asked = 0
  const connect = async (): Promise<void> => {
    while (performance.now() < end) {
      await ask()
      asked += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, connect))
  return asked / ((performance.now() - start) / 1000)
}

const permutationsOf = (items: readonly number[]): readonly (readonly number[])[] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item) => permutationsOf(items.filter((other) => other !== item)).map((rest) => [item, ...rest]))

/** The figures of times. */
export const figuresOf = (times: readonly number[]): Figures => {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { median: at(0.5), p95: at(0.95) }
}

/** MB that a process has in memory, as Linux tells. */
export const residentOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1000
