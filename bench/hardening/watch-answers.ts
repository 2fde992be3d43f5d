import { setTimeout as wait } from 'node:timers/promises'

/** What a question was answered with, and how it was told by the addresses of health. */
interface Seen {
  /** `data`, or the code of the error. */
  readonly answer: string
  readonly ready: number
  readonly readySentence: string
}

/** What was seen of a server while something was done to its store. */
export interface Watched {
  /** Waits until the server answers so. @returns seconds that it took */
  until(answer: string | RegExp): Promise<number>
  /** @returns the longest that a question, `/livez` and `/readyz` took, in milliseconds, and all answers there were */
  stop(): Promise<{
    readonly question: number
    readonly livez: number
    readonly readyz: number
    readonly answers: ReadonlySet<string>
  }>
  readonly last: Seen
}

/** Milliseconds after which a server that has not answered so will not. */
const LIMIT = 60_000

/** Asks a server the same question again and again, and how it is. */
export const watchAnswers = (url: string, query: string): Watched => {
  const answers = new Set<string>()
  const longest = { question: 0, livez: 0, readyz: 0 }
  let last: Seen = { answer: '', ready: 0, readySentence: '' }
  let isStopped = false
  const timed = async <T>(what: keyof typeof longest, asking: Promise<T>): Promise<T> => {
    const begun = performance.now()
    try {
      return await asking
    } finally {
      longest[what] = Math.max(longest[what], performance.now() - begun)
    }
  }
  const look = async (): Promise<void> => {
    const [answer, , readyz] = await Promise.all([
      timed('question', ask(url, query)),
      timed('livez', fetch(new URL('/livez', url))).then((each) => each.text()),
      timed('readyz', fetch(new URL('/readyz', url))).then(async (each) => [each.status, await each.text()] as const),
    ])
    answers.add(answer)
    last = { answer, ready: readyz[0], readySentence: readyz[1] }
  }
  let failure: unknown
  const looking = (async () => {
    while (!isStopped) {
      await look()
      await wait(40)
    }
  })().catch((error: unknown) => {
    failure = error
  })
  return {
    get last() {
      return last
    },
    async until(wanted) {
      const begun = performance.now()
      // What was seen before is not what is waited for.
      last = { answer: '', ready: 0, readySentence: '' }
      const isSeen = () => (typeof wanted === 'string' ? last.answer === wanted : wanted.test(last.answer))
      while (!isSeen()) {
        if (failure) throw failure
        if (performance.now() - begun > LIMIT)
          throw new Error(`After ${LIMIT} ms the answer was "${last.answer}" and not "${wanted}".`)
        await wait(20)
      }
      return (performance.now() - begun) / 1000
    },
    async stop() {
      isStopped = true
      await looking
      if (failure) throw failure
      return { ...longest, answers }
    },
  }
}

/** The data of an answer, or the code of its error. */
export const ask = async (url: string, query: string): Promise<string> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data, errors } = (await response.json()) as {
    readonly data?: unknown
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[]
  }
  return errors ? (errors[0]?.extensions.code ?? '') : JSON.stringify(data)
}
