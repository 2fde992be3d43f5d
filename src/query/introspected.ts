import { setImmediate as pause } from 'node:timers/promises'
import { __Schema, type DocumentNode, type ExecutionResult, type FieldNode, Kind, type SelectionNode } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { RootField } from './planned-documents.js'
import { type Request, selectFields } from './select-fields.js'
import type { RootAnswer } from './written-result.js'

/** Bytes of answers that are kept: what tools ask to learn the whole schema takes one. */
const KEPT = 16_000_000
/** Milliseconds of answering after which others have their turn. */
const TURN = 5

/** What a request asks of the schema itself. */
interface Asked {
  readonly document: DocumentNode
  readonly operationName: string | null | undefined
  readonly variables: Readonly<Record<string, unknown>> | null | undefined
  /** What selecting fields needs to know; nothing of it where the answer is known. */
  request(): Request
  /** Has graphql-js answer a document. */
  execute(document: DocumentNode): ExecutionResult | Promise<ExecutionResult>
}

/**
 * Answers about the schema itself. graphql-js takes 50 ms for what tools ask, without a pause for anybody else: it is asked
 * for one type after the other. The schema does not change while a program runs, so that each is answered once.
 */
export class Introspected {
  readonly #answers = new LRUCache<string, RootAnswer>({
    maxSize: KEPT,
    sizeCalculation: ({ json }, asked) => json.length + 2 * asked.length,
  })
  readonly #underWay = new Map<string, Promise<RootAnswer>>()
  readonly #numbers = new WeakMap<DocumentNode, number>()
  #last = 0

  async answer(field: RootField, asked: Asked): Promise<RootAnswer> {
    const { document, operationName, variables } = asked
    // The field may be asked otherwise with other variables, and with their defaults in another operation.
    const name = `${this.#numberOf(document)} ${field.places.map(({ loc }) => loc?.start).join()} ${JSON.stringify([operationName, field.key, variables])}`
    const known = this.#answers.get(name) ?? this.#underWay.get(name)
    if (known) return known
    const answering = (field.name === '__schema' ? answerByTypes(field, asked) : answerAtOnce(field, asked)).finally(
      () => this.#underWay.delete(name),
    )
    this.#underWay.set(name, answering)
    const answer = await answering
    if (answer.errors.length === 0) this.#answers.set(name, answer)
    return answer
  }

  #numberOf(document: DocumentNode): number {
    const number = this.#numbers.get(document) ?? this.#last++
    this.#numbers.set(document, number)
    return number
  }
}

const answerAtOnce = async ({ key, places }: RootField, asked: Asked): Promise<RootAnswer> => {
  const { data, errors } = await ask(asked, places)
  return { key, json: Buffer.from(JSON.stringify(data?.[key] ?? null)), errors, fatal: !data }
}

/** Asks all but the list of types, and each type by its name, with a pause now and then. */
const answerByTypes = async (field: RootField, asked: Asked): Promise<RootAnswer> => {
  const [place] = field.places as readonly [FieldNode]
  const request = asked.request()
  const parts: string[] = []
  let [begun, hasErrors] = [performance.now(), false]
  const write = async (selected: FieldNode, key: string): Promise<string> => {
    const given = await ask(asked, [selected])
    hasErrors ||= given.errors.length > 0
    const text = JSON.stringify(given.data?.[key] ?? null)
    if (performance.now() - begun > TURN) {
      await pause()
      begun = performance.now()
    }
    return text
  }
  for (const [key, places] of selectFields(
    request,
    __Schema,
    field.places.map(({ selectionSet }) => selectionSet),
  )) {
    const selections = places.flatMap(({ selectionSet }) => selectionSet?.selections ?? [])
    if (places[0]?.name.value !== 'types') {
      const whole = await write({ ...place, selectionSet: { kind: Kind.SELECTION_SET, selections: places } }, field.key)
      parts.push(whole.slice(1, -1))
      continue
    }
    const types: string[] = []
    for (const name of Object.keys(request.schema.getTypeMap()))
      types.push(await write(typeNamed(name, selections), '__type'))
    parts.push(`${JSON.stringify(key)}:[${types.join()}]`)
  }
  // Where they stand is told by the whole.
  if (hasErrors) return answerAtOnce(field, asked)
  return { key: field.key, json: Buffer.from(`{${parts.join()}}`), errors: [], fatal: false }
}

const typeNamed = (name: string, selections: readonly SelectionNode[]): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__type' },
  arguments: [
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'name' },
      value: { kind: Kind.STRING, value: name },
    },
  ],
  selectionSet: { kind: Kind.SELECTION_SET, selections },
})

/** Asks these fields in the place of what the document's operations ask. */
const ask = async ({ document, execute }: Asked, selections: readonly FieldNode[]) => {
  const definitions = document.definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? { ...definition, selectionSet: { kind: Kind.SELECTION_SET as const, selections } }
      : definition,
  )
  const { data, errors = [] } = await execute({ ...document, definitions })
  return { data, errors }
}
