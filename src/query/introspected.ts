import { type DocumentNode, type ExecutionResult, Kind } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { RootField } from './planned-documents.js'
import type { RootAnswer } from './written-result.js'

/** Bytes of answers that are kept: what tools ask to learn the whole schema takes one. */
const KEPT = 16_000_000

/** What a request asks of the schema itself. */
interface Asked {
  readonly document: DocumentNode
  readonly operationName: string | null | undefined
  readonly variables: Readonly<Record<string, unknown>> | null | undefined
}

/**
 * Answers about the schema itself. graphql-js takes 50 ms for what tools ask, without a pause for anybody else; the schema
 * does not change while a program runs, so that each is answered once.
 */
export class Introspected {
  readonly #answers = new LRUCache<string, RootAnswer>({
    maxSize: KEPT,
    sizeCalculation: ({ json }, asked) => json.length + 2 * asked.length,
  })
  readonly #numbers = new WeakMap<DocumentNode, number>()
  #last = 0

  /** @param execute has graphql-js answer a document */
  async answer(
    { key, places }: RootField,
    { document, operationName, variables }: Asked,
    execute: (document: DocumentNode) => ExecutionResult | Promise<ExecutionResult>,
  ): Promise<RootAnswer> {
    // The field may be asked otherwise with other variables, and with their defaults in another operation.
    const asked = `${this.#numberOf(document)} ${places.map(({ loc }) => loc?.start).join()} ${JSON.stringify([operationName, key, variables])}`
    const known = this.#answers.get(asked)
    if (known) return known
    const definitions = document.definitions.map((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? { ...definition, selectionSet: { kind: Kind.SELECTION_SET as const, selections: places } }
        : definition,
    )
    const { data, errors = [] } = await execute({ ...document, definitions })
    const answer = { key, json: Buffer.from(JSON.stringify(data?.[key] ?? null)), errors, fatal: !data }
    if (errors.length === 0) this.#answers.set(asked, answer)
    return answer
  }

  #numberOf(document: DocumentNode): number {
    const number = this.#numbers.get(document) ?? this.#last++
    this.#numbers.set(document, number)
    return number
  }
}
