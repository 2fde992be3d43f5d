import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Executor } from '../../query/execute.js'

/** Documents remembered, and the characters of the longest one. */
const MAX_KNOWN = 500
const MAX_LENGTH = 20_000

/**
 * Answers a POST with a document that has passed parsing, limits and validation before, without the way through Yoga's
 * hooks for them. An answer with errors goes that way all the same, but is not asked again. Stands after the plugin that executes.
 */
export const knownDocuments = (schema: GraphQLSchema, executor: () => Executor): Plugin => {
  const known = new Map<string, DocumentNode>()
  const answered = new WeakMap<Request, ExecutionResult>()
  return {
    onValidate({ params: { documentAST } }) {
      return ({ valid }) => {
        const text = documentAST.loc?.source.body
        if (!valid || text === undefined || text.length > MAX_LENGTH) return
        known.set(text, documentAST)
        if (known.size > MAX_KNOWN) known.delete(known.keys().next().value as string)
      }
    },
    onParams({ params: { query, variables, operationName }, request, paramsHandler, setParamsHandler }) {
      const document = query === undefined || request.method !== 'POST' ? undefined : known.get(query)
      if (!document) return
      setParamsHandler(async (payload) => {
        const args = { schema, document, variableValues: variables, operationName, signal: request.signal }
        const result = await answer(executor, args)
        if (result && !result.errors) return result
        if (result) answered.set(request, result)
        return paramsHandler(payload)
      })
    },
    onExecute({ context, setExecuteFn }) {
      const result = answered.get((context as { readonly request: Request }).request)
      if (result) setExecuteFn(() => result)
    },
  }
}

/** The answer, unless none can be given now. */
const answer = async (
  executor: () => Executor,
  args: Parameters<Executor>[0],
): Promise<ExecutionResult | undefined> => {
  let execute: Executor
  try {
    execute = executor()
  } catch {
    return undefined
  }
  return execute(args)
}
