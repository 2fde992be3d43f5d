import type { ServerResponse } from 'node:http'
import { type GraphQLError, getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Ask } from '../../ask/ask.js'
import { refuse } from '../../ask/refuse.js'
import { bibtex, citationSentence, ris } from '../../cite/citation-texts.js'
import { askedAt, type CslItem, cslItems } from '../../cite/csl.js'
import { openReceipt } from '../../receipt/open-receipt.js'
import { type Question, questionHash } from '../../table/about-table.js'
import { answerWithSources } from '../../table/answer-sources.js'
import { writeZip } from '../../table/write-zip.js'
import { readDocument } from '../answer-question.js'
import { errorResponse } from '../error-response.js'
import { fileResponse, type Sending } from '../file-response.js'
import { type KeptQuestions, LINKS } from '../kept-questions.js'
import { originOf } from '../origin-of.js'
import { questionAddress } from '../question-address.js'
import { readQuestion } from '../read-question.js'

export interface GiveReceiptsOptions {
  readonly ask: Ask
  readonly mask: (error: unknown) => GraphQLError
  readonly endpoint: string
  readonly bodyLimit: number
  /** Where questions are kept, so that long ones have a short address. */
  readonly kept: KeptQuestions | undefined
}

/** How a citation is written. */
const STYLES: Readonly<
  Record<string, { readonly type: string; readonly write: (items: readonly CslItem[]) => string }>
> = {
  text: { type: 'text/plain; charset=utf-8', write: (items) => `${citationSentence(items)}\n` },
  bibtex: { type: 'application/x-bibtex; charset=utf-8', write: bibtex },
  ris: { type: 'application/x-research-info-systems; charset=utf-8', write: ris },
  csl: { type: 'application/vnd.citationstyles.csl+json', write: (items) => `${JSON.stringify(items, null, 2)}\n` },
}

/**
 * `/receipt` gives the answer to a question with all that is needed to stand by it, as a zip; `/cite` says how to cite a
 * record or an answer. Both take a question as `/graphql` does.
 */
export const giveReceipts = ({ ask, mask, endpoint, bodyLimit, kept }: GiveReceiptsOptions): Plugin => {
  /** Where a question is asked again: a short link for a long one, where there may be any. */
  const addressOf = async (request: Request, url: URL, question: Question): Promise<string> => {
    const origin = originOf(request, url)
    const whole = questionAddress(`${origin}${endpoint}`, question)
    if (whole.length <= LONG_ADDRESS || !kept) return whole
    const hash = await kept.keep(question).catch(() => null)
    return hash ? `${origin}${LINKS}/${hash}` : whole
  }

  const receipt = async (request: Request, url: URL, sending: Sending): Promise<Response> => {
    const question = await readQuestion(request, url, bodyLimit)
    if (!question) throw refuse('BAD_REQUEST', 400, 'A receipt is of a question; send `query` as to /graphql.')
    const { variables, operationName } = question
    const asking = { variables, operationName, signal: request.signal }
    const about = { ask, question, address: await addressOf(request, url, question), now: new Date() }
    const opened = await openReceipt(ask, await readDocument(ask, question, request.signal), asking, about)
    if ('errors' in opened) return errorResponse(opened.errors, mask)
    return fileResponse(
      {
        name: opened.name,
        ending: '-receipt.zip',
        type: 'application/zip',
        chunks: writeZip(opened.parts()),
        headers: { 'rapporteur-data-version': String(opened.state.version) },
      },
      sending,
    )
  }

  const cite = async (request: Request, url: URL): Promise<Response> => {
    const style = STYLES[url.searchParams.get('style') ?? 'text']
    if (!style) throw refuse('BAD_PARAMETER', 400, `\`style\` is one of ${Object.keys(STYLES).join(', ')}.`)
    const id = url.searchParams.get('id')
    const items = id ? await itemsOfRecord(id, request, url) : await itemsOfAnswer(request, url)
    if ('errors' in items) return errorResponse(items.errors, mask)
    return new Response(style.write(items), { headers: { 'content-type': style.type, 'cache-control': 'no-cache' } })
  }

  /** What is cited of a record, as its own citation has it, with where it is asked again. */
  const itemsOfRecord = async (id: string, request: Request, url: URL): Promise<Items> => {
    const { data, errors } = await ask.question(CITED, { variables: { id }, signal: request.signal, own: true })
    if (errors) return { errors }
    const { citation } = data as { citation: { readonly cslJson: string } | null }
    if (!citation)
      throw refuse(
        'NOT_FOUND',
        404,
        `There is no record "${id.slice(0, 100)}". /api/search?text= finds records by name, title or reference.`,
      )
    const address = `${originOf(request, url)}/api/node?id=${encodeURIComponent(id)}`
    return askedAt(JSON.parse(citation.cslJson) as readonly CslItem[], address, new Date())
  }

  const itemsOfAnswer = async (request: Request, url: URL): Promise<Items> => {
    const question = await readQuestion(request, url, bodyLimit)
    if (!question)
      throw refuse('BAD_REQUEST', 400, 'Name a record with `id`, or a question with `query`, as to /graphql.')
    const { variables, operationName } = question
    const document = await readDocument(ask, question, request.signal)
    const { result, cited } = await answerWithSources(ask, document, {
      variables,
      operationName,
      signal: request.signal,
    })
    if (result.errors) return { errors: result.errors }
    return cslItems(await cited.describe(ask), {
      title: getOperationAST(document, operationName)?.name?.value ?? 'An answer',
      id: questionHash(question),
      ...(await ask.state(request.signal)),
      address: await addressOf(request, url, question),
      accessed: new Date().toISOString(),
    })
  }

  return {
    async onRequest({ request, url, fetchAPI, endResponse, serverContext }) {
      if (url.pathname !== '/receipt' && url.pathname !== '/cite') return
      const { res } = serverContext as { readonly res?: ServerResponse }
      try {
        endResponse(
          url.pathname === '/cite'
            ? await cite(request, url)
            : await receipt(request, url, { fetchAPI, response: res, mask }),
        )
      } catch (error) {
        endResponse(errorResponse([error], mask))
      }
    },
  }
}

/** What is cited, or the errors of the question. */
type Items = readonly CslItem[] | { readonly errors: readonly GraphQLError[] }

/** Characters from which on an address is too long for a footnote. */
const LONG_ADDRESS = 200

const CITED = 'query Cited($id: ID!) { citation(of: $id) { cslJson } }'
