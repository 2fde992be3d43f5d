import type { ServerResponse } from 'node:http'
import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql'
import { getOperationAST, print } from 'graphql'
import type { FetchAPI, Plugin } from 'graphql-yoga'
import type { Ask } from '../../ask/ask.js'
import type { Question } from '../../table/about-table.js'
import { openTable, type Table } from '../../table/open-table.js'
import { questionAddress } from '../question-address.js'
import { isTableFormat, preferredTable, TABLE_FORMATS, type TableFormat, tableResponse } from '../table-response.js'

/** What an answer is given as that is no table. */
const OTHER_TYPES = ['application/graphql-response+json', 'application/json', 'text/html']

/** What a table is given as, and whether with a byte order mark. */
interface Wanted {
  readonly format: TableFormat
  readonly mark: boolean
}

interface TableResult extends ExecutionResult {
  readonly table: Table
  readonly question: Question
}

/**
 * Answers a question as a table where `Accept` prefers one, or `format=csv` or `format=xlsx` stands in its address, so
 * that a link is enough. Errors before the first row are told in JSON as to everybody. Stands after what executes.
 */
export const answerTables = (ask: Ask, endpoint: string, mask: (error: unknown) => GraphQLError): Plugin => {
  const wanted = new WeakMap<Request, Wanted>()
  return {
    onRequest({ request, url }) {
      const wants = url.pathname === endpoint ? wantedOf(request, url) : undefined
      if (!wants) return
      wanted.set(request, wants)
      request.headers.set('accept', 'application/graphql-response+json')
    },
    onExecute({ context: { request }, setExecuteFn }) {
      const wants = request && wanted.get(request)
      if (!wants) return
      setExecuteFn(async ({ document, variableValues, operationName }: ExecutionArgs) => {
        const variables = variableValues ?? undefined
        const asking = { variables, operationName: operationName ?? undefined, signal: request.signal }
        const table = await openTable(ask, document, { ...asking, sources: wants.format === 'xlsx' })
        if ('errors' in table) return table
        const query = document.loc?.source.body ?? print(document)
        const name = getOperationAST(document, operationName)?.name?.value
        return { table, question: { query, variables, operationName: name } } satisfies TableResult
      })
    },
    onResultProcess({ request, result, setResultProcessor, serverContext }) {
      const wants = wanted.get(request)
      if (!wants || !('table' in result)) return
      const { table, question } = result as TableResult
      const address = questionAddress(new URL(request.url).origin + endpoint, question)
      const about = { ask, question, address, now: new Date() }
      const { res } = serverContext as { readonly res?: ServerResponse }
      const give = (fetchAPI: FetchAPI) =>
        tableResponse(table, wants.format, about, { ...wants, fetchAPI, response: res, mask })
      setResultProcessor((_, fetchAPI) => give(fetchAPI), TABLE_FORMATS[wants.format])
    },
  }
}

/** Which table is wanted, if any. */
const wantedOf = (request: Request, { searchParams }: URL): Wanted | undefined => {
  const named = request.method === 'GET' ? searchParams.get('format') : null
  const format = isTableFormat(named) ? named : named ? undefined : preferredTable(request, OTHER_TYPES)
  return format && { format, mark: searchParams.get('bom') === 'true' }
}
