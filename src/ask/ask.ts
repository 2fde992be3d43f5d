import { type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema, parse } from 'graphql'
import type { Gone } from '../gone.js'
import type { Cost } from '../query/cost.js'
import type { Executor, InTurn, Spending } from '../query/execute.js'
import type { WrittenResult } from '../query/written-result.js'
import type { DocumentSettings } from '../settings.js'
import type { Allowances } from './allowances.js'
import type { DocumentLimits } from './check-document.js'
import { refusalOfVariables } from './check-variables.js'
import { Documents, type ReadDocument } from './documents.js'
import { Gate } from './gate.js'
import { type GraphState, KeptAnswers } from './kept-answers.js'
import { type NamedDocument, readNamedDocuments } from './named-documents.js'
import { type Scope, scopes } from './scope.js'

export interface AskOptions {
  readonly schema: GraphQLSchema
  /** Gives what answers a document; throws `UNAVAILABLE` while there is no store. */
  readonly executor: () => Executor
  readonly limits?: DocumentLimits | undefined
  /** The folder of the documents that have a name, and whether a client may ask those only. */
  readonly documents?: DocumentSettings | undefined
  /** Bytes of answers that are kept in memory; 0 for none. */
  readonly keptAnswers?: number | undefined
  /** How much the clients of requests may ask for; without it there is no end of that. */
  readonly allowances?: Allowances | undefined
}

/** What is asked with a document. */
export interface Asking {
  readonly variables?: Readonly<Record<string, unknown>> | undefined
  readonly operationName?: string | undefined
  /** Ends the statements of the question. */
  readonly signal?: Gone
  /** Whether the answer says how it was made, in `extensions.explain`. */
  readonly explain?: boolean
  /** That the document is the program's own, or made of one that was read, and asked whatever is listed. */
  readonly own?: true
  /** Whether the answer says what it costs, in `extensions.cost`. */
  readonly tellCost?: boolean
  /**
   * When its client pays for it: `now`, or it is refused; `inTime`, for a part of what has begun, which waits until the
   * client has enough; or not at all. It is `now` unless told otherwise.
   */
  readonly pays?: 'now' | 'inTime' | 'nothing'
}

const STATE = parse('{ graph { version changedAt } }')

/**
 * Where every question is answered, whatever brought it: HTTP or a call in the same process. A document is read within
 * the limits, once for its text, and then answered by the executor. Whatever has to hold for each question belongs here.
 */
export class Ask {
  readonly documents: Documents
  /** The documents that are asked for by a name. */
  readonly named: ReadonlyMap<string, NamedDocument>
  readonly #kept: KeptAnswers | undefined
  readonly #gate = new Gate()

  /** @throws RapporteurError `BAD_INPUT` for a document with a name that cannot be asked, with file and line */
  constructor(readonly options: AskOptions) {
    const { schema, limits, documents, keptAnswers } = options
    this.documents = new Documents(schema, { limits, listedOnly: documents?.only })
    this.named = documents?.folder ? readNamedDocuments(documents.folder, this.documents) : new Map()
    this.#kept = keptAnswers ? new KeptAnswers(keptAnswers, () => this.#readState()) : undefined
  }

  /** The state that the graph is in now; no answer that is given from now on is older. @throws what the store throws */
  async state(signal?: Gone): Promise<GraphState> {
    const begun = performance.now()
    const state = await this.#readState(signal)
    this.#kept?.saw(state, begun)
    return state
  }

  /**
   * Reads a document; one that nobody has asked before, in its turn.
   * @throws GraphQLError as `Documents`; RapporteurError `OVERLOADED`, `CANCELLED`
   */
  async read(text: string, { own, signal }: Pick<Asking, 'own' | 'signal'> = {}): Promise<ReadDocument> {
    const { documents } = this
    const read = () => (own ? documents.readOwn(text) : documents.read(text))
    return documents.isKnown(text) ? read() : this.#inTurn(scopes.getStore(), signal)(read)
  }

  /**
   * Reads and answers a question; a document that is refused is an answer too.
   * @throws RapporteurError `UNAVAILABLE`, `OVERLOADED`, `CANCELLED`
   */
  async question(text: string, asking: Asking = {}): Promise<ExecutionResult | WrittenResult> {
    try {
      const { document, errors } = await this.read(text, asking)
      return errors.length > 0 ? { errors } : await this.answer(document, asking)
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] }
      throw error
    }
  }

  /** Answers a document that was read. @throws RapporteurError `UNAVAILABLE` */
  async answer(document: DocumentNode, asking: Asking): Promise<ExecutionResult | WrittenResult> {
    const { variables, operationName: name, signal, explain, own, tellCost } = asking
    const { schema, executor } = this.options
    const refused = own ? undefined : refusalOfVariables(variables)
    if (refused) return { errors: [refused] }
    // An empty name is none.
    const operationName = name || undefined
    const scope = scopes.getStore()
    if (scope) {
      scope.noted.document = document
      scope.noted.operation = operationName
    }
    const spend = scope && this.#spend(document, asking, scope)
    const execute = executor()
    const answer = () =>
      execute({
        schema,
        document,
        variableValues: variables,
        operationName,
        signal,
        explain: explain ? { read: this.documents.of(document)?.milliseconds } : undefined,
        tellCost,
        spend,
        inTurn: scope && this.#inTurn(scope, signal),
        watch: scope?.watch,
      })
    if (!this.#kept || own || explain || tellCost) return answer()
    return this.#kept.answer({ executor: execute, document, operationName, variables }, answer)
  }

  async #readState(signal?: Gone): Promise<GraphState> {
    const { schema, executor } = this.options
    const { data, errors } = await executor()({ schema, document: STATE, ...(signal && { signal }) })
    const [error] = errors ?? []
    if (error) throw error.originalError ?? error
    return (data as { readonly graph: GraphState }).graph
  }

  /** How a question is paid by the client of a request: whoever asks a document first pays for reading it. */
  #spend(
    document: DocumentNode,
    { signal, pays = 'now' }: Asking,
    { client, noted }: Scope,
  ): ((cost: Cost) => Spending | Promise<Spending>) | undefined {
    const { allowances } = this.options
    if (!allowances || pays === 'nothing') return undefined
    return ({ points }) => {
      noted.cost = points
      const reading = this.documents.payReading(document)
      return pays === 'now'
        ? allowances.take(client, points, reading)
        : allowances.takeInTime(client, points, reading, signal)
    }
  }

  /** Has work on what is new wait for its turn, where it is done for a request; a program that asks itself has the thread to itself. */
  #inTurn(scope: Scope | undefined, signal: Gone | undefined): InTurn {
    if (!scope) return async (work) => work()
    return (work) => this.#gate.run(work, { client: scope.client, signal })
  }
}
