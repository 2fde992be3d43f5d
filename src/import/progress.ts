import { SingleBar } from 'cli-progress'

/** Shows how far a work is, in bytes of the files read and in rows. */
export interface Progress {
  start(what: string, bytes: number): void
  advance(bytes: number): void
  rows(count: number): void
  /** May be called when nothing is going on. */
  stop(): void
}

/** Seconds between two lines where there is no terminal. */
const SECONDS = 10

/** The signals that end a process. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A bar on a terminal; elsewhere a line when a work begins and every ten seconds. */
export const showProgress = (output: NodeJS.WriteStream = process.stderr): Progress =>
  output.isTTY ? barOn(output) : linesOn(output)

const barOn = (stream: NodeJS.WriteStream): Progress => {
  let bar: SingleBar | null = null
  let work = { rows: 0, started: 0 }
  const stop = (): void => {
    for (const signal of SIGNALS) process.off(signal, giveBack)
    bar?.stop()
    bar = null
  }
  /** The bar hides the cursor and turns off the wrapping of lines: a signal that ends the process gives them back first. */
  const giveBack = (signal: NodeJS.Signals): void => {
    stop()
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
  return {
    start: (what, bytes) => {
      stop()
      for (const signal of SIGNALS) process.prependListener(signal, giveBack)
      work = { rows: 0, started: performance.now() }
      bar = new SingleBar({
        format: `${what.padEnd(9)} {bar} {percentage}% | {rows} | {eta_formatted} left`,
        stream,
        hideCursor: true,
        etaBuffer: 100,
      })
      bar.start(Math.max(bytes, 1), 0, { rows: sayRows(work) })
    },
    advance: (bytes) => bar?.increment(bytes, { rows: sayRows(work) }),
    rows: (count) => {
      work.rows += count
    },
    stop,
  }
}

const linesOn = (stream: NodeJS.WriteStream): Progress => {
  let work = { what: '', bytes: 1, done: 0, rows: 0, started: 0, told: 0 }
  return {
    start: (what, bytes) => {
      const started = performance.now()
      work = { what, bytes: Math.max(bytes, 1), done: 0, rows: 0, started, told: started }
      stream.write(`${what} …\n`)
    },
    advance: (bytes) => {
      work.done += bytes
      const now = performance.now()
      if (now - work.told < SECONDS * 1000) return
      work.told = now
      const left = ((now - work.started) * (work.bytes - work.done)) / work.done / 1000
      stream.write(
        `${work.what}: ${Math.floor((work.done / work.bytes) * 100)} %, ${sayRows(work)}, about ${Math.max(Math.ceil(left), 0)} s left\n`,
      )
    },
    rows: (count) => {
      work.rows += count
    },
    stop: () => {},
  }
}

/** `1,234,567 rows, 120,000 a second` */
const sayRows = ({ rows, started }: { readonly rows: number; readonly started: number }): string => {
  const seconds = (performance.now() - started) / 1000
  const rate = seconds > 0.5 ? `, ${Math.round(rows / seconds).toLocaleString('en')} a second` : ''
  return `${rows.toLocaleString('en')} rows${rate}`
}
