import { readFileSync } from 'node:fs'

/** Milliseconds between two looks. */
const EVERY = 1000
/** How many times as much memory a process may have at the end as after its beginning, and still be flat. */
const MOST = 1.3

/** Watches the resident memory of a process; flat is what does not grow once the first quarter is over. */
export const watchMemory = (pid: number) => {
  const seen: number[] = [residentOf(pid)]
  const timer = setInterval(() => seen.push(residentOf(pid)), EVERY)
  return {
    stop() {
      clearInterval(timer)
      const quarter = Math.max(1, Math.floor(seen.length / 4))
      const early = medianOf(seen.slice(quarter, 2 * quarter))
      const late = medianOf(seen.slice(-quarter))
      const figure = `memory ${early.toFixed(0)} MB in the second quarter, ${late.toFixed(0)} MB in the last, ${Math.max(...seen).toFixed(0)} MB at most`
      return { isFlat: late <= early * MOST, figure }
    },
  }
}

const medianOf = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

/** In MB; 0 where the system does not tell. */
const residentOf = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return 0
  }
}
