import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql'
import type { StoredTool } from './read-tools.js'

/** What a tool takes, in JSON Schema 2020-12. */
export interface InputSchema {
  readonly type: 'object'
  readonly properties: Readonly<Record<string, object>>
  readonly required: readonly string[]
  readonly additionalProperties: false
}

const JSON_TYPES: Readonly<Record<string, string>> = { Int: 'integer', Float: 'number', Boolean: 'boolean' }

/** Makes a tool's input schema of the variables of its document, whose types the served schema tells. */
export const inputSchemaOf = ({ operation }: StoredTool, schema: GraphQLSchema): InputSchema => {
  const variables = (operation.variableDefinitions ?? []).map(({ variable, type, description, defaultValue }) => {
    const known = typeFromAST(schema, type as Parameters<typeof typeFromAST>[1]) as GraphQLInputType | undefined
    return {
      name: variable.name.value,
      isRequired: known !== undefined && isNonNullType(known) && !defaultValue,
      property: {
        ...(known && schemaOf(known)),
        ...(description && { description: description.value }),
        ...(defaultValue && { default: valueFromASTUntyped(defaultValue) }),
      },
    }
  })
  return {
    type: 'object',
    properties: Object.fromEntries(variables.map(({ name, property }) => [name, property])),
    required: variables.flatMap(({ name, isRequired }) => (isRequired ? [name] : [])),
    additionalProperties: false,
  }
}

const schemaOf = (type: GraphQLInputType): object => {
  if (isNonNullType(type)) return schemaOf(type.ofType)
  if (isListType(type)) return { type: 'array', items: schemaOf(type.ofType) }
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) }
  if (isInputObjectType(type)) return { type: 'object', description: `As ${type.name} of the schema.` }
  return { type: JSON_TYPES[type.name] ?? 'string' }
}
