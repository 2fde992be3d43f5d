import type { ServerResponse } from 'node:http'
import type { GraphQLError } from 'graphql'
import { type Plugin, shouldRenderGraphiQL } from 'graphql-yoga'
import type { Ask } from '../../ask/ask.js'
import { refuse } from '../../ask/refuse.js'
import type { Question } from '../../table/about-table.js'
import { answerAsTable, readDocument } from '../answer-question.js'
import { errorResponse } from '../error-response.js'
import { type KeptQuestions, LINKS } from '../kept-questions.js'
import { originOf } from '../origin-of.js'
import { questionAddress } from '../question-address.js'
import { readQuestion } from '../read-question.js'
import { isTableFormat } from '../table-response.js'

export interface KeepLinksOptions {
  readonly ask: Ask
  readonly mask: (error: unknown) => GraphQLError
  readonly kept: KeptQuestions
  readonly endpoint: string
  readonly bodyLimit: number
}

/**
 * Short links that stay: a question that is sent to `/q` is kept, and `/q/<hash>` asks it: in a browser in GraphiQL, for a
 * program with its answer, as a table with `format=`. Whatever is kept can be asked: nothing else is.
 */
export const keepLinks = ({ ask, mask, kept, endpoint, bodyLimit }: KeepLinksOptions): Plugin => {
  const keep = async (request: Request, url: URL): Promise<Response> => {
    if (request.method !== 'POST')
      throw refuse('BAD_REQUEST', 405, `Send a question to ${LINKS} with POST, to have it kept.`)
    const question = await readQuestion(request, url, bodyLimit)
    if (!question) throw refuse('BAD_REQUEST', 400, 'The body has no `query`; send the question as to /graphql.')
    await readDocument(ask, question, request.signal)
    const hash = await kept.keep(question)
    return Response.json({ hash, link: `${originOf(request, url)}${LINKS}/${hash}` })
  }
  const found = async (hash: string): Promise<Question> => {
    const question = await kept.get(hash)
    if (question) return question
    throw refuse(
      'NOT_FOUND',
      404,
      `Nobody had a question kept under "${hash.slice(0, 60)}" here. A link is made by sending one to ${LINKS}.`,
    )
  }
  return {
    async onRequest({ request, url, fetchAPI, endResponse, serverContext }) {
      if (url.pathname !== LINKS && !url.pathname.startsWith(`${LINKS}/`)) return
      try {
        if (url.pathname === LINKS) return endResponse(await keep(request, url))
        if (request.method !== 'GET') throw refuse('BAD_REQUEST', 405, `Ask for ${url.pathname} with GET.`)
        const question = withVariables(await found(url.pathname.slice(LINKS.length + 1)), url)
        const format = url.searchParams.get('format')
        const { res } = serverContext as { readonly res?: ServerResponse }
        const sending = { fetchAPI, response: res, mark: url.searchParams.get('bom') === 'true' }
        const address = url.toString()
        if (isTableFormat(format)) {
          const answering = { ask, mask, signal: request.signal, address, ...sending }
          return endResponse(await answerAsTable(question, format, answering))
        }
        if (format === 'question') return endResponse(Response.json(question))
        // GraphiQL takes the question from the link itself.
        if (!ask.documents.listedOnly && shouldRenderGraphiQL(request)) return
        const to = questionAddress(`${originOf(request, url)}${endpoint}`, question)
        endResponse(await answerAsJson(ask, mask, question, request, to))
      } catch (error) {
        endResponse(errorResponse([error], mask))
      }
    },
  }
}

/** The question with other values of its variables, where the address gives some. */
const withVariables = (question: Question, { searchParams }: URL): Question => {
  const given = searchParams.get('variables')
  if (!given) return question
  try {
    return { ...question, variables: { ...question.variables, ...(JSON.parse(given) as object) } }
  } catch (error) {
    throw refuse('BAD_REQUEST', 400, `\`variables\` is not JSON (${(error as Error).message}).`)
  }
}

const answerAsJson = async (
  ask: Ask,
  mask: (error: unknown) => GraphQLError,
  { query, variables, operationName }: Question,
  request: Request,
  address: string,
): Promise<Response> => {
  const result = await ask.question(query, { variables, operationName, signal: request.signal })
  if (result.errors && !result.data) return errorResponse(result.errors, mask)
  const errors = result.errors?.map(mask)
  const headers = {
    link: `<${address.length <= MAX_HEADER ? address : '/graphql'}>; rel="alternate"`,
    'cache-control': 'no-cache',
  }
  return Response.json({ ...(errors && { errors }), data: result.data }, { headers })
}

/** The longest address that is told in a header. */
const MAX_HEADER = 4000
