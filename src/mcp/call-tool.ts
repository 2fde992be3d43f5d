import { type DocumentNode, GraphQLError } from 'graphql'
import type { Ask } from '../ask/ask.js'
import type { GraphState } from '../ask/kept-answers.js'
import { nearest } from '../search/nearest.js'
import type { AskMore } from './ask-more.js'
import { readCoverage } from './coverage.js'
import { isObject, type JsonObject } from './json.js'
import { markUnknown } from './mark-unknown.js'
import { nearestRecords, wordsOf } from './nearest-records.js'
import { numberSources } from './number-sources.js'
import type { Question } from './question.js'
import { readAsked } from './read-asked.js'
import { itemsOf, readLists } from './read-lists.js'
import type { Tool } from './tool.js'
import type { Reason, ToolResult } from './tool-result.js'
import { whyNothing } from './why-nothing.js'

export interface CallOptions {
  readonly ask: Ask
  /** Makes of any error what a client may be told. */
  readonly mask: (error: unknown) => GraphQLError
  /** The lists that are published whole or not at all, such as `VoteEvent.votes`. */
  readonly wholeOrNone: ReadonlySet<string>
  /** Makes the address that asks a question again. */
  readonly linkTo: (question: Question) => Promise<string>
  readonly signal?: AbortSignal | undefined
}

type Arguments = Readonly<Record<string, unknown>>

/** A result, and whether the call itself was wrong or failed. */
export interface Called {
  readonly result: ToolResult
  readonly isError: boolean
}

/** Answers a call of a tool; what is refused or fails is a result with its reason. */
export const callTool = async (tool: Tool, given: Arguments, options: CallOptions): Promise<Called> => {
  const known = Object.entries(given).filter(([, value]) => value !== null && value !== undefined)
  const args = Object.fromEntries(known)
  const unknown = unknownParameter(tool, args)
  if (unknown) return refused(unknown)
  try {
    return await answerQuestion(tool.question(args), options)
  } catch (error) {
    return failed([options.mask(error)], args, options)
  }
}

/** Letters of a parameter's name that are shown. */
const LONGEST_NAME = 60

const unknownParameter = ({ name, inputSchema }: Tool, args: Arguments): Reason | undefined => {
  const parameters = Object.keys(inputSchema.properties)
  const unknown = Object.keys(args).find((each) => !parameters.includes(each))
  if (unknown === undefined) return undefined
  const shown = unknown.slice(0, LONGEST_NAME)
  const sentence = `The tool "${name}" has no parameter "${shown}".${nearest(shown, parameters)} Nothing was asked.`
  return { code: 'UNKNOWN_PARAMETER', sentence, nearest: [] }
}

const NOTHING = {
  data: null,
  total: null,
  undecided: null,
  complete: null,
  next: null,
  asOf: null,
  dataVersion: null,
  sources: [],
  moreSources: 0,
  sourcesOf: null,
  covered: null,
  link: null,
} as const

const refused = (reason: Reason): Called => ({ result: { ...NOTHING, reason }, isError: true })

/** Characters of a sentence that quotes what was given. */
const LONGEST_SENTENCE = 600

const failed = async (errors: readonly GraphQLError[], args: Arguments, options: CallOptions): Promise<Called> => {
  const code = String(errors[0]?.extensions['code'] ?? 'BAD_ARGUMENT')
  const said = [...new Set(errors.map(({ message }) => message))].slice(0, 3).join(' ')
  const sentence = said.length > LONGEST_SENTENCE ? `${said.slice(0, LONGEST_SENTENCE)}…` : said
  const ids = code === 'BAD_ID' ? Object.values(args).filter((each) => typeof each === 'string') : []
  return refused({ code, sentence, nearest: await nearestRecords(ids.map(wordsOf), asker(options)) })
}

/** Asks what explains an answer; that it cannot be explained is no failure. */
const asker =
  ({ ask, signal }: CallOptions): AskMore =>
  async (text, variables) => {
    try {
      const { data, errors } = await ask.question(text, { variables, own: true, ...(signal && { signal }) })
      return errors ? null : ((data ?? null) as JsonObject | null)
    } catch {
      return null
    }
  }

const answerQuestion = async (question: Question, options: CallOptions): Promise<Called> => {
  const { ask, mask, linkTo, wholeOrNone } = options
  const document = await readDocument(question, options)
  const { data, errors, state } = await askAtOneVersion(question, options)
  if (errors.length > 0 || !data) return failed(errors.map(mask), question.variables, options)
  const { schema } = ask.options
  const { variables, operationName } = question
  const asked = readAsked(schema, document, variables, operationName)
  const { answer, narrowed } = markUnknown(schema, document, operationName, data, wholeOrNone)
  const { data: numbered, sources, more } = numberSources(answer)
  // Records that were asked only for what the figures beside them are counted from.
  const { counted, ...shown } = numbered as JsonObject
  const { main, next, undecided, complete } = readLists(shown, asked.firsts)
  const covered = await readCoverage(asked, asker(options))
  const reason = await whyNothing({ answer: shown, narrowed, asked, covered }, asker(options))
  const size = JSON.stringify(shown).length
  return {
    isError: size > MOST_CHARACTERS,
    result: {
      data: size > MOST_CHARACTERS ? null : shown,
      total: main?.total ?? null,
      undecided,
      complete: covered ? false : complete,
      next,
      asOf: state?.changedAt ?? null,
      dataVersion: state?.version ?? null,
      sources,
      moreSources: more,
      sourcesOf: isObject(counted) ? sourcesOf(counted) : null,
      covered,
      // What may not be asked has no address.
      link: ask.documents.mayAsk(question.query) ? await linkTo(question) : null,
      reason: size > MOST_CHARACTERS ? tooLarge(size) : reason,
    },
  }
}

/** Characters of the largest answer that is given; some clients put all of it before their model. */
const MOST_CHARACTERS = 100_000

const tooLarge = (size: number): Reason => ({
  code: 'TOO_LARGE',
  sentence: `The answer has ${size} characters; the most that a tool gives is ${MOST_CHARACTERS}. Ask for fewer with \`first\` and go on with \`after\`, or count with \`figures\`.`,
  nearest: [],
})

const sourcesOf = (counted: JsonObject): ToolResult['sourcesOf'] => {
  const given = itemsOf(counted)?.length ?? 0
  const total = counted['totalCount']
  return typeof total === 'number' && total > given ? { first: given, of: total } : null
}

/** @throws GraphQLError for what is no document, or does not fit the schema; with the codes that such have over HTTP */
const readDocument = async ({ query, isStored }: Question, { ask, signal }: CallOptions): Promise<DocumentNode> => {
  const coded = (error: unknown, code: string): unknown =>
    error instanceof GraphQLError && error.extensions['code'] === undefined
      ? new GraphQLError(error.message, { extensions: { code } })
      : error
  try {
    const { document, errors } = await ask.read(query, { ...(isStored && { own: true }), ...(signal && { signal }) })
    if (errors[0]) throw coded(errors[0], 'GRAPHQL_VALIDATION_FAILED')
    return document
  } catch (error) {
    throw coded(error, 'GRAPHQL_PARSE_FAILED')
  }
}

/** How often a question is asked again because the graph has moved meanwhile. */
const TRIES = 3

/** Asks a question, and which version of the graph has answered; none where it moved each time. */
const askAtOneVersion = async (question: Question, { ask, signal }: CallOptions) => {
  const { query, variables, operationName, isStored } = question
  const own = isStored && ({ own: true } as const)
  const asking = { variables, operationName, ...own, ...(signal && { signal }) }
  for (let tries = 1; ; tries++) {
    const before = await stateOf(ask)
    const { data, errors = [] } = await ask.question(query, asking)
    const after = await stateOf(ask)
    const isSame = before?.version === after?.version
    if (isSame || errors.length > 0 || tries === TRIES)
      return { data: data as JsonObject | null | undefined, errors, state: isSame ? after : undefined }
  }
}

/** The state of the graph, where it can be told. */
const stateOf = (ask: Ask): Promise<GraphState | undefined> => ask.state().catch(() => undefined)
