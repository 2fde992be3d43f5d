import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  separateOperations,
  type VariableDefinitionNode,
  visit,
} from 'graphql'
import type { TableList, TablePage } from './read-table.js'

/** The variables that the document of a page takes beside those of the question. */
export const PAGE_VARIABLES = { first: '_first', after: '_after', skip: '_skip' } as const
/** The key under which a row tells its sources. */
export const SOURCES_KEY = '_sources'

export interface PageDocumentOptions {
  /** Whether all rows are counted, which the first page does for all. */
  readonly counts: boolean
  /** Whether each row tells who says it. */
  readonly sources: boolean
}

const SOURCES = `${SOURCES_KEY}: sources(first: 20) { edges { locator node { id } } }`
const SOURCES_BY_THEMSELVES = `${SOURCES_KEY}: sources { id }`

/**
 * Makes of a document the text of one that asks for one page of its list, and for what stands above the list; its page
 * and size are variables. A list that is not paged is asked whole.
 */
export const pageDocument = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  list: TableList,
  { counts, sources }: PageDocumentOptions,
): string => {
  const places = new Set<unknown>(list.places)
  const own = separateOperations(document)[operation.name?.value ?? ''] ?? document
  const { page } = list
  const said = sources ? sourcesOf(schema, list.type) : ''
  const info = page?.by === 'cursor' ? 'pageInfo { hasNextPage endCursor }' : ''
  const more = selections(
    page ? `${info} ${counts ? page.counts.join(' ') : ''}` : '',
    said && (page ? `${page.key}: ${page.field} { ${said} }` : said),
  )
  const asked = visit(own, {
    Field: (node) => (places.has(node) ? withPage(node, page, counts, more) : undefined),
    OperationDefinition: (node) =>
      page
        ? { ...node, variableDefinitions: [...(node.variableDefinitions ?? []), ...PAGING[page.by].definitions] }
        : undefined,
  })
  return print(withoutUnused(asked))
}

/** Leaves out the variables that are asked no longer. */
const withoutUnused = (document: DocumentNode): DocumentNode => {
  const used = new Set<string>()
  visit(document, {
    // What defines a variable does not use it.
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  })
  return visit(document, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
  })
}

/** What a row of this type is asked for, so that it tells who says it and who says its record. */
const sourcesOf = (schema: GraphQLSchema, typeName: string): string => {
  const type = schema.getType(typeName)
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {}
  if (!fields['sources']) return fields['node'] ? `node { ${SOURCES} }` : ''
  if (isListType(getNullableType(fields['sources'].type))) return SOURCES_BY_THEMSELVES
  return `${SOURCES} ${fields['node'] ? `node { ${SOURCES} }` : ''}`.trim()
}

const withPage = (
  node: FieldNode,
  page: TablePage | null,
  counts: boolean,
  more: readonly SelectionNode[],
): FieldNode => {
  const kept = node.selectionSet?.selections.filter(
    (each) => counts || each.kind !== Kind.FIELD || !page?.counts.includes(each.name.value),
  )
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [...(kept ?? []), ...more] }
  if (!page) return { ...node, selectionSet }
  const paging = PAGING[page.by].args
  const names = new Set(paging.map(({ name }) => name.value))
  const others = node.arguments?.filter(({ name }) => !names.has(name.value)) ?? []
  return { ...node, selectionSet, arguments: [...others, ...paging] }
}

/** Selections as nodes of a document. */
const selections = (...texts: readonly string[]): readonly SelectionNode[] => {
  const text = texts.join(' ').trim()
  return text === '' ? [] : operationOf(`{ ${text} }`).selectionSet.selections
}

const operationOf = (text: string): OperationDefinitionNode =>
  parse(text, { noLocation: true }).definitions[0] as OperationDefinitionNode

/** The variables of a page, and the arguments that they are given to. */
const pagingBy = (
  name: 'after' | 'skip',
  type: string,
): { readonly definitions: readonly VariableDefinitionNode[]; readonly args: readonly ArgumentNode[] } => {
  const { first, [name]: other } = PAGE_VARIABLES
  const operation = operationOf(
    `query ($${first}: Int!, $${other}: ${type}) { list(first: $${first}, ${name}: $${other}) }`,
  )
  const [list] = operation.selectionSet.selections
  return { definitions: operation.variableDefinitions ?? [], args: (list as FieldNode).arguments ?? [] }
}
const PAGING = { cursor: pagingBy('after', 'String'), place: pagingBy('skip', 'Int!') } as const
