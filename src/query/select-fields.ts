import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** What selecting fields needs to know of a request. */
export interface Request {
  readonly schema: GraphQLSchema
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>
}

/**
 * The fields that the selection sets ask of an object of this type: by response key, in the order of their first
 * appearance, with every place where each is asked (their selections are merged, as the specification says).
 */
export const selectFields = (
  request: Request,
  type: GraphQLObjectType,
  selectionSets: readonly (SelectionSetNode | undefined)[],
): ReadonlyMap<string, readonly FieldNode[]> => {
  const fields = new Map<string, FieldNode[]>()
  const visited = new Set<string>()
  const collect = (selections: readonly SelectionNode[]): void => {
    for (const selection of selections) {
      if (!isIncluded(request, selection)) continue
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value
        const places = fields.get(key)
        if (places) places.push(selection)
        else fields.set(key, [selection])
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(request, type, selection.typeCondition?.name.value)) collect(selection.selectionSet.selections)
      } else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value)
        const fragment = request.fragments[selection.name.value]
        if (fragment && applies(request, type, fragment.typeCondition.name.value))
          collect(fragment.selectionSet.selections)
      }
    }
  }
  for (const set of selectionSets) if (set) collect(set.selections)
  return fields
}

const isIncluded = ({ variables }: Request, selection: SelectionNode): boolean =>
  getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] !== true &&
  getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] !== false

const applies = ({ schema }: Request, type: GraphQLObjectType, condition: string | undefined): boolean => {
  if (condition === undefined || condition === type.name) return true
  const conditionType = schema.getType(condition)
  return isAbstractType(conditionType) && schema.isSubType(conditionType, type)
}
