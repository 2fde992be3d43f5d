import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { Ask, Asking } from '../ask/ask.js'
import { CitedSources } from './cited-sources.js'
import { SOURCES_KEY } from './page-document.js'

const SELECTION = (
  parse(`{ ${SOURCES_KEY}: sources(first: 20) { edges { locator node { id } } } }`, { noLocation: true })
    .definitions[0] as { readonly selectionSet: { readonly selections: readonly SelectionNode[] } }
).selectionSet.selections

/** An answer, and who says the records and links in it. */
export interface SourcedAnswer {
  readonly result: ExecutionResult
  readonly cited: CitedSources
}

/**
 * Asks a question, and of each record and link in its answer who says it.
 * @throws RapporteurError `UNAVAILABLE`
 */
export const answerWithSources = async (ask: Ask, document: DocumentNode, asking: Asking): Promise<SourcedAnswer> => {
  const result = await ask.question(print(withSources(ask.options.schema, document)), { ...asking, own: true })
  const cited = new CitedSources()
  if (result.errors) return { result, cited }
  return { result: { data: takeSources(result.data, cited) as Record<string, unknown> }, cited }
}

/** A document that asks of each record and link who says it, too. */
const withSources = (schema: GraphQLSchema, document: DocumentNode): DocumentNode => {
  const info = new TypeInfo(schema)
  return visit(
    document,
    visitWithTypeInfo(info, {
      Field: {
        leave(node) {
          const type = getNamedType(info.getType())
          const sources = isObjectType(type) || isInterfaceType(type) ? type.getFields()['sources'] : undefined
          if (!node.selectionSet || !sources || isListType(nullable(sources.type))) return undefined
          const selections = [...node.selectionSet.selections, ...SELECTION]
          return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections } }
        },
      },
    }),
  )
}

const nullable = <T>(type: T) => (isNonNullType(type) ? type.ofType : type)

interface Sourced {
  readonly edges: readonly { readonly locator: string | null; readonly node: { readonly id: string } }[]
}

/** The answer without what was asked in addition; that is counted. */
const takeSources = (value: unknown, cited: CitedSources): unknown => {
  if (Array.isArray(value)) return value.map((each) => takeSources(each, cited))
  if (typeof value !== 'object' || value === null) return value
  const { [SOURCES_KEY]: sources, ...rest } = value as Readonly<Record<string, unknown>>
  if (sources) {
    const said = (sources as Sourced).edges.map(({ locator, node: { id } }) => ({ id, locator }))
    cited.add([{ cells: [], sources: said }])
  }
  return Object.fromEntries(Object.entries(rest).map(([key, each]) => [key, takeSources(each, cited)]))
}
