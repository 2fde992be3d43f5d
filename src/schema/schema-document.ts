import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type TypeNode,
  valueFromASTUntyped,
  visit,
} from 'graphql'
import { RapporteurError } from '../errors.js'

export type Definition = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode

const MAPPING_DIRECTIVES = new Set([
  'node',
  'link',
  'embedded',
  'folded',
  'moment',
  'exceeds',
  'difference',
  'majority',
  'positive',
  'counted',
  'inferred',
  'edge',
  'citations',
  'lookup',
  'scan',
  'filter',
  'order',
  'index',
  'figures',
  'composed',
  'ofVotes',
  'asOf',
  'named',
  'graph',
  'since',
  'change',
  'edition',
])
const MAPPING_TYPES = new Set(['Direction', 'Of', 'Only', 'ChangeFact', 'OfVotes'])

/** Refuses the schema, with the part of a sentence that says why. */
export const fail: (what: string) => never = (what) => {
  throw new RapporteurError('BAD_SCHEMA', `schema.graphql: ${what}. Nothing was started; mend the schema.`)
}

/** Parses the schema. */
export const parseSchema = (schemaText: string): DocumentNode => inSentence(() => parse(schemaText))

/** Checks that a document is a schema: known types, known directives with the arguments they take. */
export const checkSchema = (document: DocumentNode): DocumentNode =>
  inSentence(() => {
    buildASTSchema({ ...document, definitions: [...document.definitions, ...filtersToCome(document)] })
    return document
  })

/** Stand-ins for the filters of types, which arguments written by hand may name and which are spelt later. */
const filtersToCome = (document: DocumentNode): readonly DefinitionNode[] => {
  const names = new Set<string>()
  visit(document, {
    NamedType({ name }) {
      if (name.value.endsWith(FILTER)) names.add(name.value)
    },
  })
  const types = new Set(document.definitions.flatMap((each) => ('name' in each && each.name ? each.name.value : [])))
  const spelt = [...names].filter((name) => !types.has(name) && types.has(name.slice(0, -FILTER.length)))
  return spelt.flatMap((name) => parse(`input ${name} { id: ID }`).definitions)
}

/** What the name of a type's filter ends with. */
const FILTER = 'Where'

const inSentence = <T>(step: () => T): T => {
  try {
    return step()
  } catch (error) {
    if (error instanceof RapporteurError) throw error
    return fail((error as Error).message.replace(/\.$/, '').replaceAll('\n\n', '; '))
  }
}

/** Whether a definition is that of a list's edges. */
export const isEdgeType = (definition: Definition): boolean =>
  ['cursor', 'node'].every((name) => definition.fields?.some((field) => field.name.value === name))

/** The directive of this name on a definition. */
export const directive = (
  of: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  name: string,
): ConstDirectiveNode | undefined => of.directives?.find((each) => each.name.value === name)

/** The value of a directive's argument. */
export const argument = <T>(of: ConstDirectiveNode | undefined, name: string): T | undefined => {
  const value = of?.arguments?.find((each) => each.name.value === name)?.value
  return value && (valueFromASTUntyped(value) as T)
}

/** A type without its list and its exclamation mark. */
export const unwrap = (type: TypeNode): { type: string; list: boolean; required: boolean } => {
  const required = type.kind === Kind.NON_NULL_TYPE
  const inner = required ? type.type : type
  if (inner.kind === Kind.LIST_TYPE) return { type: unwrap(inner.type).type, list: true, required }
  return { type: (inner as { name: { value: string } }).name.value, list: false, required }
}

/** The schema that is served: without mapping directives, and without the types that only describe links. */
export const withoutMapping = (document: DocumentNode): DocumentNode => {
  const keep = <T extends { readonly directives?: readonly ConstDirectiveNode[] | undefined }>(of: T): T => ({
    ...of,
    directives: of.directives?.filter((each) => !MAPPING_DIRECTIVES.has(each.name.value)),
  })
  const definitions = document.definitions.flatMap((definition): DefinitionNode[] => {
    if (definition.kind === Kind.DIRECTIVE_DEFINITION && MAPPING_DIRECTIVES.has(definition.name.value)) return []
    if ('name' in definition && definition.name && MAPPING_TYPES.has(definition.name.value)) return []
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      return [definition]
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION && directive(definition, 'link')) return []
    const fields =
      definition.fields?.map((field) => keep({ ...field, arguments: field.arguments?.map(keep) ?? [] })) ?? []
    return [keep({ ...definition, fields })]
  })
  return { ...document, definitions }
}
