import { type TransferListItem, Worker } from 'node:worker_threads'
import { RapporteurError } from '../errors.js'
import type { JobName, Jobs } from './jobs.js'
import type { JobAnswer } from './thread.js'

/** Milliseconds after which a thread without a job ends, and gives its memory back. */
const IDLE = 60_000

interface Job {
  readonly name: JobName
  readonly given: unknown
  readonly transfer: readonly TransferListItem[]
  readonly signal: AbortSignal | undefined
  resolve(result: never): void
  reject(error: unknown): void
}

interface JobOptions {
  /** What is moved to the thread, and not copied. */
  readonly transfer?: readonly TransferListItem[]
  /** Takes the job back while it waits; what is under way is worked off. */
  readonly signal?: AbortSignal | undefined
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

  /** @param mostWaiting how many jobs wait at most */
  constructor(readonly mostWaiting: number) {}

  /** @throws RapporteurError what the job refuses; `UNAVAILABLE` where too many wait, `CANCELLED` where it was taken back */
  run<N extends JobName>(
    name: N,
    given: Parameters<Jobs[N]>[0],
    { transfer = [], signal }: JobOptions = {},
  ): Promise<ReturnType<Jobs[N]>> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= this.mostWaiting) {
        reject(new RapporteurError('UNAVAILABLE', TOO_MANY))
        return
      }
      this.#waiting.push({ name, given, transfer, signal, resolve, reject })
      this.#next()
    })
  }

  #next(): void {
    while (!this.#current) {
      const job = this.#waiting.shift()
      if (!job) return
      if (job.signal?.aborted) job.reject(new RapporteurError('CANCELLED', 'The question was taken back.'))
      else this.#send(job)
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
      const { resolve, reject } = this.#current
      this.#current = null
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
export const slowThread = new Thread(8)
/** Makes tables, part by part. */
export const tableThread = new Thread(Number.POSITIVE_INFINITY)
