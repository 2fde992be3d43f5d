import type { ExecutionResult, GraphQLError } from 'graphql'
import type { Answer } from '../store/graph-store.js'

export type Json = Answer['json']

/** An answer whose text is already written; `data` is read from it only where somebody asks. */
export interface WrittenResult extends ExecutionResult {
  /** The response in JSON, with the errors that the result has by then; Yoga puts text and bytes into a response alike. */
  readonly stringify: (result: ExecutionResult) => string | Buffer
  /** Whether the answer is the same as long as the graph is. */
  readonly isLasting: boolean
}

/** What an answer says, read. */
export const readJson = (json: Json): unknown =>
  JSON.parse(typeof json === 'string' ? json : Buffer.from(json).toString())

/** What is answered to one root field. */
export interface RootAnswer {
  readonly key: string
  readonly json: Json
  readonly errors: readonly GraphQLError[]
  /** Whether the whole answer is null, because a field that cannot be null has failed. */
  readonly fatal: boolean
}

/** Writes the answers as one JSON object, in the order asked, with what else is said of them. */
export const writeResult = (
  answers: readonly RootAnswer[],
  {
    isLasting,
    extensions,
  }: { readonly isLasting: boolean; readonly extensions?: Readonly<Record<string, unknown>> | undefined },
): WrittenResult => {
  const errors = answers.flatMap((answer) => answer.errors)
  const data = answers.some((answer) => answer.fatal)
    ? ['null']
    : ['{', ...answers.flatMap(({ key, json }, i) => [`${i === 0 ? '' : ','}${JSON.stringify(key)}:`, json]), '}']
  return {
    ...(errors.length > 0 ? { errors } : {}),
    ...(extensions && { extensions }),
    isLasting,
    get data() {
      return JSON.parse(joined(data).toString())
    },
    stringify: ({ errors: shown }) => {
      const told = shown && shown.length > 0 ? `"errors":${JSON.stringify(shown)},` : ''
      const more = extensions ? `,"extensions":${JSON.stringify(extensions)}` : ''
      return joined([`{${told}"data":`, ...data, `${more}}`])
    },
  }
}

/** One text where all are text; bytes are never decoded. */
const joined = (parts: readonly Json[]): string | Buffer =>
  parts.every((part) => typeof part === 'string')
    ? parts.join('')
    : Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
