import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql'

/** Stands in a document's arguments, while it is planned, for a value that each request gives. */
export class Hole {
  constructor(
    /** Where the value stands in the request's variables. */
    readonly path: readonly string[],
    /** How many there are, where it is a list. */
    readonly length?: number,
  ) {}
}

/** Stands in a filter for a variable that a request does not give: what would be compared with it is not asked. */
export const ABSENT = Symbol('absent')

/** What a plan depends on of a request's variables. */
export interface Skeleton {
  /** The variables, with holes for what the plan does not depend on. */
  readonly variables: Readonly<Record<string, unknown>>
  /** The same, with `ABSENT` for those that are not given. */
  readonly inFilters: Readonly<Record<string, unknown>>
  /** What it does depend on, as a text. */
  readonly key: string
}

type Variables = Readonly<Record<string, unknown>>

/**
 * Takes out of a request's variables what a plan does not depend on: texts, numbers and lists of them. What is absent or
 * null stays, and so do words and truth values, of which there are few, whole numbers by themselves, since they say how
 * many rows are asked, and how many items a list has that is a variable.
 * @param variables coerced
 */
export const skeletonOf = (
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Variables,
): Skeleton => {
  const given: [string, unknown][] = []
  const absent: [string, unknown][] = []
  for (const { variable, type } of operation.variableDefinitions ?? []) {
    const name = variable.name.value
    if (!(name in variables)) absent.push([name, ABSENT])
    else given.push([name, withHoles(typeFromAST(schema, type as never) as GraphQLInputType, variables[name], [name])])
  }
  const key = given.length === 0 ? '' : JSON.stringify(given, keyPart)
  return { variables: Object.fromEntries(given), inFilters: Object.fromEntries([...absent, ...given]), key }
}

const withHoles = (type: GraphQLInputType, value: unknown, path: readonly string[]): unknown => {
  const nullable = getNullableType(type)
  if (value === null || value === undefined) return value
  if (isListType(nullable)) {
    const items = value as readonly unknown[]
    const item = getNullableType(nullable.ofType)
    if (isInputObjectType(item) || isListType(item) || isEnumType(item) || items.includes(null))
      return items.map((each, i) => withHoles(item, each, [...path, String(i)]))
    return new Hole(path, items.length)
  }
  if (isInputObjectType(nullable)) {
    const fields = nullable.getFields()
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        withHoles(fields[name]?.type as GraphQLInputType, each, [...path, name]),
      ]),
    )
  }
  if (isEnumType(nullable) || nullable.name === 'Boolean') return value
  return nullable.name === 'Int' && path.length === 1 ? value : new Hole(path)
}

/** A hole as what the plan knows of it: that it is there, of a list whether it is empty, and of one by itself its length. */
const keyPart = (_name: string, value: unknown): unknown => {
  if (!(value instanceof Hole)) return value
  const { path, length } = value
  return { hole: length !== undefined && (length === 0 || path.length === 1) ? length : true }
}

/** What stands at a path in a request's variables. */
export const valueAt = (variables: Variables, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (value as Variables | undefined)?.[name], variables)
