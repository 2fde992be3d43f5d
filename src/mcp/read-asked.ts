import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  TypeInfo,
  type ValueNode,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** What a document asks by, with the values that it was asked with. */
export interface Asked {
  /** The ids of records. */
  readonly ids: readonly string[]
  /** Days, and periods in EDTF. */
  readonly periods: readonly string[]
  /** What is looked for in a text. */
  readonly texts: readonly string[]
  /** The names of the root fields. */
  readonly roots: readonly string[]
  /** How many each root field is asked for at most, by its name in the answer. */
  readonly firsts: ReadonlyMap<string, number>
}

const PERIODS = new Set(['within', 'touches', 'from', 'to', 'asOf'])
const TEXTS = new Set(['contains', 'startsWith', 'text', 'reference'])

type Variables = Readonly<Record<string, unknown>>

/** Reads what a valid document asks by: that it finds nothing is explained by it. */
export const readAsked = (
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Variables,
  operationName?: string,
): Asked => {
  const found = { ids: new Set<string>(), periods: new Set<string>(), texts: new Set<string>() }
  const operation = getOperationAST(document, operationName)
  const values: Variables = { ...defaultsOf(operation), ...variables }
  const info = new TypeInfo(schema)
  const look = (name: string, node: ValueNode): void => {
    const type = String(getNamedType(info.getInputType()))
    const set =
      type === 'ID'
        ? found.ids
        : PERIODS.has(name) || type === 'Date'
          ? found.periods
          : TEXTS.has(name)
            ? found.texts
            : null
    if (!set || (type !== 'ID' && type !== 'Date' && type !== 'String')) return
    for (const value of [valueFromASTUntyped(node, values)].flat()) if (typeof value === 'string') set.add(value)
  }
  const roots: FieldNode[] = []
  const visitor = visitWithTypeInfo(info, {
    Field(field) {
      if (info.getParentType() === schema.getQueryType()) roots.push(field)
    },
    Argument: (each) => look(each.name.value, each.value),
    ObjectField: (each) => look(each.name.value, each.value),
  })
  visit(document, visitor)
  return {
    ids: [...found.ids],
    periods: [...found.periods],
    texts: [...found.texts],
    roots: roots.map(({ name }) => name.value),
    firsts: new Map(roots.flatMap((field) => firstOf(schema, field, values))),
  }
}

const defaultsOf = (operation: ReturnType<typeof getOperationAST>): Variables =>
  Object.fromEntries(
    (operation?.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  )

const firstOf = (
  schema: GraphQLSchema,
  field: FieldNode,
  values: Variables,
): readonly (readonly [string, number])[] => {
  const argument = (called: string) => field.arguments?.find(({ name }) => name.value === called)?.value
  // What was gone on to begins after others, however short it is.
  const after = argument('after')
  if (after && typeof valueFromASTUntyped(after, values) === 'string') return []
  const written = argument('first')
  const known = schema
    .getQueryType()
    ?.getFields()
    [field.name.value]?.args.find(({ name }) => name === 'first')
  const first = written ? valueFromASTUntyped(written, values) : known?.defaultValue
  return typeof first === 'number' ? [[field.alias?.value ?? field.name.value, first]] : []
}
