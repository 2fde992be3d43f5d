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
import { RapporteurError } from '../errors.js'

/** The most selections that are looked at for a request, those of a fragment each time that it is reached another way. */
const MAX_SELECTIONS = 20_000

/** What selecting fields needs to know of a request. */
export interface Request {
  readonly schema: GraphQLSchema
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
  /** Coerced, with holes. */
  readonly variables: Readonly<Record<string, unknown>>
  /** The same, for filters: with a sign for those that are not given. */
  readonly inFilters?: Readonly<Record<string, unknown>>
  /** How many selections have been looked at. */
  readonly looked: { selections: number }
}

/**
 * The fields that the selection sets ask of an object of this type: by response key, in the order of their first
 * appearance, with every place where each is asked (their selections are merged, as the specification says).
 * @throws RapporteurError `COST_LIMIT` where the request has had too many looked at
 */
export const selectFields = (
  request: Request,
  type: GraphQLObjectType,
  selectionSets: readonly (SelectionSetNode | undefined)[],
): ReadonlyMap<string, readonly FieldNode[]> => {
  const fields = new Map<string, FieldNode[]>()
  const visited = new Set<string>()
  const collect = (selections: readonly SelectionNode[]): void => {
    request.looked.selections += selections.length
    if (request.looked.selections > MAX_SELECTIONS) throw opensOutTooFar()
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

const opensOutTooFar = (): RapporteurError =>
  new RapporteurError(
    'COST_LIMIT',
    `Its fragments open out to more than ${MAX_SELECTIONS} fields, the most that a query may have once each is put where it is used. Ask for less in each fragment, or ask several queries.`,
  )

const isIncluded = ({ variables }: Request, selection: SelectionNode): boolean =>
  !selection.directives?.length ||
  (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] !== false)

const applies = ({ schema }: Request, type: GraphQLObjectType, condition: string | undefined): boolean => {
  if (condition === undefined || condition === type.name) return true
  const conditionType = schema.getType(condition)
  return isAbstractType(conditionType) && schema.isSubType(conditionType, type)
}
