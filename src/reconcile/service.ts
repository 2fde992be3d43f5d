import type { GraphQLSchema } from 'graphql'
import { refuse } from '../ask/refuse.js'
import type { GraphShape } from '../model/graph-shape.js'
import type { AskGraph } from './ask-graph.js'
import { Catalogue } from './catalogue.js'
import { extendRecords } from './extend.js'
import { explainFeature } from './features.js'
import { escapeHtml, isolate, page } from './html.js'
import { makeManifest } from './manifest.js'
import { flyoutOfRecord, previewRecord } from './preview.js'
import { reconcileBatch } from './reconcile-batch.js'
import { proposeProperties, readSuggestQuery, suggestEntities, suggestProperties, suggestTypes } from './suggest.js'

/** A request to the service. */
export interface ServiceRequest {
  /** What follows the service's address: empty, `/preview`. */
  readonly path: string
  readonly parameters: URLSearchParams
  /** The service's own absolute address. */
  readonly base: string
  readonly ask: AskGraph
}

/** What is answered: a page, or what becomes JSON. */
export type ServiceAnswer = { readonly html: string } | { readonly json: unknown }

/** The Reconciliation Service API 0.2: it says of a table's names which records are meant, and what these tell. */
export class ReconciliationService {
  readonly #catalogue: Catalogue

  constructor(shape: GraphShape, schema: GraphQLSchema) {
    this.#catalogue = new Catalogue(shape, schema)
  }

  /** Answers a request. @throws GraphQLError, RapporteurError with a code and a sentence */
  async answer(request: ServiceRequest): Promise<ServiceAnswer> {
    const { path, parameters, ask } = request
    const catalogue = this.#catalogue
    if (parameters.has('callback'))
      throw refuse(
        'BAD_REQUEST',
        400,
        'Answers are JSON and never a script: leave out `callback`. Pages of every site may ask (CORS).',
      )
    switch (path) {
      case '':
      case '/':
        return { json: await this.#answerRoot(request) }
      case '/suggest/entity':
        return { json: await suggestEntities(readSuggestQuery(parameters), ask, catalogue) }
      case '/suggest/type':
        return { json: suggestTypes(readSuggestQuery(parameters), catalogue) }
      case '/suggest/property':
        return { json: suggestProperties(readSuggestQuery(parameters), catalogue) }
      case '/properties':
        return { json: proposeProperties(parameters, catalogue) }
      case '/preview':
        return { html: this.#found(await previewRecord(idOf(parameters), ask, catalogue), 'record', parameters) }
      case '/flyout/entity':
        return this.#flyout(await flyoutOfRecord(idOf(parameters), ask, catalogue), 'record', parameters)
      case '/flyout/type':
        return this.#flyout(flyout(catalogue.types.get(idOf(parameters))), 'type', parameters)
      case '/flyout/property':
        return this.#flyout(flyout(catalogue.properties.get(idOf(parameters))), 'property', parameters)
      case '/feature': {
        const id = idOf(parameters)
        const sentence = this.#found(explainFeature(id, catalogue), 'feature', parameters)
        return { html: page(id, `<h1>${isolate(id)}</h1>\n<p>${escapeHtml(sentence)}</p>`) }
      }
      default:
        throw refuse(
          'BAD_REQUEST',
          404,
          'Nothing is at this address. The manifest at /reconcile names those of the service.',
        )
    }
  }

  /** A batch of queries, an extension of data, or, without either, the manifest. */
  async #answerRoot({ parameters, base, ask }: ServiceRequest): Promise<unknown> {
    const [queries, extend] = [parameters.get('queries'), parameters.get('extend')]
    if (queries !== null && extend !== null)
      throw refuse('BAD_REQUEST', 400, 'The request has both `queries` and `extend`; send one of them.')
    if (queries !== null) return reconcileBatch(readJson(queries, 'queries'), ask, this.#catalogue)
    if (extend !== null) return extendRecords(readJson(extend, 'extend'), ask, this.#catalogue)
    if (parameters.has('query'))
      throw refuse(
        'BAD_REQUEST',
        400,
        'A single `query` is no part of version 0.2. Send `queries={"q0": {"query": "…"}}`.',
      )
    return makeManifest(base, this.#catalogue)
  }

  #found<T>(found: T | null, what: string, parameters: URLSearchParams): T {
    if (found !== null) return found
    throw refuse('BAD_REQUEST', 404, `There is no ${what} "${idOf(parameters).slice(0, 60)}".`)
  }

  #flyout(html: string | null, what: string, parameters: URLSearchParams): ServiceAnswer {
    return { json: { id: idOf(parameters), html: this.#found(html, what, parameters) } }
  }
}

const idOf = (parameters: URLSearchParams): string => parameters.get('id') ?? ''

const flyout = (
  about:
    | {
        readonly name: string
        readonly description?: string
        readonly ofTypes?: ReadonlyMap<string, { readonly description: string }>
      }
    | undefined,
): string | null => {
  if (!about) return null
  const descriptions = [
    about.description,
    ...[...(about.ofTypes ?? [])].map(([type, of]) => `${type}: ${of.description}`),
  ]
  const lines = descriptions.flatMap((line) => (line ? [`<p>${escapeHtml(line)}</p>`] : []))
  return `<p><strong>${escapeHtml(about.name)}</strong></p>${lines.join('')}`
}

const readJson = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw refuse('BAD_REQUEST', 400, `\`${name}\` is no JSON (${error.message.slice(0, 200)}).`)
  }
}
