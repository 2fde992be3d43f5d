import type { Log } from '../log.js'

/** Milliseconds between two lines about the same. */
const EVERY = 60_000

/** Writes a line at the first of many events, and then one a minute for as long as there are more. */
export const sayRarely = (log: Log, line: () => string): (() => void) => {
  let timer: NodeJS.Timeout | undefined
  let isMore = false
  const say = (): void => {
    log(line(), { level: 'warn' })
    isMore = false
    timer = setTimeout(() => {
      timer = undefined
      if (isMore) say()
    }, EVERY).unref()
  }
  return () => {
    if (timer) isMore = true
    else say()
  }
}
