import { isDeepStrictEqual } from 'node:util'
import { type Client, clientOf } from '../http-client.js'
import { type Figures, figuresOf, measureInTurn, measureThroughput } from '../measure.js'
import type { Served } from '../serve-program.js'
import type { Arm } from './arms.js'
import { processorOf } from './process-figures.js'
import type { About, Question, ShapeName } from './question.js'

const CONNECTIONS = 16

/** Requests in a row: a server that has been waiting for three others finds the processor's caches full of their work. */
const BLOCK = 8

/** What an arm took for a shape, in milliseconds. */
export interface ArmFigures extends Figures {
  readonly arm: Arm
  /** How many requests were timed. */
  readonly rounds: number
  /** Requests a second at 16 connections. */
  readonly perSecond: number
  /** Milliseconds of processor that program and database together take for one of them. */
  readonly processor: number
  readonly bytes: number
}

interface Request {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly about: About
}

/** An arm that runs, and what it is asked for one shape. */
interface Asked {
  readonly running: Running
  readonly question: Question
  readonly requests: readonly Request[]
  /** Asks the next of them. */
  next(): Promise<Buffer>
}

export interface Running {
  readonly arm: Arm
  readonly served: Served
  readonly ask: Client['ask']
  stop(): Promise<void>
}

export const startArm = async (arm: Arm): Promise<Running> => {
  const served = await arm.start()
  const client = clientOf(served.url, CONNECTIONS)
  const stop = async (): Promise<void> => {
    client.close()
    await served.stop()
  }
  return { arm, served, ask: client.ask, stop }
}

/** Those that can be asked for a shape, with their requests, none of them twice. */
const asked = async (
  running: readonly Running[],
  name: ShapeName,
  abouts: readonly About[],
): Promise<readonly Asked[]> => {
  const all: Asked[] = []
  for (const each of running) {
    const question = each.arm.questions[name]
    if ('cannot' in question) continue
    const made = new Map<string, Request>()
    for (const about of abouts) {
      const request = requestOf(question, about)
      made.set(JSON.stringify(request.variables), request)
    }
    const requests = question.before ? [await walk(question, abouts, each.ask)] : [...made.values()]
    let turn = 0
    const next = () => {
      turn += 1
      const { query, variables } = requests[turn % requests.length] as Request
      return each.ask(query, variables)
    }
    all.push({ running: each, question, requests, next })
  }
  return all
}

const requestOf = (question: Question, about: About): Request => ({
  query: typeof question.query === 'string' ? question.query : question.query(about),
  variables: question.variables(about),
  about,
})

/** Asks page after page, for the request of the last. */
const walk = async (question: Question, abouts: readonly About[], ask: Running['ask']): Promise<Request> => {
  let request = requestOf(question, abouts[0] as About)
  for (let pages = 0; ; pages += 1) {
    const variables = question.before?.(dataOf(await ask(request.query, request.variables)) as never, pages)
    if (!variables) return request
    request = { ...request, variables }
  }
}

/** Checks that all arms give the same answers, which are those of the first. @throws Error where one does not */
const compare = async (all: readonly Asked[], name: ShapeName): Promise<void> => {
  const answers: unknown[] = []
  for (const { running, question, requests } of all) {
    for (const [i, { query, variables, about }] of requests.entries()) {
      const answer = question.read(dataOf(await running.ask(query, variables)) as never, about)
      if (i >= answers.length) answers.push(answer)
      else if (!isDeepStrictEqual(answer, answers[i]))
        throw new Error(
          `${running.arm.name} answers "${name}" in another way about ${JSON.stringify(variables)}:\n${difference(answer, answers[i])}`,
        )
    }
  }
}

/** Measures a shape on all arms in turn, at most about so many milliseconds long. */
export const measureShape = async (
  running: readonly Running[],
  name: ShapeName,
  { abouts, milliseconds }: { readonly abouts: readonly About[]; readonly milliseconds: number },
): Promise<readonly ArmFigures[]> => {
  const all = await asked(running, name, abouts)
  await compare(all, name)
  const tasks = all.map(({ next }) => next)
  // A third of the time to warm up, which on Java is never enough, and the rest to measure.
  const [round] = await measureInTurn([() => Promise.all(tasks.map((task) => task()))], { rounds: 9, warmUp: 1 })
  const rounds = Math.max(8, Math.min(240, Math.round(milliseconds / (round?.median ?? 1) / (BLOCK + 1))))
  const figures = await measureInTurn(tasks, { rounds, warmUp: Math.ceil(rounds / 2), block: BLOCK })
  const measured: ArmFigures[] = []
  for (const [i, { running, next }] of all.entries()) {
    const processes = [running.served.pid, running.arm.database].filter((each) => each !== null)
    const before = processorOf(processes)
    let asked = 0
    const ask = () => {
      asked += 1
      return next()
    }
    const perSecond = await measureThroughput(ask, CONNECTIONS, Math.min(3, milliseconds / 5000))
    const processor = (processorOf(processes) - before) / asked
    const bytes = (await next()).length
    measured.push({ arm: running.arm, rounds: rounds * BLOCK, perSecond, processor, bytes, ...(figures[i] as Figures) })
  }
  return measured
}

/** The first call of each shape after the program was started and the database forgot its plans: the median of some such. */
export const measureCold = async (
  arms: readonly Arm[],
  names: readonly ShapeName[],
  { abouts, times }: { readonly abouts: readonly About[]; readonly times: number },
): Promise<ReadonlyMap<ShapeName, readonly number[]>> => {
  const calls = new Map(names.map((name) => [name, arms.map((): number[] => [])]))
  for (let time = 0; time < times; time += 1) {
    for (const [i, arm] of arms.entries()) {
      await arm.forget()
      const running = await startArm(arm)
      try {
        await running.ask('{ __typename }')
        for (const name of names) {
          const question = arm.questions[name]
          if ('cannot' in question) continue
          const { query, variables } = requestOf(question, abouts[time % abouts.length] as About)
          const start = performance.now()
          await running.ask(query, variables)
          calls.get(name)?.[i]?.push(performance.now() - start)
        }
      } finally {
        await running.stop()
      }
    }
  }
  return new Map([...calls].map(([name, each]) => [name, each.map((all) => figuresOf(all).median)]))
}

const dataOf = (answer: Buffer): unknown => {
  const { data, errors } = JSON.parse(answer.toString()) as { data: unknown; errors?: readonly unknown[] }
  if (errors) throw new Error(`It was answered: ${JSON.stringify(errors).slice(0, 2000)}`)
  return data
}

/** The first place where two answers differ. */
const difference = (one: unknown, other: unknown): string => {
  const [a, b] = [one, other].map((each) => JSON.stringify(each))
  const at = [...(a ?? '')].findIndex((letter, i) => letter !== b?.[i])
  return [a, b].map((each) => each?.slice(Math.max(0, at - 100), at + 200)).join('\n')
}
