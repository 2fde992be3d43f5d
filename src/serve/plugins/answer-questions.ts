import { type DocumentNode, type ExecutionArgs, GraphQLError, getOperationAST, Kind, type Source } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Ask } from '../../ask/ask.js'
import type { ReadDocument } from '../../ask/documents.js'
import { refuse } from '../../ask/refuse.js'

/** Asks, with the value `true`, that the answer says how it was made. */
export const EXPLAIN_HEADER = 'rapporteur-explain'
/** Asks, with the value `true`, that the answer says what it costs. */
export const COST_HEADER = 'rapporteur-cost'

/** Has each document read, checked and answered where every question is, and tells of a client that has gone. */
export const answerQuestions = (ask: Ask): Plugin => ({
  async onParams({ params, setParams, request }) {
    const { query, operationName, ...more } = params
    // Yoga refuses what is no text only later.
    const known = typeof query === 'string' && query ? await readIfPossible(ask, query, request.signal) : undefined
    // An empty name is none.
    if (operationName === '') setParams({ ...more, ...(query !== undefined && { query }) })
    else if (known && typeof operationName === 'string') checkOperation(known, operationName)
  },
  onParse({ setParseFn }) {
    setParseFn((source: string | Source) => {
      return ask.documents.read(typeof source === 'string' ? source : source.body).document
    })
  },
  onValidate({ setValidationFn }) {
    setValidationFn((_: unknown, document: DocumentNode) => ask.documents.of(document)?.errors ?? [])
  },
  onExecute({ setExecuteFn, context: { request } }) {
    setExecuteFn(({ document, variableValues, operationName }: ExecutionArgs) =>
      ask.answer(document, {
        variables: variableValues ?? undefined,
        operationName: operationName ?? undefined,
        signal: request.signal,
        explain: request.headers.get(EXPLAIN_HEADER) === 'true',
        tellCost: request.headers.get(COST_HEADER) === 'true',
      }),
    )
  },
})

/** @throws GraphQLError for an operation that the document does not have; Yoga (5.24) does not say which */
const checkOperation = ({ document }: ReadDocument, name: string): void => {
  if (getOperationAST(document, name)) return
  const names = document.definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION && each.name ? [`"${each.name.value}"`] : [],
  )
  const there = names.length > 0 ? `It has ${names.join(', ')}` : 'Its operation has no name'
  throw refuse(
    'OPERATION_RESOLUTION_FAILURE',
    400,
    `The document has no operation "${name.slice(0, 100)}". ${there}; send that, or no \`operationName\`.`,
  )
}

/** Reads a document in its turn, for which parsing does not wait (Yoga 5.24). What is none is told when it is parsed. */
const readIfPossible = async (ask: Ask, query: string, signal: AbortSignal): Promise<ReadDocument | undefined> => {
  try {
    return await ask.read(query, { signal })
  } catch (error) {
    if (error instanceof GraphQLError) return undefined
    throw error
  }
}
