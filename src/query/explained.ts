import type { Statement } from '../store/graph-store.js'
import type { PlanStep } from './describe-plan.js'
import { type Json, readJson } from './written-result.js'

/** What a client is told of how one root field was answered. */
interface ExplainedField {
  readonly field: string
  /** Each step of the plan, in words, where its rows stand in the answer, and how many they are. */
  plan: readonly (PlanStep & { readonly rows: number })[]
  readonly statements: { readonly text: string; readonly parameters: unknown; readonly milliseconds: number }[]
}

/** Collects how a request was answered: its plans in words, the statements, their parameters, rows and times. */
export class Explained {
  readonly #fields: ExplainedField[] = []
  readonly #milliseconds: Record<string, number> = {}
  readonly #start = performance.now()
  #last = this.#start

  /** @param read milliseconds that reading the document took, when it was read */
  constructor(read: number | undefined) {
    if (read !== undefined) this.#milliseconds['read'] = rounded(read)
  }

  /** Tells that a step has ended. */
  step(name: string): void {
    const now = performance.now()
    this.#milliseconds[name] = rounded(now - this.#last)
    this.#last = now
  }

  field(key: string, words: () => readonly PlanStep[]) {
    const field: ExplainedField = { field: key, plan: [], statements: [] }
    this.#fields.push(field)
    return {
      statement: ({ text, parameters }: Statement, milliseconds: number): void => {
        field.statements.push({ text, parameters: asJson(parameters), milliseconds: rounded(milliseconds) })
      },
      answered: (json: Json): void => {
        const answer = { [key]: readJson(json) }
        field.plan = words().map((step) => ({ ...step, rows: countRows(answer, step.path.split('/')) }))
      },
    }
  }

  extensions(): Readonly<Record<string, unknown>> {
    const total = rounded(performance.now() - this.#start)
    return { explain: { milliseconds: { ...this.#milliseconds, total }, fields: this.#fields } }
  }
}

/** A whole number that JSON cannot hold, as an engine may take it, is told as a text. */
const asJson = (parameters: unknown): unknown =>
  JSON.parse(JSON.stringify(parameters, (_, value) => (typeof value === 'bigint' ? String(value) : value)))

const rounded = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000

/** How many objects there are at the end of a path, in whatever lists. */
const countRows = (value: unknown, path: readonly string[]): number => {
  if (value === null || value === undefined) return 0
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + countRows(each, path), 0)
  const [next, ...rest] = path
  return next === undefined ? 1 : countRows((value as Readonly<Record<string, unknown>>)[next], rest)
}
