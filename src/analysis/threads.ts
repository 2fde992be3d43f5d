import { type TransferListItem, Worker } from 'node:worker_threads'
import { RapporteurError } from '../errors.js'
import type { JobName, Jobs } from './jobs.js'
import type { JobAnswer } from './thread.js'

/** Milliseconds after which a thread without a job ends, and gives its memory back. */
const IDLE = 60_000

/** A thread beside the one that answers requests; it starts with its first job, ends when it was idle, and holds no process up. */
class Thread {
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | undefined
  #last = 0
  readonly #waiting = new Map<number, { resolve(result: never): void; reject(error: unknown): void }>()

  run<N extends JobName>(
    name: N,
    given: Parameters<Jobs[N]>[0],
    transfer: readonly TransferListItem[] = [],
  ): Promise<ReturnType<Jobs[N]>> {
    return new Promise((resolve, reject) => {
      clearTimeout(this.#idle)
      this.#last += 1
      this.#waiting.set(this.#last, { resolve, reject })
      const worker = this.#start()
      worker.ref()
      worker.postMessage({ number: this.#last, name, given }, transfer)
    })
  }

  #start(): Worker {
    if (this.#worker) return this.#worker
    const worker = startWorker()
    worker.on('message', (answer: JobAnswer) => {
      const waiting = this.#waiting.get(answer.number)
      this.#waiting.delete(answer.number)
      if (this.#waiting.size === 0) this.#rest(worker)
      if ('refused' in answer) waiting?.reject(new RapporteurError(answer.refused.code, answer.refused.message))
      else if ('error' in answer) waiting?.reject(answer.error)
      else waiting?.resolve(answer.result as never)
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

  /** Whoever waits is told; the next job starts another thread. */
  #failed(worker: Worker, error: unknown): void {
    if (this.#worker !== worker) return
    this.#worker = null
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

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
export const quickThread = new Thread()
/** Makes tables, and does what takes seconds. */
export const slowThread = new Thread()
