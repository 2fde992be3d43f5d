import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { type GraphQLError, getOperationAST } from 'graphql'
import type { FetchAPI, Plugin } from 'graphql-yoga'
import type { Ask } from '../../ask/ask.js'
import { refuse } from '../../ask/refuse.js'
import { bibtex, citationSentence, ris } from '../../cite/citation-texts.js'
import { type CslItem, cslItems } from '../../cite/csl.js'
import { openReceipt } from '../../receipt/open-receipt.js'
import { type Question, questionHash } from '../../table/about-table.js'
import { answerWithSources } from '../../table/answer-sources.js'
import { readState } from '../../table/open-table.js'
import { writeZip } from '../../table/write-zip.js'
import { readDocument } from '../answer-question.js'
import { errorResponse } from '../error-response.js'
import type { KeptQuestions } from '../kept-questions.js'
import { originOf } from '../origin-of.js'
import { questionAddress } from '../question-address.js'
import { readQuestion } from '../read-question.js'
import { LINKS } from './keep-links.js'

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

  const receipt = async (request: Request, url: URL, fetchAPI: FetchAPI, response: ServerResponse | undefined) => {
    const question = await readQuestion(request, url, bodyLimit)
    if (!question) throw refuse('BAD_REQUEST', 400, 'A receipt is of a question; send `query` as to /graphql.')
    const { variables, operationName } = question
    const asking = { variables, operationName, signal: request.signal }
    const about = { ask, question, address: await addressOf(request, url, question), now: new Date() }
    const opened = await openReceipt(ask, readDocument(ask, question), asking, about)
    if ('errors' in opened) return errorResponse(opened.errors, mask)
    const body = Readable.from(writeZip(opened.parts()), { objectMode: false, highWaterMark: 65_536 })
    body.once('error', (error) => {
      mask(error)
      response?.destroy(error)
    })
    const file = `${opened.name.replaceAll('.', '-').replace(/[^\w-]/g, '') || 'answer'}-receipt.zip`
    return new fetchAPI.Response(body as unknown as BodyInit, {
      headers: {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${file}"`,
        'rapporteur-data-version': String(opened.state.version),
        'access-control-expose-headers': 'content-disposition, rapporteur-data-version',
      },
    })
  }

  const cite = async (request: Request, url: URL): Promise<Response> => {
    const style = STYLES[url.searchParams.get('style') ?? 'text']
    if (!style) throw refuse('BAD_PARAMETER', 400, `\`style\` is one of ${Object.keys(STYLES).join(', ')}.`)
    const id = url.searchParams.get('id')
    const question: Question | null = id
      ? { query: CITED, variables: { id } }
      : await readQuestion(request, url, bodyLimit)
    if (!question)
      throw refuse('BAD_REQUEST', 400, 'Name a record with `id`, or a question with `query`, as to /graphql.')
    const { variables, operationName } = question
    const asking = { variables, operationName, signal: request.signal }
    const document = readDocument(ask, question)
    const { result, cited } = await answerWithSources(ask, document, asking)
    if (result.errors) return errorResponse(result.errors, mask)
    if (id && (result.data as { node: unknown }).node === null)
      throw refuse(
        'NOT_FOUND',
        404,
        `There is no record "${id.slice(0, 100)}". /api/search?text= finds records by name, title or reference.`,
      )
    const address = id
      ? `${originOf(request, url)}/api/node?id=${encodeURIComponent(id)}`
      : await addressOf(request, url, question)
    const title = id ? await labelOf(id) : (getOperationAST(document, operationName)?.name?.value ?? 'An answer')
    const items = cslItems(await cited.describe(ask), {
      title,
      id: id ?? questionHash(question),
      ...(await readState(ask, request.signal)),
      address,
      accessed: new Date().toISOString(),
    })
    return new Response(style.write(items), { headers: { 'content-type': style.type, 'cache-control': 'no-cache' } })
  }

  /** What a record is called in its own citation. */
  const labelOf = async (id: string): Promise<string> => {
    const { data } = await ask.question('query ($id: ID!) { citation(of: $id) { cslJson } }', { variables: { id } })
    const { citation } = data as { citation: { cslJson: string } | null }
    const items = JSON.parse(citation?.cslJson ?? '[]') as readonly CslItem[]
    return items.at(-1)?.title.replace(` (${id})`, '') ?? id
  }

  return {
    async onRequest({ request, url, fetchAPI, endResponse, serverContext }) {
      if (url.pathname !== '/receipt' && url.pathname !== '/cite') return
      const { res } = serverContext as { readonly res?: ServerResponse }
      try {
        endResponse(url.pathname === '/cite' ? await cite(request, url) : await receipt(request, url, fetchAPI, res))
      } catch (error) {
        endResponse(errorResponse([error], mask))
      }
    },
  }
}

/** Characters from which on an address is too long for a footnote. */
const LONG_ADDRESS = 200

const CITED = 'query Cited($id: ID!) { node(id: $id) { id } }'
