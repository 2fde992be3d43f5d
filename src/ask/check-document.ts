import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql'
import { countComparisons } from './count-comparisons.js'
import { type IntrospectionLists, introspectionSize } from './introspection-size.js'
import { refuse } from './refuse.js'

/** The largest document that is looked at; one that a person or a program writes stays far below. */
export interface DocumentLimits {
  readonly tokens: number
  /** Levels of fields; `edges`, `node` and `nodes` only wrap a list and are not counted. */
  readonly depth: number
  readonly introspectionDepth: number
  readonly aliases: number
  readonly rootFields: number
  readonly lines: number
  /** Characters, comments and spaces included: a document is kept when it was read. */
  readonly characters: number
  readonly directives: number
  /** Pairs of fields of one name that validation compares. */
  readonly comparisons: number
  /** Fields that an answer has about the schema itself. */
  readonly introspectionFields: number
}

/** The limits of a server that says nothing else. */
export const DOCUMENT_LIMITS: DocumentLimits = {
  tokens: 2000,
  depth: 12,
  introspectionDepth: 20,
  aliases: 30,
  rootFields: 20,
  lines: 2000,
  characters: 65_536,
  directives: 50,
  comparisons: 20_000,
  introspectionFields: 50_000,
}

const WRAPPERS = new Set(['edges', 'node', 'nodes'])
const INTROSPECTION = new Set(['__schema', '__type'])

/**
 * Parses a document and refuses it beyond the limits before it is validated, in time linear in its length.
 * @param lists the lists of the schema about itself
 * @throws GraphQLError for what is no document, and with the code of the first limit that it is beyond
 */
export const parseDocument = (text: string, limits: DocumentLimits, lists: IntrospectionLists): DocumentNode => {
  checkLines(text, limits.lines)
  checkLength(text, limits.characters)
  const document = parseWithin(text, limits.tokens)
  checkDocument(document, limits)
  checkWork(document, limits, lists)
  return document
}

const parseWithin = (text: string, tokens: number): DocumentNode => {
  try {
    return parse(text, { maxTokens: tokens })
  } catch (error) {
    // graphql 16.15 has no other sign of it than this sentence.
    if (!(error instanceof GraphQLError) || !error.message.includes(`more that ${tokens} tokens`)) throw error
    throw refuse(
      'TOKEN_LIMIT',
      400,
      `The document has more than ${tokens} tokens, the most this server reads. Ask several smaller questions.`,
      undefined,
      { limit: tokens },
    )
  }
}

/** Where an error stands is found by counting lines, anew for each place. @throws GraphQLError `LINE_LIMIT` */
const checkLines = (text: string, most: number): void => {
  let lines = 1
  for (const _ of text.matchAll(/\r\n|[\n\r]/g)) lines += 1
  if (lines <= most) return
  throw refuse(
    'LINE_LIMIT',
    400,
    `The document has ${lines} lines; the limit is ${most}. Leave empty lines out.`,
    undefined,
    {
      limit: most,
      asked: lines,
    },
  )
}

/** @throws GraphQLError `LENGTH_LIMIT` */
const checkLength = ({ length }: string, most: number): void => {
  if (length <= most) return
  const sentence = `The document has ${length} characters; the limit is ${most}. Send values as variables, and leave comments out.`
  throw refuse('LENGTH_LIMIT', 400, sentence, undefined, { limit: most, asked: length })
}

/** @throws GraphQLError `COST_LIMIT` for what costs more than its length says before anything is planned */
const checkWork = (document: DocumentNode, limits: DocumentLimits, lists: IntrospectionLists): void => {
  const comparisons = countComparisons(document)
  if (comparisons > limits.comparisons) {
    const counted = Number.isFinite(comparisons) ? `${comparisons} pairs` : 'too many'
    const sentence = `The document asks for fields of one name so often at one place that ${counted} of them would have to be compared; the limit is ${limits.comparisons}. Ask for each field once, and spread fewer fragments within each other.`
    const asked = Number.isFinite(comparisons) ? { asked: comparisons } : {}
    throw refuse('COST_LIMIT', 400, sentence, undefined, { limit: limits.comparisons, ...asked })
  }
  const fields = Math.round(introspectionSize(document, lists))
  if (fields > limits.introspectionFields) {
    const sentence = `The question about the schema would have an answer of about ${fields} fields; the limit is ${limits.introspectionFields}. Ask for fewer lists within lists, and for each under one name.`
    throw refuse('COST_LIMIT', 400, sentence, undefined, { limit: limits.introspectionFields, asked: fields })
  }
}

/** @throws GraphQLError with the code of the first limit that the document is beyond */
const checkDocument = (document: DocumentNode, limits: DocumentLimits): void => {
  const measure = new Measure(document)
  for (const operation of measure.operations) {
    const { depth, introspection } = measure.depthOf(operation.selectionSet)
    if (depth > limits.depth) {
      throw refuse(
        'DEPTH_LIMIT',
        400,
        `The query is ${depth} levels deep; the limit is ${limits.depth}. Start from a record nearer to what you need.`,
        [operation],
        { limit: limits.depth, asked: depth },
      )
    }
    if (introspection > limits.introspectionDepth) {
      const sentence = `The question about the schema is ${introspection} levels deep; the limit is ${limits.introspectionDepth}.`
      throw refuse('DEPTH_LIMIT', 400, sentence, [operation], {
        limit: limits.introspectionDepth,
        asked: introspection,
      })
    }
    const roots = measure.fieldsOf(operation.selectionSet)
    if (roots > limits.rootFields) {
      const sentence = `The operation asks ${roots} fields at its root; the limit is ${limits.rootFields}. Ask several operations.`
      throw refuse('ROOT_FIELD_LIMIT', 400, sentence, [operation], { limit: limits.rootFields, asked: roots })
    }
  }
  if (measure.aliases > limits.aliases) {
    const sentence = `The document has ${measure.aliases} aliases; the limit is ${limits.aliases}. Ask several operations.`
    throw refuse('ALIAS_LIMIT', 400, sentence, undefined, { limit: limits.aliases, asked: measure.aliases })
  }
  const { directives } = measure
  if (directives > limits.directives) {
    const sentence = `The document has ${directives} directives; the limit is ${limits.directives}. Ask only for what is wanted.`
    throw refuse('DIRECTIVE_LIMIT', 400, sentence, undefined, { limit: limits.directives, asked: directives })
  }
}

interface Depth {
  readonly depth: number
  /** How deep the deepest part about the schema itself is. */
  readonly introspection: number
}

const FLAT: Depth = { depth: 0, introspection: 0 }

/** Measures a document, each fragment once, however often it is spread. */
class Measure {
  readonly operations: readonly OperationDefinitionNode[]
  /** Aliases, each counted where it is written. */
  aliases = 0
  /** Directives, each counted where it is written. */
  directives = 0
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly #depths = new Map<string, Depth>()
  readonly #fields = new Map<string, number>()

  constructor(document: DocumentNode) {
    this.operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION)
    const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION)
    this.#fragments = new Map(fragments.map((each) => [each.name.value, each]))
    for (const fragment of fragments) this.#fragmentDepth(fragment.name.value)
    const variables = this.operations.flatMap(({ variableDefinitions }) => variableDefinitions ?? [])
    for (const each of [...this.operations, ...fragments, ...variables]) this.#countDirectives(each)
  }

  #countDirectives({ directives }: { readonly directives?: readonly unknown[] | undefined }): void {
    this.directives += directives?.length ?? 0
  }

  depthOf(selection: SelectionSetNode | undefined): Depth {
    let deepest = FLAT
    for (const each of selection?.selections ?? []) {
      this.#countDirectives(each)
      const found =
        each.kind === Kind.FIELD
          ? this.#fieldDepth(each)
          : each.kind === Kind.INLINE_FRAGMENT
            ? this.depthOf(each.selectionSet)
            : this.#fragmentDepth(each.name.value)
      deepest = {
        depth: Math.max(deepest.depth, found.depth),
        introspection: Math.max(deepest.introspection, found.introspection),
      }
    }
    return deepest
  }

  /** The fields directly in a selection, those of spread fragments included as often as they are spread. */
  fieldsOf(selection: SelectionSetNode): number {
    return selection.selections.reduce((sum, each) => {
      if (each.kind === Kind.FIELD) return sum + 1
      return (
        sum +
        (each.kind === Kind.INLINE_FRAGMENT ? this.fieldsOf(each.selectionSet) : this.#fragmentFields(each.name.value))
      )
    }, 0)
  }

  #fieldDepth(field: FieldNode): Depth {
    if (field.alias) this.aliases += 1
    const { depth, introspection } = this.depthOf(field.selectionSet)
    if (INTROSPECTION.has(field.name.value)) return { depth: 1, introspection: Math.max(depth, introspection) + 1 }
    return { depth: WRAPPERS.has(field.name.value) && field.selectionSet ? depth : depth + 1, introspection }
  }

  #fragmentDepth(name: string): Depth {
    const known = this.#depths.get(name)
    if (known) return known
    // Stands until the fragment is measured, so that one that spreads itself ends here; validation refuses it.
    this.#depths.set(name, FLAT)
    const found = this.depthOf(this.#fragments.get(name)?.selectionSet)
    this.#depths.set(name, found)
    return found
  }

  #fragmentFields(name: string): number {
    const known = this.#fields.get(name)
    if (known !== undefined) return known
    this.#fields.set(name, 0)
    const fragment = this.#fragments.get(name)
    const found = fragment ? this.fieldsOf(fragment.selectionSet) : 0
    this.#fields.set(name, found)
    return found
  }
}
