import type { DocumentNode, ExecutionArgs, Source } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Ask } from '../../ask/ask.js'

/** Asks, with the value `true`, that the answer says how it was made. */
export const EXPLAIN_HEADER = 'rapporteur-explain'

/** Has each document read, checked and answered where every question is, and tells of a client that has gone. */
export const answerQuestions = (ask: Ask): Plugin => ({
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
      }),
    )
  },
})
