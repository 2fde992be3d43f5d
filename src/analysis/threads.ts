import { type TransferListItem, Worker } from 'node:worker_threads'
import { RapporteurError } from '../errors.js'
import type { AnswerOptions } from '../store/graph-store.js'
import { runWithin, WaitedInVain } from '../store/run-within.js'
import type { JobName, Jobs } from './jobs.js'
import type { JobAnswer } from './thread.js'

/** Milliseconds after which a thread without a job ends, and gives its memory back. */
const IDLE = 60_000

interface Job {
  readonly name: JobName
  readonly given: unknown
  readonly transfer: readonly TransferListItem[]
  readonly onWork: AnswerOptions['onWork']
  resolve(result: never): void
  reject(error: unknown): void
}

interface JobOptions extends Pick<AnswerOptions, 'signal' | 'deadline' | 'onWork'> {
  /** What is moved to the thread, and not copied. */
  readonly transfer?: readonly TransferListItem[]
}

/**
 * A thread beside the one that answers requests, which does one job after the other. It starts with its first job, ends
 * when it was idle, and holds no process up.
 */
class Thread {
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | undefined
  #number = 0
  #current: Job | null = null
  readonly #waiting: Job[] = []

  /**
   * @param mostWaiting how many jobs wait at most
   * @param isEnded whether a job under way that nobody waits for any more is ended, with its thread; else it is worked off
   */
  constructor(
    readonly mostWaiting: number,
    readonly isEnded = false,
  ) {}

  /** @throws RapporteurError what the job refuses; `UNAVAILABLE` where too many wait, `TIMEOUT`, `CANCELLED` */
  run<N extends JobName>(
    name: N,
    given: Parameters<Jobs[N]>[0],
    { transfer = [], onWork, signal, deadline }: JobOptions = {},
  ): Promise<ReturnType<Jobs[N]>> {
    let job: Job | undefined
    const run = () =>
      new Promise<ReturnType<Jobs[N]>>((resolve, reject) => {
        if (this.#waiting.length >= this.mostWaiting) {
          reject(new RapporteurError('UNAVAILABLE', TOO_MANY))
          return
        }
        job = { name, given, transfer, onWork, resolve, reject }
        this.#waiting.push(job)
        this.#next()
      })
    // A job may take longer than a statement; the question's own end is its end.
    return runWithin({ signal, ...(deadline && { deadline }) }, { run, end: () => job && this.#end(job) })
  }

  /** Gives up a job that nobody waits for any more. */
  #end(job: Job): void {
    const place = this.#waiting.indexOf(job)
    if (place >= 0) {
      this.#waiting.splice(place, 1)
      job.reject(new WaitedInVain())
      return
    }
    job.reject(new Error('The job was given up.'))
    if (this.#current !== job || !this.isEnded) return
    const worker = this.#worker
    this.#worker = null
    this.#current = null
    void worker?.terminate()
    this.#next()
  }

  #next(): void {
    while (!this.#current) {
      const job = this.#waiting.shift()
      if (!job) return
      this.#send(job)
    }
  }

  #send(job: Job): void {
    clearTimeout(this.#idle)
    this.#current = job
    this.#number += 1
    const worker = this.#start()
    worker.ref()
    try {
      worker.postMessage({ number: this.#number, name: job.name, given: job.given }, job.transfer)
    } catch (error) {
      // What cannot be sent is its sender's fault; those who wait go on.
      this.#current = null
      job.reject(error)
      this.#rest(worker)
    }
  }

  #start(): Worker {
    if (this.#worker) return this.#worker
    const worker = startWorker()
    worker.on('message', (answer: JobAnswer) => {
      if (answer.number !== this.#number || !this.#current) return
      const { resolve, reject, onWork } = this.#current
      this.#current = null
      onWork?.(answer.milliseconds)
      if ('refused' in answer) reject(new RapporteurError(answer.refused.code, answer.refused.message))
      else if ('error' in answer) reject(answer.error)
      else resolve(answer.result as never)
      this.#next()
      if (!this.#current) this.#rest(worker)
    })
    worker.on('error', (error) => this.#failed(worker, error))
    worker.on('exit', (code) => this.#failed(worker, new Error(`A thread of the analysis ended with ${code}.`)))
    this.#worker = worker
    return worker
  }

  #rest(worker: Worker): void {
    worker.unref()
    const end = () => {
      this.#worker = null
      void worker.terminate()
    }
    this.#idle = setTimeout(end, IDLE)
    this.#idle.unref()
  }

  /** Whose job it did is told; the next one starts another thread. */
  #failed(worker: Worker, error: unknown): void {
    if (this.#worker !== worker) return
    this.#worker = null
    this.#current?.reject(error)
    this.#current = null
    this.#next()
  }
}

const TOO_MANY = 'Too many questions about votes are being worked on. Ask again in a few seconds.'

/** From the sources, the loader that reads TypeScript is registered first; built, the thread is JavaScript. */
const startWorker = (): Worker => {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./thread.js', import.meta.url))
  const { href } = new URL('./thread.ts', import.meta.url)
  const load = `import('tsx/esm/api').then(({ register }) => {
    register()
    return import(require('node:worker_threads').workerData)
  })`
  return new Worker(load, { eval: true, workerData: href })
}

/** Answers questions that take milliseconds. */
export const quickThread = new Thread(200)
/** Answers those that take seconds. */
export const slowThread = new Thread(8, true)
/** Makes tables, part by part. */
export const tableThread = new Thread(Number.POSITIVE_INFINITY)
